//! Build constraints in file names: `x_linux.go`, `x_arm64_test.go`, `x_linux_arm64.go`. Looks at the name only.

use super::tag::{MACHINES, SYSTEMS, system_or_machine};
use crate::PlatformSet;

/// The platforms that a file's name allows.
///
/// Source: go/build, `goodOSArchFile`. The name counts up to its first dot ("x_linux.pb.go" is constrained) and from its
/// first underscore on ("linux.go" is not); `unix` is no suffix. A system without a port (`x_zos.go`) gives the empty set.
pub fn platforms_of_name(name: &str) -> PlatformSet {
    let stem = name.split('.').next().unwrap_or(name);
    let Some((_, suffixes)) = stem.split_once('_') else { return PlatformSet::ALL };
    let mut words = suffixes.rsplit('_').peekable();
    words.next_if_eq(&"test");
    let Some(last) = words.next() else { return PlatformSet::ALL };
    let set = system_or_machine(last).unwrap_or(PlatformSet::ALL);
    match words.next() {
        Some(system) if SYSTEMS.contains(&system) && MACHINES.contains(&last) => {
            set & system_or_machine(system).unwrap_or(PlatformSet::ALL)
        }
        _ => set,
    }
}
