//! The table `run`.

use super::Walk;
use crate::document::{Entry, Node};
use crate::pattern::Over;
use crate::{Fault, Version, exclusions, shown};

impl Walk<'_> {
    pub(super) fn run(&mut self, node: &Node) -> Result<(), Fault> {
        for entry in node.entries("run")? {
            let key = format!("run.{}", entry.key);
            let (key, node, place) = (key.as_str(), &*entry.node, entry.place);
            match (entry.key.as_str(), self.draft.version) {
                // What the go command builds with is in go.mod, and golangci-lint's own findings go by that as well.
                ("go", _) => self.need_not(key, place, "the go line of go.mod holds"),
                ("tests", _) if !node.flag(key)? => self.draft.exclude("*_test.go".into(), "run.tests: false".into()),
                ("tests", _) => self.need_not(key, place, "tests are checked"),
                ("concurrency", _) => {
                    let threads = node.number(key)?;
                    match threads {
                        1..=256 => self.command.threads = Some(threads),
                        0 => self.need_not(key, place, "all processors are used"),
                        ..0 => {
                            let message = "no number of threads is below 0";
                            let help = "`--threads` takes 1 to 256; without it, all processors are used";
                            self.draft.lose_with(key, place, message, Some(help.to_owned()));
                        }
                        _ => self.draft.lose(key, place, "`--threads` takes numbers up to 256"),
                    }
                }
                ("issues-exit-code", _) => match node.number(key)? {
                    0 => self.command.exit_zero = true,
                    1 => self.need_not(key, place, "findings end a run with 1"),
                    _ => self.draft.lose(
                        key,
                        place,
                        "findings end a run with 1, faults with 2; other codes can't be had",
                    ),
                },
                ("timeout" | "deadline", _) => {
                    self.need_not(key, place, "rules have a time limit of their own, and runs need none");
                }
                ("build-tags", _) => self.need_not(key, place, "files are checked whatever their build tags"),
                ("modules-download-mode", _) => self.need_not(key, place, "no modules are downloaded"),
                ("enable-build-vcs", Version::Two) => self.need_not(key, place, "nothing is built"),
                ("allow-parallel-runners" | "allow-serial-runners", _) => {
                    self.need_not(key, place, "any number of runs can go on at the same time");
                }
                ("relative-path-mode", _) => self.paths_from(entry)?,
                ("skip-dirs", Version::One) => {
                    self.has_skip_dirs = !node.items().is_empty();
                    exclusions::paths(&mut self.draft, key, node, Over::Folder)?;
                }
                ("skip-files", Version::One) => {
                    self.has_skip_files = !node.items().is_empty();
                    exclusions::paths(&mut self.draft, key, node, Over::File)?;
                }
                ("skip-dirs-use-default", Version::One) => self.default_folders(entry, key)?,
                ("show-stats", Version::One) => self.statistics(entry, key)?,
                _ => self.unknown("run", entry),
            }
        }
        Ok(())
    }

    fn paths_from(&mut self, entry: &Entry) -> Result<(), Fault> {
        let key = "run.relative-path-mode";
        let mode = entry.node.text(key)?;
        let folder = match mode.as_str() {
            "gomod" => "the folder of go.mod",
            "gitroot" => "the root of the repository",
            "" | "cfg" | "wd" => {
                self.need_not(key, entry.place, "patterns count from the folder of golint.toml");
                return Ok(());
            }
            other => {
                let message = format!("`{}` is none of cfg, gomod, gitroot and wd", shown(other));
                self.draft.lose(key, entry.place, message);
                return Ok(());
            }
        };
        let message = "patterns count from the folder of golint.toml, wherever that is";
        self.draft.lose_with(key, entry.place, message, Some(format!("keep golint.toml in {folder}")));
        Ok(())
    }

    pub(super) fn default_folders(&mut self, entry: &Entry, key: &str) -> Result<(), Fault> {
        self.default_folders = entry.node.flag(key)?;
        if !self.default_folders {
            self.need_not(key, entry.place, "no folders but vendor and testdata are left out unasked");
        }
        Ok(())
    }

    pub(super) fn statistics(&mut self, entry: &Entry, key: &str) -> Result<(), Fault> {
        self.command.statistics = entry.node.flag(key)?;
        if !self.command.statistics {
            self.need_not(key, entry.place, "numbers are shown with `--statistics` only");
        }
        Ok(())
    }
}
