//! json, jsonl, github and concise, byte for byte.

use golint_diagnostics::{Diagnostic, Format, Location, RenderOptions, Report, RuleInfo, Severity, Span};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Memory, plain, rendered, sample};

fn sample_in(format: Format) -> String {
    let (report, sources) = sample();
    String::from_utf8(rendered(format, &report, &sources, &RenderOptions::default())).unwrap()
}

#[test]
fn json() {
    assert_snapshot!(sample_in(Format::Json));
}

#[test]
fn json_has_exactly_the_promised_members() {
    let document: Value = serde_json::from_str(&sample_in(Format::Json)).unwrap();
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(members(&document), "version diagnostics summary");
    assert_eq!(document["version"], 1);
    assert_eq!(members(&document["summary"]), "files diagnostics suppressed");
    for diagnostic in document["diagnostics"].as_array().unwrap() {
        let expected = "rule severity confidence message help notes path range labels platforms fixes";
        assert_eq!(members(diagnostic), expected);
        assert_eq!(members(&diagnostic["range"]), "start end");
        assert_eq!(members(&diagnostic["range"]["end"]), "line column offset");
        for label in diagnostic["labels"].as_array().unwrap() {
            assert_eq!(members(label), "path range message");
        }
        for fix in diagnostic["fixes"].as_array().unwrap() {
            assert_eq!(members(fix), "title applicability edits");
            for edit in fix["edits"].as_array().unwrap() {
                assert_eq!(members(edit), "range text");
            }
        }
    }
}

#[test]
fn json_of_an_empty_run_with_timings() {
    let report = Report { timings: Some(json!({ "walked": 2, "elapsed_ms": 1.5, "parsed": 1 })), ..Report::default() };
    let out = rendered(Format::Json, &report, &Memory::default(), &RenderOptions::default());
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "{\"version\":1,\"diagnostics\":[],\"summary\":{\"files\":0,\"diagnostics\":0,\"suppressed\":0},\
         \"timings\":{\"walked\":2,\"elapsed_ms\":1.5,\"parsed\":1}}\n"
    );
}

#[test]
fn jsonl_has_the_findings_of_json_and_ends_with_the_numbers() {
    let lines: Vec<Value> = sample_in(Format::Jsonl).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let document: Value = serde_json::from_str(&sample_in(Format::Json)).unwrap();
    let (last, findings) = lines.split_last().unwrap();
    assert_eq!(document["diagnostics"], Value::from(findings.to_vec()));
    assert_eq!(*last, json!({ "version": 1, "summary": document["summary"] }));
}

#[test]
fn concise() {
    assert_snapshot!(sample_in(Format::Concise), @r"
    cmd/a b.go:11:23: loopvar-capture: `i` is shared by all iterations
    offsets.go:1:1: tidy/plain-info: f[T](x) is 100% fine
    offsets.go:3:14: unaligned-offset: not aligned (likely, on linux/386, linux/arm and 4 more 32-bit platforms)
    ");
}

#[test]
fn concise_gives_the_help_of_what_went_wrong_with_the_run() {
    let (mut report, sources) = sample();
    let mut fault = Diagnostic::new("configuration", Location::new("x.toml", Span::new(0, 0)), "unknown key `a`");
    fault.help = Some("did you mean\r\n`b`?".into());
    report.diagnostics = vec![fault];
    let concise = |report: &Report| {
        String::from_utf8(rendered(Format::Concise, report, &sources, &RenderOptions::default())).unwrap()
    };
    assert_eq!(concise(&report), "x.toml:1:1: configuration: unknown key `a`\n");
    let of_the_run = RuleInfo { id: "configuration".into(), of_the_run: true, ..report.rules[0].clone() };
    report.rules.push(of_the_run);
    assert_eq!(concise(&report), "x.toml:1:1: configuration: unknown key `a`; did you mean `b`?\n");
}

#[test]
fn github() {
    assert_snapshot!(sample_in(Format::Github), @"
    ::error file=cmd/a b.go,line=11,endLine=11,col=23,endColumn=24,title=loopvar-capture::`i` is shared by all iterations%0Anote: up to Go 1.21 a loop's variable is one variable%0Afor all of its iterations%0Ahelp: give every iteration a variable of its own
    ::notice file=offsets.go,line=1,endLine=1,col=1,endColumn=13,title=tidy/plain-info::f[T](x) is 100%25 fine
    ::warning file=offsets.go,line=3,endLine=3,col=14,endColumn=34,title=unaligned-offset::not aligned (likely, on linux/386, linux/arm and 4 more 32-bit platforms)
    ");
}

#[test]
fn github_escapes_data_and_properties() {
    let mut diagnostic =
        Diagnostic::new("a:b,c", Location::new("d,e:%.go", Span::new(2, 7)), "100%\r\nsure: yes, \x1b");
    diagnostic.severity = Severity::Hint;
    diagnostic.help = Some("one\r\ntwo".into());
    let sources = Memory::with(&[("d,e:%.go", b"ab\ncd\nef")]);
    assert_snapshot!(plain(Format::Github, vec![diagnostic], &sources), @r"
    ::notice file=d%2Ce%3A%25.go,line=1,endLine=3,title=a%3Ab%2Cc::100%25 sure: yes, \x1b%0Ahelp: one%0Atwo
    ");
}

/// Whatever a name or a message holds: one line, one command, and the service gets the name back.
#[test]
fn github_is_one_line_for_any_name() {
    let names =
        ["a\nb.go", "a\r\nb.go", "\r.go\n", "%0A:,.go", "::error::x\n::add-mask::y.go", "a\x1b[2J\u{2028}\u{85}.go"];
    for name in names {
        let mut diagnostic = Diagnostic::new(name, Location::new(name, Span::new(0, 0)), format!("m {name}"));
        (diagnostic.help, diagnostic.notes) = (Some(name.into()), vec![name.into()]);
        let out = plain(Format::Github, vec![diagnostic], &Memory::default());
        let line = out.strip_suffix('\n').expect("a line");
        let harmless = |c: char| !c.is_control() && c != '\u{2028}';
        assert!(line.starts_with("::warning file=") && line.chars().all(harmless), "{line:?}");
        // As actions/runner reads it (ActionCommand.cs).
        let (properties, _) = line["::warning ".len()..].split_once("::").expect("the end of the properties");
        let properties: Vec<_> =
            properties.split(',').map(|p| p.split_once('=').expect("a name and a value")).collect();
        assert_eq!(
            properties.iter().map(|p| p.0).collect::<Vec<_>>(),
            ["file", "line", "endLine", "col", "endColumn", "title"]
        );
        let value = properties[0].1.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        let value = value.replace("%25", "%");
        assert_eq!(value, name.replace('\x1b', "\\x1b").replace('\u{2028}', "\\u2028").replace('\u{85}', "\\u0085"));
    }
}

#[test]
fn without_a_source_places_are_offsets() {
    let at = |start, end| Diagnostic::new("r", Location::new("gone.go", Span::new(start, end)), "m");
    let diagnostics = vec![at(0, 0), at(7, 9)];
    let sources = Memory::default();
    assert_snapshot!(plain(Format::Concise, diagnostics.clone(), &sources), @"
    gone.go:1:1: r: m
    gone.go:#7: r: m
    ");
    assert_snapshot!(plain(Format::Github, diagnostics.clone(), &sources), @"
    ::warning file=gone.go,line=1,endLine=1,col=1,endColumn=1,title=r::m
    ::warning file=gone.go,title=r::m%0Aat gone.go:#7
    ");
    let json: Value = serde_json::from_str(&plain(Format::Json, diagnostics, &sources)).unwrap();
    assert_eq!(json["diagnostics"][0]["range"]["start"], json!({ "line": 1, "column": 1, "offset": 0 }));
    assert_eq!(json["diagnostics"][1]["range"]["end"], json!({ "line": null, "column": null, "offset": 9 }));
}
