//! The option `page-size`: one number, or one for each kind of machine. It never guesses: what isn't said is 4096.

use std::collections::BTreeMap;
use std::fmt;

use golint_sdk::Platform;
use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The smallest page of every machine that Go runs on.
///
/// Source: Linux, arch/*/Kconfig and include/asm/page.h; 386, amd64, arm, mips, ppc64, riscv64, s390x have no smaller one.
pub(super) const DEFAULT: u64 = 4096;

/// Systems that a page size can be said for. Source: internal/syslist of Go 1.26, `KnownOS`.
const SYSTEMS: &[&str] = &[
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

/// Machines that a page size can be said for. Source: internal/syslist of Go 1.26, `KnownArch`; sw64 is the name in ports
/// of Go that its makers keep.
const MACHINES: &[&str] = &[
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
    "sw64",
    "wasm",
];

/// The name of what holds on all platforms that aren't named.
const OTHERS: &str = "default";

/// Page sizes in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageSizes {
    default: u64,
    by_platform: BTreeMap<String, u64>,
}

impl Default for PageSizes {
    fn default() -> Self {
        PageSizes { default: DEFAULT, by_platform: BTreeMap::new() }
    }
}

impl PageSizes {
    /// The page size on the platform, in bytes: what is said for the pair of system and machine, for the machine, for the
    /// system, for all.
    pub(super) fn on(&self, platform: &Platform) -> u64 {
        let pair = format!("{}/{}", platform.goos, platform.goarch);
        let names = [pair.as_str(), &platform.goarch, &platform.goos];
        names.iter().find_map(|name| self.by_platform.get(*name)).copied().unwrap_or(self.default)
    }
}

/// How the option is written.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[allow(dead_code, reason = "it stands for the schema, the visitor below reads")]
pub(super) enum Written {
    /// One page size in bytes for every platform: a power of two.
    Everywhere(#[schemars(range(min = 1))] u64),
    /// Page sizes in bytes by GOARCH ("arm64"), GOOS ("darwin") or both ("linux/arm64"), and "default" for the others.
    ByPlatform(BTreeMap<String, u64>),
}

impl Serialize for PageSizes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.by_platform.is_empty() {
            return serializer.serialize_u64(self.default);
        }
        let mut all = self.by_platform.clone();
        all.insert(OTHERS.to_owned(), self.default);
        all.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PageSizes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SizesVisitor)
    }
}

struct SizesVisitor;

impl SizesVisitor {
    fn checked<E: Error>(size: u64) -> Result<u64, E> {
        if size.is_power_of_two() {
            Ok(size)
        } else {
            Err(E::custom(format!("page-size: {size} is no power of two, as every page size is")))
        }
    }
}

impl<'de> Visitor<'de> for SizesVisitor {
    type Value = PageSizes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page size in bytes, or a table of them by platform")
    }

    fn visit_u64<E: Error>(self, size: u64) -> Result<PageSizes, E> {
        Ok(PageSizes { default: Self::checked(size)?, by_platform: BTreeMap::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PageSizes, A::Error> {
        let mut sizes = PageSizes::default();
        while let Some((name, size)) = map.next_entry::<String, u64>()? {
            let size = Self::checked(size)?;
            if name == OTHERS {
                sizes.default = size;
            } else if let Some(why) = unknown(&name) {
                return Err(A::Error::custom(format!("page-size: {why}")));
            } else {
                sizes.by_platform.insert(name, size);
            }
        }
        Ok(sizes)
    }
}

/// Why the name is none of a platform; none if it is one.
fn unknown(name: &str) -> Option<String> {
    let Some((goos, goarch)) = name.split_once('/') else {
        let names = || [OTHERS].into_iter().chain(MACHINES.iter().chain(SYSTEMS).copied());
        if names().any(|known| known == name) {
            return None;
        }
        let guess = nearest(name, names()).map(str::to_owned);
        return Some(said(name, guess));
    };
    if SYSTEMS.contains(&goos) && MACHINES.contains(&goarch) {
        return None;
    }
    let systems = nearest(goos, SYSTEMS.iter().copied());
    let machines = nearest(goarch, MACHINES.iter().copied());
    Some(said(name, systems.zip(machines).map(|(goos, goarch)| format!("{goos}/{goarch}"))))
}

fn said(name: &str, guess: Option<String>) -> String {
    let right = match guess {
        Some(guess) => format!("did you mean `{guess}`?"),
        None => {
            "name a GOARCH (`arm64`), a GOOS (`darwin`), both (`linux/arm64`), or `default` for all others".to_owned()
        }
    };
    format!("no platform is called `{name}`; {right}")
}

/// The name that was probably meant; none where all are far away.
fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Longer than any name, and the distance takes quadratic time.
    let wrong: String = wrong.chars().take(32).flat_map(char::to_lowercase).collect();
    let letters = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    // Of equally near names the one with the same letters, then the first: `amr64` is `arm64` rather than `amd64`.
    let measured = names.map(|name| (strsim::damerau_levenshtein(&wrong, name), name));
    let (distance, name) = measured.min_by_key(|(distance, name)| (*distance, letters(name) != letters(&wrong)))?;
    (2 * distance < wrong.chars().count().max(name.len())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_platform_has_is_refused_with_the_nearest_one() {
        let message = |name: &str| {
            let text = serde_json::json!({ name: 65536 }).to_string();
            serde_json::from_str::<PageSizes>(&text).expect_err("an unknown platform").to_string()
        };
        for (wrong, right) in [
            ("amr64", "arm64"),
            ("ARM64", "arm64"),
            ("aarch64", "arm64"),
            ("defualt", "default"),
            ("Linux", "linux"),
            ("linux/amr64", "linux/arm64"),
            ("drawin/arm64", "darwin/arm64"),
            ("sw-64", "sw64"),
        ] {
            let message = message(wrong);
            assert!(message.contains(&format!("`{wrong}`; did you mean `{right}`?")), "{message}");
        }
        for strange in ["", "pages", "linux/", "a/b/c", &"x".repeat(1 << 16)] {
            let message = message(strange);
            assert!(message.contains("name a GOARCH"), "{message}");
        }
    }

    #[test]
    fn every_platform_has_its_names() {
        let text = r#"{"default": 4096, "sw64": 8192, "loong64": 16384, "ios": 16384, "linux/ppc64le": 65536}"#;
        let sizes: PageSizes = serde_json::from_str(text).expect("page sizes");
        assert_eq!(sizes.on(&platform("linux", "sw64")), 8192);
        assert_eq!(sizes.on(&platform("linux", "ppc64le")), 65536);
    }

    fn platform(goos: &str, goarch: &str) -> Platform {
        Platform { goos: goos.to_owned(), goarch: goarch.to_owned(), pointer_size: 8 }
    }

    #[test]
    fn a_number_holds_everywhere() {
        let sizes: PageSizes = serde_json::from_str("16384").expect("a page size");
        assert_eq!(sizes.on(&platform("linux", "amd64")), 16384);
    }

    #[test]
    fn the_most_exact_name_wins() {
        let text = r#"{"arm64": 65536, "darwin": 16384, "darwin/arm64": 32768, "default": 8192}"#;
        let sizes: PageSizes = serde_json::from_str(text).expect("page sizes");
        assert_eq!(sizes.on(&platform("linux", "arm64")), 65536);
        assert_eq!(sizes.on(&platform("darwin", "arm64")), 32768);
        assert_eq!(sizes.on(&platform("darwin", "amd64")), 16384);
        assert_eq!(sizes.on(&platform("linux", "amd64")), 8192);
    }

    #[test]
    fn what_no_machine_has_is_refused() {
        for text in ["0", "6144", r#"{"arm64": 3}"#, "\"4k\"", "-4096"] {
            assert!(serde_json::from_str::<PageSizes>(text).is_err(), "{text}");
        }
        let message = serde_json::from_str::<PageSizes>("6144").expect_err("no page size").to_string();
        assert!(message.contains("power of two"), "{message}");
    }
}
