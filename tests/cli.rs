//! The command line: every command, flag, format, exit code and error, on the real binary.

mod baseline;
mod ci;
mod commands;
mod configuration;
mod exit_codes;
mod files;
mod fixes;
mod formats;
mod git;
mod hostile;
mod ignores;
mod imports;
mod migrations;
mod outputs;
mod plugins;
mod progress;
mod reproducible;
mod shards;
mod since;
mod staged;
mod suppression;
mod verbose;
mod working_folder;

use crate::scratch::{Run, Scratch};

/// A module with one finding, of syscall-deprecated, at use_linux.go:6:2.
const ONE_FINDING: &[(&str, &str)] = &[
    ("go.mod", "module example.com/one\n\ngo 1.21\n"),
    (
        "use_linux.go",
        "package one\n\nimport \"syscall\"\n\nfunc sync() {\n\tsyscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)\n}\n",
    ),
];

/// A module with nothing to find.
const CLEAN: &[(&str, &str)] =
    &[("go.mod", "module example.com/clean\n\ngo 1.21\n"), ("clean.go", "package clean\n\nfunc f() {}\n")];

fn one_finding() -> Scratch {
    Scratch::new(ONE_FINDING)
}

fn clean() -> Scratch {
    Scratch::new(CLEAN)
}

/// A Go file that captures its loop variable, in Go below 1.22 at line 5.
pub(crate) fn capture(package: &str) -> String {
    format!(
        "package {package}\n\nfunc f(items []int, use func(int)) {{\n\tfor _, v := range items {{\n\t\tgo func() {{ use(v) }}()\n\t}}\n}}\n"
    )
}

/// The findings as `path:line: rule`, in the order of the report.
pub(crate) fn places(run: &Run) -> Vec<String> {
    let json = run.json();
    let list = json["diagnostics"].as_array().expect("an array").iter();
    list.map(|d| {
        let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        format!("{}:{}: {}", text(&d["path"]), d["range"]["start"]["line"], text(&d["rule"]))
    })
    .collect()
}
