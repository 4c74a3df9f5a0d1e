//! An address as it goes over the wire: in ASCII, without its fragment. It asks nobody.

/// An address in ASCII: host names in Punycode, other letters percent-encoded. `None` of what has no host, or no scheme that there can be.
pub(super) fn wire(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| scheme.is_ascii())?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (host, port) = authority.split_at(host_in(authority).len());
    let labels: Option<Vec<String>> = host.split('.').map(label).collect();
    let slash = if path.starts_with('/') { "" } else { "/" };
    Some(format!("{scheme}://{}{port}{slash}{}", labels?.join("."), encoded(path)))
}

/// Scheme, computer and port of an address in ASCII: what comes before its path.
pub(super) fn origin(url: &str) -> &str {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let path = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
    &url[..path]
}

/// The computer that an address in ASCII asks, without a port.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    host_in(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

fn host_in(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Where a reference that a server sends leads from an address in ASCII.
pub(super) fn join(base: &str, reference: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = path.split('?').next().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if is_absolute(reference) {
        wire(reference)
    } else if let Some(other) = reference.strip_prefix("//") {
        wire(&format!("{scheme}://{other}"))
    } else if reference.starts_with('/') {
        wire(&format!("{scheme}://{authority}{reference}"))
    } else if reference.starts_with('?') {
        wire(&format!("{scheme}://{authority}{path}{reference}"))
    } else {
        wire(&format!("{scheme}://{authority}{}", without_dots(&format!("{folder}/{reference}"))))
    }
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/').skip(1) {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        steps.push("");
    }
    format!("/{}{query}", steps.join("/"))
}

fn is_absolute(reference: &str) -> bool {
    let lower = reference.to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

fn encoded(path: &str) -> String {
    let piece = |byte: u8| match byte {
        b'!'..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(piece).collect()
}

/// One label of a host name: Punycode of RFC 3492 behind `xn--` where it is not ASCII. Thai has no case, and its names are registered in
/// the one order of marks that keyboards allow, so nothing is mapped before.
fn label(label: &str) -> Option<String> {
    if label.is_ascii() {
        return (!label.contains(char::is_whitespace)).then(|| label.to_owned());
    }
    punycode(label).map(|encoded| format!("xn--{encoded}"))
}

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// Section 6.3 of RFC 3492, with its names; `None` where a number outgrows it.
fn punycode(text: &str) -> Option<String> {
    let input: Vec<u32> = text.chars().map(u32::from).collect();
    let mut output: String = text.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(output.len()).ok()?;
    if basic > 0 {
        output.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (INITIAL_N, 0_u32, INITIAL_BIAS, basic);
    while (handled as usize) < input.len() {
        let next = input.iter().copied().filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for &c in &input {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                variable_length(delta, bias, &mut output);
                bias = adapted(delta, handled + 1, handled == basic);
                (delta, handled) = (0, handled + 1);
            }
        }
        (delta, n) = (delta.checked_add(1)?, n.checked_add(1)?);
    }
    Some(output)
}

fn variable_length(delta: u32, bias: u32, output: &mut String) {
    let mut q = delta;
    for k in (BASE..).step_by(BASE as usize) {
        let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if q < t {
            break;
        }
        output.push(digit(t + (q - t) % (BASE - t)));
        q = (q - t) / (BASE - t);
    }
    output.push(digit(q));
}

/// `a` to `z` for 0–25, `0` to `9` for 26–35.
fn digit(value: u32) -> char {
    let first = if value < 26 { u32::from(b'a') } else { u32::from(b'0') - 26 };
    char::from_u32(first + value).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_become_ascii() {
        let check = |url: &str, expected: &str| assert_eq!(wire(url).as_deref(), Some(expected), "{url}");
        check("https://example.go.th", "https://example.go.th/");
        check("https://example.go.th:8443/a%20b?c=d#e", "https://example.go.th:8443/a%20b?c=d");
        check("https://example.go.th?a=ก", "https://example.go.th/?a=%E0%B8%81");
        check("http://ทดสอบ.ไทย/แผน/1", "http://xn--l3cfk7dp.xn--o3cw4h/%E0%B9%81%E0%B8%9C%E0%B8%99/1");
        check("http://รู้จัก.ไทย:81/", "http://xn--12cn4frcvb5f.xn--o3cw4h:81/");
        check("http://bücher.example/", "http://xn--bcher-kva.example/");
        assert_eq!(wire("example.go.th"), None);
        assert_eq!(wire("กhttp://example.go.th"), None);
    }

    #[test]
    fn origins_end_before_the_path() {
        let check = |url: &str, expected: &str| assert_eq!(origin(url), expected, "{url}");
        check("https://example.go.th:81/a", "https://example.go.th:81");
        check("https://example.go.th?a/b", "https://example.go.th");
        check("https://example.go.th", "https://example.go.th");
    }

    #[test]
    fn hosts_have_no_port() {
        let check = |url: &str, expected: &str| assert_eq!(host(url), expected, "{url}");
        check("https://example.go.th/a:1", "example.go.th");
        check("http://127.0.0.1:8080?a", "127.0.0.1");
        check("http://[::1]:80/", "[::1]");
    }

    #[test]
    fn references_are_counted_from_their_page() {
        let check = |reference: &str, expected: &str| {
            let joined = join("https://example.go.th:81/a/b?c", reference);
            assert_eq!(joined.as_deref(), Some(expected), "{reference}");
        };
        check("HTTP://example.com", "HTTP://example.com/");
        check("//example.com/x", "https://example.com/x");
        check("/ก", "https://example.go.th:81/%E0%B8%81");
        check("?d", "https://example.go.th:81/a/b?d");
        check("d#e", "https://example.go.th:81/a/d");
        check("", "https://example.go.th:81/a/");
        check("../d/../../e?../f", "https://example.go.th:81/e?../f");
        check("./..", "https://example.go.th:81/");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_ascii_or_nothing(url in any::<String>(), host in "[ก-ฮะ-์a-z]{1,20}") {
            prop_assert!(wire(&url).is_none_or(|wire| wire.is_ascii()));
            let behind_thai = format!("https://{host}.{url}");
            prop_assert!(wire(&behind_thai).is_none_or(|wire| wire.is_ascii()));
        }
    }
}
