//! Selectors: how `select`, `ignore` and `per-file-ignores` name rules. Knows rules by their ids only.

use crate::catalog::Catalog;
use crate::nearest;

/// Which rules of a catalog something holds for, by their numbers.
pub(crate) type RuleSet = Vec<bool>;

/// Why a selector stands for nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SelectorFault {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// What a selector stands for:
///
/// - `all`: every rule, also those that are off by default;
/// - `default`: the rules that are on by default;
/// - `house/*`: the rules of plugin `house`;
/// - `loopvar-capture`, `house/no-goto`: this rule.
pub(crate) fn select(catalog: &Catalog, selector: &str) -> Result<RuleSet, SelectorFault> {
    let mut set = vec![false; catalog.len()];
    let mut take = |which: &dyn Fn(&crate::Rule) -> bool| {
        for (number, rule) in catalog.configurable() {
            set[number] = which(rule);
        }
    };
    match selector.split_once('/') {
        _ if selector == "all" => take(&|_| true),
        _ if selector == "default" => take(&|rule| rule.default_on),
        Some((plugin, _)) if catalog.missing_plugins.iter().any(|missing| missing == plugin) => {}
        Some((plugin, "*")) => {
            if !catalog.plugin_names().contains(&plugin) {
                return Err(unknown_plugin(catalog, plugin, "*"));
            }
            take(&|rule| rule.name.strip_prefix(plugin).is_some_and(|rest| rest.starts_with('/')));
        }
        _ => set[find(catalog, selector)?] = true,
    }
    Ok(set)
}

/// The number of the configurable rule with this id.
pub(crate) fn find(catalog: &Catalog, id: &str) -> Result<usize, SelectorFault> {
    match catalog.find(id) {
        Some(number) if catalog.rule(number).is_configurable() => Ok(number),
        Some(_) => Err(SelectorFault {
            message: format!("`{id}` tells of the run itself and can't be configured"),
            help: Some("remove it".into()),
        }),
        None => Err(unknown_rule(catalog, id)),
    }
}

fn unknown_rule(catalog: &Catalog, id: &str) -> SelectorFault {
    if let Some((plugin, rule)) = id.split_once('/')
        && !catalog.plugin_names().contains(&plugin)
    {
        return unknown_plugin(catalog, plugin, rule);
    }
    let ids = catalog.configurable().map(|(_, rule)| rule.name.as_str());
    let names: Vec<&str> = ids.chain(["all", "default"]).collect();
    let help = match nearest_rule(id, &names) {
        Some(guess) => format!("did you mean `{guess}`?"),
        None => "`golint-rs rules` lists the rules".into(),
    };
    SelectorFault { message: format!("unknown rule `{id}`"), help: Some(help) }
}

/// The rule that was likely meant by a name that no rule has.
pub fn nearest_rule<'n>(wrong: &str, names: &[&'n str]) -> Option<&'n str> {
    // A plugin's rule without its prefix is a likely slip.
    let unprefixed = names.iter().find(|known| known.rsplit_once('/').is_some_and(|(_, last)| last == wrong));
    unprefixed.copied().or_else(|| nearest(wrong, names.iter().copied()))
}

fn unknown_plugin(catalog: &Catalog, plugin: &str, rule: &str) -> SelectorFault {
    let names = catalog.plugin_names();
    let help = match (nearest(plugin, names.iter().copied()), names.is_empty()) {
        _ if catalog.find(rule).is_some() => {
            format!("did you mean `{rule}`? a rule has a prefix only where [plugins] names its pack")
        }
        (Some(guess), _) => format!("did you mean plugin `{guess}`?"),
        (None, true) => {
            "built-in rules have no prefix; plugins are named under [plugins] in the root configuration".into()
        }
        (None, false) => format!("the plugins are {}", names.join(", ")),
    };
    SelectorFault { message: format!("there is no plugin `{plugin}`"), help: Some(help) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::catalog;

    fn ids(selector: &str) -> Result<Vec<String>, String> {
        let catalog = catalog(&["loopvar-capture", "rare?", "house/no-goto", "house/naming?"]);
        match select(&catalog, selector) {
            Ok(set) => Ok((0..set.len()).filter(|&i| set[i]).map(|i| catalog.rule(i).name.clone()).collect()),
            Err(fault) => Err(format!("{}: {}", fault.message, fault.help.unwrap_or_default())),
        }
    }

    #[track_caller]
    fn selects(selector: &str, expected: &[&str]) {
        assert_eq!(ids(selector).unwrap(), expected);
    }

    #[test]
    fn selectors_stand_for_rules() {
        selects("all", &["house/naming", "house/no-goto", "loopvar-capture", "rare", "unused-suppression"]);
        selects("default", &["house/no-goto", "loopvar-capture", "unused-suppression"]);
        selects("house/*", &["house/naming", "house/no-goto"]);
        selects("rare", &["rare"]);
        selects("house/naming", &["house/naming"]);
    }

    #[test]
    fn wrong_ones_name_the_nearest_right_one() {
        for (selector, message) in [
            ("loopvar-captur", "unknown rule `loopvar-captur`: did you mean `loopvar-capture`?"),
            ("no-goto", "unknown rule `no-goto`: did you mean `house/no-goto`?"),
            ("house/nogoto", "unknown rule `house/nogoto`: did you mean `house/no-goto`?"),
            ("hose/no-goto", "there is no plugin `hose`: did you mean plugin `house`?"),
            ("hose/*", "there is no plugin `hose`: did you mean plugin `house`?"),
            (
                "go-semantics/loopvar-capture",
                "there is no plugin `go-semantics`: did you mean `loopvar-capture`? a rule has a prefix only where [plugins] \
                 names its pack",
            ),
            ("gosec", "unknown rule `gosec`: `golint-rs rules` lists the rules"),
            ("ALL", "unknown rule `ALL`: did you mean `all`?"),
            ("internal-error", "`internal-error` tells of the run itself and can't be configured: remove it"),
        ] {
            assert_eq!(ids(selector).unwrap_err(), message);
        }
    }

    #[test]
    fn rules_of_a_plugin_that_could_not_be_loaded_are_no_mistakes() {
        let mut catalog = catalog(&["a"]);
        catalog.missing_plugins.push("house".into());
        assert_eq!(select(&catalog, "house/no-goto").map(|set| set.contains(&true)), Ok(false));
        assert_eq!(select(&catalog, "house/*").map(|set| set.contains(&true)), Ok(false));
    }
}
