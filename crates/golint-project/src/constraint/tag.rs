//! What a single build tag means. Knows go/build's words; everything else is a custom tag.
//!
//! Source: `go help buildconstraint`; go/build, `matchTag`; internal/syslist.

use crate::PlatformSet;

/// What a tag means.
pub(super) enum Meaning {
    /// It holds on these platforms, whatever else is chosen.
    Platforms(PlatformSet),
    /// Chosen with `-tags`, GOEXPERIMENT, `-race` and the like; on other platforms than these it never holds.
    Custom(PlatformSet),
    /// CGO_ENABLED.
    Cgo,
    /// `go1.N`: releases from N on.
    Release(u32),
    /// `gc` or `gccgo`.
    Compiler { gc: bool },
}

/// Values of GOOS that were or are known. Source: internal/syslist, `KnownOS`.
pub(super) const SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

/// Values of GOARCH that were or are known. Source: internal/syslist, `KnownArch`.
pub(super) const MACHINES: &[&str] = &[
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// Systems that satisfy the tag `unix`. Source: internal/syslist, `UnixOS`.
const UNIX: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "linux",
    "netbsd",
    "openbsd",
    "solaris",
];

pub(super) fn meaning(tag: &str) -> Meaning {
    match tag {
        "unix" => return Meaning::Platforms(PlatformSet::of(|p| UNIX.contains(&p.goos))),
        "cgo" => return Meaning::Cgo,
        "gc" => return Meaning::Compiler { gc: true },
        "gccgo" => return Meaning::Compiler { gc: false },
        _ => {}
    }
    if let Some(set) = system_or_machine(tag) {
        return Meaning::Platforms(set);
    }
    // Canonical numbers only: the go command compares names, "go1.05" is nobody's release.
    if let Some(digits) = tag.strip_prefix("go1.")
        && let Ok(minor) = digits.parse::<u32>()
        && minor > 0
        && minor.to_string() == digits
    {
        return Meaning::Release(minor);
    }
    // "amd64.v3", "arm.7": set by GOAMD64 and so on, on that machine only. Source: internal/buildcfg, `gogoarchTags`.
    match tag.split_once('.') {
        Some((machine, _)) if MACHINES.contains(&machine) => Meaning::Custom(PlatformSet::of(|p| p.goarch == machine)),
        _ => Meaning::Custom(PlatformSet::ALL),
    }
}

/// The platforms of a known GOOS or GOARCH, in file names and in constraints; none if the word is neither. Systems that
/// build on another one (android on linux) satisfy that one's tag, too.
pub(super) fn system_or_machine(tag: &str) -> Option<PlatformSet> {
    if SYSTEMS.contains(&tag) {
        return Some(PlatformSet::of(|p| {
            p.goos == tag || matches!((p.goos, tag), ("android", "linux") | ("illumos", "solaris") | ("ios", "darwin"))
        }));
    }
    MACHINES.contains(&tag).then(|| PlatformSet::of(|p| p.goarch == tag))
}

/// The N for which go/build/constraint.GoVersion takes the tag for go1.N. It looks for "go1." anywhere in the tag and
/// reads what follows as a number, leading zeros allowed; "go1" is 0.
pub(super) fn implied_release(tag: &str) -> Option<u32> {
    if tag == "go1" {
        return Some(0);
    }
    let (_, digits) = tag.split_once("go1.")?;
    // A sign cannot occur in a tag, so that parse reads what strconv.Atoi reads.
    let number: i64 = digits.parse().ok()?;
    Some(u32::try_from(number).unwrap_or(u32::MAX))
}
