//! The clock of running guests: a thread that raises the engine's epoch while some guest runs, and sleeps otherwise.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use wasmtime::{Engine, EngineWeak};

/// After so many ticks without a guest the thread goes to sleep: waking it costs more than a few idle ticks.
const IDLE_TICKS: u32 = 20;

/// Counts ticks. Ends with its last owner.
pub(super) struct Ticker {
    shared: Arc<Shared>,
}

struct Shared {
    tick: Duration,
    ticks: AtomicU64,
    running: AtomicUsize,
    asleep: AtomicBool,
    ended: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
}

/// While it lives, the clock ticks.
pub(super) struct Running(Arc<Shared>);

impl Ticker {
    /// Starts the clock's thread, asleep.
    pub(super) fn new(engine: &Engine, tick: Duration) -> std::io::Result<Ticker> {
        let shared = Arc::new(Shared {
            // Without a pause the thread would take a whole processor.
            tick: tick.max(Duration::from_millis(1)),
            ticks: AtomicU64::new(0),
            running: AtomicUsize::new(0),
            asleep: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            lock: Mutex::new(()),
            wake: Condvar::new(),
        });
        let (thread, engine) = (shared.clone(), engine.weak());
        // It holds a few words; the default stack would be address space for nothing.
        let builder = std::thread::Builder::new().name("golint-ticker".into()).stack_size(128 << 10);
        builder.spawn(move || thread.run(&engine))?;
        Ok(Ticker { shared })
    }

    /// Says that a guest runs.
    pub(super) fn start(&self) -> Running {
        let shared = &self.shared;
        shared.running.fetch_add(1, Ordering::SeqCst);
        if shared.asleep.load(Ordering::SeqCst) {
            drop(shared.lock.lock().unwrap_or_else(PoisonError::into_inner));
            shared.wake.notify_one();
        }
        Running(shared.clone())
    }

    /// How many ticks a time takes, at least one.
    pub(super) fn ticks_in(&self, time: Duration) -> u64 {
        let ticks = time.as_nanos().div_ceil(self.shared.tick.as_nanos());
        u64::try_from(ticks).unwrap_or(u64::MAX).max(1)
    }

    /// How long so many ticks take.
    pub(super) fn length_of(&self, ticks: u64) -> Duration {
        self.shared.tick.saturating_mul(u32::try_from(ticks).unwrap_or(u32::MAX))
    }

    /// Ticks so far; a cheap clock that only advances while guests run.
    pub(super) fn now(&self) -> u64 {
        self.shared.ticks.load(Ordering::Relaxed)
    }
}

/// How long this thread has had a processor; none where the system does not say.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd", target_vendor = "apple"))]
pub(super) fn thread_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

/// How long this thread has had a processor; none where the system does not say.
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd", target_vendor = "apple")))]
pub(super) fn thread_time() -> Option<Duration> {
    None
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        drop(self.shared.lock.lock().unwrap_or_else(PoisonError::into_inner));
        self.shared.wake.notify_one();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Shared {
    fn run(&self, engine: &EngineWeak) {
        let mut idle = 0;
        while !self.ended.load(Ordering::SeqCst) {
            if self.running.load(Ordering::SeqCst) > 0 {
                idle = 0;
            } else {
                idle += 1;
            }
            if idle > IDLE_TICKS {
                self.sleep();
                idle = 0;
                continue;
            }
            std::thread::sleep(self.tick);
            let Some(engine) = engine.upgrade() else { return };
            self.ticks.fetch_add(1, Ordering::Relaxed);
            engine.increment_epoch();
        }
    }

    /// Waits for a guest or the end.
    fn sleep(&self) {
        let mut guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        // Told before the last look at `running`: whoever starts after that look sees it, and wakes us.
        self.asleep.store(true, Ordering::SeqCst);
        while self.running.load(Ordering::SeqCst) == 0 && !self.ended.load(Ordering::SeqCst) {
            guard = self.wake.wait(guard).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.store(false, Ordering::SeqCst);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_waits_uses_no_processor() {
        let used = || thread_time().expect("the system says");
        let (before, pause) = (used(), Duration::from_millis(50));
        std::thread::sleep(pause);
        assert!(used() - before < pause);
        let before = used();
        while used() == before {
            std::hint::spin_loop();
        }
    }
}
