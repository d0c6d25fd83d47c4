//! What a pack is and what it looks for, for people and for programs. It runs no rule.

use std::fmt::Write;

use golint_host::{Interest, Interfaces, Manifest, Needle, Rule};
use golint_project::{PLATFORMS, PlatformSet};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::pack::{Loaded, PackError, interests};

/// A pack, looked at.
pub struct Inspection {
    manifest: Manifest,
    interests: Vec<Interest>,
    interfaces: Interfaces,
    size: usize,
    sha256: String,
}

impl Inspection {
    /// Of a loaded pack. It is asked what its rules look for when all of them are on, with their default options.
    ///
    /// # Errors
    /// If it can't answer that.
    pub fn of(loaded: &Loaded) -> Result<Inspection, PackError> {
        let digest = Sha256::digest(&loaded.bytes);
        Ok(Inspection {
            manifest: loaded.pack.manifest().clone(),
            interests: interests(&*loaded.pack)?,
            // It was loaded, so that its interfaces could be read.
            interfaces: Interfaces::of(&loaded.bytes).unwrap_or_default(),
            size: loaded.bytes.len(),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        })
    }

    /// One JSON object. Keys are added, never renamed.
    pub fn to_json(&self) -> Value {
        let rule = |(index, rule): (usize, &Rule)| {
            json!({
                "id": rule.id,
                "summary": rule.summary,
                "category": rule.category,
                "severity": rule.severity.name(),
                "default_on": rule.default_on,
                "options_schema": rule.options_schema,
                "interests": self.interests_of(index).map(interest_json).collect::<Vec<_>>(),
            })
        };
        json!({
            "name": self.manifest.name,
            "version": self.manifest.version,
            "contract": self.interfaces.contract,
            "size": self.size,
            "sha256": self.sha256,
            "imports": self.interfaces.imports,
            "rules": self.manifest.rules.iter().enumerate().map(rule).collect::<Vec<_>>(),
        })
    }

    /// For people; ends with a line end.
    pub fn to_text(&self) -> String {
        let mut text = format!("{} {}\n", self.manifest.name, self.manifest.version);
        let contract = self.interfaces.contract.as_deref().unwrap_or_default();
        let imports =
            if self.interfaces.imports.is_empty() { "nothing".to_owned() } else { self.interfaces.imports.join(", ") };
        for (title, line) in [
            ("contract", format!("golint:rules@{contract}")),
            ("size", format!("{} bytes", self.size)),
            ("sha256", self.sha256.clone()),
            ("imports", imports),
        ] {
            _ = writeln!(text, "  {title:8}  {line}");
        }
        for (index, rule) in self.manifest.rules.iter().enumerate() {
            let state = if rule.default_on { "on" } else { "off" };
            _ = writeln!(text, "\n{}  {}, {state}, {}", rule.id, rule.severity.name(), rule.category);
            _ = writeln!(text, "  {}", rule.summary);
            for interest in self.interests_of(index) {
                let kinds: Vec<_> = interest.kinds.iter().map(|kind| kind.name()).collect();
                _ = writeln!(text, "  looks at  {}", kinds.join(", "));
                for condition in conditions(interest) {
                    _ = writeln!(text, "            {condition}");
                }
            }
            for option in rule.options_schema.iter().flat_map(options) {
                _ = writeln!(text, "  option    {option}");
            }
        }
        text
    }

    fn interests_of(&self, rule: usize) -> impl Iterator<Item = &Interest> {
        self.interests.iter().filter(move |interest| interest.rule as usize == rule)
    }
}

fn interest_json(interest: &Interest) -> Value {
    let needle = |needle: &Needle| {
        let (key, text) = parts(needle);
        json!({ key: text })
    };
    let any = |any: &Vec<Needle>| any.iter().map(needle).collect::<Vec<_>>();
    json!({
        "since_go": interest.go.since.map(|version| version.to_string()),
        "before_go": interest.go.before.map(|version| version.to_string()),
        "platforms": interest.on.map(|on| on.iter().map(ToString::to_string).collect::<Vec<_>>()),
        "requires": interest.requires.iter().map(any).collect::<Vec<_>>(),
        "kinds": interest.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
    })
}

/// What kind of needle it is, and what it looks for.
fn parts(needle: &Needle) -> (&'static str, String) {
    match needle {
        Needle::Literal(text) => ("literal", text.clone()),
        Needle::Pattern(pattern) => ("pattern", pattern.as_str().to_owned()),
        Needle::Imports(path) => ("imports", path.clone()),
        Needle::ImportsBelow(path) => ("imports", format!("{path}/…")),
    }
}

/// Which files an interest takes.
fn conditions(interest: &Interest) -> Vec<String> {
    let mut conditions = Vec::new();
    if interest.requires.is_empty() {
        conditions.push("in every file".to_owned());
    }
    for any in &interest.requires {
        let needles: Vec<_> = any.iter().map(parts).map(|(kind, text)| format!("{kind} {text:?}")).collect();
        conditions.push(format!("in files with {}", needles.join(" or ")));
    }
    match (interest.go.since, interest.go.before) {
        (None, None) => {}
        (Some(since), None) => conditions.push(format!("of Go {since} and later")),
        (None, Some(before)) => conditions.push(format!("of Go before {before}")),
        (Some(since), Some(before)) => conditions.push(format!("of Go {since} and later, before {before}")),
    }
    if let Some(on) = interest.on {
        conditions.push(format!("that build for {}", systems(on)));
    }
    conditions
}

/// Platforms by the names of their systems, those that are not whole by pairs.
fn systems(on: PlatformSet) -> String {
    let mut names: Vec<String> = Vec::new();
    for (index, platform) in PLATFORMS.iter().enumerate().filter(|(index, _)| on.contains(*index)) {
        let system = PlatformSet::of(|other| other.goos == platform.goos);
        let name = if on.includes(system) { platform.goos.to_owned() } else { PLATFORMS[index].to_string() };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Each option of a schema in a line: name, type, default, and the first line of its description.
fn options(schema: &Value) -> Vec<String> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let line = |(name, option): (&String, &Value)| {
        let mut line = name.clone();
        match option.get("type") {
            Some(Value::String(kind)) => line.push_str(&format!(": {kind}")),
            Some(Value::Array(kinds)) => {
                let kinds: Vec<_> = kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect();
                line.push_str(&format!(": {}", kinds.join(" or ")));
            }
            _ => {}
        }
        if let Some(default) = option.get("default").filter(|default| !default.is_null()) {
            line.push_str(&format!(" = {default}"));
        }
        let description = option.get("description").and_then(Value::as_str).and_then(|text| text.lines().next());
        description.into_iter().for_each(|text| line.push_str(&format!("  {text}")));
        line
    };
    properties.into_iter().flatten().map(line).collect()
}

#[cfg(test)]
mod tests {
    use golint_host::{GoRange, Pattern};
    use golint_project::GoVersion;
    use golint_tree::kind;

    use super::*;

    #[test]
    fn an_interest_is_told_by_its_conditions() {
        let mut interest = Interest {
            rule: 0,
            go: GoRange::default(),
            on: None,
            requires: Vec::new(),
            kinds: vec![kind::GOTO_STATEMENT],
        };
        assert_eq!(conditions(&interest), ["in every file"]);
        interest.requires = vec![
            vec![Needle::Literal("a\n".into()), Needle::Pattern(Pattern::new("b+").expect("sound"))],
            vec![Needle::ImportsBelow("example.com/x".into())],
        ];
        interest.go = GoRange { since: Some(GoVersion::new(1, 18)), before: Some(GoVersion::new(1, 22)) };
        interest.on = Some(PlatformSet::of(|p| p.goos == "linux" || p.to_string() == "windows/arm64"));
        let told = conditions(&interest);
        assert_eq!(told[0], "in files with literal \"a\\n\" or pattern \"b+\"");
        assert_eq!(told[1..3], ["in files with imports \"example.com/x/…\"", "of Go 1.18 and later, before 1.22"]);
        assert_eq!(told[3], "that build for linux, windows/arm64");
    }

    #[test]
    fn an_option_is_told_in_a_line() {
        let schema = json!({ "properties": {
            "names": { "type": "array", "default": ["a"], "description": "Names.\nMore." },
            "other": { "type": ["string", "null"] },
            "any": { "$ref": "#/$defs/Any" },
        }});
        assert_eq!(options(&schema), ["names: array = [\"a\"]  Names.", "other: string", "any"]);
    }
}
