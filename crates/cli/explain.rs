//! `golint-rs rules` and `golint-rs explain`: what rules there are, and what each is about.

use std::io::Write;

use anyhow::{Result, bail};
use golint_core::{Origin, Rule};

use crate::arguments::{ExplainArguments, ListFormat, RulesArguments, Sources};
use crate::output::Terminal;
use crate::{Ending, check, markdown, session};

/// All rules: built in, reserved, and of the plugins that the root configuration of the working folder names.
pub(crate) fn all(sources: &Sources, terminal: &Terminal) -> Result<(Vec<Rule>, bool)> {
    let folder = session::working_folder()?;
    let engine = session::engine(session::engine_options(&folder, sources, terminal)?)?;
    let snapshot = check::snapshot_of(&folder);
    let (rules, problems) = engine.rules(&snapshot, &folder);
    check::print_problems(&problems, &snapshot, &folder, terminal)?;
    Ok((rules, problems.is_empty()))
}

pub(crate) fn rules(arguments: &RulesArguments, terminal: &Terminal) -> Result<Ending> {
    let (rules, complete) = all(&arguments.sources, terminal)?;
    let mut out = terminal.stdout();
    match arguments.format {
        ListFormat::Json => {
            let list: Vec<_> = rules.iter().map(Rule::to_json).collect();
            serde_json::to_writer_pretty(&mut out, &list)?;
            writeln!(out)?;
        }
        ListFormat::Text => {
            let width = |text: fn(&Rule) -> &str| rules.iter().map(|r| text(r).len()).max().unwrap_or(0);
            let (name, category) = (width(|r| &r.name), width(|r| &r.category));
            // What the engine says of the run itself comes last.
            let (reserved, found): (Vec<_>, Vec<_>) = rules.iter().partition(|rule| rule.origin == Origin::Reserved);
            for rule in found.into_iter().chain(reserved) {
                let state = if rule.default_on { "on" } else { "off" };
                let severity = rule.severity.name();
                writeln!(
                    out,
                    "{:name$}  {severity:7}  {state:3}  {:category$}  {}",
                    rule.name, rule.category, rule.summary
                )?;
            }
        }
    }
    out.flush()?;
    Ok(if complete { Ending::Clean } else { Ending::Incomplete })
}

pub(crate) fn rule(arguments: &ExplainArguments, terminal: &Terminal) -> Result<Ending> {
    let (rules, complete) = all(&arguments.sources, terminal)?;
    let Some(rule) = rules.iter().find(|r| r.name == arguments.rule) else {
        let names: Vec<&str> = rules.iter().map(|rule| rule.name.as_str()).collect();
        match golint_core::nearest_rule(&arguments.rule, &names) {
            Some(name) => bail!("there is no rule `{}`; did you mean `{name}`?", arguments.rule),
            None => bail!("there is no rule `{}`; `golint-rs rules` lists all", arguments.rule),
        }
    };
    let width = terminal_width();
    let mut out = terminal.stdout();
    writeln!(out, "{}", markdown::render(&rule.explained(), width, terminal.color).trim_end())?;
    out.flush()?;
    Ok(if complete { Ending::Clean } else { Ending::Incomplete })
}

/// Not wider than what is good to read.
fn terminal_width() -> usize {
    let (columns, _) = termimad::terminal_size();
    usize::from(columns).clamp(40, 100)
}
