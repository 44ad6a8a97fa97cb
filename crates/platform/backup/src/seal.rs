//! The seal at the end of a backup: a hash of everything before it, in a frame that other Zstandard readers skip.
//!
//! Compression has checksums of its own, but they leave out bits of its headers. With the seal every single bit counts.

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// A skippable frame of Zstandard: its magic number, the length of what follows, our mark, the hash.
const MAGIC: [u8; 4] = 0x184D_2A5E_u32.to_le_bytes();
const MARK: &[u8; 16] = b"allmende-seal-1\n";
const LENGTH: u32 = 16 + 32;
const FRAME: u64 = 8 + LENGTH as u64;

/// Hashes what is written through it.
pub(crate) struct Hashing<W> {
    inner: W,
    hash: Sha256,
    pub bytes: u64,
}

impl<W> Hashing<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    pub(crate) fn finish(self) -> (W, [u8; 32]) {
        (self.inner, self.hash.finalize().into())
    }

    fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(0);
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.add(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.add(&buffer[..count]);
        Ok(count)
    }
}

/// Writes the seal behind what was written.
pub(crate) fn close<W: Write>(mut writer: Hashing<W>) -> io::Result<W> {
    writer.write_all(&MAGIC)?;
    writer.write_all(&LENGTH.to_le_bytes())?;
    writer.write_all(MARK)?;
    let (mut inner, hash) = writer.finish();
    inner.write_all(&hash)?;
    Ok(inner)
}

/// Checks the seal and returns to the beginning. The result is the length of what is sealed.
pub(crate) fn check(file: &mut (impl Read + Seek)) -> Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    if length < FRAME {
        bail!("this is no backup: it is too short");
    }
    file.seek(SeekFrom::Start(0))?;
    let mut hashed = Hashing::new(Read::take(&mut *file, length - 32));
    io::copy(&mut hashed, &mut io::sink())?;
    let (_, expected) = hashed.finish();
    let mut found = [0; 32];
    file.read_exact(&mut found)?;
    file.seek(SeekFrom::Start(length - FRAME))?;
    let mut frame = [0; 24];
    file.read_exact(&mut frame)?;
    if frame[..4] != MAGIC || frame[8..] != *MARK {
        bail!("this is no backup, or its end is missing");
    }
    if found != expected {
        bail!("the backup is damaged: its seal does not match its content");
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(length - FRAME)
}
