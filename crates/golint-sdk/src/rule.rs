//! What a rule is: metadata, options, interests and a check over the nodes that it subscribed to.

use golint_tree::Kind;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::facts::{GoVersion, GoVersions, Platform};
use crate::{Misfit, Node};

/// How bad a finding of the rule is; the configuration can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The code is wrong.
    Error,
    /// The code is probably wrong, or will be.
    Warning,
    /// Worth knowing.
    Info,
    /// A suggestion.
    Hint,
}

/// What a user reads about a rule.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Kebab-case, names the problem ("loopvar-capture"). Never reused for another meaning.
    pub id: &'static str,
    /// One line.
    pub summary: &'static str,
    /// Markdown with the sections that rules-wit/README.md lists.
    pub docs: &'static str,
    /// "correctness", "suspicious", "portability", "upgrade", "performance", "style", …
    pub category: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// Does it run unless a configuration says otherwise?
    pub default_on: bool,
}

/// A rule. The type is never instantiated: it stands for the rule.
pub trait Rule: 'static {
    /// The rule's options: a struct that serde reads and whose JSON Schema is derived. Use [`NoOptions`] for none.
    ///
    /// Give it `#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]`, and every field a doc comment: it
    /// becomes the description in the schema.
    type Options: DeserializeOwned + JsonSchema + Default + 'static;

    /// What a user reads about the rule.
    const META: Meta;

    /// What else there is to say, as pairs of key and value: "url", "since", "equivalents", …. rules-wit/README.md lists the keys that
    /// a host may know; it passes others by.
    const ATTRIBUTES: &'static [(&'static str, &'static str)] = &[];

    /// Refuses options that their type takes and that still make no sense, such as a platform that there is not:
    /// `platforms` is the table of all that there are. Most rules have nothing to add to the type.
    ///
    /// # Errors
    /// The place of the wrong value, and words for the user.
    fn judge(_options: &Self::Options, _platforms: &[Platform]) -> Result<(), Misfit> {
        Ok(())
    }

    /// When the rule has anything to say about a file, and about which nodes.
    fn interests(options: &Self::Options) -> Vec<Interest>;

    /// Looks at one node of a subscribed kind. Called once for each, in the order of the source.
    fn check(options: &Self::Options, node: Node<'_>);
}

/// Options of a rule that has none.
#[derive(Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoOptions {}

/// Something that a file must contain before it is worth parsing for a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Needle {
    /// Bytes that occur in the file, comments and strings included.
    Literal(String),
    /// As the regex crate reads it, on bytes.
    Pattern(String),
    /// An import of this path; a final "/…" takes what is below it too.
    Imports(String),
}

impl Needle {
    /// These bytes occur in the file.
    pub fn literal(text: impl Into<String>) -> Self {
        Needle::Literal(text.into())
    }

    /// This regular expression matches in the file, on bytes; as the regex crate reads it.
    pub fn pattern(text: impl Into<String>) -> Self {
        Needle::Pattern(text.into())
    }

    /// The file imports this path.
    pub fn imports(path: impl Into<String>) -> Self {
        Needle::Imports(path.into())
    }
}

/// When a rule has anything to say about a file. Several for one rule: any of them will do.
#[derive(Clone, Debug)]
pub struct Interest {
    pub(crate) go: GoVersions,
    pub(crate) on: Option<fn(&Platform) -> bool>,
    pub(crate) requires: Vec<Vec<Needle>>,
    pub(crate) kinds: Vec<Kind>,
}

impl Interest {
    /// In nodes of these kinds, in every file that has one.
    pub fn in_nodes(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Interest { go: GoVersions::default(), on: None, requires: Vec::new(), kinds: kinds.into_iter().collect() }
    }

    /// Only in files that contain this, too.
    #[must_use]
    pub fn requires(self, needle: Needle) -> Self {
        self.requires_any([needle])
    }

    /// Only in files that contain one of these, too.
    #[must_use]
    pub fn requires_any(mut self, needles: impl IntoIterator<Item = Needle>) -> Self {
        self.requires.push(needles.into_iter().collect());
        self
    }

    /// Only in files of this language version or a later one.
    #[must_use]
    pub fn since_go(mut self, major: u32, minor: u32) -> Self {
        self.go.since = Some(GoVersion { major, minor });
        self
    }

    /// Only in files of an earlier language version than this.
    #[must_use]
    pub fn before_go(mut self, major: u32, minor: u32) -> Self {
        self.go.before = Some(GoVersion { major, minor });
        self
    }

    /// Only in files that build for such a platform.
    #[must_use]
    pub fn on(mut self, condition: fn(&Platform) -> bool) -> Self {
        self.on = Some(condition);
        self
    }
}
