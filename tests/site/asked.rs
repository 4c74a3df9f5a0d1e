//! What is only looked for where somebody asks: whether other sites answer, here one of our own on loopback, and what a day brings.

use crate::disk;
use crate::folder::{Folder, Tree, lines, sites};
use prongsai::build::external;
use prongsai::build::{self, Inquiry};
use prongsai::model::date::Date;
use prongsai::probe::Limits;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// A web server on loopback that has every page but those under `/gone`, and that closes to nobody but the end of the process.
struct Web {
    address: String,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Web {
    fn start() -> Web {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let visits = Arc::clone(&asked);
        thread::spawn(move || {
            for mut stream in listener.incoming().map(Result::unwrap) {
                let head: Vec<String> = BufReader::new(&stream)
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty())
                    .collect();
                let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else { continue };
                *visits.lock().unwrap().entry(path.to_owned()).or_default() += 1;
                let status = if path.starts_with("/gone") { "404 Not Found" } else { "200 OK" };
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                // Who has heard enough hangs up.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Web { address, asked }
    }

    /// How often each page was asked for.
    fn asked(&self) -> BTreeMap<String, usize> {
        self.asked.lock().unwrap().clone()
    }
}

/// A test site with these files over it. `{web}` stands for a server, and so does every other site: no test asks anybody else.
fn site(name: &str, web: &Web, files: &[(&str, &str)]) -> Folder {
    let mut site: Tree = sites()[name].clone();
    site.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    for bytes in site.values_mut() {
        if let Ok(text) = str::from_utf8(bytes) {
            *bytes = text
                .replace("https://ban.example.go.th", "{web}")
                .replace("{web}", &web.address)
                .into_bytes();
        }
    }
    Folder::of(&site)
}

/// What is wrong with the links of a site to other sites.
fn found(folder: &Folder, web: &Web) -> String {
    let inquiry = Inquiry { external: true, ..Inquiry::default() };
    let outcome = build::check(folder.root(), inquiry).unwrap();
    assert!(!outcome.findings.has_errors(), "{}", lines(&outcome.findings));
    let own: String = lines(&folder.check().findings);
    assert_eq!(lines(&outcome.findings), own, "to ask for more changes what is found anyway");
    let (findings, unasked) = external::ask(&outcome.external, &Limits::default(), &|| ()).unwrap();
    assert_eq!(unasked, 0);
    lines(&findings).replace(&web.address, "{web}")
}

const DISCLOSURE: &str = "\
fiscal_year: 2566
answers_for: [O42]
items:
  O42:
    - to: {web}/gone
      path: หน้าแรก
    - to: {web}/fine
      path: หน้าแรก
";

const INDEX: &str = "\
ดูที่ [เว็บไซต์](<{web}/gone>) และ [อีกแห่ง](<{web}/ก>)

และ <{web}/gone> อีกครั้ง
";

#[test]
fn links_of_every_kind_are_asked_for_once() {
    let web = Web::start();
    let folder =
        site("minimal", &web, &[("content/2566/disclosure.yaml", DISCLOSURE), ("content/index.md", INDEX)]);
    assert_eq!(
        found(&folder, &web),
        "warning disclosure/external-link content/2566/disclosure.yaml:5:11 {web}/gone ไม่มีหน้านี้แล้ว (404)\n\
         warning disclosure/external-link content/index.md:1:7 {web}/gone ไม่มีหน้านี้แล้ว (404) (+1)\n"
    );
    // Twice since a refused question for the headers is asked again as a reader would.
    assert_eq!(
        web.asked(),
        [("/gone", 2), ("/fine", 1), ("/%E0%B8%81", 1)].map(|(path, times)| (path.to_owned(), times)).into()
    );
}

#[test]
fn a_dead_link_can_be_accepted_and_a_check_that_does_not_ask_does_not_mind() {
    let web = Web::start();
    let accepted =
        format!("---\naccept:\n  - {{ code: disclosure/external-link, reason: ปิดปรับปรุง }}\n---\n{INDEX}");
    let folder = site("minimal", &web, &[("content/index.md", &accepted)]);
    assert_eq!(
        found(&folder, &web),
        "note disclosure/external-link content/index.md:5:7 {web}/gone ไม่มีหน้านี้แล้ว (404) (+1) [ปิดปรับปรุง]\n"
    );
}

#[test]
fn a_portal_asks_for_its_own_links_and_those_of_its_agencies() {
    let web = Web::start();
    let folder = site(
        "portal",
        &web,
        &[("content/index.md", "<{web}/gone/a>\n"), ("content/ban-tua-yang/index.md", "<{web}/gone/b>\n")],
    );
    let found = found(&folder, &web);
    let files: Vec<&str> = found.lines().map(|line| line.split(' ').nth(2).unwrap()).collect();
    assert_eq!(files, ["content/ban-tua-yang/index.md:1:1", "content/index.md:1:1"], "{found}");
}

#[test]
fn other_sites_are_asked_when_files_are_mended() {
    let web = Web::start();
    let folder = site("minimal", &web, &[("content/index.md", "การ\u{7}ทุจริต <{web}/gone>\n")]);
    let (code, said) = disk::run(folder.root(), &["check", "--fix", "--external"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("content/index.md:1:11  คำเตือน disclosure/external-link"), "{said}");
    assert!(said.ends_with("แก้ไขแล้ว 1 แห่งใน 1 ไฟล์: text/unprintable-character 1\n"), "{said}");
}

#[test]
fn only_a_day_tells_that_a_result_is_due() {
    let folder = Folder::of(&sites()["full"]);
    let check = |on: Option<Date>, expected: usize| {
        let outcome = build::check(folder.root(), Inquiry { on, ..Inquiry::default() }).unwrap();
        let due = outcome.findings.iter().filter(|finding| finding.kind.code == "chain/result-due");
        assert_eq!(due.count(), expected, "{on:?}: {}", lines(&outcome.findings));
    };
    check(None, 0);
    check(Date::new(2023, 12, 31), 0);
    check(Date::new(2024, 1, 1), 1);
    check(Date::new(2040, 1, 1), 4);
}
