//! Addresses that must not be asked. Source: the project's list of outbound request forgeries.
//!
//! Every name that is looked up here leads to the canary, a listener on loopback; it must stay untouched.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use allmende_outbound::{Client, Policy, Ports, Request};

use crate::server::{Server, every_name_is, outcome, policy};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// Each address with the key of its refusal; `PORT` is the canary's.
const CORPUS: &[(&str, &str)] = &[
    // This machine, plainly.
    ("http://127.0.0.1:PORT/", "outbound-address"),
    ("https://127.0.0.1:PORT/", "outbound-address"),
    ("http://127.0.0.2:PORT/", "outbound-address"),
    ("http://127.255.255.254:PORT/", "outbound-address"),
    ("http://[::1]:PORT/", "outbound-address"),
    ("http://[0:0:0:0:0:0:0:1]:PORT/", "outbound-address"),
    ("http://[0000::0001]:PORT/", "outbound-address"),
    ("http://localhost:PORT/", "outbound-host"),
    ("http://LOCALHOST:PORT/", "outbound-host"),
    ("http://localhost.:PORT/", "outbound-host"),
    ("http://a.localhost:PORT/", "outbound-host"),
    ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/", "outbound-host"),
    ("http://0.0.0.0:PORT/", "outbound-address"),
    ("http://[::]:PORT/", "outbound-address"),
    // Odd spellings of it.
    ("http://127.1:PORT/", "outbound-odd-literal"),
    ("http://127.0.1:PORT/", "outbound-odd-literal"),
    ("http://127.0.0.1.:PORT/", "outbound-odd-literal"),
    ("http://0x7f000001:PORT/", "outbound-odd-literal"),
    ("http://0x7f.0.0.1:PORT/", "outbound-odd-literal"),
    ("http://0x7f.1:PORT/", "outbound-odd-literal"),
    ("http://0X7F000001:PORT/", "outbound-odd-literal"),
    ("http://2130706433:PORT/", "outbound-odd-literal"),
    ("http://017700000001:PORT/", "outbound-odd-literal"),
    ("http://0177.0.0.1:PORT/", "outbound-odd-literal"),
    ("http://0177.0.0.01:PORT/", "outbound-odd-literal"),
    ("http://127.000.000.001:PORT/", "outbound-odd-literal"),
    ("http://0:PORT/", "outbound-odd-literal"),
    ("http://00000000:PORT/", "outbound-odd-literal"),
    ("http://\u{ff11}\u{ff12}\u{ff17}.\u{ff10}.\u{ff10}.\u{ff11}:PORT/", "outbound-odd-literal"),
    ("http://①②⑦.⓪.⓪.①:PORT/", "outbound-odd-literal"),
    ("http://127。0。0。1:PORT/", "outbound-odd-literal"),
    ("http://4294967296:PORT/", "outbound-url"),
    ("http://127.0.0.256:PORT/", "outbound-url"),
    ("http://%31%32%37.0.0.1:PORT/", "outbound-url"),
    // IPv4 inside IPv6.
    ("http://[::ffff:127.0.0.1]:PORT/", "outbound-address"),
    ("http://[::ffff:7f00:1]:PORT/", "outbound-address"),
    ("http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/", "outbound-address"),
    ("http://[::127.0.0.1]:PORT/", "outbound-address"),
    ("http://[::ffff:0:127.0.0.1]:PORT/", "outbound-address"),
    ("http://[64:ff9b::127.0.0.1]:PORT/", "outbound-address"),
    ("http://[64:ff9b:1::7f00:1]:PORT/", "outbound-address"),
    ("http://[2002:7f00:1::]:PORT/", "outbound-address"),
    ("http://[2001:0:7f00:1::1]:PORT/", "outbound-address"),
    // Other networks of the house and of nobody.
    ("http://10.0.0.1:PORT/", "outbound-address"),
    ("http://172.16.0.1:PORT/", "outbound-address"),
    ("http://192.168.178.1:PORT/", "outbound-address"),
    ("http://100.64.0.1:PORT/", "outbound-address"),
    ("http://169.254.169.254/latest/meta-data/", "outbound-address"),
    ("http://[fd00:ec2::254]/latest/meta-data/", "outbound-address"),
    ("http://[fe80::1]:PORT/", "outbound-address"),
    ("http://[fe80::1%25lo]:PORT/", "outbound-url"),
    ("http://[fc00::1]:PORT/", "outbound-address"),
    ("http://[ff02::1]:PORT/", "outbound-address"),
    ("http://224.0.0.1:PORT/", "outbound-address"),
    ("http://255.255.255.255:PORT/", "outbound-address"),
    ("http://240.0.0.1:PORT/", "outbound-address"),
    ("http://192.0.2.1:PORT/", "outbound-address"),
    ("http://198.18.0.1:PORT/", "outbound-address"),
    ("http://[2001:db8::1]:PORT/", "outbound-address"),
    // Names that lead there.
    ("http://rebind.example:PORT/", "outbound-address"),
    ("http://127.0.0.1.nip.example:PORT/", "outbound-address"),
    ("http://intranet:PORT/", "outbound-address"),
    ("http://rat.müsterau.example:PORT/", "outbound-address"),
    ("http://metadata.google.internal:PORT/", "outbound-address"),
    // Two hosts in one address.
    ("http://example.org@127.0.0.1:PORT/", "outbound-user-info"),
    ("http://user:password@127.0.0.1:PORT/", "outbound-user-info"),
    ("http://127.0.0.1:PORT@example.org/", "outbound-user-info"),
    ("http://example.org%40127.0.0.1:PORT/", "outbound-url"),
    ("http://example.org\\@127.0.0.1:PORT/", "outbound-user-info"),
    ("http://127.0.0.1:PORT\\.example.org/", "outbound-url"),
    ("http://example.org&@127.0.0.1:PORT#@example.org/", "outbound-user-info"),
    ("http://127.0.0.1:PORT#.example.org/", "outbound-address"),
    ("http://127.0.0.1:PORT?.example.org/", "outbound-address"),
    ("http:127.0.0.1:PORT/", "outbound-url"),
    ("http:/127.0.0.1:PORT/", "outbound-url"),
    ("http:///127.0.0.1:PORT/", "outbound-url"),
    ("http:\\\\127.0.0.1:PORT/", "outbound-url"),
    ("//127.0.0.1:PORT/", "outbound-url"),
    ("127.0.0.1:PORT", "outbound-url"),
    // Control characters and white space.
    ("http://127.0.0.1:PORT/ HTTP/1.1\r\nHost: a\r\n\r\n", "outbound-url"),
    ("http://127.0.0.1\t:PORT/", "outbound-url"),
    ("ht\ntp://127.0.0.1:PORT/", "outbound-url"),
    ("http://127.0.0.1 :PORT/", "outbound-url"),
    ("http://127.0.0.1\u{0}:PORT/", "outbound-url"),
    // Other schemes and ports.
    ("gopher://127.0.0.1:PORT/_GET%20/", "outbound-scheme"),
    ("file:///etc/passwd", "outbound-scheme"),
    ("file://127.0.0.1/etc/passwd", "outbound-scheme"),
    ("ftp://127.0.0.1:PORT/", "outbound-scheme"),
    ("dict://127.0.0.1:PORT/", "outbound-scheme"),
    ("ldap://127.0.0.1:PORT/", "outbound-scheme"),
    ("jar:http://127.0.0.1:PORT/!/", "outbound-scheme"),
    ("data:text/plain,x", "outbound-scheme"),
    ("javascript:alert(1)", "outbound-scheme"),
    ("unix:/run/docker.sock", "outbound-scheme"),
    ("http://rat.example:22/", "outbound-port"),
    ("http://rat.example:25/", "outbound-port"),
    ("http://127.0.0.1:0/", "outbound-url"),
    ("http://127.0.0.1:99999/", "outbound-url"),
];

fn strict() -> Policy {
    Policy { total_timeout: Duration::from_secs(2), ..Policy::default() }
}

#[test]
fn no_address_of_the_corpus_reaches_the_canary() {
    let canary = Server::saying(OK);
    let client = Client::with_lookup(strict(), every_name_is(&["127.0.0.1"]));
    for (address, key) in CORPUS {
        let address = address.replace("PORT", &canary.port().to_string());
        assert_eq!(outcome(client.get(&Request::new(&address))), *key, "{address}");
        let downloaded = client.download(&Request::new(&address), &mut Vec::new());
        assert_eq!(downloaded.map(|_| ()).map_err(|error| error.key()), Err(*key), "{address}");
    }
    assert!(CORPUS.len() >= 60);
    assert_eq!(canary.connections(), 0);
}

#[test]
fn the_operators_word_opens_loopback_but_no_odd_spelling_of_it() {
    let server = Server::saying(OK);
    let client = Client::with_lookup(policy(), every_name_is(&["127.0.0.1"]));
    let ask = |host: &str| outcome(client.get(&Request::new(&format!("http://{host}:{}/", server.port()))));
    assert_eq!(ask("127.0.0.1"), "200");
    assert_eq!(ask("localhost"), "200");
    assert_eq!(ask("rat.example"), "200");
    let hits = server.connections();
    assert_eq!(ask("127.1"), "outbound-odd-literal");
    assert_eq!(ask("[::ffff:127.0.0.1]"), "outbound-address");
    assert_eq!(ask("169.254.169.254"), "outbound-address");
    assert_eq!(server.connections(), hits);
}

#[test]
fn a_name_with_two_faces_is_refused_whatever_their_order() {
    let canary = Server::saying(OK);
    for addresses in [["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["2a00:1450::1", "::ffff:127.0.0.1"]] {
        let client = Client::with_lookup(strict(), every_name_is(&addresses));
        let url = format!("http://rat.example:{}/", canary.port());
        assert_eq!(outcome(client.get(&Request::new(&url))), "outbound-mixed-addresses", "{addresses:?}");
    }
    assert_eq!(canary.connections(), 0);
}

#[test]
fn the_address_that_was_checked_is_the_address_that_is_asked() {
    let server = Server::saying(OK);
    let elsewhere = SocketAddr::from((Ipv4Addr::new(127, 0, 0, 2), server.port()));
    let canary = Server::at(elsewhere, |_, _| false);
    let lookups = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&lookups);
    // Answers with the server once, with the canary ever after.
    let rebinding = move |_: &str| -> io::Result<Vec<IpAddr>> {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        Ok(vec![IpAddr::from([127, 0, 0, if first { 1 } else { 2 }])])
    };
    let client = Client::with_lookup(policy(), Arc::new(rebinding));
    let url = format!("http://rebind.example:{}/", server.port());
    for _ in 0..3 {
        assert_eq!(outcome(client.get(&Request::new(&url))), "200");
    }
    assert_eq!((server.connections(), canary.connections()), (3, 0));
    assert_eq!(lookups.load(Ordering::SeqCst), 1);
}

#[test]
fn a_redirect_to_a_name_of_the_house_is_refused_after_its_lookup() {
    let canary = Server::saying(OK);
    let server = Server::saying(format!("HTTP/1.1 302 Go\r\nLocation: http://metadata.example:{}/\r\nContent-Length: 0\r\n\r\n", canary.port()));
    let lookup = |name: &str| -> io::Result<Vec<IpAddr>> {
        let last = if name.starts_with("metadata") { [169, 254, 169, 254] } else { [127, 0, 0, 1] };
        Ok(vec![IpAddr::from(last)])
    };
    let client = Client::with_lookup(policy(), Arc::new(lookup));
    let url = format!("http://rat.example:{}/", server.port());
    assert_eq!(outcome(client.get(&Request::new(&url))), "outbound-address");
    assert_eq!((server.connections(), canary.connections()), (1, 0));
}

#[test]
fn allowed_hosts_and_ports_are_compared_as_the_request_spells_them() {
    let server = Server::saying(OK);
    let ask = |hosts: &[&str], ports: Ports, host: &str| {
        let allowed_hosts = Some(hosts.iter().map(|host| (*host).to_owned()).collect());
        let policy = Policy { allowed_hosts, ports, ..policy() };
        let client = Client::with_lookup(policy, every_name_is(&["127.0.0.1"]));
        outcome(client.get(&Request::new(&format!("http://{host}:{}/", server.port()))))
    };
    let only = |port: u16| Ports::Only(BTreeSet::from([port]));
    assert_eq!(ask(&["Rat.Example"], Ports::Web, "rat.EXAMPLE"), "200");
    assert_eq!(ask(&["bücher.example"], Ports::Web, "xn--bcher-kva.example"), "200");
    assert_eq!(ask(&["rat.example"], Ports::Web, "a.rat.example"), "outbound-host");
    assert_eq!(ask(&["rat.example"], Ports::Web, "rat.example.evil.example"), "outbound-host");
    assert_eq!(ask(&[], Ports::Web, "rat.example"), "outbound-host");
    assert_eq!(ask(&["rat.example"], only(server.port()), "rat.example"), "200");
    assert_eq!(ask(&["rat.example"], only(443), "rat.example"), "outbound-port");
}

#[test]
fn a_name_nobody_knows_is_said_so() {
    let unknown = |_: &str| -> io::Result<Vec<IpAddr>> { Err(io::Error::other("no such name")) };
    let error = Client::with_lookup(strict(), Arc::new(unknown)).get(&Request::new("http://rat.example/"));
    let error = error.unwrap_err();
    assert_eq!((error.key(), error.is_transient()), ("outbound-lookup", true));
}
