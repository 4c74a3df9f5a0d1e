//! The preview over HTTP, for a browser on this machine: answers requests, tells open pages when they are others, and lays what is wrong over
//! them. Home of hyper and tokio. It knows no page; the preview has them.

mod body;
mod inject;
mod request;
mod told;
mod workshop;

use crate::failure::{Cause, Failure, Result};
use crate::language::{Language, Words};
use crate::model::link::percent_encode;
use crate::preview::Told;
use body::{Patient, Payload};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use request::Asked;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;
use workshop::{Desk, Made, Reply};

/// Where the search for a free port begins, and how many are tried.
const PORTS: std::ops::Range<u16> = 8000..8100;

/// Longer heads than these, in bytes and in lines, come from no browser.
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;

/// More connections at once wait until others are closed: a browser opens six.
const MOST_CONNECTIONS: usize = 128;

/// How long a connection may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long an answer may take to be made: the first look at a very large portal is the longest.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// How long a person looks at nothing before a page says what is being waited for.
const LONGEST_SILENCE: Duration = Duration::from_secs(1);

/// How often a stream says that it is still there, so that one that nobody reads is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What a browser runs and looks at besides the site.
const SCRIPT: &str = include_str!("serve/client.js");
const STYLE: &str = include_str!("serve/client.css");

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// Where builds publish: what the last one remembered saves work. Nothing is written there.
    pub output: PathBuf,
    /// The address of this machine to listen at.
    pub interface: IpAddr,
    /// The port; without one the next that is free.
    pub port: Option<u16>,
    /// Ask the disk so often, instead of being told by the system.
    pub poll: Option<Duration>,
    /// Warnings stop as errors do.
    pub strict: bool,
    /// Notes are told as well.
    pub notes: bool,
    /// The language of what is told.
    pub language: Language,
}

/// What the person at the terminal is told.
#[derive(Debug)]
pub enum News {
    /// The address at which the site is to be seen.
    Open(String),
    /// What is wrong now, in all that was asked for so far.
    Told(Told),
    /// Something about the watching.
    Notice(Words),
}

/// Serves a site until the process is ended.
///
/// # Errors
/// Trouble of the machine: no port, no thread.
pub fn serve(options: &Options, tell: impl Fn(News) + Send + Sync + 'static) -> Result<Infallible> {
    let listener = listen(options.interface, options.port)?;
    let failed = |error: io::Error| Failure::io(Path::new("TCP"), &error);
    let own = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    tell(News::Open(format!("http://{}/", shown(own))));
    let server = Arc::new(Server { desk: workshop::begin(options, tell)?, options: options.clone(), own });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        Ok(server.accept(&listener).await)
    })
}

/// A listener at the port that was asked for, or at the next free one.
fn listen(interface: IpAddr, port: Option<u16>) -> Result<TcpListener> {
    let ports: Vec<u16> = port.map_or_else(|| PORTS.chain([0]).collect(), |port| vec![port]);
    let mut refusal = io::Error::from(io::ErrorKind::AddrInUse);
    for port in ports {
        match TcpListener::bind(SocketAddr::new(interface, port)) {
            Ok(listener) => return Ok(listener),
            // Another port of an address that is not there is not there either.
            Err(error) if error.kind() != io::ErrorKind::AddrInUse => {
                refusal = error;
                break;
            }
            Err(error) => refusal = error,
        }
    }
    Err(refused(interface, port, &refusal))
}

fn refused(interface: IpAddr, port: Option<u16>, error: &io::Error) -> Failure {
    let place =
        port.map_or_else(|| interface.to_string(), |port| SocketAddr::new(interface, port).to_string());
    let message = match (error.kind(), port) {
        (io::ErrorKind::AddrInUse, Some(port)) => Words::new(
            format!("มีโปรแกรมอื่นใช้พอร์ต {port} อยู่ เลือกพอร์ตอื่น หรือไม่ระบุ --port เพื่อใช้พอร์ตที่ว่าง"),
            format!(
                "another program is using port {port}; choose another, or leave out --port to take a free one"
            ),
        ),
        _ => {
            Words::new(format!("เปิด {place} ไม่สำเร็จ: {error}"), format!("cannot listen at {place}: {error}"))
        }
    };
    Failure { cause: Cause::Machine, message }
}

/// The address under which a browser on this machine finds it.
fn shown(own: SocketAddr) -> SocketAddr {
    let ip = match own.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        ip => ip,
    };
    SocketAddr::new(ip, own.port())
}

struct Server {
    desk: Desk,
    options: Options,
    /// Where it listens.
    own: SocketAddr,
}

impl Server {
    async fn accept(self: Arc<Self>, listener: &tokio::net::TcpListener) -> Infallible {
        let connections = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        loop {
            let permit = Arc::clone(&connections).acquire_owned().await;
            let Ok((stream, _)) = listener.accept().await else {
                // Too many open files, say: others will be closed.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            // Without it a short answer waits for the one before to be acknowledged.
            let _ = stream.set_nodelay(true);
            let server = Arc::clone(&self);
            tokio::spawn(async move {
                let service = service_fn(move |request| {
                    let server = Arc::clone(&server);
                    async move { Ok::<_, Infallible>(server.respond(request).await) }
                });
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .max_headers(MOST_HEADERS)
                    .max_buf_size(LONGEST_HEAD)
                    .serve_connection(Patient::new(TokioIo::new(stream)), service);
                // A browser that hangs up is no trouble.
                let _ = connection.await;
                drop(permit);
            });
        }
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Payload> {
        let asked = match request::judge(&request, self.own) {
            Ok(asked) => asked,
            Err(status) => return refusal(status),
        };
        match asked {
            Asked::Script => {
                let style = serde_json::to_string(STYLE).unwrap_or_default();
                let script = format!("(() => {{\n\"use strict\";\nconst STYLE = {style};\n{SCRIPT}}})();\n");
                response(StatusCode::OK, "preview.js", Payload::whole(script))
            }
            Asked::Events { path, version } => self.events(path, version),
            Asked::Site { path, by_browser } => {
                let host = request.headers().get(header::HOST).filter(|_| by_browser);
                self.site(&path, host.and_then(|host| host.to_str().ok())).await
            }
        }
    }

    /// What lies at a path of the site; with the script where a browser asks, which knows this server as `host`.
    async fn site(&self, path: &str, host: Option<&str>) -> Response<Payload> {
        let patience = if host.is_some() { LONGEST_SILENCE } else { LONGEST_ANSWER };
        let reply = match timeout(patience, self.desk.ask(path)).await {
            Ok(reply) => reply,
            Err(_) => return self.waiting(),
        };
        match reply {
            Some(Reply::Made(made)) => self.made(made, host),
            Some(Reply::Attachment { file, location }) => attachment(&file, location).await,
            Some(Reply::At(path)) => {
                let mut response = response(StatusCode::FOUND, "", Payload::whole(String::new()));
                let steps: Vec<String> = path.split('/').map(percent_encode).collect();
                if let Ok(path) = HeaderValue::from_str(&steps.join("/")) {
                    response.headers_mut().insert(header::LOCATION, path);
                }
                response
            }
            None => refusal(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    fn made(&self, made: Made, host: Option<&str>) -> Response<Payload> {
        let version = format!("{:x}", made.version);
        let (status, file, bytes) = match made.bytes {
            Some(bytes) if made.is_there => (StatusCode::OK, made.file.as_str(), Bytes::from_owner(bytes)),
            Some(bytes) => (StatusCode::NOT_FOUND, "404.html", Bytes::from_owner(bytes)),
            None => (StatusCode::SERVICE_UNAVAILABLE, "503.html", Bytes::from(self.closed())),
        };
        let bytes = match host.filter(|_| file.ends_with(".html")) {
            Some(host) => Bytes::from(inject::inject(&bytes, host, &version)),
            None => bytes,
        };
        response(status, file, Payload::whole(bytes))
    }

    /// The page that stands in the place of a site that could never be read.
    fn closed(&self) -> String {
        self.notice(
            "",
            &Words::new(
                "ยังแสดงเว็บไซต์ไม่ได้ หน้านี้จะเปลี่ยนเองเมื่อแก้ไขสิ่งที่แจ้งไว้แล้ว",
                "The site cannot be shown yet. This page changes by itself once what is told here is mended.",
            ),
        )
    }

    /// The page that asks again for one that takes its time, and says how far that is.
    fn waiting(&self) -> Response<Payload> {
        let words = match self.desk.progress.now() {
            (done, all) if done < all => Words::new(
                format!("กำลังอ่านข้อมูลของทุกหน่วยงาน อ่านแล้ว {done} จาก {all} หน่วยงาน หน้าเว็บจะแสดงเองเมื่ออ่านครบ"),
                format!(
                    "Reading all agencies: {done} of {all} are done. The page is shown by itself after the last."
                ),
            ),
            _ => Words::new(
                "กำลังจัดทำหน้านี้ หน้าเว็บจะแสดงเองเมื่อเสร็จ",
                "This page is being made. It is shown by itself once it is done.",
            ),
        };
        let page = self.notice("<meta http-equiv=\"refresh\" content=\"0\">\n", &words);
        response(StatusCode::SERVICE_UNAVAILABLE, "503.html", Payload::whole(page))
    }

    /// A page of the server itself, which says one thing.
    fn notice(&self, head: &str, words: &Words) -> String {
        let language = self.options.language;
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n{head}<title>prongsai</title>\n<style>:root {{ color-scheme: light dark; font: 18px/1.6 sans-serif }}</style>\n<body>\n<main><p>{}</p></main>\n</body>\n</html>\n",
            words.in_language(language)
        )
    }

    /// The stream of what happens to a page: what is wrong with it whenever that changes, and that there is another version of it.
    fn events(&self, path: String, version: String) -> Response<Payload> {
        let (sender, stream) = mpsc::channel(4);
        tokio::spawn(tell_page(self.desk.clone(), self.options.clone(), path, version, sender));
        let mut response = response(StatusCode::OK, "", Payload::stream(stream));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        response
    }
}

/// Tells a page what happens to it until nobody listens any more.
async fn tell_page(
    mut desk: Desk,
    options: Options,
    path: String,
    mut version: String,
    stream: mpsc::Sender<Bytes>,
) {
    let mut last = String::new();
    // A server that was stopped is found again soon.
    let mut news = "retry: 500\n\n".to_owned();
    loop {
        desk.changes.mark_unchanged();
        let reply = desk.ask(&path).await;
        let now = match &reply {
            Some(Reply::Made(made)) => format!("{:x}", made.version),
            // The site stands below another path now: loading the page leads there.
            Some(Reply::At(path)) => path.clone(),
            Some(Reply::Attachment { .. }) | None => version.clone(),
        };
        if now != version {
            news += "event: reload\ndata:\n\n";
            version = now;
        }
        if let Some(Reply::Made(made)) = reply {
            let told = told::line(&made.told, options.language, options.notes);
            if told != last {
                news += &format!("event: told\ndata: {told}\n\n");
                last = told;
            }
        }
        if !news.is_empty() && stream.send(Bytes::from(std::mem::take(&mut news))).await.is_err() {
            return;
        }
        tokio::select! {
            changed = desk.changes.changed() => if changed.is_err() { return },
            () = stream.closed() => return,
            () = tokio::time::sleep(HEARTBEAT) => news.push_str(":\n\n"),
        }
    }
}

/// An attachment, as it lies on the disk now.
async fn attachment(file: &str, location: PathBuf) -> Response<Payload> {
    match body::file(location).await {
        Ok((length, payload)) => {
            let mut response = response(StatusCode::OK, file, payload);
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            response
        }
        Err(_) => refusal(StatusCode::NOT_FOUND),
    }
}

fn refusal(status: StatusCode) -> Response<Payload> {
    let mut response = response(status, "refusal.txt", Payload::whole(format!("{status}\n")));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// An answer of the type that a file has. Nothing is kept by a browser, and nothing is shown within a foreign page.
fn response(status: StatusCode, file: &str, payload: Payload) -> Response<Payload> {
    let mut response = Response::new(payload);
    *response.status_mut() = status;
    let mut headers = HeaderMap::new();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, request::content_type(file));
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "SAMEORIGIN");
    set(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::Progress;
    use std::net::Ipv4Addr;

    /// What somebody is shown who is not answered.
    fn shown_in_place(progress: Progress, language: Language) -> String {
        let (desk, _nobody) = Desk::of_nobody(progress);
        let options = Options {
            root: PathBuf::new(),
            output: PathBuf::new(),
            interface: Ipv4Addr::LOCALHOST.into(),
            port: None,
            poll: None,
            strict: false,
            notes: false,
            language,
        };
        let server = Server { desk, options, own: SocketAddr::from((Ipv4Addr::LOCALHOST, 8000)) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let response = runtime.block_on(server.site("/", Some("127.0.0.1:8000")));
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let Payload::Whole(Some(page)) = response.into_body() else { panic!("no page in one piece") };
        String::from_utf8(page.to_vec()).unwrap()
    }

    #[test]
    fn whoever_waits_is_told_what_for() {
        let page = shown_in_place(Progress::at(430, 1_250), Language::Thai);
        assert!(
            page.contains("อ่านแล้ว 430 จาก 1250 หน่วยงาน") && page.contains("http-equiv=\"refresh\""),
            "{page}"
        );
        let page = shown_in_place(Progress::default(), Language::English);
        assert!(page.contains("This page is being made."), "{page}");
    }
}
