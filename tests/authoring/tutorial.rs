//! The front page of golint-sdk: each step is a pack, and does on the Go code below it what the page says.

use std::fs;

use super::{golint, new_pack_on_our_sdk, root};

/// A fenced block of the page: its language, and its text.
struct Block {
    language: String,
    text: String,
}

/// The blocks of the crate's documentation. Lines that rustdoc hides are shown, but for the `main` of doctests.
fn blocks() -> Vec<Block> {
    let source = fs::read_to_string(root().join("crates/golint-sdk/src/lib.rs")).expect("the page");
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some(Block { language: language.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                let line = line.strip_prefix("# ").unwrap_or(line);
                if line != "fn main() {}" {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn each_step_does_what_the_page_says() {
    let blocks = blocks();
    let steps: Vec<_> = (0..blocks.len()).filter(|&i| blocks[i].text.contains("export_pack!")).collect();
    assert_eq!(steps.len(), 3, "the page has three steps");
    let scratch = new_pack_on_our_sdk("tutorial");
    fs::remove_dir_all(scratch.path().join("testdata")).expect("the tests of the new pack");
    for (number, &at) in steps.iter().enumerate() {
        let end = steps.get(number + 1).copied().unwrap_or(blocks.len());
        scratch.write("src/lib.rs", format!("//! A step of the tutorial.\n\n{}", blocks[at].text).as_bytes());
        let test = |path: &str, text: &str| scratch.write(&format!("testdata/time-since/{path}"), text.as_bytes());
        let _ = fs::remove_dir_all(scratch.path().join("testdata"));
        test("go.mod", "module example.com/tutorial\n\ngo 1.22\n");
        let of = |language: &str| -> Vec<&str> {
            let blocks = blocks[at + 1..end].iter().filter(|block| block.language == language);
            blocks.map(|block| block.text.as_str()).collect()
        };
        let name = if number == 2 { "p_test.go" } else { "p.go" };
        let sources = of("go");
        assert!(!sources.is_empty(), "step {number} has no Go code");
        test(name, sources[0]);
        sources.get(1).into_iter().for_each(|golden| test(&format!("{name}.golden"), golden));
        of("toml").first().into_iter().for_each(|toml| test("golint.toml", toml));
        for tree in of("text") {
            let shown = golint(scratch.path(), &["plugin", "tree", "testdata/time-since/p.go"]).expect(0).stdout;
            assert!(shown.contains(tree), "{tree}\nis no part of\n{shown}");
        }
        let run = golint(scratch.path(), &["--quiet", "plugin", "test"]);
        assert_eq!(run.code, Some(0), "step {}:\n{}{}", number + 1, run.stdout, run.stderr);
        if number == 2 {
            // The option is what makes the difference.
            fs::remove_file(scratch.path().join("testdata/time-since/golint.toml")).expect("the options");
            let run = golint(scratch.path(), &["--quiet", "plugin", "test"]).expect(1);
            assert!(run.stdout.contains("p_test.go:7: a finding without a comment"), "{}", run.stdout);
        }
    }
}
