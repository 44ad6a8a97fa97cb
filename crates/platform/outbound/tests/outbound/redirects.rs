//! Redirects: followed, checked, bounded.

use std::collections::BTreeSet;
use std::io::Write;

use allmende_outbound::{Client, Policy, Request};

use crate::server::{Server, get, outcome, policy};

/// Redirects to what stands behind `/to/`, and answers everything else.
fn signpost(status: u16) -> Server {
    Server::closing(move |asked, stream| {
        let _ = match asked.target.strip_prefix("/to/") {
            Some(to) => write!(stream, "HTTP/1.1 {status} Go\r\nLocation: {to}\r\nContent-Length: 3\r\n\r\ngo!"),
            None => write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        };
    })
}

#[test]
fn each_kind_of_redirect_is_followed_with_its_spelling() {
    for status in [301, 302, 303, 307, 308] {
        let server = signpost(status);
        let response = get(&server.url("/to//new//place?t=1+2:3")).unwrap();
        assert_eq!((response.status, response.final_url), (200, server.url("/new//place?t=1+2:3")), "{status}");
    }
    assert_eq!(get(&signpost(300).url("/to//new")).unwrap().status, 300);
}

#[test]
fn the_number_of_redirects_is_bounded_inclusively() {
    let server = Server::closing(|asked, stream| {
        let left: u32 = asked.target[1..].parse().unwrap();
        let _ = match left {
            0 => write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            left => write!(stream, "HTTP/1.1 302 Go\r\nLocation: /{}\r\nContent-Length: 0\r\n\r\n", left - 1),
        };
    });
    assert_eq!(outcome(get(&server.url("/5"))), "200");
    assert_eq!(outcome(get(&server.url("/6"))), "outbound-too-many-redirects");
    assert_eq!(server.targets().len(), 12, "the seventh address is not asked");
}

#[test]
fn circles_and_blind_redirects_end_at_once() {
    let server = Server::closing(|asked, stream| {
        let to = match asked.target.as_str() {
            "/self" => "Location: /self\r\n",
            "/a" => "Location: /b\r\n",
            "/b" => "Location: /a\r\n",
            "/empty" => "Location: \r\n",
            "/bytes" => "Location: /\u{fc}\u{80}\r\n",
            _ => "",
        };
        let _ = write!(stream, "HTTP/1.1 302 Go\r\n{to}Content-Length: 0\r\n\r\n");
    });
    assert_eq!(outcome(get(&server.url("/self"))), "outbound-redirect-loop");
    assert_eq!(outcome(get(&server.url("/a"))), "outbound-redirect-loop");
    assert_eq!(outcome(get(&server.url("/none"))), "outbound-redirect");
    assert_eq!(outcome(get(&server.url("/empty"))), "outbound-redirect");
}

#[test]
fn every_stop_is_checked_like_the_first() {
    let canary = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let server = signpost(302);
    let port = canary.port();
    for (to, key) in [
        ("file:///etc/passwd".to_owned(), "outbound-scheme"),
        (format!("gopher://127.0.0.1:{port}/"), "outbound-scheme"),
        (format!("http://user@127.0.0.1:{port}/"), "outbound-user-info"),
        (format!("http://127.1:{port}/"), "outbound-odd-literal"),
        (format!("//2130706433:{port}/"), "outbound-odd-literal"),
        (format!("http://[::ffff:127.0.0.1]:{port}/"), "outbound-address"),
        (format!("http://169.254.169.254:{port}/"), "outbound-address"),
        ("http://127.0.0.1:22/".to_owned(), "outbound-port"),
    ] {
        assert_eq!(outcome(get(&server.url(&format!("/to/{to}")))), key, "{to}");
    }
    assert_eq!(canary.connections(), 0);
}

#[test]
fn a_redirect_does_not_leave_the_allowed_hosts() {
    let canary = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let server = signpost(302);
    let allowed = |host: &str| Policy { allowed_hosts: Some(BTreeSet::from([host.to_owned()])), ..policy() };
    let ask = |policy: Policy, path: String| outcome(Client::new(policy).get(&Request::new(&server.url(&path))));
    assert_eq!(ask(allowed("127.0.0.1"), "/".to_owned()), "200");
    let away = format!("/to/http://localhost:{}/", canary.port());
    assert_eq!(ask(allowed("127.0.0.1"), away), "outbound-host");
    assert_eq!(ask(allowed("rat.example"), "/".to_owned()), "outbound-host");
    assert_eq!(canary.connections(), 0);
}

#[test]
fn credentials_go_to_the_host_that_was_asked_only() {
    let other = Server::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let (away, server) = (other.url("/away"), signpost(302));
    for (path, expected) in [("/to//same".to_owned(), 2), (format!("/to/{away}"), 1)] {
        let url = server.url(&path);
        let before = server.asked().len();
        Client::new(policy()).get(&Request { authorization: Some("Bearer x"), ..Request::new(&url) }).unwrap();
        let asked = server.asked();
        assert_eq!(asked[before..].iter().filter(|asked| asked.headers.contains_key("authorization")).count(), expected, "{path}");
    }
    assert!(!other.asked()[0].headers.contains_key("authorization"));
}
