//! What stands behind a named type, and type arguments in the place of type parameters. Inference knows the plain cases:
//! a parameter's type has the type parameter where the argument's type has a part.

use golint_tree::{field, kind};

use super::operators::larger_kind;
use super::{Answer, Evaluation, known, tolerate};
use crate::memory::Key;
use crate::object::{Object, Repr, Role};
use crate::types::{Basic, Interface, InterfaceMethod, Parameter, Signature, StructField, Type, TypeKind};
use crate::{known as table, universe};

impl<'a> Evaluation<'a> {
    /// The type behind a named one; any other type is its own.
    pub(crate) fn underlying(&mut self, ty: &Type) -> Answer<Type> {
        let TypeKind::Named(object, arguments) = ty.kind() else { return Ok(ty.clone()) };
        match &*object.0 {
            Repr::Universe(name) => known(universe::underlying(name).cloned()),
            Repr::Foreign { path, name } => known(table::underlying(path, name)),
            // The compiler gives this one an alignment of 8, whatever its declaration says.
            Repr::Member { name, .. }
                if **name == *"align64"
                    && matches!(self.package.import_path(), Some("sync/atomic" | "internal/runtime/atomic")) =>
            {
                Err(super::Stop::Unknown)
            }
            _ => {
                let generic = self.remembered_type(Key::Underlying(object.clone()), |e| {
                    let written = e.written_type(object)?;
                    e.underlying(&written)
                })?;
                if arguments.is_empty() {
                    return Ok(generic);
                }
                let parameters = self.type_parameters(object)?;
                self.substitute(&generic, &parameters, arguments)
            }
        }
    }

    /// The type on the right side of a type declaration.
    fn written_type(&mut self, object: &Object) -> Answer<Type> {
        let at = self.declaration_of(object)?;
        self.type_expression(known(at.child(field::TYPE))?)
    }

    /// The type parameters that the declaration of a type or function has.
    pub(crate) fn type_parameters(&mut self, object: &Object) -> Answer<Vec<Object>> {
        let at = self.declaration_of(object)?;
        let Some(list) = at.child(field::TYPE_PARAMETERS) else { return Ok(Vec::new()) };
        let scopes = self.scopes(at)?;
        let names = list.children().flat_map(|p| p.children_of(field::NAME));
        Ok(names.filter_map(|n| scopes.binding(n.node).cloned()).collect())
    }

    /// What a type parameter's constraint says.
    pub(crate) fn constraint(&mut self, parameter: &Object) -> Answer<Type> {
        let Repr::Inner { place, role: Role::TypeParameter, .. } = &*parameter.0 else {
            return Err(super::Stop::Unknown);
        };
        let at = self.at(*place)?;
        let declaration = known(at.parent().filter(|p| p.kind() == kind::TYPE_PARAMETER_DECLARATION))?;
        let ty = self.type_expression(known(declaration.child(field::TYPE))?)?;
        self.underlying(&ty)
    }

    /// The type with arguments in the place of type parameters.
    pub(crate) fn substitute(&mut self, ty: &Type, parameters: &[Object], arguments: &[Type]) -> Answer<Type> {
        if parameters.len() != arguments.len() {
            return Err(super::Stop::Unknown);
        }
        known(substitute(ty, &|object| parameters.iter().position(|p| p == object).map(|i| arguments[i].clone())))
    }

    /// The results of a generic function with this signature, called with arguments of these types.
    pub(crate) fn infer(
        &mut self,
        signature: &Type,
        parameters: &[Object],
        explicit: &[Type],
        arguments: &[Option<Type>],
    ) -> Answer<Type> {
        let TypeKind::Signature(shape) = signature.kind() else { return Err(super::Stop::Unknown) };
        let mut bound: Vec<Option<Type>> = explicit.iter().cloned().map(Some).collect();
        bound.resize(parameters.len(), None);
        let mut untyped = Vec::new();
        for (i, argument) in arguments.iter().enumerate() {
            let Some(parameter) = parameter_type(shape, i) else { continue };
            let Some(argument) = argument else { continue };
            match (parameter.kind(), argument.as_basic()) {
                (TypeKind::TypeParameter(object), Some(basic)) if basic.is_untyped() => {
                    untyped.push((object.clone(), basic));
                }
                _ => self.unify(&parameter, argument, parameters, explicit.len(), &mut bound)?,
            }
        }
        let mut kinds: Vec<(usize, Option<Basic>)> = Vec::new();
        for (object, basic) in untyped {
            let Some(i) = parameters.iter().position(|p| *p == object) else { continue };
            match kinds.iter_mut().find(|(j, _)| i == *j) {
                Some((_, kind)) => *kind = kind.and_then(|k| larger_kind(k, basic)),
                None => kinds.push((i, Some(basic))),
            }
        }
        for (i, kind) in kinds {
            if bound[i].is_none() && self.takes_defaults(&parameters[i])? {
                bound[i] = kind.and_then(Basic::default_type).map(Type::basic);
            }
        }
        let result =
            substitute(signature, &|object| parameters.iter().position(|p| p == object).and_then(|i| bound[i].clone()));
        known(result)
    }

    /// The constraint leaves the type of an untyped argument open, so that it is the default one.
    fn takes_defaults(&mut self, parameter: &Object) -> Answer<bool> {
        let Some(constraint) = tolerate(self.constraint(parameter))? else { return Ok(false) };
        Ok(match constraint.kind() {
            TypeKind::Interface(interface) => interface.embedded.iter().all(|embedded| {
                embedded.as_ref().is_some_and(|ty| match ty.kind() {
                    TypeKind::Union(terms) => terms.len() > 1,
                    TypeKind::Named(object, _) => *object.0 == Repr::Universe("comparable"),
                    _ => false,
                })
            }),
            TypeKind::Union(terms) => terms.len() > 1,
            _ => false,
        })
    }

    /// Binds the type parameters inside of `pattern` to the parts of `ty` in their place. The first `explicit` ones are
    /// bound already, whatever stands there; where two parts differ, it takes Go's rules to choose, and it is unknown.
    fn unify(
        &mut self,
        pattern: &Type,
        ty: &Type,
        parameters: &[Object],
        explicit: usize,
        bound: &mut [Option<Type>],
    ) -> Answer<()> {
        if let TypeKind::TypeParameter(object) = pattern.kind() {
            if let Some(i) = parameters.iter().position(|p| p == object) {
                let known = bound[i].get_or_insert_with(|| ty.clone());
                if i >= explicit && known != ty {
                    return Err(super::Stop::Unknown);
                }
            }
            return Ok(());
        }
        let shape = match (pattern.kind(), ty.kind()) {
            (TypeKind::Named(..), _) | (_, TypeKind::TypeParameter(_)) => ty.clone(),
            (_, TypeKind::Named(..)) => match tolerate(self.underlying(ty))? {
                Some(shape) => shape,
                None => return Ok(()),
            },
            _ => ty.clone(),
        };
        match (pattern.kind(), shape.kind()) {
            (TypeKind::Pointer(a), TypeKind::Pointer(b))
            | (TypeKind::Slice(a), TypeKind::Slice(b))
            | (TypeKind::Array(_, a), TypeKind::Array(_, b))
            | (TypeKind::Channel(_, a), TypeKind::Channel(_, b)) => self.unify(a, b, parameters, explicit, bound),
            (TypeKind::Map(k, v), TypeKind::Map(l, w)) => {
                self.unify(k, l, parameters, explicit, bound)?;
                self.unify(v, w, parameters, explicit, bound)
            }
            (TypeKind::Named(a, xs), TypeKind::Named(b, ys)) if a == b => {
                for (x, y) in xs.iter().zip(ys) {
                    self.unify(x, y, parameters, explicit, bound)?;
                }
                Ok(())
            }
            (TypeKind::Signature(a), TypeKind::Signature(b)) => {
                let pairs = a.parameters.iter().zip(&b.parameters).chain(a.results.iter().zip(&b.results));
                for (x, y) in pairs {
                    if let (Some(x), Some(y)) = (&x.ty, &y.ty) {
                        self.unify(x, y, parameters, explicit, bound)?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// The type of the parameter that takes the argument at this position.
pub(crate) fn parameter_type(signature: &Signature, index: usize) -> Option<Type> {
    let last = signature.parameters.len().checked_sub(1)?;
    if signature.variadic && index >= last {
        return match signature.parameters[last].ty.as_ref()?.kind() {
            TypeKind::Slice(element) => Some(element.clone()),
            _ => None,
        };
    }
    signature.parameters.get(index)?.ty.clone()
}

/// The type has one of these type parameters in it.
pub(crate) fn mentions(ty: &Type, parameters: &[Object]) -> bool {
    if let TypeKind::TypeParameter(object) = ty.kind() {
        return parameters.contains(object);
    }
    let mut found = false;
    ty.kind().for_each_part(&mut |part| found |= mentions(part, parameters));
    found
}

/// Rebuilds the type; the depth of types is bounded.
fn substitute(ty: &Type, replace: &dyn Fn(&Object) -> Option<Type>) -> Option<Type> {
    let one = |t: &Type| substitute(t, replace);
    let all = |types: &[Type]| types.iter().map(one).collect::<Option<Box<[Type]>>>();
    let maybe = |t: &Option<Type>| t.as_ref().and_then(one);
    let parameters = |list: &[Parameter]| -> Box<[Parameter]> {
        list.iter().map(|p| Parameter { name: p.name.clone(), ty: maybe(&p.ty) }).collect()
    };
    Type::new(match ty.kind() {
        TypeKind::TypeParameter(object) => return Some(replace(object).unwrap_or_else(|| ty.clone())),
        TypeKind::Basic(_) => return Some(ty.clone()),
        TypeKind::Named(_, arguments) if arguments.is_empty() => return Some(ty.clone()),
        TypeKind::Named(object, arguments) => TypeKind::Named(object.clone(), all(arguments)?),
        TypeKind::Pointer(to) => TypeKind::Pointer(one(to)?),
        TypeKind::Slice(of) => TypeKind::Slice(one(of)?),
        TypeKind::Array(length, of) => TypeKind::Array(length.clone(), one(of)?),
        TypeKind::Map(key, value) => TypeKind::Map(one(key)?, one(value)?),
        TypeKind::Channel(direction, of) => TypeKind::Channel(*direction, one(of)?),
        TypeKind::Tuple(types) => TypeKind::Tuple(all(types)?),
        TypeKind::Struct(fields) => {
            TypeKind::Struct(fields.iter().map(|f| StructField { ty: maybe(&f.ty), ..f.clone() }).collect())
        }
        TypeKind::Signature(s) => TypeKind::Signature(Signature {
            parameters: parameters(&s.parameters),
            results: parameters(&s.results),
            variadic: s.variadic,
            receiver: maybe(&s.receiver),
        }),
        TypeKind::Interface(i) => TypeKind::Interface(Interface {
            methods: i.methods.iter().map(|m| InterfaceMethod { ty: maybe(&m.ty), ..m.clone() }).collect(),
            embedded: i.embedded.iter().map(maybe).collect(),
            any: i.any,
        }),
        TypeKind::Union(terms) => {
            TypeKind::Union(terms.iter().map(|(tilde, t)| Some((*tilde, one(t)?))).collect::<Option<_>>()?)
        }
    })
}
