//! What a request asks for, and whether it is answered at all: pure, from its head alone. A page of somebody else's, open in the same browser,
//! may send requests here; by a name that leads to this machine (DNS rebinding) it could even read the answers. So only requests that name
//! this server by its own address are answered, and of pages only its own may ask.

use crate::model::link::percent_decode;
use hyper::header::{ACCEPT, HOST, HeaderName, ORIGIN};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, Request, StatusCode};
use std::net::{IpAddr, SocketAddr};

/// Below this lies what exists in the preview alone. No agency's id begins with a line.
pub(super) const RESERVED: &str = "/_prongsai/";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Something of the site, by its decoded path; `by_browser` if it is to be shown as a page.
    Site { path: String, by_browser: bool },
    /// The script that runs in every page.
    Script,
    /// The stream of what happens to a page, of which the browser has this version.
    Events { path: String, version: String },
}

/// Judges a request to the server at `own`.
///
/// # Errors
/// The status with which it is refused.
pub(super) fn judge<B>(request: &Request<B>, own: SocketAddr) -> Result<Asked, StatusCode> {
    let uri = request.uri();
    let named = uri.authority().map(Authority::as_str);
    if !is_addressed(request.headers(), named, own) || is_foreign(request.headers()) {
        return Err(StatusCode::FORBIDDEN);
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let path = percent_decode(uri.path());
    if path.contains(['\0', '\\', '\u{fffd}']) || path.split('/').any(|step| step == ".." || step == ".") {
        return Err(StatusCode::BAD_REQUEST);
    }
    let Some(own) = path.strip_prefix(RESERVED) else {
        let by_browser = text(request.headers(), &ACCEPT).is_some_and(|accept| accept.contains("text/html"));
        return Ok(Asked::Site { path, by_browser });
    };
    match own {
        "preview.js" => Ok(Asked::Script),
        "events" => Ok(events(uri.query().unwrap_or_default())),
        _ => Err(StatusCode::NOT_FOUND),
    }
}

/// What lies at a path of a site that stands below `base`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A file by its path in the output.
    File(String),
    /// Another path, decoded.
    At(String),
    /// Nothing that belongs to the site.
    Nowhere,
}

/// Where in the output a path leads.
pub(super) fn place(path: &str, base: &str) -> Place {
    match path.strip_prefix(base) {
        Some(file) if file.is_empty() || file.ends_with('/') => Place::File(format!("{file}index.html")),
        Some(file) => Place::File(file.to_owned()),
        None if path == "/" || format!("{path}/") == base => Place::At(base.to_owned()),
        None => Place::Nowhere,
    }
}

/// The type of a file by its ending.
pub(super) fn content_type(file: &str) -> &'static str {
    let ending = file.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/octet-stream",
    }
}

fn events(query: &str) -> Asked {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let found = pairs.into_iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| percent_decode(value)).unwrap_or_default()
    };
    Asked::Events { path: percent_decode(&value("page")), version: value("version") }
}

/// Whether it names this server: by an address that leads here, or as `localhost`. No name of the web does.
fn is_addressed(headers: &HeaderMap, named: Option<&str>, own: SocketAddr) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else {
        return false;
    };
    [Some(host), named].into_iter().flatten().all(|host| leads_here(host, own))
}

fn leads_here(host: &str, own: SocketAddr) -> bool {
    let Ok(host) = host.parse::<Authority>() else { return false };
    if host.as_str().contains('@') || host.port_u16().unwrap_or(80) != own.port() {
        return false;
    }
    let name = host.host().trim_start_matches('[').trim_end_matches(']');
    match name.parse::<IpAddr>() {
        // An address cannot be made to lead elsewhere. On a machine with several, any of them may be meant.
        Ok(address) => address.is_loopback() || !own.ip().is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}

/// Whether a page of another site sent it. Following a link from there is no such request.
fn is_foreign(headers: &HeaderMap) -> bool {
    let is_other_origin = text(headers, &ORIGIN).is_some_and(|origin| {
        let host = text(headers, &HOST).unwrap_or_default();
        !origin.eq_ignore_ascii_case(&format!("http://{host}"))
    });
    let site = HeaderName::from_static("sec-fetch-site");
    let mode = HeaderName::from_static("sec-fetch-mode");
    let is_from_elsewhere = matches!(text(headers, &site), Some("cross-site" | "same-site"));
    is_other_origin || (is_from_elsewhere && text(headers, &mode) != Some("navigate"))
}

/// A header as text; what is no text says nothing.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "127.0.0.1:8000";

    fn judged(own: &str, path: &str, headers: &[(&str, &str)]) -> Result<Asked, StatusCode> {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        judge(&request.body(()).unwrap(), own.parse().unwrap())
    }

    #[test]
    fn only_requests_to_this_server_are_answered() {
        let check = |own: &str, headers: &[(&str, &str)], expected: bool| {
            assert_eq!(judged(own, "/", headers).is_ok(), expected, "{own} {headers:?}");
        };
        for (host, expected) in [
            ("127.0.0.1:8000", true),
            ("localhost:8000", true),
            ("LOCALHOST:8000", true),
            ("[::1]:8000", true),
            ("127.0.0.1", false),
            ("127.0.0.1:8001", false),
            ("192.168.1.2:8000", false),
            ("example.com:8000", false),
            ("localhost.example.com:8000", false),
            ("127.0.0.1.example.com:8000", false),
            ("a@127.0.0.1:8000", false),
            ("", false),
        ] {
            check(OWN, &[("host", host)], expected);
        }
        check(OWN, &[], false);
        check(OWN, &[("host", OWN), ("host", "example.com")], false);
        check("0.0.0.0:8000", &[("host", "192.168.1.2:8000")], true);
        check("0.0.0.0:8000", &[("host", "example.com:8000")], false);
        check("127.0.0.1:80", &[("host", "localhost")], true);
    }

    #[test]
    fn only_pages_of_this_server_may_ask() {
        let check = |headers: &[(&str, &str)], expected: bool| {
            let all: Vec<_> = [("host", OWN)].into_iter().chain(headers.iter().copied()).collect();
            assert_eq!(judged(OWN, "/", &all).is_ok(), expected, "{headers:?}");
        };
        check(&[("origin", "http://127.0.0.1:8000")], true);
        check(&[("origin", "http://localhost:8000")], false);
        check(&[("origin", "https://127.0.0.1:8000")], false);
        check(&[("origin", "http://example.com")], false);
        check(&[("origin", "null")], false);
        check(&[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")], true);
        check(&[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")], true);
        check(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], true);
        check(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], false);
        check(&[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")], false);
    }

    #[test]
    fn paths_are_decoded_and_lead_nowhere_else() {
        let check = |path: &str, expected: Result<&str, StatusCode>| {
            let expected = expected.map(|path| Asked::Site { path: path.to_owned(), by_browser: false });
            assert_eq!(judged(OWN, path, &[("host", OWN)]), expected, "{path}");
        };
        check("/2565/", Ok("/2565/"));
        check("/2565/?a=b", Ok("/2565/"));
        check("/%e0%b8%81.pdf", Ok("/ก.pdf"));
        check("/a%20b", Ok("/a b"));
        check("/../prongsai.yaml", Err(StatusCode::BAD_REQUEST));
        check("/a/%2e%2e/%2e%2e/etc/passwd", Err(StatusCode::BAD_REQUEST));
        check("/a/..%2f..%2fetc", Err(StatusCode::BAD_REQUEST));
        check("/a%5c..%5cb", Err(StatusCode::BAD_REQUEST));
        check("/a%00.html", Err(StatusCode::BAD_REQUEST));
        check("/_prongsai/other", Err(StatusCode::NOT_FOUND));
        let own = |path: &str| judged(OWN, path, &[("host", OWN)]);
        assert_eq!(own("/_prongsai/preview.js"), Ok(Asked::Script));
        let (path, version) = ("/ก/".to_owned(), "1f".to_owned());
        // A browser's own path is encoded already, and the script encodes it once more.
        assert_eq!(
            own("/_prongsai/events?page=%2F%25e0%25b8%2581%2F&version=1f"),
            Ok(Asked::Events { path, version })
        );
    }

    #[test]
    fn only_what_changes_nothing_is_allowed() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"] {
            let request = Request::builder().method(method).uri("/").header("host", OWN).body(()).unwrap();
            assert_eq!(
                judge(&request, OWN.parse().unwrap()),
                Err(StatusCode::METHOD_NOT_ALLOWED),
                "{method}"
            );
        }
    }

    #[test]
    fn a_site_lies_below_its_base() {
        let check = |path: &str, base: &str, expected: Place| {
            assert_eq!(place(path, base), expected, "{path} {base}");
        };
        let file = |file: &str| Place::File(file.to_owned());
        check("/", "/", file("index.html"));
        check("/2565/", "/", file("2565/index.html"));
        check("/2565", "/", file("2565"));
        check("/ita/", "/ita/", file("index.html"));
        check("/ita/2565/index.html", "/ita/", file("2565/index.html"));
        check("/", "/ita/", Place::At("/ita/".to_owned()));
        check("/ita", "/ita/", Place::At("/ita/".to_owned()));
        check("/italy/", "/ita/", Place::Nowhere);
        check("/2565/", "/ita/", Place::Nowhere);
    }

    #[test]
    fn files_have_types() {
        let check = |file: &str, expected: &str| assert_eq!(content_type(file), expected, "{file}");
        check("2565/index.html", "text/html; charset=utf-8");
        check("assets/style.1a2b3c4d.css", "text/css; charset=utf-8");
        check("files/A.PDF", "application/pdf");
        check("itas.csv", "text/csv; charset=utf-8");
        check("a.b/c", "application/octet-stream");
    }
}
