//! What the go command's environment says of where things are. The caller gives the variables.

use camino::{Utf8Path, Utf8PathBuf};

use crate::FileSystem;

/// Where the go command would look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoEnvironment {
    /// GOROOT, where it is set.
    pub goroot: Option<Utf8PathBuf>,
    /// GOMODCACHE, or where it would be.
    pub module_cache: Option<Utf8PathBuf>,
    /// `-mod` in GOFLAGS.
    pub mod_flag: Option<ModFlag>,
    /// The folders of PATH.
    pub path: Vec<Utf8PathBuf>,
    /// The user's.
    pub home: Option<Utf8PathBuf>,
}

/// What `-mod` can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModFlag {
    /// Only the vendor folder counts.
    Vendor,
    /// The vendor folder does not count.
    Mod,
    /// The same, for our purposes.
    ReadOnly,
}

impl GoEnvironment {
    /// From environment variables, and from what `go env -w` wrote for this user.
    ///
    /// Source: `go help environment`, `go help gopath`; os.UserConfigDir.
    pub fn new(files: &dyn FileSystem, variable: impl Fn(&str) -> Option<String>) -> GoEnvironment {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let home = variable("HOME").or_else(|| variable("USERPROFILE")).map(Utf8PathBuf::from);
        let written = match variable("GOENV").as_deref() {
            Some("off") => None,
            Some(path) => Some(Utf8PathBuf::from(path)),
            None => configuration_folder(&variable, home.as_deref()).map(|folder| folder.join("go/env")),
        };
        let written = written.and_then(|path| files.read(&path).ok()).unwrap_or_default();
        let written = String::from_utf8_lossy(&written).into_owned();
        let setting = |name: &str| {
            let line =
                || written.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
            variable(name).or_else(line).filter(|value| !value.is_empty())
        };
        let separator = if cfg!(windows) { ';' } else { ':' };
        let first_of = |paths: String| paths.split(separator).next().map(Utf8PathBuf::from);
        let gopath = setting("GOPATH").and_then(first_of).or_else(|| Some(home.as_ref()?.join("go")));
        let absolute = |path: Utf8PathBuf| Some(path).filter(|path| path.is_absolute());
        GoEnvironment {
            goroot: setting("GOROOT").map(Utf8PathBuf::from).and_then(absolute),
            module_cache: setting("GOMODCACHE")
                .map(Utf8PathBuf::from)
                .or_else(|| Some(gopath?.join("pkg/mod")))
                .and_then(absolute),
            mod_flag: setting("GOFLAGS").and_then(|flags| flags.split_whitespace().rev().find_map(mod_flag)),
            path: variable("PATH")
                .map(|path| path.split(separator).map(Utf8PathBuf::from).filter(|p| p.is_absolute()).collect())
                .unwrap_or_default(),
            home,
        }
    }
}

fn configuration_folder(variable: &impl Fn(&str) -> Option<String>, home: Option<&Utf8Path>) -> Option<Utf8PathBuf> {
    if cfg!(windows) {
        return variable("AppData").map(Utf8PathBuf::from);
    }
    if cfg!(target_os = "macos") {
        return Some(home?.join("Library/Application Support"));
    }
    variable("XDG_CONFIG_HOME").map(Utf8PathBuf::from).or_else(|| Some(home?.join(".config")))
}

fn mod_flag(flag: &str) -> Option<ModFlag> {
    match flag.strip_prefix("--").or_else(|| flag.strip_prefix('-'))?.strip_prefix("mod=")? {
        "vendor" => Some(ModFlag::Vendor),
        "mod" => Some(ModFlag::Mod),
        "readonly" => Some(ModFlag::ReadOnly),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Disk, Overlay};

    fn environment(variables: &[(&str, &str)], written: &str) -> GoEnvironment {
        let mut files = Overlay::new(Arc::new(Disk));
        files.insert("/nowhere/u/.config/go/env", written.as_bytes());
        GoEnvironment::new(&files, |name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    #[test]
    fn variables_win_over_what_was_written_and_defaults() {
        let home = ("HOME", "/nowhere/u");
        let plain = environment(&[home], "");
        assert_eq!(plain.module_cache, Some("/nowhere/u/go/pkg/mod".into()));
        assert_eq!((plain.goroot, plain.mod_flag), (None, None));
        let written = "GOROOT=/nowhere/go\nGOPATH=/nowhere/p:/nowhere/q\nGOFLAGS=-v -mod=vendor\n";
        let configured = environment(&[home, ("PATH", "/a:b:/c")], written);
        assert_eq!(configured.goroot, Some("/nowhere/go".into()));
        assert_eq!(configured.module_cache, Some("/nowhere/p/pkg/mod".into()));
        assert_eq!(configured.mod_flag, Some(ModFlag::Vendor));
        assert_eq!(configured.path, ["/a", "/c"]);
        let set = environment(&[home, ("GOFLAGS", "-mod=mod"), ("GOMODCACHE", "/nowhere/m")], written);
        assert_eq!((set.mod_flag, set.module_cache), (Some(ModFlag::Mod), Some("/nowhere/m".into())));
        assert_eq!(environment(&[home, ("GOENV", "off")], written).goroot, None);
        assert_eq!(environment(&[], "").module_cache, None);
    }
}
