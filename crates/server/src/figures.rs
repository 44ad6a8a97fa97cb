//! The figures of this process for `/metrics`: what is counted where it happens, shown here.

use anyhow::Result;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::{Arc, OnceLock};

/// Bounds of the histograms, in seconds.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to count and returns what shows the figures. A second start in one process (tests) goes on counting.
///
/// # Errors
/// If something else counts already.
pub fn start() -> Result<Arc<dyn Fn() -> String + Send + Sync>> {
    let handle = match HANDLE.get() {
        Some(handle) => handle,
        None => {
            let recorder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?.build_recorder();
            let handle = HANDLE.get_or_init(|| recorder.handle());
            metrics::set_global_recorder(recorder).map_err(|_| anyhow::anyhow!("figures are counted already"))?;
            keep_small(handle.clone());
            describe();
            handle
        }
    };
    let handle = handle.clone();
    Ok(Arc::new(move || handle.render()))
}

/// Observations wait in memory until they are asked for or put into their histograms.
fn keep_small(handle: PrometheusHandle) {
    let _ = std::thread::Builder::new().name("figures".to_owned()).spawn(move || {
        loop {
            std::thread::sleep(std::time::Duration::from_secs(5));
            handle.run_upkeep();
        }
    });
}

fn describe() {
    use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
    describe_histogram!("allmende_request_seconds", Unit::Seconds, "Time of requests by pattern of the address and class of the answer");
    describe_histogram!("allmende_database_seconds", Unit::Seconds, "Time that a request spent in the database");
    describe_counter!("allmende_statements_total", Unit::Count, "Database statements of requests");
    describe_gauge!("allmende_jobs", Unit::Count, "Jobs in the queue by state");
    describe_gauge!("allmende_job_age_seconds", Unit::Seconds, "How long the oldest untried job has been due");
    describe_counter!("allmende_jobs_total", Unit::Count, "Tries of jobs by kind and outcome");
    describe_histogram!("allmende_job_seconds", Unit::Seconds, "Time of tries by kind of job");
    describe_gauge!("allmende_mails_unsent", Unit::Count, "Mails that have not gone out");
    describe_counter!("allmende_mails_total", Unit::Count, "Tries to send a mail by outcome");
    describe_gauge!("allmende_disk_free_bytes", Unit::Bytes, "Free space on the disk of the data folder");
}
