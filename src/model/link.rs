//! Where a link leads: the one grammar that YAML files and prose share. It does not know what exists.

use crate::language::Words;
use crate::model::date::is_year_name;
use crate::thai;

/// The places to which an author may link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkTarget {
    /// Another site: `http` or `https`, with a host and nothing that an attribute or a header could trip over.
    Web(String),
    /// A page or file of this agency's own site, counted from its front page.
    Page {
        /// `/`, `/2565/`, `/data/scores.csv`: begins with a slash, and ends with one unless it names a file.
        address: String,
        /// What follows `#`, decoded.
        fragment: Option<String>,
    },
    /// `files/…`, decoded: a path below the folder of the source, without `..`.
    Attachment(String),
    /// A heading of the same text, decoded and without `#`.
    Fragment(String),
    /// An e-mail address, perhaps with a query such as `?subject=…`.
    Mail(String),
    /// Arabic digits, with the hyphens and the leading `+` of the author.
    Telephone(String),
}

/// Why a text is no link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkError {
    /// Nothing there.
    Empty,
    /// `javascript:`, `vbscript:`, `data:`: it would run, or show what no one has published.
    Script,
    /// `C:\…`, `file:…`, `\\server\…`: only the author's own computer can open it.
    LocalFile,
    /// Another scheme, such as `ftp` or `line`.
    Scheme(String),
    /// A host without `https://`.
    BareHost,
    /// Counted from the page on which it stands, or the name of an attachment without its folder.
    Relative,
    /// One of ours, but broken: without a host, with `..`, a backslash or a control character.
    Malformed,
}

impl LinkTarget {
    /// Reads `https://…`, `/2565/`, `files/x.pdf`, `#…`, `mailto:…` or `tel:…`. Spaces and percent signs may stand as they are.
    ///
    /// # Errors
    /// Everything else, above all what browsers would run or what only the author's computer could open. Schemes are recognised as
    /// browsers do it: in any case, and with spaces and control characters in between.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        if let Some(scheme) = scheme(text) {
            return with_scheme(&scheme, text);
        }
        if text.is_empty() {
            Err(LinkError::Empty)
        } else if text.contains(char::is_control) {
            Err(LinkError::Malformed)
        } else if let Some(fragment) = text.strip_prefix('#') {
            fragment_of(fragment).map(LinkTarget::Fragment)
        } else if text.starts_with("files/") {
            attachment(text)
        } else if text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/files/") {
            page(text)
        } else {
            Err(why_foreign(text))
        }
    }

    /// The finished `href` of what lies outside this site; for the rest one has to know what exists.
    pub fn outside(&self) -> Option<String> {
        match self {
            LinkTarget::Web(url) => Some(url.clone()),
            LinkTarget::Mail(address) => Some(format!("mailto:{address}")),
            LinkTarget::Telephone(number) => Some(format!("tel:{number}")),
            LinkTarget::Page { .. } | LinkTarget::Attachment(_) | LinkTarget::Fragment(_) => None,
        }
    }
}

impl LinkError {
    /// Why in words, to follow "the link … cannot be used".
    pub fn reason(&self) -> Words {
        match self {
            LinkError::Empty => Words::new("ไม่มีปลายทาง", "it leads nowhere"),
            LinkError::Script => {
                Words::new("อาจรันสคริปต์ในเครื่องของผู้อ่าน", "it could run a script on the reader's computer")
            }
            LinkError::LocalFile => {
                Words::new("เปิดได้เฉพาะในเครื่องของผู้เขียน", "only the author's own computer can open it")
            }
            LinkError::Scheme(scheme) => {
                Words::new(format!("ไม่รองรับ {scheme}:"), format!("`{scheme}:` is not supported"))
            }
            LinkError::BareHost => Words::new("ขาด https:// ข้างหน้า", "it lacks https:// in front"),
            LinkError::Relative => {
                Words::new("ไม่ขึ้นต้นด้วย / หรือ files/", "it does not begin with `/` or `files/`")
            }
            LinkError::Malformed => {
                Words::new("เขียนไม่ครบหรือมีอักขระที่ใช้ไม่ได้", "it is incomplete or holds a wrong character")
            }
        }
    }
}

/// What the author of a broken link most likely meant, if that can be said.
pub fn likely_link(text: &str, error: &LinkError) -> Option<String> {
    let text = text.trim();
    let forward = text.replace('\\', "/");
    let guess = match error {
        LinkError::BareHost => format!("https://{}", text.trim_start_matches('/')),
        LinkError::LocalFile => format!("files/{}", forward.rsplit('/').next()?),
        LinkError::Relative if text.contains('@') => format!("mailto:{text}"),
        LinkError::Relative if is_year_path(text) => format!("/{text}"),
        LinkError::Relative if forward.to_ascii_lowercase().starts_with("files/") => {
            format!("files/{}", &forward["files/".len()..])
        }
        LinkError::Relative | LinkError::Malformed => {
            let below = forward.trim_start_matches(['.', '/']);
            if below.starts_with("files/") { below.to_owned() } else { format!("files/{below}") }
        }
        LinkError::Empty | LinkError::Script | LinkError::Scheme(_) => return None,
    };
    let names_document = !guess.starts_with("files/") || has_document_ending(&guess);
    (names_document && LinkTarget::parse(&guess).is_ok()).then_some(guess)
}

/// Percent-encodes a text so that it is one piece of an address, whatever it holds.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The scheme in lower case. Browsers skip white space and control characters in it, so it is looked for without them.
fn scheme(text: &str) -> Option<String> {
    let (before, _) = text.split_once(':')?;
    let scheme: String = before.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn with_scheme(scheme: &str, text: &str) -> Result<LinkTarget, LinkError> {
    match scheme {
        "javascript" | "vbscript" | "data" => Err(LinkError::Script),
        "file" => Err(LinkError::LocalFile),
        _ if scheme.len() == 1 => Err(LinkError::LocalFile),
        _ if scheme.contains('.') => Err(LinkError::BareHost),
        _ if text.contains(char::is_control) => Err(LinkError::Malformed),
        "http" | "https" => web(scheme, rest_after(scheme, text)?),
        "mailto" => mail(rest_after(scheme, text)?),
        "tel" => telephone(rest_after(scheme, text)?),
        _ => Err(LinkError::Scheme(scheme.to_owned())),
    }
}

/// What follows a scheme that is written without anything in between.
fn rest_after<'a>(scheme: &str, text: &'a str) -> Result<&'a str, LinkError> {
    let (before, rest) = text.split_once(':').ok_or(LinkError::Malformed)?;
    if before.len() == scheme.len() { Ok(rest) } else { Err(LinkError::Malformed) }
}

fn web(scheme: &str, rest: &str) -> Result<LinkTarget, LinkError> {
    let rest = rest.strip_prefix("//").ok_or(LinkError::Malformed)?;
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    // A name before `@` is no part of a public address; it serves to make a foreign host look like a known one.
    let is_host = !host.is_empty()
        && !host.starts_with([':', '.'])
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._:".contains(c) || !c.is_ascii() && !c.is_whitespace());
    if is_host {
        Ok(LinkTarget::Web(format!("{scheme}://{host}{}", tidy(path))))
    } else {
        Err(LinkError::Malformed)
    }
}

/// Encodes what no address may hold as it is, and nothing else: an author's own percent signs and Thai letters stay.
fn tidy(path: &str) -> String {
    let is_forbidden = |c: char| c.is_whitespace() || "\"<>\\^`{|}".contains(c);
    let mut tidied = String::with_capacity(path.len());
    for c in path.chars() {
        if is_forbidden(c) {
            tidied.push_str(&percent_encode(c.encode_utf8(&mut [0; 4])));
        } else {
            tidied.push(c);
        }
    }
    tidied
}

fn mail(rest: &str) -> Result<LinkTarget, LinkError> {
    let (address, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    let address = percent_decode(address);
    let (local, host) = address.split_once('@').ok_or(LinkError::Malformed)?;
    let is_plain = |part: &str, signs: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
    };
    if is_plain(local, ".-_+") && is_plain(host, ".-") && host.contains('.') {
        Ok(LinkTarget::Mail(format!("{address}{}", tidy(query))))
    } else {
        Err(LinkError::Malformed)
    }
}

fn telephone(rest: &str) -> Result<LinkTarget, LinkError> {
    let decoded = percent_decode(rest);
    let arabic = thai::to_arabic_digits(&decoded);
    let number: String = arabic.chars().filter(|c| !" .()\u{a0}".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && digits.bytes().filter(u8::is_ascii_digit).count() >= 3;
    if is_number { Ok(LinkTarget::Telephone(number)) } else { Err(LinkError::Malformed) }
}

fn page(text: &str) -> Result<LinkTarget, LinkError> {
    let (path, fragment) = match text.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment_of(fragment)?)),
        None => (text, None),
    };
    let path = path.strip_suffix("/index.html").map_or(path, |folder| &path[..=folder.len()]);
    let below = path.trim_end_matches('/');
    let segments_are_plain = below.split('/').skip(1).all(|segment| !["", ".", ".."].contains(&segment));
    if !segments_are_plain || path.ends_with("//") || path.contains(['?', '\\']) {
        return Err(LinkError::Malformed);
    }
    let names_file = !path.ends_with('/') && below.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let address = if names_file { path.to_owned() } else { format!("{below}/") };
    Ok(LinkTarget::Page { address, fragment })
}

fn fragment_of(text: &str) -> Result<String, LinkError> {
    let fragment = percent_decode(text);
    if fragment.is_empty() || fragment.contains(|c: char| c.is_control()) {
        return Err(LinkError::Empty);
    }
    Ok(fragment)
}

fn attachment(text: &str) -> Result<LinkTarget, LinkError> {
    let path = percent_decode(text);
    let is_below = path.split('/').all(|segment| !["", ".", ".."].contains(&segment));
    if is_below && !path.contains(|c: char| c == '\\' || c.is_control()) {
        Ok(LinkTarget::Attachment(path))
    } else {
        Err(LinkError::Malformed)
    }
}

/// What a text without a scheme and without one of our beginnings is.
fn why_foreign(text: &str) -> LinkError {
    if text.starts_with("\\\\") {
        LinkError::LocalFile
    } else if text.starts_with("//") || looks_like_host(text) {
        LinkError::BareHost
    } else {
        LinkError::Relative
    }
}

fn looks_like_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_file = host == text && has_document_ending(text);
    let has_top_level = host.rsplit_once('.').is_some_and(|(before, top)| {
        !before.is_empty()
            && top.chars().count() >= 2
            && top.chars().all(|c| c.is_ascii_alphabetic() || !c.is_ascii())
    });
    !is_file && has_top_level && !host.contains(['@', '\\', ' ']) && !host.starts_with('.')
}

fn has_document_ending(name: &str) -> bool {
    const ENDINGS: [&str; 17] = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "zip", "jpg", "jpeg",
        "png", "webp", "svg",
    ];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// `2565/…`: a page of a year, written without its slash.
fn is_year_path(text: &str) -> bool {
    text.split('/').next().is_some_and(is_year_name)
}

/// Decodes `%E0…`; a percent sign that begins no code stays, and so does a text that would not be UTF-8.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| byte == b'%').and_then(hexadecimal);
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    digits.iter().try_fold(0, |sum: u8, &digit| Some(sum << 4 | value(digit)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_grammar_of_links() {
        let check =
            |text: &str, expected: LinkTarget| assert_eq!(LinkTarget::parse(text), Ok(expected), "{text}");
        let web = |url: &str| LinkTarget::Web(url.to_owned());
        let page = |address: &str, fragment: Option<&str>| LinkTarget::Page {
            address: address.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        let attachment = |path: &str| LinkTarget::Attachment(path.to_owned());

        check("https://example.go.th/ita/", web("https://example.go.th/ita/"));
        check(" HTTPS://Example.go.th:8080 ", web("https://Example.go.th:8080"));
        check("http://ตัวอย่าง.ไทย/ก ข?q=\"x\"", web("http://ตัวอย่าง.ไทย/ก%20ข?q=%22x%22"));
        check("https://example.go.th/a%20b#c", web("https://example.go.th/a%20b#c"));
        check("/", page("/", None));
        check("/2565", page("/2565/", None));
        check("/2565/#iit", page("/2565/", Some("iit")));
        check("/2565/measures/index.html#m-a", page("/2565/measures/", Some("m-a")));
        check("/index.html", page("/", None));
        check("/data/scores.csv", page("/data/scores.csv", None));
        check("files/manual.pdf", attachment("files/manual.pdf"));
        check("files/คู่มือ ร้องเรียน.pdf", attachment("files/คู่มือ ร้องเรียน.pdf"));
        check("files/%E0%B8%81.pdf", attachment("files/ก.pdf"));
        check("files/50%.pdf", attachment("files/50%.pdf"));
        check("#มาตรการ", LinkTarget::Fragment("มาตรการ".to_owned()));
        check("#%E0%B8%81", LinkTarget::Fragment("ก".to_owned()));
        check(
            "mailto:ita@example.go.th?subject=ก ข",
            LinkTarget::Mail("ita@example.go.th?subject=ก%20ข".to_owned()),
        );
        check("mailto:ita%40example.go.th", LinkTarget::Mail("ita@example.go.th".to_owned()));
        check("tel:๐๔๔-๖๓๔๗๘๐", LinkTarget::Telephone("044-634780".to_owned()));
        check("tel:+66 (44) 634 780", LinkTarget::Telephone("+6644634780".to_owned()));
    }

    #[test]
    fn what_is_no_link_and_what_was_meant() {
        let check = |text: &str, expected: LinkError, likely: Option<&str>| {
            assert_eq!(LinkTarget::parse(text), Err(expected.clone()), "{text}");
            assert_eq!(likely_link(text, &expected).as_deref(), likely, "{text}");
        };
        check("  ", LinkError::Empty, None);
        check("#", LinkError::Empty, None);
        check("javascript:alert(1)", LinkError::Script, None);
        check(" JavaScript:alert(1)", LinkError::Script, None);
        check("\u{1}java\tscript\n:alert(1)", LinkError::Script, None);
        check("data:text/html,x", LinkError::Script, None);
        check("vbscript:x", LinkError::Script, None);
        check("file:///C:/x.pdf", LinkError::LocalFile, Some("files/x.pdf"));
        check(r"C:\งาน\คู่มือ.pdf", LinkError::LocalFile, Some("files/คู่มือ.pdf"));
        check("d:/x", LinkError::LocalFile, None);
        check(r"\\server\งาน\x.pdf", LinkError::LocalFile, Some("files/x.pdf"));
        check("ftp://example.go.th", LinkError::Scheme("ftp".to_owned()), None);
        check("www.example.go.th", LinkError::BareHost, Some("https://www.example.go.th"));
        check("example.go.th/a:b", LinkError::BareHost, Some("https://example.go.th/a:b"));
        check("example.go.th:8080/a", LinkError::BareHost, Some("https://example.go.th:8080/a"));
        check("ตัวอย่าง.ไทย", LinkError::BareHost, Some("https://ตัวอย่าง.ไทย"));
        check("//example.go.th/a", LinkError::BareHost, Some("https://example.go.th/a"));
        check("x.pdf", LinkError::Relative, Some("files/x.pdf"));
        check(r"files\x.pdf", LinkError::Relative, Some("files/x.pdf"));
        check("./files/x.pdf", LinkError::Relative, Some("files/x.pdf"));
        check("/files/x.pdf", LinkError::Relative, Some("files/x.pdf"));
        check("Files/x.pdf", LinkError::Relative, Some("files/x.pdf"));
        check("2565/", LinkError::Relative, Some("/2565/"));
        check("../2565/", LinkError::Relative, None);
        check("ita@example.go.th", LinkError::Relative, Some("mailto:ita@example.go.th"));
        check("หน้าแรก", LinkError::Relative, None);
        check("https:/example.go.th", LinkError::Malformed, None);
        check("https://", LinkError::Malformed, None);
        check("https://nacc.go.th@evil.example/", LinkError::Malformed, None);
        check("https://a b/", LinkError::Malformed, None);
        check("ht tps://example.go.th", LinkError::Malformed, None);
        check("https://example.go.th/\u{0}", LinkError::Malformed, None);
        check("/2565//x/", LinkError::Malformed, None);
        check("/../x/", LinkError::Malformed, None);
        check("/2565/?x", LinkError::Malformed, None);
        check("files/../../x.pdf", LinkError::Malformed, None);
        check("files/%2e%2e/x.pdf", LinkError::Malformed, None);
        check("files/", LinkError::Malformed, None);
        check("tel:โทร", LinkError::Malformed, None);
        check("mailto:", LinkError::Malformed, None);
    }

    proptest! {
        #[test]
        fn what_is_read_is_safe_and_reads_the_same_again(text in "[a-zA-Z:/.#%?\\\\ @ก-๙\u{0}-\u{20}\u{a0}0-9+-]{0,24}") {
            match LinkTarget::parse(&text) {
                Ok(target) => {
                    if let Some(href) = target.outside() {
                        prop_assert_eq!(LinkTarget::parse(&href), Ok(target));
                        prop_assert!(["http://", "https://", "mailto:", "tel:"].iter().any(|safe| href.starts_with(safe)));
                        prop_assert!(!href.contains(|c: char| c.is_control() || "\"<> ".contains(c)));
                    }
                }
                Err(error) => {
                    let likely = likely_link(&text, &error);
                    prop_assert!(likely.is_none_or(|likely| LinkTarget::parse(&likely).is_ok()));
                }
            }
        }

        #[test]
        fn what_is_encoded_decodes_to_itself(text in any::<String>()) {
            let encoded = percent_encode(&text);
            prop_assert!(encoded.is_ascii());
            prop_assert_eq!(percent_decode(&encoded), text);
        }
    }
}
