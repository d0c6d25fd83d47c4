//! `loopvar-capture`: uses of a variable that all iterations of a loop share, where they can run after the iteration
//! moved on. It reports the use, and never what only might be one: an unknown callee is trusted to use at once what it
//! is given.
//!
//! In order:
//! - which files are worth parsing (`needles`), and which variables the iterations of a loop share (`header`);
//! - where their uses and addresses go: `escape` asks `trail`, which follows one value by its `path`; `keepers` and
//!   `subtests` know callees that run it later;
//! - whether the loop gets to its next iteration before that is over: `lifetime` walks the ways of `control_flow`, with
//!   `jumps` and `terminators`; `stores` looks at what is stored beyond the iteration;
//! - where the loop waits for it: `waits`, with `loops` that wait, the `turns` of receives, the `queues` behind a channel,
//!   `relays` in between and `holders` of what is waited for;
//! - what such a wait is for: `signals` of what runs later, in which `order` it uses the variable and gives them, and
//!   `groups` that count; `frames` are the functions that both sides call;
//! - what is said: nothing of `dead_code`, the `message`, the `copy_fix`.
//!
//! All of them ask `access`, `address` and `callee` what an expression stands for.
//!
//! Sources: the Go specification, "For statements"; go.dev/blog/loopvar-preview; go.dev/wiki/CommonMistakes.

#![allow(clippy::mutable_key_type, reason = "nodes are hashed and compared by their numbers, which never change")]

mod access;
mod address;
mod callee;
mod control_flow;
mod copy_fix;
mod dead_code;
mod escape;
mod frames;
mod groups;
mod header;
mod holders;
mod jumps;
mod keepers;
mod lifetime;
mod loops;
mod message;
mod needles;
mod order;
mod path;
mod queues;
mod relays;
mod signals;
mod stores;
mod subtests;
mod terminators;
mod trail;
mod turns;
mod waits;

use golint_sdk::prelude::*;

use dead_code::DeadCode;
use escape::Escapes;
use header::{Loop, Shared};
use lifetime::Lifetime;

/// See the module.
pub struct LoopvarCapture;

impl Rule for LoopvarCapture {
    type Options = NoOptions;

    /// Of the 44 findings in the tests of vet's loopclosure (golang.org/x/tools v0.52.0) none is missing here; but it knows types of
    /// other packages, so that it sees a group or a test that is somebody's field or result. Of the 17 in the tests of
    /// exportloopref (v0.1.11) three are missing.
    const ATTRIBUTES: &'static [(&'static str, &'static str)] = &[
        ("equivalents", "govet/loopclosure"),
        (
            "overlaps",
            "exportloopref, scopelint, gosec/G601, revive/range-val-in-closure, revive/range-val-address, revive/datarace",
        ),
    ];

    const META: Meta = Meta {
        id: "loopvar-capture",
        summary: "loop variables that are used after the iteration moved on",
        docs: include_str!("loopvar_capture/docs.md"),
        category: "correctness",
        severity: Severity::Error,
        default_on: true,
    };

    fn interests(_: &NoOptions) -> Vec<Interest> {
        needles::interests()
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        // Control flow can't be told where the source did not parse.
        if node.has_error() {
            return;
        }
        let Some(of) = Loop::of(node) else { return };
        let shared = of.shared(declared_are_shared(node.file()));
        if shared.is_empty() {
            return;
        }
        let Some(lifetime) = Lifetime::new(&of) else { return };
        let escapes = Escapes::new(of.body);
        let dead = DeadCode::default();
        for variable in &shared {
            report(&of, &lifetime, &escapes, &dead, variable);
        }
    }
}

/// Before Go 1.22 the variables that a loop declares are those of all its iterations.
fn declared_are_shared(file: &File<'_>) -> bool {
    file.go_version().is_some_and(|v| (v.major, v.minor) < (1, 22))
}

fn report<'f>(
    of: &Loop<'f>,
    lifetime: &Lifetime<'_, 'f>,
    escapes: &Escapes<'f>,
    dead: &DeadCode<'f>,
    variable: &Shared<'f>,
) {
    let fix = copy_fix::copy(of, variable);
    for identifier in &variable.uses {
        let found = escapes.of_use(*identifier).into_iter().find_map(|(escape, reach)| {
            let certainty = lifetime.of_escape(variable, &escape, *identifier, reach)?;
            Some((escape, reach, certainty))
        });
        let Some((escape, reach, certainty)) = found.filter(|_| !dead.contains(*identifier)) else { continue };
        let mut finding = message::finding(*identifier, variable, &escape, reach, certainty);
        if let Some(fix) = &fix {
            finding = finding.fix(fix.clone());
        }
        of.statement.file().report(finding);
    }
}
