//! golint.toml: what it may say, where it is looked for, and what is said where it is wrong.

use golint_diagnostics::Format;

use super::{capture, places};
use crate::scratch::{Run, Scratch, command_in};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");

fn with(configuration: &str) -> Scratch {
    Scratch::new(&[
        MODULE,
        ("a.go", &capture("p")),
        ("b_linux.go", "package p\n\nimport \"syscall\"\n\nvar raw = syscall.RawSyscall\n"),
        ("golint.toml", configuration),
    ])
}

fn found(scratch: &Scratch) -> Vec<String> {
    places(&scratch.run(&["check", "--format", "json"]))
}

#[test]
fn rules_are_selected_and_ignored() {
    let (a, b) = ("a.go:5: loopvar-capture", "b_linux.go:5: syscall-deprecated");
    assert_eq!(found(&with("")), [a, b]);
    assert_eq!(found(&with("select = [\"loopvar-capture\"]\n")), [a]);
    assert_eq!(found(&with("ignore = [\"loopvar-capture\"]\n")), [b]);
    assert_eq!(found(&with("exclude = [\"b_*.go\"]\n")), [a]);
    assert_eq!(found(&with("[per-file-ignores]\n\"a.go\" = [\"loopvar-capture\"]\n")), [b]);
    assert_eq!(found(&with("go = \"1.22\"\n")), [b]);
    assert_eq!(found(&with("platforms = [\"windows\"]\nselect = [\"syscall-deprecated\"]\n")), Vec::<String>::new());
}

/// A run that finds nothing because it looks for nothing must not look like one that found nothing.
#[test]
fn a_run_without_rules_is_told() {
    let told = "warning: no rule is on for 2 files: `select` and `ignore` leave none\n";
    let all_four =
        "ignore = [\"loopvar-capture\", \"syscall-deprecated\", \"unaligned-offset\", \"unsafe-offsetof\"]\n";
    for configuration in ["select = []\n", "ignore = [\"all\"]\n", all_four] {
        for arguments in [&["check"][..], &["check", "--fix"], &["check", "--no-prefilter"]] {
            assert_eq!(with(configuration).run(arguments).expect(0).stderr, told, "{configuration} {arguments:?}");
        }
    }
    assert_eq!(with("").run(&["check", "--ignore", "default"]).expect(0).stderr, told);
    assert_eq!(with("select = []\n").run(&["check", "--quiet"]).expect(0).stderr, "");
    // A name that is none is a mistake.
    assert!(with("").run(&["check", "--select", ""]).expect(2).stderr.contains("unknown rule"));
    // Only files that would have been checked count, and whoever turns rules off file by file means it.
    let one = told.replace("2 files", "1 file");
    assert_eq!(with("select = []\nexclude = [\"a.go\"]\n").run(&["check"]).expect(0).stderr, one);
    assert_eq!(with("[per-file-ignores]\n\"*.go\" = [\"all\"]\n").run(&["check"]).expect(0).stderr, "");
    let scratch = with("");
    scratch.write("sub/c.go", b"package q\n");
    scratch.write("sub/golint.toml", b"select = []\n");
    assert_eq!(scratch.run(&["check"]).expect(1).stderr, one);
}

#[test]
fn the_command_line_wins() {
    let scratch = with("select = [\"loopvar-capture\"]\n");
    let run = scratch.run(&["check", "--format", "json", "--select", "syscall-deprecated"]);
    assert_eq!(places(&run), ["b_linux.go:5: syscall-deprecated"]);
    let run = scratch.run(&["check", "--format", "json", "--isolated"]);
    assert_eq!(places(&run).len(), 2);
}

#[test]
fn severity_and_options_of_a_rule() {
    let scratch =
        with("[rules.syscall-deprecated]\nseverity = \"error\"\noptions = { replacement = \"example.com/sys\" }\n");
    let run = scratch.run(&["check", "--format", "json", "--select", "syscall-deprecated"]);
    let finding = &run.json()["diagnostics"][0];
    assert_eq!(finding["severity"], "error");
    assert!(finding["help"].as_str().is_some_and(|h| h.contains("example.com/sys")), "{finding}");
}

#[test]
fn the_nearest_file_wins_and_extends_another() {
    let scratch = with("ignore = [\"syscall-deprecated\"]\n");
    scratch.write("sub/c.go", capture("q").as_bytes());
    scratch.write("sub/golint.toml", b"ignore = [\"loopvar-capture\"]\n");
    scratch.write("deep/er/d.go", capture("r").as_bytes());
    scratch.write("deep/golint.toml", b"extend = \"../golint.toml\"\nexclude = [\"nothing.go\"]\n");
    assert_eq!(found(&scratch), ["a.go:5: loopvar-capture", "deep/er/d.go:5: loopvar-capture"]);
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    for (configuration, expected) in [
        ("selekt = []\n", "select"),
        ("select = \"loopvar-capture\"\n", "select"),
        ("select = [\"loopvar-captur\"]\n", "loopvar-capture"),
        ("[rules.loopvar-captur]\nseverity = \"error\"\n", "loopvar-capture"),
        ("[rules.loopvar-capture]\nseverity = \"fatal\"\n", "severity"),
        ("[rules.syscall-deprecated]\noptions = { replacemnt = \"x\" }\n", "replacement"),
        (
            "[rules.unaligned-offset]\noptions = { page-size = \"big\" }\n",
            "option `page-size` of rule `unaligned-offset` must be an integer of at least 4096 or a table of integers, and this is a string",
        ),
        ("[rules.unaligned-offset]\noptions = { page-size = \"big\" }\n", "golint.toml:2:25"),
        (
            "[rules.unaligned-offset]\noptions = { page-size = { \"linux/arm64\" = true } }\n",
            "`page-size.\"linux/arm64\"`",
        ),
        ("[rules.unaligned-offset]\noptions = { page-size = 6000 }\n", "golint.toml:2:25"),
        (
            "[rules.unaligned-offset]\noptions = { page-size = 1 }\n",
            "option `page-size` of rule `unaligned-offset` must be an integer of at least 4096, and this is 1",
        ),
        (
            "[rules.unaligned-offset.options.page-size]\narm64 = 2048\n",
            "no machine that Go runs on has pages below 4096 bytes, and this is 2048",
        ),
        ("[rules.unaligned-offset.options.page-size]\narm64 = 65536\namr64 = 65536\n", "golint.toml:3:1"),
        (
            "[rules.unaligned-offset.options.page-size]\namr64 = 65536\n",
            "option `page-size.amr64` of rule `unaligned-offset`: no platform is called `amr64`; did you mean `arm64`?",
        ),
        (
            "[rules.unaligned-offset.options.page-size]\n\"linux/amr64\" = 65536\n",
            "option `page-size.\"linux/amr64\"` of rule `unaligned-offset`: no platform is called `linux/amr64`",
        ),
        ("[rules.unaligned-offset.options.page-size]\n\"linux/amr64\" = 65536\n", "golint.toml:2:1"),
        ("[rules.unaligned-offset.options.page-size]\n\"linux/arm64\" = 6000\n", "golint.toml:2:17"),
        ("go = \"one\"\n", "go"),
        ("platforms = [\"amiga\"]\n", "amiga"),
        ("extend = \"missing.toml\"\n", "missing.toml"),
        ("extend = \"golint.toml\"\n", "golint.toml"),
        ("select = [\n", "golint.toml"),
        ("max-file-size = -1\n", "max-file-size"),
        ("[plugins.mine]\npath = \"missing.wasm\"\n", "missing.wasm"),
        ("exclude = [\"[\"]\n", "["),
    ] {
        let run = with(configuration).run(&["check"]);
        assert_eq!(run.code, Some(2), "{configuration}\n{}{}", run.stdout, run.stderr);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains("golint.toml"), "{configuration}: no place in\n{said}");
        assert!(said.contains(expected), "{configuration}: no {expected} in\n{said}");
    }
}

/// The sample in the README is what people begin with.
#[test]
fn the_readmes_sample_can_be_copied() {
    let readme = include_str!("../../README.md");
    let section = readme.split("\n## Configuration\n").nth(1).expect("the section");
    let sample = section.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the sample");
    let expected = found(&with(""));
    assert_eq!((found(&with(sample)), expected.len()), (expected, 2));
    // What is turned off in it is right, too.
    let all = sample.replace("# extend", "#extend").replace("\n# ", "\n");
    assert_ne!(all, sample);
    let scratch = with(&all);
    scratch.write("golint-baseline.txt", b"golint-rs baseline 1\n");
    assert_eq!(scratch.run(&["config", "show"]).expect(0).stderr, "");
    scratch.run(&["check"]).expect(1);
}

/// Formats of one line per finding, too, say what to do about a fault.
#[test]
fn the_remedy_is_in_every_format() {
    let scratch = with("selekt = []\n");
    let run = scratch.run(&["check", "--format", "concise"]).expect(2);
    assert_eq!(run.stdout, "golint.toml:1:1: configuration: unknown key `selekt`; did you mean `select`?\n");
    scratch.write("golint.toml", b"[plugins.mine]\npath = \"missing.wasm\"\n");
    let run = scratch.run(&["check", "--format", "concise"]).expect(2);
    let line = run.stdout.lines().find(|line| line.contains("plugin-failure")).unwrap_or_default();
    assert!(line.starts_with("golint.toml:2:8: plugin-failure: plugin `mine` can't be read"), "{line}");
    assert!(line.ends_with("; paths of plugins are relative to the configuration file"), "{line}");
    scratch.write("golint.toml", b"selekt = []\n");
    for format in Format::ALL {
        let run = scratch.run(&["check", "--format", format.name()]).expect(2);
        // Markdown's backticks are escaped.
        assert!(run.stdout.replace('\\', "").contains("did you mean `select`?"), "{format}: {}", run.stdout);
    }
}

#[test]
fn what_is_called_like_a_configuration_and_is_none_is_told() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p")), ("golint.toml/readme.txt", "no configuration")]);
    let run = scratch.run(&["check"]).expect(2);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains("golint.toml") && said.contains("is a folder"), "{said}");
}

#[test]
fn a_named_configuration_holds_for_everything() {
    let scratch = with("select = []\n");
    scratch.write("other.toml", b"select = [\"loopvar-capture\"]\n");
    let run = scratch.run(&["check", "--format", "json", "--config", "other.toml"]).expect(1);
    assert_eq!(places(&run), ["a.go:5: loopvar-capture"]);
}

/// As ruff and ESLint have it: the file may stand anywhere.
#[test]
fn patterns_of_a_named_configuration_are_relative_to_the_working_folder() {
    let scratch = with("");
    scratch.write("sub/c.go", capture("q").as_bytes());
    scratch.write("conf/base.toml", b"select = [\"loopvar-capture\"]\nexclude = [\"/sub\"]\n");
    let by = |configuration: &[u8], pattern: &str| {
        scratch.write("conf/a.toml", configuration);
        places(&scratch.run(&["check", "--format", "json", "--config", "conf/a.toml", pattern]))
    };
    assert_eq!(by(b"extend = \"base.toml\"\n", "./..."), ["a.go:5: loopvar-capture"]);
    let ignores = b"extend = \"base.toml\"\nexclude = []\n[per-file-ignores]\n\"sub/*.go\" = [\"all\"]\n";
    assert_eq!(by(ignores, "./..."), ["a.go:5: loopvar-capture"]);
    assert_eq!(by(ignores, "./sub"), Vec::<String>::new());
    // From a folder further down the same pattern means another folder.
    let deeper = &["check", "--format", "json", "--config", "../conf/base.toml"];
    let run = Run::of(&mut command_in(&scratch.path().join("sub"), deeper)).expect(1);
    assert_eq!(places(&run), ["c.go:5: loopvar-capture"]);
    // Where it is found and not named, its own folder counts.
    scratch.write("sub/golint.toml", b"select = [\"loopvar-capture\"]\nexclude = [\"/sub\"]\n");
    assert_eq!(
        found(&scratch),
        ["a.go:5: loopvar-capture", "b_linux.go:5: syscall-deprecated", "sub/c.go:5: loopvar-capture"]
    );
}

#[test]
fn plugins_stand_in_the_root_configuration_only() {
    let scratch = with("");
    scratch.write("sub/c.go", b"package q\n");
    scratch.write("sub/golint.toml", b"[plugins.mine]\npath = \"x.wasm\"\n");
    let run = scratch.run(&["check"]).expect(2);
    assert!(format!("{}{}", run.stdout, run.stderr).contains("root"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn the_effective_configuration_is_shown() {
    let scratch = with("ignore = [\"loopvar-capture\"]\n[rules.unaligned-offset]\noptions = { page-size = 16384 }\n");
    let run = scratch.run(&["config", "show"]).expect(0);
    assert!(!run.stdout.contains("loopvar-capture") && run.stdout.contains("16384"), "{}", run.stdout);
    // What is shown can be used.
    scratch.write("golint.toml", run.stdout.as_bytes());
    assert_eq!(found(&scratch), ["b_linux.go:5: syscall-deprecated"]);
}

#[test]
fn what_is_not_there_has_no_configuration_to_show() {
    let scratch = with("select = []\n");
    for path in ["nowhere", "no/where/a.go", "new.go", "a.go/b.go"] {
        let run = scratch.run(&["config", "show", path]).expect(2);
        let expected = format!("error: cannot show what holds for {path}: ");
        assert!(run.stdout.is_empty() && run.stderr.starts_with(&expected), "{}{}", run.stdout, run.stderr);
    }
    assert!(scratch.run(&["config", "show", "nowhere"]).stderr.contains("No such file or directory"));
    scratch.run(&["config", "show", "a.go"]).expect(0);
}

#[test]
fn the_schema_knows_every_key_and_the_options_of_rules() {
    let schema = with("").run(&["config", "schema"]).expect(0).json();
    for key in [
        "select",
        "ignore",
        "per-file-ignores",
        "exclude",
        "extend",
        "include-generated",
        "go",
        "platforms",
        "max-file-size",
        "rules",
        "plugins",
    ] {
        assert!(schema["properties"][key].is_object(), "{key} is not in the schema");
    }
    assert!(schema.to_string().contains("page-size"));
}
