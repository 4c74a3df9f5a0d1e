//! Asks the web whether addresses answer, as a polite guest: one question at a time to each computer, many computers at once, and an end
//! to it all. I/O, and the home of the HTTP client; it does not know who links to an address.
//!
//! TLS is rustls over graviola, which needs nothing but rustc: its arithmetic is s2n-bignum's, formally verified, and it is kept by the
//! author of rustls. ring and aws-lc-rs need a C compiler; rustls-rustcrypto has stayed at an alpha of 2024 that calls itself unfit for
//! use. The price of graviola is a processor of about 2014 or later; on another one only `http` is asked. Certificates are judged by the
//! operating system, as browsers there do: on Windows the roots are only fetched when one asks for them.

mod address;

use crate::model::answer::{Answer, Certificate, Doubt, Fault};
use rustls::CertificateError;
use rustls::crypto::CryptoProvider;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};

/// How far asking may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Addresses that are asked for at most.
    pub addresses: usize,
    /// Computers that are asked at the same time.
    pub hosts: usize,
    /// The time that one request may take, from the name of the computer to the headers of its answer.
    pub request: Duration,
    /// The longest wait that a busy server may ask for before it is asked once more.
    pub wait: Duration,
    /// How often an address may lead to another one.
    pub redirects: usize,
    /// The time that everything may take.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            addresses: 5_000,
            hosts: 16,
            request: Duration::from_secs(15),
            wait: Duration::from_secs(10),
            redirects: 10,
            total: Duration::from_secs(300),
        }
    }
}

/// What came of asking.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// By address, as it was given.
    pub answers: BTreeMap<String, Answer>,
    /// How many addresses were not asked for, since a limit was reached before.
    pub unasked: usize,
}

impl Survey {
    /// Whether it is this machine that has no way to any other: of several addresses, not one led to a computer.
    pub fn is_cut_off(&self) -> bool {
        let leads_nowhere =
            |answer: &Answer| matches!(answer, Answer::Broken(Fault::UnknownHost | Fault::Unreachable));
        self.answers.len() > 1 && self.answers.values().all(leads_nowhere)
    }
}

/// Asks for every address once, and says after each one that it is done.
pub fn ask(addresses: &BTreeSet<String>, limits: &Limits, tell: &(dyn Fn() + Sync)) -> Survey {
    ask_trusting(RootCerts::PlatformVerifier, addresses, limits, tell)
}

fn ask_trusting(
    roots: RootCerts,
    addresses: &BTreeSet<String>,
    limits: &Limits,
    tell: &(dyn Fn() + Sync),
) -> Survey {
    let guest = Guest::new(roots, *limits);
    let mut queues: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for url in addresses.iter().take(limits.addresses) {
        let host = address::wire(url).map(|wire| address::host(&wire).to_owned());
        queues.entry(host.unwrap_or_default()).or_default().push(url);
    }
    let threads = limits.hosts.min(queues.len());
    let queues = Mutex::new(queues.into_values());
    let answers = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(queue) = next(&queues) {
            for url in queue {
                let answer = guest.answer(url);
                locked(&answers).extend(answer.map(|answer| (url.clone(), answer)));
                tell();
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    let unasked = addresses.len() - answers.len();
    Survey { answers, unasked }
}

/// One queue of addresses; its own function, so that the lock is open again while they are asked for.
fn next<T>(queues: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    locked(queues).next()
}

/// What a lock guards is whole whatever became of a thread that held it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who asks.
struct Guest {
    agent: Agent,
    has_encryption: bool,
    limits: Limits,
    end: Instant,
    /// A door for each computer, through which one question goes at a time, also of those that were sent there by another computer.
    doors: Mutex<BTreeMap<String, Arc<Mutex<Door>>>>,
}

/// What is known of a computer, so that it is not asked in vain again.
#[derive(Default)]
struct Door {
    /// What is true of all addresses behind a scheme and port.
    closed: BTreeMap<String, Answer>,
    /// How often it did not answer in time.
    silences: usize,
}

/// A computer that was silent so often is not asked again: that would take the time of all others.
const SILENCES: usize = 2;

/// What a computer said, as far as it matters here.
struct Reply {
    status: u16,
    /// Where to look instead.
    location: Option<String>,
    has_cookie: bool,
    /// When to come again.
    retry: Option<Duration>,
}

/// Where asking for an address leads.
enum Step {
    End(Answer),
    /// To another address, perhaps with a cookie.
    On(String, bool),
}

impl Guest {
    fn new(roots: RootCerts, limits: Limits) -> Self {
        let provider = provider().map(Arc::new);
        let has_encryption = provider.is_some();
        let mut tls = TlsConfig::builder().root_certs(roots);
        if let Some(provider) = provider {
            tls = tls.unversioned_rustls_crypto_provider(provider);
        }
        let config = Agent::config_builder()
            .user_agent(concat!("prongsai/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .http_status_as_error(false)
            // Every step of a redirection knocks at its own door.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .tls_config(tls.build());
        Guest {
            agent: config.build().into(),
            has_encryption,
            limits,
            end: Instant::now() + limits.total,
            doors: Mutex::default(),
        }
    }

    fn is_late(&self) -> bool {
        Instant::now() >= self.end
    }

    /// What comes of an address; `None` where it was not asked for, or not given the whole time.
    fn answer(&self, url: &str) -> Option<Answer> {
        let Some(mut at) = address::wire(url) else { return Some(Answer::Unclear(Doubt::Address)) };
        let mut has_cookie = false;
        for _ in 0..=self.limits.redirects {
            match self.visit(&at)? {
                Step::End(answer) => return Some(answer),
                Step::On(next, with_cookie) => (at, has_cookie) = (next, has_cookie || with_cookie),
            }
        }
        Some(if has_cookie { Answer::Unclear(Doubt::Cookies) } else { Answer::Broken(Fault::Redirects) })
    }

    /// Knocks at the door of one computer.
    fn visit(&self, url: &str) -> Option<Step> {
        let door = self.door(address::host(url));
        let mut door = locked(&door);
        let origin = address::origin(url);
        if let Some(answer) = door.closed.get(origin) {
            return Some(Step::End(*answer));
        }
        if door.silences >= SILENCES || self.is_late() {
            return None;
        }
        let step = self.ask(url);
        match step {
            Step::End(Answer::Broken(Fault::Silent(_))) if self.is_late() => return None,
            Step::End(Answer::Broken(Fault::Silent(_))) => door.silences += 1,
            Step::End(answer) if concerns_all(answer) => drop(door.closed.insert(origin.to_owned(), answer)),
            _ => {}
        }
        Some(step)
    }

    /// Asks for the headers first, which costs a server least. Many answer that question wrongly, and not only with a status that says so;
    /// so whatever they refuse is asked for as a reader would.
    fn ask(&self, url: &str) -> Step {
        if url.to_ascii_lowercase().starts_with("https:") && !self.has_encryption {
            return Step::End(Answer::Unclear(Doubt::NoEncryption));
        }
        let mut reply = self.request("HEAD", url);
        if is_refusal(&reply) {
            reply = self.request("GET", url);
        }
        if let Ok(Reply { status: 429 | 503, retry: Some(wait), .. }) = reply
            && wait <= self.limits.wait.min(self.time_left())
        {
            thread::sleep(wait);
            reply = self.request("GET", url);
        }
        match reply {
            Ok(reply) => step(url, reply),
            Err(error) => Step::End(self.judge(&error)),
        }
    }

    fn door(&self, host: &str) -> Arc<Mutex<Door>> {
        Arc::clone(locked(&self.doors).entry(host.to_ascii_lowercase()).or_default())
    }

    fn time_left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// The body is left where it is: to go without it costs less than to ask for a part of it, which few servers understand.
    fn request(&self, method: &str, url: &str) -> Result<Reply, ureq::Error> {
        let request = match method {
            "HEAD" => self.agent.head(url),
            _ => self.agent.get(url),
        };
        let time = self.limits.request.min(self.time_left().max(Duration::from_secs(1)));
        let response = request.config().timeout_global(Some(time)).build().call()?;
        Ok(Reply::of(&response))
    }

    fn judge(&self, error: &ureq::Error) -> Answer {
        use ureq::Error;
        match (error, tls(error)) {
            (_, Some(rustls::Error::InvalidCertificate(error))) => {
                Answer::Broken(Fault::Certificate(certificate(error)))
            }
            (_, Some(rustls::Error::General(_))) => Answer::Unclear(Doubt::NoEncryption),
            (_, Some(_)) | (Error::Tls(_), _) => Answer::Unclear(Doubt::Encryption),
            (Error::Timeout(_), _) => Answer::Broken(Fault::Silent(self.limits.request.as_secs())),
            (Error::HostNotFound, _) => Answer::Broken(Fault::UnknownHost),
            (Error::ConnectionFailed, _) => Answer::Broken(Fault::Unreachable),
            (Error::BadUri(_) | Error::Http(_), _) => Answer::Unclear(Doubt::Address),
            (Error::Io(error), _) => connection(error, self.limits.request),
            _ => Answer::Broken(Fault::Broke),
        }
    }
}

impl Reply {
    fn of<T>(response: &Response<T>) -> Self {
        let text = |headers: &HeaderMap, name: &str| {
            headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
        };
        let headers = response.headers();
        Reply {
            status: response.status().as_u16(),
            location: text(headers, "location"),
            has_cookie: headers.contains_key("set-cookie"),
            // The other form, a date, would need the clock of that server.
            retry: text(headers, "retry-after").and_then(|value| value.parse().ok()).map(Duration::from_secs),
        }
    }
}

/// Whether an answer is one of the computer, whatever it is asked for.
fn concerns_all(answer: Answer) -> bool {
    use Fault::{Certificate, Refused, UnknownHost, Unreachable};
    matches!(answer, Answer::Broken(Certificate(_) | Refused | UnknownHost | Unreachable))
}

fn is_refusal(reply: &Result<Reply, ureq::Error>) -> bool {
    match reply {
        Ok(reply) => reply.status >= 400 && !matches!(reply.status, 429 | 503),
        Err(error) if tls(error).is_some() => false,
        Err(ureq::Error::Protocol(_)) => true,
        Err(ureq::Error::Io(error)) => is_broken_off(error),
        Err(_) => false,
    }
}

fn step(url: &str, reply: Reply) -> Step {
    let status = reply.status;
    if let (300..400, Some(location)) = (status, &reply.location) {
        return match address::join(url, location) {
            Some(next) => Step::On(next, reply.has_cookie),
            None => Step::End(Answer::Broken(Fault::Redirects)),
        };
    }
    Step::End(match status {
        ..=399 => Answer::Reached,
        401 | 403 | 407 | 451 | 600.. => Answer::Unclear(Doubt::Forbidden(status)),
        429 | 503 => Answer::Unclear(Doubt::Busy(status)),
        _ => Answer::Broken(Fault::Status(status)),
    })
}

/// The trouble of encryption that an error stands for, wherever it is wrapped.
fn tls(error: &ureq::Error) -> Option<&rustls::Error> {
    match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

fn certificate(error: &CertificateError) -> Certificate {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Certificate::Expired,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Certificate::OtherName
        }
        CertificateError::UnknownIssuer => Certificate::UnknownIssuer,
        _ => Certificate::Invalid,
    }
}

fn connection(error: &io::Error, patience: Duration) -> Answer {
    Answer::Broken(match error.kind() {
        io::ErrorKind::ConnectionRefused => Fault::Refused,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Silent(patience.as_secs()),
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Fault::Unreachable,
        _ if is_broken_off(error) => Fault::Broke,
        // The kind of error with which a name is not found has no stable name, and nothing else is left.
        _ => Fault::UnknownHost,
    })
}

fn is_broken_off(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, InvalidData, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | InvalidData | UnexpectedEof)
}

/// The cryptography, if this machine's processor is up to it: graviola would panic on another one.
#[cfg(target_arch = "x86_64")]
fn provider() -> Option<CryptoProvider> {
    let can = std::is_x86_feature_detected!("adx")
        && std::is_x86_feature_detected!("aes")
        && std::is_x86_feature_detected!("avx2")
        && std::is_x86_feature_detected!("bmi1")
        && std::is_x86_feature_detected!("bmi2")
        && std::is_x86_feature_detected!("pclmulqdq");
    can.then(rustls_graviola::default_provider)
}

/// The same for the other processors that it is written for.
#[cfg(target_arch = "aarch64")]
fn provider() -> Option<CryptoProvider> {
    let can = std::arch::is_aarch64_feature_detected!("aes")
        && std::arch::is_aarch64_feature_detected!("neon")
        && std::arch::is_aarch64_feature_detected!("pmull")
        && std::arch::is_aarch64_feature_detected!("sha2");
    can.then(rustls_graviola::default_provider)
}

/// There is none for any other processor.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn provider() -> Option<CryptoProvider> {
    None
}

#[cfg(test)]
mod trial;

#[cfg(test)]
mod tests {
    use super::trial::{Server, certificates};
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const LIMITS: Limits = Limits {
        addresses: 100,
        hosts: 4,
        request: Duration::from_secs(3),
        wait: Duration::from_secs(1),
        redirects: 3,
        total: Duration::from_secs(30),
    };

    fn asked(urls: &[String], limits: Limits, roots: RootCerts) -> Survey {
        ask_trusting(roots, &urls.iter().cloned().collect(), &limits, &|| ())
    }

    /// What one address of a server that behaves in all the ways there are is found to be.
    fn found(server: &Server, path: &str) -> Answer {
        let url = server.url(path);
        asked(std::slice::from_ref(&url), LIMITS, RootCerts::PlatformVerifier).answers[&url]
    }

    /// The whole answer of a server to a method and a path; nothing where it hangs up.
    fn behave(method: &str, path: &str, visit: usize) -> String {
        let status = |status: &str| format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        let to = |location: &str| status(&format!("302 Found\r\nlocation: {location}"));
        match (path, method) {
            ("/fine" | "/%E0%B8%81", _) => status("200 OK"),
            ("/gone", _) => status("404 Not Found"),
            ("/head-405", "HEAD") => status("405 Method Not Allowed"),
            ("/head-501", "HEAD") => status("501 Not Implemented"),
            ("/head-403", "HEAD") => status("403 Forbidden"),
            ("/head-404", "HEAD") => status("404 Not Found"),
            ("/head-hangs-up" | "/hangs-up", "HEAD") | ("/hangs-up", _) => String::new(),
            ("/nonsense", _) => "ไม่ใช่ HTTP\r\n\r\n".to_owned(),
            ("/private", _) => status("403 Forbidden"),
            ("/broken", _) => status("500 Internal Server Error"),
            ("/moved", _) => to("/fine"),
            ("/moved/relative", _) => to("../fine?x"),
            ("/moved/gone", _) => to("../gone"),
            ("/loop", _) => to("/loop"),
            ("/cookies", _) => to("/cookies\r\nset-cookie: a=b"),
            ("/nowhere", _) => status("302 Found"),
            ("/busy", _) => status("503 Service Unavailable"),
            ("/busy/long", _) => status("429 Too Many Requests\r\nretry-after: 3600"),
            ("/busy/short", _) if visit < 2 => status("429 Too Many Requests\r\nretry-after: 1"),
            ("/slow" | "/slow?1" | "/slow?2", _) => {
                thread::sleep(Duration::from_secs(5));
                status("200 OK")
            }
            _ => status("200 OK"),
        }
    }

    #[test]
    fn answers_are_judged_as_a_reader_would_meet_them() {
        use Answer::{Broken, Reached, Unclear};
        let check = |path: &str, expected: Answer, requests: &[&str]| {
            let server = Server::start("127.0.0.1", behave);
            assert_eq!(found(&server, path), expected, "{path}");
            assert_eq!(server.requests(), requests, "{path}");
        };
        check("/fine", Reached, &["HEAD /fine"]);
        check("/ก#ข", Reached, &["HEAD /%E0%B8%81"]);
        check("/nowhere", Reached, &["HEAD /nowhere"]);
        check("/gone", Broken(Fault::Status(404)), &["HEAD /gone", "GET /gone"]);
        check("/broken", Broken(Fault::Status(500)), &["HEAD /broken", "GET /broken"]);
        check("/head-405", Reached, &["HEAD /head-405", "GET /head-405"]);
        check("/head-501", Reached, &["HEAD /head-501", "GET /head-501"]);
        check("/head-403", Reached, &["HEAD /head-403", "GET /head-403"]);
        check("/head-404", Reached, &["HEAD /head-404", "GET /head-404"]);
        check("/head-hangs-up", Reached, &["HEAD /head-hangs-up", "GET /head-hangs-up"]);
        check("/hangs-up", Broken(Fault::Broke), &["HEAD /hangs-up", "GET /hangs-up"]);
        check("/nonsense", Broken(Fault::Broke), &["HEAD /nonsense", "GET /nonsense"]);
        check("/private", Unclear(Doubt::Forbidden(403)), &["HEAD /private", "GET /private"]);
        check("/moved", Reached, &["HEAD /moved", "HEAD /fine"]);
        check("/moved/relative", Reached, &["HEAD /moved/relative", "HEAD /fine?x"]);
        check("/moved/gone", Broken(Fault::Status(404)), &["HEAD /moved/gone", "HEAD /gone", "GET /gone"]);
        check("/loop", Broken(Fault::Redirects), &["HEAD /loop"; 4]);
        check("/cookies", Unclear(Doubt::Cookies), &["HEAD /cookies"; 4]);
        check("/busy", Unclear(Doubt::Busy(503)), &["HEAD /busy"]);
        check("/busy/long", Unclear(Doubt::Busy(429)), &["HEAD /busy/long"]);
        check("/busy/short", Reached, &["HEAD /busy/short", "GET /busy/short"]);
        check("/slow", Broken(Fault::Silent(3)), &["HEAD /slow"]);
    }

    #[test]
    fn who_is_not_there_does_not_answer() {
        let check = |url: &str, expected: Answer| {
            let survey = asked(&[url.to_owned()], LIMITS, RootCerts::PlatformVerifier);
            assert_eq!(survey.answers[url], expected, "{url}");
        };
        let closed = Server::start("127.0.0.1", behave).url("/");
        check(&closed, Answer::Broken(Fault::Refused));
        // No name may be that long, so the system answers itself and asks no network.
        check(&format!("http://{}.invalid/", "a".repeat(64)), Answer::Broken(Fault::UnknownHost));
        check("http://a b/", Answer::Unclear(Doubt::Address));
    }

    #[test]
    fn a_computer_is_asked_one_thing_at_a_time_and_many_at_once() {
        let other = Server::start("127.0.0.2", |_, _, _| {
            thread::sleep(Duration::from_millis(100));
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned()
        });
        let target = other.url("/sent");
        // The second computer sends everybody on to the first one.
        let sender = Server::start("127.0.0.1", move |_, _, _| {
            format!("HTTP/1.1 301 Moved Permanently\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n")
        });
        let urls: Vec<String> = (0..4)
            .flat_map(|page| [other.url(&format!("/{page}")), sender.url(&format!("/{page}"))])
            .collect();
        let (done, start) = (AtomicUsize::new(0), Instant::now());
        let tell = || {
            done.fetch_add(1, Ordering::Relaxed);
        };
        let survey = ask(&urls.iter().cloned().collect(), &LIMITS, &tell);
        assert_eq!((survey.unasked, done.into_inner()), (0, 8));
        assert!(survey.answers.values().all(|answer| *answer == Answer::Reached), "{survey:?}");
        assert_eq!((other.most_at_once(), sender.most_at_once()), (1, 1));
        assert_eq!((other.requests().len(), sender.requests().len()), (8, 4));
        assert!(start.elapsed() >= Duration::from_millis(800));

        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let servers = ["127.0.0.1", "127.0.0.2", "127.0.0.3"].map(|host| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            Server::start(host, move |_, _, _| {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(500));
                now.fetch_sub(1, Ordering::SeqCst);
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned()
            })
        });
        asked(&servers.each_ref().map(|server| server.url("/")), LIMITS, RootCerts::PlatformVerifier);
        assert!(most.load(Ordering::SeqCst) > 1);
    }

    #[test]
    fn nobody_is_asked_in_vain_again() {
        let check = |server: &Server, paths: &[&str], answered: usize, requests: usize| {
            let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
            let survey = asked(&urls, LIMITS, RootCerts::from(Vec::new()));
            assert_eq!((survey.answers.len(), survey.unasked), (answered, paths.len() - answered));
            assert_eq!(server.requests().len(), requests);
        };
        let server = Server::start("127.0.0.1", |_, path, visit| behave("HEAD", path, visit));
        check(&server, &["/fine", "/slow", "/slow?1", "/slow?2", "/then"], 3, 3);
        let server = Server::encrypted("valid");
        check(&server, &["/1", "/2", "/3"], 3, 0);
        if provider().is_some() {
            assert_eq!(server.connections(), 1);
        }
    }

    #[test]
    fn the_guest_says_who_it_is() {
        let server = Server::start("127.0.0.1", behave);
        found(&server, "/fine");
        let version = env!("CARGO_PKG_VERSION");
        assert!(server.last_request().contains(&format!("user-agent: prongsai/{version} (link check)\r\n")));
    }

    #[test]
    fn limits_are_kept() {
        let server = Server::start("127.0.0.1", |_, _, _| {
            thread::sleep(Duration::from_millis(400));
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned()
        });
        let urls: Vec<String> = (0..6).map(|page| server.url(&format!("/{page}"))).collect();
        let check = |limits: Limits, fewest: usize, most: usize| {
            let survey = asked(&urls, limits, RootCerts::PlatformVerifier);
            let count = survey.answers.len();
            assert!((fewest..=most).contains(&count) && count + survey.unasked == 6, "{survey:?}");
        };
        check(Limits { addresses: 2, ..LIMITS }, 2, 2);
        check(Limits { total: Duration::from_millis(2_000), ..LIMITS }, 1, 5);
        check(Limits { total: Duration::ZERO, ..LIMITS }, 0, 0);
    }

    #[test]
    fn certificates_are_judged() {
        let trusted = || RootCerts::from(certificates("valid"));
        let check = |certificate: &'static str, host: &str, roots: RootCerts, expected: Answer| {
            let server = Server::encrypted(certificate);
            let url = server.url("/").replace("127.0.0.1", host);
            let answer = asked(std::slice::from_ref(&url), LIMITS, roots).answers[&url];
            // On a processor that graviola is not written for, nothing can be told.
            let expected = if provider().is_some() { expected } else { Answer::Unclear(Doubt::NoEncryption) };
            assert_eq!(answer, expected, "{certificate} at {host}");
        };
        let wrong = |certificate| Answer::Broken(Fault::Certificate(certificate));
        check("valid", "127.0.0.1", trusted(), Answer::Reached);
        check("valid", "localhost", trusted(), wrong(Certificate::OtherName));
        check("valid", "127.0.0.1", RootCerts::from(Vec::new()), wrong(Certificate::UnknownIssuer));
        check("expired", "127.0.0.1", RootCerts::from(certificates("expired")), wrong(Certificate::Expired));
    }

    #[test]
    fn what_cannot_be_decrypted_is_not_judged() {
        let server = Server::plain_behind_https();
        let url = server.url("/");
        let answer = asked(std::slice::from_ref(&url), LIMITS, RootCerts::from(Vec::new())).answers[&url];
        assert!(matches!(answer, Answer::Unclear(Doubt::Encryption | Doubt::NoEncryption)), "{answer:?}");
    }

    #[test]
    fn a_machine_without_a_network_is_told_from_dead_links() {
        let check = |answers: &[Answer], expected: bool| {
            let answers = answers.iter().zip('a'..).map(|(answer, url)| (url.to_string(), *answer)).collect();
            assert_eq!(Survey { answers, unasked: 0 }.is_cut_off(), expected);
        };
        let (unknown, unreachable) = (Answer::Broken(Fault::UnknownHost), Answer::Broken(Fault::Unreachable));
        check(&[unknown, unreachable], true);
        check(&[unknown, Answer::Broken(Fault::Refused)], false);
        check(&[unknown], false);
        check(&[], false);
    }
}
