//! forbidden-import: imports that a folder may not have, as the configuration says.

use std::collections::BTreeMap;

use golint_sdk::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

/// Without options the rule has nothing to say.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Options {
    /// What the files of a folder, and of all folders below it, must not import. The folder is relative to the module's
    /// root, separated by `/`; "." stands for the whole module.
    folders: BTreeMap<String, Ban>,
}

/// What is forbidden, and what to do instead.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Ban {
    /// Import paths. One that ends in "/..." stands for the path and all below it.
    imports: Vec<String>,
    /// What to do instead: a sentence for those who wrote such an import.
    instead: Option<String>,
}

/// Import declarations against the configuration.
pub(crate) struct ForbiddenImport;

impl Rule for ForbiddenImport {
    type Options = Options;

    const META: Meta = Meta {
        id: "forbidden-import",
        summary: "An import that the configuration forbids in this folder",
        docs: DOCS,
        category: "style",
        severity: Severity::Error,
        default_on: true,
    };

    fn interests(options: &Options) -> Vec<Interest> {
        let paths: Vec<_> = options.folders.values().flat_map(|ban| &ban.imports).map(Needle::imports).collect();
        if paths.is_empty() {
            return Vec::new();
        }
        vec![Interest::in_nodes([kind::IMPORT_SPEC]).requires_any(paths)]
    }

    fn check(options: &Options, node: Node<'_>) {
        let Some(literal) = node.child(field::PATH) else { return };
        let text = literal.text();
        let path = text.trim_matches(['"', '`']);
        let file = node.file().path();
        for (folder, ban) in &options.folders {
            if !is_below(&file, folder) || !ban.imports.iter().any(|pattern| matches(pattern, path)) {
                continue;
            }
            let place = if folder == "." { "this module".to_owned() } else { format!("`{folder}`") };
            let mut finding = Finding::at(literal, format!("{place} must not import {path:?}"));
            if let Some(instead) = &ban.instead {
                finding = finding.help(instead);
            }
            return node.file().report(finding);
        }
    }
}

/// Does the file stand in the folder, or in one below it?
fn is_below(file: &str, folder: &str) -> bool {
    folder == "." || file.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

/// Does the pattern stand for this import path?
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix("/...") {
        Some(above) => path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        None => path == pattern,
    }
}

const DOCS: &str = "\
## What it finds

Imports that `options.folders` forbids for the folder of the file.

## Why

Layers hold as long as somebody looks: the domain that opens a database connection once does it everywhere soon.

## What it leaves alone

Everything, until the configuration forbids something.

## Options

`folders` (default: none) has, for each folder, the `imports` that it must not have and what to do `instead`:

```toml
[rules.\"house/forbidden-import\".options.folders.\"internal/domain\"]
imports = [\"database/sql\", \"net/...\"]
instead = \"go through internal/store\"
```
";

#[cfg(test)]
mod tests {
    use super::{is_below, matches};

    #[test]
    fn folders_and_paths_end_at_slashes() {
        assert!(
            is_below("internal/domain/x.go", "internal/domain") && is_below("a/b/c.go", "a/") && is_below("x", ".")
        );
        assert!(!is_below("internal/domains/x.go", "internal/domain") && !is_below("domain/x.go", "internal/domain"));
        assert!(matches("net/...", "net") && matches("net/...", "net/http") && matches("net", "net"));
        assert!(!matches("net/...", "network") && !matches("net", "net/http"));
    }
}
