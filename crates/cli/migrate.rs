//! `golint-rs migrate`: a configuration of golangci-lint to a golint.toml, and what to tell whoever moves.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use golint_migrate::{Format, RuleHere, migrate};

use crate::arguments::{MigrateArguments, Sources};
use crate::output::{Terminal, write_whole};
use crate::{Ending, explain};

/// What golangci-lint looks for in a folder, in its order.
const NAMES: [&str; 4] = [".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json"];

pub(crate) fn run(arguments: &MigrateArguments, terminal: &Terminal) -> Result<Ending> {
    let file = match &arguments.file {
        Some(file) => file.clone(),
        None => {
            let found = NAMES.iter().map(PathBuf::from).find(|name| name.exists());
            found.with_context(|| format!("there is none of {} here; name the file", NAMES.join(", ")))?
        }
    };
    let shown = file.display();
    let bytes = fs::read(&file).with_context(|| format!("cannot read {shown}"))?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{shown} is not UTF-8; save it as UTF-8"))?;
    let migration = migrate(&text, format_of(&file)?, &rules(terminal)?)
        .map_err(|fault| anyhow!("{shown}:{fault}; {}", fault.help))?;
    let report = migration.report();
    if arguments.output.as_deref() == Some(Path::new("-")) {
        terminal.print(migration.golint_toml.as_bytes())?;
        terminal.note(report.trim_end())?;
        return Ok(Ending::Clean);
    }
    let output = arguments.output.clone().unwrap_or_else(|| file.with_file_name("golint.toml"));
    if output.canonicalize().is_ok_and(|real| file.canonicalize().is_ok_and(|file| file == real)) {
        bail!("{} is what is read; name another file for what is written", output.display());
    }
    write(&output, &migration.golint_toml, arguments.force)?;
    terminal.print(report.as_bytes())?;
    let shown = output.display();
    let holds = if output.file_name() == Some("golint.toml".as_ref()) {
        "`golint-rs check` goes by it in its folder and below".to_owned()
    } else {
        format!("`golint-rs check --config {shown}` goes by it")
    };
    terminal.note(&format!("wrote {shown}: {holds}"))?;
    Ok(Ending::Clean)
}

/// Somebody's golint.toml is not to be lost.
fn write(path: &Path, text: &str, force: bool) -> Result<()> {
    let shown = path.display();
    if !force && path.symlink_metadata().is_ok() {
        bail!("{shown} is there already: --force replaces it, `--output -` prints what it would be");
    }
    // What a link leads to is replaced, and not the link.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    write_whole(&real, |out| out.write_all(text.as_bytes())).with_context(|| format!("cannot write {shown}"))
}

fn format_of(file: &Path) -> Result<Format> {
    Ok(match file.extension().and_then(|extension| extension.to_str()) {
        Some("yml" | "yaml") => Format::Yaml,
        Some("toml") => Format::Toml,
        Some("json") => Format::Json,
        _ => bail!("{} ends in none of .yml, .yaml, .toml and .json, which say what it is", file.display()),
    })
}

/// The rules that come with the linter.
fn rules(terminal: &Terminal) -> Result<Vec<RuleHere>> {
    let sources = Sources { config: None, isolated: true, no_cache: false };
    let (rules, _) = explain::all(&sources, terminal)?;
    let known = rules.into_iter().filter(golint_core::Rule::is_configurable);
    Ok(known.map(|rule| RuleHere { name: rule.name, equivalents: rule.equivalents, overlaps: rule.overlaps }).collect())
}
