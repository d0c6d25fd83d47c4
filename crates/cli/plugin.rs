//! `golint-rs plugin`: what authors of rule packs ask for. The work is golint-author's; here it gets its words and its exit
//! code.

use std::io::Write;

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};
use golint_author::harness::{Case, Harness};
use golint_author::pack::{self, Loaded};
use golint_host::HostOptions;

use crate::arguments::{PluginCommand, PluginTestArguments};
use crate::output::{Loudness, Terminal};
use crate::{Ending, session};

pub(crate) fn run(command: &PluginCommand, terminal: &Terminal) -> Result<Ending> {
    let here = session::working_folder()?;
    match command {
        PluginCommand::Test(arguments) => test(arguments, &here, terminal),
    }
}

fn host_options(terminal: &Terminal) -> HostOptions {
    let cache_dir = session::cache_folder().map(Utf8PathBuf::into_std_path_buf);
    HostOptions { cache_dir, log: session::log(terminal), ..HostOptions::default() }
}

/// The pack in a file, as typed.
fn read(here: &Utf8Path, path: &std::path::Path, terminal: &Terminal) -> Result<Loaded> {
    let shown = path.display().to_string();
    Ok(pack::read(&session::absolute(here, path)?, &shown, host_options(terminal))?)
}

fn test(arguments: &PluginTestArguments, here: &Utf8Path, terminal: &Terminal) -> Result<Ending> {
    let folder = session::absolute(here, &arguments.folder)?;
    let Loaded { pack, .. } = read(here, &arguments.pack, terminal)?;
    let tests = Some(folder.join("tests")).filter(|tests| tests.is_dir()).unwrap_or(folder);
    let cases = Harness::new(vec![pack], here).run(&tests, arguments.rule.as_deref())?;
    print_cases(&cases, terminal)
}

fn print_cases(cases: &[Case], terminal: &Terminal) -> Result<Ending> {
    let mut out = terminal.stdout();
    let mut failed = 0;
    for case in cases {
        failed += usize::from(!case.failures.is_empty());
        match case.failures.as_slice() {
            [] if terminal.loudness == Loudness::Verbose => writeln!(out, "ok    {}", case.name)?,
            [] => {}
            failures => {
                writeln!(out, "FAIL  {}", case.name)?;
                for failure in failures {
                    writeln!(out, "{}", crate::output::printable(&failure.to_string()))?;
                }
            }
        }
    }
    if terminal.loudness > Loudness::Quiet {
        writeln!(out, "{} passed, {failed} failed", cases.len() - failed)?;
    }
    out.flush()?;
    Ok(if failed == 0 { Ending::Clean } else { Ending::Findings })
}
