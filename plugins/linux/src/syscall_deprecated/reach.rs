//! Where a use of these functions can compile, as far as the use and its file say.

use golint_sdk::prelude::*;

use super::{Entry, arguments};

/// Where the function exists, on Windows and elsewhere, and a call passes as many arguments as it takes there (a single
/// argument may be a call with several results).
pub(super) fn of_entry(file: &File<'_>, entry: &Entry, call: Option<Node<'_>>) -> (Platforms, Platforms) {
    let given = call.map(|c| arguments(c).len());
    let fits = |takes: Option<usize>| takes.is_some_and(|takes| given.is_none_or(|given| given == takes || given == 1));
    let (on_windows, elsewhere) = (fits(entry.windows), fits(entry.elsewhere));
    let has_entry = |p: &Platform| entry.name != "Syscall9" || has_syscall9(p);
    (
        file.platforms_where(|p| on_windows && p.goos == "windows"),
        file.platforms_where(|p| elsewhere && p.goos != "windows" && has_entry(p)),
    )
}

/// Syscall9 exists on a few systems only, Windows aside.
fn has_syscall9(platform: &Platform) -> bool {
    match platform.goos.as_str() {
        "darwin" | "ios" | "dragonfly" | "freebsd" | "netbsd" | "openbsd" => true,
        "linux" => matches!(platform.goarch.as_str(), "mips" | "mipsle"),
        _ => false,
    }
}

/// Where the packages of golang.org/x/sys that the file imports export anything: an import must be used.
pub(super) fn of_imports(file: &File<'_>) -> Platforms {
    let declarations = file.root().named_children().filter(|n| n.is(kind::IMPORT_DECLARATION));
    let specs = declarations.flat_map(|d| d.descendants().filter(|n| n.is(kind::IMPORT_SPEC)));
    let mut on = file.platforms().clone();
    for spec in specs {
        if spec.child(field::NAME).is_some_and(|name| name.bytes() == b"_") {
            continue;
        }
        let Some(path) = spec.child(field::PATH).map(Node::text) else { continue };
        let exports: fn(&str) -> bool = match path.trim_matches(['"', '`']) {
            "golang.org/x/sys/unix" => |goos| !matches!(goos, "windows" | "plan9" | "js" | "wasip1"),
            "golang.org/x/sys/windows" => |goos| goos == "windows",
            "golang.org/x/sys/plan9" => |goos| goos == "plan9",
            _ => continue,
        };
        on = on.and(&file.platforms_where(|p| exports(&p.goos)));
    }
    on
}

/// Of these platforms those that have the SYS_ constant which is the call's number, if it is one.
pub(super) fn of_number(file: &File<'_>, call: Option<Node<'_>>, on: &Platforms) -> Platforms {
    let mut left = on.clone();
    let Some(number) = call.and_then(number_of).filter(|_| !on.is_empty()) else { return left };
    for (set, object) in number.resolve_on(on) {
        if let Some(name) = object.qualified_name().as_deref().and_then(constant_name) {
            left = left.minus(&set.and(&file.platforms_where(|p| !has_number(&p.goos, name))));
        }
    }
    left
}

/// The name that stands as a call's first argument.
pub(super) fn number_of(call: Node<'_>) -> Option<Node<'_>> {
    let number = arguments(call).first()?.unparenthesized();
    if number.is(kind::SELECTOR_EXPRESSION) { number.child(field::FIELD) } else { Some(number) }
}

/// `OPEN` for the constant SYS_OPEN of either package.
pub(super) fn constant_name(full: &str) -> Option<&str> {
    full.strip_prefix("syscall.").or_else(|| full.strip_prefix("golang.org/x/sys/unix."))?.strip_prefix("SYS_")
}

/// Does package syscall have the constant there? Linux and the BSDs have most; which exactly, isn't asked.
/// Source: package syscall of Go 1.26, zsysnum_*.go, syscall_aix.go and net_fake.go.
fn has_number(goos: &str, name: &str) -> bool {
    match goos {
        "js" | "wasip1" => name == "FCNTL",
        "aix" | "illumos" | "solaris" => matches!(name, "EXECVE" | "FCNTL"),
        "plan9" => PLAN9.contains(&name),
        _ => true,
    }
}

#[rustfmt::skip]
const PLAN9: &[&str] = &[
    "SYSR1", "BIND", "CHDIR", "CLOSE", "DUP", "ALARM", "EXEC", "EXITS", "FAUTH", "SEGBRK", "OPEN", "OSEEK", "SLEEP",
    "RFORK", "PIPE", "CREATE", "FD2PATH", "BRK_", "REMOVE", "NOTIFY", "NOTED", "SEGATTACH", "SEGDETACH", "SEGFREE",
    "SEGFLUSH", "RENDEZVOUS", "UNMOUNT", "SEMACQUIRE", "SEMRELEASE", "SEEK", "FVERSION", "ERRSTR", "STAT", "FSTAT",
    "WSTAT", "FWSTAT", "MOUNT", "AWAIT", "PREAD", "PWRITE", "TSEMACQUIRE", "NSEC",
];
