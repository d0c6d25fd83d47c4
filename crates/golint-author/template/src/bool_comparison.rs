//! bool-comparison: a boolean that is compared with `true` or `false`.

use golint_sdk::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

/// What golint.toml may set. The comments stand in the schema of golint.toml, which editors show.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Options {
    /// Leave `x == false` and `x != true` alone, which some find easier to see than `!x`.
    allow_false: bool,
}

/// The rule. The type is never made: it stands for the rule.
pub(crate) struct BoolComparison;

impl Rule for BoolComparison {
    type Options = Options;

    const META: Meta = Meta {
        id: "bool-comparison",
        summary: "A boolean compared with `true` or `false`",
        docs: DOCS,
        category: "style",
        severity: Severity::Warning,
        default_on: true,
    };

    /// Only files in which the needle hits are parsed, and only nodes of this kind are handed to `check`.
    fn interests(_: &Options) -> Vec<Interest> {
        let comparison = r"[=!]=[\s(]*(true|false)\b|\b(true|false)[\s)]*[=!]=";
        vec![Interest::in_nodes([kind::BINARY_EXPRESSION]).requires(Needle::pattern(comparison))]
    }

    fn check(options: &Options, node: Node<'_>) {
        let children = (node.child(field::LEFT), node.child(field::OPERATOR), node.child(field::RIGHT));
        let (Some(left), Some(operator), Some(right)) = children else { return };
        let equal = match &*operator.text() {
            "==" => true,
            "!=" => false,
            _ => return,
        };
        let (operand, value) = match (literal(left), literal(right)) {
            (None, Some(value)) => (left, value),
            (Some(value), None) => (right, value),
            _ => return,
        };
        // An interface that holds `true` is no boolean, and a type of one's own can't take the place of `bool` everywhere.
        // Where the type is not known, the rule stays silent.
        if operand.type_of().is_none_or(|ty| !matches!(&*ty.string(), "bool" | "untyped bool")) {
            return;
        }
        let asks_for_truth = equal == value;
        if !asks_for_truth && options.allow_false {
            return;
        }
        let text = if asks_for_truth {
            operand.text().into_owned()
        } else {
            negated(&operand.text(), operand.is(kind::BINARY_EXPRESSION))
        };
        let message = format!("the boolean is compared with `{value}`, which says it twice");
        let fix = Fix::safe(format!("write `{text}`")).replace(node, text);
        node.file().report(Finding::at(node, message).help("a boolean needs no comparison").fix(fix));
    }
}

/// The value of `true` or `false`, unless something else was declared by that name.
fn literal(node: Node<'_>) -> Option<bool> {
    let node = node.unparenthesized();
    if !matches!(node.bytes(), b"true" | b"false") {
        return None;
    }
    node.constant()?.as_bool()
}

/// The opposite of an expression.
fn negated(expression: &str, is_binary: bool) -> String {
    if is_binary { format!("!({expression})") } else { format!("!{expression}") }
}

const DOCS: &str = "\
## What it finds

A value of type `bool` that is compared with `true` or `false`.

## Why

The value is the answer already. Where the comparison is with `false`, a `!` says the same in one character.

## Bad

```go
package p

func f(ready bool) int {
	if ready == true {
		return 1
	}
	return 0
}
```

## Good

```go
package p

func f(ready bool) int {
	if ready {
		return 1
	}
	return 0
}
```

## What it leaves alone

Values of interface types, and of types that are declared as `bool`.

## Fix

`--fix` takes the comparison away. Where its result went into a type that is declared as `bool`, the compiler then asks
for a conversion.

## Options

`allow-false` (default `false`) leaves `x == false` and `x != true` alone:

```toml
[rules.\"NAME/bool-comparison\"]
options = { allow-false = true }
```
";

#[cfg(test)]
mod tests {
    use super::negated;

    #[test]
    fn only_what_binds_less_than_a_sign_needs_parentheses() {
        assert_eq!(negated("ready()", false), "!ready()");
        assert_eq!(negated("a < b", true), "!(a < b)");
    }
}
