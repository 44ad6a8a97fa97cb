//! The log: lines of JSON on what the program did, none on who asked for it.
//!
//! What must not appear is a [`allmende_core::Redacted`] value. Libraries that print addresses of requests are silenced.

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Libraries that name what a client asked for.
const SILENT: [&str; 3] = ["tower_http=off", "hyper=off", "hyper_util=off"];

/// What writes the log. `filter` is such as `info` or `allmende=debug`; one that cannot be read counts as `warn`.
pub fn subscriber<W>(filter: &str, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let mut filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("warn"));
    for directive in SILENT {
        if let Ok(directive) = directive.parse() {
            filter = filter.add_directive(directive);
        }
    }
    tracing_subscriber::fmt().with_env_filter(filter).json().with_writer(writer).finish()
}
