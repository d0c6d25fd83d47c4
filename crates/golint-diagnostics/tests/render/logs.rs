//! azure and teamcity: commands in a log, read back as the services read them.
//!
//! Azure: by hand, azure-pipelines-task-lib 5.281.0 (npm) read every situation below with its `commandFromString`; `azure`
//! is that reader's rule. TeamCity: its documentation's escapes ("Service messages", "Escaped values") and limits
//! ("Reporting inspections"); `teamcity` undoes them. By hand, JetBrains' own `ServiceMessage.parse` (in Maven Central's
//! kotlin-gradle-plugin 2.1.0) read every situation: the same names, attributes and values.

use std::collections::BTreeMap;

use golint_diagnostics::{Diagnostic, Format, Location, RenderOptions, Span};
use insta::assert_snapshot;

use crate::fixture::{Memory, NASTY, plain, sample, situations, written};

/// The properties and the message of a logging command.
#[track_caller]
fn azure(line: &str) -> (BTreeMap<String, String>, String) {
    let (properties, message) =
        line.strip_prefix("##vso[task.logissue ").and_then(|rest| rest.split_once(']')).expect("a command");
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%AZP25", "%");
    let property = |text: &str| data(&text.replace("%5D", "]").replace("%3B", ";"));
    let pairs = properties.split(';').map(|pair| pair.split_once('=').expect("a name and a value"));
    (pairs.map(|(name, value)| (name.to_owned(), property(value))).collect(), data(message))
}

/// The name and the attributes of a service message.
#[track_caller]
fn teamcity(line: &str) -> (String, BTreeMap<String, String>) {
    let inside = line.strip_prefix("##teamcity[").and_then(|rest| rest.strip_suffix(']')).expect("a message");
    assert!(inside.is_ascii(), "{line}");
    let (name, mut rest) = inside.split_once(' ').expect("attributes");
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let (key, value) = rest.trim_start().split_once("='").expect("a name and a value");
        let (mut units, mut chars) = (Vec::<u16>::new(), value.char_indices());
        let end = loop {
            match chars.next().expect("a quote at the end") {
                (at, '\'') => break at,
                (_, '[' | ']' | '\n' | '\r') => panic!("{line} holds what needs an escape"),
                (_, '|') => match chars.next().expect("what is escaped").1 {
                    'n' => units.push(0x0a),
                    'r' => units.push(0x0d),
                    '0' => {
                        let digits: String = chars.by_ref().skip(1).take(4).map(|(_, c)| c).collect();
                        units.push(u16::from_str_radix(&digits, 16).expect("four digits"));
                    }
                    c @ ('|' | '\'' | '[' | ']') => units.push(c as u16),
                    c => panic!("|{c} is no escape"),
                },
                (_, c) => units.push(c as u16),
            }
        };
        attributes.insert(key.to_owned(), String::from_utf16(&units).expect("characters"));
        rest = value[end + 1..].trim_start();
    }
    (name.to_owned(), attributes)
}

/// A path as these formats give it back: line ends as they are, else what a terminal would act upon spelt.
fn shown(path: &str) -> String {
    let spelt = path.replace('\x1b', "\\x1b").replace('\0', "\\x00").replace('\x07', "\\x07").replace('\t', "\\t");
    spelt.replace('\x7f', "\\x7f").replace('\u{9b}', "\\u009b").replace('\u{202e}', "\\u202e")
}

#[test]
fn azure_pipelines() {
    let (report, sources) = sample();
    assert_snapshot!(written(Format::Azure, &report, &sources, &RenderOptions::default()), @"
    ##vso[task.logissue type=error;sourcepath=cmd/a b.go;linenumber=11;columnnumber=23;code=loopvar-capture]`i` is shared by all iterations%0Anote: up to Go 1.21 a loop's variable is one variable%0Afor all of its iterations%0Ahelp: give every iteration a variable of its own
    ##vso[task.logissue type=warning;sourcepath=offsets.go;linenumber=1;columnnumber=1;code=tidy/plain-info]f[T](x) is 100%AZP25 fine
    ##vso[task.logissue type=warning;sourcepath=offsets.go;linenumber=3;columnnumber=14;code=unaligned-offset]not aligned (likely, on linux/386, linux/arm and 4 more 32-bit platforms)
    ");
}

#[test]
fn teamcity_inspections() {
    let (report, sources) = sample();
    assert_snapshot!(written(Format::Teamcity, &report, &sources, &RenderOptions::default()), @"
    ##teamcity[inspectionType id='loopvar-capture' name='loopvar-capture' description='a loop|'s variable is used after its iteration' category='correctness']
    ##teamcity[inspectionType id='tidy/plain-info' name='tidy/plain-info' description='tidy/plain-info' category='golint-rs']
    ##teamcity[inspectionType id='unaligned-offset' name='unaligned-offset' description='an offset is not aligned' category='golint-rs']
    ##teamcity[inspection typeId='loopvar-capture' message='`i` is shared by all iterations|nnote: up to Go 1.21 a loop|'s variable is one variable|nfor all of its iterations|nhelp: give every iteration a variable of its own' file='cmd/a b.go' line='11' SEVERITY='ERROR']
    ##teamcity[inspection typeId='tidy/plain-info' message='f|[T|](x) is 100% fine' file='offsets.go' line='1' SEVERITY='WEAK WARNING']
    ##teamcity[inspection typeId='unaligned-offset' message='not aligned (likely, on linux/386, linux/arm and 4 more 32-bit platforms)' file='offsets.go' line='3' SEVERITY='WARNING']
    ");
}

#[test]
fn azure_gets_every_finding_back_in_every_situation() {
    for (name, report, sources, options) in situations() {
        let out = written(Format::Azure, &report, &sources, &options);
        assert_eq!(out.lines().count(), report.diagnostics.len(), "{name}: {out}");
        for (line, finding) in out.lines().zip(&report.diagnostics) {
            let (properties, message) = azure(line);
            assert!(["error", "warning"].contains(&&*properties["type"]), "{name}");
            assert_eq!(properties["sourcepath"], shown(finding.path()), "{name}");
            let code = shown(&finding.rule).replace('\r', "\\r").replace('\n', "\\n");
            assert_eq!(properties["code"], code, "{name}");
            let place =
                ["linenumber", "columnnumber"].map(|key| properties.get(key).map(|n| n.parse::<u32>().unwrap()));
            match sources.0.contains_key(&**finding.path()) {
                true => assert!(place.iter().all(Option::is_some), "{name}"),
                false => assert!(place == [None; 2] && message.contains("\nat "), "{name}: {message}"),
            }
        }
    }
}

#[test]
fn teamcity_gets_every_finding_back_in_every_situation() {
    for (name, report, sources, options) in situations() {
        let out = written(Format::Teamcity, &report, &sources, &options);
        let messages: Vec<_> = out.lines().map(teamcity).collect();
        let (types, inspections): (Vec<_>, Vec<_>) =
            messages.iter().partition(|(message, _)| message == "inspectionType");
        assert_eq!(inspections.len(), report.diagnostics.len(), "{name}: {out}");
        let ids: Vec<&String> = types.iter().map(|(_, attributes)| &attributes["id"]).collect();
        for (_, attributes) in &types {
            assert_eq!(attributes.keys().collect::<Vec<_>>(), ["category", "description", "id", "name"], "{name}");
            assert!(attributes.values().all(|value| !value.is_empty()), "{name}");
        }
        for ((message, attributes), finding) in inspections.iter().zip(&report.diagnostics) {
            assert_eq!(message, "inspection");
            assert_eq!(ids.iter().filter(|id| **id == &attributes["typeId"]).count(), 1, "{name}: each type once");
            assert_eq!(attributes["file"], shown(finding.path()), "{name}");
            assert!(["ERROR", "WARNING", "WEAK WARNING", "INFO"].contains(&&*attributes["SEVERITY"]), "{name}");
            let line = attributes.get("line").map(|line| line.parse::<u32>().unwrap());
            assert_eq!(line.is_some(), sources.0.contains_key(&**finding.path()), "{name}");
        }
        // The service takes types before the findings that name them.
        let first = messages.iter().position(|(message, _)| message == "inspection").unwrap_or(messages.len());
        assert!(messages[first..].iter().all(|(message, _)| message == "inspection"), "{name}");
    }
}

/// No message begins a second command, and none ends early.
#[test]
fn commands_in_messages_are_text() {
    for evil in ["x]##vso[task.setvariable variable=a]b", "a\n##vso[task.complete]", "|n##teamcity[buildStop]'", NASTY]
    {
        let finding = Diagnostic::new("r", Location::new(evil, Span::new(0, 0)), evil);
        let out = plain(Format::Azure, vec![finding.clone()], &Memory::default());
        assert_eq!(out.lines().count(), 1, "{out}");
        assert_eq!(azure(out.trim_end_matches('\n')).0["sourcepath"], shown(evil));
        let out = plain(Format::Teamcity, vec![finding], &Memory::default());
        assert_eq!(out.lines().count(), 2, "{out}");
        assert_eq!(teamcity(out.lines().last().unwrap()).1["file"], shown(evil));
    }
}

#[test]
fn teamcity_gets_no_more_than_it_takes() {
    let rule = "r👍".repeat(200);
    let finding = Diagnostic::new(&*rule, Location::new("a.go", Span::new(0, 0)), "m👍".repeat(3000));
    let out = plain(Format::Teamcity, vec![finding], &Memory::default());
    let messages: Vec<_> = out.lines().map(teamcity).collect();
    let units = |text: &str| text.encode_utf16().count();
    assert_eq!(messages[0].1["id"], messages[1].1["typeId"]);
    assert!((253..=255).contains(&units(&messages[0].1["id"])), "{}", units(&messages[0].1["id"]));
    assert!((3998..=4000).contains(&units(&messages[1].1["message"])), "{}", units(&messages[1].1["message"]));
    assert!(messages[1].1["message"].ends_with('…'));
}
