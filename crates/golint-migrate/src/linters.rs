//! What is known of golangci-lint's linters: which version has them, which run unasked, and how they are called. Up to its
//! versions 1.64 and 2.13; linters that are not known are taken by their names.

use std::collections::BTreeSet;

use crate::Version;

/// A linter of golangci-lint.
struct Linter {
    name: &'static str,
    versions: Versions,
    /// Whether version 1, and version 2, count it among the slow ones.
    slow: (bool, bool),
    /// Groups of version 1.
    presets: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Versions {
    One,
    Two,
    Both,
}
use Versions::{Both as BOTH, One as ONE, Two as TWO};

const FAST: (bool, bool) = (false, false);
const SLOW: (bool, bool) = (true, true);
const SLOW_IN_TWO: (bool, bool) = (false, true);

const fn of(name: &'static str, versions: Versions, slow: (bool, bool), presets: &'static [&'static str]) -> Linter {
    Linter { name, versions, slow, presets }
}

/// In the order of the alphabet. Source: the builders and the migration of golangci-lint 1.64.8 and 2.13.
const LINTERS: &[Linter] = &[
    of("arangolint", TWO, SLOW, &[]),
    of("asasalint", BOTH, SLOW, &["bugs"]),
    of("asciicheck", BOTH, FAST, &["bugs", "style"]),
    of("bidichk", BOTH, FAST, &["bugs"]),
    of("bodyclose", BOTH, SLOW, &["performance", "bugs"]),
    of("canonicalheader", BOTH, SLOW, &["style"]),
    of("clickhouselint", TWO, SLOW, &[]),
    of("containedctx", BOTH, SLOW, &["style"]),
    of("contextcheck", BOTH, SLOW, &["bugs"]),
    of("copyloopvar", BOTH, FAST, &["style"]),
    of("cyclop", BOTH, FAST, &["complexity"]),
    of("decorder", BOTH, FAST, &["style"]),
    of("depguard", BOTH, FAST, &["style", "import", "module"]),
    of("dogsled", BOTH, FAST, &["style"]),
    of("dupl", BOTH, FAST, &["style"]),
    of("dupword", BOTH, FAST, &["comment"]),
    of("durationcheck", BOTH, SLOW, &["bugs"]),
    of("embeddedstructfieldcheck", TWO, FAST, &[]),
    of("err113", BOTH, SLOW, &["style", "error"]),
    of("errcheck", BOTH, SLOW, &["bugs", "error"]),
    of("errchkjson", BOTH, SLOW, &["bugs"]),
    of("errname", BOTH, SLOW, &["style"]),
    of("errorlint", BOTH, SLOW, &["bugs", "error"]),
    of("exhaustive", BOTH, SLOW, &["bugs"]),
    of("exhaustruct", BOTH, SLOW, &["style", "test"]),
    of("exhaustruct_v5", TWO, SLOW, &[]),
    of("exptostd", BOTH, SLOW, &["style"]),
    of("fatcontext", BOTH, SLOW, &["performance"]),
    of("forbidigo", BOTH, SLOW, &["style"]),
    of("forcetypeassert", BOTH, SLOW, &["style"]),
    of("funcorder", TWO, FAST, &[]),
    of("funlen", BOTH, FAST, &["complexity"]),
    of("gci", BOTH, FAST, &["format", "import"]),
    of("ginkgolinter", BOTH, SLOW, &["style"]),
    of("gocheckcompilerdirectives", BOTH, FAST, &["bugs"]),
    of("gochecknoglobals", BOTH, SLOW, &["style"]),
    of("gochecknoinits", BOTH, FAST, &["style"]),
    of("gochecksumtype", BOTH, SLOW, &["bugs"]),
    of("gocognit", BOTH, FAST, &["complexity"]),
    of("goconst", BOTH, SLOW_IN_TWO, &["style"]),
    of("gocritic", BOTH, SLOW, &["style", "metalinter"]),
    of("gocyclo", BOTH, FAST, &["complexity"]),
    of("godoclint", TWO, FAST, &[]),
    of("godot", BOTH, FAST, &["style", "comment"]),
    of("godox", BOTH, FAST, &["style", "comment"]),
    of("gofmt", BOTH, FAST, &["format"]),
    of("gofumpt", BOTH, FAST, &["format"]),
    of("goheader", BOTH, FAST, &["style"]),
    of("goimports", BOTH, FAST, &["format", "import"]),
    of("golines", TWO, FAST, &[]),
    of("gomoddirectives", BOTH, FAST, &["style", "module"]),
    of("gomodguard", BOTH, FAST, &["style", "import", "module"]),
    of("gomodguard_v2", TWO, FAST, &[]),
    of("goprintffuncname", BOTH, FAST, &["style"]),
    of("gosec", BOTH, SLOW, &["bugs"]),
    of("gosimple", ONE, SLOW, &["style"]),
    of("gosmopolitan", BOTH, SLOW, &["bugs"]),
    of("govet", BOTH, SLOW, &["bugs", "metalinter"]),
    of("grouper", BOTH, FAST, &["style"]),
    of("iface", BOTH, SLOW, &["style"]),
    of("importas", BOTH, SLOW, &["style"]),
    of("inamedparam", BOTH, FAST, &["style"]),
    of("ineffassign", BOTH, FAST, &["unused"]),
    of("interfacebloat", BOTH, FAST, &["style"]),
    of("intrange", BOTH, SLOW, &["style"]),
    of("iotamixing", TWO, FAST, &[]),
    of("ireturn", BOTH, SLOW, &["style"]),
    of("lll", BOTH, FAST, &["style"]),
    of("loggercheck", BOTH, SLOW, &["style", "bugs"]),
    of("maintidx", BOTH, FAST, &["complexity"]),
    of("makezero", BOTH, SLOW, &["style", "bugs"]),
    of("mirror", BOTH, SLOW, &["style"]),
    of("misspell", BOTH, FAST, &["style", "comment"]),
    of("mnd", BOTH, FAST, &["style"]),
    of("modernize", TWO, SLOW, &[]),
    of("musttag", BOTH, SLOW, &["style", "bugs"]),
    of("nakedret", BOTH, FAST, &["style"]),
    of("nestif", BOTH, FAST, &["complexity"]),
    of("nilerr", BOTH, SLOW, &["bugs"]),
    of("nilnesserr", BOTH, SLOW, &["bugs"]),
    of("nilnil", BOTH, SLOW, &["style"]),
    of("nlreturn", BOTH, FAST, &["style"]),
    of("noctx", BOTH, SLOW, &["performance", "bugs"]),
    of("noinlineerr", TWO, SLOW, &[]),
    of("nolintlint", BOTH, FAST, &["style"]),
    of("nonamedreturns", BOTH, SLOW, &["style"]),
    of("nosprintfhostport", BOTH, FAST, &["style"]),
    of("paralleltest", BOTH, SLOW, &["style", "test"]),
    of("perfsprint", BOTH, SLOW, &["performance"]),
    of("prealloc", BOTH, SLOW_IN_TWO, &["performance"]),
    of("predeclared", BOTH, FAST, &["style"]),
    of("promlinter", BOTH, FAST, &["style"]),
    of("protogetter", BOTH, SLOW, &["bugs"]),
    of("reassign", BOTH, SLOW, &["bugs"]),
    of("recvcheck", BOTH, SLOW, &["bugs"]),
    of("revive", BOTH, SLOW, &["style", "metalinter"]),
    of("rowserrcheck", BOTH, SLOW, &["bugs", "sql"]),
    of("sloglint", BOTH, SLOW, &["style"]),
    of("spancheck", BOTH, SLOW, &["bugs"]),
    of("sqlclosecheck", BOTH, SLOW, &["bugs", "sql"]),
    of("staticcheck", BOTH, SLOW, &["bugs", "metalinter"]),
    of("stylecheck", ONE, SLOW, &["style"]),
    of("swaggo", TWO, FAST, &[]),
    of("tagalign", BOTH, FAST, &["style"]),
    of("tagliatelle", BOTH, SLOW, &["style"]),
    of("tenv", ONE, SLOW, &["test"]),
    of("testableexamples", BOTH, FAST, &["test"]),
    of("testifylint", BOTH, SLOW, &["test", "bugs"]),
    of("testpackage", BOTH, FAST, &["style", "test"]),
    of("thelper", BOTH, SLOW, &["test"]),
    of("tparallel", BOTH, SLOW, &["style", "test"]),
    of("unconvert", BOTH, SLOW, &["style"]),
    of("unparam", BOTH, SLOW, &["unused"]),
    of("unqueryvet", TWO, FAST, &[]),
    of("unused", BOTH, SLOW, &["unused"]),
    of("usestdlibvars", BOTH, FAST, &["style"]),
    of("usetesting", BOTH, SLOW, &["test"]),
    of("varnamelen", BOTH, SLOW, &["style"]),
    of("wastedassign", BOTH, SLOW, &["style"]),
    of("whitespace", BOTH, FAST, &["style"]),
    of("wrapcheck", BOTH, SLOW, &["style", "error"]),
    of("wsl", BOTH, FAST, &["style"]),
    of("wsl_v5", TWO, SLOW, &[]),
    of("zerologlint", BOTH, SLOW, &["bugs"]),
];

/// Those that run unasked.
const STANDARD: &[&str] = &["errcheck", "gosimple", "govet", "ineffassign", "staticcheck", "unused"];

/// Those that format. Version 2 keeps them apart.
pub(crate) const FORMATTERS: &[&str] = &["gci", "gofmt", "gofumpt", "goimports", "golines", "swaggo"];

/// Those that golangci-lint had once. Comments in code still name them.
pub(crate) const RETIRED: &[&str] = &[
    "deadcode",
    "execinquery",
    "exhaustivestruct",
    "exportloopref",
    "golint",
    "ifshort",
    "interfacer",
    "maligned",
    "nosnakecase",
    "scopelint",
    "structcheck",
    "tenv",
    "varcheck",
];

/// The groups of version 1.
pub(crate) const PRESETS: &[&str] = &[
    "bugs",
    "comment",
    "complexity",
    "error",
    "format",
    "import",
    "metalinter",
    "module",
    "performance",
    "sql",
    "style",
    "test",
    "unused",
];

/// Former names of linters, and what they are now.
const FORMER: &[(&str, &[&str])] = &[
    ("gas", &["gosec"]),
    ("goerr113", &["err113"]),
    ("gomnd", &["mnd"]),
    ("logrlint", &["loggercheck"]),
    ("megacheck", &["gosimple", "staticcheck", "unused"]),
    ("vet", &["govet"]),
    ("vetshadow", &["govet"]),
];

/// What the linter is called today; one name may have become several.
pub(crate) fn today(name: &str) -> Vec<String> {
    let now = FORMER.iter().find(|(former, _)| *former == name).map(|(_, now)| *now);
    now.map_or_else(|| vec![name.to_owned()], |now| now.iter().map(|name| (*name).to_owned()).collect())
}

impl Linter {
    fn is_of(&self, version: Version) -> bool {
        match self.versions {
            Versions::Both => true,
            Versions::One => version == Version::One,
            Versions::Two => version == Version::Two,
        }
    }

    fn is_slow(&self, version: Version) -> bool {
        match version {
            Version::One => self.slow.0,
            Version::Two => self.slow.1,
        }
    }
}

/// What of the linters is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    /// Those that are on to begin with.
    pub(crate) group: Group,
    /// Groups of version 1, which take the place of those that run unasked.
    pub(crate) presets: Vec<String>,
    pub(crate) fast: bool,
    pub(crate) enable: Vec<String>,
    pub(crate) disable: Vec<String>,
}

/// Those that are on to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Group {
    #[default]
    Standard,
    All,
    Fast,
    None,
}

impl Choice {
    /// The linters that are on, by the names of today.
    pub(crate) fn enabled(&self, version: Version) -> BTreeSet<String> {
        let mut group = self.group;
        if group != Group::None && !self.presets.is_empty() {
            group = Group::None;
        }
        let is_on = |linter: &Linter| {
            let in_group = match group {
                Group::Standard => STANDARD.contains(&linter.name),
                // In version 2 formatters are no linters.
                Group::All => version == Version::One || !FORMATTERS.contains(&linter.name),
                Group::Fast => !linter.is_slow(version) && !FORMATTERS.contains(&linter.name),
                Group::None => false,
            };
            let in_preset = || linter.presets.iter().any(|preset| self.presets.iter().any(|name| name == preset));
            (in_group || version == Version::One && in_preset()) && !(self.fast && linter.is_slow(version))
        };
        let known = LINTERS.iter().filter(|linter| linter.is_of(version) && is_on(linter));
        let mut enabled: BTreeSet<String> = known.map(|linter| linter.name.to_owned()).collect();
        enabled.extend(self.enable.iter().flat_map(|name| today(name)));
        for name in self.disable.iter().flat_map(|name| today(name)) {
            enabled.remove(&name);
        }
        // Its name stands for errors of the compiler, which are always told.
        enabled.remove("typecheck");
        enabled
    }
}

/// What others call a problem, taken apart: the linter, by its name in this version, and its check if it has many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) linter: String,
    pub(crate) check: Option<String>,
}

impl Check {
    /// Reads a name such as `govet/loopclosure` or `exportloopref`.
    pub(crate) fn new(name: &str, version: Version) -> Check {
        let Some((linter, check)) = name.split_once('/') else {
            return Check { linter: name.to_owned(), check: None };
        };
        // Version 2 made one linter of three.
        let family = ["staticcheck", "gosimple", "stylecheck"];
        let linter = match check.chars().take_while(char::is_ascii_alphabetic).collect::<String>().as_str() {
            _ if !family.contains(&linter) => linter,
            "ST" if version == Version::One => "stylecheck",
            "S" if version == Version::One => "gosimple",
            _ => "staticcheck",
        };
        Check { linter: linter.to_owned(), check: Some(check.to_owned()) }
    }

    /// Whether its name is one of staticcheck's, which `//lint:ignore` takes.
    pub(crate) fn is_of_staticcheck(&self) -> bool {
        ["staticcheck", "gosimple", "stylecheck"].contains(&self.linter.as_str()) && self.check.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_its_names_are_known() {
        assert!(LINTERS.is_sorted_by(|a, b| a.name < b.name));
        let is_known = |name: &&&str| LINTERS.iter().any(|linter| linter.name == **name);
        assert!(STANDARD.iter().chain(FORMATTERS).all(|name| is_known(&name)));
        assert!(LINTERS.iter().all(|linter| linter.presets.iter().all(|preset| PRESETS.contains(preset))));
    }

    #[track_caller]
    fn check(choice: &Choice, version: Version, expected: &[&str]) {
        assert_eq!(choice.enabled(version).iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn linters_are_on_as_golangci_lint_has_it() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let standard = ["errcheck", "govet", "ineffassign", "staticcheck", "unused"];
        check(&Choice::default(), Version::Two, &standard);
        check(&Choice::default(), Version::One, STANDARD);
        let none = Choice { group: Group::None, enable: names(&["vet", "own"]), ..Choice::default() };
        check(&none, Version::Two, &["govet", "own"]);
        let sql = Choice { presets: names(&["sql"]), disable: names(&["rowserrcheck"]), ..Choice::default() };
        check(&sql, Version::One, &["sqlclosecheck"]);
        let megacheck = Choice { disable: names(&["megacheck", "errcheck"]), ..Choice::default() };
        check(&megacheck, Version::One, &["govet", "ineffassign"]);
        let fast = Choice { fast: true, enable: names(&["lll"]), ..Choice::default() };
        check(&fast, Version::One, &["ineffassign", "lll"]);
        let all = Choice { group: Group::All, ..Choice::default() };
        assert!(all.enabled(Version::One).contains("gofmt") && !all.enabled(Version::Two).contains("gofmt"));
        assert!(all.enabled(Version::Two).contains("modernize") && !all.enabled(Version::One).contains("modernize"));
        let fast = Choice { group: Group::Fast, ..Choice::default() }.enabled(Version::Two);
        assert!(fast.contains("lll") && !fast.contains("govet") && !fast.contains("gofmt"));
    }

    #[test]
    fn names_of_checks_are_taken_apart() {
        let check = |name: &str, version| {
            let check = Check::new(name, version);
            format!("{} {}", check.linter, check.check.unwrap_or_default())
        };
        assert_eq!(check("govet/loopclosure", Version::One), "govet loopclosure");
        assert_eq!(check("exportloopref", Version::One), "exportloopref ");
        assert_eq!(check("staticcheck/ST1005", Version::One), "stylecheck ST1005");
        assert_eq!(check("staticcheck/S1000", Version::One), "gosimple S1000");
        assert_eq!(check("staticcheck/SA1019", Version::One), "staticcheck SA1019");
        assert_eq!(check("stylecheck/ST1005", Version::Two), "staticcheck ST1005");
    }
}
