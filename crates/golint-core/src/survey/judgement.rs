//! What is wrong with one configuration file, whatever files it governs.

use camino::Utf8Path;
use golint_diagnostics::{Diagnostic, RuleInfo};

use super::{Surveyor, plan};
use crate::config::Governing;
use crate::outcome::sorted;
use crate::prefilter::PrefilterBuilder;
use crate::{ConfigurationSource, UsageError};

impl Surveyor<'_> {
    /// The faults of a configuration file, and the rules that there are under it. What the command line turns on and off
    /// is not judged.
    pub(crate) fn judge(mut self, path: &Utf8Path) -> Result<(Vec<Diagnostic>, Vec<RuleInfo>), UsageError> {
        let root = match self.options.configuration {
            ConfigurationSource::Discover => self.discovery.governing(path.parent().unwrap_or(path)).root,
            // One that stands in for all others has none above it.
            ConfigurationSource::File(_) | ConfigurationSource::Isolated => None,
        };
        let nearest = Some(path.to_owned());
        let governing = Governing { root: root.or_else(|| nearest.clone()), nearest };
        if let Some(configuration) = self.configuration(&governing)? {
            let enabled = configuration.enabled.clone();
            let mut prefilter = PrefilterBuilder::default();
            // What becomes of the plan does not matter: the packs look at their options when it is made.
            let mut planner = plan::Planner::default();
            planner.plan(&configuration, enabled, &self.loaded, &mut prefilter, &mut self.faults);
        }
        let rules = self.rules();
        Ok((sorted(self.faults), rules))
    }
}
