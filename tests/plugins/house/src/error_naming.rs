//! error-naming: errors that are not called what readers expect.

use golint_sdk::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

/// How errors are called here.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Options {
    /// What the names of package-level error variables begin with.
    variable_prefixes: Vec<String>,
    /// What the names of error types end with.
    type_suffixes: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Options { variable_prefixes: owned(&["err", "Err"]), type_suffixes: owned(&["Error"]) }
    }
}

/// Names of error variables and error types.
pub(crate) struct ErrorNaming;

impl Rule for ErrorNaming {
    type Options = Options;

    const META: Meta = Meta {
        id: "error-naming",
        summary: "An error variable or type whose name does not say that it is one",
        docs: DOCS,
        category: "style",
        severity: Severity::Info,
        default_on: true,
    };

    fn interests(_: &Options) -> Vec<Interest> {
        // `error`, `errors.New`, `fmt.Errorf`, a method `Error`.
        vec![Interest::in_nodes([kind::VAR_SPEC, kind::METHOD_DECLARATION]).requires(Needle::literal("rror"))]
    }

    fn check(options: &Options, node: Node<'_>) {
        if node.is(kind::VAR_SPEC) {
            node.children_of(field::NAME).for_each(|name| check_variable(options, name));
        } else {
            check_type(options, node);
        }
    }
}

fn check_variable(options: &Options, name: Node<'_>) {
    let text = name.text();
    if text == "_" || options.variable_prefixes.iter().any(|prefix| begins_with(&text, prefix)) {
        return;
    }
    let Some(variable) = name.resolve() else { return };
    if !variable.is("package-level") || variable.type_of().is_none_or(|ty| ty.string() != "error") {
        return;
    }
    let prefixes = listed(&options.variable_prefixes);
    let finding = Finding::at(name, format!("the error `{text}` is not called like one"));
    name.file().report(finding.help(format!("let its name begin with {prefixes}")));
}

/// The prefix, and then a new word: `errors` does not begin with the word `err`.
fn begins_with(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| !c.is_lowercase()))
}

/// A type is an error if it has the method.
fn check_type(options: &Options, method: Node<'_>) {
    if method.child(field::NAME).is_none_or(|name| name.bytes() != b"Error") || !is_error_method(method) {
        return;
    }
    let receiver = method.child(field::RECEIVER);
    let name = receiver.and_then(|r| r.descendants().find(|node| node.is(kind::TYPE_IDENTIFIER)));
    let Some(name) = name else { return };
    let text = name.text();
    if options.type_suffixes.iter().any(|suffix| text.ends_with(&**suffix)) {
        return;
    }
    let declared = name.resolve().and_then(|ty| ty.declaration());
    let suffixes = listed(&options.type_suffixes);
    let finding = Finding::at(declared.unwrap_or(name), format!("the error type `{text}` is not called like one"));
    let finding = finding.help(format!("let its name end with {suffixes}"));
    method.file().report(if declared.is_some() { finding.label(method, "this makes it an error") } else { finding });
}

/// `Error() string`.
fn is_error_method(method: Node<'_>) -> bool {
    let takes_nothing = method.child(field::PARAMETERS).is_some_and(|list| list.named_children().next().is_none());
    takes_nothing && method.child(field::RESULT).is_some_and(|result| result.bytes() == b"string")
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

const DOCS: &str = "\
## What it finds

Package-level variables of type `error` whose names don't begin with `err` or `Err`, and types with a method
`Error() string` whose names don't end with `Error`.

## Why

`if err == ErrClosed` and `var closed *ClosedError` are read without looking anything up.

## Bad

```go
package p

import \"errors\"

var Closed = errors.New(\"closed\")
```

## Good

```go
package p

import \"errors\"

var ErrClosed = errors.New(\"closed\")
```

## What it leaves alone

Local variables, parameters, fields, and variables of other types than `error`.

## Options

`variable-prefixes` (default `[\"err\", \"Err\"]`) and `type-suffixes` (default `[\"Error\"]`):

```toml
[rules.\"house/error-naming\"]
options = { type-suffixes = [\"Error\", \"Failure\"] }
```
";
