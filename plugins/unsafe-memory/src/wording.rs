//! How numbers, types and platforms are written in messages. It never decides anything.

use std::collections::BTreeMap;

use golint_sdk::prelude::*;

use crate::view::Amounts;

/// Longer types are not written out.
const MAX_TYPE: usize = 48;
/// Longer expressions are not written out.
const MAX_EXPRESSION: usize = 60;

/// The type as the file's author would write it: without this package's name, and others by the last element of theirs.
pub(crate) fn type_name(file: &File<'_>, ty: Type<'_>) -> String {
    let full = ty.string();
    // Files of no module are in a package of this name.
    let own = [file.import_path(), Some("command-line-arguments".to_owned())];
    let mut short = String::new();
    let mut word = String::new();
    for c in full.chars().chain(['\0']) {
        if c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '~') {
            word.push(c);
            continue;
        }
        let is_own = |package: &&str| word.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'));
        match own.iter().flatten().map(String::as_str).find(is_own) {
            Some(package) => short.push_str(&word[package.len() + 1..]),
            None => short.push_str(word.rsplit('/').next().unwrap_or(&word)),
        }
        word.clear();
        short.extend((c != '\0').then_some(c));
    }
    if short.len() <= MAX_TYPE {
        short
    } else if short.starts_with("struct") {
        "the anonymous struct".to_owned()
    } else {
        let cut: String = short.chars().take(MAX_TYPE).collect();
        format!("{cut}…")
    }
}

/// The expression's text on one line.
pub(crate) fn expression(node: Node<'_>) -> String {
    let text = node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MAX_EXPRESSION {
        return text;
    }
    let cut: String = text.chars().take(MAX_EXPRESSION).collect();
    format!("{cut}…")
}

/// A number that may differ by platform: "8", or "8 (4 on 386 and arm)". Empty where nothing is known.
pub(crate) fn amount(file: &File<'_>, amounts: &Amounts) -> String {
    let mut groups: Vec<(i128, Platforms)> = Vec::new();
    for (&platform, &value) in amounts {
        let at = groups.iter().position(|(v, _)| *v == value).unwrap_or_else(|| {
            groups.push((value, Platforms::none()));
            groups.len() - 1
        });
        groups[at].1.insert(platform);
    }
    // The most common one first; of equally common ones that of 64-bit platforms, which is larger.
    groups.sort_by_key(|(value, on)| (std::cmp::Reverse(on.len()), std::cmp::Reverse(*value)));
    let Some(((first, _), others)) = groups.split_first() else { return String::new() };
    let others: Vec<_> = others.iter().map(|(value, on)| format!("{value} on {}", platforms(file, on))).collect();
    if others.is_empty() { first.to_string() } else { format!("{first} ({})", others.join(", ")) }
}

/// Platforms by the shortest name that fits: "32-bit platforms", "arm64", "linux/386 and linux/arm", "27 platforms".
pub(crate) fn platforms(file: &File<'_>, on: &Platforms) -> String {
    let table = file.platform_table();
    for (bytes, name) in [(4, "32-bit platforms"), (8, "64-bit platforms")] {
        if *on == file.platforms_where(|p| p.pointer_size == bytes) {
            return name.to_owned();
        }
    }
    let mut machines: BTreeMap<&str, usize> = BTreeMap::new();
    let mut systems: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for platform in on.iter().filter_map(|i| table.get(i)) {
        *machines.entry(&platform.goarch).or_default() += 1;
        *systems.entry(&platform.goos).or_default() += 1;
        pairs.push(format!("{}/{}", platform.goos, platform.goarch));
    }
    let whole_machines = machines.iter().all(|(m, n)| file.platforms_where(|p| p.goarch == *m).len() == *n);
    let whole_systems = systems.iter().all(|(s, n)| file.platforms_where(|p| p.goos == *s).len() == *n);
    let names: Vec<String> = if whole_systems && systems.len() <= machines.len() {
        systems.keys().map(|s| (*s).to_owned()).collect()
    } else if whole_machines {
        machines.keys().map(|m| (*m).to_owned()).collect()
    } else {
        pairs
    };
    if names.len() > 6 { format!("{} platforms", on.len()) } else { list(&names) }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
