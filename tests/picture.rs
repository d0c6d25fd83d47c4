//! The picture in the README, docs/demo.svg: drawn here, from a real run on tests/demo, so that it can't show what is not
//! so. `INSTA_UPDATE=always` accepts another one, as it does for snapshots.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

use crate::scratch::{Run, command_in};
use crate::written::{assert_written, root};

/// Characters of a line; longer ones go on below.
const COLUMNS: usize = 110;
/// In pixels.
const CHARACTER: f64 = 8.43;
const LINE: usize = 18;
const MARGIN: f64 = 18.0;
const TOP: usize = 50;

/// Text in one colour.
#[derive(Clone)]
struct Piece {
    text: String,
    color: &'static str,
    bold: bool,
}

fn demo() -> PathBuf {
    root().join("tests/demo")
}

/// The commands that are shown, with what they print: the code, and what is found in it and in the file for Windows.
fn session() -> Vec<(String, String)> {
    let source = std::fs::read_to_string(demo().join("broadcast.go")).expect("the demo");
    let head = source.lines().position(|line| line.contains("range b.sinks")).expect("the loop") + 1;
    let code = format!("sed -n {head},{}p broadcast.go", head + 3);
    let mut shell = Command::new("sh");
    let shown = Run::of(shell.args(["-c", &code]).current_dir(demo())).expect(0).stdout;
    let arguments = ["check", "broadcast.go", "handles_windows.go"];
    let mut command = command_in(&demo(), &arguments);
    let found = Run::of(command.args(["--color", "always"])).expect(1).stdout;
    vec![(code, shown), (format!("golint-rs {}", arguments.join(" ")), found)]
}

/// The pieces of a line with SGR sequences, in the colours of the picture.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut color, mut bold) = ("#c0caf5", false);
    for (i, part) in line.split("\x1b[").enumerate() {
        let text = match part.split_once('m').filter(|_| i > 0) {
            None => part,
            Some((codes, text)) => {
                for code in codes.split(';') {
                    match code {
                        "0" => (color, bold) = ("#c0caf5", false),
                        "1" => bold = true,
                        "31" => color = "#f7768e",
                        "32" => color = "#9ece6a",
                        "34" => color = "#7aa2f7",
                        "36" => color = "#7dcfff",
                        other => panic!("no colour for {other}"),
                    }
                }
                text
            }
        };
        pieces.push(Piece { text: text.replace('\t', "    "), color, bold });
    }
    pieces
}

/// Lines that fit into the picture: what is too long goes on below, indented.
fn wrapped(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut lines = vec![Vec::new()];
    let mut column = 0;
    for mut piece in pieces {
        while column + piece.text.chars().count() > COLUMNS {
            let room = piece.text.char_indices().nth(COLUMNS - column).map_or(0, |(at, _)| at);
            let end = piece.text[..room].rfind(' ').expect("a blank");
            let behind = Piece { text: format!("     {}", &piece.text[end + 1..]), ..piece.clone() };
            piece.text.truncate(end);
            lines.last_mut().expect("a line").push(piece);
            lines.push(Vec::new());
            (piece, column) = (behind, 0);
        }
        column += piece.text.chars().count();
        lines.last_mut().expect("a line").push(piece);
    }
    lines
}

/// Draws the lines. Words that stand apart are placed one by one, so that columns hold whatever the font.
fn picture(lines: &[Vec<Piece>]) -> String {
    let width = (2.0 * MARGIN + COLUMNS as f64 * CHARACTER).round() as usize;
    let height = TOP + lines.len() * LINE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"14\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#1a1b26\"/>\n\
         <path d=\"M0 8a8 8 0 0 1 8-8h{}a8 8 0 0 1 8 8v20H0z\" fill=\"#24283b\"/>\n",
        width - 16
    );
    for (x, color) in [(20, "#f7768e"), (40, "#e0af68"), (60, "#9ece6a")] {
        writeln!(svg, "<circle cx=\"{x}\" cy=\"14\" r=\"6\" fill=\"{color}\"/>").expect("to a string");
    }
    for (number, line) in lines.iter().enumerate() {
        let mut column = 0;
        for piece in line {
            for (start, words) in apart(&piece.text) {
                let x = MARGIN + (column + start) as f64 * CHARACTER;
                let length = words.chars().count() as f64 * CHARACTER;
                let weight = if piece.bold { " font-weight=\"bold\"" } else { "" };
                let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                writeln!(
                    svg,
                    "<text x=\"{x:.1}\" y=\"{}\" fill=\"{}\"{weight} xml:space=\"preserve\" textLength=\"{length:.1}\">{words}</text>",
                    TOP + number * LINE,
                    piece.color,
                )
                .expect("to a string");
            }
            column += piece.text.chars().count();
        }
    }
    svg + "</svg>\n"
}

/// What is separated by more than one blank, and at which character it begins.
fn apart(text: &str) -> Vec<(usize, String)> {
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut blanks = 2;
    for (at, c) in text.chars().enumerate() {
        if c == ' ' {
            blanks += 1;
            continue;
        }
        match parts.last_mut() {
            Some((_, part)) if blanks < 2 => {
                part.push_str(&" ".repeat(blanks));
                part.push(c);
            }
            _ => parts.push((at, c.into())),
        }
        blanks = 0;
    }
    parts
}

#[test]
fn the_picture_shows_a_real_run() {
    let mut lines = Vec::new();
    for (command, output) in session() {
        lines.extend(wrapped(pieces(&format!("\x1b[1;32m$\x1b[0m {command}"))));
        lines.extend(output.lines().flat_map(|line| wrapped(pieces(line))));
    }
    assert_written("docs/demo.svg", &picture(&lines));
}

/// What the picture is for: a capture that another statement follows, its fix, and a file for another system.
#[test]
fn the_picture_shows_what_is_special() {
    let texts = |line: &str| pieces(line).into_iter().map(|piece| piece.text).collect::<String>() + "\n";
    let plain: String = session().iter().flat_map(|(_, output)| output.lines()).map(texts).collect();
    for part in ["}()\n        b.sent++\n", "started here", "+         sink := sink\n", "handles_windows.go:11"] {
        assert!(plain.contains(part), "no {part:?} in\n{plain}");
    }
}

/// The example under "JSON" is a real one as well.
#[test]
fn the_readme_has_the_places_of_the_demo() {
    let run = Run::of(&mut command_in(&demo(), &["check", "broadcast.go", "--format", "json"])).expect(1);
    let range = &run.json()["diagnostics"][0]["range"];
    let place = |end: &str| {
        let at = |key: &str| range[end][key].to_string();
        format!("{{\"line\": {}, \"column\": {}, \"offset\": {}}}", at("line"), at("column"), at("offset"))
    };
    let expected = format!("\"range\": {{\"start\": {}, \"end\": {}}}", place("start"), place("end"));
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    assert!(readme.contains(&expected), "README.md: no {expected}");
}
