//! The door to the host, in a component: the generated bindings, the [`Facts`] that ask through them, and the glue that
//! [`crate::export_pack!`] needs. Rule authors never see it.
#![allow(unsafe_code, reason = "generated bindings")]
#![allow(missing_docs, reason = "generated bindings; the documentation stands in rules.wit")]

use std::borrow::Cow;
use std::cell::RefCell;

use crate::facts::{self as plain, Facts, PerPlatform, PlatformWords};
use crate::pack::{Instance, Pack};
use crate::rule::{Needle, Severity};

pub mod bindings {
    //! What the WIT package becomes in Rust.
    #![allow(clippy::all, clippy::pedantic, unused_qualifications, unreachable_pub, reason = "generated")]
    wit_bindgen::generate!({
        path: "../../rules-wit",
        world: "rule-pack",
        pub_export_macro: true,
        default_bindings_module: "golint_sdk::guest::bindings",
        runtime_path: "golint_sdk::guest::wit_bindgen::rt",
    });
}

pub use wit_bindgen;

use bindings::exports::golint::rules::pack as exported;
use bindings::golint::rules::{environment, files, findings, semantics, types};

thread_local! {
    static INSTANCE: RefCell<Option<Instance>> = const { RefCell::new(None) };
    static PLATFORMS: RefCell<Vec<plain::Platform>> = const { RefCell::new(Vec::new()) };
}

/// A panic of a rule ends the call with a trap; this is the only way in which its message reaches the author.
fn tell_panics() {
    std::panic::set_hook(Box::new(|info| {
        let at = crate::pack::at_work().map(|(rule, byte)| format!(" (rule {rule}, on the node at byte {byte})"));
        environment::log(environment::Level::Error, &format!("{info}{}", at.unwrap_or_default()));
    }));
}

fn platform_table() -> Vec<plain::Platform> {
    PLATFORMS.with_borrow_mut(|table| {
        if table.is_empty() {
            table.extend(environment::platforms().into_iter().map(|p| plain::Platform {
                goos: p.goos,
                goarch: p.goarch,
                pointer_size: p.pointer_size,
            }));
        }
        table.clone()
    })
}

pub fn describe(pack: &'static Pack) -> exported::Manifest {
    tell_panics();
    let rules = pack.rules.iter().map(|rule| {
        let meta = rule.meta();
        exported::Rule {
            id: meta.id.into(),
            summary: meta.summary.into(),
            docs: meta.docs.into(),
            category: meta.category.into(),
            severity: match meta.severity {
                Severity::Error => exported::Severity::Error,
                Severity::Warning => exported::Severity::Warning,
                Severity::Info => exported::Severity::Info,
                Severity::Hint => exported::Severity::Hint,
            },
            default_on: meta.default_on,
            options_schema: rule.options_schema(),
            attributes: rule.attributes().iter().map(attribute).collect(),
        }
    });
    exported::Manifest {
        name: pack.name.into(),
        version: pack.version.into(),
        rules: rules.collect(),
        attributes: Vec::new(),
    }
}

fn attribute(&(key, value): &(&str, &str)) -> types::Attribute {
    types::Attribute { key: key.into(), value: value.into() }
}

pub fn configure(
    pack: &'static Pack,
    configuration: u32,
    settings: Vec<exported::Setting>,
) -> Result<Vec<exported::Interest>, Vec<exported::OptionError>> {
    tell_panics();
    let settings: Vec<_> =
        settings.into_iter().map(|s| crate::pack::Setting { rule: s.rule, options: s.options }).collect();
    let platforms = platform_table();
    let answer = INSTANCE.with_borrow_mut(|instance| {
        instance.get_or_insert_with(|| Instance::new(pack)).configure(configuration, &settings, &platforms)
    });
    let version = |v: plain::GoVersion| types::GoVersion { major: v.major, minor: v.minor };
    match answer {
        Ok(interests) => Ok(interests
            .into_iter()
            .map(|i| exported::Interest {
                rule: i.rule,
                go: types::GoVersions { since: i.go.since.map(version), before: i.go.before.map(version) },
                on: i.on,
                requires: i.requires.into_iter().map(|any| any.into_iter().map(needle).collect()).collect(),
                kinds: i.kinds,
            })
            .collect()),
        Err(errors) => Err(errors
            .into_iter()
            .map(|e| exported::OptionError { rule: e.rule, pointer: e.pointer, message: e.message })
            .collect()),
    }
}

fn needle(needle: Needle) -> exported::Needle {
    match needle {
        Needle::Literal(text) => exported::Needle::Literal(text),
        Needle::Pattern(text) => exported::Needle::Pattern(text),
        Needle::Imports(path) => exported::Needle::Imports(path),
    }
}

pub fn check(configuration: u32, file: &files::File) -> Result<(), String> {
    INSTANCE.with_borrow(|instance| match instance {
        Some(instance) => instance.check(configuration, &WitFacts { file }),
        None => Err("check was called before configure".into()),
    })
}

/// Exports the pack of the crate that calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! export_component_of {
    ($pack:path) => {
        struct Component;

        impl $crate::guest::bindings::exports::golint::rules::pack::Guest for Component {
            fn describe() -> $crate::guest::bindings::exports::golint::rules::pack::Manifest {
                $crate::guest::describe(&$pack)
            }

            fn configure(
                configuration: u32,
                settings: Vec<$crate::guest::bindings::exports::golint::rules::pack::Setting>,
            ) -> Result<
                Vec<$crate::guest::bindings::exports::golint::rules::pack::Interest>,
                Vec<$crate::guest::bindings::exports::golint::rules::pack::OptionError>,
            > {
                $crate::guest::configure(&$pack, configuration, settings)
            }

            fn check(
                configuration: u32,
                file: &$crate::guest::bindings::golint::rules::files::File,
            ) -> Result<(), String> {
                $crate::guest::check(configuration, file)
            }
        }

        #[allow(unsafe_code, reason = "generated bindings")]
        const _: () = {
    $crate::guest::bindings::export!(Component with_types_in $crate::guest::bindings);
        };
    };
}

pub use crate::export_component_of as export_component;

struct WitFacts<'a> {
    file: &'a files::File,
}

fn span(s: types::Span) -> plain::Span {
    plain::Span { start: s.start, end: s.end }
}

fn location(l: types::Location) -> plain::Location {
    plain::Location { file: l.file, span: span(l.span) }
}

fn wit_location(l: plain::Location) -> types::Location {
    types::Location { file: l.file, span: types::Span { start: l.span.start, end: l.span.end } }
}

fn constant(c: semantics::Constant) -> plain::Constant {
    match c {
        semantics::Constant::Boolean(b) => plain::Constant::Boolean(b),
        semantics::Constant::Small(n) => plain::Constant::Small(n),
        semantics::Constant::Big(digits) => plain::Constant::Big(digits),
        semantics::Constant::Ratio(ratio) => plain::Constant::Ratio(ratio),
        semantics::Constant::Complex((re, im)) => plain::Constant::Complex(re, im),
        semantics::Constant::Text(bytes) => plain::Constant::Text(bytes),
    }
}

fn constants(list: Vec<semantics::ConstantAt>) -> PerPlatform<plain::Constant> {
    list.into_iter().map(|c| (c.on, constant(c.value))).collect()
}

impl Facts for WitFacts<'_> {
    fn platform_table(&self) -> Cow<'_, [plain::Platform]> {
        Cow::Owned(platform_table())
    }

    fn supports(&self, capability: &str) -> bool {
        environment::supports(capability)
    }

    fn log(&self, level: plain::Level, message: &str) {
        let level = match level {
            plain::Level::Error => environment::Level::Error,
            plain::Level::Warn => environment::Level::Warn,
            plain::Level::Info => environment::Level::Info,
            plain::Level::Debug => environment::Level::Debug,
        };
        environment::log(level, message);
    }

    fn path(&self) -> String {
        self.file.path()
    }

    fn module_path(&self) -> Option<String> {
        self.file.module_path()
    }

    fn import_path(&self) -> Option<String> {
        self.file.import_path()
    }

    fn package_name(&self) -> Option<String> {
        self.file.package_name()
    }

    fn go_version(&self) -> Option<plain::GoVersion> {
        self.file.go_version().map(|v| plain::GoVersion { major: v.major, minor: v.minor })
    }

    fn module_go_version(&self) -> Option<plain::GoVersion> {
        self.file.module_go_version().map(|v| plain::GoVersion { major: v.major, minor: v.minor })
    }

    fn platforms(&self) -> PlatformWords {
        self.file.platforms()
    }

    fn property(&self, name: &str) -> Option<bool> {
        self.file.property(name)
    }

    fn source(&self) -> Cow<'_, [u8]> {
        Cow::Owned(self.file.source())
    }

    fn tree(&self) -> Cow<'_, [u8]> {
        Cow::Owned(self.file.tree())
    }

    fn hits(&self) -> Cow<'_, [u8]> {
        Cow::Owned(self.file.hits())
    }

    fn table(&self, name: &str) -> Option<Vec<u8>> {
        self.file.table(name)
    }

    fn path_of(&self, file: u32) -> String {
        files::path_of(file)
    }

    fn text_at(&self, file: u32, span: plain::Span) -> Option<Vec<u8>> {
        files::text_at(file, types::Span { start: span.start, end: span.end })
    }

    fn resolve(&self, identifier: u32, on: Option<&[u64]>) -> PerPlatform<u32> {
        semantics::resolve(self.file, identifier, on).into_iter().map(|o| (o.on, o.object)).collect()
    }

    fn selection(&self, selector: u32) -> Option<Vec<u32>> {
        semantics::selection(self.file, selector)
    }

    fn references(&self, object: u32) -> Option<Vec<u32>> {
        semantics::references(self.file, object)
    }

    fn references_in_package(&self, object: u32) -> Option<Vec<plain::Location>> {
        Some(semantics::references_in_package(self.file, object)?.into_iter().map(location).collect())
    }

    fn kind_of(&self, object: u32) -> Option<plain::ObjectKind> {
        Some(match semantics::kind_of(object)? {
            semantics::ObjectKind::PackageName => plain::ObjectKind::PackageName,
            semantics::ObjectKind::Constant => plain::ObjectKind::Constant,
            semantics::ObjectKind::TypeName => plain::ObjectKind::TypeName,
            semantics::ObjectKind::Variable => plain::ObjectKind::Variable,
            semantics::ObjectKind::Function => plain::ObjectKind::Function,
            semantics::ObjectKind::Label => plain::ObjectKind::Label,
            semantics::ObjectKind::Builtin => plain::ObjectKind::Builtin,
            semantics::ObjectKind::Nil => plain::ObjectKind::Nil,
        })
    }

    fn name_of(&self, object: u32) -> String {
        semantics::name_of(object)
    }

    fn qualified_name(&self, object: u32) -> Option<String> {
        semantics::qualified_name(object)
    }

    fn declared_at(&self, object: u32) -> Option<plain::Location> {
        semantics::declared_at(object).map(location)
    }

    fn declared_node(&self, object: u32) -> Option<u32> {
        semantics::declared_node(object)
    }

    fn object_property(&self, object: u32, name: &str) -> Option<bool> {
        semantics::object_property(object, name)
    }

    fn type_of_object(&self, object: u32, on: Option<&[u64]>) -> PerPlatform<u32> {
        semantics::type_of_object(object, on).into_iter().map(|t| (t.on, t.type_)).collect()
    }

    fn type_of(&self, expression: u32, on: Option<&[u64]>) -> PerPlatform<u32> {
        semantics::type_of(self.file, expression, on).into_iter().map(|t| (t.on, t.type_)).collect()
    }

    fn type_string(&self, ty: u32) -> String {
        semantics::type_string(ty)
    }

    fn type_kind(&self, ty: u32) -> String {
        semantics::type_kind(ty)
    }

    fn underlying(&self, ty: u32) -> Option<u32> {
        semantics::underlying(ty)
    }

    fn element(&self, ty: u32) -> Option<u32> {
        semantics::element(ty)
    }

    fn key(&self, ty: u32) -> Option<u32> {
        semantics::key(ty)
    }

    fn array_length(&self, ty: u32, on: Option<&[u64]>) -> PerPlatform<plain::Constant> {
        constants(semantics::array_length(ty, on))
    }

    fn fields_of(&self, ty: u32) -> Option<Vec<plain::RawField>> {
        let fields = semantics::fields_of(ty)?;
        Some(
            fields
                .into_iter()
                .map(|f| plain::RawField {
                    name: f.name,
                    field: f.field,
                    ty: f.type_,
                    embedded: f.embedded,
                    tag: f.tag,
                })
                .collect(),
        )
    }

    fn signature_of(&self, ty: u32) -> Option<plain::RawSignature> {
        let s = semantics::signature_of(ty)?;
        Some(plain::RawSignature {
            parameters: s.parameters,
            results: s.results,
            variadic: s.variadic,
            receiver: s.receiver,
        })
    }

    fn type_object(&self, ty: u32) -> Option<u32> {
        semantics::type_object(ty)
    }

    fn type_arguments(&self, ty: u32) -> Vec<u32> {
        semantics::type_arguments(ty)
    }

    fn methods_of(&self, ty: u32) -> Option<Vec<u32>> {
        semantics::methods_of(ty)
    }

    fn identical(&self, a: u32, b: u32) -> Option<bool> {
        semantics::identical(a, b)
    }

    fn assignable(&self, from: u32, to: u32) -> Option<bool> {
        semantics::assignable(from, to)
    }

    fn convertible(&self, from: u32, to: u32) -> Option<bool> {
        semantics::convertible(from, to)
    }

    fn implements(&self, ty: u32, interface: u32) -> Option<bool> {
        semantics::implements(ty, interface)
    }

    fn comparable(&self, ty: u32) -> Option<bool> {
        semantics::comparable(ty)
    }

    fn constant_of(&self, expression: u32, on: Option<&[u64]>) -> PerPlatform<plain::Constant> {
        constants(semantics::constant_of(self.file, expression, on))
    }

    fn constant_of_object(&self, object: u32, on: Option<&[u64]>) -> PerPlatform<plain::Constant> {
        constants(semantics::constant_of_object(object, on))
    }

    fn layout(&self, ty: u32, on: Option<&[u64]>) -> PerPlatform<plain::RawLayout> {
        let layouts = semantics::layout(ty, on);
        layouts
            .into_iter()
            .map(|l| (l.on, plain::RawLayout { size: l.size, align: l.align, offsets: l.offsets }))
            .collect()
    }

    fn report(&self, finding: plain::RawFinding) -> u32 {
        let label = |l: plain::RawLabel| findings::Label { at: wit_location(l.at), message: l.message };
        findings::report(&findings::Finding {
            rule: finding.rule,
            message: finding.message,
            primary: label(finding.primary),
            labels: finding.labels.into_iter().map(label).collect(),
            notes: finding.notes,
            help: finding.help,
            confidence: match finding.confidence {
                plain::Confidence::Certain => findings::Confidence::Certain,
                plain::Confidence::Likely => findings::Confidence::Likely,
            },
            on: finding.on,
            fixes: finding
                .fixes
                .into_iter()
                .map(|f| findings::Fix {
                    title: f.title,
                    applicability: match f.applicability {
                        plain::Applicability::Safe => findings::Applicability::Safe,
                        plain::Applicability::Unsafe => findings::Applicability::Unsafe,
                        plain::Applicability::DisplayOnly => findings::Applicability::DisplayOnly,
                    },
                    edits: f
                        .edits
                        .into_iter()
                        .map(|e| findings::Edit { at: wit_location(e.at), text: e.text })
                        .collect(),
                })
                .collect(),
        })
    }
}
