//! The few facts about other packages that local declarations lean on all the time: which names are types, and what
//! functions, methods and variables give. Only what is exported, certain and stable is here; no struct is.
//!
//! Sources: the documentation of the standard library (Go 1.26) and of golang.org/x/sync; what is here never changed
//! since it was added there.

mod table;

use table::{FACTS, Fact};

use crate::memory::Constant;
use crate::object::{Object, Repr};
use crate::types::{Direction, Type, TypeKind};
use crate::universe;
use crate::value::Value;

fn fact(path: &str, name: &str) -> Option<Fact> {
    FACTS.binary_search_by(|(p, n, _)| (*p, *n).cmp(&(path, name))).ok().map(|i| FACTS[i].2)
}

fn fact_of(object: &Object) -> Option<Fact> {
    match &*object.0 {
        Repr::Foreign { path, name } => fact(path, name),
        Repr::ForeignMember { path, owner, name } => fact(path, &format!("{owner}.{name}")),
        _ => None,
    }
}

/// The name is a type of the package.
pub(crate) fn is_type(path: &str, name: &str) -> bool {
    matches!(fact(path, name), Some(Fact::Type | Fact::Is(_)))
}

/// The object is a function or method.
pub(crate) fn is_function(object: &Object) -> bool {
    matches!(fact_of(object), Some(Fact::Gives(_)))
}

/// The object is a variable or field.
pub(crate) fn is_variable(object: &Object) -> bool {
    matches!(fact_of(object), Some(Fact::Variable(_)))
}

/// The object is a constant.
pub(crate) fn is_constant(object: &Object) -> bool {
    matches!(fact_of(object), Some(Fact::Constant(..)))
}

/// What stands behind a type of another package, where it is a predeclared type.
pub(crate) fn underlying(path: &str, name: &str) -> Option<Type> {
    match fact(path, name) {
        Some(Fact::Is(basic)) => Some(Type::basic(basic)),
        _ => None,
    }
}

/// The type of a variable, constant or field of another package.
pub(crate) fn type_of(object: &Object) -> Option<Type> {
    match fact_of(object)? {
        Fact::Variable(ty) | Fact::Constant(ty, _) => parse(ty),
        _ => None,
    }
}

/// What a call of a function or method of another package gives; of several results, the tuple.
pub(crate) fn result_of(object: &Object) -> Option<Type> {
    match fact_of(object)? {
        Fact::Gives(types) => Type::tuple(types.iter().map(|t| parse(t)).collect::<Option<_>>()?),
        _ => None,
    }
}

/// The value of a constant of another package.
pub(crate) fn constant(object: &Object) -> Option<Constant> {
    match fact_of(object)? {
        Fact::Constant(ty, value) => {
            let ty = parse(ty)?;
            let basic = match ty.kind() {
                TypeKind::Named(object, _) => match &*object.0 {
                    Repr::Foreign { path, name } => underlying(path, name)?.as_basic()?,
                    _ => return None,
                },
                _ => ty.as_basic()?,
            };
            Some(Constant { value: Value::from_i64(value), basic })
        }
        _ => None,
    }
}

/// A type as the table writes it: `*`, `[]` and `<-chan ` before a predeclared name or "path.Name".
fn parse(text: &str) -> Option<Type> {
    if let Some(rest) = text.strip_prefix('*') {
        return Type::pointer(parse(rest)?);
    }
    if let Some(rest) = text.strip_prefix("[]") {
        return Type::slice(parse(rest)?);
    }
    if let Some(rest) = text.strip_prefix("<-chan ") {
        return Type::new(TypeKind::Channel(Direction::Receive, parse(rest)?));
    }
    match text.rsplit_once('.') {
        None if text == "untyped int" => Some(Type::basic(crate::types::Basic::UntypedInt)),
        None | Some(("unsafe", _)) => universe::named_type(text),
        Some((path, name)) => Type::named(Object::new(Repr::Foreign { path: path.into(), name: name.into() })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_type_in_it_is_one() {
        assert!(FACTS.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
        for (path, name, fact) in FACTS {
            let types = match fact {
                Fact::Gives(types) => types,
                Fact::Variable(ty) | Fact::Constant(ty, _) => std::slice::from_ref(ty),
                Fact::Type | Fact::Is(_) => continue,
            };
            for ty in types {
                assert!(parse(ty).is_some(), "{path}.{name}: {ty}");
            }
        }
    }
}
