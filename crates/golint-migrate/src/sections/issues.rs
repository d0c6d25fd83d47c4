//! The table `issues`.

use super::Walk;
use crate::document::{Entry, Node};
use crate::pattern::Over;
use crate::{Fault, Version, exclusions};

impl Walk<'_> {
    pub(super) fn issues(&mut self, node: &Node) -> Result<(), Fault> {
        let mut fix = None;
        let mut whole_files = None;
        for entry in node.entries("issues")? {
            let key = format!("issues.{}", entry.key);
            let (key, node, place) = (key.as_str(), &*entry.node, entry.place);
            match (entry.key.as_str(), self.draft.version) {
                ("max-issues-per-linter" | "max-same-issues", _) => self.need_not(key, place, "nothing is cut off"),
                ("uniq-by-line", _) => self.need_not(key, place, "every finding is shown"),
                ("new", _) if node.flag(key)? => self.since(entry, key, "--new-from-rev", "HEAD"),
                ("new-from-rev" | "new-from-merge-base" | "new-from-patch", _) => {
                    let value = node.text(key)?;
                    if value.is_empty() {
                        self.need_not(key, place, "it is not set");
                    } else {
                        let flag = match entry.key.as_str() {
                            "new-from-rev" => "--new-from-rev",
                            "new-from-merge-base" => "--new-from-merge-base",
                            _ => "--new-from-patch",
                        };
                        self.since(entry, key, flag, &value);
                    }
                }
                ("new" | "fix" | "whole-files", _) if !node.flag(key)? => {
                    self.need_not(key, place, "it is off here, too");
                }
                ("fix", _) => fix = Some(entry),
                ("whole-files", _) => whole_files = Some(entry),
                ("exclude", Version::One) => {
                    let help = "`//lint:ignore RULE reason` at a finding, or a baseline, keeps it silent";
                    for (_, place) in node.texts(key)? {
                        let message = "findings are not left out by their message here";
                        self.draft.lose_with(key, place, message, Some(help.to_owned()));
                    }
                }
                ("exclude-rules", Version::One) => {
                    exclusions::rules(&mut self.draft, key, node, &self.rules)?;
                }
                ("exclude-use-default" | "include", Version::One) => {
                    self.need_not(key, place, "nothing is left out by its message");
                }
                ("exclude-case-sensitive", Version::One) => self.need_not(key, place, "it is about texts of messages"),
                ("exclude-generated", Version::One) => self.generated(key, entry)?,
                ("exclude-generated-strict", Version::One) => {
                    self.need_not(key, place, "generated files are known here by Go's convention");
                }
                ("exclude-dirs", Version::One) if self.has_skip_dirs => {
                    self.draft.lose(key, place, "golangci-lint takes run.skip-dirs in its place");
                }
                ("exclude-files", Version::One) if self.has_skip_files => {
                    self.draft.lose(key, place, "golangci-lint takes run.skip-files in its place");
                }
                ("exclude-dirs", Version::One) => exclusions::paths(&mut self.draft, key, node, Over::Folder)?,
                ("exclude-files", Version::One) => exclusions::paths(&mut self.draft, key, node, Over::File)?,
                ("exclude-dirs-use-default", Version::One) => self.default_folders(entry, key)?,
                _ => self.unknown("issues", entry),
            }
        }
        if let Some(entry) = whole_files {
            if self.command.since.is_some() {
                self.command.whole_files = true;
            } else {
                let message = "it goes with `--new-from-rev` and the like, which are flags";
                self.need_not("issues.whole-files", entry.place, message);
            }
        }
        if let Some(entry) = fix {
            if self.command.since.is_some() {
                let message = "`--fix` does not go with `--new-from-rev` and the like";
                self.draft.lose("issues.fix", entry.place, message);
            } else {
                self.command.fix = true;
            }
        }
        Ok(())
    }

    fn since(&mut self, entry: &Entry, key: &str, flag: &'static str, value: &str) {
        if self.command.since.is_some() {
            let message = "only one of `--new-from-rev`, `--new-from-merge-base` and `--new-from-patch` can be given";
            self.draft.lose(key, entry.place, message);
        } else if value.contains(crate::is_unseen) {
            self.draft.lose(key, entry.place, "it has characters that no command line can have");
        } else {
            self.command.since = Some((flag, value.to_owned()));
        }
    }
}
