//! The same files give the same bytes, wherever, whenever and by whomever they are checked.

use std::path::Path;

use golint_diagnostics::Format;

use super::{ONE_FINDING, capture};
use crate::scratch::{Run, Scratch, command_in};

fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> =
        ONE_FINDING.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    files.extend(('a'..='h').map(|name| (format!("{name}/{name}.go"), capture("p"))));
    files.push(("s/s.go".into(), capture("p").replace("use(v) }()", "use(v) }() //nolint:loopvar-capture // why")));
    files
}

fn project(below: &str) -> Scratch {
    let files = files();
    let files: Vec<(String, &str)> = files.iter().map(|(path, text)| (format!("{below}{path}"), &**text)).collect();
    Scratch::new(&files.iter().map(|(path, text)| (&**path, *text)).collect::<Vec<_>>())
}

#[test]
fn nothing_but_the_files_decides_what_is_written() {
    let (here, there) = (project(""), project("a folder/of another/name \u{fc}/"));
    let there_folder = there.path().join("a folder/of another/name \u{fc}");
    // Another order in the folder, too: files are made anew.
    for name in ["b/b.go", "a/a.go"] {
        let text = std::fs::read(there_folder.join(name)).expect("there");
        std::fs::remove_file(there_folder.join(name)).expect("removed");
        std::fs::write(there_folder.join(name), text).expect("written");
    }
    let run = |folder: &Path, format: Format, cache: bool, variables: &[(&str, &str)], threads: &str| {
        let mut command = command_in(folder, &["check", "--format", format.name(), "--threads", threads]);
        if !cache {
            command.arg("--no-cache");
        }
        Run::of(command.envs(variables.iter().copied())).expect(1).stdout
    };
    let elsewhere = [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "de_DE"),
        ("TZ", "Pacific/Kiritimati"),
        ("USER", "somebody"),
        ("HOME", "/nonexistent"),
        ("COLUMNS", "20"),
    ];
    for format in Format::ALL {
        let expected = run(here.path(), format, true, &[], "1");
        assert!(expected.contains("loopvar-capture"), "{format}: {expected}");
        for (cache, threads) in [(true, "0"), (true, "7")] {
            assert_eq!(run(here.path(), format, cache, &elsewhere, threads), expected, "{format}");
            assert_eq!(run(&there_folder, format, cache, &elsewhere, threads), expected, "{format}");
        }
    }
    assert_eq!(
        run(&there_folder, Format::Json, false, &elsewhere, "3"),
        run(here.path(), Format::Json, true, &[], "1")
    );
}
