//! The model as one check sees it: every question of the contract's `semantics`, asked from one file.

mod objects;
mod references;
mod relations;
mod remembered;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use golint_project::PlatformSet;
use golint_tree::Node;

pub use objects::OBJECT_PROPERTIES;

use remembered::{Agreed, Remembered};

use crate::checked::Checked;
use crate::dependency::{Question, Record, Trace};
use crate::evaluation::{Answer, At, Evaluation, Operand, known};
use crate::object::{Object, Repr};
use crate::package::Package;
use crate::type_string::type_string;
use crate::types::{Basic, Length, Signature, StructField, Type, TypeKind};
use crate::{PerPlatform, Value};

/// Answers about one file. Nodes are those of the tree that it was made with; a node that the tree does not have gives
/// the unknown answer. `on` none stands for all platforms of the file. Of a file that is built for none, there are the
/// answers that are the same on every platform, given for all.
pub struct FileModel {
    checked: Checked,
    /// Those that questions without any are about.
    platforms: PlatformSet,
    /// The file is built for no platform of the table: what all of them agree about holds for it too.
    elsewhere: bool,
    /// What the answers so far depended on.
    record: Mutex<Record>,
    agreed: Agreed,
    references: Remembered<Object, Option<Vec<Node>>>,
    references_in_package: Remembered<Object, Option<Vec<Location>>>,
}

/// Where something stands: a file of the package, and bytes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Index of the file in its package.
    pub file: usize,
    /// Bytes of the file.
    pub span: Range<u32>,
}

impl Location {
    fn new(file: u32, span: Range<u32>) -> Location {
        Location { file: file as usize, span }
    }
}

/// Sizes in bytes, for the platforms for which it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeLayout {
    /// Size in bytes.
    pub size: u64,
    /// Alignment in bytes.
    pub align: u64,
    /// Offsets of a struct's fields; empty for other types.
    pub offsets: Vec<u64>,
}

impl FileModel {
    /// A model of one file. `tree` is the flat tree of `source`, as golint-syntax wrote it. No answer is about other
    /// platforms than these.
    pub fn new(
        package: Arc<Package>,
        file: usize,
        platforms: PlatformSet,
        source: Arc<[u8]>,
        tree: Arc<[u8]>,
    ) -> FileModel {
        let file = u32::try_from(file).unwrap_or(u32::MAX);
        let described = package.file(file).map_or(PlatformSet::ALL, |f| f.platforms);
        let elsewhere = described.is_empty();
        FileModel {
            checked: Checked::new(package, file, source, tree),
            platforms: if elsewhere { PlatformSet::ALL } else { described & platforms },
            elsewhere,
            record: Mutex::default(),
            agreed: Agreed::default(),
            references: Remembered::default(),
            references_in_package: Remembered::default(),
        }
    }

    /// The package that the file belongs to.
    pub fn package(&self) -> &Arc<Package> {
        &self.checked.package
    }

    /// Index of the file in its package.
    pub fn file(&self) -> usize {
        self.checked.file as usize
    }

    /// What the answers so far depended on beside the file itself, absences included, each with the hash of its answer.
    pub fn dependencies(&self) -> Vec<(Question, u64)> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner).questions(self.package())
    }

    // --- asking ----------------------------------------------------------------------------------------------------------

    fn keep(&self, trace: Trace) {
        if !trace.is_empty() {
            self.record(|record| record.add(trace));
        }
    }

    /// The answer for one platform, and the platforms that have the same.
    fn ask_for<T>(
        &self,
        platform: usize,
        compute: impl Fn(&mut Evaluation<'_>) -> Answer<T>,
    ) -> (PlatformSet, Answer<T>) {
        let mut evaluation = Evaluation::new(&self.checked, platform);
        let answer = compute(&mut evaluation);
        let (valid, trace) = evaluation.finish();
        self.keep(trace);
        (valid, answer)
    }

    /// Asks for one platform after the other, until all are covered; equal answers become one entry.
    fn ask<T: PartialEq>(
        &self,
        on: Option<&PlatformSet>,
        compute: impl Fn(&mut Evaluation<'_>) -> Answer<T>,
    ) -> PerPlatform<T> {
        if self.elsewhere {
            let answer = self.agree_on(PlatformSet::ALL, compute);
            return answer.map(|answer| (PlatformSet::ALL, answer)).into_iter().collect();
        }
        let mut remaining = on.map_or(self.platforms, |set| *set & self.platforms);
        let mut answers: PerPlatform<T> = Vec::new();
        while let Some(platform) = remaining.indices().next() {
            let (valid, answer) = self.ask_for(platform, &compute);
            let covered = valid & remaining;
            remaining = remaining - covered;
            let Ok(answer) = answer else { continue };
            match answers.iter_mut().find(|(_, known)| *known == answer) {
                Some((set, _)) => *set |= covered,
                None => answers.push((covered, answer)),
            }
        }
        answers
    }

    /// Asks where all platforms must agree: those of the file on which these types are declared.
    fn agree<T: PartialEq>(&self, types: &[&Type], compute: impl Fn(&mut Evaluation<'_>) -> Answer<T>) -> Option<T> {
        let mut on = self.platforms;
        for ty in types {
            on &= self.declared_on(ty);
        }
        self.agree_on(on, compute)
    }

    /// The one answer for all of these platforms. The first one that has none, or another, ends it.
    fn agree_on<T: PartialEq>(&self, on: PlatformSet, compute: impl Fn(&mut Evaluation<'_>) -> Answer<T>) -> Option<T> {
        let (mut remaining, mut agreed) = (on, None);
        while let Some(platform) = remaining.indices().next() {
            let (valid, answer) = self.ask_for(platform, &compute);
            remaining = remaining - valid;
            match (answer.ok()?, &agreed) {
                (answer, None) => agreed = Some(answer),
                (answer, Some(before)) if answer == *before => {}
                _ => return None,
            }
        }
        agreed
    }

    /// The platforms on which all of our types are declared that the type mentions.
    fn declared_on(&self, ty: &Type) -> PlatformSet {
        let mut on = PlatformSet::ALL;
        if let TypeKind::Named(object, _) = ty.kind()
            && let Repr::Member { file, .. } = &*object.0
            && *file != self.checked.file
            && let Some(file) = self.checked.package.file(*file)
        {
            on = file.platforms;
        }
        ty.kind().for_each_part(&mut |part| on &= self.declared_on(part));
        on
    }

    /// Records that an answer depends on something that no evaluation asked for.
    fn record(&self, note: impl FnOnce(&mut Record)) {
        note(&mut self.record.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn depend_on_contents(&self, file: u32) {
        self.record(|record| _ = record.contents.insert(file));
    }

    fn at(&self, node: Node) -> Option<At<'_>> {
        let tree = self.checked.unit.tree();
        tree.node(node.0)?;
        Some(At { unit: &self.checked.unit, tree, file: self.checked.file, body: true, node })
    }

    /// Asks about a node.
    fn ask_at<T: PartialEq>(
        &self,
        node: Node,
        on: Option<&PlatformSet>,
        compute: impl for<'a> Fn(&mut Evaluation<'a>, At<'a>) -> Answer<T>,
    ) -> PerPlatform<T> {
        if self.at(node).is_none() {
            return Vec::new();
        }
        self.ask(on, |e| e.look_at(node, &compute))
    }

    // --- names -----------------------------------------------------------------------------------------------------------

    /// The object that the identifier defines or uses. Of an embedded field's name, the type.
    #[allow(clippy::redundant_closure_for_method_calls, reason = "the method's path is not general enough")]
    pub fn resolve(&self, identifier: Node, on: Option<&PlatformSet>) -> PerPlatform<Object> {
        self.ask_at(identifier, on, |e, at| e.resolve(at))
    }

    /// For a selector: the fields that it passes through, implicit ones included, the last one being its own object.
    pub fn selection(&self, selector: Node) -> Option<Vec<Object>> {
        self.at(selector)?;
        self.agree_on(self.platforms, |e| {
            e.look_at(selector, &|e, at| {
                let member = e.select(at)?;
                // What lies behind a type of another package is not known.
                if matches!(&*member.object.0, Repr::ForeignMember { .. }) {
                    return known(None);
                }
                Ok(member.path.into_iter().chain([member.object]).collect())
            })
        })
    }

    /// The type of a variable, field, constant or function; of a type name, the type.
    pub fn type_of_object(&self, object: &Object, on: Option<&PlatformSet>) -> PerPlatform<Type> {
        self.ask(on, |e| e.type_of_object(object))
    }

    // --- types -----------------------------------------------------------------------------------------------------------

    /// The type of an expression, or the type that a type expression denotes. Untyped constants keep their kind.
    pub fn type_of(&self, expression: Node, on: Option<&PlatformSet>) -> PerPlatform<Type> {
        self.ask_at(expression, on, |e, at| match e.operand(at)? {
            // The name of a generic function has the type of its instance, which the call decides.
            Operand::Value(ty) if e.is_generic_function(at)? => e.instance_called(at, &ty),
            Operand::Value(ty) | Operand::Type(ty) => Ok(ty),
            _ => known(None),
        })
    }

    /// As go/types prints it, packages by their full path. Unknown parts are `?`.
    pub fn type_string(&self, ty: &Type) -> String {
        type_string(ty, &|file| self.checked.package.path_of(file))
    }

    /// "basic", "named", "pointer", "struct", "array", "slice", "map", "chan", "signature", "interface", "tuple",
    /// "type-parameter", "union".
    pub fn type_kind(&self, ty: &Type) -> &'static str {
        match ty.kind() {
            TypeKind::Basic(_) => "basic",
            TypeKind::Named(..) => "named",
            TypeKind::Pointer(_) => "pointer",
            TypeKind::Slice(_) => "slice",
            TypeKind::Array(..) => "array",
            TypeKind::Map(..) => "map",
            TypeKind::Channel(..) => "chan",
            TypeKind::Struct(_) => "struct",
            TypeKind::Signature(_) => "signature",
            TypeKind::Interface(_) => "interface",
            TypeKind::Tuple(_) => "tuple",
            TypeKind::TypeParameter(_) => "type-parameter",
            TypeKind::Union(_) => "union",
        }
    }

    /// None where it is unknown or differs between the file's platforms.
    pub fn underlying(&self, ty: &Type) -> Option<Type> {
        let compute = || self.agree(&[ty], |e| e.underlying(ty));
        match ty.kind() {
            TypeKind::Named(..) => self.agreed.underlying.get(ty, compute),
            _ => compute(),
        }
    }

    /// Of a pointer, array, slice, map or channel; named types are looked through.
    pub fn element(&self, ty: &Type) -> Option<Type> {
        match self.underlying(ty)?.kind() {
            TypeKind::Pointer(t)
            | TypeKind::Slice(t)
            | TypeKind::Array(_, t)
            | TypeKind::Map(_, t)
            | TypeKind::Channel(_, t) => Some(t.clone()),
            _ => None,
        }
    }

    /// Of a map.
    pub fn key(&self, ty: &Type) -> Option<Type> {
        match self.underlying(ty)?.kind() {
            TypeKind::Map(key, _) => Some(key.clone()),
            _ => None,
        }
    }

    /// Of an array.
    pub fn array_length(&self, ty: &Type, on: Option<&PlatformSet>) -> PerPlatform<Value> {
        self.ask(on, |e| match e.underlying(ty)?.kind() {
            TypeKind::Array(Length::Known(n), _) => Ok(Value::from_u64(*n)),
            _ => known(None),
        })
    }

    /// Of a struct. A field whose type is unknown says so itself.
    pub fn fields_of(&self, ty: &Type) -> Option<Vec<StructField>> {
        match self.underlying(ty)?.kind() {
            TypeKind::Struct(fields) => Some(fields.to_vec()),
            _ => None,
        }
    }

    /// Of a function type.
    pub fn signature_of(&self, ty: &Type) -> Option<Signature> {
        match self.underlying(ty)?.kind() {
            TypeKind::Signature(signature) => Some(signature.clone()),
            _ => None,
        }
    }

    /// The declaration of a named type or type parameter; of a predeclared one, its name.
    pub fn type_object(&self, ty: &Type) -> Option<Object> {
        match ty.kind() {
            TypeKind::Named(object, _) | TypeKind::TypeParameter(object) => Some(object.clone()),
            TypeKind::Basic(basic) if !basic.is_untyped() => crate::universe::object(basic.name()),
            _ => None,
        }
    }

    /// Of an instantiated type.
    pub fn type_arguments(&self, ty: &Type) -> Vec<Type> {
        match ty.kind() {
            TypeKind::Named(_, arguments) => arguments.to_vec(),
            _ => Vec::new(),
        }
    }

    // --- values and memory -------------------------------------------------------------------------------------------------

    /// The value of a constant expression.
    pub fn constant_of(&self, expression: Node, on: Option<&PlatformSet>) -> PerPlatform<Value> {
        self.ask_at(expression, on, |e, at| e.constant(at).map(|c| c.value))
    }

    /// The value of a constant.
    pub fn constant_of_object(&self, object: &Object, on: Option<&PlatformSet>) -> PerPlatform<Value> {
        self.ask(on, |e| e.constant_of_object(object).map(|c| c.value))
    }

    /// As the gc compiler lays the type out. Untyped kinds and tuples have no layout.
    pub fn layout(&self, ty: &Type, on: Option<&PlatformSet>) -> PerPlatform<TypeLayout> {
        if ty.as_basic().is_some_and(Basic::is_untyped) {
            return Vec::new();
        }
        self.ask(on, |e| {
            let layout = e.layout(ty)?;
            Ok(TypeLayout { size: layout.size, align: layout.align, offsets: layout.offsets.into() })
        })
    }
}
