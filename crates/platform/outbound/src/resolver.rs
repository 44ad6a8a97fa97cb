//! From a name to the addresses that are connected to: looked up once, checked, pinned.
//!
//! The HTTP library connects only to what [`Pinned`] hands it, so the address that was checked is the address
//! that is asked; a second answer of the name server cannot slip in between. Owns the memory of pins; the rules
//! for addresses are in [`crate::policy`].

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::error::FetchError;
use crate::policy::Policy;
use crate::target::{Host, Target};

/// How long a checked answer serves further requests to the same name.
const PIN_LIFETIME: Duration = Duration::from_secs(60);
/// Names remembered at once; beyond that the memory starts afresh.
const PINS_MAX: usize = 256;
/// Addresses tried for one name. The HTTP library takes at most 16.
const ADDRESSES_MAX: usize = 8;

/// Answers names with addresses. The product asks the operating system; tests answer themselves.
pub trait Lookup: Send + Sync + 'static {
    /// All addresses of a name, in the order in which they should be tried.
    ///
    /// # Errors
    /// Whatever the operating system reports.
    fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// Asks the operating system (hosts file, name service).
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect())
    }
}

impl<F> Lookup for F
where
    F: Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync + 'static,
{
    fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        self(name)
    }
}

/// The gate in front of every connection.
#[derive(Clone)]
pub(crate) struct Pinned {
    policy: Arc<Policy>,
    lookup: Arc<dyn Lookup>,
    pins: Arc<Mutex<HashMap<String, Pin>>>,
}

struct Pin {
    addresses: Vec<IpAddr>,
    since: Instant,
}

impl Pinned {
    pub(crate) fn new(policy: Arc<Policy>, lookup: Arc<dyn Lookup>) -> Self {
        Self { policy, lookup, pins: Arc::default() }
    }

    /// The addresses to connect to, all of them allowed.
    ///
    /// # Errors
    /// `outbound-lookup`, `outbound-timeout` and the refusals of the policy.
    fn checked(&self, host: &Host, within: Duration) -> Result<Vec<IpAddr>, FetchError> {
        match host {
            Host::Address(address) => {
                self.policy.check_address(*address)?;
                Ok(vec![*address])
            }
            Host::Name(name) => {
                if let Some(addresses) = self.pinned(name) {
                    return Ok(addresses);
                }
                let addresses = ask(Arc::clone(&self.lookup), name.clone(), within)?;
                self.policy.check_addresses(&addresses)?;
                self.pin(name, &addresses);
                Ok(addresses)
            }
        }
    }

    fn pinned(&self, name: &str) -> Option<Vec<IpAddr>> {
        let pins = self.pins.lock().unwrap_or_else(PoisonError::into_inner);
        let pin = pins.get(name)?;
        (pin.since.elapsed() < PIN_LIFETIME).then(|| pin.addresses.clone())
    }

    fn pin(&self, name: &str, addresses: &[IpAddr]) {
        let mut pins = self.pins.lock().unwrap_or_else(PoisonError::into_inner);
        if pins.len() >= PINS_MAX {
            pins.clear();
        }
        pins.insert(name.to_owned(), Pin { addresses: addresses.to_vec(), since: Instant::now() });
    }

    /// Looks the host up again next time: nobody answered at the pinned addresses.
    pub(crate) fn forget(&self, host: &Host) {
        if let Host::Name(name) = host {
            self.pins.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        }
    }
}

/// Asks on a thread of its own, because the operating system offers no way to stop a lookup.
fn ask(lookup: Arc<dyn Lookup>, name: String, within: Duration) -> Result<Vec<IpAddr>, FetchError> {
    let (answer, wait) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("lookup".to_owned())
        .spawn(move || {
            // Nobody listens any more if the time ran out; then the answer is simply dropped.
            let _ = answer.send(lookup.addresses(&name));
        })
        .map_err(|error| FetchError::Lookup(error.to_string()))?;
    match wait.recv_timeout(within) {
        Ok(Ok(addresses)) => Ok(addresses),
        Ok(Err(error)) => Err(FetchError::Lookup(error.to_string())),
        Err(RecvTimeoutError::Timeout) => Err(FetchError::Timeout(crate::error::Phase::Lookup)),
        Err(RecvTimeoutError::Disconnected) => Err(FetchError::Lookup("lookup ended".to_owned())),
    }
}

impl Resolver for Pinned {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        // The address is parsed again here, at the last gate, so that no other way into the library goes past it.
        let target = Target::parse(&uri.to_string()).map_err(wrap)?;
        self.policy.check_target(&target).map_err(wrap)?;
        let within = timeout.not_zero().map_or(self.policy.connect_timeout, |left| *left);
        let addresses = self.checked(target.host(), within).map_err(wrap)?;
        let mut resolved = ResolvedSocketAddrs::from_fn(|_| SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)));
        for address in addresses.into_iter().take(ADDRESSES_MAX) {
            resolved.push(SocketAddr::new(address, target.port()));
        }
        Ok(resolved)
    }
}

/// Carries our error through the library; `translate` in [`crate::client`] takes it out again.
pub(crate) fn wrap(error: FetchError) -> ureq::Error {
    ureq::Error::Other(Box::new(error))
}

impl fmt::Debug for Pinned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pinned").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_name_that_changes_its_mind_is_asked_once_and_then_refused() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let public: IpAddr = "8.8.8.8".parse().unwrap();
        let rebinding = move |_: &str| {
            let first = count.fetch_add(1, Ordering::SeqCst) == 0;
            Ok(vec![if first { public } else { IpAddr::from([127, 0, 0, 1]) }])
        };
        let gate = Pinned::new(Arc::new(Policy::default()), Arc::new(rebinding));
        let host = Host::Name("rebind.example".to_owned());
        for _ in 0..3 {
            assert_eq!(gate.checked(&host, Duration::from_secs(1)), Ok(vec![public]));
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        gate.forget(&host);
        let refused = gate.checked(&host, Duration::from_secs(1)).unwrap_err();
        assert_eq!(refused.key(), "outbound-address");
        assert!(gate.pinned("rebind.example").is_none(), "a refused answer is not remembered");
    }

    #[test]
    fn a_silent_name_service_costs_no_more_than_the_given_time() {
        let (release, held) = mpsc::channel::<()>();
        let held = Mutex::new(held);
        let silent = move |_: &str| {
            let _ = held.lock().unwrap().recv();
            Ok(Vec::new())
        };
        let gate = Pinned::new(Arc::new(Policy::default()), Arc::new(silent));
        let result = gate.checked(&Host::Name("a.de".to_owned()), Duration::from_millis(20));
        assert_eq!(result, Err(FetchError::Timeout(crate::error::Phase::Lookup)));
        drop(release);
    }

    #[test]
    fn the_memory_of_pins_is_bounded() {
        let gate = Pinned::new(Arc::new(Policy::default()), Arc::new(SystemLookup));
        for number in 0..=PINS_MAX {
            gate.pin(&format!("{number}.de"), &[]);
        }
        assert_eq!(gate.pins.lock().unwrap().len(), 1);
    }
}
