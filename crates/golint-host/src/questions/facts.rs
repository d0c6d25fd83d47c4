//! [`Facts`] for one check: asks the model, and turns its values into numbers and words.

use std::borrow::Cow;
use std::sync::OnceLock;

use golint_project::{PLATFORMS, PlatformSet};
use golint_sdk::facts::{
    Constant, Facts, GoVersion, Level, Location, ObjectKind, PerPlatform, Platform, PlatformWords, RawField,
    RawFinding, RawLayout, RawSignature, Span,
};
use golint_semantic::{FileModel, Object, Type, Value, file_model, value};

use super::Questions;
use crate::log;

/// The words that `file.property` knows.
const FILE_PROPERTIES: &[&str] = &["test", "generated", "cgo", "external-test"];

/// The platform table as packs see it.
pub(crate) fn platform_table() -> &'static [Platform] {
    static TABLE: OnceLock<Vec<Platform>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let entry = |p: &golint_project::Platform| Platform {
            goos: p.goos.to_owned(),
            goarch: p.goarch.to_owned(),
            pointer_size: p.pointer_size,
        };
        PLATFORMS.iter().map(entry).collect()
    })
}

/// Does the host have this table or property?
pub(crate) fn supports(capability: &str) -> bool {
    FILE_PROPERTIES.contains(&capability) || golint_semantic::OBJECT_PROPERTIES.contains(&capability)
}

fn language(version: golint_project::GoVersion) -> GoVersion {
    GoVersion { major: version.major, minor: version.minor }
}

fn words(set: PlatformSet) -> PlatformWords {
    set.words().to_vec()
}

fn constant(value: &Value) -> Constant {
    match value.to_constant() {
        value::Constant::Boolean(b) => Constant::Boolean(b),
        value::Constant::Small(n) => Constant::Small(n),
        value::Constant::Big(digits) => Constant::Big(digits),
        value::Constant::Ratio(ratio) => Constant::Ratio(ratio),
        value::Constant::Complex(re, im) => Constant::Complex(re, im),
        value::Constant::Text(bytes) => Constant::Text(bytes.to_vec()),
    }
}

fn constants(values: golint_semantic::PerPlatform<Value>) -> PerPlatform<Constant> {
    values.into_iter().map(|(on, value)| (words(on), constant(&value))).collect()
}

impl Questions {
    fn objects_at(&self, objects: golint_semantic::PerPlatform<Object>) -> PerPlatform<u32> {
        objects.into_iter().map(|(on, object)| (words(on), self.number_object(object))).collect()
    }

    fn types_at(&self, types: golint_semantic::PerPlatform<Type>) -> PerPlatform<u32> {
        types.into_iter().map(|(on, ty)| (words(on), self.number_type(ty))).collect()
    }

    fn location(&self, location: &file_model::Location) -> Location {
        let file = self.files.borrow_mut().number(location.file);
        Location { file, span: Span { start: location.span.start, end: location.span.end } }
    }

    /// What the model says of the object with this number.
    fn ask_object<T>(&self, object: u32, question: impl FnOnce(&FileModel, &Object) -> T) -> Option<T> {
        Some(question(self.file.model(), &self.object(object)?))
    }

    /// What the model says of the type with this number.
    fn ask_type<T>(&self, ty: u32, question: impl FnOnce(&FileModel, &Type) -> T) -> Option<T> {
        Some(question(self.file.model(), &self.ty(ty)?))
    }

    /// What the model says of two types.
    fn ask_types(
        &self,
        (a, b): (u32, u32),
        question: impl FnOnce(&FileModel, &Type, &Type) -> Option<bool>,
    ) -> Option<bool> {
        let (a, b) = (self.ty(a)?, self.ty(b)?);
        question(self.file.model(), &a, &b)
    }
}

impl Facts for Questions {
    fn platform_table(&self) -> Cow<'_, [Platform]> {
        Cow::Borrowed(platform_table())
    }

    fn supports(&self, capability: &str) -> bool {
        supports(capability)
    }

    fn log(&self, level: Level, message: &str) {
        let level = match level {
            Level::Error => log::Level::Error,
            Level::Warn => log::Level::Warn,
            Level::Info => log::Level::Info,
            Level::Debug => log::Level::Debug,
        };
        self.log.say(level, message);
    }

    fn path(&self) -> String {
        self.file.path.to_string()
    }

    fn module_path(&self) -> Option<String> {
        self.file.module_path.as_deref().map(str::to_owned)
    }

    fn import_path(&self) -> Option<String> {
        self.file.import_path.as_deref().map(str::to_owned)
    }

    fn package_name(&self) -> Option<String> {
        self.file.facts.package_name.clone()
    }

    fn go_version(&self) -> Option<GoVersion> {
        Some(language(self.file.facts.go_version))
    }

    fn module_go_version(&self) -> Option<GoVersion> {
        Some(language(self.file.facts.module_go_version))
    }

    fn platforms(&self) -> PlatformWords {
        words(self.file.platforms)
    }

    fn property(&self, name: &str) -> Option<bool> {
        match name {
            "test" => Some(self.file.facts.test),
            "generated" => Some(self.file.facts.generated),
            "cgo" => Some(self.file.facts.cgo),
            "external-test" => Some(self.file.external_test),
            _ => None,
        }
    }

    fn source(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.file.source)
    }

    fn tree(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.file.tree)
    }

    fn hits(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.hits)
    }

    fn table(&self, _name: &str) -> Option<Vec<u8>> {
        // No table is part of this version of the contract.
        None
    }

    fn path_of(&self, file: u32) -> String {
        let Some(index) = self.file_index(file) else { return String::new() };
        if index == self.file.index {
            return self.path();
        }
        // The files of a package stand in one folder.
        let name = self.file.sources.files().get(index).map_or("", |f| f.name.as_str());
        match self.file.path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{name}"),
            None => name.to_owned(),
        }
    }

    fn text_at(&self, file: u32, span: Span) -> Option<Vec<u8>> {
        let bytes = self.bytes_of(self.file_index(file)?)?;
        bytes.get(span.start as usize..span.end as usize).map(<[u8]>::to_vec)
    }

    fn resolve(&self, identifier: u32, on: Option<&[u64]>) -> PerPlatform<u32> {
        let Some(node) = self.node(identifier) else { return Vec::new() };
        self.objects_at(self.file.model().resolve(node, Some(&self.platform_set(on))))
    }

    fn selection(&self, selector: u32) -> Option<Vec<u32>> {
        let objects = self.file.model().selection(self.node(selector)?)?;
        Some(objects.into_iter().map(|object| self.number_object(object)).collect())
    }

    fn references(&self, object: u32) -> Option<Vec<u32>> {
        let nodes = self.ask_object(object, FileModel::references)??;
        Some(nodes.into_iter().map(|node| node.0).collect())
    }

    fn references_in_package(&self, object: u32) -> Option<Vec<Location>> {
        let locations = self.ask_object(object, FileModel::references_in_package)??;
        Some(locations.iter().map(|location| self.location(location)).collect())
    }

    fn kind_of(&self, object: u32) -> Option<ObjectKind> {
        use golint_semantic::ObjectKind as Kind;
        Some(match self.ask_object(object, FileModel::kind_of)?? {
            Kind::PackageName => ObjectKind::PackageName,
            Kind::Constant => ObjectKind::Constant,
            Kind::TypeName => ObjectKind::TypeName,
            Kind::Variable => ObjectKind::Variable,
            Kind::Function => ObjectKind::Function,
            Kind::Label => ObjectKind::Label,
            Kind::Builtin => ObjectKind::Builtin,
            Kind::Nil => ObjectKind::Nil,
        })
    }

    fn name_of(&self, object: u32) -> String {
        self.object(object).map(|object| object.name().to_owned()).unwrap_or_default()
    }

    fn qualified_name(&self, object: u32) -> Option<String> {
        self.ask_object(object, FileModel::qualified_name)?
    }

    fn declared_at(&self, object: u32) -> Option<Location> {
        let location = self.ask_object(object, FileModel::declared_at)??;
        Some(self.location(&location))
    }

    fn declared_node(&self, object: u32) -> Option<u32> {
        self.ask_object(object, FileModel::declared_node)?.map(|node| node.0)
    }

    fn object_property(&self, object: u32, name: &str) -> Option<bool> {
        self.ask_object(object, |model, object| model.object_property(object, name))?
    }

    fn type_of_object(&self, object: u32, on: Option<&[u64]>) -> PerPlatform<u32> {
        let on = self.platform_set(on);
        let types = self.ask_object(object, |model, object| model.type_of_object(object, Some(&on)));
        self.types_at(types.unwrap_or_default())
    }

    fn type_of(&self, expression: u32, on: Option<&[u64]>) -> PerPlatform<u32> {
        let Some(node) = self.node(expression) else { return Vec::new() };
        self.types_at(self.file.model().type_of(node, Some(&self.platform_set(on))))
    }

    fn type_string(&self, ty: u32) -> String {
        self.ask_type(ty, FileModel::type_string).unwrap_or_default()
    }

    fn type_kind(&self, ty: u32) -> String {
        self.ask_type(ty, FileModel::type_kind).unwrap_or_default().to_owned()
    }

    fn underlying(&self, ty: u32) -> Option<u32> {
        self.ask_type(ty, FileModel::underlying)?.map(|ty| self.number_type(ty))
    }

    fn element(&self, ty: u32) -> Option<u32> {
        self.ask_type(ty, FileModel::element)?.map(|ty| self.number_type(ty))
    }

    fn key(&self, ty: u32) -> Option<u32> {
        self.ask_type(ty, FileModel::key)?.map(|ty| self.number_type(ty))
    }

    fn array_length(&self, ty: u32, on: Option<&[u64]>) -> PerPlatform<Constant> {
        let on = self.platform_set(on);
        constants(self.ask_type(ty, |model, ty| model.array_length(ty, Some(&on))).unwrap_or_default())
    }

    fn fields_of(&self, ty: u32) -> Option<Vec<RawField>> {
        let fields = self.ask_type(ty, FileModel::fields_of)??;
        let field = |f: golint_semantic::types::StructField| {
            Some(RawField {
                name: f.name.to_string(),
                ty: self.number_type(f.ty?),
                field: self.number_object(f.object),
                embedded: f.embedded,
                tag: f.tag.to_vec(),
            })
        };
        fields.into_iter().map(field).collect()
    }

    fn signature_of(&self, ty: u32) -> Option<RawSignature> {
        let signature = self.ask_type(ty, FileModel::signature_of)??;
        let types = |list: &[golint_semantic::types::Parameter]| {
            list.iter().map(|p| p.ty.clone().map(|ty| self.number_type(ty))).collect::<Option<Vec<u32>>>()
        };
        Some(RawSignature {
            parameters: types(&signature.parameters)?,
            results: types(&signature.results)?,
            variadic: signature.variadic,
            receiver: signature.receiver.map(|ty| self.number_type(ty)),
        })
    }

    fn type_object(&self, ty: u32) -> Option<u32> {
        self.ask_type(ty, FileModel::type_object)?.map(|object| self.number_object(object))
    }

    fn type_arguments(&self, ty: u32) -> Vec<u32> {
        let types = self.ask_type(ty, FileModel::type_arguments).unwrap_or_default();
        types.into_iter().map(|ty| self.number_type(ty)).collect()
    }

    fn methods_of(&self, ty: u32) -> Option<Vec<u32>> {
        let methods = self.ask_type(ty, FileModel::methods_of)??;
        Some(methods.into_iter().map(|object| self.number_object(object)).collect())
    }

    fn identical(&self, a: u32, b: u32) -> Option<bool> {
        self.ask_types((a, b), FileModel::identical)
    }

    fn assignable(&self, from: u32, to: u32) -> Option<bool> {
        self.ask_types((from, to), FileModel::assignable)
    }

    fn convertible(&self, from: u32, to: u32) -> Option<bool> {
        self.ask_types((from, to), FileModel::convertible)
    }

    fn implements(&self, ty: u32, interface: u32) -> Option<bool> {
        self.ask_types((ty, interface), FileModel::implements)
    }

    fn comparable(&self, ty: u32) -> Option<bool> {
        self.ask_type(ty, FileModel::comparable)?
    }

    fn constant_of(&self, expression: u32, on: Option<&[u64]>) -> PerPlatform<Constant> {
        let Some(node) = self.node(expression) else { return Vec::new() };
        constants(self.file.model().constant_of(node, Some(&self.platform_set(on))))
    }

    fn constant_of_object(&self, object: u32, on: Option<&[u64]>) -> PerPlatform<Constant> {
        let on = self.platform_set(on);
        let values = self.ask_object(object, |model, object| model.constant_of_object(object, Some(&on)));
        constants(values.unwrap_or_default())
    }

    fn layout(&self, ty: u32, on: Option<&[u64]>) -> PerPlatform<RawLayout> {
        let on = self.platform_set(on);
        let layouts = self.ask_type(ty, |model, ty| model.layout(ty, Some(&on))).unwrap_or_default();
        let raw = |l: file_model::TypeLayout| RawLayout { size: l.size, align: l.align, offsets: l.offsets };
        layouts.into_iter().map(|(on, layout)| (words(on), raw(layout))).collect()
    }

    fn report(&self, finding: RawFinding) -> u32 {
        match self.review(finding) {
            Ok(finding) => {
                let mut findings = self.findings.borrow_mut();
                findings.push(finding);
                // Bounded by the review.
                findings.len() as u32 - 1
            }
            Err(fault) => {
                self.blame(fault);
                0
            }
        }
    }
}
