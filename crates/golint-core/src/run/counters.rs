//! What a run took: files, time by phase, and what each pack cost. It never influences a run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use golint_host::CounterValues;
use serde_json::{Map, Value, json};

use crate::outcome::FileState;

/// The numbers of a run. Times are sums over all threads, except for the elapsed one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counters {
    /// Files that were to be checked.
    pub walked: u64,
    /// Files that were parsed.
    pub parsed: u64,
    /// Files that were not: no rule could care, or one of the reasons below.
    pub skipped: u64,
    /// Of the skipped ones: those whose results an earlier run had found.
    pub kept: u64,
    /// Of the skipped ones: named in `exclude`.
    pub excluded: u64,
    /// Of the skipped ones: generated.
    pub generated: u64,
    /// Of the skipped ones: built for none of the platforms that matter.
    pub other_platforms: u64,
    /// Files that the configuration leaves no rule for; what is turned off file by file does not count.
    pub without_rules: u64,
    /// Files with syntax errors.
    pub syntax_errors: u64,
    /// Bytes of the files that were read.
    pub bytes_read: u64,
    /// Bytes of the files that were parsed.
    pub bytes_parsed: u64,
    /// Nodes of the files that were parsed.
    pub nodes: u64,
    /// Time in each phase.
    pub phases: Vec<(&'static str, Duration)>,
    /// What each pack cost.
    pub packs: Vec<(String, CounterValues)>,
}

impl Counters {
    /// Why files were not checked that could have been: how many there are, and what they are.
    pub fn not_checked(&self) -> Vec<(u64, &'static str)> {
        let counts = [
            (self.generated, FileState::Generated),
            (self.excluded, FileState::Excluded),
            (self.other_platforms, FileState::OtherPlatforms),
        ];
        let reasons = counts.into_iter().filter(|(count, _)| *count > 0);
        reasons.filter_map(|(count, state)| Some((count, state.reason()?))).collect()
    }

    /// As reports carry it.
    pub fn to_json(&self, elapsed: Duration) -> Value {
        let mut object = Map::new();
        object.insert("elapsed_ms".into(), milliseconds(elapsed));
        for (name, value) in [
            ("walked", self.walked),
            ("parsed", self.parsed),
            ("skipped", self.skipped),
            ("syntax_errors", self.syntax_errors),
            ("kept", self.kept),
            ("excluded", self.excluded),
            ("generated", self.generated),
            ("other_platforms", self.other_platforms),
            ("bytes_read", self.bytes_read),
            ("bytes_parsed", self.bytes_parsed),
            ("nodes", self.nodes),
        ] {
            object.insert(name.into(), value.into());
        }
        let phases = self.phases.iter().map(|(name, time)| ((*name).to_owned(), milliseconds(*time)));
        object.insert("phases_ms".into(), Value::Object(phases.collect()));
        let packs = self.packs.iter().map(|(name, cost)| {
            let cost = json!({
                "files": cost.files,
                "total_ms": milliseconds(cost.total_time),
                "guest_ms": milliseconds(cost.guest_time()),
                "host_calls": cost.host_calls,
                "bytes_copied": cost.bytes_copied,
                "findings": cost.findings,
                "instances": cost.instances,
            });
            (name.clone(), cost)
        });
        object.insert("packs".into(), Value::Object(packs.collect()));
        Value::Object(object)
    }

    /// Adds another run, as the rounds of fixes do. Files are those of the first run.
    pub(crate) fn add_round(&mut self, other: &Counters) {
        self.bytes_read += other.bytes_read;
        self.bytes_parsed += other.bytes_parsed;
        self.nodes += other.nodes;
        for ((_, mine), (_, theirs)) in self.phases.iter_mut().zip(&other.phases) {
            *mine += *theirs;
        }
        for (name, theirs) in &other.packs {
            match self.packs.iter_mut().find(|(mine, _)| mine == name) {
                Some((_, mine)) => *mine = sum(*mine, *theirs),
                None => self.packs.push((name.clone(), *theirs)),
            }
        }
    }
}

/// In whole microseconds, so that numbers stay short.
fn milliseconds(time: Duration) -> Value {
    json!(time.as_micros() as f64 / 1000.0)
}

/// What a pack cost between two moments.
pub(crate) fn difference(after: CounterValues, before: CounterValues) -> CounterValues {
    CounterValues {
        files: after.files - before.files,
        total_time: after.total_time.saturating_sub(before.total_time),
        host_time: after.host_time.saturating_sub(before.host_time),
        host_calls: after.host_calls - before.host_calls,
        bytes_copied: after.bytes_copied - before.bytes_copied,
        findings: after.findings - before.findings,
        instances: after.instances - before.instances,
    }
}

fn sum(a: CounterValues, b: CounterValues) -> CounterValues {
    CounterValues {
        files: a.files + b.files,
        total_time: a.total_time + b.total_time,
        host_time: a.host_time + b.host_time,
        host_calls: a.host_calls + b.host_calls,
        bytes_copied: a.bytes_copied + b.bytes_copied,
        findings: a.findings + b.findings,
        instances: a.instances + b.instances,
    }
}

/// The phases of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Phase {
    Known,
    Read,
    Prefilter,
    Parse,
    Hits,
    Packs,
    Finish,
}

impl Phase {
    const NAMES: [&'static str; 7] = ["known", "read", "prefilter", "parse", "hits", "packs", "finish"];
}

/// Measures phases, from all threads.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch {
    nanos: [AtomicU64; Phase::NAMES.len()],
}

impl Stopwatch {
    /// Runs `work` and adds its time to the phase.
    pub(crate) fn time<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        let nanos = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanos[phase as usize].fetch_add(nanos, Ordering::Relaxed);
        result
    }

    /// The phases in their order.
    pub(crate) fn phases(&self) -> Vec<(&'static str, Duration)> {
        let time = |nanos: &AtomicU64| Duration::from_nanos(nanos.load(Ordering::Relaxed));
        Phase::NAMES.into_iter().zip(self.nanos.iter().map(time)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_come_in_their_order() {
        let watch = Stopwatch::default();
        assert_eq!(watch.time(Phase::Parse, || 7), 7);
        let counters = Counters {
            walked: 3,
            parsed: 1,
            skipped: 2,
            phases: watch.phases(),
            packs: vec![("linux".into(), CounterValues { files: 1, ..CounterValues::default() })],
            ..Counters::default()
        };
        let json = counters.to_json(Duration::from_micros(1500));
        let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(keys[..5], ["elapsed_ms", "walked", "parsed", "skipped", "syntax_errors"]);
        assert_eq!(json["elapsed_ms"], 1.5);
        assert_eq!(json["packs"]["linux"]["files"], 1);
        assert!(json["phases_ms"]["parse"].as_f64().unwrap() >= 0.0);
    }

    #[test]
    fn rounds_add_up() {
        let cost = CounterValues { files: 2, ..CounterValues::default() };
        let round = Counters { walked: 5, bytes_read: 10, packs: vec![("a".into(), cost)], ..Counters::default() };
        let mut all = round.clone();
        all.add_round(&round);
        assert_eq!((all.walked, all.bytes_read, all.packs[0].1.files), (5, 20, 4));
        assert_eq!(difference(all.packs[0].1, cost), cost);
    }
}
