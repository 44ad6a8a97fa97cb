//! Load on one address, or on many in turn, with wrk, and what it says.
//!
//! Start at [`measure`].

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// One thread for the load, because server and load share the cores; as many connections as the bar names.
const ARGUMENTS: &[&str] = &["-t1", "-c32", "-d10s", "--latency"];

/// What wrk measured.
#[derive(Debug, PartialEq)]
pub struct Load {
    /// Requests per second.
    pub per_second: f64,
    /// Half of the answers came within this many milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 answers came within this many milliseconds.
    pub p99_ms: f64,
}

/// Asks for a path for ten seconds.
///
/// # Errors
/// When wrk fails or an answer was no success.
pub fn measure(address: SocketAddr, path: &str) -> Result<Load> {
    let text = process::output(Command::new("wrk").args(ARGUMENTS).arg(format!("http://{address}{path}")))?;
    parse(&text).with_context(|| format!("{path}\n{text}"))
}

/// As [`measure`], for many paths in turn; the list for wrk is written into a folder.
///
/// # Errors
/// As [`measure`]; when the list cannot be written.
pub fn measure_each(address: SocketAddr, paths: &[&str], folder: &Path) -> Result<Load> {
    let list = folder.join("paths.lua");
    let quoted: Vec<String> = paths.iter().map(|path| format!("{path:?}")).collect();
    let next = "local next = 0\nrequest = function()\n next = next % #paths + 1\n return wrk.format(\"GET\", paths[next])\nend\n";
    std::fs::write(&list, format!("local paths = {{{}}}\n{next}", quoted.join(",\n")))?;
    let text = process::output(Command::new("wrk").args(ARGUMENTS).arg("-s").arg(&list).arg(format!("http://{address}")))?;
    parse(&text).with_context(|| format!("{} and others\n{text}", paths.first().unwrap_or(&"nothing")))
}

fn parse(text: &str) -> Result<Load> {
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        bail!("not every answer was a success");
    }
    let after = |label: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(label));
        line.map(str::trim).with_context(|| format!("wrk does not say `{label}`"))
    };
    Ok(Load { per_second: after("Requests/sec:")?.parse()?, p50_ms: milliseconds(after("50%")?)?, p99_ms: milliseconds(after("99%")?)? })
}

/// wrk writes `930.00us`, `5.04ms`, `1.20s`.
fn milliseconds(text: &str) -> Result<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)];
    for (unit, factor) in units {
        if let Some(number) = text.strip_suffix(unit) {
            return Ok(number.parse::<f64>()? * factor);
        }
    }
    bail!("`{text}` is no duration")
}

#[cfg(test)]
mod tests {
    use super::{Load, milliseconds, parse};

    const TEXT: &str = "\
Running 10s test @ http://127.0.0.1:8080/
  1 threads and 32 connections
  Latency Distribution
     50%  930.00us
     75%    1.20ms
     90%    2.00ms
     99%    5.04ms
  98765 requests in 10.00s, 1.00GB read
Requests/sec:   9876.50
Transfer/sec:    100.00MB
";

    #[test]
    fn figures_are_read_in_milliseconds() {
        assert_eq!(parse(TEXT).unwrap(), Load { per_second: 9876.5, p50_ms: 0.93, p99_ms: 5.04 });
        assert!((milliseconds("1.20s").unwrap() - 1200.0).abs() < 1e-9);
        assert!(milliseconds("12").is_err());
    }

    #[test]
    fn errors_under_load_are_no_measurement() {
        assert!(parse(&format!("{TEXT}  Non-2xx or 3xx responses: 3\n")).is_err());
        assert!(parse(&format!("{TEXT}  Socket errors: connect 0, read 1\n")).is_err());
        assert!(parse("").is_err());
    }
}
