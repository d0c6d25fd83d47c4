//! syscall-deprecated: system calls through package syscall's own numbered entry points.

mod fix;
mod reach;
mod wrappers;

use golint_sdk::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

/// Options of syscall-deprecated.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Options {
    /// Import path of a package of the team's own to name instead of golang.org/x/sys.
    replacement: Option<String>,
}

/// Uses of syscall.Syscall and its relatives.
pub(crate) struct SyscallDeprecated;

/// A function of package syscall. The numbers are how many arguments it takes, the call's number included: one that
/// doesn't exist on a system takes none there. Source: package syscall of Go 1.26, asm_*.s and dll_windows.go.
struct Entry {
    name: &'static str,
    /// On Windows, where a second argument says how many of the others count.
    windows: Option<usize>,
    /// On systems other than Windows.
    elsewhere: Option<usize>,
    raw: bool,
}

const ENTRIES: &[Entry] = &[
    Entry { name: "Syscall", windows: Some(5), elsewhere: Some(4), raw: false },
    Entry { name: "Syscall6", windows: Some(8), elsewhere: Some(7), raw: false },
    Entry { name: "Syscall9", windows: Some(11), elsewhere: Some(10), raw: false },
    Entry { name: "Syscall12", windows: Some(14), elsewhere: None, raw: false },
    Entry { name: "Syscall15", windows: Some(17), elsewhere: None, raw: false },
    Entry { name: "Syscall18", windows: Some(20), elsewhere: None, raw: false },
    Entry { name: "RawSyscall", windows: None, elsewhere: Some(4), raw: true },
    Entry { name: "RawSyscall6", windows: None, elsewhere: Some(7), raw: true },
];

impl Rule for SyscallDeprecated {
    type Options = Options;
    const ATTRIBUTES: &'static [(&'static str, &'static str)] = &[("overlaps", "staticcheck/SA1019")];

    const META: Meta = Meta {
        id: "syscall-deprecated",
        summary: "raw system calls through package syscall, which is frozen (on Windows: deprecated)",
        docs: DOCS,
        category: "portability",
        severity: Severity::Warning,
        default_on: true,
    };

    fn interests(_: &Options) -> Vec<Interest> {
        vec![
            // Every name of ENTRIES contains "Syscall".
            Interest::in_nodes([kind::SELECTOR_EXPRESSION, kind::IDENTIFIER])
                .requires(Needle::imports("syscall"))
                .requires(Needle::literal("Syscall")),
        ]
    }

    fn check(options: &Options, node: Node<'_>) {
        let (name, use_) = if node.is(kind::SELECTOR_EXPRESSION) {
            let Some(name) = node.child(field::FIELD) else { return };
            (name, node)
        } else {
            (node, node)
        };
        let Some(entry) = ENTRIES.iter().find(|e| e.name.as_bytes() == name.bytes()) else { return };
        let file = node.file();
        let module = file.module_path();
        if module.as_deref() == Some("std") {
            return;
        }
        let call = call_of(use_);
        let (windows, mut elsewhere) = reach::of_entry(file, entry, call);
        if module.as_deref() == Some("golang.org/x/sys") {
            elsewhere = Platforms::none();
        }
        let wanted = windows.or(&elsewhere);
        // Resolved per platform: another file of the package may declare the name on some systems only.
        let mut meant = Platforms::none();
        if !wanted.is_empty() {
            let full = format!("syscall.{}", entry.name);
            for (on, object) in name.resolve_on(&wanted) {
                if object.qualified_name().as_deref() == Some(&full) {
                    meant = meant.or(&on);
                }
            }
        }
        if meant.is_empty() {
            return;
        }
        let meant = meant.and(&reach::of_imports(file));
        let (windows, elsewhere) = (windows.and(&meant), elsewhere.and(&meant));
        let elsewhere = reach::of_number(file, call, &elsewhere);
        if !windows.is_empty() {
            report_windows(options, use_, name, entry, call, &windows);
        }
        if !elsewhere.is_empty() {
            report_frozen(options, use_, entry, call, &elsewhere);
        }
    }
}

/// The call whose function this expression is, parentheses ignored.
fn call_of(function: Node<'_>) -> Option<Node<'_>> {
    let mut node = function;
    while let Some(parent) = node.parent() {
        match parent.kind() {
            kind::PARENTHESIZED_EXPRESSION => node = parent,
            kind::CALL_EXPRESSION if node.field() == field::FUNCTION => return Some(parent),
            _ => return None,
        }
    }
    None
}

fn arguments(call: Node<'_>) -> Vec<Node<'_>> {
    call.child(field::ARGUMENTS).map(|list| list.named_children().collect()).unwrap_or_default()
}

/// Does the use stand in a function that must not grow the stack? A literal in one may.
fn in_nosplit(use_: Node<'_>) -> bool {
    let is_function =
        |n: &Node<'_>| matches!(n.kind(), kind::FUNCTION_DECLARATION | kind::METHOD_DECLARATION | kind::FUNC_LITERAL);
    let Some(function) = use_.ancestors().find(is_function).filter(|f| !f.is(kind::FUNC_LITERAL)) else { return false };
    // A directive counts for the next declaration, however far above it stands.
    let mut marked = false;
    let above = use_.file().root().children().take_while(|n| n.start() < function.start());
    for node in above.filter(|n| n.is_named()) {
        let word = node.bytes().split(u8::is_ascii_whitespace).next();
        marked = node.is(kind::COMMENT) && (marked || word == Some(b"//go:nosplit"));
    }
    marked
}

fn report_windows(
    options: &Options,
    use_: Node<'_>,
    name: Node<'_>,
    entry: &Entry,
    call: Option<Node<'_>>,
    on: &Platforms,
) {
    let file = use_.file();
    // SyscallN came with the standard library of Go 1.18, which the go line asks for; a `//go:build` line asks for none.
    let modern = file.module_go_version().is_some_and(|v| v >= GoVersion { major: 1, minor: 18 });
    let message = format!(
        "syscall.{} is deprecated on Windows since Go 1.18, where SyscallN takes any number of arguments",
        entry.name
    );
    let help = match (&options.replacement, modern) {
        (Some(package), _) => format!("use {package}"),
        (None, true) => "call syscall.SyscallN with the arguments alone, without their count; \
                         golang.org/x/sys/windows has wrappers for many functions"
            .to_owned(),
        (None, false) => "raise the go line of go.mod to 1.18 or later, then call syscall.SyscallN".to_owned(),
    };
    let mut finding = Finding::at(use_, message).help(help).on(on);
    if modern
        && options.replacement.is_none()
        && let Some(fix) = call.and_then(|c| fix::to_syscall_n(c, name, on))
    {
        finding = finding.fix(fix);
    }
    file.report(finding);
}

fn report_frozen(options: &Options, use_: Node<'_>, entry: &Entry, call: Option<Node<'_>>, on: &Platforms) {
    let file = use_.file();
    let message = format!(
        "syscall.{} goes through package syscall, which is frozen: new systems, calls and fixes reach \
         golang.org/x/sys only",
        entry.name
    );
    let systems: Vec<&str> = on.iter().filter_map(|i| file.platform_table().get(i)).map(|p| p.goos.as_str()).collect();
    let mut finding = Finding::at(use_, message)
        .on(on)
        .note("package syscall is frozen since Go 1.4: https://go.dev/s/go1.4-syscall");
    let nosplit = in_nosplit(use_);
    if nosplit {
        // Whether it fits depends on who calls the function.
        finding = finding.likely().note(
            "the function is marked //go:nosplit: the way over another package takes more frames than package syscall, \
             and the linker may find the stack too small for them",
        );
    }
    // Between fork and exec nothing may enter the scheduler, as a wrapper would: raw stays raw. Nor may a wrapper grow
    // the stack.
    let wrapper_call = if entry.raw || nosplit { None } else { call };
    if let Some(help) = replacement(options, entry, wrapper_call, on, &systems) {
        finding = finding.help(help);
    }
    file.report(finding);
}

/// What to use instead, the wrapper for this call if one is given; none where there is nothing: js and wasip1 have no
/// package of their own in x/sys.
fn replacement(
    options: &Options,
    entry: &Entry,
    wrapper_call: Option<Node<'_>>,
    on: &Platforms,
    systems: &[&str],
) -> Option<String> {
    if let Some(package) = &options.replacement {
        return Some(format!("use {package}"));
    }
    let unix: Vec<&str> = systems.iter().copied().filter(|s| !matches!(*s, "plan9" | "js" | "wasip1")).collect();
    if unix.is_empty() {
        return systems.contains(&"plan9").then(|| "use golang.org/x/sys/plan9".to_owned());
    }
    let wrapper = wrapper_call.and_then(|c| wrapper_for(c, on, &unix));
    let mut help = match wrapper {
        Some(Wrapper { number, function, fits: true }) => {
            format!("call unix.{function} of golang.org/x/sys/unix, the wrapper for {number}")
        }
        Some(Wrapper { number, function, fits: false }) => format!(
            "call unix.{function} of golang.org/x/sys/unix or its sibling for the option's type, the wrappers for {number}"
        ),
        // It has the wrappers there, and not what they are made of.
        None if unix.iter().all(|s| *s == "aix") => "use the functions of golang.org/x/sys/unix".to_owned(),
        None => format!("use unix.{} of golang.org/x/sys/unix", entry.name),
    };
    if systems.contains(&"plan9") {
        help.push_str(", and golang.org/x/sys/plan9 on Plan 9");
    }
    Some(help)
}

/// What golang.org/x/sys/unix has for a call.
struct Wrapper {
    /// The call's SYS_ constant.
    number: String,
    function: &'static str,
    /// It takes what this call passes, as far as that can be seen; else one of a family for several types does.
    fits: bool,
}

/// The wrapper for the call's first argument, where that is a SYS_ constant of either package.
fn wrapper_for(call: Node<'_>, on: &Platforms, systems: &[&str]) -> Option<Wrapper> {
    let arguments = arguments(call);
    let names: Vec<_> = reach::number_of(call)?.resolve_on(on).into_iter().map(|(_, o)| o.qualified_name()).collect();
    let full = names.first()?.clone()?;
    if names.iter().any(|n| n.as_ref() != Some(&full)) {
        return None;
    }
    let number = reach::constant_name(&full)?;
    let function = wrappers::wrapper(number, systems.iter().copied())?;
    let is_zero = |index: usize| arguments.get(index).and_then(|a| a.constant()?.as_i64()) == Some(0);
    let passed = |index: usize| arguments.get(index).map_or(Passed::Unknown, |argument| passed(*argument));
    let fits = match function {
        // Some commands take a number, as the wrapper does, others a pointer.
        "FcntlInt" if matches!(passed(3), Passed::Pointer | Passed::PointerToInt) => return None,
        // Always through a pointer. There are wrappers for other types than int.
        "GetsockoptInt" | "SetsockoptInt" => matches!(passed(4), Passed::PointerToInt),
        // Without a path it is about the descriptor, which the wrapper can't say. A bare number may be none.
        "UtimesNanoAt" if matches!(passed(2), Passed::Unknown) => return None,
        // It passes no signals.
        "EpollWait" if number == "EPOLL_PWAIT" && !is_zero(5) => return None,
        _ => true,
    };
    Some(Wrapper { number: format!("SYS_{number}"), function, fits })
}

/// What an argument of a system call visibly is, behind the conversions that make a number of it.
enum Passed {
    PointerToInt,
    Pointer,
    Unknown,
}

fn passed(argument: Node<'_>) -> Passed {
    let mut is_pointer = false;
    let mut node = argument.unparenthesized();
    loop {
        if let Some(ty) = node.type_of() {
            if let Some(pointee) = ty.pointee() {
                let under = pointee.underlying().map(Type::string).unwrap_or_default();
                let is_int = matches!(under.as_str(), "int" | "uint" | "int32" | "uint32");
                return if is_int { Passed::PointerToInt } else { Passed::Pointer };
            }
            is_pointer |= ty.underlying().is_some_and(|under| under.string() == "unsafe.Pointer");
        }
        let operand = match node.kind() {
            kind::TYPE_CONVERSION_EXPRESSION => node.child(field::OPERAND),
            kind::CALL_EXPRESSION => match arguments(node)[..] {
                [operand] => Some(operand),
                _ => None,
            },
            _ => None,
        };
        match operand {
            Some(operand) => node = operand.unparenthesized(),
            None if is_pointer => return Passed::Pointer,
            None => return Passed::Unknown,
        }
    }
}

const DOCS: &str = "\
## What it finds

Uses of `Syscall`, `Syscall6`, `Syscall9`, `Syscall12`, `Syscall15`, `Syscall18`, `RawSyscall` and `RawSyscall6` of
package `syscall`: calls, `go` and `defer`, and the functions as values, under any import name.

## Why

On Windows these functions are deprecated since Go 1.18: `syscall.SyscallN` takes any number of arguments and can't be
given a wrong count. Elsewhere package `syscall` has been frozen since Go 1.4 (<https://go.dev/s/go1.4-syscall>): it
gets no new system calls, constants or fixes for new platforms. golang.org/x/sys does, and its wrappers check lengths,
keep pointers alive and return errors.

## Bad

```go
package p

import (
	\"syscall\"
	\"unsafe\"
)

func memfd(name *byte) (int, error) {
	fd, _, errno := syscall.Syscall(319, uintptr(unsafe.Pointer(name)), 0, 0)
	if errno != 0 {
		return -1, errno
	}
	return int(fd), nil
}
```

## Good

```go
package p

import \"golang.org/x/sys/unix\"

func memfd(name string) (int, error) {
	return unix.MemfdCreate(name, unix.MFD_CLOEXEC)
}
```

## What it leaves alone

Methods, fields and local names that are only spelled the same; the functions of golang.org/x/sys itself; the standard
library; and, off Windows, golang.org/x/sys, which is made of these calls. `RawSyscall` is never answered with a wrapper:
code between fork and exec needs the raw form. In a function marked `//go:nosplit` a finding is likely, not certain: the
functions of golang.org/x/sys take more of the little stack that such functions share.

## Fix

On Windows, in modules whose go.mod says Go 1.18 or later: the call becomes `SyscallN`, the count goes, and so do the
literal zeros that filled the unused slots. Only where the count is a constant that is not above the slots. What a
`//go:build` line says of the language does not count.

## Options

`replacement`: the import path of a package of your own to name instead of golang.org/x/sys.

```toml
[rules.syscall-deprecated]
options = { replacement = \"example.com/platform/sys\" }
```
";
