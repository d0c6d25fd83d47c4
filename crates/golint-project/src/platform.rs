//! The platforms that Go can build for, and sets of them.
//!
//! The table is append-only: the position of an entry is its number in rule packs, caches and configuration. Entries are
//! never moved, changed or removed. This module knows nothing of build tags; see [`crate::constraint`].

use std::fmt;
use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not, Sub};

/// A pair of operating system and machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    /// As in the environment variable GOOS.
    pub goos: &'static str,
    /// As in the environment variable GOARCH.
    pub goarch: &'static str,
    /// Size of a pointer, `uint` and `uintptr`, in bytes: 4 or 8.
    pub pointer_size: u8,
    /// Whether the go command can use cgo there at all.
    pub cgo: bool,
}

impl fmt::Display for Platform {
    /// As `go tool dist list` prints it: "linux/amd64".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.goos, self.goarch)
    }
}

/// Every pair that `go tool dist list` knows, in an order that is frozen.
///
/// Source: `go tool dist list -json` of Go 1.26 (the pairs and `CgoSupported`); `PtrSize` of internal/goarch. wasm has
/// 8-byte pointers in Go.
pub static PLATFORMS: &[Platform] = &TABLE;

const TABLE: [Platform; 47] = [
    wide("aix", "ppc64"),
    narrow("android", "386"),
    wide("android", "amd64"),
    narrow("android", "arm"),
    wide("android", "arm64"),
    wide("darwin", "amd64"),
    wide("darwin", "arm64"),
    wide("dragonfly", "amd64"),
    narrow("freebsd", "386"),
    wide("freebsd", "amd64"),
    narrow("freebsd", "arm"),
    wide("freebsd", "arm64"),
    wide("illumos", "amd64"),
    wide("ios", "amd64"),
    wide("ios", "arm64"),
    wide("js", "wasm").without_cgo(),
    narrow("linux", "386"),
    wide("linux", "amd64"),
    narrow("linux", "arm"),
    wide("linux", "arm64"),
    wide("linux", "loong64"),
    narrow("linux", "mips"),
    wide("linux", "mips64"),
    wide("linux", "mips64le"),
    narrow("linux", "mipsle"),
    wide("linux", "ppc64").without_cgo(),
    wide("linux", "ppc64le"),
    wide("linux", "riscv64"),
    wide("linux", "s390x"),
    narrow("netbsd", "386"),
    wide("netbsd", "amd64"),
    narrow("netbsd", "arm"),
    wide("netbsd", "arm64"),
    narrow("openbsd", "386"),
    wide("openbsd", "amd64"),
    narrow("openbsd", "arm"),
    wide("openbsd", "arm64"),
    wide("openbsd", "ppc64").without_cgo(),
    wide("openbsd", "riscv64"),
    narrow("plan9", "386").without_cgo(),
    wide("plan9", "amd64").without_cgo(),
    narrow("plan9", "arm").without_cgo(),
    wide("solaris", "amd64"),
    wide("wasip1", "wasm").without_cgo(),
    narrow("windows", "386"),
    wide("windows", "amd64"),
    wide("windows", "arm64"),
];

const fn wide(goos: &'static str, goarch: &'static str) -> Platform {
    Platform { goos, goarch, pointer_size: 8, cgo: true }
}

const fn narrow(goos: &'static str, goarch: &'static str) -> Platform {
    Platform { goos, goarch, pointer_size: 4, cgo: true }
}

impl Platform {
    const fn without_cgo(self) -> Platform {
        Platform { cgo: false, ..self }
    }
}

const WORDS: usize = TABLE.len().div_ceil(64);

/// A set of entries of [`PLATFORMS`]: bit `i % 64` of word `i / 64` stands for entry `i`.
///
/// Small and `Copy`. Bits that stand for no entry are always 0, so that equal sets compare equal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlatformSet {
    words: [u64; WORDS],
}

impl PlatformSet {
    /// No platform.
    pub const EMPTY: PlatformSet = PlatformSet { words: [0; WORDS] };

    /// Every platform of the table.
    pub const ALL: PlatformSet = {
        let mut words = [0; WORDS];
        let mut i = 0;
        while i < TABLE.len() {
            words[i / 64] |= 1 << (i % 64);
            i += 1;
        }
        PlatformSet { words }
    };

    /// The platform at this place of the table alone; empty if there is none.
    pub fn single(index: usize) -> PlatformSet {
        let mut set = PlatformSet::EMPTY;
        if index < PLATFORMS.len() {
            set.words[index / 64] |= 1 << (index % 64);
        }
        set
    }

    /// The platforms for which the predicate holds.
    pub fn of(predicate: impl Fn(&Platform) -> bool) -> PlatformSet {
        let mut set = PlatformSet::EMPTY;
        for (i, platform) in PLATFORMS.iter().enumerate() {
            if predicate(platform) {
                set.words[i / 64] |= 1 << (i % 64);
            }
        }
        set
    }

    /// The platform that `go tool dist list` calls so ("linux/amd64"); none if it is not in the table.
    pub fn named(name: &str) -> Option<PlatformSet> {
        let (goos, goarch) = name.split_once('/')?;
        PLATFORMS.iter().position(|p| p.goos == goos && p.goarch == goarch).map(PlatformSet::single)
    }

    /// From words as rule packs write them. Missing words are 0; bits that stand for no entry are dropped.
    pub fn from_words(words: &[u64]) -> PlatformSet {
        let mut set = PlatformSet::EMPTY;
        for (to, from) in set.words.iter_mut().zip(words) {
            *to = *from;
        }
        set & PlatformSet::ALL
    }

    /// As rule packs read it.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Whether no platform is in it.
    pub fn is_empty(&self) -> bool {
        *self == PlatformSet::EMPTY
    }

    /// Whether every platform of the table is in it.
    pub fn is_all(&self) -> bool {
        *self == PlatformSet::ALL
    }

    /// Number of platforms.
    pub fn len(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether the entry at this place of the table is in it.
    pub fn contains(&self, index: usize) -> bool {
        self.words.get(index / 64).is_some_and(|w| w >> (index % 64) & 1 == 1)
    }

    /// Whether every platform of the other set is in this one.
    pub fn includes(&self, other: PlatformSet) -> bool {
        (other - *self).is_empty()
    }

    /// Whether the two have a platform in common.
    pub fn intersects(&self, other: PlatformSet) -> bool {
        !(*self & other).is_empty()
    }

    /// Places in the table, ascending.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..PLATFORMS.len()).filter(move |i| self.contains(*i))
    }

    /// The platforms, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = &'static Platform> {
        self.indices().map(|i| &PLATFORMS[i])
    }

    fn zip(self, other: PlatformSet, f: impl Fn(u64, u64) -> u64) -> PlatformSet {
        PlatformSet { words: std::array::from_fn(|i| f(self.words[i], other.words[i])) }
    }
}

impl BitAnd for PlatformSet {
    type Output = PlatformSet;
    fn bitand(self, other: PlatformSet) -> PlatformSet {
        self.zip(other, |a, b| a & b)
    }
}

impl BitOr for PlatformSet {
    type Output = PlatformSet;
    fn bitor(self, other: PlatformSet) -> PlatformSet {
        self.zip(other, |a, b| a | b)
    }
}

impl Sub for PlatformSet {
    type Output = PlatformSet;
    fn sub(self, other: PlatformSet) -> PlatformSet {
        self.zip(other, |a, b| a & !b)
    }
}

impl Not for PlatformSet {
    type Output = PlatformSet;
    fn not(self) -> PlatformSet {
        PlatformSet::ALL - self
    }
}

impl BitAndAssign for PlatformSet {
    fn bitand_assign(&mut self, other: PlatformSet) {
        *self = *self & other;
    }
}

impl BitOrAssign for PlatformSet {
    fn bitor_assign(&mut self, other: PlatformSet) {
        *self = *self | other;
    }
}

impl FromIterator<PlatformSet> for PlatformSet {
    /// The union.
    fn from_iter<T: IntoIterator<Item = PlatformSet>>(sets: T) -> PlatformSet {
        sets.into_iter().fold(PlatformSet::EMPTY, |a, b| a | b)
    }
}

impl fmt::Debug for PlatformSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("PlatformSet::ALL");
        }
        f.debug_set().entries(self.iter().map(ToString::to_string)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_frozen() {
        // FNV-1a over the lines; appending an entry adds a line below, and changes nothing above it.
        let digest = |entries: &[Platform]| {
            entries
                .iter()
                .flat_map(|p| format!("{p} {}\n", p.pointer_size).into_bytes())
                .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
        };
        assert_eq!(digest(&PLATFORMS[..47]), GO_1_26, "{:#x}", digest(&PLATFORMS[..47]));
    }
    const GO_1_26: u64 = 0xdba0_36e2_06fb_9367;

    #[test]
    fn names_are_unique() {
        for (i, p) in PLATFORMS.iter().enumerate() {
            assert_eq!(PlatformSet::named(&p.to_string()), Some(PlatformSet::single(i)));
        }
        assert_eq!(PlatformSet::named("linux"), None);
        assert_eq!(PlatformSet::named("zos/s390x"), None);
    }

    #[test]
    fn pointer_sizes() {
        let narrow = PlatformSet::of(|p| p.pointer_size == 4);
        assert!(narrow.iter().all(|p| matches!(p.goarch, "386" | "arm" | "mips" | "mipsle")));
        assert!(
            (!narrow).iter().all(|p| p.pointer_size == 8 && !matches!(p.goarch, "386" | "arm" | "mips" | "mipsle"))
        );
    }

    #[test]
    fn algebra() {
        let linux = PlatformSet::of(|p| p.goos == "linux");
        let amd64 = PlatformSet::of(|p| p.goarch == "amd64");
        assert_eq!((linux & amd64), PlatformSet::named("linux/amd64").expect("in the table"));
        assert_eq!((linux & amd64).len(), 1);
        assert_eq!(linux.len() + (!linux).len(), PLATFORMS.len());
        assert_eq!(!PlatformSet::ALL, PlatformSet::EMPTY);
        assert!(linux.includes(linux & amd64) && !amd64.includes(linux) && linux.intersects(amd64));
        assert_eq!([linux, amd64].into_iter().collect::<PlatformSet>(), linux | amd64);
    }

    #[test]
    fn words_come_back() {
        let set = PlatformSet::of(|p| p.goos == "windows");
        assert_eq!(PlatformSet::from_words(set.words()), set);
        assert_eq!(PlatformSet::from_words(&[]), PlatformSet::EMPTY);
        assert_eq!(PlatformSet::from_words(&[u64::MAX, u64::MAX, u64::MAX]), PlatformSet::ALL);
    }
}
