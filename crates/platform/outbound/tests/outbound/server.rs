//! A small server for one test: a listener, a thread per connection, a closure that answers.
//!
//! Keeps what it was asked. Ends with its owner; an answer that never ends does so when the client hangs up.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use allmende_outbound::{Client, FetchError, Policy, Request, Response};

/// What a connection was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    asked: Mutex<Vec<Asked>>,
    over: AtomicBool,
}

pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers every request on every connection with `answer`; a connection ends when `answer` returns false.
    pub(crate) fn keeping(answer: impl Fn(&Asked, &mut TcpStream) -> bool + Send + Sync + 'static) -> Self {
        Self::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), answer)
    }

    /// Answers one request on each connection.
    pub(crate) fn closing(answer: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::keeping(move |asked, stream| {
            answer(asked, stream);
            false
        })
    }

    /// Sends the same bytes to everybody and hangs up.
    pub(crate) fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::closing(move |_, stream| {
            let _ = stream.write_all(&bytes);
        })
    }

    pub(crate) fn at(address: SocketAddr, answer: impl Fn(&Asked, &mut TcpStream) -> bool + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let (watch, answer) = (Arc::clone(&seen), Arc::new(answer));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if watch.over.load(Ordering::SeqCst) {
                    return;
                }
                watch.connections.fetch_add(1, Ordering::SeqCst);
                let (watch, answer) = (Arc::clone(&watch), Arc::clone(&answer));
                thread::spawn(move || serve(stream.unwrap(), &watch, answer.as_ref()));
            }
        });
        Self { address, seen, thread: Some(thread) }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.seen.asked.lock().unwrap().clone()
    }

    pub(crate) fn targets(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.target).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.seen.over.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: TcpStream, seen: &Seen, answer: &dyn Fn(&Asked, &mut TcpStream) -> bool) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    while let Some(asked) = read_request(&mut lines) {
        seen.asked.lock().unwrap().push(asked.clone());
        if !answer(&asked, &mut stream) {
            return;
        }
    }
}

fn read_request(lines: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    lines.read_line(&mut line).ok().filter(|count| *count > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let mut body = vec![0; headers.get("content-length").map_or(0, |length| length.parse().unwrap())];
    lines.read_exact(&mut body).ok()?;
    Some(Asked { method, target, headers, body: String::from_utf8(body).unwrap() })
}

/// Lets `moment` pass, or less if the client hangs up. Returns whether it is still there.
pub(crate) fn dawdle(stream: &mut TcpStream, moment: Duration) -> bool {
    stream.set_read_timeout(Some(moment)).unwrap();
    !matches!(stream.read(&mut [0; 64]), Ok(0))
}

/// Repeats `bytes` until the client hangs up.
pub(crate) fn forever(stream: &mut TcpStream, bytes: &[u8]) {
    while stream.write_all(bytes).is_ok() {}
}

/// Limits for tests: loopback allowed, everything tight.
pub(crate) fn policy() -> Policy {
    Policy {
        allow_private: true,
        max_body_bytes: 10_000,
        connect_timeout: Duration::from_secs(2),
        read_timeout: Duration::from_secs(2),
        total_timeout: Duration::from_secs(4),
        max_header_bytes: 2_000,
        ..Policy::default()
    }
}

pub(crate) fn get(url: &str) -> Result<Response, FetchError> {
    Client::new(policy()).get(&Request::new(url))
}

/// The key of the error that a server's answer leads to, or the status.
pub(crate) fn outcome(result: Result<Response, FetchError>) -> String {
    result.map_or_else(|error| error.key().to_owned(), |response| response.status.to_string())
}

/// Answers every name with the same addresses.
pub(crate) fn every_name_is(addresses: &[&str]) -> Arc<impl Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync + 'static> {
    let addresses: Vec<IpAddr> = addresses.iter().map(|text| text.parse().unwrap()).collect();
    Arc::new(move |_: &str| Ok(addresses.clone()))
}
