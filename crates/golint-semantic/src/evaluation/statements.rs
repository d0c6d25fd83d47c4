//! The types of variables that a statement declares: short declarations, ranges, receive cases, type switches.

use golint_tree::{field, kind};

use super::names::skip_parentheses;
use super::objects::{default_type, position};
use super::{Answer, At, Evaluation, Operand, Stop, known};
use crate::types::{Basic, Signature, Type, TypeKind};

impl<'a> Evaluation<'a> {
    /// The type of a name on the left side of `:=`; `list` is the left side.
    pub(crate) fn type_of_left(&mut self, list: At<'a>, name: At<'a>) -> Answer<Type> {
        let names = list.list(None);
        let (index, count) = (known(position(&names, name.node))?, names.len());
        let statement = known(list.parent())?;
        match statement.kind() {
            kind::SHORT_VAR_DECLARATION => self.type_of_assigned(known(statement.child(field::RIGHT))?, index, count),
            kind::RANGE_CLAUSE => {
                let Operand::Value(ty) = self.operand(known(statement.child(field::RIGHT))?)? else {
                    return Err(Stop::Unknown);
                };
                self.type_of_iteration(&ty, index)
            }
            kind::RECEIVE_STATEMENT => {
                if index == 1 {
                    return Ok(Type::basic(Basic::Bool));
                }
                match self.operand(skip_parentheses(known(statement.child(field::RIGHT))?))? {
                    Operand::Value(ty) => Ok(ty),
                    _ => Err(Stop::Unknown),
                }
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// The type of the first or second iteration variable of a range over a value of this type.
    ///
    /// Source: the Go specification, "For statements with range clause".
    fn type_of_iteration(&mut self, over: &Type, index: usize) -> Answer<Type> {
        let mut shape = self.underlying(over)?;
        if let TypeKind::Pointer(to) = shape.kind() {
            shape = self.underlying(to)?;
            if !matches!(shape.kind(), TypeKind::Array(..)) {
                return Err(Stop::Unknown);
            }
        }
        let int = || Ok(Type::basic(Basic::Int));
        match (shape.kind(), index) {
            (TypeKind::Slice(_) | TypeKind::Array(..), 0) => int(),
            (TypeKind::Slice(element) | TypeKind::Array(_, element), 1) => Ok(element.clone()),
            (TypeKind::Map(key, _), 0) => Ok(key.clone()),
            (TypeKind::Map(_, value), 1) => Ok(value.clone()),
            (TypeKind::Channel(_, element), 0) => Ok(element.clone()),
            (TypeKind::Basic(basic), 0) if basic.is_string() => int(),
            (TypeKind::Basic(basic), 1) if basic.is_string() => Ok(Type::basic(Basic::Rune)),
            (TypeKind::Basic(basic), 0) if basic.is_integer() || *basic == Basic::UntypedFloat => {
                // An untyped constant becomes an int, also where it is written as a float or rune.
                if *basic == Basic::UntypedInt || *basic == Basic::UntypedFloat { int() } else { default_type(over) }
            }
            (TypeKind::Signature(iterator), _) => {
                let [parameter] = &*iterator.parameters else { return Err(Stop::Unknown) };
                let function = self.underlying(known(parameter.ty.as_ref())?)?;
                match function.kind() {
                    TypeKind::Signature(Signature { parameters, .. }) => {
                        known(parameters.get(index).and_then(|p| p.ty.clone()))
                    }
                    _ => Err(Stop::Unknown),
                }
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// The type of the variable in one clause of a type switch.
    pub(crate) fn type_of_switch_variable(&mut self, clause: At<'a>) -> Answer<Type> {
        let switch = known(clause.parent())?;
        let mut types = clause.children_of(field::TYPE);
        if let (Some(only), None) = (types.next(), types.next())
            && clause.kind() == kind::TYPE_CASE
        {
            let is_nil = match self.named_operand(only)? {
                Some(object) => *object.0 == crate::object::Repr::Universe("nil"),
                None => false,
            };
            if !is_nil {
                return self.type_expression(only);
            }
        }
        match self.operand(known(switch.child(field::VALUE))?)? {
            Operand::Value(ty) => Ok(ty),
            _ => Err(Stop::Unknown),
        }
    }
}
