//! The commands beside `check`.

use std::process::Command;

use super::{capture, clean, one_finding, places};
use crate::scratch::Scratch;

#[test]
fn rules_are_listed() {
    let run = clean().run(&["rules"]).expect(0);
    for rule in ["loopvar-capture", "syscall-deprecated", "unaligned-offset", "unsafe-offsetof", "unused-suppression"] {
        assert!(run.stdout.contains(rule), "{}", run.stdout);
    }
    let json = clean().run(&["rules", "--format", "json"]).expect(0).json();
    assert!(json.as_array().is_some_and(|rules| rules.len() >= 5), "{json}");
}

#[test]
fn every_rule_is_explained() {
    let scratch = clean();
    for rule in [
        "loopvar-capture",
        "syscall-deprecated",
        "unaligned-offset",
        "unsafe-offsetof",
        "unused-suppression",
        "plugin-failure",
    ] {
        let run = scratch.run(&["explain", rule]).expect(0);
        assert!(run.stdout.contains(rule) && run.stdout.len() > 200, "{}", run.stdout);
        assert!(!run.stdout.contains('\u{1b}'), "colours in a pipe: {:?}", run.stdout);
    }
    // A paragraph fills the width whatever its lines are in the source.
    let run = scratch.run(&["explain", "syscall-deprecated"]).expect(0);
    insta::assert_snapshot!(run.stdout);
    let run = scratch.run(&["explain", "loopvar-capture", "--color", "always"]).expect(0);
    assert!(run.stdout.contains('\u{1b}'));
}

#[test]
fn colours_follow_the_usual_variables() {
    let scratch = one_finding();
    let colored = |set: &[(&str, &str)], arguments: &[&str]| {
        let mut command = scratch.command(&[&["check"], arguments].concat());
        command.envs(set.iter().copied());
        crate::scratch::Run::of(&mut command).stdout.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(colored(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    // Set to nothing is not set.
    assert!(colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], &[]));
    assert!(!colored(&[("CLICOLOR_FORCE", "")], &[]));
}

#[test]
fn the_cache_can_be_found_and_cleaned() {
    let scratch = one_finding();
    let run = |arguments: &[&str]| {
        let mut command = scratch.command(arguments);
        command.env("XDG_CACHE_HOME", scratch.path().join("cache"));
        crate::scratch::Run::of(&mut command)
    };
    let folder = run(&["cache", "dir"]).expect(0).stdout.trim_end().to_owned();
    assert!(folder.starts_with(&*scratch.path().join("cache").to_string_lossy()), "{folder}");
    run(&["check", "--no-cache"]).expect(1);
    assert!(!std::path::Path::new(&folder).exists());
    run(&["check"]).expect(1);
    assert!(std::path::Path::new(&folder).exists());
    // Whatever else stands there is not ours to remove.
    let foreign = std::path::Path::new(&folder).join("thesis.txt");
    std::fs::write(&foreign, "years of work").expect("it can be written");
    let cleaned = run(&["cache", "clean"]).expect(0);
    let removed = cleaned.stderr.contains("of compiled packs and results") && !cleaned.stderr.contains("removed 0");
    assert!(removed, "{}", cleaned.stderr);
    let left = std::fs::read_dir(std::path::Path::new(&folder).join("packs")).expect("a folder");
    assert_eq!(left.count(), 0);
    assert!(foreign.exists());
    assert!(run(&["cache", "clean"]).expect(0).stderr.contains("removed 0 files of compiled packs and results"));
}

#[test]
fn what_can_not_be_printed_is_an_error() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device that is always full");
    for arguments in [&["completions", "bash"][..], &["cache", "dir"], &["rules"], &["config", "schema"], &["check"]] {
        let scratch = one_finding();
        let output = scratch.command(arguments).stdout(full()).output().expect("the binary starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("No space left"), "{arguments:?}: {stderr}");
    }
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = clean().run(&["completions", shell]).expect(0);
        assert!(run.stdout.contains("golint-rs"), "{shell}");
        // What the shell itself says, where it is there.
        if matches!(shell, "bash" | "fish" | "zsh") {
            let scratch = Scratch::new(&[("script", &run.stdout)]);
            let said = Command::new(shell).arg("-n").arg(scratch.path().join("script")).output();
            assert!(said.as_ref().map_or(true, |said| said.status.success()), "{said:?}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let scratch = Scratch::new(&[("man/keep", "")]);
    scratch.run(&["man", "man"]).expect(0);
    let page = String::from_utf8(scratch.read("man/golint-rs-check.1")).expect("text");
    assert!(page.contains(".TH golint-rs-check 1") && page.contains("\\-\\-new\\-from\\-rev"), "{page}");
    for command in ["", "-merge", "-plugin-new", "-lsp"] {
        assert!(scratch.path().join(format!("man/golint-rs{command}.1")).is_file(), "{command}");
    }
    let said = scratch.run(&["man", "nowhere"]).expect(2).stderr;
    assert!(said.contains("cannot write manual pages to nowhere"), "{said}");
}

#[test]
fn bash_completes_the_flags_of_commands() {
    let mut ask = Command::new("bash");
    ask.arg("-c").arg(concat!(
        "source ./script; COMP_WORDS=(golint-rs check --form); COMP_CWORD=2; ",
        "_golint__rs golint-rs --form check; echo \"${COMPREPLY[@]}\""
    ));
    let script = clean().run(&["completions", "bash"]).expect(0).stdout;
    let scratch = Scratch::new(&[("script", &script)]);
    // Where there is no bash nobody completes in it.
    if let Ok(said) = ask.current_dir(scratch.path()).output() {
        assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), "--format", "{said:?}");
    }
}

#[test]
fn help_and_version_are_there() {
    assert!(clean().run(&["--version"]).expect(0).stdout.starts_with("golint-rs 0."));
    let help = clean().run(&["check", "--help"]).expect(0).stdout;
    for flag in [
        "--select",
        "--ignore",
        "--config",
        "--isolated",
        "--no-cache",
        "--go",
        "--platform",
        "--format",
        "--output",
        "--fix",
        "--unsafe-fixes",
        "--diff",
        "--stdin-filename",
        "--include-generated",
        "--all-modules",
        "--confidence",
        "--exit-zero",
        "--statistics",
        "--timings",
        "--no-prefilter",
        "--threads",
        "--color",
        "--quiet",
        "--verbose",
    ] {
        assert!(help.contains(flag), "{flag} is not in the help");
    }
}

#[test]
fn statistics_and_timings_are_told() {
    let run = one_finding().run(&["check", "--statistics", "--timings"]).expect(1);
    assert!(run.stderr.contains("1  syscall-deprecated"), "{}", run.stderr);
    assert!(run.stderr.contains("parsed"), "{}", run.stderr);
    let json = one_finding().run(&["check", "--timings", "--format", "json"]).expect(1).json();
    for key in ["elapsed_ms", "walked", "parsed", "skipped", "syntax_errors"] {
        assert!(json["timings"][key].is_number(), "{key}: {}", json["timings"]);
    }
}

#[test]
fn the_prefilter_loses_nothing_and_threads_change_nothing() {
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n")]);
    for i in 0..40 {
        let source = if i % 3 == 0 { capture("p") } else { format!("package p\n\nfunc g{i}() {{}}\n") };
        scratch.write(&format!("p{i}/a.go"), source.as_bytes());
    }
    let all = |arguments: &[&str]| scratch.run(&[&["check", "--format", "json"], arguments].concat()).expect(1).stdout;
    let expected = all(&[]);
    assert_eq!(places(&scratch.run(&["check", "--format", "json"])).len(), 14);
    assert_eq!(all(&["--no-prefilter"]), expected);
    for threads in ["1", "2", "7"] {
        assert_eq!(all(&["--threads", threads]), expected);
    }
}

#[test]
fn only_what_is_certain_on_request() {
    let scratch = Scratch::new(&[
        ("go.mod", "module example.com/m\n\ngo 1.21\n"),
        (
            "a_linux.go",
            "package p\n\nimport \"syscall\"\n\nfunc f(fd int, n int64) {\n\tsyscall.Mmap(fd, n/8*8, 1, 0, 0)\n\tsyscall.Mmap(fd, 6144, 1, 0, 0)\n}\n",
        ),
    ]);
    let all = scratch.run(&["check", "--format", "json"]);
    assert_eq!(places(&all), ["a_linux.go:6: unaligned-offset", "a_linux.go:7: unaligned-offset"]);
    let certain = scratch.run(&["check", "--format", "json", "--confidence", "certain"]);
    assert_eq!(places(&certain), ["a_linux.go:7: unaligned-offset"]);
}
