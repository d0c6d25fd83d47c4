//! go.mod and go.work files. Reads all that it can and lists what it could not; decides nothing about packages.
//!
//! Source: go.dev/ref/mod, "go.mod files" and "Workspaces"; tried against `go mod edit -json` and `go work edit -json`.
//! Versions of required modules are kept as they stand: which of them are built with is decided in [`crate::imports`].

mod tokens;

use std::ops::Range;

use crate::GoVersion;
use tokens::{Line, Token};

/// A go.mod file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoMod {
    /// The module's path; none if no `module` line says.
    pub module: Option<String>,
    /// The `go` line.
    pub go: Option<GoVersion>,
    /// The name on the `toolchain` line: "go1.23.1", "default".
    pub toolchain: Option<String>,
    /// `godebug` settings, in order.
    pub godebug: Vec<(String, String)>,
    /// Folders of `ignore` lines, as written: "./x" is the module's own x, "x" any folder of that name.
    pub ignore: Vec<String>,
    /// Required modules, in order.
    pub require: Vec<Requirement>,
    /// `replace` lines, in order.
    pub replace: Vec<Replacement>,
    /// `exclude` lines, in order: path and version.
    pub exclude: Vec<(String, String)>,
}

/// A go.work file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoWork {
    /// The `go` line. It sets no language version: each module's own go.mod does.
    pub go: Option<GoVersion>,
    /// The name on the `toolchain` line.
    pub toolchain: Option<String>,
    /// `godebug` settings, in order.
    pub godebug: Vec<(String, String)>,
    /// The folders of the workspace's modules, as written, with the place where they are.
    pub uses: Vec<(String, Range<u32>)>,
    /// `replace` lines, in order.
    pub replace: Vec<Replacement>,
}

/// A `require` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Path of the module.
    pub path: String,
    /// Its version, as written.
    pub version: String,
    /// Whether the line is marked `// indirect`.
    pub indirect: bool,
}

/// A `replace` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Path of the replaced module.
    pub path: String,
    /// The only version that is replaced; none: all.
    pub version: Option<String>,
    /// A folder ("./…", "../…", absolute) or another module's path.
    pub target: String,
    /// Version of that module; none for a folder.
    pub target_version: Option<String>,
}

/// Something in the file that cannot be meant so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes.
    pub span: Range<u32>,
    /// What is wrong.
    pub message: String,
    /// False for what says nothing about this program's business, such as a directive that it does not know.
    pub matters: bool,
}

/// Reads a go.mod file.
pub fn parse_mod(source: &[u8]) -> (GoMod, Vec<Fault>) {
    let (lines, mut faults) = tokens::read(source);
    let mut file = GoMod::default();
    for line in &lines {
        let mut reader = Reader { line, faults: &mut faults };
        match line.verb() {
            "module" => reader.set(&mut file.module, "module", |r| r.one_string("module example.com/path")),
            "go" => reader.set(&mut file.go, "go", Reader::go_version),
            "toolchain" => reader.set(&mut file.toolchain, "toolchain", Reader::toolchain),
            "godebug" => file.godebug.extend(reader.godebug()),
            "ignore" => file.ignore.extend(reader.one_string("ignore ./folder")),
            "require" => file.require.extend(reader.requirement()),
            "replace" => file.replace.extend(reader.replacement()),
            "exclude" => file.exclude.extend(reader.excluded()),
            // Of no interest here, and their forms may grow.
            "retract" | "tool" => {}
            verb => reader.unknown(verb),
        }
    }
    if file.module.is_none() && faults.is_empty() {
        faults.push(Fault {
            span: 0..0,
            message: "there is no module line, such as `module example.com/path`".to_owned(),
            matters: true,
        });
    }
    (file, faults)
}

/// Reads a go.work file.
pub fn parse_work(source: &[u8]) -> (GoWork, Vec<Fault>) {
    let (lines, mut faults) = tokens::read(source);
    let mut file = GoWork::default();
    for line in &lines {
        let mut reader = Reader { line, faults: &mut faults };
        match line.verb() {
            "go" => reader.set(&mut file.go, "go", Reader::go_version),
            "toolchain" => reader.set(&mut file.toolchain, "toolchain", Reader::toolchain),
            "godebug" => file.godebug.extend(reader.godebug()),
            "use" => file.uses.extend(reader.one_string("use ./folder").map(|folder| (folder, line.span()))),
            "replace" => file.replace.extend(reader.replacement()),
            verb => reader.unknown(verb),
        }
    }
    (file, faults)
}

/// One line, and where its faults go.
struct Reader<'a> {
    line: &'a Line,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, span: Range<u32>, message: impl Into<String>, matters: bool) {
        self.faults.push(Fault { span, message: message.into(), matters });
    }

    fn unknown(&mut self, verb: &str) {
        // Once for a block of many lines.
        if self.faults.last().is_some_and(|fault| fault.span == self.line.verb.span) {
            return;
        }
        let kind = if self.line.in_block { "block" } else { "directive" };
        self.fault(self.line.verb.span.clone(), format!("`{verb}` is no {kind} that this version knows"), false);
    }

    /// For lines that may stand once only; the first one holds.
    fn set<T>(&mut self, place: &mut Option<T>, verb: &str, read: impl FnOnce(&mut Self) -> Option<T>) {
        if place.is_some() {
            self.fault(self.line.span(), format!("a second `{verb}` line"), true);
        } else if self.line.in_block && verb != "module" {
            // The go command takes `module ( path )`, but neither of these.
            self.fault(self.line.verb.span.clone(), format!("`{verb}` cannot be a block"), true);
        } else {
            *place = read(self);
        }
    }

    fn one<'l>(&mut self, line: &'l Line, usage: &str) -> Option<&'l Token> {
        if let [argument] = line.arguments.as_slice() {
            return Some(argument);
        }
        self.fault(line.span(), format!("expected `{usage}`"), true);
        None
    }

    fn one_string(&mut self, usage: &str) -> Option<String> {
        let argument = self.one(self.line, usage)?;
        self.string(argument)
    }

    fn string(&mut self, token: &Token) -> Option<String> {
        match token.value() {
            Some(text) => Some(text),
            None => {
                self.fault(token.span.clone(), "quotes that do not match or cannot be read", true);
                None
            }
        }
    }

    fn go_version(&mut self) -> Option<GoVersion> {
        let argument = self.one(self.line, "go 1.23")?;
        if let Some(version) = GoVersion::of_go_line(&argument.text) {
            return Some(version);
        }
        let text = &argument.text;
        self.fault(argument.span.clone(), format!("{text:?} is no Go version; it must look like 1.23 or 1.23.0"), true);
        // What the go command makes of such a line in a dependency: v1.9, 1.10-custom.
        let bare = text.strip_prefix('v').unwrap_or(text);
        let end = bare.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(bare.len());
        GoVersion::of_go_line(bare[..end].trim_end_matches('.'))
    }

    fn toolchain(&mut self) -> Option<String> {
        let argument = self.one(self.line, "toolchain go1.23.0")?;
        let name = &argument.text;
        let known = name == "default" || name.strip_prefix("go1").is_some_and(|r| r.is_empty() || r.starts_with('.'));
        if !known {
            self.fault(argument.span.clone(), format!("{name:?} is no toolchain; it must look like go1.23.0"), true);
            return None;
        }
        Some(name.clone())
    }

    fn godebug(&mut self) -> Option<(String, String)> {
        let argument = self.one(self.line, "godebug key=value")?;
        let setting = argument.text.split_once('=').filter(|_| !argument.text.contains(['"', '`', '\'', ',']));
        if setting.is_none() {
            self.fault(argument.span.clone(), "expected `godebug key=value`", true);
        }
        setting.map(|(key, value)| (key.to_owned(), value.to_owned()))
    }

    fn requirement(&mut self) -> Option<Requirement> {
        let [path, version] = self.line.arguments.as_slice() else {
            self.fault(self.line.span(), "expected `require example.com/path v1.2.3`", false);
            return None;
        };
        let note = self.line.comment.trim_start();
        let indirect = note == "indirect"
            || note.split_whitespace().next() == Some("indirect;")
            || note.split_whitespace().eq(["indirect"]);
        Some(Requirement { path: self.string(path)?, version: self.string(version)?, indirect })
    }

    /// None for what has another form, which is nobody's fault: it may be a newer one.
    fn excluded(&mut self) -> Option<(String, String)> {
        let [path, version] = self.line.arguments.as_slice() else { return None };
        Some((path.value()?, version.value()?))
    }

    fn replacement(&mut self) -> Option<Replacement> {
        let arguments = self.line.arguments.as_slice();
        let arrow = arguments.iter().position(|t| t.text == "=>");
        let (from, to) = match arrow {
            Some(i @ (1 | 2)) if matches!(arguments.len() - i, 2 | 3) => (&arguments[..i], &arguments[i + 1..]),
            _ => {
                self.fault(self.line.span(), "expected `replace example.com/path => ./folder`", false);
                return None;
            }
        };
        let (from, to) = (from.iter(), to.iter());
        let mut strings = from.map(Some).chain([None]).chain(to.map(Some));
        let path = self.string(strings.next()??)?;
        let version = match strings.next()? {
            Some(token) => {
                strings.next();
                Some(self.string(token)?)
            }
            None => None,
        };
        let target = self.string(strings.next()??)?;
        let target_version = match strings.next() {
            Some(Some(token)) => Some(self.string(token)?),
            _ => None,
        };
        Some(Replacement { path, version, target, target_version })
    }
}

#[cfg(test)]
mod tests;
