//! A pack: its rules, their configurations, and one check. It never knows how it was reached: the same code runs behind
//! the component's exports and natively.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::marker::PhantomData;

use golint_tree::{Node as TreeNode, Tree};

use crate::facts::{Facts, GoVersions, Platform, PlatformWords, decode_hits};
use crate::options;
use crate::platforms::Platforms;
use crate::rule::{Interest, Meta, Needle, Rule};
use crate::{File, Node};

pub use crate::options::Misfit;

/// A pack's name, version and rules. Made by [`crate::export_pack!`].
pub struct Pack {
    /// Kebab-case.
    pub name: &'static str,
    /// Semantic version of the pack.
    pub version: &'static str,
    /// The rules; findings name them by their place here.
    pub rules: &'static [&'static dyn AnyRule],
}

/// A rule that a configuration turns on, with its options as JSON.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Index into the pack's rules.
    pub rule: u32,
    /// A JSON object; empty for the defaults.
    pub options: String,
}

/// What is wrong with a rule's options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// Index into the pack's rules.
    pub rule: u32,
    /// JSON pointer into the options.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

/// An interest of a rule, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInterest {
    /// Index into the pack's rules.
    pub rule: u32,
    /// Language versions.
    pub go: GoVersions,
    /// Platforms; none for all.
    pub on: Option<PlatformWords>,
    /// AND of ORs.
    pub requires: Vec<Vec<Needle>>,
    /// Names of node kinds.
    pub kinds: Vec<String>,
}

/// A rule whose type was forgotten, so that a pack can list rules of all types.
pub trait AnyRule: Sync {
    /// What a user reads about it.
    fn meta(&self) -> &'static Meta;
    /// What else it says of itself, by key.
    fn attributes(&self) -> &'static [(&'static str, &'static str)];
    /// JSON Schema of its options; empty where it has none.
    fn options_schema(&self) -> String;
    /// Reads the options and judges them; `platforms` is the host's table.
    fn configure(&self, options: &str, platforms: &[Platform]) -> Result<Box<dyn AnyConfigured>, Misfit>;
}

/// A rule together with its options.
pub trait AnyConfigured {
    /// The rule's interests under these options.
    fn interests(&self) -> Vec<Interest>;
    /// Looks at one node.
    fn check(&self, node: Node<'_>);
}

/// Lets a pack list the rule `R`.
pub struct Listed<R>(PhantomData<fn() -> R>);

impl<R> Listed<R> {
    /// The list entry.
    #[allow(clippy::new_without_default, reason = "only the macro makes one, in a constant")]
    pub const fn new() -> Self {
        Listed(PhantomData)
    }
}

struct Configured<R: Rule>(R::Options);

impl<R: Rule> AnyRule for Listed<R> {
    fn meta(&self) -> &'static Meta {
        const { &R::META }
    }

    fn attributes(&self) -> &'static [(&'static str, &'static str)] {
        R::ATTRIBUTES
    }

    fn options_schema(&self) -> String {
        let schema = schemars::schema_for!(R::Options);
        let has_options =
            schema.get("properties").and_then(|p| p.as_object()).is_some_and(|properties| !properties.is_empty());
        if has_options { serde_json::to_string(&schema).unwrap_or_default() } else { String::new() }
    }

    fn configure(&self, options: &str, platforms: &[Platform]) -> Result<Box<dyn AnyConfigured>, Misfit> {
        let options = if options.is_empty() { R::Options::default() } else { options::read(options)? };
        R::judge(&options, platforms)?;
        Ok(Box::new(Configured::<R>(options)))
    }
}

impl<R: Rule> AnyConfigured for Configured<R> {
    fn interests(&self) -> Vec<Interest> {
        R::interests(&self.0)
    }

    fn check(&self, node: Node<'_>) {
        R::check(&self.0, node);
    }
}

/// The rules that one configuration turns on. The interests are numbered through, as `configure` answered them.
struct Configuration {
    rules: Vec<(u32, Box<dyn AnyConfigured>)>,
    /// For each interest, the position of its rule in `rules`.
    interests: Vec<usize>,
}

thread_local! {
    /// The pack, its rule and the first byte of the node that are being checked.
    static CHECKED: Cell<Option<(&'static Pack, u32, u32)>> = const { Cell::new(None) };
}

/// The rule that is at work, and the first byte of the node that it looks at.
#[cfg_attr(not(target_family = "wasm"), allow(dead_code, reason = "only a component tells it"))]
pub(crate) fn at_work() -> Option<(&'static str, u32)> {
    let (pack, rule, start) = CHECKED.get()?;
    Some((pack.rules.get(rule as usize)?.meta().id, start))
}

/// A pack with the configurations that it was given: the state of one instance.
pub struct Instance {
    pack: &'static Pack,
    configurations: BTreeMap<u32, Configuration>,
}

impl Instance {
    /// An instance without configurations.
    pub fn new(pack: &'static Pack) -> Self {
        Instance { pack, configurations: BTreeMap::new() }
    }

    /// Takes a configuration, and answers when its rules have anything to say.
    pub fn configure(
        &mut self,
        configuration: u32,
        settings: &[Setting],
        platforms: &[Platform],
    ) -> Result<Vec<RuleInterest>, Vec<OptionError>> {
        let mut configured = Configuration { rules: Vec::new(), interests: Vec::new() };
        let mut answer = Vec::new();
        let mut errors = Vec::new();
        for setting in settings {
            let error = |pointer, message| OptionError { rule: setting.rule, pointer, message };
            let Some(rule) = self.pack.rules.get(setting.rule as usize) else {
                errors.push(error(String::new(), format!("the pack has no rule {}", setting.rule)));
                continue;
            };
            match rule.configure(&setting.options, platforms) {
                Err(Misfit { pointer, message }) => errors.push(error(pointer, message)),
                Ok(rule) => {
                    for interest in rule.interests() {
                        configured.interests.push(configured.rules.len());
                        answer.push(as_data(setting.rule, interest, platforms));
                    }
                    configured.rules.push((setting.rule, rule));
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        self.configurations.insert(configuration, configured);
        Ok(answer)
    }

    /// Checks one file. The error is for what the pack itself finds wrong.
    pub fn check(&self, configuration: u32, facts: &dyn Facts) -> Result<(), String> {
        let Some(configuration) = self.configurations.get(&configuration) else {
            return Err(format!("configuration {configuration} was never given"));
        };
        let (source, blob, hits) = (facts.source(), facts.tree(), facts.hits());
        let tree = Tree::trusted(&blob).map_err(|e| e.to_string())?;
        let file = File::new(facts, &source, tree);
        let hits = decode_hits(&hits);
        let mut wanted = Vec::with_capacity(hits.len());
        for (interest, node) in hits {
            let Some(&rule) = configuration.interests.get(interest as usize) else {
                return Err(format!("the host named interest {interest}, which was never declared"));
            };
            if (node as usize) < tree.len() {
                wanted.push((rule, node));
            }
        }
        // Two interests of one rule may name the same node; the rule sees it once.
        wanted.sort_unstable();
        wanted.dedup();
        for (rule, node) in wanted {
            let (index, rule) = &configuration.rules[rule];
            file.set_rule(*index);
            CHECKED.set(Some((self.pack, *index, tree.start(TreeNode(node)))));
            rule.check(Node { file: &file, node: TreeNode(node) });
        }
        CHECKED.set(None);
        Ok(())
    }
}

fn as_data(rule: u32, interest: Interest, platforms: &[Platform]) -> RuleInterest {
    let on = interest.on.map(|condition| {
        let mut set = Platforms::none();
        for (i, _) in platforms.iter().enumerate().filter(|(_, p)| condition(p)) {
            set.insert(i);
        }
        set.words().to_vec()
    });
    let kinds = interest.kinds.iter().map(|k| k.name().to_owned()).collect();
    RuleInterest { rule, go: interest.go, on, requires: interest.requires, kinds }
}

/// Exports a pack: its name, and its rules by their types.
///
/// ```
/// use golint_sdk::prelude::*;
///
/// struct NoGoto;
///
/// impl Rule for NoGoto {
///     type Options = NoOptions;
///     const META: Meta = Meta {
///         id: "no-goto",
///         summary: "goto statements",
///         docs: "Reports every `goto`.",
///         category: "style",
///         severity: Severity::Warning,
///         default_on: true,
///     };
///
///     fn interests(_: &NoOptions) -> Vec<Interest> {
///         vec![Interest::in_nodes([kind::GOTO_STATEMENT]).requires(Needle::literal("goto"))]
///     }
///
///     fn check(_: &NoOptions, node: Node<'_>) {
///         node.file().report(Finding::at(node, "goto makes the flow hard to follow").help("use a loop or a function"));
///     }
/// }
///
/// golint_sdk::export_pack!("house-rules", [NoGoto]);
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! export_pack {
    ($name:literal, [$($rule:ty),+ $(,)?]) => {
        /// The pack, for those who call it natively.
        pub static PACK: $crate::Pack = $crate::Pack {
            name: $name,
            version: env!("CARGO_PKG_VERSION"),
            rules: &[$(&$crate::pack::Listed::<$rule>::new()),+],
        };

        #[cfg(target_family = "wasm")]
        const _: () = {
            $crate::guest::export_component!(PACK);
        };
    };
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::*;
    use crate::rule::Severity;

    struct Porting;

    #[derive(Default, Deserialize, JsonSchema)]
    #[serde(default)]
    struct Options {
        systems: Vec<String>,
    }

    impl Rule for Porting {
        type Options = Options;
        const META: Meta = Meta {
            id: "porting",
            summary: "",
            docs: "",
            category: "portability",
            severity: Severity::Info,
            default_on: true,
        };

        fn judge(options: &Options, platforms: &[Platform]) -> Result<(), Misfit> {
            let wrong = options.systems.iter().position(|name| platforms.iter().all(|p| p.goos != *name));
            match wrong {
                Some(at) => Err(Misfit::at(["systems", &at.to_string()], "no such system")),
                None => Ok(()),
            }
        }

        fn interests(_: &Options) -> Vec<Interest> {
            Vec::new()
        }

        fn check(_: &Options, _: Node<'_>) {}
    }

    static PACK: Pack = Pack { name: "tests", version: "1.0.0", rules: &[&Listed::<Porting>::new()] };

    #[test]
    fn options_are_judged_with_the_platforms_of_the_host() {
        let platforms = [Platform { goos: "linux".into(), goarch: "arm64".into(), pointer_size: 8 }];
        let configure = |options: &str| {
            let setting = Setting { rule: 0, options: options.into() };
            Instance::new(&PACK).configure(0, &[setting], &platforms).map(|_| ())
        };
        assert_eq!(configure(r#"{"systems": ["linux"]}"#), Ok(()));
        assert_eq!(configure(""), Ok(()));
        let error = OptionError { rule: 0, pointer: "/systems/1".into(), message: "no such system".into() };
        assert_eq!(configure(r#"{"systems": ["linux", "amiga"]}"#), Err(vec![error]));
    }
}
