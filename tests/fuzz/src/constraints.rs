//! Build constraints, alone and in the head of a file.

use golint_project::constraint::Constraint;
use golint_project::{FileFacts, GoVersion, PlatformSet};
use golint_syntax::header;

/// Reads the input as a constraint of each kind, and as a file.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for constraint in [Constraint::parse_go_build(&text), Constraint::parse_plus_build(&text)].into_iter().flatten() {
        let platforms = constraint.platforms();
        assert!(platforms.includes(constraint.platforms_by_default()));
        assert!(platforms.includes(constraint.platforms_without_custom_tags()));
        assert!(platforms.includes(constraint.platforms_without("ignore")));
        assert!(constraint.tags().all(|tag| !tag.is_empty()));
        constraint.go_version();
        assert_eq!(constraint.clone().and(constraint.clone()).platforms(), platforms);
    }
    let header = header::scan(data);
    let lines = header.go_build.iter().chain(&header.plus_build).map(|line| line.span.clone());
    for span in lines.chain(header.imports.iter().map(|import| import.span.clone())).chain(header.package_span.clone())
    {
        assert!(span.start < span.end && span.end as usize <= data.len(), "{span:?}");
    }
    for name in ["a.go", "a_linux_test.go", "_windows_arm64.go"] {
        let facts = FileFacts::of(name, header.clone(), GoVersion::new(1, 21));
        assert!(facts.platforms.includes(facts.default_platforms));
        assert!(PlatformSet::ALL.includes(facts.platforms));
        facts.external_test();
    }
}
