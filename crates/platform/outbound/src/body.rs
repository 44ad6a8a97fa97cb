//! The body of an answer: decompressed, counted, bounded, and known to be whole.
//!
//! Owns the limits on bytes and the time spent waiting for them. Knows nothing of addresses or redirects.
//! Start with [`copy`]. Decompression is done here and not in the HTTP library, so that both the bytes on the
//! wire and the bytes after decompression are counted, and a cut is told from an end.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use flate2::bufread::MultiGzDecoder;

use crate::client::translate;
use crate::error::FetchError;

/// Bytes that compression may add to small bodies; without it, a tight limit would refuse a body that fits.
const COMPRESSION_OVERHEAD_BYTES: u64 = 4 * 1024;
const PORTION_BYTES: usize = 32 * 1024;

/// How the server packed the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Plain,
    Gzip,
}

impl Encoding {
    /// # Errors
    /// `outbound-encoding` for anything we did not ask for.
    pub(crate) fn of(header: Option<&str>) -> Result<Self, FetchError> {
        match header.map(str::trim).unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Self::Plain),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            other => Err(FetchError::Encoding(other.to_owned())),
        }
    }
}

/// Nanoseconds that threads stood still for a server.
#[derive(Debug, Default)]
pub(crate) struct Waited(AtomicU64);

impl Waited {
    pub(crate) fn during<T>(&self, act: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = act();
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.0.fetch_add(nanos, Ordering::Relaxed);
        result
    }

    pub(crate) fn total(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

/// Hands the decompressed body to `sink` in portions and returns the number of bytes.
///
/// # Errors
/// `outbound-too-large` beyond `limit` bytes (inclusive), `outbound-cut-off`, `outbound-timeout`,
/// `outbound-encoding`, and what `sink` reports. Some bytes may have reached `sink` by then.
pub(crate) fn copy(
    wire: impl Read,
    encoding: Encoding,
    limit: u64,
    waited: &Waited,
    mut sink: impl FnMut(&[u8]) -> Result<(), FetchError>,
) -> Result<u64, FetchError> {
    let allowance = match encoding {
        Encoding::Plain => limit,
        Encoding::Gzip => limit.saturating_add(COMPRESSION_OVERHEAD_BYTES),
    };
    let wire = BufReader::with_capacity(PORTION_BYTES, Metered { wire, waited, left: allowance, limit });
    match encoding {
        Encoding::Plain => pump(wire, limit, &mut sink),
        Encoding::Gzip => pump_gzip(wire, limit, &mut sink),
    }
}

fn pump_gzip(mut wire: impl BufRead, limit: u64, sink: &mut impl FnMut(&[u8]) -> Result<(), FetchError>) -> Result<u64, FetchError> {
    // Some servers declare gzip on bodies that are empty (not modified, errors).
    if wire.fill_buf().map_err(read_error)?.is_empty() {
        return Ok(0);
    }
    pump(MultiGzDecoder::new(wire), limit, sink)
}

fn pump(mut reader: impl Read, limit: u64, sink: &mut impl FnMut(&[u8]) -> Result<(), FetchError>) -> Result<u64, FetchError> {
    let mut portion = vec![0; PORTION_BYTES];
    let mut total: u64 = 0;
    loop {
        let count = match reader.read(&mut portion) {
            Ok(0) => return Ok(total),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(read_error(error)),
        };
        total = total.saturating_add(count as u64);
        if total > limit {
            return Err(FetchError::TooLarge(limit));
        }
        sink(&portion[..count])?;
    }
}

/// Counts the bytes on the wire and the time they took.
struct Metered<'a, R> {
    wire: R,
    waited: &'a Waited,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Self { wire, waited, .. } = self;
        let count = waited.during(|| wire.read(buffer))?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(FetchError::TooLarge(self.limit))),
        }
        Ok(count)
    }
}

fn read_error(error: io::Error) -> FetchError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => FetchError::CutOff,
        // So flate2 reports damage.
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => FetchError::Encoding(error.to_string()),
        _ => match error.downcast::<FetchError>() {
            Ok(own) => own,
            Err(error) => match error.downcast::<ureq::Error>() {
                Ok(library) => translate(library),
                Err(error) => FetchError::Connect(error.to_string()),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn read(wire: &[u8], encoding: Encoding, limit: u64) -> Result<Vec<u8>, &'static str> {
        let mut body = Vec::new();
        let sink = |portion: &[u8]| {
            body.extend_from_slice(portion);
            Ok(())
        };
        copy(wire, encoding, limit, &Waited::default(), sink).map_err(|error| error.key())?;
        Ok(body)
    }

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn the_limit_is_inclusive_and_counts_decompressed_bytes() {
        assert_eq!(read(b"12345", Encoding::Plain, 5), Ok(b"12345".to_vec()));
        assert_eq!(read(b"123456", Encoding::Plain, 5), Err("outbound-too-large"));
        assert_eq!(read(&gzip(b"12345"), Encoding::Gzip, 5), Ok(b"12345".to_vec()));
        assert_eq!(read(&gzip(b"123456"), Encoding::Gzip, 5), Err("outbound-too-large"));
        assert_eq!(read(&gzip(&vec![0; 50_000_000]), Encoding::Gzip, 1_000_000), Err("outbound-too-large"));
    }

    #[test]
    fn compressed_bytes_that_yield_nothing_are_counted_too() {
        let empty_members = gzip(b"").repeat(1000);
        assert_eq!(read(&empty_members, Encoding::Gzip, 100), Err("outbound-too-large"));
        assert_eq!(read(&empty_members, Encoding::Gzip, 100_000), Ok(Vec::new()));
    }

    #[test]
    fn damage_is_told_from_a_cut() {
        let whole = gzip(b"the council decides");
        assert_eq!(read(&whole[..whole.len() - 9], Encoding::Gzip, 100), Err("outbound-cut-off"));
        let mut damaged = whole.clone();
        let middle = damaged.len() - 6;
        damaged[middle] ^= 0xff;
        assert_eq!(read(&damaged, Encoding::Gzip, 100), Err("outbound-encoding"));
        assert_eq!(read(b"{\"id\": \"no gzip\"}", Encoding::Gzip, 100), Err("outbound-encoding"));
        assert_eq!(read(b"", Encoding::Gzip, 100), Ok(Vec::new()));
        assert_eq!(read(&[whole.clone(), whole].concat(), Encoding::Gzip, 100).map(|body| body.len()), Ok(38));
    }

    #[test]
    fn only_what_was_asked_for_is_unpacked() {
        assert_eq!(Encoding::of(None), Ok(Encoding::Plain));
        assert_eq!(Encoding::of(Some("Identity")), Ok(Encoding::Plain));
        assert_eq!(Encoding::of(Some(" GZIP ")), Ok(Encoding::Gzip));
        assert_eq!(Encoding::of(Some("x-gzip")), Ok(Encoding::Gzip));
        for other in ["br", "deflate", "gzip, gzip", "zstd"] {
            assert!(Encoding::of(Some(other)).is_err(), "{other}");
        }
    }
}
