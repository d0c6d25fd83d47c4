//! Fields and methods: what a selector finds, by depth, through embedded fields.
//!
//! Source: the Go specification, "Selectors" and "Struct types". The members of other packages' types are not known. Such
//! a type has a member where everything else is ruled out: the code that is looked at compiles somewhere.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::is_exported;
use super::{Answer, Evaluation, Stop, known, tolerate};
use crate::memory::{Key, Outcome};
use crate::object::{Object, Repr};
use crate::summary::receiver_parameters;
use crate::types::{Interface, InterfaceMethod, Type, TypeKind};

/// Embedding deeper than this is not followed.
const MAX_EMBEDDING: usize = 32;
/// Embedded types at one depth, counted with repetition.
const MAX_EMBEDDED: usize = 1000;

/// What a selector finds.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) object: Object,
    /// The embedded fields on the way.
    pub(crate) path: Vec<Object>,
    pub(crate) kind: MemberKind,
}

#[derive(Clone, Debug)]
pub(crate) enum MemberKind {
    /// With its type.
    Field(Option<Type>),
    /// Declared for this named type.
    Method(Type),
    /// Of an interface, with its signature.
    InterfaceMethod(Option<Type>),
    /// Of another package, or a field or method of its types.
    Foreign,
}

impl Member {
    pub(crate) fn of_package(object: Object) -> Member {
        Member { object, path: Vec::new(), kind: MemberKind::Foreign }
    }
}

/// A type that is searched, and how it was reached.
struct Reached {
    ty: Type,
    path: Vec<Object>,
    /// It was reached in more than one way at this depth: what it has is ambiguous.
    twice: bool,
}

/// The types of one depth, each once.
fn merge(reached: Vec<Reached>) -> Vec<Reached> {
    let mut merged: Vec<Reached> = Vec::with_capacity(reached.len());
    let mut index: FxHashMap<Type, usize> = FxHashMap::default();
    for one in reached {
        match index.get(&one.ty) {
            Some(&i) => merged[i].twice = true,
            None => {
                index.insert(one.ty.clone(), merged.len());
                merged.push(one);
            }
        }
    }
    merged
}

impl Evaluation<'_> {
    /// The field or method of this name, as the file `viewer` sees it.
    pub(crate) fn find_member(&mut self, ty: &Type, name: &str, viewer: u32) -> Answer<Member> {
        let viewer = self.package.group_of(viewer).map_or(viewer, |group| group.viewer);
        let key = Key::Member(ty.clone(), name.into(), viewer);
        match self.remembered(key, |e| e.search_member(ty, name, viewer).map(|m| Outcome::Member(m.into())))? {
            Outcome::Member(member) => Ok((*member).clone()),
            _ => Err(Stop::Unknown),
        }
    }

    fn search_member(&mut self, ty: &Type, name: &str, viewer: u32) -> Answer<Member> {
        let start = match ty.kind() {
            TypeKind::Pointer(to) => {
                // A pointer to an interface has no methods.
                if let Some(TypeKind::Interface(_)) = tolerate(self.underlying(to))?.as_ref().map(Type::kind) {
                    return Err(Stop::Unknown);
                }
                to.clone()
            }
            _ => match tolerate(self.underlying(ty))?.as_ref().map(Type::kind) {
                Some(TypeKind::Pointer(to)) => to.clone(),
                _ => ty.clone(),
            },
        };
        let mut seen = FxHashSet::default();
        let mut current = vec![Reached { ty: start, path: Vec::new(), twice: false }];
        // Types whose members are not known, met at a smaller depth: what they would have to be, or none.
        let mut opaque: Vec<Option<Member>> = Vec::new();
        for _ in 0..MAX_EMBEDDING {
            let mut found: Vec<Member> = Vec::new();
            let mut opaque_here: Vec<Option<Member>> = Vec::new();
            let mut next = Vec::new();
            for reached in current {
                if matches!(reached.ty.kind(), TypeKind::Named(..)) && !seen.insert(reached.ty.clone()) {
                    continue;
                }
                self.search(&reached, name, viewer, &mut found, &mut opaque_here, &mut next)?;
            }
            match found.len() {
                0 => {}
                1 if opaque.is_empty() => return known(found.pop()),
                _ => return Err(Stop::Unknown),
            }
            // Unexported names of other packages can't be selected here, but for those of C.
            let selectable = |m: &Member| is_exported(name) || is_of_c(&m.object);
            opaque.extend(opaque_here.into_iter().filter(|m| m.as_ref().is_none_or(selectable)));
            if next.is_empty() {
                break;
            }
            if next.len() > MAX_EMBEDDED {
                return Err(Stop::Unknown);
            }
            current = merge(next);
        }
        if opaque.len() == 1 { known(opaque.pop().flatten()) } else { Err(Stop::Unknown) }
    }

    fn search(
        &mut self,
        reached: &Reached,
        name: &str,
        viewer: u32,
        found: &mut Vec<Member>,
        opaque: &mut Vec<Option<Member>>,
        next: &mut Vec<Reached>,
    ) -> Answer<()> {
        let Reached { ty, path, twice } = reached;
        let mut take = |object: Object, kind| {
            for _ in 0..1 + usize::from(*twice) {
                let member: Member = Member { object: object.clone(), path: path.clone(), kind: Clone::clone(&kind) };
                found.push(member);
            }
        };
        if let TypeKind::Named(object, _) = ty.kind() {
            match &*object.0 {
                Repr::Foreign { path: package, name: owner } => {
                    let object = foreign_member(package, owner, name);
                    opaque.push(Some(Member { object, path: reached.path.clone(), kind: MemberKind::Foreign }));
                    return Ok(());
                }
                Repr::Member { name: base, .. } => {
                    let lookup = self.lookup_method(viewer, base, name);
                    let methods = self.found(&lookup)?;
                    if !methods.is_empty() {
                        methods.into_iter().for_each(|method| take(method, MemberKind::Method(ty.clone())));
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        let shape = match ty.kind() {
            TypeKind::TypeParameter(object) => tolerate(self.constraint(object))?,
            _ => tolerate(self.underlying(ty))?,
        };
        match shape.as_ref().map(Type::kind) {
            Some(TypeKind::Struct(fields)) => {
                for field in fields {
                    if *field.name == *name {
                        take(field.object.clone(), MemberKind::Field(field.ty.clone()));
                    }
                    if !field.embedded {
                        continue;
                    }
                    let mut path = path.clone();
                    path.push(field.object.clone());
                    match field.ty.as_ref().map(Type::kind) {
                        Some(TypeKind::Pointer(to)) => next.push(Reached { ty: to.clone(), path, twice: *twice }),
                        Some(_) => next.extend(field.ty.clone().map(|ty| Reached { ty, path, twice: *twice })),
                        None => opaque.push(None),
                    }
                }
            }
            Some(TypeKind::Interface(interface)) => {
                let (methods, complete) = self.interface_methods(interface)?;
                match methods.into_iter().find(|m| *m.name == *name) {
                    Some(method) => take(method.object, MemberKind::InterfaceMethod(method.ty)),
                    None if !complete => opaque.push(only_foreign(interface).map(|(package, owner)| {
                        let object = foreign_member(package, owner, name);
                        Member { object, path: path.clone(), kind: MemberKind::Foreign }
                    })),
                    None => {}
                }
            }
            Some(_) => {}
            None => opaque.push(None),
        }
        Ok(())
    }

    /// The methods of an interface, those of embedded interfaces included, and whether these are all.
    pub(crate) fn interface_methods(&mut self, interface: &Interface) -> Answer<(Vec<InterfaceMethod>, bool)> {
        let mut methods: Vec<InterfaceMethod> = interface.methods.to_vec();
        let mut names: FxHashSet<Arc<str>> = methods.iter().map(|m| m.name.clone()).collect();
        let mut open: Vec<Option<Type>> = interface.embedded.to_vec();
        let mut seen = FxHashSet::default();
        let mut complete = true;
        while let Some(embedded) = open.pop() {
            let Some(ty) = embedded else {
                complete = false;
                continue;
            };
            if !seen.insert(ty.clone()) {
                continue;
            }
            if seen.len() > MAX_EMBEDDED {
                return Err(Stop::Unknown);
            }
            match tolerate(self.underlying(&ty))?.as_ref().map(Type::kind) {
                Some(TypeKind::Interface(inner)) => {
                    methods.extend(inner.methods.iter().filter(|m| names.insert(m.name.clone())).cloned());
                    open.extend(inner.embedded.iter().cloned());
                }
                // A union or another type: no methods.
                Some(_) => {}
                None => complete &= matches!(ty.kind(), TypeKind::Union(_)) || is_comparable(&ty),
            }
        }
        Ok((methods, complete))
    }

    /// The type of what a selector found: of a method, its signature without the receiver.
    pub(crate) fn member_type(&mut self, member: &Member) -> Answer<Type> {
        match &member.kind {
            MemberKind::Field(ty) | MemberKind::InterfaceMethod(ty) => known(ty.clone()),
            MemberKind::Method(base) => {
                let ty = self.type_of_object(&member.object)?;
                let TypeKind::Named(_, arguments) = base.kind() else { return Ok(ty) };
                if arguments.is_empty() {
                    return Ok(ty);
                }
                let parameters = self.receiver_parameters(&member.object)?;
                self.substitute(&ty, &parameters, arguments)
            }
            MemberKind::Foreign => self.type_of_object(&member.object),
        }
    }

    /// The type parameters that a method declares in its receiver.
    fn receiver_parameters(&mut self, method: &Object) -> Answer<Vec<Object>> {
        let at = self.declaration_of(method)?;
        let scopes = self.scopes(at)?;
        Ok(receiver_parameters(at.tree, at.node).filter_map(|n| scopes.binding(n).cloned()).collect())
    }
}

/// The object is of C, whose names are never unexported.
pub(super) fn is_of_c(object: &Object) -> bool {
    matches!(&*object.0, Repr::Foreign { path, .. } | Repr::ForeignMember { path, .. } if **path == *"C")
}

fn foreign_member(path: &Arc<str>, owner: &Arc<str>, name: &str) -> Object {
    Object::new(Repr::ForeignMember { path: path.clone(), owner: owner.clone(), name: name.into() })
}

/// The package and name of the type of another package that is all that the interface embeds.
fn only_foreign(interface: &Interface) -> Option<(&Arc<str>, &Arc<str>)> {
    let [Some(ty)] = &*interface.embedded else { return None };
    match ty.kind() {
        TypeKind::Named(object, _) => match &*object.0 {
            Repr::Foreign { path, name } => Some((path, name)),
            _ => None,
        },
        _ => None,
    }
}

fn is_comparable(ty: &Type) -> bool {
    matches!(ty.kind(), TypeKind::Named(object, _) if *object.0 == Repr::Universe("comparable"))
}
