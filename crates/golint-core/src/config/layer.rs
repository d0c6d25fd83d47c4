//! One golint.toml as it stands: its keys, with places. What the names of rules mean is decided later, when the plugins
//! are known. Never looks at another file.

use std::ops::Range;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{BYTE_ORDER_MARK, Diagnostic, Severity, Span};
use golint_project::{GoVersion, PlatformSet};
use toml_edit::{Document, Item, TomlError};

use super::glob::PathGlob;
use super::options::Options;
use super::platforms;
use super::reader::{Placed, Reader};

/// A configuration file above this is a mistake.
const LARGEST: usize = 1 << 20;

/// The keys of golint.toml. A test compares them with the schema.
pub(crate) const KEYS: [&str; 12] = [
    "extend",
    "select",
    "ignore",
    "per-file-ignores",
    "exclude",
    "include-generated",
    "go",
    "platforms",
    "max-file-size",
    "baseline",
    "rules",
    "plugins",
];
/// The keys of `[rules.ID]`.
pub(crate) const RULE_KEYS: [&str; 3] = ["severity", "aliases", "options"];
/// The keys of `[plugins.NAME]`.
pub(crate) const PLUGIN_KEYS: [&str; 2] = ["path", "sha256"];

/// One configuration file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layer {
    /// Absolute.
    pub(crate) path: Utf8PathBuf,
    /// The folder that its patterns are relative to: its own, unless somebody else decides.
    pub(crate) patterns_from: Utf8PathBuf,
    pub(crate) extend: Option<Placed<String>>,
    pub(crate) select: Option<Vec<Placed<String>>>,
    pub(crate) ignore: Option<Vec<Placed<String>>>,
    pub(crate) per_file_ignores: Vec<PerFileIgnore>,
    pub(crate) exclude: Option<Vec<PathGlob>>,
    pub(crate) include_generated: Option<bool>,
    pub(crate) go: Option<GoVersion>,
    pub(crate) platforms: Option<(Vec<String>, PlatformSet)>,
    pub(crate) max_file_size: Option<u64>,
    /// As written.
    pub(crate) baseline: Option<Placed<String>>,
    pub(crate) rules: Vec<RuleTable>,
    pub(crate) plugins: Vec<PluginTable>,
    /// Names of plugins whose tables have faults.
    pub(crate) broken_plugins: Vec<String>,
}

/// A line of `[per-file-ignores]`.
#[derive(Clone, Debug)]
pub(crate) struct PerFileIgnore {
    pub(crate) glob: PathGlob,
    pub(crate) selectors: Vec<Placed<String>>,
}

/// A `[rules.ID]`.
#[derive(Clone, Debug)]
pub(crate) struct RuleTable {
    pub(crate) id: Placed<String>,
    pub(crate) severity: Option<Severity>,
    /// In lower case.
    pub(crate) aliases: Option<Vec<String>>,
    pub(crate) options: Options,
}

/// A `[plugins.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PluginTable {
    pub(crate) name: Placed<String>,
    /// As written.
    pub(crate) path: Placed<String>,
    /// In lower case.
    pub(crate) sha256: Option<Placed<String>>,
}

impl Layer {
    /// The folder of the file: paths in it are relative to it.
    pub(crate) fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// Reads a configuration file, as far as it can be understood. `shown` is its path in messages.
    pub(crate) fn read(path: &Utf8Path, shown: &Arc<str>, bytes: &[u8]) -> (Layer, Vec<Diagnostic>) {
        let mut reader = Reader::new(Arc::clone(shown));
        let patterns_from = path.parent().unwrap_or(path).to_owned();
        let mut layer = Layer { path: path.to_owned(), patterns_from, ..Layer::default() };
        let text = match text_of(bytes, &mut reader) {
            Some(text) => text,
            None => return (layer, reader.faults),
        };
        // Offsets count the mark, which the parser does not see.
        let parsed = Document::parse(text);
        match parsed {
            Ok(document) => layer.fill(&document, &mut reader),
            Err(error) => {
                let (span, message, help) = explained(&error, text);
                let at = reader.at(span);
                reader.fault(at, format!("not a TOML document: {message}")).help = help;
            }
        }
        let mut faults = reader.faults;
        if bytes.starts_with(BYTE_ORDER_MARK) {
            faults.iter_mut().for_each(shift);
        }
        (layer, faults)
    }

    fn fill(&mut self, document: &Document<&str>, reader: &mut Reader) {
        for (key, item) in reader.entries(document.as_table()) {
            let name = key.value;
            match name {
                "extend" => self.extend = reader.string(item, name),
                "select" => self.select = reader.strings(item, name),
                "ignore" => self.ignore = reader.strings(item, name),
                "per-file-ignores" => self.per_file_ignores = per_file_ignores(item, reader),
                "exclude" => {
                    self.exclude = reader
                        .strings(item, name)
                        .map(|texts| texts.iter().filter_map(|text| glob(text, reader)).collect());
                }
                "include-generated" => self.include_generated = reader.boolean(item, name),
                "go" => self.go = go_version(item, document.raw(), reader),
                "platforms" => self.platforms = platform_set(item, reader),
                "max-file-size" => self.max_file_size = reader.size(item, name),
                "baseline" => self.baseline = reader.string(item, name),
                "rules" => {
                    let tables = reader.table(item, name);
                    self.rules = tables.into_iter().map(|(id, item)| rule_table(&id, item, reader)).collect();
                }
                "plugins" => {
                    let tables = reader.table(item, name);
                    for (name, item) in tables {
                        let named = name.value.to_owned();
                        match plugin_table(name, item, reader) {
                            Some(table) => self.plugins.push(table),
                            None => self.broken_plugins.push(named),
                        }
                    }
                }
                _ => {
                    reader.unknown_key(&key, "", &KEYS);
                }
            }
        }
    }
}

/// Where a text is no TOML document, why, and what to do about it.
fn explained(error: &TomlError, text: &str) -> (Option<Range<usize>>, String, Option<String>) {
    let span = error.span();
    let message = error.message().trim_end().replace('\n', "; ");
    if message == "duplicate key"
        && let Some(key) = span.clone().and_then(|span| text.get(span))
    {
        return (span, format!("{message} `{key}`"), Some("give this one another name, or remove it".to_owned()));
    }
    if message.starts_with("invalid unquoted key")
        && let Some((name, written)) = span.as_ref().and_then(|span| with_quotes(text, span.start))
    {
        let message = format!("the name `{}` must be in quotes", &text[name.clone()]);
        return (Some(name), message, Some(format!("write `{written}`")));
    }
    (span, message, None)
}

/// The name on the line of this offset that lacks its quotes, and how to write it with them.
fn with_quotes(text: &str, offset: usize) -> Option<(Range<usize>, String)> {
    let line_start = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next()?;
    let (before, rest, behind) = match line.split_once('[').filter(|(before, _)| before.trim().is_empty()) {
        // `[rules.house/x]`: the name follows that of the table.
        Some((_, header)) => (line.find('.')? + 1, header.split(']').next()?.split_once('.')?.1, "]"),
        None => (0, line.split('=').next()?, " = …"),
    };
    let name = [".options", ".severity"].iter().find_map(|key| rest.trim().strip_suffix(key)).unwrap_or(rest.trim());
    if name.is_empty() || name.contains(['"', '\'', '\\']) {
        return None;
    }
    let start = before + line[before..].find(name)?;
    let more = rest.trim().strip_prefix(name).unwrap_or_default();
    let written = format!("{}\"{name}\"{more}{behind}", line[..start].trim_start());
    Some((line_start + start..line_start + start + name.len(), written))
}

fn shift(fault: &mut Diagnostic) {
    let span = &mut fault.primary.location.span;
    let by = BYTE_ORDER_MARK.len() as u32;
    *span = Span::new(span.start.saturating_add(by), span.end.saturating_add(by));
}

fn text_of<'b>(bytes: &'b [u8], reader: &mut Reader) -> Option<&'b str> {
    if bytes.len() > LARGEST {
        let at = reader.at(None);
        reader.fault(at, format!("{} bytes are too many for a configuration file; the limit is 1 MiB", bytes.len()));
        return None;
    }
    match std::str::from_utf8(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)) {
        Ok(text) => Some(text),
        Err(error) => {
            let start = error.valid_up_to();
            let at = reader.at(Some(start..start + error.error_len().unwrap_or(1)));
            reader.fault(at, "not UTF-8").help = Some("save the file as UTF-8".into());
            None
        }
    }
}

fn glob(text: &Placed<String>, reader: &mut Reader) -> Option<PathGlob> {
    match PathGlob::new(&text.value) {
        Ok(glob) => Some(glob),
        Err(message) => {
            reader.fault(text.at.clone(), format!("`{}` is no pattern: {message}", text.value));
            None
        }
    }
}

fn per_file_ignores(item: &Item, reader: &mut Reader) -> Vec<PerFileIgnore> {
    let mut lines = Vec::new();
    for (key, item) in reader.table(item, "per-file-ignores") {
        let selectors = reader.strings(item, key.value);
        let glob = glob(&Placed { value: key.value.to_owned(), at: key.at.clone() }, reader);
        if let (Some(glob), Some(selectors)) = (glob, selectors) {
            lines.push(PerFileIgnore { glob, selectors });
        }
    }
    lines
}

fn go_version(item: &Item, source: &str, reader: &mut Reader) -> Option<GoVersion> {
    if item.is_float() || item.is_integer() {
        // 1.20 as a number is 1.2.
        let at = reader.at(item.span());
        let number = item.span().and_then(|span| source.get(span)).unwrap_or("1.21");
        reader.fault(at, "`go` must be a string").help = Some(format!("write `go = \"{number}\"`"));
        return None;
    }
    let text = reader.string(item, "go")?;
    match text.value.parse() {
        Ok(version) => Some(version),
        Err(error) => {
            reader.fault(text.at, error.to_string());
            None
        }
    }
}

fn platform_set(item: &Item, reader: &mut Reader) -> Option<(Vec<String>, PlatformSet)> {
    let names = reader.strings(item, "platforms")?;
    let mut set = PlatformSet::EMPTY;
    for name in &names {
        match platforms::named(&name.value) {
            Ok(platforms) => set |= platforms,
            Err(fault) => {
                let told = reader.fault(name.at.clone(), fault.message);
                told.help = fault.help;
            }
        }
    }
    if names.is_empty() {
        let at = reader.at(item.span());
        reader.fault(at, "`platforms` names no platform").help = Some("leave the key out to mean all platforms".into());
    }
    Some((names.into_iter().map(|name| name.value).collect(), set))
}

fn rule_table(id: &Placed<&str>, item: &Item, reader: &mut Reader) -> RuleTable {
    let name = format!("rules.{}", id.value);
    let mut table = RuleTable {
        id: Placed { value: id.value.to_owned(), at: id.at.clone() },
        severity: None,
        aliases: None,
        options: Options::default(),
    };
    for (key, item) in reader.table(item, &name) {
        match key.value {
            "severity" => table.severity = severity(item, reader),
            "aliases" => table.aliases = aliases(item, reader),
            "options" => table.options = Options::read(item, "options", reader),
            _ => {
                let unknown = reader.unknown_key(&key, &format!(" in [{name}]"), &RULE_KEYS);
                if unknown.help.is_none() {
                    unknown.help = Some(format!("options of the rule stand under [{}.options]", table_name(id.value)));
                }
            }
        }
    }
    table
}

/// Names of other linters, as they stand in comments that suppress.
fn aliases(item: &Item, reader: &mut Reader) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for name in reader.strings(item, "aliases")? {
        if name.value.is_empty() || name.value.contains(|c: char| c == ',' || c.is_whitespace() || c.is_control()) {
            let message = format!("{:?} is no name that could stand in a comment", name.value);
            reader.fault(name.at, message).help = Some("write it as it stands in //nolint, such as \"govet\"".into());
            continue;
        }
        names.push(name.value.to_lowercase());
    }
    Some(names)
}

fn table_name(id: &str) -> String {
    if id.contains('/') { format!("rules.{id:?}") } else { format!("rules.{id}") }
}

fn severity(item: &Item, reader: &mut Reader) -> Option<Severity> {
    let text = reader.string(item, "severity")?;
    let severity = Severity::ALL.into_iter().find(|severity| severity.name() == text.value);
    if severity.is_none() {
        let help = match text.value.as_str() {
            "off" | "none" | "ignore" => "to turn the rule off, name it in `ignore`",
            _ => "it is one of error, warning, info, hint",
        };
        reader.fault(text.at, format!("unknown severity `{}`", text.value)).help = Some(help.into());
    }
    severity
}

/// None if anything in the table is wrong: what might be meant to keep a plugin from being run must not be passed over.
fn plugin_table(name: Placed<&str>, item: &Item, reader: &mut Reader) -> Option<PluginTable> {
    let before = reader.faults.len();
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.value.is_empty() || !name.value.chars().all(valid) {
        let message = format!("`{}` can't be the name of a plugin", name.value);
        reader.fault(name.at.clone(), message).help =
            Some("plugins are named with lower-case letters, digits and hyphens".into());
    }
    let place = format!("plugins.{}", name.value);
    let (mut path, mut sha256) = (None, None);
    for (key, item) in reader.table(item, &place) {
        match key.value {
            "path" => path = reader.string(item, "path"),
            "sha256" => sha256 = reader.string(item, "sha256").and_then(|digest| sha256_digest(digest, reader)),
            _ => {
                reader.unknown_key(&key, &format!(" in [{place}]"), &PLUGIN_KEYS);
            }
        }
    }
    if let (Some(path), Some(fault)) = (item.as_str(), reader.faults.last_mut()) {
        fault.help = Some(format!("write `{} = {{ path = {path:?} }}`", toml_edit::Key::new(name.value)));
    }
    if path.is_none() && reader.faults.len() == before {
        let help = format!("write `path = \"lint/{}.wasm\"`, relative to this file", name.value);
        reader.fault(name.at.clone(), format!("plugin `{}` has no `path`", name.value)).help = Some(help);
    }
    if reader.faults.len() > before {
        return None;
    }
    let name = Placed { value: name.value.to_owned(), at: name.at };
    Some(PluginTable { name, path: path?, sha256 })
}

fn sha256_digest(mut digest: Placed<String>, reader: &mut Reader) -> Option<Placed<String>> {
    if digest.value.len() != 64 || !digest.value.bytes().all(|b| b.is_ascii_hexdigit()) {
        let help = "`sha256sum FILE` prints it".to_owned();
        reader.fault(digest.at, "`sha256` must be 64 hexadecimal digits").help = Some(help);
        return None;
    }
    digest.value.make_ascii_lowercase();
    Some(digest)
}

#[cfg(test)]
mod tests;
