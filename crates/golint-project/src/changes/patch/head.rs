//! What git says of a file in front of its lines: its names, and whether it is new, gone, renamed or of another mode. Knows when
//! there must be more than that.

use crate::changes::names::{Prefixes, both_names, unquoted, without};

/// Ids of no content, by SHA-1 and by SHA-256.
const EMPTY: [&str; 2] =
    ["e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"];

/// Of programs other than git, it stays empty but for the names.
#[derive(Default)]
pub(super) struct Head {
    pub(super) prefixes: Prefixes,
    /// As `diff --git` has them, if it can be told where one ends and the other begins.
    names: Option<(String, String)>,
    is_of_git: bool,
    /// From where and to where it went.
    moved: [Option<String>; 2],
    is_created: bool,
    is_deleted: bool,
    /// Whether the mode before and the one after were named.
    modes: [bool; 2],
    /// Whether the content is said to be another one.
    is_edited: bool,
    /// Whether the content after it is said to be empty.
    is_emptied: bool,
    has_index: bool,
}

impl Head {
    pub(super) fn is_of_git(&self) -> bool {
        self.is_of_git
    }

    /// Takes a line in; false if it belongs to no head, or to the next one.
    ///
    /// # Errors
    /// What is damaged in it.
    pub(super) fn read(&mut self, line: &[u8]) -> Result<bool, &'static str> {
        let behind = |mark: &str| line.strip_prefix(mark.as_bytes());
        if let Some(names) = behind("diff --git ").filter(|_| !self.is_of_git) {
            self.is_of_git = true;
            self.names = both_names(names)?;
            if let Some((old, new)) = &self.names {
                self.prefixes = Prefixes::of(old, new);
            }
        } else if let Some(name) = behind("rename from ").or_else(|| behind("copy from ")) {
            self.moved[0] = Some(unquoted(name)?);
        } else if let Some(name) = behind("rename to ").or_else(|| behind("copy to ")) {
            self.moved[1] = Some(unquoted(name)?);
        } else if behind("new file mode ").is_some() {
            self.is_created = true;
        } else if behind("deleted file mode ").is_some() {
            self.is_deleted = true;
        } else if behind("old mode ").is_some() {
            self.modes[0] = true;
        } else if behind("new mode ").is_some() {
            self.modes[1] = true;
        } else if let Some(share) = behind("similarity index ") {
            self.is_edited |= share != b"100%";
        } else if behind("dissimilarity index ").is_some() {
            self.is_edited = true;
        } else if let Some(ids) = behind("index ") {
            self.has_index = true;
            let ids = ids.split(|&byte| byte == b' ').next().and_then(|ids| std::str::from_utf8(ids).ok());
            let (old, new) = ids.and_then(|ids| ids.split_once("..")).unwrap_or_default();
            self.is_edited |= old != new;
            self.is_emptied = new.len() >= 4 && EMPTY.iter().any(|id| id.starts_with(new));
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// What is missing, if neither lines nor a binary patch follow, and perhaps nothing at all.
    pub(super) fn lacks(&self, is_at_end: bool) -> Option<&'static str> {
        let is_whole = if self.is_deleted {
            // As `git diff --irreversible-delete` has it.
            true
        } else if self.is_created && self.has_index {
            self.is_emptied
        } else if self.is_edited {
            false
        } else if self.is_created {
            // Git goes on with the content's id; Mercurial does not.
            !is_at_end
        } else if self.moved.iter().any(Option::is_some) {
            self.moved.iter().all(Option::is_some)
        } else {
            self.modes == [true; 2]
        };
        match is_whole {
            true => None,
            false if self.is_edited => Some(
                "it breaks off in the head of a file, whose changed lines are missing; give the diff whole, and made \
                 without options such as `-w` that leave changed lines out",
            ),
            false => Some("it breaks off in the head of a file; give the diff whole"),
        }
    }

    /// Takes the names in front of the lines in; none for no file.
    pub(super) fn set_names(&mut self, old: Option<String>, new: Option<String>) {
        (self.is_created, self.is_deleted) = (self.is_created || old.is_none(), self.is_deleted || new.is_none());
        // Renames have told their names without prefixes.
        for (moved, name) in self.moved.iter_mut().zip([old, new]) {
            *moved = moved.take().or(name);
        }
    }

    /// Where the file was and is; nothing if that is not known.
    pub(super) fn names(self) -> Option<(Option<String>, Option<String>)> {
        let [from, to] = self.moved;
        let (old, new) = self.names.unzip();
        let before = from.or_else(|| Some(without(&old?, &self.prefixes.old)));
        let after = to.or_else(|| Some(without(&new?, &self.prefixes.new)));
        let (before, after) = (before.filter(|_| !self.is_created), after.filter(|_| !self.is_deleted));
        let is_known = before.is_some() != self.is_created && after.is_some() != self.is_deleted;
        (is_known && (before.is_some() || after.is_some())).then_some((before, after))
    }
}
