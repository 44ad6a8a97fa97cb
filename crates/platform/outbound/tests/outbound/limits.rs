//! Servers that never end, dawdle, lie or break off.

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use allmende_outbound::{Client, FetchError, Phase, Policy, Request};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::server::{Server, dawdle, forever, get, outcome, policy};

const LIMIT: usize = 10_000;

#[test]
fn the_body_limit_is_inclusive_for_every_framing() {
    let check = |bytes: usize, expected: &str| {
        let body = "x".repeat(bytes);
        let length = format!("HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n{body}");
        let chunks = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{bytes:x}\r\n{body}\r\n0\r\n\r\n");
        let open = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
        for answer in [length, chunks, open] {
            assert_eq!(outcome(get(&Server::saying(answer).url("/"))), expected, "{bytes}");
        }
    };
    check(LIMIT, "200");
    check(LIMIT + 1, "outbound-too-large");
}

#[test]
fn a_request_may_set_its_own_limit() {
    let server = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    let url = server.url("/");
    let ask = |max| {
        let request = Request { max_body_bytes: Some(max), ..Request::new(&url) };
        Client::new(policy()).download(&request, &mut Vec::new()).map(|_| ()).map_err(|error| error.key())
    };
    assert_eq!(ask(5), Ok(()));
    assert_eq!(ask(4), Err("outbound-too-large"));
}

#[test]
fn an_announced_giant_is_refused_before_it_is_read() {
    let server = Server::closing(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n");
        dawdle(stream, Duration::from_secs(4));
    });
    let start = Instant::now();
    assert_eq!(outcome(get(&server.url("/"))), "outbound-too-large");
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn answers_without_end_are_ended() {
    for (name, head, repeated, key) in [
        ("body", "HTTP/1.1 200 OK\r\n\r\n", "x".repeat(4096), "outbound-too-large"),
        ("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n".into(), "outbound-too-large"),
        ("header lines", "HTTP/1.1 200 OK\r\n", "A: b\r\n".into(), "outbound-header-too-large"),
        ("one header", "HTTP/1.1 200 OK\r\nA: ", "b".into(), "outbound-header-too-large"),
        ("status line", "HTTP/1.1 200 ", "O".into(), "outbound-header-too-large"),
    ] {
        let server = Server::closing(move |_, stream| {
            let _ = stream.write_all(head.as_bytes());
            forever(stream, repeated.as_bytes());
        });
        assert_eq!(outcome(get(&server.url("/"))), key, "{name}");
    }
}

#[test]
fn endless_framing_around_an_empty_body_runs_into_a_limit() {
    // What is counted meets its limit long before the time is over, however busy the machine; trailers meet the time.
    let (long, short) = (Duration::from_secs(30), Duration::from_millis(200));
    for (name, head, repeated, key, total_timeout) in [
        ("chunk extension", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x", "outbound-protocol", long),
        ("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n", "outbound-timeout", short),
        ("informational answers", "", "HTTP/1.1 102 Wait\r\n\r\n", "outbound-header-too-large", long),
    ] {
        let server = Server::closing(move |_, stream| {
            let _ = stream.write_all(head.as_bytes());
            forever(stream, repeated.as_bytes());
        });
        let client = Client::new(Policy { total_timeout, ..policy() });
        assert_eq!(outcome(client.get(&Request::new(&server.url("/")))), key, "{name}");
    }
}

#[test]
fn many_header_lines_are_counted() {
    let answer = |lines: usize| {
        let lines = "A:\r\n".repeat(lines);
        Server::saying(format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 0\r\n\r\n"))
    };
    assert_eq!(outcome(get(&answer(127).url("/"))), "200");
    assert_eq!(outcome(get(&answer(128).url("/"))), "outbound-header-too-large");
}

#[test]
fn a_bomb_is_measured_by_what_it_unpacks_to() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 5_000_000]).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < LIMIT);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len());
    let server = Server::saying([head.into_bytes(), bomb].concat());
    assert_eq!(outcome(get(&server.url("/"))), "outbound-too-large");
}

#[test]
fn a_body_that_breaks_off_is_no_answer() {
    for (name, answer) in [
        ("length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789"),
        ("nothing", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"),
        ("in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n12345"),
        ("between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"),
        ("no chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ] {
        let server = Server::saying(answer);
        let error = get(&server.url("/")).unwrap_err();
        assert_eq!((error.clone(), error.is_transient()), (FetchError::CutOff, true), "{name}");
        let mut file = Vec::new();
        let download = Client::new(policy()).download(&Request::new(&server.url("/")), &mut file);
        assert_eq!(download.unwrap_err(), FetchError::CutOff, "{name}");
    }
}

#[test]
fn a_broken_error_page_does_not_hide_its_status() {
    for answer in [
        "HTTP/1.1 404 Gone\r\nContent-Length: 100\r\n\r\npart",
        "HTTP/1.1 404 Gone\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\npart",
        "HTTP/1.1 404 Gone\r\nContent-Length: 99999999\r\n\r\npart",
    ] {
        assert_eq!(outcome(get(&Server::saying(answer).url("/"))), "404", "{answer}");
    }
}

#[test]
fn what_is_not_http_is_said_so() {
    for (answer, key) in [
        ("SSH-2.0-OpenSSH_9.9\r\n", "outbound-protocol"),
        ("HTTP/9.9 200 OK\r\n\r\n", "outbound-protocol"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "outbound-protocol"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab", "outbound-protocol"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "outbound-protocol"),
        ("", "outbound-connect"),
        ("HTTP/1.1 200 OK\r\nContent-Le", "outbound-connect"),
    ] {
        assert_eq!(outcome(get(&Server::saying(answer).url("/"))), key, "{answer}");
    }
}

#[test]
fn a_dripping_server_is_left_when_the_total_time_is_over() {
    for head in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"] {
        let server = Server::closing(move |_, stream| {
            let _ = stream.write_all(head.as_bytes());
            while dawdle(stream, Duration::from_millis(5)) && stream.write_all(b"H").is_ok() {}
        });
        let client = Client::new(Policy { total_timeout: Duration::from_millis(150), ..policy() });
        let start = Instant::now();
        let result = client.get(&Request::new(&server.url("/")));
        let key = if head.is_empty() { "outbound-protocol" } else { "outbound-timeout" };
        assert_eq!(outcome(result), key);
        assert!(start.elapsed() < Duration::from_secs(1));
    }
}

#[test]
fn a_silent_server_is_left_after_the_read_time() {
    for head in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"] {
        let server = Server::closing(move |_, stream| {
            let _ = stream.write_all(head.as_bytes());
            dawdle(stream, Duration::from_secs(4));
        });
        let client = Client::new(Policy { read_timeout: Duration::from_millis(60), ..policy() });
        let error = client.get(&Request::new(&server.url("/"))).unwrap_err();
        assert_eq!((error.clone(), error.is_transient()), (FetchError::Timeout(Phase::Read), true));
    }
}

#[test]
fn the_total_time_spans_redirects() {
    let server = Server::closing(|asked, stream| {
        dawdle(stream, Duration::from_millis(60));
        let _ = write!(stream, "HTTP/1.1 302 Go\r\nLocation: {}x\r\nContent-Length: 0\r\n\r\n", asked.target);
    });
    let client = Client::new(Policy { total_timeout: Duration::from_millis(150), ..policy() });
    let error = client.get(&Request::new(&server.url("/"))).unwrap_err();
    assert_eq!(error, FetchError::Timeout(Phase::Total));
    assert!(server.targets().len() <= 3);
}

#[test]
fn nobody_there_is_transient() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let error = get(&url).unwrap_err();
    assert_eq!((error.key(), error.is_transient()), ("outbound-connect", true));
}

#[test]
fn a_server_without_tls_is_no_https_server() {
    let server = Server::saying("HTTP/1.1 200 OK\r\n\r\n");
    let url = format!("https://127.0.0.1:{}/", server.port());
    let client = Client::new(Policy { total_timeout: Duration::from_millis(200), ..policy() });
    assert!(client.get(&Request::new(&url)).is_err());
    assert!(server.targets().is_empty());
}

/// Pieces of which answers are made, whole and broken.
const PIECES: &[&str] = &[
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.0 404 \r\n",
    "HTTP/1.1 302 Go\r\nLocation: //[\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 999 \u{fc}\r\n",
    "Content-Length: 4\r\n",
    "Content-Length: 18446744073709551616\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip\r\n",
    "Retry-After: \u{1}\r\n",
    "\r\n",
    "\n",
    "4\r\nabcd\r\n",
    "ffffffffffffffff\r\nab",
    "0\r\n",
    ": \r\n",
    "\u{1f}\u{8b}\u{8}",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_makes_the_client_panic_or_stay(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..9)) {
        let server = Server::saying(pieces.concat());
        let start = Instant::now();
        if let Ok(response) = get(&server.url("/")) {
            prop_assert!(response.body.len() <= LIMIT);
        }
        prop_assert!(start.elapsed() < Duration::from_secs(1));
    }
}
