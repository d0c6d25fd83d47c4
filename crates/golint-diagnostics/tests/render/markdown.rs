//! markdown, read by a reader of GitHub's dialect: whatever names and messages hold, the tables have their cells, and the
//! cells the text. By hand, cmarkgfm 2025.10.22 (PyPI), which is GitHub's own reader, rendered every situation below: two
//! tables, no link or tag that is not ours, and the same text.

use golint_diagnostics::{Diagnostic, Format, Location, RenderOptions, RuleInfo, Severity, Span};
use insta::assert_snapshot;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::fixture::{Memory, plain, report, sample, situations, written};

/// The heading, and the tables as rows of cells. Tags are ours only: `<code>` and `<br>`.
#[track_caller]
fn read(markdown: &str) -> (String, Vec<Vec<Vec<String>>>, Vec<String>) {
    let (mut heading, mut tables, mut links) = (String::new(), Vec::<Vec<Vec<String>>>::new(), Vec::new());
    let mut text = String::new();
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
    {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::InlineHtml(tag) => match &*tag {
                "<code>" | "</code>" => {}
                "<br>" => text.push('\n'),
                tag => panic!("{tag} in {markdown}"),
            },
            Event::SoftBreak => text.push(' '),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::TableCell) => text.clear(),
            Event::End(TagEnd::Heading(_)) => heading = std::mem::take(&mut text),
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => tables.last_mut().expect("a table").push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                tables.last_mut().and_then(|table| table.last_mut()).expect("a row").push(std::mem::take(&mut text));
            }
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::End(TagEnd::Link | TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::Paragraph) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    (heading, tables, links)
}

#[test]
fn a_bit_of_everything() {
    let (report, sources) = sample();
    assert_snapshot!(written(Format::Markdown, &report, &sources, &RenderOptions::default()));
}

#[test]
fn nothing_found_is_a_line() {
    assert_eq!(plain(Format::Markdown, vec![], &Memory::default()), "### golint-rs: no problems found in 3 files\n");
    let incomplete = RenderOptions { complete: false, ..RenderOptions::default() };
    let out = written(Format::Markdown, &report(vec![]), &Memory::default(), &incomplete);
    assert_eq!(out, "### golint-rs: no problems found in 3 files; the run is incomplete\n");
}

#[test]
fn every_situation_is_read_back() {
    for (name, report, sources, options) in situations() {
        let out = written(Format::Markdown, &report, &sources, &options);
        let (heading, tables, links) = read(&out);
        assert!(heading.starts_with("golint-rs: "), "{name}: {heading}");
        if report.diagnostics.is_empty() {
            assert!(tables.is_empty(), "{name}");
            continue;
        }
        let [rules, findings] = &tables[..] else { panic!("{name}: {out}") };
        assert!(rules.iter().all(|row| row.len() == 3) && findings.iter().all(|row| row.len() == 4), "{name}: {out}");
        assert_eq!(findings.len(), report.diagnostics.len() + 1, "{name}");
        let count: usize = rules[1..].iter().map(|row| row[1].parse::<usize>().expect("a number")).sum();
        assert_eq!(count, report.diagnostics.len(), "{name}");
        let concise = written(Format::Concise, &report, &sources, &options);
        for row in &findings[1..] {
            let message = row[3].split("\nhelp: ").next().unwrap_or_default();
            let line = format!("{}: {}: {message}", row[1], row[2]);
            assert!(
                concise.lines().any(|told| told.starts_with(line.trim_end_matches('…'))),
                "{name}: {line}\n{concise}"
            );
        }
        assert!(links.iter().all(|link| link.starts_with("https://example.org/")), "{name}: {links:?}");
    }
}

/// GitHub makes links of bare addresses, and sets formulas between dollars.
#[test]
fn nothing_becomes_a_link_or_a_formula() {
    let message = "see http://example.org and www.example.org, $a$ and `b` <c> [d](e) ~~f~~ ![g](h) \\ | # @i";
    let finding = Diagnostic::new("r", Location::new("a.go", Span::new(0, 0)), message);
    let out = plain(Format::Markdown, vec![finding], &Memory::default());
    let (_, tables, links) = read(&out);
    assert_eq!(tables[1][1][3], message);
    assert!(links.is_empty() && !out.contains("http://") && !out.contains("www."), "{out}");
}

#[test]
fn the_heaviest_come_first_and_what_is_left_out_is_told() {
    let at = |i: u32, severity| {
        let mut finding = Diagnostic::new(format!("r{}", i % 60), Location::new("a.go", Span::new(i, i)), "m");
        finding.severity = severity;
        finding
    };
    let mut findings: Vec<Diagnostic> = (0..5000).map(|i| at(i, Severity::Warning)).collect();
    findings.push(at(5000, Severity::Error));
    let out = plain(Format::Markdown, findings, &Memory::default());
    let (_, tables, _) = read(&out);
    assert_eq!((tables[0].len(), tables[1].len()), (51, 201));
    assert_eq!(tables[1][1][..2], ["error", "a.go:#5000"]);
    assert!(out.contains("\n10 more rules not listed.\n"), "{out}");
    assert!(out.ends_with("\n4801 more problems not listed: the log, or another format, has all of them.\n"), "{out}");
}

/// A comment on a pull request may have 65,536 characters.
#[test]
fn long_messages_are_cut_and_the_whole_stays_short() {
    let finding = |i: u32| {
        let path = format!("{}/a.go", "`d|".repeat(1000));
        let mut finding = Diagnostic::new(format!("r{i}"), Location::new(path, Span::new(i, i)), "[é]".repeat(1000));
        finding.help = Some("h".repeat(5000));
        finding
    };
    let mut many = report((0..500).map(finding).collect());
    let (known, _) = sample();
    many.rules = (0..500)
        .map(|i| {
            let (id, summary) = (format!("r{i}"), "|".repeat(5000));
            RuleInfo {
                id,
                summary,
                help_uri: Some(format!("https://example.org/{}", "a".repeat(400))),
                ..known.rules[0].clone()
            }
        })
        .collect();
    let out = written(Format::Markdown, &many, &Memory::default(), &RenderOptions::default());
    assert!(out.chars().count() < 65_536, "{}", out.chars().count());
    let (_, tables, _) = read(&out);
    let listed = tables[1].len() - 1;
    let more = 500 - (tables[0].len() - 1);
    assert!(more > 400 && out.contains(&format!("\n{more} more rules not listed.\n")), "{more}");
    assert!(listed >= 2 && out.contains(&format!("\n{} more problems not listed", 500 - listed)), "{listed}");
    assert_eq!(tables[1][1][3], format!("{}…\nhelp: {}…", "[é]".repeat(100), "h".repeat(300)));
}
