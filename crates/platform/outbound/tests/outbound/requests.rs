//! What is sent, and what comes back when all goes well.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use allmende_outbound::{Client, FetchError, Request, RetryAfter};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::server::{Server, dawdle, every_name_is, get, outcome, policy};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[test]
fn the_request_target_reaches_the_server_byte_for_byte() {
    let server = Server::saying(OK);
    for target in [
        "/oparl/papers?modified_since=2020-01-01T00:00:00+01:00&page=2",
        "//doubled//slashes/",
        "/a/../b/./c",
        "/%7Euser/%2f?x=%zz",
        "/?filter[name]={a|b}&q='x'~!*()$,;@",
    ] {
        let response = get(&server.url(target)).unwrap();
        assert_eq!(server.targets().last().unwrap(), target);
        assert_eq!(response.final_url, server.url(target));
    }
    get(&server.url("/Bürger amt?q=ä b#part")).unwrap();
    assert_eq!(server.targets().last().unwrap(), "/B%C3%BCrger%20amt?q=%C3%A4%20b");
}

#[test]
fn every_visible_character_is_sent_as_given_or_refused_by_http_itself() {
    let server = Server::keeping(|_, stream| stream.write_all(OK.as_bytes()).is_ok());
    let client = Client::new(policy());
    for character in ('!'..='~').filter(|character| *character != '#') {
        let target = format!("/a{character}b?c{character}d");
        assert_eq!(client.get(&Request::new(&server.url(&target))).unwrap().status, 200, "{character}");
        let expected = match character {
            // These end a request line, a quoted address or a path for other readers (RFC 3986, 2; WHATWG URL).
            '"' | '<' | '>' | '\\' | '`' => target.replace(character, &format!("%{:02X}", u32::from(character))),
            _ => target,
        };
        assert_eq!(server.targets().pop().unwrap(), expected);
    }
}

#[test]
fn wishes_become_headers_and_nothing_else_is_told() {
    let server = Server::saying("HTTP/1.1 304 Not Modified\r\nETag: \"b\"\r\n\r\n");
    let url = server.url("/");
    let request = Request {
        accept: Some("application/json"),
        if_none_match: Some("\"a\""),
        if_modified_since: Some("Mon, 01 Feb 2027 00:00:00 GMT"),
        ..Request::new(&url)
    };
    let response = Client::new(policy()).get(&request).unwrap();
    assert_eq!((response.status, response.headers.etag.as_deref()), (304, Some("\"b\"")));
    let mut asked: Vec<(String, String)> = server.asked().remove(0).headers.into_iter().collect();
    asked.sort();
    let expected = [
        ("accept", "application/json"),
        ("accept-encoding", "gzip"),
        ("host", &format!("127.0.0.1:{}", server.port())),
        ("if-modified-since", "Mon, 01 Feb 2027 00:00:00 GMT"),
        ("if-none-match", "\"a\""),
        ("user-agent", concat!("Allmende/", env!("CARGO_PKG_VERSION"))),
    ];
    assert_eq!(asked, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn a_header_value_cannot_smuggle_another_header() {
    let server = Server::saying(OK);
    let url = server.url("/");
    let request = Request { if_none_match: Some("\"a\"\r\nCookie: b"), ..Request::new(&url) };
    let refused = Client::new(policy()).get(&request).unwrap_err();
    assert_eq!(refused, FetchError::Header("if-none-match"));
    assert_eq!(server.connections(), 0);
}

#[test]
fn the_answer_keeps_its_headers_of_interest() {
    let server = Server::saying(
        "HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\nLast-Modified: today\r\nLocation: /later\r\n\
         Retry-After: 7\r\nContent-Length: 4\r\n\r\nbusy",
    );
    let response = get(&server.url("/")).unwrap();
    let headers = response.headers;
    assert_eq!((response.status, response.body.as_slice()), (503, b"busy".as_slice()));
    assert_eq!(headers.content_type.as_deref(), Some("text/plain"));
    assert_eq!(headers.last_modified.as_deref(), Some("today"));
    assert_eq!(headers.location.as_deref(), Some("/later"));
    assert_eq!(headers.content_length, Some(4));
    assert_eq!(headers.retry_after, Some(RetryAfter::In(Duration::from_secs(7))));
}

#[test]
fn every_framing_of_a_body_is_read() {
    for (name, bytes) in [
        ("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        ("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nA: b\r\n\r\n"),
        ("end of connection", "HTTP/1.1 200 OK\r\n\r\nhello"),
        ("old protocol", "HTTP/1.0 200 OK\r\n\r\nhello"),
    ] {
        assert_eq!(get(&Server::saying(bytes).url("/")).unwrap().body, b"hello", "{name}");
    }
}

#[test]
fn a_compressed_body_is_unpacked() {
    let plain = "Beschluss ".repeat(500);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let mut bytes = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", packed.len()).into_bytes();
    bytes.extend(&packed);
    let response = get(&Server::saying(bytes).url("/")).unwrap();
    assert_eq!(response.body, plain.as_bytes());
    assert_eq!(response.headers.content_length, Some(packed.len() as u64));
    let other = Server::saying("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx");
    assert_eq!(outcome(get(&other.url("/"))), "outbound-encoding");
}

#[test]
fn a_file_is_written_with_its_hash_and_an_error_page_is_not() {
    let server = Server::closing(|asked, stream| {
        let status = if asked.target == "/file" { "200 OK" } else { "404 Gone" };
        let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\nhello");
    });
    let client = Client::new(policy());
    let mut file = Vec::new();
    let written = client.download(&Request::new(&server.url("/file")), &mut file).unwrap().written.unwrap();
    assert_eq!((written.bytes, file.as_slice()), (5, b"hello".as_slice()));
    assert_eq!(written.sha256, <[u8; 32]>::from(Sha256::digest(b"hello")));
    let mut file = Vec::new();
    let download = client.download(&Request::new(&server.url("/gone")), &mut file).unwrap();
    assert_eq!((download.status, download.written, file.len()), (404, None, 0));
}

#[test]
fn a_full_disk_is_not_the_servers_fault() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let server = Server::saying(OK);
    let error = Client::new(policy()).download(&Request::new(&server.url("/")), &mut Full).unwrap_err();
    assert_eq!((error.key(), error.is_transient()), ("outbound-write", false));
}

#[test]
fn a_proxy_of_the_environment_is_not_asked() {
    const URL: &str = "ALLMENDE_TEST_URL";
    // The environment belongs to the process, so this test runs itself once more with another one.
    if let Ok(url) = env::var(URL) {
        assert_eq!(outcome(get(&url)), "200");
        return;
    }
    let (server, proxy) = (Server::saying(OK), Server::saying(OK));
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "requests::a_proxy_of_the_environment_is_not_asked"]).env(URL, server.url("/"));
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(name, proxy.url(""));
    }
    assert!(child.env_remove("NO_PROXY").env_remove("no_proxy").stdout(Stdio::null()).status().unwrap().success());
    assert_eq!((server.targets().len(), proxy.connections()), (1, 0));
}

#[test]
fn connections_stay_open_between_requests() {
    let server = Server::keeping(|_, stream| stream.write_all(OK.as_bytes()).is_ok());
    let client = Client::with_lookup(policy(), every_name_is(&["127.0.0.1"]));
    let url = format!("http://rat.example:{}/", server.port());
    for _ in 0..5 {
        assert_eq!(client.get(&Request::new(&url)).unwrap().body, b"ok");
    }
    assert_eq!((server.connections(), server.targets().len()), (1, 5));
}

#[test]
fn a_kept_connection_that_was_closed_meanwhile_costs_nothing() {
    // Promises to stay and hangs up after every answer.
    let server = Server::saying(OK);
    let client = Client::new(policy());
    for _ in 0..50 {
        assert_eq!(client.get(&Request::new(&server.url("/"))).unwrap().body, b"ok");
    }
    assert_eq!(server.targets().len(), 50);
}

#[test]
fn a_server_that_hangs_up_is_asked_twice_and_no_more() {
    let server = Server::saying("");
    assert_eq!(outcome(get(&server.url("/"))), "outbound-connect");
    assert_eq!(server.targets().len(), 2);
}

#[test]
fn one_client_serves_many_threads() {
    let server = Server::keeping(|asked, stream| write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", asked.target.len(), asked.target).is_ok());
    let client = Client::new(policy());
    thread::scope(|scope| {
        for worker in 0..4 {
            let (client, server) = (&client, &server);
            scope.spawn(move || {
                for number in 0..25 {
                    let target = format!("/{worker}/{number}");
                    let response = client.get(&Request::new(&server.url(&target))).unwrap();
                    assert_eq!(response.body, target.as_bytes());
                }
            });
        }
    });
    assert_eq!(server.targets().len(), 100);
}

#[test]
fn the_time_of_the_server_is_counted_apart() {
    let pause = Duration::from_millis(40);
    let server = Server::closing(move |_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        dawdle(stream, pause);
        let _ = stream.write_all(b"ok");
    });
    let client = Client::new(policy());
    assert_eq!(client.waited(), Duration::ZERO);
    let response = client.get(&Request::new(&server.url("/"))).unwrap();
    assert!(client.waited() >= pause, "{:?}", client.waited());
    assert!(client.waited() <= response.elapsed);
}

#[test]
fn a_form_is_sent_once_with_its_credentials_and_leads_nowhere_else() {
    let server = Server::saying("HTTP/1.1 302 Go\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
    let url = server.url("/token");
    let request = Request { authorization: Some("Basic eDp5"), accept: Some("application/json"), ..Request::new(&url) };
    let response = Client::new(policy()).post_form(&request, &[("code", "a b&c=ä"), ("x", "")]).unwrap();
    assert_eq!((response.status, server.targets()), (302, vec!["/token".to_owned()]));
    let asked = server.asked().pop().unwrap();
    assert_eq!((asked.method.as_str(), asked.body.as_str()), ("POST", "code=a+b%26c%3D%C3%A4&x="));
    assert_eq!(asked.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!((asked.headers["authorization"].as_str(), asked.headers["accept"].as_str()), ("Basic eDp5", "application/json"));
}

#[test]
fn a_form_goes_where_a_request_may_go_and_is_not_repeated() {
    let closed = Client::new(allmende_outbound::Policy::default());
    let server = Server::closing(|_, _| {});
    assert_eq!(outcome(closed.post_form(&Request::new(&server.url("/")), &[])), "outbound-address");
    assert_eq!(server.connections(), 0);
    assert_eq!(outcome(Client::new(policy()).post_form(&Request::new("ftp://a.example/"), &[])), "outbound-scheme");
    assert!(Client::new(policy()).post_form(&Request::new(&server.url("/")), &[]).is_err());
    assert_eq!(server.connections(), 1, "a broken connection is no reason to send twice");
    let long = Server::saying(format!("HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n{}", "x".repeat(10_001)));
    assert_eq!(outcome(Client::new(policy()).post_form(&Request::new(&long.url("/")), &[])), "outbound-too-large");
}
