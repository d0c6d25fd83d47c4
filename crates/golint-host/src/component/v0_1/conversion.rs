//! Records of version 0.1 of the contract to and from plain data. Nothing is checked here.

use golint_sdk::facts as plain;
use golint_sdk::pack::RuleInterest;

use super::bindings::exports::golint::rules::pack;
use super::bindings::golint::rules::{findings, semantics, types};
use crate::manifest::Attribute;
use crate::manifest::raw::{RawManifest, RawRule, RawSeverity};

pub(super) fn span(span: types::Span) -> plain::Span {
    plain::Span { start: span.start, end: span.end }
}

pub(super) fn location(l: plain::Location) -> types::Location {
    types::Location { file: l.file, span: types::Span { start: l.span.start, end: l.span.end } }
}

fn plain_location(l: types::Location) -> plain::Location {
    plain::Location { file: l.file, span: span(l.span) }
}

pub(super) fn object_kind(kind: plain::ObjectKind) -> semantics::ObjectKind {
    use plain::ObjectKind as Plain;
    match kind {
        Plain::PackageName => semantics::ObjectKind::PackageName,
        Plain::Constant => semantics::ObjectKind::Constant,
        Plain::TypeName => semantics::ObjectKind::TypeName,
        Plain::Variable => semantics::ObjectKind::Variable,
        Plain::Function => semantics::ObjectKind::Function,
        Plain::Label => semantics::ObjectKind::Label,
        Plain::Builtin => semantics::ObjectKind::Builtin,
        Plain::Nil => semantics::ObjectKind::Nil,
    }
}

pub(super) fn types_at(types: plain::PerPlatform<u32>) -> Vec<semantics::TypeAt> {
    types.into_iter().map(|(on, type_)| semantics::TypeAt { on, type_ }).collect()
}

pub(super) fn constants(constants: plain::PerPlatform<plain::Constant>) -> Vec<semantics::ConstantAt> {
    let value = |constant: plain::Constant| match constant {
        plain::Constant::Boolean(b) => semantics::Constant::Boolean(b),
        plain::Constant::Small(n) => semantics::Constant::Small(n),
        plain::Constant::Big(digits) => semantics::Constant::Big(digits),
        plain::Constant::Ratio(ratio) => semantics::Constant::Ratio(ratio),
        plain::Constant::Complex(re, im) => semantics::Constant::Complex((re, im)),
        plain::Constant::Text(bytes) => semantics::Constant::Text(bytes),
    };
    constants.into_iter().map(|(on, constant)| semantics::ConstantAt { on, value: value(constant) }).collect()
}

pub(super) fn field(field: plain::RawField) -> semantics::StructField {
    semantics::StructField {
        name: field.name,
        field: field.field,
        type_: field.ty,
        embedded: field.embedded,
        tag: field.tag,
    }
}

fn label(label: findings::Label) -> plain::RawLabel {
    plain::RawLabel { at: plain_location(label.at), message: label.message }
}

fn fix(fix: findings::Fix) -> plain::RawFix {
    let edit = |e: findings::Edit| plain::RawEdit { at: plain_location(e.at), text: e.text };
    plain::RawFix {
        title: fix.title,
        applicability: match fix.applicability {
            findings::Applicability::Safe => plain::Applicability::Safe,
            findings::Applicability::Unsafe => plain::Applicability::Unsafe,
            findings::Applicability::DisplayOnly => plain::Applicability::DisplayOnly,
        },
        edits: fix.edits.into_iter().map(edit).collect(),
    }
}

pub(super) fn finding(finding: findings::Finding) -> plain::RawFinding {
    plain::RawFinding {
        rule: finding.rule,
        message: finding.message,
        primary: label(finding.primary),
        labels: finding.labels.into_iter().map(label).collect(),
        notes: finding.notes,
        help: finding.help,
        confidence: match finding.confidence {
            findings::Confidence::Certain => plain::Confidence::Certain,
            findings::Confidence::Likely => plain::Confidence::Likely,
        },
        on: finding.on,
        fixes: finding.fixes.into_iter().map(fix).collect(),
    }
}

fn attributes(attributes: Vec<types::Attribute>) -> Vec<Attribute> {
    attributes.into_iter().map(|a| Attribute { key: a.key, value: a.value }).collect()
}

pub(super) fn manifest(manifest: pack::Manifest) -> RawManifest {
    let rule = |rule: pack::Rule| RawRule {
        id: rule.id,
        summary: rule.summary,
        docs: rule.docs,
        category: rule.category,
        severity: match rule.severity {
            pack::Severity::Error => RawSeverity::Error,
            pack::Severity::Warning => RawSeverity::Warning,
            pack::Severity::Info => RawSeverity::Info,
            pack::Severity::Hint => RawSeverity::Hint,
        },
        default_on: rule.default_on,
        options_schema: rule.options_schema,
        attributes: attributes(rule.attributes),
    };
    RawManifest {
        name: manifest.name,
        version: manifest.version,
        rules: manifest.rules.into_iter().map(rule).collect(),
        attributes: attributes(manifest.attributes),
    }
}

pub(super) fn interest(interest: pack::Interest) -> RuleInterest {
    let version = |v: types::GoVersion| plain::GoVersion { major: v.major, minor: v.minor };
    let needle = |needle: pack::Needle| match needle {
        pack::Needle::Literal(text) => golint_sdk::Needle::Literal(text),
        pack::Needle::Pattern(text) => golint_sdk::Needle::Pattern(text),
        pack::Needle::Imports(path) => golint_sdk::Needle::Imports(path),
    };
    RuleInterest {
        rule: interest.rule,
        go: plain::GoVersions { since: interest.go.since.map(version), before: interest.go.before.map(version) },
        on: interest.on,
        requires: interest.requires.into_iter().map(|any| any.into_iter().map(needle).collect()).collect(),
        kinds: interest.kinds,
    }
}
