//! Relations between types: identity, assignability, convertibility, implementation, comparability, and method sets. What
//! depends on the unknown structure of another package's type is unknown.
//!
//! Source: the Go specification, "Type identity", "Assignability", "Conversions", "Implementing an interface",
//! "Comparison operators", "Method sets".

use std::sync::Arc;

use golint_tree::{field, kind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::members::MemberKind;
use super::{Answer, At, Evaluation, Member, Stop, known, tolerate};
use crate::known as table;
use crate::lookup::ALL_METHODS;
use crate::object::{Object, Repr};
use crate::types::{Basic, Direction, Length, Parameter, Type, TypeKind};

/// Types that one question looks at.
const MAX_PARTS: usize = 1000;

fn is_foreign(object: &Object) -> bool {
    matches!(&*object.0, Repr::Foreign { .. })
}

/// A foreign name that may be an alias of a type without a name.
fn may_be_unnamed(object: &Object) -> bool {
    matches!(&*object.0, Repr::Foreign { path, name } if !table::is_type(path, name))
}

fn is_interface(shape: &Type) -> bool {
    matches!(shape.kind(), TypeKind::Interface(_))
}

/// A type that is not declared with a name: neither defined, predeclared nor a type parameter.
fn is_unnamed(ty: &Type) -> bool {
    !matches!(ty.kind(), TypeKind::Named(..) | TypeKind::Basic(_) | TypeKind::TypeParameter(_))
}

impl<'a> Evaluation<'a> {
    /// Whether the two are identical.
    pub(crate) fn identical(&mut self, a: &Type, b: &Type) -> Answer<bool> {
        self.same(a, b, true)
    }

    fn same(&mut self, a: &Type, b: &Type, tags: bool) -> Answer<bool> {
        if a == b {
            return Ok(true);
        }
        match (a.kind(), b.kind()) {
            (TypeKind::Basic(a), TypeKind::Basic(b)) => Ok(a.canonical() == b.canonical()),
            (TypeKind::Named(a, xs), TypeKind::Named(b, ys)) => {
                if a == b && xs.len() == ys.len() {
                    return self.all(xs.iter().zip(ys).map(|(x, y)| (Some(x), Some(y))), tags);
                }
                // Either may be another name of the other.
                if is_foreign(a) || is_foreign(b) { Err(Stop::Unknown) } else { Ok(false) }
            }
            (TypeKind::Named(object, _), _) | (_, TypeKind::Named(object, _)) => {
                if may_be_unnamed(object) {
                    Err(Stop::Unknown)
                } else {
                    Ok(false)
                }
            }
            (TypeKind::Pointer(a), TypeKind::Pointer(b)) | (TypeKind::Slice(a), TypeKind::Slice(b)) => {
                self.same(a, b, tags)
            }
            (TypeKind::Array(n, a), TypeKind::Array(m, b)) => match (n, m) {
                (Length::Known(n), Length::Known(m)) if n != m => Ok(false),
                (Length::Known(_), Length::Known(_)) => self.same(a, b, tags),
                _ if n == m => self.same(a, b, tags),
                _ if !self.same(a, b, tags)? => Ok(false),
                _ => Err(Stop::Unknown),
            },
            (TypeKind::Channel(d, a), TypeKind::Channel(f, b)) if d == f => self.same(a, b, tags),
            (TypeKind::Map(k, v), TypeKind::Map(l, w)) => {
                self.all([(Some(k), Some(l)), (Some(v), Some(w))].into_iter(), tags)
            }
            (TypeKind::Tuple(xs), TypeKind::Tuple(ys)) if xs.len() == ys.len() => {
                self.all(xs.iter().zip(ys).map(|(x, y)| (Some(x), Some(y))), tags)
            }
            (TypeKind::Struct(xs), TypeKind::Struct(ys)) if xs.len() == ys.len() => {
                let alike = xs
                    .iter()
                    .zip(ys)
                    .all(|(x, y)| x.name == y.name && x.embedded == y.embedded && (!tags || x.tag == y.tag));
                if !alike {
                    return Ok(false);
                }
                self.all(xs.iter().zip(ys).map(|(x, y)| (x.ty.as_ref(), y.ty.as_ref())), tags)
            }
            (TypeKind::Signature(a), TypeKind::Signature(b)) => {
                let alike = a.variadic == b.variadic
                    && a.parameters.len() == b.parameters.len()
                    && a.results.len() == b.results.len();
                if !alike {
                    return Ok(false);
                }
                fn types(list: &[Parameter]) -> impl Iterator<Item = Option<&Type>> {
                    list.iter().map(|p| p.ty.as_ref())
                }
                let left = types(&a.parameters).chain(types(&a.results));
                self.all(left.zip(types(&b.parameters).chain(types(&b.results))), tags)
            }
            (TypeKind::Interface(a), TypeKind::Interface(b)) => {
                let (mut xs, complete_a) = self.interface_methods(a)?;
                let (mut ys, complete_b) = self.interface_methods(b)?;
                if !complete_a || !complete_b || has_unions(a) || has_unions(b) {
                    return Err(Stop::Unknown);
                }
                xs.sort_by(|x, y| x.name.cmp(&y.name));
                ys.sort_by(|x, y| x.name.cmp(&y.name));
                if xs.len() != ys.len() || xs.iter().zip(&ys).any(|(x, y)| x.name != y.name) {
                    return Ok(false);
                }
                self.all(xs.iter().zip(&ys).map(|(x, y)| (x.ty.as_ref(), y.ty.as_ref())), tags)
            }
            (TypeKind::Union(_), _) | (_, TypeKind::Union(_)) => Err(Stop::Unknown),
            _ => Ok(false),
        }
    }

    /// All pairs are identical: one that is not decides, also beside one that is not known.
    fn all<'t>(
        &mut self,
        pairs: impl Iterator<Item = (Option<&'t Type>, Option<&'t Type>)>,
        tags: bool,
    ) -> Answer<bool> {
        let mut all_known = true;
        for pair in pairs {
            match pair {
                (Some(a), Some(b)) => match tolerate(self.step(|e| e.same(a, b, tags)))? {
                    Some(true) => {}
                    Some(false) => return Ok(false),
                    None => all_known = false,
                },
                _ => all_known = false,
            }
        }
        if all_known { Ok(true) } else { Err(Stop::Unknown) }
    }

    /// Whether a value of the one can be assigned to a variable of the other. Of untyped constants, only the kind counts.
    pub(crate) fn assignable(&mut self, from: &Type, to: &Type, viewer: u32) -> Answer<bool> {
        if tolerate(self.identical(from, to))? == Some(true) {
            return Ok(true);
        }
        // Their constraints decide.
        if matches!(to.kind(), TypeKind::TypeParameter(_)) || matches!(from.kind(), TypeKind::TypeParameter(_)) {
            return Err(Stop::Unknown);
        }
        let target = self.underlying(to)?;
        if let Some(basic) = from.as_basic().filter(|b| b.is_untyped()) {
            return self.untyped_assignable(basic, &target);
        }
        if is_interface(&target) {
            return self.implements(from, to, viewer);
        }
        let source = self.underlying(from)?;
        let one_unnamed = is_unnamed(from) || is_unnamed(to);
        if let (TypeKind::Channel(Direction::Both, a), TypeKind::Channel(_, b)) = (source.kind(), target.kind())
            && one_unnamed
        {
            return self.identical(a, b);
        }
        if one_unnamed { self.identical(&source, &target) } else { self.identical(from, to) }
    }

    fn untyped_assignable(&mut self, from: Basic, target: &Type) -> Answer<bool> {
        Ok(match (from, target.kind()) {
            (Basic::UntypedNil, kind) => matches!(
                kind,
                TypeKind::Pointer(_)
                    | TypeKind::Slice(_)
                    | TypeKind::Map(..)
                    | TypeKind::Channel(..)
                    | TypeKind::Signature(_)
                    | TypeKind::Interface(_)
                    | TypeKind::Basic(Basic::UnsafePointer)
            ),
            (_, TypeKind::Interface(interface)) => {
                let (methods, complete) = self.interface_methods(interface)?;
                match (methods.is_empty(), complete) {
                    (true, false) => return Err(Stop::Unknown),
                    (empty, _) => empty,
                }
            }
            (from, TypeKind::Basic(to)) if from.is_boolean() || from.is_string() => {
                from.is_boolean() == to.is_boolean() && from.is_string() == to.is_string()
            }
            // Whether the value fits is not known here.
            (from, TypeKind::Basic(to)) if to.is_numeric() => {
                if from == Basic::UntypedBool {
                    false
                } else {
                    return Err(Stop::Unknown);
                }
            }
            _ => false,
        })
    }

    /// Whether a value of the one, no constant, can be converted to the other.
    pub(crate) fn convertible(&mut self, from: &Type, to: &Type, viewer: u32) -> Answer<bool> {
        if tolerate(self.assignable(from, to, viewer))? == Some(true) {
            return Ok(true);
        }
        let (source, target) = (self.underlying(from)?, self.underlying(to)?);
        if matches!(source.kind(), TypeKind::TypeParameter(_)) || matches!(target.kind(), TypeKind::TypeParameter(_)) {
            return Err(Stop::Unknown);
        }
        if self.same(&source, &target, false)? {
            return Ok(true);
        }
        let is_pointer = |t: &Type| matches!(t.kind(), TypeKind::Pointer(_));
        let is_unsafe = |t: &Type| t.as_basic() == Some(Basic::UnsafePointer);
        let is_uintptr = |t: &Type| t.as_basic() == Some(Basic::Uintptr);
        if is_unsafe(&source) && (is_pointer(&target) || is_uintptr(&target))
            || is_unsafe(&target) && (is_pointer(&source) || is_uintptr(&source))
        {
            return Ok(true);
        }
        match (source.kind(), target.kind()) {
            (TypeKind::Basic(a), TypeKind::Basic(b)) => {
                let real = |x: &Basic| x.is_integer() || x.is_float();
                Ok(real(a) && real(b) || a.is_complex() && b.is_complex() || a.is_integer() && b.is_string())
            }
            (TypeKind::Pointer(a), TypeKind::Pointer(b)) if is_unnamed(from) && is_unnamed(to) => {
                let (a, b) = (self.underlying(a)?, self.underlying(b)?);
                self.same(&a, &b, false)
            }
            (TypeKind::Basic(text), TypeKind::Slice(of)) | (TypeKind::Slice(of), TypeKind::Basic(text)) => {
                let of = self.underlying(of)?.as_basic().map(Basic::canonical);
                Ok(text.is_string() && matches!(of, Some(Basic::Uint8 | Basic::Int32)))
            }
            (TypeKind::Slice(a), TypeKind::Array(_, b)) => self.identical(a, b),
            (TypeKind::Slice(a), TypeKind::Pointer(b)) => match self.underlying(b)?.kind() {
                TypeKind::Array(_, b) => self.identical(a, b),
                _ => Ok(false),
            },
            _ => self.assignable(from, to, viewer),
        }
    }

    /// Whether the type has all methods of the interface.
    pub(crate) fn implements(&mut self, ty: &Type, interface: &Type, viewer: u32) -> Answer<bool> {
        let shape = self.underlying(interface)?;
        let TypeKind::Interface(wanted) = shape.kind() else { return Err(Stop::Unknown) };
        let (wanted_methods, complete) = self.interface_methods(wanted)?;
        if has_unions(wanted) {
            return Err(Stop::Unknown);
        }
        let mut all_known = complete;
        if !wanted_methods.is_empty() || !complete {
            let methods = match tolerate(self.method_set(ty, viewer))? {
                Some(methods) => methods,
                None => return Err(Stop::Unknown),
            };
            for method in wanted_methods {
                let Some(member) = methods.iter().find(|m| m.object.name() == &*method.name) else { return Ok(false) };
                let ty = tolerate(self.member_type(member))?;
                match self.all([(ty.as_ref(), method.ty.as_ref())].into_iter(), true) {
                    Ok(true) => {}
                    Ok(false) => return Ok(false),
                    Err(Stop::Unknown) => all_known = false,
                    Err(Stop::Cut) => return Err(Stop::Cut),
                }
            }
        }
        if all_known { Ok(true) } else { Err(Stop::Unknown) }
    }

    /// Whether values of the type can be compared with `==`.
    pub(crate) fn comparable(&mut self, ty: &Type) -> Answer<bool> {
        let mut all_known = true;
        let mut seen = FxHashSet::default();
        let mut open = vec![Some(ty.clone())];
        while let Some(ty) = open.pop() {
            let Some(ty) = ty else {
                all_known = false;
                continue;
            };
            if !seen.insert(ty.clone()) {
                continue;
            }
            if seen.len() > MAX_PARTS {
                return Err(Stop::Unknown);
            }
            let Some(shape) = tolerate(self.underlying(&ty))? else {
                all_known = false;
                continue;
            };
            match shape.kind() {
                TypeKind::Basic(Basic::UntypedNil)
                | TypeKind::Slice(_)
                | TypeKind::Map(..)
                | TypeKind::Signature(_)
                | TypeKind::Tuple(_) => return Ok(false),
                TypeKind::Basic(_) | TypeKind::Pointer(_) | TypeKind::Channel(..) | TypeKind::Interface(_) => {}
                TypeKind::Array(_, of) => open.push(Some(of.clone())),
                TypeKind::Struct(fields) => open.extend(fields.iter().map(|f| f.ty.clone())),
                TypeKind::TypeParameter(_) | TypeKind::Named(..) | TypeKind::Union(_) => all_known = false,
            }
        }
        if all_known { Ok(true) } else { Err(Stop::Unknown) }
    }

    /// The method set of a type, by name; unknown if it embeds something of which the methods are not known.
    pub(crate) fn method_set(&mut self, ty: &Type, viewer: u32) -> Answer<Vec<Member>> {
        let (base, pointer) = match ty.kind() {
            TypeKind::Pointer(to) => (to.clone(), true),
            _ => (ty.clone(), false),
        };
        if pointer && is_interface(&self.underlying(&base)?) {
            return Ok(Vec::new());
        }
        // Names that were met at a smaller depth; at one depth, two of a name hide each other.
        let mut decided: FxHashSet<Arc<str>> = FxHashSet::default();
        let mut methods: Vec<Member> = Vec::new();
        let mut current = vec![(base, pointer, false)];
        let mut seen = FxHashSet::default();
        while !current.is_empty() {
            if current.len() > MAX_PARTS || seen.len() > MAX_PARTS {
                return Err(Stop::Unknown);
            }
            let mut here: FxHashMap<Arc<str>, Option<Member>> = FxHashMap::default();
            let mut next = Vec::new();
            for (ty, addressable, twice) in current {
                if matches!(ty.kind(), TypeKind::Named(..)) && !seen.insert(ty.clone()) {
                    continue;
                }
                let mut meet = |name: &Arc<str>, member: Option<Member>| {
                    here.entry(name.clone()).and_modify(|m| *m = None).or_insert(member.filter(|_| !twice));
                };
                if let TypeKind::Named(object, _) = ty.kind()
                    && is_foreign(object)
                {
                    return Err(Stop::Unknown);
                }
                if let TypeKind::Named(object, _) = ty.kind()
                    && let Repr::Member { name, .. } = &*object.0
                {
                    let lookup = self.lookup_method(viewer, name, ALL_METHODS);
                    let mut own = FxHashSet::default();
                    for object in self.found(&lookup)? {
                        let Repr::Member { name, .. } = &*object.0 else { continue };
                        if &**name == "_" {
                            continue;
                        }
                        // Two for one platform: tags decide which.
                        if !own.insert(name.clone()) {
                            return Err(Stop::Unknown);
                        }
                        let kind = MemberKind::Method(ty.clone());
                        let in_set = addressable || !self.has_pointer_receiver(&object)?;
                        let member = Member { object: object.clone(), path: Vec::new(), kind };
                        meet(name, in_set.then_some(member));
                    }
                }
                match self.underlying(&ty)?.kind() {
                    TypeKind::Struct(fields) => {
                        for field in fields {
                            meet(&field.name, None);
                            if !field.embedded {
                                continue;
                            }
                            match field.ty.as_ref().map(Type::kind) {
                                Some(TypeKind::Pointer(to)) => next.push((to.clone(), true, twice)),
                                Some(_) => next.extend(field.ty.clone().map(|t| (t, addressable, twice))),
                                None => return Err(Stop::Unknown),
                            }
                        }
                    }
                    TypeKind::Interface(interface) => {
                        let (found, complete) = self.interface_methods(interface)?;
                        if !complete {
                            return Err(Stop::Unknown);
                        }
                        for method in found {
                            let kind = MemberKind::InterfaceMethod(method.ty);
                            meet(&method.name, Some(Member { object: method.object, path: Vec::new(), kind }));
                        }
                    }
                    // It has those of its constraint.
                    TypeKind::TypeParameter(_) => return Err(Stop::Unknown),
                    _ => {}
                }
            }
            for (name, member) in here {
                if decided.insert(name) {
                    methods.extend(member);
                }
            }
            let mut index: FxHashMap<Type, usize> = FxHashMap::default();
            current = Vec::new();
            for (ty, addressable, twice) in next {
                match index.get(&ty) {
                    Some(&i) => current[i].2 = true,
                    None => {
                        index.insert(ty.clone(), current.len());
                        current.push((ty, addressable, twice));
                    }
                }
            }
        }
        methods.sort_by(|a, b| a.object.name().cmp(b.object.name()));
        Ok(methods)
    }

    fn has_pointer_receiver(&mut self, method: &Object) -> Answer<bool> {
        let at: At<'a> = self.declaration_of(method)?;
        let list = known(at.child(field::RECEIVER))?;
        let ty = known(list.children().next().and_then(|p| p.child(field::TYPE)))?;
        if super::names::skip_parentheses(ty).kind() == kind::POINTER_TYPE {
            return Ok(true);
        }
        // It may be another name of a pointer type.
        Ok(matches!(tolerate(self.type_expression(ty))?.as_ref().map(Type::kind), Some(TypeKind::Pointer(_))))
    }
}

fn has_unions(interface: &crate::types::Interface) -> bool {
    interface.embedded.iter().flatten().any(|ty| match ty.kind() {
        TypeKind::Named(object, _) => *object.0 == Repr::Universe("comparable"),
        TypeKind::Interface(_) => false,
        _ => true,
    })
}
