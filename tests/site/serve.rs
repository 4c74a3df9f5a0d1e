//! The binary as a server: asked over loopback as a browser or a stranger asks, while its files are edited. What the files become is known to
//! a build into an empty folder.

use crate::disk::{check, prongsai};
use crate::folder::{Folder, Tree, page, sites, tree};
use prongsai::build::{self, Options};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine. Nothing is ever waited for this long unless it fails.
const LONGEST: Duration = Duration::from_secs(30);

/// A running server; ended when it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

/// What a server answers.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

/// The stream of what happens to a page.
pub(crate) struct Events(BufReader<TcpStream>);

impl Server {
    /// Serves a folder at a free port.
    pub(crate) fn start(folder: &Folder) -> Server {
        Server::start_at(folder, 0, &[])
    }

    fn start_at(folder: &Folder, port: u16, more: &[&str]) -> Server {
        let port = port.to_string();
        let arguments = [["serve", "--port", &port].as_slice(), more].concat();
        let mut command = prongsai(folder.root(), &arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let port = line.split("http://127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address: {line}"));
        Server { child, port }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a request as it is written.
    fn send(&self, request: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        // A server that has seen enough may close before all is written.
        let _ = stream.write_all(request);
        stream
    }

    /// Asks with a method and headers of one's own.
    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        let mut bytes = Vec::new();
        let _ = self.send(request.as_bytes()).read_to_end(&mut bytes);
        let end =
            bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        let body = bytes[end..].to_vec();
        let body = if head.contains("transfer-encoding: chunked") { unchunked(&body) } else { body };
        Answer { status, head, body }
    }

    /// Asks as a program does, which is given what is published.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("Host: {}\r\n", self.host()))
    }

    /// Asks as a browser does.
    fn visit(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("Host: {}\r\nAccept: text/html,*/*\r\n", self.host()))
    }

    /// Listens to what happens to a page of which a browser has this version.
    fn listen(&self, page: &str, version: &str) -> Events {
        let request = format!(
            "GET /_prongsai/events?page={page}&version={version} HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.host()
        );
        Events(BufReader::new(self.send(request.as_bytes())))
    }

    /// The same for the page as it is now.
    fn follow(&self, page: &str) -> Events {
        self.listen(page, &version(&self.visit(page)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    /// Where it leads, if elsewhere.
    pub(crate) fn location(&self) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix("location: "))
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }
}

impl Events {
    /// The next event: its name and what it says.
    #[track_caller]
    fn next(&mut self) -> (String, String) {
        let (mut name, start) = (String::new(), Instant::now());
        loop {
            assert!(start.elapsed() < LONGEST, "nothing happens to the page");
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("an event within the time");
            assert!(read > 0, "the stream has ended");
            if let Some(event) = line.strip_prefix("event: ") {
                name = event.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data:") {
                return (name, data.trim().to_owned());
            }
        }
    }

    /// What is told next; nothing else may come before it.
    #[track_caller]
    fn told(&mut self) -> String {
        let (name, data) = self.next();
        assert_eq!(name, "told", "{data}");
        data
    }

    #[track_caller]
    fn reload(&mut self) {
        let (name, data) = self.next();
        assert_eq!(name, "reload", "{data}");
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        whole.extend(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
    whole
}

/// The version of a page that a browser was given.
fn version(page: &Answer) -> String {
    let text = page.text();
    let rest = text.split("data-version=\"").nth(1).unwrap_or_else(|| panic!("no script in {text}"));
    rest.split('"').next().unwrap().to_owned()
}

fn site(name: &str) -> Folder {
    Folder::of(&sites().remove(name).unwrap())
}

/// What a build would publish now, if it would.
fn published(folder: &Folder) -> Option<Tree> {
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("public");
    let published = build::build(folder.root(), &output, Options::default()).unwrap().published;
    let mut files = tree(&output);
    files.retain(|path, _| !path.ends_with("prongsai-manifest.json"));
    published.map(|_| files)
}

/// The path of a file of the output, as a browser asks for it.
pub(crate) fn encoded(file: &str) -> String {
    file.bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02x}") })
        .collect()
}

/// Waits until something is as it should be.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < LONGEST, "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn every_file_is_served_as_it_is_published() {
    for (name, base) in [("full", "/ita/"), ("portal", "/"), ("minimal", "/")] {
        let folder = site(name);
        let server = Server::start(&folder);
        for (file, expected) in published(&folder).unwrap() {
            let answer = server.get(&format!("{base}{}", encoded(&file)));
            assert_eq!((answer.status, answer.body == expected), (200, true), "{name}: {file}");
            assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
            assert!(answer.head.contains(&format!("content-length: {}", expected.len())), "{}", answer.head);
        }
        assert!(
            tree(folder.root()).keys().all(|path| folder.sources().contains_key(path)),
            "nothing is written"
        );
    }
}

#[test]
fn browsers_are_given_the_script() {
    let folder = site("full");
    let server = Server::start(&folder);
    let (plain, given) = (server.get("/ita/2565/"), server.visit("/ita/2565/"));
    assert!(!plain.text().contains("_prongsai"));
    let source = format!("http://{}/_prongsai/", server.host());
    let (_, script) = given.text().split_once("<script").unwrap();
    let (script, _) = script.split_once("</script>\n").unwrap();
    assert!(given.text().contains(&format!("script-src {source}; connect-src {source}")));
    let stripped = given.text().replace(&format!("<script{script}</script>\n"), "");
    let stripped = stripped.replace(&format!("; script-src {source}; connect-src {source}"), "");
    assert_eq!(stripped, plain.text());
    let script = server.get("/_prongsai/preview.js");
    assert!(script.head.contains("text/javascript") && script.text().contains("EventSource"));
    let style = page(&published(&folder).unwrap(), "index.html").to_owned();
    let style =
        style.split("href=\"").find(|rest| rest.starts_with("assets/")).unwrap().split('"').next().unwrap();
    assert!(!server.visit(&format!("/ita/{style}")).text().contains("_prongsai/preview"));
}

#[test]
fn strangers_are_refused() {
    let folder = site("full");
    let server = Server::start(&folder);
    let own = format!("Host: {}\r\n", server.host());
    let check = |method: &str, path: &str, headers: &str, expected: u16| {
        let answer = server.ask(method, path, headers);
        assert_eq!(answer.status, expected, "{method} {path} {headers}");
    };
    check("GET", "/ita/", &own, 200);
    check("GET", "/ita/", "Host: example.com\r\n", 403);
    check("GET", "/ita/", "", 403);
    check("GET", "/ita/", &format!("{own}Origin: http://example.com\r\n"), 403);
    check(
        "GET",
        "/_prongsai/events?page=/ita/&version=0",
        &format!("{own}Origin: http://example.com\r\n"),
        403,
    );
    check("GET", "/_prongsai/preview.js", "Host: example.com\r\n", 403);
    check("POST", "/ita/", &format!("{own}Content-Length: 0\r\n"), 405);
    check("DELETE", "/ita/", &own, 405);
    check("GET", "/ita/../prongsai.yaml", &own, 400);
    check("GET", "/ita/%2e%2e/prongsai.yaml", &own, 400);
    check("GET", "/ita/assets/", &own, 404);
    check("GET", "/ita/content/2565/scores.yaml", &own, 404);
    check("GET", "/ita/prongsai.yaml", &own, 404);
    check("GET", "/ita/prongsai-manifest.json", &own, 404);
    check("GET", "/", &format!("{own}X: {}\r\n", "a".repeat(40_000)), 431);
    check("GET", "/", &(own.clone() + &"X: a\r\n".repeat(100)), 431);
    let head = server.ask("HEAD", "/ita/2565/", &own);
    assert!(head.status == 200 && head.body.is_empty() && !head.head.contains("content-length: 0"));
}

#[test]
fn a_site_stands_below_its_base_url() {
    let folder = site("full");
    let server = Server::start(&folder);
    let check = |path: &str, status: u16, location: &str| {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.location().unwrap_or_default(), location, "{path}");
    };
    check("/", 302, "/ita/");
    check("/ita", 302, "/ita/");
    check("/ita/2565", 302, "/ita/2565/");
    check("/2565/", 404, "");
    check("/ita/2565/index.html", 200, "");
}

#[test]
fn an_open_page_is_told_what_happens_to_it() {
    let folder = site("full");
    let server = Server::start(&folder);
    let mut events = server.follow("/ita/2565/");
    let calm = events.told();
    let scores = fs::read_to_string(folder.root().join("content/2565/scores.yaml")).unwrap();
    folder.replace("content/2565/scores.yaml", scores.replace("88.10", "814.0"));
    let told = events.told();
    assert!(told.contains("content/2565/scores.yaml") && told.contains("score/out-of-range"), "{told}");
    assert!(told.contains("\"at\":\":9:6\"") && told.contains("ฉบับล่าสุดที่สมบูรณ์"), "{told}");
    folder.replace("content/2565/scores.yaml", &scores);
    assert_eq!(events.told(), calm, "the page has not changed, so it is not reloaded");
    let report = fs::read_to_string(folder.root().join("content/2565/report.md")).unwrap();
    // The same bytes once more, and another page: nothing happens to this one.
    folder.replace("content/2565/report.md", &report);
    let other = fs::read_to_string(folder.root().join("content/pages/complaint.md")).unwrap();
    folder.replace("content/pages/complaint.md", other + "\nเพิ่มเติม\n");
    until("the other page changes", || server.get("/ita/pages/complaint/").text().contains("เพิ่มเติม"));
    folder.replace("content/2565/report.md", report.replace("ขอรายงาน", "ขอเสนอรายงาน"));
    events.reload();
    assert!(server.get("/ita/2565/").text().contains("ขอเสนอรายงาน"), "it is ready when it is told");
}

#[test]
fn a_page_that_is_gone_comes_back() {
    for (name, home, page) in
        [("minimal", "content", "/2565/"), ("portal", "content/ban-tua-yang", "/ban-tua-yang/2565/")]
    {
        let folder = site(name);
        let server = Server::start(&folder);
        let before = server.visit(page);
        let mut events = server.listen(page, &version(&before));
        events.told();
        let [here, away] = ["2565", "elsewhere"].map(|name| folder.root().join(home).join(name));
        let away = away.with_file_name(".elsewhere");
        fs::rename(&here, &away).unwrap();
        while events.next().0 != "reload" {}
        let gone = server.visit(page);
        assert!(gone.status == 404 && gone.text().contains("ไม่พบหน้าที่ต้องการ"), "{}", gone.text());
        fs::rename(&away, &here).unwrap();
        let mut events = server.listen(page, &version(&gone));
        while events.next().0 != "reload" {}
        assert_eq!(server.visit(page).body, before.body);
    }
}

#[test]
fn an_open_page_survives_a_restart() {
    let folder = site("full");
    let server = Server::start(&folder);
    let (port, page) = (server.port, "/ita/2565/");
    let before = version(&server.visit(page));
    drop(server);
    let server = Server::start_at(&folder, port, &[]);
    server.listen(page, &before).told();
    drop(server);
    let report = fs::read_to_string(folder.root().join("content/2565/report.md")).unwrap();
    folder.write("content/2565/report.md", report.replace("ขอรายงาน", "ขอเสนอรายงาน"));
    let server = Server::start_at(&folder, port, &[]);
    server.listen(page, &before).reload();
}

#[test]
fn a_site_that_cannot_be_read_is_served_once_it_can() {
    let full = sites().remove("full").unwrap();
    let folder = Folder::of(&full);
    folder.write("prongsai.yaml", "agency: [\n");
    let server = Server::start(&folder);
    let closed = server.visit("/");
    assert_eq!(closed.status, 503);
    let mut events = server.listen("/", &version(&closed));
    assert!(events.told().contains("prongsai.yaml"));
    folder.write("prongsai.yaml", &full["prongsai.yaml"]);
    events.reload();
    assert_eq!(server.get("/ita/2565/").status, 200);
}

#[test]
fn a_port_that_is_taken_is_said() {
    let folder = site("minimal");
    let server = Server::start(&folder);
    let port = server.port.to_string();
    check(folder.root(), &["serve", "--port", &port], 3, "มีโปรแกรมอื่นใช้พอร์ต");
    check(folder.root(), &["serve", "--port", "x"], 2, "--port");
    check(folder.root(), &["serve", "--interface", "example.com"], 2, "--interface");
}

#[test]
fn without_events_the_disk_is_asked() {
    let folder = site("full");
    let server = Server::start_at(&folder, 0, &["--poll"]);
    let mut events = server.follow("/ita/2565/");
    events.told();
    let report = fs::read_to_string(folder.root().join("content/2565/report.md")).unwrap();
    folder.write("content/2565/report.md", report.replace("ขอรายงาน", "ขอเสนอรายงาน"));
    events.reload();
}
