//! Findings that are to be known from now on: the arguments about baselines and about comments that suppress, what they mean
//! for a run, and the file of a baseline.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use golint_core::{BaselineSource, BaselineUpdate, Imported, Outcome};
use golint_diagnostics::Format;
use golint_project::path::relative;
use golint_project::{Disk, FileSystem as _};

use crate::output::{Terminal, counted, write_whole};
use crate::session;

#[derive(Args)]
pub(crate) struct KnownArguments {
    /// Don't report the findings that this file lists as known
    ///
    /// Takes the place of `baseline` in golint.toml.
    #[arg(long, value_name = "FILE", help_heading = "Known findings", conflicts_with = "no_baseline")]
    pub(crate) baseline: Option<PathBuf>,

    /// Report what a baseline lists as known, too
    #[arg(long, help_heading = "Known findings")]
    pub(crate) no_baseline: bool,

    /// Write all findings to this file: with it as the baseline, only later ones are reported
    ///
    /// What the file has of other files, and of rules that are off, stays in it; what is gone from the code is taken out.
    #[arg(long, value_name = "FILE", help_heading = "Known findings",
        conflicts_with_all = ["baseline", "no_baseline", "fix", "unsafe_fixes", "diff"])]
    pub(crate) write_baseline: Option<PathBuf>,

    /// Don't report what another tool has reported at the same place; a SARIF file that it wrote; repeatable
    ///
    /// `golint-rs explain RULE` names what of other linters a rule knows as the same.
    #[arg(long, value_name = "SARIF", help_heading = "Known findings")]
    pub(crate) import: Vec<PathBuf>,

    /// Write a comment `//lint:ignore RULE REASON` at each finding, or with --diff show them
    ///
    /// The reason is "to be reviewed" if none is given. Findings at one line share a comment.
    #[arg(long, value_name = "REASON", help_heading = "Known findings", num_args = 0..=1, require_equals = true,
        default_missing_value = "to be reviewed", value_parser = reason,
        conflicts_with_all = ["write_baseline", "fix", "unsafe_fixes"])]
    pub(crate) add_ignore: Option<String>,
}

/// What stands in a comment behind the names of rules.
fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("a reason has words: write --add-ignore=\"kept until the next release\"".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err(format!("{text:?} is no reason: it must be one line, without control characters"));
    }
    Ok(text.to_owned())
}

impl KnownArguments {
    /// Where known findings are listed.
    pub(crate) fn source(&self, folder: &Utf8Path) -> Result<BaselineSource> {
        Ok(match &self.baseline {
            Some(path) => BaselineSource::File(session::absolute(folder, path)?),
            // What is written is all that is found.
            None if self.no_baseline || self.write_baseline.is_some() => BaselineSource::Off,
            None => BaselineSource::Configured,
        })
    }

    /// What other tools have reported; none where no report is given.
    pub(crate) fn imported(&self, folder: &Utf8Path) -> Result<Option<Imported>> {
        if self.import.is_empty() {
            return Ok(None);
        }
        let mut imported = Imported::default();
        for path in &self.import {
            let shown = path.display();
            let report = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
            imported.add(&report, folder).with_context(|| format!("--import {shown}"))?;
        }
        Ok(Some(imported))
    }

    /// The baseline to write: where links lead, as far as there is something.
    pub(crate) fn target(&self, folder: &Utf8Path) -> Result<Option<Utf8PathBuf>> {
        let Some(path) = &self.write_baseline else { return Ok(None) };
        let named = session::absolute(folder, path)?;
        let real = Disk.canonicalize(&named).unwrap_or_else(|_| named.clone());
        // Seen from its own folder, entries look the same under either name.
        Ok(Some(if real.parent() == named.parent() { named } else { real }))
    }
}

/// Writes a baseline, unless the run is incomplete, and says so. True if it could not be written.
pub(crate) fn write(
    update: &BaselineUpdate,
    path: &Utf8Path,
    folder: &Utf8Path,
    incomplete: bool,
    terminal: &Terminal,
) -> Result<bool> {
    let shown = relative(folder, path);
    let Some(text) = update.text.as_ref().filter(|_| !incomplete) else {
        terminal.trouble(&format!(
            "{shown} was not written: the run is incomplete, and the file would lose what is known of the rest"
        ))?;
        return Ok(true);
    };
    let before = fs::read(path);
    // Programs that look at times need not look at what is the same.
    if before.as_ref().is_ok_and(|before| before == text.as_bytes()) {
        terminal.note(&format!("{shown} has the {} already", counted(update.findings as u64, "finding")))?;
        return Ok(false);
    }
    let write = || write_whole(path.as_std_path(), |out| out.write_all(text.as_bytes()));
    if let Err(error) = write().with_context(|| format!("cannot write {shown}")) {
        terminal.error(&error)?;
        return Ok(true);
    }
    let findings = counted(update.findings as u64, "finding");
    terminal.note(&format!("wrote {findings} to {shown}: {} new, {} gone", update.added, update.removed))?;
    if before.is_err() {
        terminal.note(&format!("it holds where golint.toml says `baseline = {shown:?}`; commit both"))?;
    }
    Ok(false)
}

/// Says how much was left out because other tools have reported it, where the format does not.
pub(crate) fn tell_imported(outcome: &Outcome, format: Format, terminal: &Terminal) -> Result<()> {
    let says = matches!(format, Format::Text | Format::Markdown | Format::Json | Format::Jsonl);
    if let (Some(n @ 1..), false) = (outcome.report.imported, says) {
        let (findings, are) = if n == 1 { ("finding", "is") } else { ("findings", "are") };
        terminal.note(&format!("{n} {findings} {are} left out: other tools have reported the same"))?;
    }
    Ok(())
}

/// Says what of a baseline is gone from the code.
pub(crate) fn tell_vanished(outcome: &Outcome, terminal: &Terminal) -> Result<()> {
    let mut gone: BTreeMap<&str, u64> = BTreeMap::new();
    for vanished in outcome.report.baseline.iter().flat_map(|baseline| &baseline.vanished) {
        *gone.entry(&vanished.baseline).or_default() += 1;
        let place =
            if vanished.declaration.is_empty() { String::new() } else { format!(" in {}", vanished.declaration) };
        terminal.detail(&format!("{}: {}{place} is gone: {}", vanished.path, vanished.rule, vanished.code))?;
    }
    for (baseline, count) in gone {
        let (findings, them) = if count == 1 { ("finding is", "it") } else { ("findings are", "them") };
        terminal.note(&format!(
            "{count} known {findings} gone: `golint-rs check --write-baseline {baseline}` takes {them} out (--verbose names \
             {them})"
        ))?;
    }
    Ok(())
}
