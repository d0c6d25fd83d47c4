//! Names of platforms as configuration and command line take them.

use golint_project::{PLATFORMS, PlatformSet};

use super::selector::SelectorFault;
use crate::nearest;

/// What others call systems and machines, and Go does not.
const NAMES_OF_OTHERS: [(&str, &str); 25] = [
    ("macos", "darwin"),
    ("osx", "darwin"),
    ("mac", "darwin"),
    ("win", "windows"),
    ("win32", "windows"),
    ("win64", "windows"),
    ("sunos", "solaris"),
    ("wasi", "wasip1"),
    ("x86_64", "amd64"),
    ("x86-64", "amd64"),
    ("x64", "amd64"),
    ("x86", "386"),
    ("i386", "386"),
    ("i686", "386"),
    ("aarch64", "arm64"),
    ("armv8", "arm64"),
    ("armv7", "arm"),
    ("armv7l", "arm"),
    ("armhf", "arm"),
    ("powerpc64", "ppc64"),
    ("powerpc64le", "ppc64le"),
    ("ppc64el", "ppc64le"),
    ("mips64el", "mips64le"),
    ("loongarch64", "loong64"),
    ("wasm32", "wasm"),
];

/// The platforms that a name stands for: "linux/arm64"; "linux" or "linux/*" for every machine, "*/arm64" for every
/// system. Never none.
pub(crate) fn named(name: &str) -> Result<PlatformSet, SelectorFault> {
    let (goos, goarch) = name.split_once('/').unwrap_or((name, "*"));
    let fits = |pattern: &str, value: &str| pattern == "*" || pattern == value;
    let set = PlatformSet::of(|p| fits(goos, p.goos) && fits(goarch, p.goarch));
    if !set.is_empty() {
        return Ok(set);
    }
    let in_go = name.split('/').map(|part| {
        let known = NAMES_OF_OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(part));
        known.map_or(part, |(_, go)| go)
    });
    let meant = in_go.collect::<Vec<_>>().join("/");
    let names: Vec<String> = PLATFORMS.iter().map(ToString::to_string).collect();
    let systems = PLATFORMS.iter().map(|p| p.goos);
    let guess = if meant.contains('/') {
        nearest(&meant, names.iter().map(String::as_str))
    } else {
        // A machine alone is a likely slip.
        nearest(&meant, systems).or_else(|| nearest(&meant, PLATFORMS.iter().map(|p| p.goarch)))
    };
    let help = match guess {
        Some(machine) if PLATFORMS.iter().any(|p| p.goarch == machine) => format!("did you mean `*/{machine}`?"),
        Some(guess) => format!("did you mean `{guess}`?"),
        None => "platforms are written as GOOS/GOARCH, such as linux/arm64; `go tool dist list` lists them".into(),
    };
    Err(SelectorFault { message: format!("unknown platform `{name}`"), help: Some(help) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_wildcards() {
        assert_eq!(named("linux/arm64").unwrap().len(), 1);
        assert_eq!(named("linux"), named("linux/*"));
        assert!(named("*/386").unwrap().iter().all(|p| p.goarch == "386"));
        assert_eq!(named("*").unwrap(), PlatformSet::ALL);
        for (wrong, help) in [
            ("linux/arm46", "did you mean `linux/arm64`?"),
            ("lnux", "did you mean `linux`?"),
            ("arm64", "did you mean `*/arm64`?"),
            ("windws/amd64", "did you mean `windows/amd64`?"),
            ("linux/x86_64", "did you mean `linux/amd64`?"),
            ("linux/aarch64", "did you mean `linux/arm64`?"),
            ("macOS", "did you mean `darwin`?"),
            ("macos/aarch64", "did you mean `darwin/arm64`?"),
            ("win", "did you mean `windows`?"),
            ("win32/i686", "did you mean `windows/386`?"),
            ("x86_64", "did you mean `*/amd64`?"),
        ] {
            assert_eq!(named(wrong).unwrap_err().help.unwrap(), help, "{wrong}");
        }
        assert!(named("").is_err());
        for (other, go) in NAMES_OF_OTHERS {
            assert!(PLATFORMS.iter().any(|p| p.goos == go || p.goarch == go), "{go}");
            assert!(PLATFORMS.iter().all(|p| p.goos != other && p.goarch != other), "{other}");
        }
    }
}
