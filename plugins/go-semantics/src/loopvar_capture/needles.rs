//! Which files are worth parsing: those that can hold a finding, by their bytes alone. Formatting may be odd, so a needle
//! asks for less than gofmt's output would allow.

use golint_sdk::prelude::*;

pub(super) fn interests() -> Vec<Interest> {
    vec![
        Interest::in_nodes([kind::FOR_STATEMENT])
            .before_go(1, 22)
            .requires(Needle::literal("for"))
            .requires(Needle::literal(":=")),
        Interest::in_nodes([kind::FOR_STATEMENT]).requires(Needle::literal("for")),
    ]
}
