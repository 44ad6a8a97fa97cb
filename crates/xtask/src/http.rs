//! Questions to a server on this machine.
//!
//! Enough of HTTP/1.1 to ask our own server; knows no encryption, no redirects, no chunked bodies. Start at [`get`] for one
//! question, at [`Connection`] for many.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

/// What the server said.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header lines as sent.
    pub head: String,
    /// The body as sent (compressed only if asked for).
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, if sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Asks for a path.
///
/// # Errors
/// When nobody listens or the answer is not HTTP.
pub fn get(address: SocketAddr, path: &str) -> Result<Answer> {
    let limit = Duration::from_secs(20);
    let mut stream = TcpStream::connect_timeout(&address, limit)?;
    stream.set_read_timeout(Some(limit))?;
    stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: {address}\r\nAccept: */*\r\n\r\n").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Result<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").context("the answer has no end of its head")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("the answer has no status")?;
    Ok(Answer { status, head, body: bytes[end + 4..].to_vec() })
}

/// A connection that is kept from one question to the next.
pub struct Connection {
    stream: TcpStream,
    /// What was read beyond the last answer.
    rest: Vec<u8>,
}

impl Connection {
    /// Asks over the connection at hand, or over a new one; a connection on which something failed is not used again.
    ///
    /// # Errors
    /// When nobody listens, the answer is not HTTP, or it does not say how long it is.
    pub fn ask(kept: &mut Option<Self>, address: SocketAddr, method: &str, path: &str, headers: &[&str], body: &str) -> Result<Answer> {
        let mut connection = match kept.take() {
            Some(connection) => connection,
            None => Self::open(address)?,
        };
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n", body.len());
        headers.iter().for_each(|header| head.extend([*header, "\r\n"]));
        connection.stream.write_all(format!("{head}\r\n{body}").as_bytes())?;
        let answer = connection.answer()?;
        *kept = Some(connection);
        Ok(answer)
    }

    fn open(address: SocketAddr) -> Result<Self> {
        let limit = Duration::from_secs(20);
        let stream = TcpStream::connect_timeout(&address, limit)?;
        stream.set_read_timeout(Some(limit))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, rest: Vec::new() })
    }

    fn answer(&mut self) -> Result<Answer> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut piece = [0; 16_384];
        loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                let mut answer = parse(&bytes)?;
                let length: usize = answer.header("content-length").context("the answer does not say how long it is")?.parse()?;
                if bytes.len() >= end + 4 + length {
                    self.rest = bytes.split_off(end + 4 + length);
                    answer.body.truncate(length);
                    return Ok(answer);
                }
            }
            let read = self.stream.read(&mut piece)?;
            anyhow::ensure!(read > 0, "the connection ended in the middle of an answer");
            bytes.extend_from_slice(&piece[..read]);
        }
    }
}

/// True when the path answers with 200.
pub fn is_ok(address: SocketAddr, path: &str) -> bool {
    get(address, path).is_ok_and(|answer| answer.status == 200)
}

/// A loopback address with a port that was free a moment ago.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_answer_has_status_headers_and_body() {
        let answer = parse(b"HTTP/1.0 200 OK\r\nServer-Timing: db;dur=1\r\n\r\nbody").unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("server-timing"), Some("db;dur=1"));
        assert_eq!(answer.header("etag"), None);
        assert_eq!(answer.body, b"body");
    }

    #[test]
    fn half_an_answer_is_an_error() {
        assert!(parse(b"HTTP/1.0 200 OK\r\n").is_err());
        assert!(parse(b"nonsense\r\n\r\n").is_err());
    }
}
