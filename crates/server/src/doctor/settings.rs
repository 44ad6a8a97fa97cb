//! Settings that contradict one another or are not safe. Pure: asks neither disk nor network.

use super::Finding;
use crate::config::{Config, KEYS, variable_of};
use allmende_platform::mail::{Encryption, check_address};
use std::net::{SocketAddr, ToSocketAddrs};

/// Variables that are no keys and still ours.
const OTHER_VARIABLES: [&str; 1] = ["ALLMENDE_DATA"];
/// Shorter tokens can be guessed.
const TOKEN_CHARS_MIN: usize = 20;

/// Variables that look like ours and are not: usually a slip of the pen.
#[must_use]
pub fn variables(variables: &[(String, String)]) -> Vec<Finding> {
    let known = |name: &str| OTHER_VARIABLES.contains(&name) || name.starts_with("ALLMENDE_TEST_") || KEYS.iter().any(|key| variable_of(key) == name);
    variables
        .iter()
        .filter(|(name, _)| name.starts_with("ALLMENDE_") && !known(name))
        .map(|(name, _)| Finding::warning("environment", format!("{name} is no key of the configuration"), "Remove it or correct its name."))
        .collect()
}

/// The settings among themselves.
#[must_use]
pub fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = network(config);
    findings.extend(threads(config));
    findings.extend(mail(config));
    match config.tiles() {
        Err(reason) => findings.push(Finding::error("map", format!("{reason:#}"), "Correct it, or leave `map.tiles` empty: maps then show boundaries.")),
        Ok(Some(tiles)) => findings.push(Finding::warning(
            "map",
            format!("browsers on the map page ask {} for pictures and tell it their address", tiles.origin()),
            "Name that server in the privacy statement, or leave `map.tiles` empty.",
        )),
        Ok(None) => {}
    }
    findings
}

/// Whether anybody but this machine can reach an address to listen on; nothing if it is no address.
pub(super) fn is_public(listen: &str) -> Option<bool> {
    let address = listen.parse::<SocketAddr>().ok().or_else(|| listen.to_socket_addrs().ok()?.next())?;
    Some(!address.ip().to_canonical().is_loopback())
}

fn network(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    match is_public(&config.listen) {
        None => findings.push(Finding::error("listen", format!("`listen` is no address with a port: {}", config.listen), "Use the form 127.0.0.1:8080.")),
        Some(true) if config.behind_proxy => findings.push(Finding::error(
            "proxy",
            "with `behind_proxy` others than the proxy can reach the program and pretend to be any client",
            "Listen on 127.0.0.1, or let a firewall admit the proxy only.",
        )),
        Some(true) if config.server_timing => {
            findings.push(Finding::warning("server-timing", "`server_timing` tells strangers how long things take inside", "Set it to false."));
        }
        Some(_) => {}
    }
    let token = config.metrics_token.reveal();
    if !token.is_empty() && token.chars().count() < TOKEN_CHARS_MIN {
        findings.push(Finding::error("metrics", "`metrics_token` is short enough to be guessed", "Take at least 20 random characters."));
    }
    if config.target(std::path::Path::new("")).is_err() {
        findings.push(Finding::error("database", "`database` begins neither with postgres:// nor with sqlite:", "Correct it, or leave it empty for SQLite."));
    }
    findings
}

fn threads(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.readers > 64 {
        findings.push(Finding::warning("readers", format!("`readers` is {}, 64 are used at the most", config.readers), "Set 0: the program chooses."));
    }
    if !(1..=16).contains(&config.job_threads) {
        findings.push(Finding::warning("job-threads", format!("`job_threads` is {}, outside of 1 to 16", config.job_threads), "Set 2."));
    }
    if tracing_subscriber::EnvFilter::try_new(&config.log).is_err() {
        findings.push(Finding::error("log", format!("`log` cannot be read: {}", config.log), "Use warn, info or a form such as allmende=debug."));
    }
    findings
}

fn mail(config: &Config) -> Vec<Finding> {
    let mail = &config.mail;
    let mut findings = Vec::new();
    let mut add = |finding: Finding| findings.push(finding);
    if mail.host.is_empty() && mail.sink.is_empty() {
        add(Finding::warning("mail", "mail is not set up: no invitations, no new passwords by mail", "Set `mail.host` and `mail.from`."));
        return findings;
    }
    if !mail.host.is_empty() && !mail.sink.is_empty() {
        add(Finding::warning("mail-sink", "`mail.sink` takes all mails: nothing reaches `mail.host`", "Remove one of the two."));
    }
    if mail.from.is_empty() {
        add(Finding::error("mail-from", "`mail.from` is missing: no mail can be sent", "Set the address from which sites write."));
    } else if check_address(&mail.from).is_err() {
        add(Finding::error("mail-from", "`mail.from` is no mail address", "Use the form name@example.org, without a name before it."));
    }
    for (site, _) in mail.sites.iter().filter(|(_, address)| check_address(address).is_err()) {
        add(Finding::error("mail-sites", format!("the address of {site} in `mail.sites` is no mail address"), "Use the form name@example.org."));
    }
    if mail.user.is_empty() != mail.password.reveal().is_empty() {
        add(Finding::error("mail-password", "`mail.user` and `mail.password` belong together, one is missing", "Set both or none."));
    }
    let is_here = matches!(mail.host.as_str(), "localhost" | "127.0.0.1" | "::1" | "");
    if mail.encryption == Encryption::None && !is_here {
        let (has_password, text) = (!mail.user.is_empty(), "mails travel to `mail.host` readable for everybody on the way");
        let advice = "Set `mail.encryption` to starttls or tls.";
        add(if has_password {
            Finding::error("mail-encryption", format!("{text}, and so does the password"), advice)
        } else {
            Finding::warning("mail-encryption", text, advice)
        });
    }
    if !(1..=300).contains(&mail.timeout_seconds) {
        add(Finding::warning("mail-timeout", "`mail.timeout_seconds` is outside of 1 to 300", "Set 20."));
    }
    findings
}
