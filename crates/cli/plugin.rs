//! `golint-rs plugin`: what authors of rule packs ask for. The work is golint-author's; here it gets its words and its exit
//! code.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use golint_author::harness::{Case, Harness};
use golint_author::inspect::Inspection;
use golint_author::pack::{self, Loaded};
use golint_author::scaffold;
use golint_author::tree;
use golint_host::HostOptions;
use golint_project::{Disk, FileSystem};

use crate::arguments::{ListFormat, PluginCommand, PluginInspectArguments, PluginTestArguments};
use crate::output::{Loudness, Terminal, counted, printable, write_whole};
use crate::{Ending, input, session};

pub(crate) fn run(command: &PluginCommand, terminal: &Terminal) -> Result<Ending> {
    let here = session::working_folder()?;
    match command {
        PluginCommand::New { name, folder } => new(name, folder.as_deref(), &here, terminal),
        PluginCommand::Build { folder, output } => build(folder, output.as_deref(), &here, terminal),
        PluginCommand::Test(arguments) => test(arguments, &here, terminal),
        PluginCommand::Inspect(arguments) => inspect(arguments, &here, terminal),
        PluginCommand::Tree { file } => show_tree(file, &here, terminal),
    }
}

fn host_options(terminal: &Terminal) -> HostOptions {
    let cache_dir = session::cache_folder().map(Utf8PathBuf::into_std_path_buf);
    HostOptions { cache_dir, log: session::log(terminal), ..HostOptions::default() }
}

/// The pack in a file, as typed.
fn read(here: &Utf8Path, path: &Path, terminal: &Terminal) -> Result<Loaded> {
    let shown = path.display().to_string();
    Ok(pack::read(&session::absolute(here, path)?, &shown, host_options(terminal))?)
}

fn new(name: &str, folder: Option<&Path>, here: &Utf8Path, terminal: &Terminal) -> Result<Ending> {
    let folder = session::absolute(here, folder.unwrap_or(Path::new(name)))?;
    let count = scaffold::write(name, &folder)?;
    let folder = golint_project::path::relative(here, &folder);
    let enter = if folder == "." { String::new() } else { format!("  cd {folder}\n") };
    let told = format!(
        "wrote the pack {name} to {folder}: {count} files, with one rule, src/bool_comparison.rs\n\
         next:\n{enter}  \
           golint-rs plugin test    # builds the pack and runs testdata/\n  \
           golint-rs plugin build   # writes {name}.wasm\n\
         then name it in the golint.toml at the root of the repository that is to be checked:\n  \
           [plugins.{name}]\n  \
           path = \"{name}.wasm\"   # relative to golint.toml\n"
    );
    terminal.print(told.as_bytes())?;
    Ok(Ending::Clean)
}

/// The pack of the crate in a folder, as typed.
fn built(folder: &Path, here: &Utf8Path, terminal: &Terminal) -> Result<Loaded> {
    let shown = folder.display().to_string();
    let quiet = terminal.loudness == Loudness::Quiet;
    terminal.note("compiling the pack (the first time takes about a minute)")?;
    Ok(golint_author::build::build(&session::absolute(here, folder)?, &shown, quiet, host_options(terminal))?)
}

fn build(folder: &Path, output: Option<&Path>, here: &Utf8Path, terminal: &Terminal) -> Result<Ending> {
    let loaded = built(folder, here, terminal)?;
    let manifest = loaded.pack.manifest();
    let path = output.map_or_else(|| folder.join(format!("{}.wasm", manifest.name)), Path::to_owned);
    let shown = path.strip_prefix(".").unwrap_or(&path).display();
    write_whole(&path, |out| out.write_all(&loaded.bytes)).with_context(|| format!("cannot write {shown}"))?;
    let rules = counted(manifest.rules.len() as u64, "rule");
    let kib = loaded.bytes.len().div_ceil(1024);
    let told = format!("{shown}: pack {} {} with {rules}, {kib} KiB\n", manifest.name, manifest.version);
    terminal.print(printable(&told).as_bytes())?;
    Ok(Ending::Clean)
}

fn inspect(arguments: &PluginInspectArguments, here: &Utf8Path, terminal: &Terminal) -> Result<Ending> {
    let inspection = Inspection::of(&read(here, &arguments.pack, terminal)?)?;
    match arguments.format {
        ListFormat::Text => terminal.print(printable(&inspection.to_text()).as_bytes())?,
        ListFormat::Json => {
            let json = serde_json::to_string_pretty(&inspection.to_json())?;
            terminal.print(format!("{json}\n").as_bytes())?;
        }
    }
    Ok(Ending::Clean)
}

fn show_tree(file: &Path, here: &Utf8Path, terminal: &Terminal) -> Result<Ending> {
    let (shown, source): (_, Arc<[u8]>) = if file.as_os_str() == "-" {
        ("standard input".to_owned(), input::standard_input()?.into())
    } else {
        let shown = file.display().to_string();
        let fault = || format!("cannot read {shown}; name a Go file, or `-` for standard input");
        let source = Disk.read(&session::absolute(here, file)?).with_context(fault)?;
        (shown, source)
    };
    let mut out = terminal.stdout();
    let first_error = tree::write(&source, &mut out)?;
    out.flush()?;
    if let Some(line) = first_error {
        let told = "the file does not parse here; what rules report about such a place is dropped";
        terminal.warning(&format!("{shown}:{line}: {told}"))?;
    }
    Ok(Ending::Clean)
}

fn test(arguments: &PluginTestArguments, here: &Utf8Path, terminal: &Terminal) -> Result<Ending> {
    let folder = session::absolute(here, &arguments.folder)?;
    let (pack, tests) = match &arguments.pack {
        Some(path) => {
            let tests = Some(folder.join("testdata")).filter(|tests| tests.is_dir());
            (read(here, path, terminal)?.pack, tests.unwrap_or(folder))
        }
        None => (built(&arguments.folder, here, terminal)?.pack, folder.join("testdata")),
    };
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
                    writeln!(out, "{}", printable(&failure.to_string()))?;
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
