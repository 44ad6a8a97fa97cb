//! The one table of limits for all that comes from outside. A limit that is not here does not exist.

use std::time::Duration;

/// Bytes of a form without files.
pub const FORM_BYTES_MAX: usize = 256 * 1024;
/// Bytes of one uploaded file.
pub const UPLOAD_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Uploaded pictures held in memory at once, on their way in. Who comes beyond that is asked to send without one, or later.
pub const PICTURES_HELD_MAX: usize = 16;
/// Pictures taken apart and made anew at once: the largest takes half a gigabyte while that lasts.
pub const PICTURES_WORKED_ON_MAX: usize = 1;
/// Bytes of the address of a request.
pub const ADDRESS_BYTES_MAX: usize = 4 * 1024;
/// Bytes of all headers of a request.
pub const HEADERS_BYTES_MAX: usize = 32 * 1024;
/// A client has so long to send its headers.
pub const HEADERS_TIME_MAX: Duration = Duration::from_secs(10);
/// A request has so long from its headers to its answer.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(60);
/// Connections open at once; further ones wait in the system's queue.
pub const CONNECTIONS_MAX: usize = 4096;
/// Requests worked on at once; who comes beyond that is asked to wait. At a thousand answers a second the last of them waits a fifth of one.
pub const CROWD_MAX: usize = 200;
/// Who is asked to wait waits so long at least and three times as long at the most.
pub const CROWD_WAIT_SECONDS: usize = 5;
/// Open requests have so long to end when the server stops.
pub const DRAIN_TIME_MAX: Duration = Duration::from_secs(20);
/// Rows on one page of a list.
pub const PAGE_ROWS: i64 = 50;
/// Rows on one page of a list of an open interface, if the client asks for no number.
pub const INTERFACE_ROWS: i64 = 100;
/// Rows on one page of a list of an open interface at the most.
pub const INTERFACE_ROWS_MAX: i64 = 500;
/// Characters of a one-line form field.
pub const LINE_CHARS_MAX: usize = 300;
/// Characters of a long form field.
pub const TEXT_CHARS_MAX: usize = 50_000;
/// Characters of a password, so that hashing it stays cheap.
pub const PASSWORD_CHARS_MAX: usize = 200;
/// Days a session lives after it was last used.
pub const SESSION_DAYS: i64 = 30;
/// Less free disk than this, in bytes, and a node calls itself not ready.
pub const DISK_FREE_BYTES_MIN: u64 = 100_000_000;
/// A job may be due for so many seconds without a try before a node calls itself not ready.
pub const QUEUE_AGE_SECONDS_MAX: i64 = 15 * 60;
