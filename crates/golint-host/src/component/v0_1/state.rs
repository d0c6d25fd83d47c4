//! What a store carries: the check that runs in it, its limits, and what it costs.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use wasmtime::UpdateDeadline;

use crate::component::limits::Limits;
use crate::component::ticker::{Ticker, thread_time};
use crate::failure::FailureKind;
use crate::input::Cancel;
use crate::questions::{Fault, GuestLog, Questions};

/// In all, with the host's answers, a call may take this many times its budget.
const WALL_FACTOR: u64 = 20;

/// The data of a store.
pub(super) struct State {
    pub(super) clock: Arc<Ticker>,
    pub(super) measure: bool,
    pub(super) limits: Limits,
    pub(super) log: Rc<GuestLog>,
    /// None outside of a check.
    pub(super) questions: Option<Questions>,
    pub(super) cancel: Option<Cancel>,
    /// Ticks that the guest may use in this call.
    pub(super) budget: u64,
    /// When this call began.
    pub(super) began: u64,
    /// What the thread had used of a processor at this call's first tick, where the system says. Calls that end before
    /// don't pay for the question.
    pub(super) thread_began: Option<Duration>,
    /// Ticks of this call that went by while the host answered.
    pub(super) host_ticks: u64,
    pub(super) host_calls: u64,
    pub(super) host_time: Duration,
    pub(super) bytes_copied: u64,
}

/// The caller cancelled.
#[derive(Debug, thiserror::Error)]
#[error("cancelled")]
pub(super) struct Cancelled;

impl State {
    /// A call begins, with so many ticks for the guest.
    pub(super) fn begin(&mut self, budget: u64) {
        (self.budget, self.began, self.host_ticks) = (budget, self.clock.now(), 0);
        self.thread_began = None;
    }

    /// Looks at a running guest, at each tick.
    pub(super) fn at_tick(&mut self) -> wasmtime::Result<UpdateDeadline> {
        if self.cancel.as_ref().is_some_and(Cancel::is_cancelled) {
            return Err(Cancelled.into());
        }
        let in_all = self.clock.now() - self.began;
        if self.thread_began.is_none() {
            self.thread_began = thread_time();
        }
        if self.is_used_up(in_all) {
            let message = format!("it ran longer than the {} ms that it may take", self.milliseconds(self.budget));
            return Err(Fault { kind: FailureKind::Timeout, message }.into());
        }
        let wall = self.budget.saturating_mul(WALL_FACTOR);
        if in_all >= wall {
            let message = format!("it took longer than {} ms, answers and waiting included", self.milliseconds(wall));
            return Err(Fault { kind: FailureKind::Timeout, message }.into());
        }
        Ok(UpdateDeadline::Continue(1))
    }

    /// Whether the guest had its budget, in a call that has taken so many ticks in all. It is not to blame for the time in
    /// which others had the processor: on a busy machine that can be most of it.
    fn is_used_up(&self, in_all: u64) -> bool {
        let guest = in_all.saturating_sub(self.host_ticks);
        if guest < self.budget {
            return false;
        }
        match (thread_time(), self.thread_began) {
            (Some(now), Some(began)) => {
                // One tick went by before the first look.
                let budget = self.clock.length_of(self.budget.saturating_sub(1));
                share(now.saturating_sub(began), guest, in_all) >= budget
            }
            _ => true,
        }
    }

    fn milliseconds(&self, ticks: u64) -> u128 {
        self.clock.length_of(ticks).as_millis()
    }
}

/// The guest's part of what the thread used of a processor. The host's answers used some of it too: each is taken to have
/// used as much of it as of the time.
fn share(processor: Duration, guest: u64, in_all: u64) -> Duration {
    processor.mul_f64(guest as f64 / in_all.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_answers_used_of_the_processor_is_not_the_guests() {
        let seconds = Duration::from_secs;
        assert_eq!(share(seconds(2), 200, 200), seconds(2));
        assert_eq!(share(seconds(8), 200, 800), seconds(2));
        assert_eq!(share(seconds(2), 0, 0), seconds(0));
    }
}
