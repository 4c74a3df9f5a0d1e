//! A small web server on loopback for the tests of asking. It keeps account of who asked what, and how many at once.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use ureq::tls::Certificate;

/// What a server answers to a method and a path, when it is asked for the so-manyth time.
trait Behaviour: Fn(&str, &str, usize) -> String + Send + Sync + 'static {}
impl<F: Fn(&str, &str, usize) -> String + Send + Sync + 'static> Behaviour for F {}

/// A server that runs until it is dropped; whoever knocks then is refused.
pub(super) struct Server {
    scheme: &'static str,
    address: SocketAddr,
    visits: Arc<Visits>,
}

#[derive(Default)]
struct Visits {
    is_closed: AtomicBool,
    requests: Mutex<Vec<String>>,
    connections: AtomicUsize,
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Server {
    /// Serves HTTP on a free port of a loopback address.
    pub(super) fn start(
        host: &str,
        behave: impl Fn(&str, &str, usize) -> String + Send + Sync + 'static,
    ) -> Server {
        Server::listen("http", host, move |visits, stream| visits.talk(stream, &behave))
    }

    /// Serves HTTPS with a certificate of `tests/data/probe/`, and answers everything.
    pub(super) fn encrypted(certificate: &'static str) -> Server {
        let config = super::provider().map(|provider| {
            let key = PrivateKeyDer::from_pem_file(data("key")).unwrap();
            let chain =
                CertificateDer::pem_file_iter(data(certificate)).unwrap().map(Result::unwrap).collect();
            let builder = ServerConfig::builder_with_provider(Arc::new(provider));
            let builder = builder.with_safe_default_protocol_versions().unwrap();
            Arc::new(builder.with_no_client_auth().with_single_cert(chain, key).unwrap())
        });
        Server::listen("https", "127.0.0.1", move |visits, stream| {
            let Some(config) = config.clone() else { return };
            let connection = ServerConnection::new(config).unwrap();
            let fine = |_: &str, _: &str, _| "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned();
            visits.talk(StreamOwned::new(connection, stream), &fine);
        })
    }

    /// Answers in plain text where encryption is expected.
    pub(super) fn plain_behind_https() -> Server {
        Server::listen("https", "127.0.0.1", |_, mut stream| {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        })
    }

    /// The address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Method and path of every request, in their order.
    pub(super) fn requests(&self) -> Vec<String> {
        let requests = self.visits.requests.lock().unwrap();
        let line = |request: &String| request.split(" HTTP/").next().unwrap().to_owned();
        requests.iter().map(line).collect()
    }

    /// The head of the last request, as it came.
    pub(super) fn last_request(&self) -> String {
        self.visits.requests.lock().unwrap().last().cloned().unwrap_or_default()
    }

    /// How often somebody knocked.
    pub(super) fn connections(&self) -> usize {
        self.visits.connections.load(Ordering::SeqCst)
    }

    /// How many requests were under way at once.
    pub(super) fn most_at_once(&self) -> usize {
        self.visits.most.load(Ordering::SeqCst)
    }

    fn listen(
        scheme: &'static str,
        host: &str,
        serve: impl Fn(&Visits, TcpStream) + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let visits = Arc::new(Visits::default());
        let (server, serve) = (Server { scheme, address, visits: Arc::clone(&visits) }, Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().take_while(|_| !visits.is_closed.load(Ordering::SeqCst)) {
                let (visits, serve) = (Arc::clone(&visits), Arc::clone(&serve));
                visits.connections.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || serve(&visits, stream.unwrap()));
            }
        });
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.visits.is_closed.store(true, Ordering::SeqCst);
        // Wakes the listener, which then closes. Somebody else may have woken it already.
        let _ = TcpStream::connect(self.address);
        while TcpListener::bind(self.address).is_err() {
            thread::yield_now();
        }
    }
}

impl Visits {
    /// Answers one request after the other until the visitor goes, or is shown out with an empty answer.
    fn talk(&self, stream: impl Read + Write, behave: &dyn Behaviour) {
        let mut stream = BufReader::new(stream);
        while let Some(head) = head(&mut stream) {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            let mut words = head.split(' ');
            let (method, path) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
            let visit = {
                let mut requests = self.requests.lock().unwrap();
                requests.push(head);
                requests.len()
            };
            let answer = behave(&method, &path, visit);
            self.now.fetch_sub(1, Ordering::SeqCst);
            if answer.is_empty() || stream.get_mut().write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// The head of a request; none where the visitor has gone.
fn head(stream: &mut impl BufRead) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

/// A certificate of the tests as one to trust.
pub(super) fn certificates(name: &str) -> Vec<Certificate<'static>> {
    let chain = CertificateDer::pem_file_iter(data(name)).unwrap();
    chain.map(|certificate| Certificate::from_der(&certificate.unwrap()).to_owned()).collect()
}

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/probe/{name}.pem"))
}
