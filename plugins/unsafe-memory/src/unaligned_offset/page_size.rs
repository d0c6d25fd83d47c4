//! The option `page-size`: one number, or one for each kind of machine. It never guesses: what isn't said is 4096.

use std::collections::BTreeMap;
use std::fmt;

use golint_sdk::{Platform, nearest};
use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The smallest page of every machine that Go runs on.
///
/// Source: Linux, arch/*/Kconfig and include/asm/page.h; 386, amd64, arm, mips, ppc64, riscv64, s390x have no smaller one.
pub(super) const DEFAULT: u64 = 4096;

/// The name of what holds on all platforms that aren't named.
const OTHERS: &str = "default";

/// What kernels, C compilers and people call platforms that have another name in Go.
const OTHER_NAMES: [(&str, &str); 5] =
    [("aarch64", "arm64"), ("i386", "386"), ("macos", "darwin"), ("x86", "386"), ("x86_64", "amd64")];

/// Machines that only forks of Go build for: a configuration that is shared with them may name them.
const FORKS: [&str; 1] = ["sw64"];

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

    /// A name that none of these platforms has, and what is to be said of it.
    pub(super) fn unknown(&self, platforms: &[Platform]) -> Option<(&str, String)> {
        let pair = |platform: &Platform| format!("{}/{}", platform.goos, platform.goarch);
        let pairs: Vec<String> = platforms.iter().map(pair).collect();
        let single = platforms.iter().flat_map(|platform| [platform.goarch.as_str(), platform.goos.as_str()]);
        let names = || [OTHERS].into_iter().chain(FORKS).chain(single.clone()).chain(pairs.iter().map(String::as_str));
        let wrong = self.by_platform.keys().find(|name| names().all(|known| known != name.as_str()))?;
        let alias = OTHER_NAMES.iter().find(|(other, _)| wrong.eq_ignore_ascii_case(other)).map(|(_, name)| *name);
        let right = match alias.or_else(|| nearest(wrong, names())) {
            Some(guess) => format!("did you mean `{guess}`?"),
            None => {
                "name a GOARCH (`arm64`), a GOOS (`darwin`), both (`linux/arm64`), or `default` for all others".into()
            }
        };
        Some((wrong, format!("no platform is called `{wrong}`; {right}")))
    }
}

/// How the option is written.
#[derive(JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
#[allow(dead_code, reason = "it stands for the schema, the visitor below reads")]
pub(super) enum Written {
    /// One page size in bytes for every platform: a power of two, 4096 or more.
    Everywhere(#[schemars(range(min = 4096))] u64),
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
        if !size.is_power_of_two() {
            Err(E::custom(format!("page-size: {size} is no power of two, as every page size is")))
        } else if size < DEFAULT {
            // It would let offsets pass that every kernel refuses.
            Err(E::custom(format!(
                "page-size: no machine that Go runs on has pages below {DEFAULT} bytes, and this is {size}"
            )))
        } else {
            Ok(size)
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
            } else {
                sizes.by_platform.insert(name, size);
            }
        }
        Ok(sizes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_platform_has_is_refused_with_the_nearest_one() {
        let table: Vec<Platform> = ["darwin/arm64", "linux/386", "linux/amd64", "linux/arm64", "js/wasm"]
            .iter()
            .filter_map(|pair| pair.split_once('/'))
            .map(|(goos, goarch)| platform(goos, goarch))
            .collect();
        let sizes: PageSizes = serde_json::from_str(r#"{"sw64": 8192, "default": 4096}"#).expect("page sizes");
        assert_eq!(sizes.unknown(&table), None);
        let message = |name: &str| {
            let text = serde_json::json!({ name: 65536 }).to_string();
            let sizes: PageSizes = serde_json::from_str(&text).expect("page sizes");
            sizes.unknown(&table).map(|(wrong, message)| {
                assert_eq!(wrong, name);
                message
            })
        };
        for name in ["default", "arm64", "darwin", "linux/arm64"] {
            assert_eq!(message(name), None);
        }
        for (wrong, right) in [
            ("amr64", "arm64"),
            ("ARM64", "arm64"),
            ("aarch64", "arm64"),
            ("x86_64", "amd64"),
            ("macOS", "darwin"),
            ("defualt", "default"),
            ("Linux", "linux"),
            ("linux/amr64", "linux/arm64"),
            ("drawin/arm64", "darwin/arm64"),
        ] {
            let message = message(wrong).expect("an unknown platform");
            assert_eq!(message, format!("no platform is called `{wrong}`; did you mean `{right}`?"));
        }
        // Both are known, and there is no such pair.
        assert!(message("js/386").is_some());
        for strange in ["", "pages", "a/b/c", &"x".repeat(1 << 16)] {
            let message = message(strange).expect("an unknown platform");
            assert!(message.contains("name a GOARCH"), "{message}");
        }
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
        for text in ["0", "1", "2048", "6144", r#"{"arm64": 3}"#, r#"{"arm64": 2048}"#, "\"4k\"", "-4096"] {
            assert!(serde_json::from_str::<PageSizes>(text).is_err(), "{text}");
        }
        let message = serde_json::from_str::<PageSizes>("6144").expect_err("no page size").to_string();
        assert!(message.contains("power of two"), "{message}");
        let message = serde_json::from_str::<PageSizes>(r#"{"arm64": 1}"#).expect_err("no page size").to_string();
        assert!(message.contains("below 4096 bytes, and this is 1"), "{message}");
        for size in [4096, 8192, 16384, 32768, 65536] {
            assert!(serde_json::from_str::<PageSizes>(&size.to_string()).is_ok(), "{size}");
        }
    }
}
