//! What a client may do: the limits that whoever builds it must choose.
//!
//! Owns [`Policy`] and [`Ports`] and checks a parsed target against them. Knows no sockets. The classes of
//! addresses are in [`crate::address`].

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use crate::address::class_of;
use crate::error::FetchError;
use crate::target::{Host, Target};

/// The ports that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ports {
    /// 80, 443 and everything from 1024: council servers on odd ports, but no mail, shell or file service.
    Web,
    /// Exactly these.
    Only(BTreeSet<u16>),
}

impl Ports {
    fn allow(&self, port: u16) -> bool {
        match self {
            Self::Web => matches!(port, 80 | 443 | 1024..),
            Self::Only(ports) => ports.contains(&port),
        }
    }
}

/// The limits of one client. `Policy::default()` fits an importer of public council data.
#[derive(Debug, Clone)]
pub struct Policy {
    /// May loopback, private, shared and unique-local addresses be asked? Only on the operator's explicit word.
    pub allow_private: bool,
    /// Largest body in bytes after decompression; a request may ask for less or more.
    pub max_body_bytes: u64,
    /// Redirects that are followed (inclusive).
    pub max_redirects: usize,
    /// Longest wait for the name and again for the connection with its TLS handshake.
    pub connect_timeout: Duration,
    /// Longest silence of the server.
    pub read_timeout: Duration,
    /// Longest duration of the whole fetch, redirects and body included.
    pub total_timeout: Duration,
    /// Largest header of an answer in bytes.
    pub max_header_bytes: usize,
    /// How we introduce ourselves; visible ASCII.
    pub user_agent: String,
    /// The only hosts that may be asked, exactly as they stand in addresses; `None` for all public ones.
    pub allowed_hosts: Option<BTreeSet<String>>,
    /// The ports that may be asked.
    pub ports: Ports,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            allow_private: false,
            max_body_bytes: 32 * 1024 * 1024,
            max_redirects: 5,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(120),
            max_header_bytes: 32 * 1024,
            user_agent: concat!("Allmende/", env!("CARGO_PKG_VERSION")).to_owned(),
            allowed_hosts: None,
            ports: Ports::Web,
        }
    }
}

impl Policy {
    /// Everything that can be said about a target before its name is looked up.
    ///
    /// # Errors
    /// `outbound-port`, `outbound-host`, `outbound-address`.
    pub(crate) fn check_target(&self, target: &Target) -> Result<(), FetchError> {
        if !self.ports.allow(target.port()) {
            return Err(FetchError::Port(target.port()));
        }
        if let Some(allowed) = &self.allowed_hosts {
            let host = target.host().to_string();
            if !allowed.iter().any(|name| Target::normalised_host(name).as_deref() == Some(host.as_str())) {
                return Err(FetchError::Host(host));
            }
        }
        match target.host() {
            Host::Address(address) => self.check_address(*address),
            // Some resolvers ask the network for such names instead of answering themselves (RFC 6761, 6.3).
            Host::Name(name) if !self.allow_private && is_localhost(name) => Err(FetchError::Host(name.clone())),
            Host::Name(_) => Ok(()),
        }
    }

    /// # Errors
    /// `outbound-address` for an address that this policy does not open.
    pub(crate) fn check_address(&self, address: IpAddr) -> Result<(), FetchError> {
        let class = class_of(address);
        if class.is_reachable(self.allow_private) { Ok(()) } else { Err(FetchError::Address { address, class }) }
    }

    /// All addresses of one name. One forbidden address spoils the others: whoever publishes both hopes that
    /// the check looks at one and the connection takes the other.
    ///
    /// # Errors
    /// `outbound-lookup` without any address, `outbound-address` if none is allowed, `outbound-mixed-addresses`.
    pub(crate) fn check_addresses(&self, addresses: &[IpAddr]) -> Result<(), FetchError> {
        let refused: Vec<FetchError> = addresses.iter().filter_map(|address| self.check_address(*address).err()).collect();
        match refused.into_iter().next() {
            _ if addresses.is_empty() => Err(FetchError::Lookup("no address".to_owned())),
            None => Ok(()),
            Some(_) if addresses.iter().any(|address| self.check_address(*address).is_ok()) => Err(FetchError::MixedAddresses),
            Some(refusal) => Err(refusal),
        }
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_ports_end_where_the_system_services_begin() {
        for (port, allowed) in [(79, false), (80, true), (81, false), (443, true), (444, false), (1023, false)] {
            assert_eq!(Ports::Web.allow(port), allowed, "{port}");
        }
        assert!(Ports::Web.allow(1024) && Ports::Web.allow(65535));
        let only = Ports::Only(BTreeSet::from([22]));
        assert!(only.allow(22) && !only.allow(80));
    }

    #[test]
    fn one_forbidden_address_spoils_the_whole_answer() {
        let check = |list: &[&str]| {
            let addresses: Vec<IpAddr> = list.iter().map(|text| text.parse().unwrap()).collect();
            Policy::default().check_addresses(&addresses).map_err(|error| error.key())
        };
        assert_eq!(check(&["8.8.8.8", "2a00:1450::1"]), Ok(()));
        assert_eq!(check(&["8.8.8.8", "127.0.0.1"]), Err("outbound-mixed-addresses"));
        assert_eq!(check(&["::1", "2a00:1450::1"]), Err("outbound-mixed-addresses"));
        assert_eq!(check(&["10.0.0.1", "::1"]), Err("outbound-address"));
        assert_eq!(check(&[]), Err("outbound-lookup"));
    }
}
