//! The client: one request, its redirects, its answer.
//!
//! Synchronous; a call blocks its thread until the answer is there or the total time is over. One client serves
//! many threads and keeps connections open between requests. Owns the steps of a fetch; the checks are in
//! [`crate::policy`] and [`crate::resolver`], the body in [`crate::body`]. Start with [`Client::get`].

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use ureq::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Timeout, http};

use crate::body::{self, Encoding, Waited};
use crate::error::{FetchError, Phase};
use crate::policy::Policy;
use crate::resolver::{Lookup, Pinned, SystemLookup, wrap};
use crate::response::{Download, Headers, Response, Written};
use crate::target::Target;

/// Of the page that explains a refusal (status 300 and above) at most this much is kept.
const ERROR_PAGE_BYTES_MAX: u64 = 64 * 1024;
const INPUT_BUFFER_BYTES: usize = 64 * 1024;

/// What to fetch. Only the address is needed; see [`Request::new`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// Absolute address, `http` or `https`; what follows the host is sent as it stands here.
    pub url: &'a str,
    /// `Accept` header; anything if absent.
    pub accept: Option<&'a str>,
    /// The `ETag` of an earlier answer.
    pub if_none_match: Option<&'a str>,
    /// The `Last-Modified` of an earlier answer.
    pub if_modified_since: Option<&'a str>,
    /// `Authorization` header. It goes to the host of `url` only, never along with a redirect to another one.
    pub authorization: Option<&'a str>,
    /// Largest body in bytes (inclusive) instead of the policy's.
    pub max_body_bytes: Option<u64>,
}

impl<'a> Request<'a> {
    /// A request for `url` without further wishes.
    #[must_use]
    pub fn new(url: &'a str) -> Self {
        Self { url, ..Self::default() }
    }

    fn header_map(&self, user_agent: &str) -> Result<HeaderMap, FetchError> {
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, shown: &'static str, value: &str| {
            let value = HeaderValue::from_str(value).map_err(|_| FetchError::Header(shown))?;
            headers.insert(name, value);
            Ok::<(), FetchError>(())
        };
        put(header::USER_AGENT, "user-agent", user_agent)?;
        put(header::ACCEPT, "accept", self.accept.unwrap_or("*/*"))?;
        put(header::ACCEPT_ENCODING, "accept-encoding", "gzip")?;
        if let Some(tag) = self.if_none_match {
            put(header::IF_NONE_MATCH, "if-none-match", tag)?;
        }
        if let Some(date) = self.if_modified_since {
            put(header::IF_MODIFIED_SINCE, "if-modified-since", date)?;
        }
        if let Some(credentials) = self.authorization {
            put(header::AUTHORIZATION, "authorization", credentials)?;
        }
        Ok(headers)
    }
}

/// The one way out of the house.
#[derive(Debug)]
pub struct Client {
    policy: Arc<Policy>,
    gate: Pinned,
    agent: Agent,
    waited: Waited,
}

/// An answer whose body is still on the wire.
struct Answer {
    target: Target,
    response: http::Response<Body>,
}

impl Client {
    /// A client that asks the operating system for addresses.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self::with_lookup(policy, Arc::new(SystemLookup))
    }

    /// A client that asks `lookup` for addresses. They are checked like any others.
    #[must_use]
    pub fn with_lookup(policy: Policy, lookup: Arc<dyn Lookup>) -> Self {
        let config = Agent::config_builder()
            // A proxy from the environment would connect in our place, past every check of addresses.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_resolve(Some(policy.connect_timeout))
            .timeout_connect(Some(policy.connect_timeout))
            .timeout_per_read(Some(policy.read_timeout))
            .timeout_per_write(Some(policy.read_timeout))
            .max_response_header_size(policy.max_header_bytes)
            .input_buffer_size(INPUT_BUFFER_BYTES.max(policy.max_header_bytes.saturating_add(1)))
            .output_buffer_size(INPUT_BUFFER_BYTES)
            .build();
        let policy = Arc::new(policy);
        let gate = Pinned::new(Arc::clone(&policy), lookup);
        let agent = Agent::with_parts(config, DefaultConnector::new(), gate.clone());
        Self { policy, gate, agent, waited: Waited::default() }
    }

    /// Fetches into memory. Any status is an answer; with status 300 and above the body is kept only as far as
    /// it arrived, at most 64 KiB, because the status says what matters.
    ///
    /// A body without announced length that breaks off cannot be told from a whole one.
    ///
    /// # Errors
    /// [`FetchError`] if there was no whole answer within the limits.
    pub fn get(&self, request: &Request<'_>) -> Result<Response, FetchError> {
        let start = Instant::now();
        let answer = self.exchange(request, start)?;
        self.take(answer, self.limit(request), start)
    }

    /// Sends a form (`application/x-www-form-urlencoded`) and takes the answer into memory. The request is sent once: it is not
    /// repeated after a broken connection, and no redirect is followed, because sending something twice can mean something.
    /// `request.if_none_match` and `request.if_modified_since` go along as they are.
    ///
    /// # Errors
    /// [`FetchError`] if there was no whole answer within the limits.
    pub fn post_form(&self, request: &Request<'_>, fields: &[(&str, &str)]) -> Result<Response, FetchError> {
        let start = Instant::now();
        let target = Target::parse(request.url)?;
        self.policy.check_target(&target)?;
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut sent = http::Request::post(target.url()).body(body).map_err(|_| FetchError::Url("characters that HTTP does not allow"))?;
        *sent.headers_mut() = request.header_map(&self.policy.user_agent)?;
        sent.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let sent = self.agent.configure_request(sent).timeout_global(Some(self.policy.total_timeout)).build();
        let response = self.waited.during(|| self.agent.run(sent)).map_err(translate)?;
        self.take(Answer { target, response }, self.limit(request), start)
    }

    fn take(&self, answer: Answer, limit: u64, start: Instant) -> Result<Response, FetchError> {
        let Answer { target, response } = answer;
        let (parts, wire) = response.into_parts();
        let headers = Headers::of(&parts.headers);
        let mut body = Vec::new();
        let mut keep = |portion: &[u8]| {
            body.extend_from_slice(portion);
            Ok(())
        };
        if parts.status.is_success() {
            self.read(&parts.headers, wire, limit, &mut keep)?;
        } else {
            let limit = limit.min(ERROR_PAGE_BYTES_MAX);
            // The status is the answer; a broken error page would only hide it.
            let _ = self.read(&parts.headers, wire, limit, &mut keep);
        }
        Ok(Response { status: parts.status.as_u16(), headers, body, final_url: target.url(), elapsed: start.elapsed() })
    }

    /// Fetches into a writer, with the SHA-256 of what was written. Only a whole file (status 200 or 203) is
    /// written; on an error the writer may hold a part, which the caller throws away.
    ///
    /// # Errors
    /// [`FetchError`] if there was no whole answer within the limits; `outbound-write` if the writer fails.
    pub fn download(&self, request: &Request<'_>, writer: &mut dyn Write) -> Result<Download, FetchError> {
        let start = Instant::now();
        let Answer { target, response } = self.exchange(request, start)?;
        let (parts, wire) = response.into_parts();
        let written = if matches!(parts.status.as_u16(), 200 | 203) {
            let mut hash = Sha256::new();
            let mut keep = |portion: &[u8]| {
                hash.update(portion);
                writer.write_all(portion).map_err(|error| FetchError::Write(error.to_string()))
            };
            let bytes = self.read(&parts.headers, wire, self.limit(request), &mut keep)?;
            Some(Written { bytes, sha256: hash.finalize().into() })
        } else {
            None
        };
        Ok(Download { status: parts.status.as_u16(), headers: Headers::of(&parts.headers), written, final_url: target.url(), elapsed: start.elapsed() })
    }

    /// Time that all threads together spent waiting for servers (names, connections, headers, bodies) since
    /// this client was made. Decompressing and writing do not count.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited.total()
    }

    fn limit(&self, request: &Request<'_>) -> u64 {
        request.max_body_bytes.unwrap_or(self.policy.max_body_bytes)
    }

    /// Asks, and follows redirects, each checked as if it had been asked for.
    fn exchange(&self, request: &Request<'_>, start: Instant) -> Result<Answer, FetchError> {
        let mut target = Target::parse(request.url)?;
        let mut request = *request;
        let mut passed = Vec::new();
        loop {
            self.policy.check_target(&target)?;
            let response = self.ask(&target, &request, start)?;
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok(Answer { target, response });
            }
            let location = response.headers().get(header::LOCATION).ok_or(FetchError::Redirect)?;
            let location = std::str::from_utf8(location.as_bytes()).map_err(|_| FetchError::Redirect)?;
            let next = target.follow(location)?;
            passed.push(target.url());
            if passed.contains(&next.url()) {
                return Err(FetchError::RedirectLoop);
            }
            if passed.len() > self.policy.max_redirects {
                return Err(FetchError::TooManyRedirects);
            }
            if (next.host(), next.port()) != (target.host(), target.port()) {
                request.authorization = None;
            }
            target = next;
        }
    }

    /// Asks the target itself. A kept connection that the server closes at the same moment breaks before an
    /// answer; then one more try is due (RFC 9112, 9.3.1), because nothing is wrong with either side.
    fn ask(&self, target: &Target, request: &Request<'_>, start: Instant) -> Result<http::Response<Body>, FetchError> {
        let result = match self.ask_once(target, request, start) {
            Err(error) if is_broken_connection(&error) => self.ask_once(target, request, start),
            result => result,
        };
        result.map_err(|error| {
            let error = translate(error);
            if matches!(error, FetchError::Connect(_) | FetchError::Timeout(Phase::Connect)) {
                self.gate.forget(target.host());
            }
            error
        })
    }

    fn ask_once(&self, target: &Target, request: &Request<'_>, start: Instant) -> Result<http::Response<Body>, ureq::Error> {
        let left = self.policy.total_timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(ureq::Error::Timeout(Timeout::Global));
        }
        let mut sent = http::Request::get(target.url()).body(()).map_err(|_| wrap(FetchError::Url("characters that HTTP does not allow")))?;
        *sent.headers_mut() = request.header_map(&self.policy.user_agent).map_err(wrap)?;
        let sent = self.agent.configure_request(sent).timeout_global(Some(left)).build();
        self.waited.during(|| self.agent.run(sent))
    }

    fn read(&self, headers: &HeaderMap, wire: Body, limit: u64, keep: &mut dyn FnMut(&[u8]) -> Result<(), FetchError>) -> Result<u64, FetchError> {
        let packed = headers.get(header::CONTENT_ENCODING);
        let packed = packed.map(|value| value.to_str().unwrap_or("?"));
        let encoding = Encoding::of(packed)?;
        if encoding == Encoding::Plain && wire.content_length().is_some_and(|announced| announced > limit) {
            return Err(FetchError::TooLarge(limit));
        }
        body::copy(wire.into_reader(), encoding, limit, &self.waited, keep)
    }
}

fn is_broken_connection(error: &ureq::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error, ureq::Error::Io(error)
        if matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof))
}

/// The library's error in our words.
pub(crate) fn translate(error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::Other(inner) => match inner.downcast::<FetchError>() {
            Ok(own) => *own,
            Err(other) => FetchError::Protocol(other.to_string()),
        },
        ureq::Error::Timeout(timeout) => FetchError::Timeout(match timeout {
            Timeout::Resolve => Phase::Lookup,
            Timeout::Connect => Phase::Connect,
            Timeout::Global | Timeout::PerCall => Phase::Total,
            _ => Phase::Read,
        }),
        ureq::Error::HostNotFound => FetchError::Lookup("no address".to_owned()),
        ureq::Error::LargeResponseHeader(..) => FetchError::HeaderTooLarge,
        // The library does not export its protocol errors; this one is a limit, not a violation.
        ureq::Error::Protocol(error) if error.to_string().ends_with("too many headers") => FetchError::HeaderTooLarge,
        ureq::Error::Rustls(error) => FetchError::Tls(error.to_string()),
        ureq::Error::Tls(reason) => FetchError::Tls(reason.to_owned()),
        // Rustls reports a refused certificate through the socket.
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => FetchError::Tls(error.to_string()),
        ureq::Error::Io(error) => FetchError::Connect(error.to_string()),
        ureq::Error::ConnectionFailed => FetchError::Connect("refused".to_owned()),
        other => FetchError::Protocol(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_verified_and_redirects_are_ours() {
        let client = Client::new(Policy::default());
        let config = client.agent.config();
        assert!(!config.tls_config().disable_verification());
        assert_eq!(config.max_redirects(), 0);
    }
}
