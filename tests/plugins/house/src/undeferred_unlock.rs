//! undeferred-unlock: a call that must be followed by another one, deferred: `mu.Lock()` by `defer mu.Unlock()`.

use golint_sdk::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

/// What golint.toml may set.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Options {
    /// Accept an unlock that is not deferred, if it stands in the same block after at most this many statements.
    statements: usize,
}

/// The methods of package sync that lock, by their full names, with the one that unlocks. Types, not names, decide: a
/// method of another type may be called Lock, too.
const PAIRS: &[(&str, &str)] = &[
    ("sync.Mutex.Lock", "Unlock"),
    ("sync.RWMutex.Lock", "Unlock"),
    ("sync.RWMutex.RLock", "RUnlock"),
    ("sync.Locker.Lock", "Unlock"),
];

/// Locks of package sync that nothing unlocks when the function panics or returns early.
pub(crate) struct UndeferredUnlock;

impl Rule for UndeferredUnlock {
    type Options = Options;

    const META: Meta = Meta {
        id: "undeferred-unlock",
        summary: "A lock of package sync whose unlock is not deferred right after it",
        docs: DOCS,
        category: "suspicious",
        severity: Severity::Warning,
        default_on: true,
    };

    fn interests(_: &Options) -> Vec<Interest> {
        let lock = Needle::pattern(r"\.R?Lock\(");
        vec![Interest::in_nodes([kind::EXPRESSION_STATEMENT]).requires(Needle::imports("sync")).requires(lock)]
    }

    fn check(options: &Options, node: Node<'_>) {
        let Some((mutex, lock)) = node.named_children().next().and_then(method_call) else { return };
        if !matches!(lock.bytes(), b"Lock" | b"RLock") {
            return;
        }
        let full = lock.resolve().and_then(|method| method.qualified_name());
        let Some((_, unlock)) = PAIRS.iter().find(|(name, _)| full.as_deref() == Some(*name)) else { return };
        if is_lock_itself(node) {
            return;
        }
        let is_unlock = |call: Node<'_>| {
            method_call(call).is_some_and(|(of, method)| {
                method.bytes() == unlock.as_bytes() && of.text().split_whitespace().eq(mutex.text().split_whitespace())
            })
        };
        let mut after = statements_after(node);
        let deferred = |statement: &Node<'_>| {
            statement.is(kind::DEFER_STATEMENT) && statement.named_children().next().is_some_and(is_unlock)
        };
        let is_short = |statement: &Node<'_>| {
            statement.is(kind::EXPRESSION_STATEMENT) && statement.named_children().next().is_some_and(is_unlock)
        };
        if after.next().is_some_and(|next| deferred(&next)) {
            return;
        }
        if options.statements > 0 && statements_after(node).take(options.statements + 1).any(|next| is_short(&next)) {
            return;
        }
        let (of, method) = (mutex.text(), lock.text());
        let message = format!("`{of}` stays locked if something panics or returns between here and its {unlock}");
        node.file().report(
            Finding::at(node, message).help(format!("write `defer {of}.{unlock}()` right after `{of}.{method}()`")),
        );
    }
}

/// Of a call `x.m(…)`: `x` and `m`.
fn method_call(call: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let function = call.child(field::FUNCTION).filter(|_| call.is(kind::CALL_EXPRESSION))?;
    Some((function.child(field::OPERAND)?, function.child(field::FIELD)?))
}

/// The statements of the block that follow this one.
fn statements_after(statement: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let block = statement.parent();
    block.into_iter().flat_map(|block| block.named_children()).filter(move |other| *other > statement)
}

/// Does it stand in a function that locks for its caller? Its name says so: `Lock`, `rlock`, `lockAll`.
fn is_lock_itself(statement: Node<'_>) -> bool {
    let functions = [kind::FUNCTION_DECLARATION, kind::METHOD_DECLARATION, kind::FUNC_LITERAL];
    let function = statement.ancestors().find(|node| functions.contains(&node.kind()));
    let name = function.and_then(|function| function.child(field::NAME));
    name.is_some_and(|name| name.text().to_lowercase().contains("lock"))
}

const DOCS: &str = "\
## What it finds

A call of `Lock` or `RLock` of a `sync.Mutex`, `sync.RWMutex` or `sync.Locker` that is not followed by the deferred call that
unlocks it.

## Why

A return or a panic between the two calls leaves the lock behind, and the next goroutine waits for ever.

## Bad

```go
package p

import \"sync\"

var mu sync.Mutex

func f(work func()) {
	mu.Lock()
	work()
	mu.Unlock()
}
```

## Good

```go
package p

import \"sync\"

var mu sync.Mutex

func f(work func()) {
	mu.Lock()
	defer mu.Unlock()
	work()
}
```

## What it leaves alone

Methods of other types that are called `Lock`, and functions with `lock` in their name, which lock for their callers.

## Options

`statements` (default 0) accepts an unlock that is not deferred and has at most so many statements before it:

```toml
[rules.\"house/undeferred-unlock\"]
options = { statements = 2 }
```
";
