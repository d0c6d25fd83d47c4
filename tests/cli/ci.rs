//! What CI services run: the scripts of the GitHub Action and of the template for GitLab, run as they run them.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

use super::git::{command, committed, git};
use super::{ONE_FINDING, capture};
use crate::scratch::{Run, Scratch};

fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(ours(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A folder in which the binary stands as `cargo install --root` puts it.
fn installed() -> Scratch {
    let root = Scratch::new(&[("bin/keep", "")]);
    symlink(env!("CARGO_BIN_EXE_golint-rs"), root.path().join("bin/golint-rs")).expect("a link");
    root
}

/// A step of the action, in a project, with these inputs beside the defaults.
fn step(script: &str, project: &Scratch, root: &Path, inputs: &[(&str, &str)]) -> Run {
    // With git's environment, as the binary asks git.
    let mut step = command(project.path(), &[]);
    let git = std::mem::replace(&mut step, Command::new(ours(".github/action").join(script)));
    step.current_dir(project.path()).envs(git.get_envs().filter_map(|(name, value)| Some((name, value?))));
    step.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    step.env("GITHUB_ACTION_PATH", ours("")).env("GOLINT_RS_ROOT", root);
    for (name, file) in [("GITHUB_STEP_SUMMARY", "summary"), ("GITHUB_OUTPUT", "output")] {
        step.env(name, root.join(file));
    }
    for (name, value) in defaults() {
        step.env(format!("GOLINT_RS_{name}"), value);
    }
    step.env("GOLINT_RS_BASE", "");
    Run::of(step.envs(inputs.iter().map(|(name, value)| (format!("GOLINT_RS_{name}"), *value))))
}

/// The inputs of action.yml, as variables have them, with their defaults.
fn defaults() -> Vec<(String, String)> {
    let action = text("action.yml");
    let inputs = action.split("\ninputs:\n").nth(1).and_then(|rest| rest.split("\noutputs:\n").next()).expect("inputs");
    let input =
        Regex::new(r#"(?m)^  ([a-z-]+):\n    description: .*\n    default: "?([^"\n]*)"?$"#).expect("a pattern");
    let found = input.captures_iter(inputs);
    found.map(|input| (input[1].to_uppercase().replace('-', "_"), input[2].to_owned())).collect()
}

#[test]
fn the_action_hands_its_inputs_to_its_scripts() {
    let names: BTreeSet<String> = defaults().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 8, "{names:?}");
    let (action, check) = (text("action.yml"), text(".github/action/check"));
    for name in names.iter().filter(|name| *name != "WORKING_DIRECTORY") {
        let input = name.to_lowercase().replace('_', "-");
        assert!(action.contains(&format!("GOLINT_RS_{name}: ${{{{ inputs.{input} }}}}")), "{name}");
        assert!(check.contains(&format!("$GOLINT_RS_{name}")), "{name}");
    }
    for used in Regex::new("GOLINT_RS_[A-Z_]+").expect("a pattern").find_iter(&check.replace("GOLINT_RS_.", "")) {
        assert!(used.as_str() == "GOLINT_RS_" || action.contains(&format!("{}: ", used.as_str())), "{}", used.as_str());
    }
    // What users write into inputs is no code.
    let code = Regex::new(r"(?m)^ +run: .*$").expect("a pattern");
    assert!(code.find_iter(&action).all(|run| !run.as_str().contains("${{")), "{action}");
}

#[test]
fn the_action_annotates_sums_up_and_writes_sarif() {
    let (project, root) = (Scratch::new(ONE_FINDING), installed());
    let run = step("check", &project, root.path(), &[("SARIF_FILE", "found.sarif")]).expect(1);
    assert!(run.stdout.starts_with("::warning file=use_linux.go,line=6"), "{}", run.stdout);
    let file = |name: &str| String::from_utf8(root.read(name)).expect("text");
    assert!(file("summary").contains("syscall-deprecated"), "{}", file("summary"));
    assert_eq!(file("output"), "exit-code=1\n");
    assert!(project.read("found.sarif").starts_with(b"{\"$schema\""));

    let quiet =
        [("ANNOTATIONS", "false"), ("SUMMARY", "false"), ("FAIL_ON", "error"), ("ARGUMENTS", "--quiet\n\n--timings\n")];
    let before = file("summary");
    let run = step("check", &project, root.path(), &quiet).expect(0);
    assert!(run.stdout.contains("[syscall-deprecated]"), "{}", run.stdout);
    assert_eq!(file("summary"), before);
    assert_eq!(file("output"), "exit-code=1\nexit-code=0\n");
    assert_eq!(step("check", &project, root.path(), &[("PATTERNS", "")]).code, Some(1), "everything");
    let run = step("check", &project, root.path(), &[("PATTERNS", "./nowhere/... ./...")]).expect(2);
    assert!(run.stderr.contains("./nowhere/..."), "{}", run.stderr);
}

#[test]
fn inputs_of_the_action_are_never_code() {
    let (project, root) = (Scratch::new(ONE_FINDING), installed());
    let code = "$(touch pwned) `touch pwned`; touch pwned & touch pwned";
    for input in ["PATTERNS", "ARGUMENTS", "FAIL_ON", "SARIF_FILE", "BASE", "ONLY_NEW"] {
        step("check", &project, root.path(), &[(input, code)]);
        step("check", &project, root.path(), &[("ONLY_NEW", "true"), (input, code)]);
        assert!(!project.path().join("pwned").exists(), "{input}");
    }
}

#[test]
fn the_action_reports_what_is_new_in_a_pull_request() {
    let project = committed(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("old.go", &capture("m"))]);
    let base = String::from_utf8(super::git::try_git(project.path(), &["rev-parse", "HEAD"]).stdout).expect("text");
    project.write("new.go", capture("m").as_bytes());
    git(&project, &["add", "."]);
    git(&project, &["commit", "-qm", "new"]);
    let root = installed();
    let lines = |inputs: &[(&str, &str)]| {
        let run = step("check", &project, root.path(), inputs).expect(1);
        run.stdout.lines().filter(|line| line.starts_with("::")).count()
    };
    assert_eq!(lines(&[("ONLY_NEW", "true"), ("BASE", base.trim())]), 1);
    assert_eq!(lines(&[("ONLY_NEW", "true")]), 2, "a push has no base");
    assert_eq!(lines(&[("BASE", base.trim())]), 2);
}

#[test]
fn the_action_is_known_by_what_it_is_made_of() {
    let files = [("Cargo.toml", "a"), ("Cargo.lock", "b"), ("crates/x y/z.rs", "c"), ("rules-wit/r.wit", "d")];
    let (here, there) = (Scratch::new(&files), Scratch::new(&files));
    let version = |scratch: &Scratch| {
        let mut command = Command::new(ours(".github/action/version"));
        Run::of(command.env("GITHUB_ACTION_PATH", scratch.path())).expect(0).stdout
    };
    let first = version(&here);
    assert!(Regex::new("^version=[0-9a-f]{32}\n$").expect("a pattern").is_match(&first), "{first}");
    assert_eq!(version(&there), first);
    there.write("README.md", b"of no interest");
    assert_eq!(version(&there), first);
    there.write("crates/x y/z.rs", b"C");
    assert_ne!(version(&there), first);
}

#[test]
fn the_action_installs_once() {
    let project = Scratch::new(ONE_FINDING);
    let root = installed();
    let run = step("install", &project, root.path(), &[]).expect(0);
    assert!(run.stdout.starts_with("cached: golint-rs 0."), "{}", run.stdout);
    // What can't run is built anew.
    let empty = Scratch::new(&[("bin/golint-rs", "")]);
    fs::set_permissions(empty.path().join("bin/golint-rs"), fs::Permissions::from_mode(0o755)).expect("a program");
    let bash = ["/bin/bash", "/usr/bin/bash"].into_iter().find(|bash| Path::new(bash).exists()).expect("bash");
    let mut without = Command::new(bash);
    without.arg(ours(".github/action/install")).env("GOLINT_RS_ROOT", empty.path()).env("PATH", "/nowhere");
    let run = Run::of(&mut without).expect(2);
    assert!(run.stdout.starts_with("::error::golint-rs is built with Rust"), "{}", run.stdout);
}

/// The lines of the template's script, in the shell that runners use.
#[test]
fn the_template_for_gitlab_reports_what_is_new_in_a_merge_request() {
    let template = text(".gitlab-template.yml");
    let script =
        template.split("\n  script:\n").nth(1).and_then(|rest| rest.split("\n  artifacts:").next()).expect("a script");
    let lines: Vec<&str> = script.lines().filter_map(|line| line.strip_prefix("    - ")).collect();
    assert_eq!(lines.len(), 4, "{script}");
    let project = committed(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("old.go", &capture("m"))]);
    let base = String::from_utf8(super::git::try_git(project.path(), &["rev-parse", "HEAD"]).stdout).expect("text");
    project.write("new.go", capture("m").as_bytes());
    let root = installed();
    // Stands for cargo, which would fetch the repository.
    root.write("bin/cargo", b"#!/bin/sh\nprintf '%s ' \"$@\" >\"$0.arguments\"\n");
    fs::set_permissions(root.path().join("bin/cargo"), fs::Permissions::from_mode(0o755)).expect("a program");
    let revision =
        template.lines().find_map(|line| line.trim().strip_prefix("GOLINT_RS_REVISION: ")).expect("a default");
    let reported = |base: &str, arguments: &str| {
        let mut shell = command(project.path(), &[]);
        let git = std::mem::replace(&mut shell, Command::new("sh"));
        shell.args(["-euc", &lines.join("\n")]).current_dir(project.path());
        shell.envs(git.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.env("CARGO_HOME", root.path()).env("GOLINT_RS_REVISION", revision).env("GOLINT_RS_ARGUMENTS", arguments);
        shell.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
        shell.env("CI_MERGE_REQUEST_DIFF_BASE_SHA", base);
        Run::of(&mut shell).expect(1);
        let report = project.read("gl-code-quality-report.json");
        serde_json::from_slice::<serde_json::Value>(&report).expect("JSON").as_array().map(Vec::len)
    };
    assert_eq!(reported("", ""), Some(2));
    assert_eq!(reported(base.trim(), ""), Some(1));
    assert_eq!(reported("", "--all-modules --confidence likely"), Some(2));
    assert_eq!(
        String::from_utf8(root.read("bin/cargo.arguments")).expect("text"),
        "install --locked --git https://github.com/golint-rs/golint-rs --branch main golint-rs "
    );
}
