//! Signing in with an account elsewhere: OpenID Connect, authorization code with PKCE, generic enough for a municipal Keycloak
//! and, through it or another broker, for BundID.
//!
//! The way: [`pages::begin`] notes an errand and sends the browser to the provider; [`pages::come_back`] uses the errand up,
//! exchanges the code and checks the token ([`token`]); whoever is known is signed in, anybody else is an arrival, for whom an
//! account is made or to whose account the identity is added ([`arrival`]). Nothing is asked of the provider inside a database
//! closure, and only through the outbound client ([`client`]). The database's clock decides. The site's administrator sets the
//! provider ([`settings`]); its secret is sealed ([`secret`]). Knows nothing of passwords, links and passkeys.
//! Source: OpenID Connect Core 1.0, 3.1; Discovery 1.0; RP-Initiated Logout 1.0; RFC 7636; RFC 9207.

pub(crate) mod arrival;
pub(crate) mod client;
pub(crate) mod pages;
pub(crate) mod provider;
pub(crate) mod secret;
pub(crate) mod settings;
pub(crate) mod signature;
pub(crate) mod token;

/// How long somebody may stay at the provider: ten minutes.
pub(crate) const ERRAND_SECONDS: i64 = 600;
/// How long an arrival waits for an account: one hour, so that a mail can come in between.
pub(crate) const ARRIVAL_SECONDS: i64 = 3_600;
/// The clocks of two servers may differ by so much.
pub(crate) const SKEW_SECONDS: i64 = 60;
/// What the provider says of itself is asked again after a day.
pub(crate) const KNOWN_SECONDS: i64 = 86_400;
/// A token with a key that nobody knows makes us ask for the keys again, but not more often than this.
pub(crate) const KEYS_AGAIN_SECONDS: i64 = 60;
/// Bytes of one answer of the provider.
pub(crate) const ANSWER_BYTES_MAX: u64 = 128 * 1024;
/// Keys of a provider that are looked at.
pub(crate) const KEYS_MAX: usize = 40;
/// Bytes of a code.
pub(crate) const CODE_BYTES_MAX: usize = 2_048;
/// Bytes of a token.
pub(crate) const TOKEN_BYTES_MAX: usize = 32 * 1024;

/// Why somebody who comes from the provider is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// The errand ended, was used already, or belongs to another browser.
    #[error("errand ended, used or of another browser")]
    Ended,
    /// The person said no at the provider.
    #[error("cancelled at the provider")]
    Cancelled,
    /// The provider answers with an error.
    #[error("provider answers {0}")]
    Refused(String),
    /// The provider cannot be reached.
    #[error("provider not reached: {0}")]
    Away(String),
    /// The provider says of itself what cannot be.
    #[error("provider's description: {0}")]
    Description(&'static str),
    /// The sealed secret cannot be opened with the keys of this data folder.
    #[error("secret cannot be opened")]
    Secret,
    /// The answer or its token cannot be read.
    #[error("token cannot be read: {0}")]
    Unreadable(&'static str),
    /// The token is signed in a way that is not allowed, or not at all.
    #[error("algorithm not allowed")]
    Algorithm,
    /// The token names a key that the provider does not have.
    #[error("unknown key")]
    UnknownKey,
    /// The signature is wrong.
    #[error("signature wrong")]
    Signature,
    /// Another issuer.
    #[error("wrong issuer")]
    Issuer,
    /// Meant for somebody else.
    #[error("wrong audience")]
    Audience,
    /// The answer to another errand.
    #[error("wrong nonce")]
    Nonce,
    /// Too old, or not valid yet.
    #[error("expired or not valid yet")]
    Expired,
    /// The account here is blocked.
    #[error("account blocked")]
    Blocked,
}

impl Fault {
    /// The key of the sentence that says what to do.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Ended | Self::Expired => "extern-fault-ended",
            Self::Cancelled => "extern-fault-cancelled",
            Self::Away(_) => "extern-fault-away",
            Self::Blocked => "extern-fault-blocked",
            _ => "extern-fault-answer",
        }
    }

    /// What somebody who asks in the town hall can read out.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
            Self::Refused(_) => "refused",
            Self::Away(_) => "away",
            Self::Description(_) => "description",
            Self::Secret => "secret",
            Self::Unreadable(_) => "unreadable",
            Self::Algorithm => "algorithm",
            Self::UnknownKey => "unknown-key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Nonce => "nonce",
            Self::Expired => "expired",
            Self::Blocked => "blocked",
        }
    }
}
