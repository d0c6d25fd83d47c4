//! What a store carries: the check that runs in it, its limits, and what it costs.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use wasmtime::UpdateDeadline;

use crate::component::limits::Limits;
use crate::component::ticker::Ticker;
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
    /// Looks at a running guest, at each tick.
    pub(super) fn at_tick(&self) -> wasmtime::Result<UpdateDeadline> {
        if self.cancel.as_ref().is_some_and(Cancel::is_cancelled) {
            return Err(Cancelled.into());
        }
        let in_all = self.clock.now() - self.began;
        if in_all.saturating_sub(self.host_ticks) >= self.budget {
            let message = format!("it ran longer than the {} ms that it may take", self.milliseconds(self.budget));
            return Err(Fault { kind: FailureKind::Timeout, message }.into());
        }
        let wall = self.budget.saturating_mul(WALL_FACTOR);
        if in_all >= wall {
            let message = format!(
                "it asked so much that it took longer than {} ms, the answers included",
                self.milliseconds(wall)
            );
            return Err(Fault { kind: FailureKind::Timeout, message }.into());
        }
        Ok(UpdateDeadline::Continue(1))
    }

    fn milliseconds(&self, ticks: u64) -> u128 {
        self.clock.length_of(ticks).as_millis()
    }
}
