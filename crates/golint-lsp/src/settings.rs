//! What a client may set, at the start and later. What can't be understood is told and left at its default.

use camino::Utf8Path;
use golint_core::{BaselineSource, ConfigurationSource, EngineOptions, Overrides};
use golint_diagnostics::Confidence;
use golint_project::path::absolute;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The settings of a client. All are optional; the names are those of the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settings {
    /// A golint.toml for all files, relative to the first workspace folder.
    pub(crate) config: Option<String>,
    pub(crate) select: Option<Vec<String>>,
    pub(crate) ignore: Vec<String>,
    pub(crate) go: Option<String>,
    pub(crate) platforms: Vec<String>,
    pub(crate) include_generated: bool,
    /// `certain` or `likely`.
    pub(crate) confidence: Option<String>,
    /// `off`, `error`, `warn`, `info` or `debug`.
    pub(crate) log_level: Option<String>,
    /// False: packs that a golint.toml of the workspace names are not loaded. Clients that know whether a workspace is
    /// trusted say so; of others, the user has the last word.
    pub(crate) trust_workspace_plugins: Option<bool>,
}

impl Settings {
    /// Reads settings one by one, so that a wrong one costs no other. Also what is wrong with them.
    pub(crate) fn read(value: Value) -> (Settings, Vec<String>) {
        let Value::Object(all) = value else { return (Settings::default(), Vec::new()) };
        let (mut sound, mut wrong) = (Map::new(), Vec::new());
        for (name, value) in all {
            // Some clients send null for what is not set.
            if value.is_null() {
                continue;
            }
            let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
            match serde_json::from_value::<Settings>(alone) {
                Ok(_) => drop(sound.insert(name, value)),
                // Some send what they alone need to know, or what is meant for other servers.
                Err(error) if is_unknown(&error) && (value.is_object() || name == "path" || name.contains('.')) => {}
                Err(error) => wrong.push(format!("the setting `{name}` is not used: {error}")),
            }
        }
        let mut settings: Settings = serde_json::from_value(Value::Object(sound)).unwrap_or_default();
        if settings.go.as_ref().is_some_and(|version| version.parse::<golint_project::GoVersion>().is_err()) {
            wrong.push("the setting `go` is not used: it wants a version such as 1.21".into());
            settings.go = None;
        }
        let words = ["certain", "likely"];
        if settings.confidence.as_deref().is_some_and(|word| !words.contains(&word)) {
            wrong.push("the setting `confidence` is not used: it is `certain` or `likely`".into());
            settings.confidence = None;
        }
        (settings, wrong)
    }

    /// Takes over what these settings say about an engine.
    pub(crate) fn apply(&self, options: &mut EngineOptions, folder: &Utf8Path) {
        if let Some(config) = self.config.as_ref().filter(|config| !config.is_empty()) {
            options.configuration = ConfigurationSource::File(absolute(folder, config));
        }
        options.plugins = self.trust_workspace_plugins.unwrap_or(true);
        options.overrides = Overrides {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            go: self.go.as_ref().and_then(|version| version.parse().ok()),
            platforms: self.platforms.clone(),
            include_generated: self.include_generated,
            baseline: BaselineSource::Configured,
            imported: None,
            confidence: (self.confidence.as_deref() == Some("certain")).then_some(Confidence::Certain),
        };
    }
}

fn is_unknown(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("unknown field")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_wrong_setting_costs_no_other() {
        let (settings, wrong) = Settings::read(json!({
            "select": ["loopvar-capture"], "ignore": 7, "go": "x", "platforms": null, "confidence": "certain",
            "slect": [], "gopls": {}, "trace.server": "off",
        }));
        assert_eq!(settings.select.as_deref(), Some(&["loopvar-capture".to_owned()][..]));
        assert_eq!(settings.confidence.as_deref(), Some("certain"));
        assert_eq!((settings.ignore.len(), settings.go), (0, None));
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[1].starts_with("the setting `slect` is not used: unknown field `slect`, expected"), "{wrong:?}");
        assert_eq!(Settings::read(Value::Null), (Settings::default(), Vec::new()));
    }
}
