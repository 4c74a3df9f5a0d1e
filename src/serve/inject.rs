//! What a page has in the preview besides what is published: one script, and in its policy the leave to run it. All other bytes stay. A page
//! whose policy cannot be read stays as it is published; it is only not reloaded.

use super::request::RESERVED;
use std::ops::Range;

/// A page with the script, for a browser that knows the server as `host` and is given this version of it.
pub(super) fn inject(html: &[u8], host: &str, version: &str) -> Vec<u8> {
    let source = format!("http://{host}{RESERVED}");
    let script = format!(
        "<script src=\"{RESERVED}preview.js\" data-events=\"{RESERVED}events\" data-version=\"{version}\"></script>\n"
    );
    let end = last(html, b"</body>").unwrap_or(html.len());
    let mut page = with_leave(&html[..end], &source);
    page.extend(script.as_bytes());
    page.extend(&html[end..]);
    page
}

/// The page with every policy in it opened for one source.
fn with_leave(html: &[u8], source: &str) -> Vec<u8> {
    let mut page = Vec::with_capacity(html.len() + 1024);
    let mut done = 0;
    for content in policies(html) {
        let Ok(policy) = std::str::from_utf8(&html[content.clone()]) else { continue };
        page.extend(&html[done..content.start]);
        page.extend(opened(policy, source).as_bytes());
        done = content.end;
    }
    page.extend(&html[done..]);
    page
}

/// Where the values of `<meta http-equiv="Content-Security-Policy" content="…">` stand.
fn policies(html: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = first(&html[from..], b"<meta") {
        let start = from + start;
        let end = html[start..].iter().position(|byte| *byte == b'>').map_or(html.len(), |end| start + end);
        let tag = &html[start..end];
        if first(tag, b"content-security-policy").is_some()
            && let Some(value) = value(tag, b"content=")
        {
            found.push(start + value.start..start + value.end);
        }
        from = end;
    }
    found
}

/// The quoted value behind the name of an attribute.
fn value(tag: &[u8], name: &[u8]) -> Option<Range<usize>> {
    let start = first(tag, name)? + name.len();
    let quote = *tag.get(start).filter(|byte| matches!(byte, b'"' | b'\''))?;
    let length = tag[start + 1..].iter().position(|byte| *byte == quote)?;
    Some(start + 1..start + 1 + length)
}

/// A policy that allows scripts and connections of one more source. A directive that is missing takes what `default-src` says; without that
/// everything is allowed already.
fn opened(policy: &str, source: &str) -> String {
    let directives: Vec<&str> = policy.split(';').map(str::trim).filter(|text| !text.is_empty()).collect();
    let sources_of = |name: &str| {
        let named = |directive: &&str| {
            directive.split_whitespace().next().is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        directives.iter().copied().find(named).and_then(|directive| directive.get(name.len()..))
    };
    let mut opened = directives.clone();
    let mut more = Vec::new();
    for name in ["script-src-elem", "script-src", "connect-src"] {
        let own = sources_of(name);
        let Some(sources) = own.or_else(|| (name != "script-src-elem").then(|| sources_of("default-src"))?)
        else {
            continue;
        };
        let sources = sources.split_whitespace().filter(|source| !source.eq_ignore_ascii_case("'none'"));
        let directive: Vec<&str> = [name].into_iter().chain(sources).chain([source]).collect();
        more.push(directive.join(" "));
        opened.retain(|directive| own.is_none() || sources_start(directive) != name);
    }
    opened.into_iter().map(str::to_owned).chain(more).collect::<Vec<_>>().join("; ")
}

/// The name of a directive, as this file writes it.
fn sources_start(directive: &str) -> String {
    directive.split_whitespace().next().unwrap_or_default().to_ascii_lowercase()
}

fn first(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))
}

fn last(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).rposition(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "http://127.0.0.1:8000/_prongsai/";

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let script = "<script src=\"/_prongsai/preview.js\" data-events=\"/_prongsai/events\" data-version=\"1f\"></script>\n";
        let check = |before: &str, after: &str| {
            let page = inject(format!("{before}{after}").as_bytes(), "127.0.0.1:8000", "1f");
            assert_eq!(String::from_utf8(page).unwrap(), format!("{before}{script}{after}"));
        };
        check("<html><body><p>ก</p>\n", "</body>\n</html>\n");
        check("<html><body><pre>&lt;/body></pre></body>", "</BODY></html>");
        check("<p>ก</p>", "");
        check("", "");
    }

    #[test]
    fn a_policy_lets_the_script_in_and_nothing_else() {
        let check = |policy: &str, expected: &str| {
            assert_eq!(opened(policy, SOURCE), expected.replace("SOURCE", SOURCE), "{policy}");
        };
        check(
            "default-src 'none'; style-src 'self'",
            "default-src 'none'; style-src 'self'; script-src SOURCE; connect-src SOURCE",
        );
        check(
            "default-src 'self'; script-src 'self' https://example.com",
            "default-src 'self'; script-src 'self' https://example.com SOURCE; connect-src 'self' SOURCE",
        );
        check("script-src 'none'; connect-src 'none'", "script-src SOURCE; connect-src SOURCE");
        check("Script-Src-Elem 'self'; img-src *", "img-src *; script-src-elem 'self' SOURCE");
        check("img-src 'self';", "img-src 'self'");
        check("", "");
    }

    #[test]
    fn every_policy_of_a_page_is_opened_and_the_rest_stays() {
        let check = |html: &str, expected: &str| {
            let page = String::from_utf8(with_leave(html.as_bytes(), SOURCE)).unwrap();
            assert_eq!(page, expected.replace("SOURCE", SOURCE));
        };
        check(
            "<meta charset=utf-8><META http-equiv=\"content-security-policy\" content=\"default-src 'none'\"><p>",
            "<meta charset=utf-8><META http-equiv=\"content-security-policy\" content=\"default-src 'none'; script-src SOURCE; connect-src SOURCE\"><p>",
        );
        check(
            "<meta content='script-src a' http-equiv='Content-Security-Policy'><meta name=\"description\" content=\"default-src\">",
            "<meta content='script-src a SOURCE' http-equiv='Content-Security-Policy'><meta name=\"description\" content=\"default-src\">",
        );
        check(
            "<meta http-equiv=Content-Security-Policy content=x>",
            "<meta http-equiv=Content-Security-Policy content=x>",
        );
        check("<p>ไม่มี</p><meta", "<p>ไม่มี</p><meta");
    }
}
