//! What an engine is started with, and what the command line may say over every configuration file. Plain data: nothing
//! here reads a file, and no default is taken from the environment.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::Confidence;
use golint_host::{CacheEnvironment, Log};
use golint_project::GoVersion;

use crate::{Imported, results};

/// What an engine is started with.
#[derive(Clone)]
pub struct EngineOptions {
    /// The packs that come with the linter: the pack's name, and the component's bytes. Their rules carry no prefix.
    pub builtin: &'static [(&'static str, &'static [u8])],
    /// Absolute. Paths in diagnostics are relative to it where they lie below it.
    pub working_folder: Utf8PathBuf,
    /// Where configuration comes from.
    pub configuration: ConfigurationSource,
    /// What the command line says over it.
    pub overrides: Overrides,
    /// False parses and checks every file, whether a rule can care or not: for measuring, and to see that the prefilter
    /// loses nothing.
    pub prefilter: bool,
    /// Worker threads; 0 takes as many as the machine offers.
    pub threads: usize,
    /// Folder of compiled components and of results. None: no cache is read or written.
    pub cache_folder: Option<Utf8PathBuf>,
    /// False: packs that configuration files name are not loaded, and told as such. For editors whose user has not said
    /// that the folder can be trusted.
    pub plugins: bool,
    /// How long a pack may work on one file; the time that it waits for answers is not counted.
    pub pack_budget: Duration,
    /// Measure the time that packs wait for answers, for [`Counters`](crate::Counters). Costs two clock readings a
    /// question.
    pub measure: bool,
    /// Takes what packs log and what verbose runs show.
    pub log: Arc<dyn Log>,
}

impl EngineOptions {
    /// How long a pack may work on one file in a run from the command line.
    pub const BATCH_BUDGET: Duration = Duration::from_secs(2);
    /// The same while somebody types.
    pub const EDITOR_BUDGET: Duration = Duration::from_millis(250);

    /// The built-in packs alone, with configuration files, on all processors, without a cache.
    pub fn new(builtin: &'static [(&'static str, &'static [u8])], working_folder: impl Into<Utf8PathBuf>) -> Self {
        EngineOptions {
            builtin,
            working_folder: working_folder.into(),
            configuration: ConfigurationSource::Discover,
            overrides: Overrides::default(),
            prefilter: true,
            threads: 0,
            cache_folder: None,
            plugins: true,
            pack_budget: Self::BATCH_BUDGET,
            measure: false,
            log: Arc::new(golint_host::Quiet),
        }
    }
}

/// Where configuration comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConfigurationSource {
    /// The nearest golint.toml from each file's folder upward.
    #[default]
    Discover,
    /// This file, for all files; it counts as the root configuration. Absolute.
    File(Utf8PathBuf),
    /// None at all: every setting has its default.
    Isolated,
}

/// What the command line says. It wins over configuration files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--select`: takes the place of `select` and of `ignore`.
    pub select: Option<Vec<String>>,
    /// `--ignore`: in addition to the configuration's.
    pub ignore: Vec<String>,
    /// `--go`: takes the place of the `go` lines of go.mod files.
    pub go: Option<GoVersion>,
    /// `--platform`: only these matter. Names as in `platforms`; empty says nothing.
    pub platforms: Vec<String>,
    /// `--include-generated`.
    pub include_generated: bool,
    /// `--baseline` and `--no-baseline`.
    pub baseline: BaselineSource,
    /// `--import`: what other tools have reported. None: nobody said.
    pub imported: Option<Arc<Imported>>,
    /// `--confidence`: the least that is reported. None: whatever rules report.
    pub confidence: Option<Confidence>,
}

/// Where known findings are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BaselineSource {
    /// In the file that the configuration names, if it names one.
    #[default]
    Configured,
    /// In this file, whatever the configuration says. Absolute.
    File(Utf8PathBuf),
    /// Nowhere: every finding is reported.
    Off,
}

/// The folder of everything that golint-rs caches for this user. `variable` looks up environment variables. None: the
/// environment names no folder.
pub fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<Utf8PathBuf> {
    let environment = CacheEnvironment {
        explicit: variable("GOLINT_RS_CACHE"),
        xdg_cache_home: variable("XDG_CACHE_HOME"),
        home: variable("HOME"),
        local_app_data: variable("LOCALAPPDATA"),
    };
    golint_host::cache_dir(&environment).and_then(|folder| Utf8PathBuf::from_path_buf(folder).ok())
}

/// Removes the compiled packs and the results in that folder, and nothing else. The number of files and bytes removed.
///
/// # Errors
/// If the folder can't be read or a file in it can't be removed.
pub fn clean_cache(folder: &Utf8Path) -> std::io::Result<(u64, u64)> {
    let (packs, results) = (golint_host::clean_cache(folder.as_std_path())?, results::clean(folder)?);
    Ok((packs.0 + results.0, packs.1 + results.1))
}
