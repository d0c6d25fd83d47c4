//! pre-commit with the wheel: the hook that the README shows for those without Rust.

use std::fs;

use crate::git;
use crate::python::wheels;
use crate::{BROKEN, FOUND, MODULE, VERSION, clean, done, ours, path, said, tool};

/// The block of the README that names the package, as pre-commit reads it.
fn configuration() -> String {
    let readme = fs::read_to_string(ours("README.md")).expect("read");
    let blocks = readme.split("\n```").filter(|block| block.contains("additional_dependencies"));
    let [block] = blocks.collect::<Vec<_>>()[..] else { panic!("README.md has not one such block") };
    block.strip_prefix("yaml\n").expect("YAML").to_owned()
}

#[test]
fn a_hook_needs_no_rust() {
    let configuration = configuration();
    assert!(
        configuration.contains(&format!("golint-rs=={VERSION}")),
        "README.md names another version:\n{configuration}"
    );
    // It is the first hook of this repository, but for the language.
    let hooks = fs::read_to_string(ours(".pre-commit-hooks.yaml")).expect("read");
    for key in ["entry: golint-rs check --force-exclude\n", "types: [go]\n", "require_serial: true\n"] {
        assert!(hooks.contains(key) && format!("{configuration}\n").contains(key), "{key}");
    }

    let scratch = git::committed(&[MODULE, ("a.go", "package m\n"), (".pre-commit-config.yaml", &configuration)]);
    let run = |program: &str, arguments: &[&str]| {
        let tools = tool("bin");
        let path = path(&[&tools]);
        let cargo = std::env::split_paths(&path).find(|folder| folder.join("cargo").exists());
        assert_eq!(cargo, None, "this must work without Rust");
        // pre-commit finds Python for the hook, and pip its packages, here only.
        let links = format!("{} {}", wheels().display(), tool("wheels").display());
        let mut command = clean("/usr/bin/env", scratch.path(), scratch.path());
        let git = git::command(scratch.path(), &[]);
        command.envs(git.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", path).env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", links).env("PIP_NO_CACHE_DIR", "1");
        command.env("PRE_COMMIT_HOME", scratch.path().join("home")).env("PRE_COMMIT_COLOR", "never");
        command.arg(program).args(arguments);
        command
    };
    done(&mut run("pre-commit", &["install"]));

    scratch.write("a.go", BROKEN.as_bytes());
    git::git(&scratch, &["add", "a.go"]);
    let refused = run("git", &["commit", "-qm", "bad"]).output().expect("git");
    assert!(!refused.status.success() && said(&refused).contains(FOUND), "{}", said(&refused));

    scratch.write("a.go", b"package m\n\nconst x = 1\n");
    git::git(&scratch, &["add", "a.go"]);
    let taken = run("git", &["commit", "-m", "good"]).output().expect("git");
    assert!(taken.status.success() && said(&taken).contains("Passed"), "{}", said(&taken));
}
