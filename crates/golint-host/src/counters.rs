//! What a pack costs, counted over all threads. It never influences a run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts, at some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CounterValues {
    /// Checks, failed ones included.
    pub files: u64,
    /// Time in checks, the host's answers included.
    pub total_time: Duration,
    /// Of it, the time that the host took for answers. Zero unless [`crate::HostOptions::measure_host_time`] is on.
    pub host_time: Duration,
    /// Questions that the pack asked.
    pub host_calls: u64,
    /// Bytes of sources, trees, hits, tables and texts that went into guests.
    pub bytes_copied: u64,
    /// Findings, dropped ones not counted.
    pub findings: u64,
    /// Instances that were made.
    pub instances: u64,
}

impl CounterValues {
    /// Time that the guest itself took.
    pub fn guest_time(&self) -> Duration {
        self.total_time.saturating_sub(self.host_time)
    }
}

/// The living counters behind [`CounterValues`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    files: AtomicU64,
    total_nanos: AtomicU64,
    host_nanos: AtomicU64,
    host_calls: AtomicU64,
    bytes_copied: AtomicU64,
    findings: AtomicU64,
    instances: AtomicU64,
}

impl Counters {
    /// Adds what one check cost. Called once per check, so that threads don't fight for the counters in between.
    pub(crate) fn add(&self, values: &CounterValues) {
        let nanos = |d: Duration| u64::try_from(d.as_nanos()).unwrap_or(u64::MAX);
        for (counter, value) in [
            (&self.files, values.files),
            (&self.total_nanos, nanos(values.total_time)),
            (&self.host_nanos, nanos(values.host_time)),
            (&self.host_calls, values.host_calls),
            (&self.bytes_copied, values.bytes_copied),
            (&self.findings, values.findings),
            (&self.instances, values.instances),
        ] {
            counter.fetch_add(value, Ordering::Relaxed);
        }
    }

    pub(crate) fn values(&self) -> CounterValues {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        CounterValues {
            files: read(&self.files),
            total_time: Duration::from_nanos(read(&self.total_nanos)),
            host_time: Duration::from_nanos(read(&self.host_nanos)),
            host_calls: read(&self.host_calls),
            bytes_copied: read(&self.bytes_copied),
            findings: read(&self.findings),
            instances: read(&self.instances),
        }
    }
}
