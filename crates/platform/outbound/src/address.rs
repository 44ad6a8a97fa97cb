//! Which internet addresses the product may speak to.
//!
//! Owns the classes of addresses and the one question "may we connect there?". Pure: knows no names, no
//! sockets and no URLs. Start with [`class_of`].

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is for. Source: IANA special-purpose address registries for IPv4 and IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressClass {
    /// Reachable from anywhere.
    Public,
    /// This machine.
    Loopback,
    /// A network of the house (RFC 1918).
    Private,
    /// Shared between a provider and its customers (RFC 6598).
    Shared,
    /// The IPv6 counterpart of a private network (RFC 4193).
    UniqueLocal,
    /// One cable or one virtual machine; the credentials service of rented machines lives here.
    LinkLocal,
    /// Many receivers at once, broadcast included.
    Multicast,
    /// No address at all.
    Unspecified,
    /// Examples in documents.
    Documentation,
    /// An IPv4 address wrapped in an IPv6 address: mapped, compatible, NAT64, 6to4, Teredo.
    Embedded,
    /// Anything else that is not assigned to the public internet.
    Reserved,
}

impl AddressClass {
    /// May we connect? Public addresses always; the operator's own networks (loopback, private, shared,
    /// unique-local) only with `allow_private`; everything else never, because no council server lives there.
    #[must_use]
    pub fn is_reachable(self, allow_private: bool) -> bool {
        match self {
            Self::Public => true,
            Self::Loopback | Self::Private | Self::Shared | Self::UniqueLocal => allow_private,
            Self::LinkLocal | Self::Multicast | Self::Unspecified | Self::Documentation | Self::Embedded | Self::Reserved => false,
        }
    }
}

impl fmt::Display for AddressClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::Shared => "shared",
            Self::UniqueLocal => "unique-local",
            Self::LinkLocal => "link-local",
            Self::Multicast => "multicast",
            Self::Unspecified => "unspecified",
            Self::Documentation => "documentation",
            Self::Embedded => "embedded",
            Self::Reserved => "reserved",
        })
    }
}

/// The class of an address. What is not known to be public is not public.
#[must_use]
pub fn class_of(address: IpAddr) -> AddressClass {
    match address {
        IpAddr::V4(address) => class_of_v4(address),
        IpAddr::V6(address) => class_of_v6(address),
    }
}

fn class_of_v4(address: Ipv4Addr) -> AddressClass {
    match address.octets() {
        [0, 0, 0, 0] => AddressClass::Unspecified,
        [127, ..] => AddressClass::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => AddressClass::Private,
        [100, 64..=127, ..] => AddressClass::Shared,
        [169, 254, ..] => AddressClass::LinkLocal,
        [224..=239, ..] | [255, 255, 255, 255] => AddressClass::Multicast,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => AddressClass::Documentation,
        // "This network", protocol assignments, the retired 6to4 relay, benchmarks, the never opened class E.
        [0, ..] | [192, 0, 0, _] | [192, 88, 99, _] | [198, 18..=19, ..] | [240..=255, ..] => AddressClass::Reserved,
        _ => AddressClass::Public,
    }
}

fn class_of_v6(address: Ipv6Addr) -> AddressClass {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => AddressClass::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => AddressClass::Loopback,
        // ::a.b.c.d, ::ffff:a.b.c.d and ::ffff:0:a.b.c.d all lie in ::/64; NAT64 is 64:ff9b::/96 and 64:ff9b:1::/48;
        // 6to4 is 2002::/16, Teredo 2001::/32.
        [0, 0, 0, 0, ..] | [0x64, 0xff9b, ..] | [0x2002, ..] | [0x2001, 0, ..] => AddressClass::Embedded,
        [0xfe80..=0xfebf, ..] => AddressClass::LinkLocal,
        // Site-local addresses are retired, but some houses still use them.
        [0xfec0..=0xfeff, ..] => AddressClass::Private,
        [0xfc00..=0xfdff, ..] => AddressClass::UniqueLocal,
        [0xff00..=0xffff, ..] => AddressClass::Multicast,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => AddressClass::Documentation,
        // 2001::/23 is for protocols; only 2000::/3 is given out to the public.
        [0x2001, 0..=0x01ff, ..] => AddressClass::Reserved,
        [0x2000..=0x3fff, ..] => AddressClass::Public,
        _ => AddressClass::Reserved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(class: AddressClass, addresses: &[&str]) {
        for text in addresses {
            assert_eq!(class_of(text.parse().unwrap()), class, "{text}");
        }
    }

    #[test]
    fn both_edges_of_every_range_have_the_right_class() {
        use AddressClass::*;
        check(Unspecified, &["0.0.0.0", "::"]);
        check(Loopback, &["127.0.0.0", "127.255.255.255", "::1"]);
        check(Private, &["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0"]);
        check(Private, &["192.168.255.255", "fec0::", "feff:ffff::1"]);
        check(Shared, &["100.64.0.0", "100.127.255.255"]);
        check(UniqueLocal, &["fc00::", "fdff:ffff::1"]);
        check(LinkLocal, &["169.254.0.0", "169.254.169.254", "169.254.255.255", "fe80::", "febf:ffff::1"]);
        check(Multicast, &["224.0.0.0", "239.255.255.255", "255.255.255.255", "ff00::", "ff02::1"]);
        check(Documentation, &["192.0.2.0", "198.51.100.255", "203.0.113.7", "2001:db8::", "3fff:fff:ffff::1"]);
        check(Embedded, &["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::2", "::ffff:0:127.0.0.1"]);
        check(Embedded, &["64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001::1", "2001:0:ffff::1"]);
        check(Reserved, &["0.0.0.1", "0.255.255.255", "192.0.0.1", "192.88.99.1", "198.18.0.0", "198.19.255.255"]);
        check(Reserved, &["240.0.0.0", "255.255.255.254", "2001:1::", "2001:1ff::1", "100::1", "5f00::1", "4000::"]);
        check(Public, &["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"]);
        check(Public, &["128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"]);
        check(Public, &["192.167.255.255", "192.169.0.0", "192.0.1.0", "192.0.3.0", "198.17.255.255", "198.20.0.0"]);
        check(Public, &["223.255.255.255", "2001:200::", "2001:db7::1", "2001:db9::1", "2a00:1450::1", "3ffe::1"]);
        check(Public, &["3fff:1000::1", "2000::1"]);
    }

    #[test]
    fn the_operators_word_opens_own_networks_and_nothing_else() {
        use AddressClass::*;
        for class in [Loopback, Private, Shared, UniqueLocal] {
            assert!(!class.is_reachable(false) && class.is_reachable(true), "{class}");
        }
        for class in [LinkLocal, Multicast, Unspecified, Documentation, Embedded, Reserved] {
            assert!(!class.is_reachable(false) && !class.is_reachable(true), "{class}");
        }
        assert!(Public.is_reachable(false) && Public.is_reachable(true));
    }
}
