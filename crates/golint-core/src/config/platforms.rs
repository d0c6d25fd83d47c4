//! Names of platforms as configuration and command line take them.

use golint_project::{PLATFORMS, PlatformSet};

use super::selector::SelectorFault;
use crate::nearest;

/// The platforms that a name stands for: "linux/arm64"; "linux" or "linux/*" for every machine, "*/arm64" for every
/// system. Never none.
pub(crate) fn named(name: &str) -> Result<PlatformSet, SelectorFault> {
    let (goos, goarch) = name.split_once('/').unwrap_or((name, "*"));
    let fits = |pattern: &str, value: &str| pattern == "*" || pattern == value;
    let set = PlatformSet::of(|p| fits(goos, p.goos) && fits(goarch, p.goarch));
    if !set.is_empty() {
        return Ok(set);
    }
    let names: Vec<String> = PLATFORMS.iter().map(ToString::to_string).collect();
    let systems = PLATFORMS.iter().map(|p| p.goos);
    let guess = if name.contains('/') {
        nearest(name, names.iter().map(String::as_str))
    } else {
        // A machine alone is a likely slip.
        nearest(name, systems).or_else(|| nearest(name, PLATFORMS.iter().map(|p| p.goarch)))
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
        ] {
            assert_eq!(named(wrong).unwrap_err().help.unwrap(), help, "{wrong}");
        }
        assert!(named("").is_err());
    }
}
