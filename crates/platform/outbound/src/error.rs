//! Why a fetch failed, in words that stay the same.
//!
//! Owns [`FetchError`], its stable keys and the question whether trying again can help. Knows nothing of the
//! HTTP library: [`crate::client`] translates.

use std::net::IpAddr;

use crate::address::AddressClass;

/// The step during which the time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Asking for the address of the name.
    Lookup,
    /// Connecting, with the TLS handshake.
    Connect,
    /// Sending the request or waiting for the next bytes of the answer.
    Read,
    /// The whole fetch, redirects and body included.
    Total,
}

/// A fetch that brought no answer. [`FetchError::key`] is stable and may be stored or translated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The text is not a web address we would send.
    #[error("not a usable address: {0}")]
    Url(&'static str),
    /// Neither `http` nor `https`.
    #[error("only http and https are fetched")]
    Scheme,
    /// The address carries a user name or password.
    #[error("the address contains user information")]
    UserInfo,
    /// An IPv4 address in a disguise: short, octal, hexadecimal, one number, other digits.
    #[error("the host is an IPv4 address in an unusual spelling")]
    OddLiteral,
    /// The policy does not allow this port.
    #[error("port {0} is not allowed")]
    Port(u16),
    /// The policy names the hosts that may be asked, and this is none of them.
    #[error("host {0} is not allowed")]
    Host(String),
    /// The host is, or its name leads to, an address that must not be asked.
    #[error("address {address} is {class}")]
    Address {
        /// The address that was refused.
        address: IpAddr,
        /// Why it was refused.
        class: AddressClass,
    },
    /// The name leads to allowed and to forbidden addresses at once: the mark of a rebinding attempt.
    #[error("the name leads to allowed and to forbidden addresses")]
    MixedAddresses,
    /// A header value of the request contains characters that no header may contain.
    #[error("request header {0} has forbidden characters")]
    Header(&'static str),
    /// The name has no address, or nobody could be asked.
    #[error("name not resolved: {0}")]
    Lookup(String),
    /// No connection, or it broke before the answer began.
    #[error("no connection: {0}")]
    Connect(String),
    /// The certificate or the handshake is wrong.
    #[error("TLS failed: {0}")]
    Tls(String),
    /// The time ran out.
    #[error("time ran out during {0:?}")]
    Timeout(Phase),
    /// The answer is not HTTP, or not as HTTP should be.
    #[error("answer violates the protocol: {0}")]
    Protocol(String),
    /// More header bytes or header lines than the policy allows.
    #[error("answer has too large a header")]
    HeaderTooLarge,
    /// More than the given number of bytes, counted after decompression.
    #[error("answer is larger than {0} bytes")]
    TooLarge(u64),
    /// The answer ended before it was complete.
    #[error("answer was cut off")]
    CutOff,
    /// A compression that was not asked for, or one that cannot be undone.
    #[error("content encoding cannot be read: {0}")]
    Encoding(String),
    /// A redirect without, or with an unreadable, target.
    #[error("redirect without a usable target")]
    Redirect,
    /// A redirect to an address of the same chain.
    #[error("redirect in a circle")]
    RedirectLoop,
    /// More redirects than the policy follows.
    #[error("too many redirects")]
    TooManyRedirects,
    /// A redirect from `https` to `http`.
    #[error("redirect from https to http")]
    Downgrade,
    /// The place for the downloaded bytes did not take them.
    #[error("could not write: {0}")]
    Write(String),
}

impl FetchError {
    /// The stable name of the error.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Url(_) => "outbound-url",
            Self::Scheme => "outbound-scheme",
            Self::UserInfo => "outbound-user-info",
            Self::OddLiteral => "outbound-odd-literal",
            Self::Port(_) => "outbound-port",
            Self::Host(_) => "outbound-host",
            Self::Address { .. } => "outbound-address",
            Self::MixedAddresses => "outbound-mixed-addresses",
            Self::Header(_) => "outbound-header",
            Self::Lookup(_) => "outbound-lookup",
            Self::Connect(_) => "outbound-connect",
            Self::Tls(_) => "outbound-tls",
            Self::Timeout(_) => "outbound-timeout",
            Self::Protocol(_) => "outbound-protocol",
            Self::HeaderTooLarge => "outbound-header-too-large",
            Self::TooLarge(_) => "outbound-too-large",
            Self::CutOff => "outbound-cut-off",
            Self::Encoding(_) => "outbound-encoding",
            Self::Redirect => "outbound-redirect",
            Self::RedirectLoop => "outbound-redirect-loop",
            Self::TooManyRedirects => "outbound-too-many-redirects",
            Self::Downgrade => "outbound-downgrade",
            Self::Write(_) => "outbound-write",
        }
    }

    /// May the same request succeed a little later? A name without an address counts as well: the operating
    /// system does not tell a name that does not exist from a name server that is away.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Lookup(_) | Self::Connect(_) | Self::Timeout(_) | Self::CutOff)
    }
}
