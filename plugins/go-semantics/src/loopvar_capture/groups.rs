//! `sync.WaitGroup` counts: what waits for it waits for the last signal. It never counts itself.

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee::{self, Callee};
use super::signals::{Awaited, Later};
use super::waits::Wait;

impl<'f> Later<'_, 'f> {
    /// A group that counts: it waits for the last signal, whichever that is, so one behind the use is enough, if it was
    /// counted before anybody waits.
    pub(super) fn is_counted(&self, awaited: &Awaited<'f>, signals: &[Node<'f>]) -> Wait {
        let is_over = |by_place: bool| {
            signals.iter().any(|signal| {
                let is_known = !self.is_elsewhere(*signal) || self.is_elsewhere(self.via);
                (is_known || self.via.start() < signal.start()) && self.is_over_by(*signal, awaited, by_place)
            })
        };
        if self.is_counted_too_late(&awaited.access) {
            return Wait::No;
        }
        match is_over(false) {
            true => Wait::Yes,
            // In a loop: how often it was counted is not known.
            false if is_over(true) => Wait::Perhaps,
            false => Wait::No,
        }
    }

    /// Is it what runs later that adds itself to the group, and nothing else does, so that a wait may come first?
    fn is_counted_too_late(&self, group: &Access<'f>) -> bool {
        let is_add = |call: Node<'f>| {
            matches!(self.flow.callee(call), Callee::Method(operand, name)
                if name.bytes() == b"Add" && !is_done(call) && self.outside(operand).as_ref() == Some(group))
        };
        let adds = self
            .body()
            .is_some_and(|body| self.flow.exchanges(body).iter().any(|n| n.is(kind::CALL_EXPRESSION) && is_add(*n)));
        let is_local = group.steps.is_empty() && group.root.declaration().is_some_and(|d| self.flow.root().contains(d));
        if !adds || !is_local {
            return false;
        }
        let Some(mentions) = self.flow.mentions(group.root) else { return false };
        !mentions.iter().any(|reference| {
            let selector = access::parenthesized(*reference).parent().filter(|p| p.is(kind::SELECTOR_EXPRESSION));
            let method = selector.and_then(|s| s.child(field::FIELD));
            let is_other = method.is_none_or(|m| !matches!(m.bytes(), b"Done" | b"Wait"));
            is_other && !self.run.contains(*reference) && group.root.declaration() != Some(*reference)
        })
    }
}

/// Is it known to be a `sync.WaitGroup`?
pub(super) fn is_wait_group(operand: Node<'_>) -> bool {
    callee::type_name(operand).is_some_and(|name| name == "sync.WaitGroup")
}

/// `wg.Done()` and `wg.Add(-1)`, of a `sync.WaitGroup`.
pub(super) fn is_done(call: Node<'_>) -> bool {
    let Callee::Method(operand, name) = callee::callee_through_variable(call) else { return false };
    let is_negative = || {
        let number = callee::arguments(call).first().and_then(|n| n.constant()).and_then(|n| n.as_i64());
        number.is_some_and(|n| n < 0)
    };
    let counts_down = name.bytes() == b"Done" || name.bytes() == b"Add" && is_negative();
    counts_down && is_wait_group(operand)
}
