//! Asking the server: retries, repairs as the last resort, and what each failure means.
//!
//! Knows no lists and no database. Start with [`Fetcher::list`] and [`Fetcher::object`].

use allmende_oparl::{Defect, ErrorObject, Findings, Kind, ListPage, ReadError, Repair, parse, read_list};
use allmende_outbound::{Backoff, Client, FetchError, Request, Response};
use allmende_platform::clock;
use serde_json::Value;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Largest answer in bytes after decompression (inclusive).
pub const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// An answer that took longer is noted.
const SLOW: Duration = Duration::from_secs(3);

/// Why there is no usable answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// The server says that there is nothing (404, 410).
    Gone,
    /// The server refuses the request as it is (other 4xx, or an error object).
    Refused(String),
    /// The server failed, also when asked again.
    Failed(String),
    /// We do not go there: a forbidden address, a giant answer, redirects without end.
    Forbidden(Defect, String),
    /// The run was told to stop.
    Stopped,
}

/// Asks one server.
#[derive(Debug)]
pub struct Fetcher<'a> {
    client: &'a Client,
    backoff: Backoff,
    stop: &'a AtomicBool,
    requests: AtomicU64,
}

impl<'a> Fetcher<'a> {
    /// A fetcher on a client.
    pub fn new(client: &'a Client, backoff: Backoff, stop: &'a AtomicBool) -> Self {
        Self { client, backoff, stop, requests: AtomicU64::new(0) }
    }

    /// Requests sent so far.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// [`Miss`]; an empty list answered as an error is a page.
    pub fn list(&self, url: &str, findings: &mut Findings) -> Result<ListPage, Miss> {
        self.ask(url, findings, read_list)
    }

    /// An object, or what stands in its place.
    ///
    /// # Errors
    /// [`Miss`].
    pub fn object(&self, url: &str, kind: Kind, findings: &mut Findings) -> Result<Value, Miss> {
        let value = self.ask(url, findings, parse)?;
        match ErrorObject::recognise(&value) {
            Some(error) if kind != Kind::System => Err(Miss::Refused(error.message.unwrap_or_default())),
            _ => Ok(value),
        }
    }

    fn ask<T>(&self, url: &str, findings: &mut Findings, read: fn(&[u8], Repair, &mut Findings) -> Result<T, ReadError>) -> Result<T, Miss> {
        let request = Request { url, accept: Some("application/json"), max_body_bytes: Some(ANSWER_BYTES_MAX), ..Request::default() };
        let mut attempt = 1;
        let mut broken: Option<(Defect, Vec<u8>)> = None;
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Miss::Stopped);
            }
            self.requests.fetch_add(1, Ordering::Relaxed);
            let mut asked_for = None;
            let miss = match self.client.get(&request) {
                Ok(answer) if answer.status == 200 => {
                    examine(&answer, url, findings);
                    let mut own = Findings::default();
                    match read(&answer.body, Repair::Refuse, &mut own) {
                        Ok(value) => {
                            if let Some((defect, _)) = broken {
                                findings.note(defect, None, url, "", || "whole when asked again".to_owned());
                            }
                            findings.merge(own);
                            return Ok(value);
                        }
                        Err(ReadError::Server(error)) => return Err(Miss::Refused(error.message.unwrap_or_default())),
                        Err(error @ (ReadError::TooDeep | ReadError::NotAList)) => {
                            findings.note(if error == ReadError::TooDeep { Defect::NestedTooDeep } else { Defect::UnreadableAnswer }, None, url, "", || {
                                error.to_string()
                            });
                            return Err(Miss::Forbidden(Defect::UnreadableAnswer, error.to_string()));
                        }
                        // Broken twice in the same way is not an accident of the line.
                        Err(_) if broken.as_ref().is_some_and(|(_, body)| *body == answer.body) => return repaired(&answer.body, url, findings, read),
                        Err(error) => {
                            let is_cut = matches!(error, ReadError::Syntax { .. });
                            broken = Some((if is_cut { Defect::CutOff } else { Defect::ControlCharacter }, answer.body));
                            Miss::Failed(error.to_string())
                        }
                    }
                }
                Ok(answer) if matches!(answer.status, 429 | 500..=599) => {
                    findings.note(Defect::ServerError, None, url, "", || format!("HTTP {}", answer.status));
                    asked_for = answer.headers.retry_after.map(|after| after.wait_from(clock::wall()));
                    Miss::Failed(format!("HTTP {}", answer.status))
                }
                Ok(answer) => return refused(&answer, findings, read),
                Err(error) if error.is_transient() => {
                    let defect = if error == FetchError::CutOff { Defect::CutOff } else { Defect::SlowAnswer };
                    findings.note(defect, None, url, "", || error.to_string());
                    Miss::Failed(error.to_string())
                }
                Err(error) => return Err(forbidden(&error, url, findings)),
            };
            match self.backoff.wait_after(attempt, asked_for) {
                Some(wait) => self.pause(wait),
                None => {
                    return match broken {
                        Some((_, body)) => repaired(&body, url, findings, read),
                        None => Err(miss),
                    };
                }
            }
            attempt += 1;
        }
    }

    /// Waits in small steps, so that a stop is heard.
    fn pause(&self, wait: Duration) {
        let end = clock::ticks() + wait;
        while !self.stop.load(Ordering::Relaxed) {
            let left = end.saturating_duration_since(clock::ticks());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(Duration::from_millis(200)));
        }
    }
}

fn examine(answer: &Response, url: &str, findings: &mut Findings) {
    if answer.elapsed > SLOW {
        findings.note(Defect::SlowAnswer, None, url, "", || format!("{} ms", answer.elapsed.as_millis()));
    }
    let is_json = answer.headers.content_type.as_deref().is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        kind == "application/json" || kind.ends_with("+json")
    });
    if !is_json {
        findings.note(Defect::WrongContentType, None, url, "", || answer.headers.content_type.clone().unwrap_or_default());
    }
}

fn repaired<T>(body: &[u8], url: &str, findings: &mut Findings, read: fn(&[u8], Repair, &mut Findings) -> Result<T, ReadError>) -> Result<T, Miss> {
    read(body, Repair::Allow, findings).map_err(|error| {
        findings.note(Defect::UnreadableAnswer, None, url, "", || error.to_string());
        Miss::Failed(error.to_string())
    })
}

/// A status that asking again would not change. Some servers answer an empty list so.
fn refused<T>(answer: &Response, findings: &mut Findings, read: fn(&[u8], Repair, &mut Findings) -> Result<T, ReadError>) -> Result<T, Miss> {
    let error = serde_json::from_slice(&answer.body).ok().as_ref().and_then(ErrorObject::recognise);
    match error {
        Some(error) if error.code == Some(ErrorObject::CODE_EMPTY_LIST) => {
            read(&answer.body, Repair::Allow, findings).map_err(|error| Miss::Refused(error.to_string()))
        }
        _ if matches!(answer.status, 404 | 410) => Err(Miss::Gone),
        _ => Err(Miss::Refused(format!("HTTP {}", answer.status))),
    }
}

fn forbidden(error: &FetchError, url: &str, findings: &mut Findings) -> Miss {
    let defect = match error {
        FetchError::TooLarge(_) | FetchError::HeaderTooLarge => Defect::TooLarge,
        FetchError::Encoding(_) | FetchError::Protocol(_) => Defect::UnreadableAnswer,
        _ => Defect::ForbiddenAddress,
    };
    findings.note(defect, None, url, "", || error.to_string());
    Miss::Forbidden(defect, error.to_string())
}
