//! What a finding says. It never decides whether there is one.

use golint_sdk::prelude::*;

use super::escape::{Escape, Reach, Way};
use super::header::Shared;
use super::keepers::Kept;
use super::lifetime::Certainty;

/// The finding for one use, without its fix.
pub(super) fn finding<'f>(
    identifier: Node<'f>,
    variable: &Shared<'f>,
    escape: &Escape<'f>,
    reach: Reach,
    certainty: Certainty,
) -> Finding {
    let name = &variable.name;
    let subject = match reach {
        Reach::Literal => format!("loop variable `{name}` is captured by a function literal"),
        Reach::Address => format!("the address of loop variable `{name}`"),
    };
    let reason = if variable.is_declared {
        format!("all iterations share one `{name}` before Go 1.22")
    } else {
        format!("the loop assigns one `{name}` in all iterations, at every Go version")
    };
    let declared = if variable.is_declared { "one variable for all iterations" } else { "assigned by each iteration" };
    let finding = Finding::at(identifier, format!("{subject} {}: {reason}", what_happens(escape, reach)))
        .label(variable.at, declared)
        .label(escape.at, label(escape))
        .help(help(variable));
    match certainty {
        Certainty::Certain => finding,
        Certainty::Likely => finding.likely(),
    }
}

fn what_happens(escape: &Escape<'_>, reach: Reach) -> String {
    match (escape.way, reach) {
        (Way::Go, Reach::Literal) => "that runs on a goroutine after the iteration".into(),
        (Way::Go, Reach::Address) => "goes to a goroutine that runs after the iteration".into(),
        (Way::Defer, Reach::Literal) => "that runs when the function returns".into(),
        (Way::Defer, Reach::Address) => "goes to a call that runs when the function returns".into(),
        (Way::Stored(..), Reach::Literal) => "that is stored beyond the iteration".into(),
        (Way::Stored(..), Reach::Address) => "is stored beyond the iteration".into(),
        (Way::Sent, Reach::Literal) => "that is sent to be run after the iteration".into(),
        (Way::Sent, Reach::Address) => "is sent beyond the iteration".into(),
        (Way::Kept(keeper), Reach::Literal) => format!("that {} runs after the iteration", keeper.name),
        (Way::Kept(keeper), Reach::Address) => format!("is kept by {} beyond the iteration", keeper.name),
        (Way::Parallel(_), Reach::Literal) => "that goes on as a parallel subtest after the loop".into(),
        (Way::Parallel(_), Reach::Address) => "goes to a parallel subtest that goes on after the loop".into(),
    }
}

fn label(escape: &Escape<'_>) -> &'static str {
    match escape.way {
        Way::Go => "started here, and not waited for before the next iteration",
        Way::Defer => "deferred to the end of the function",
        Way::Stored(..) => "stored here",
        Way::Sent => "sent here",
        Way::Kept(keeper) => match keeper.kept {
            Kept::Group => "started here, and not waited for before the next iteration",
            Kept::Stoppable => "runs later",
            Kept::Handler => "kept for requests that come later",
            Kept::Collector => "kept for the garbage collector",
            Kept::TestEnd => "kept for the end of the test",
        },
        Way::Parallel(_) => "returns when the subtest calls t.Parallel",
    }
}

fn help(variable: &Shared<'_>) -> String {
    let name = &variable.name;
    if variable.is_declared {
        format!("copy it at the start of the body (`{name} := {name}`), pass it as an argument, or move to Go 1.22")
    } else {
        format!("copy it in the body before it is captured (`{name} := {name}`), or pass it as an argument")
    }
}
