//! Says a set of platforms in a few words. Knows nothing of which platforms exist; all of a finding's platforms are in
//! the JSON formats.

use std::sync::Arc;

/// Longer lists are cut.
const LISTED: usize = 4;

/// Shown first in a cut list, since readers recognise themselves there.
const COMMON: [&str; 8] = [
    "linux/amd64",
    "darwin/arm64",
    "windows/amd64",
    "linux/arm64",
    "linux/386",
    "linux/arm",
    "windows/386",
    "darwin/amd64",
];

/// Machines with pointers of four bytes (Go's internal/goarch, PtrSize).
const SMALL: [&str; 9] = ["386", "amd64p32", "arm", "armbe", "mips", "mipsle", "mips64p32", "mips64p32le", "ppc"];

/// "linux/386 and linux/arm", "linux/386, linux/arm and 8 more 32-bit platforms". Empty for an empty list.
pub fn describe(platforms: &[Arc<str>]) -> String {
    if platforms.len() <= LISTED {
        return join(&platforms.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    }
    let mut shown: Vec<&str> = COMMON.into_iter().filter(|name| platforms.iter().any(|p| **p == **name)).collect();
    shown.extend(platforms.iter().map(AsRef::as_ref).filter(|name| !COMMON.contains(name)).take(2));
    shown.truncate(2);
    format!("{} and {} more {}platforms", shown.join(", "), platforms.len() - shown.len(), shared(platforms))
}

/// What all of them have in common, as an adjective with a blank behind it.
fn shared(platforms: &[Arc<str>]) -> String {
    let pairs: Vec<(&str, &str)> = platforms.iter().filter_map(|platform| platform.split_once('/')).collect();
    let Some(&(os, arch)) = pairs.first().filter(|_| pairs.len() == platforms.len()) else { return String::new() };
    if pairs.iter().all(|pair| pair.0 == os) {
        format!("{os} ")
    } else if pairs.iter().all(|pair| pair.1 == arch) {
        format!("{arch} ")
    } else if pairs.iter().all(|pair| SMALL.contains(&pair.1)) {
        "32-bit ".into()
    } else if pairs.iter().all(|pair| !SMALL.contains(&pair.1)) {
        "64-bit ".into()
    } else {
        String::new()
    }
}

fn join(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(names: &str) -> String {
        describe(&names.split(' ').map(Arc::from).collect::<Vec<_>>())
    }

    #[test]
    fn lists_a_few() {
        assert_eq!(said("linux/386"), "linux/386");
        assert_eq!(said("linux/386 linux/arm"), "linux/386 and linux/arm");
        assert_eq!(said("a/b c/d e/f g/h"), "a/b, c/d, e/f and g/h");
        assert_eq!(describe(&[]), "");
    }

    #[test]
    fn cuts_long_lists_and_says_what_they_share() {
        assert_eq!(
            said("android/386 freebsd/386 linux/386 linux/arm linux/mips plan9/arm windows/386"),
            "linux/386, linux/arm and 5 more 32-bit platforms"
        );
        assert_eq!(
            said("linux/386 linux/amd64 linux/arm linux/mips linux/s390x"),
            "linux/amd64, linux/386 and 3 more linux platforms"
        );
        assert_eq!(said("a/amd64 b/amd64 c/amd64 d/amd64 e/amd64"), "a/amd64, b/amd64 and 3 more amd64 platforms");
        assert_eq!(said("aix/ppc64 b/amd64 c/arm64 d/amd64 e/wasm"), "aix/ppc64, b/amd64 and 3 more 64-bit platforms");
        assert_eq!(said("aix/ppc64 b/386 c/arm64 d/amd64 e/wasm"), "aix/ppc64, b/386 and 3 more platforms");
    }
}
