//! What an expression is: a value of some type, a type, a package, a builtin.
//!
//! Source: the Go specification, "Expressions". An untyped constant keeps its kind here; what it is converted to is the
//! context's business.

use std::sync::Arc;

use golint_tree::{field, kind};

use super::names::skip_parentheses;
use super::{Answer, At, Evaluation, Stop, known};
use crate::memory::Constant;
use crate::object::{Object, ObjectKind, Repr, Role};
use crate::types::{Basic, Parameter, Signature, Type, TypeKind};
use crate::{known as table, universe};

/// What an expression is.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// A value, or several (a tuple); untyped nil included.
    Value(Type),
    Type(Type),
    /// An import, by its path.
    Package(Arc<str>),
    /// A builtin function, of the universe or of unsafe.
    Builtin(&'static str),
    /// A name of another package of which no more is known.
    Foreign(Object),
}

fn value(ty: Option<Type>) -> Answer<Operand> {
    known(ty).map(Operand::Value)
}

impl<'a> Evaluation<'a> {
    /// What the expression is.
    pub(crate) fn operand(&mut self, at: At<'a>) -> Answer<Operand> {
        self.step(|e| e.operand_here(skip_parentheses(at)))
    }

    /// The type of an expression that is a value.
    pub(crate) fn value_type(&mut self, at: At<'a>) -> Answer<Type> {
        match self.operand(at)? {
            Operand::Value(ty) => Ok(ty),
            _ => Err(Stop::Unknown),
        }
    }

    fn operand_here(&mut self, at: At<'a>) -> Answer<Operand> {
        let basic = |b| Ok(Operand::Value(Type::basic(b)));
        if at.is_broken() {
            return Err(Stop::Unknown);
        }
        match at.kind() {
            kind::IDENTIFIER | kind::TYPE_IDENTIFIER | kind::PACKAGE_IDENTIFIER => self.operand_name(at),
            kind::NIL | kind::TRUE | kind::FALSE | kind::IOTA => self.operand_name(at),
            kind::INT_LITERAL => basic(Basic::UntypedInt),
            kind::FLOAT_LITERAL => basic(Basic::UntypedFloat),
            kind::IMAGINARY_LITERAL => basic(Basic::UntypedComplex),
            kind::RUNE_LITERAL => basic(Basic::UntypedRune),
            kind::INTERPRETED_STRING_LITERAL | kind::RAW_STRING_LITERAL => basic(Basic::UntypedString),
            kind::SELECTOR_EXPRESSION | kind::QUALIFIED_TYPE => self.operand_selector(at),
            kind::CALL_EXPRESSION => self.operand_call(at),
            kind::TYPE_CONVERSION_EXPRESSION => self.operand_conversion(at),
            kind::INDEX_EXPRESSION => self.operand_index(at),
            kind::GENERIC_TYPE => self.operand_generic(at),
            // In `new(*p)`, the grammar takes `*p` for a type.
            kind::POINTER_TYPE => match self.operand_starred(known(at.children().next())?)? {
                Operand::Foreign(_) => self.type_operand(at),
                other => Ok(other),
            },
            kind::SLICE_EXPRESSION => self.operand_slice(at),
            kind::TYPE_ASSERTION_EXPRESSION => self.type_expression(known(at.child(field::TYPE))?).map(Operand::Value),
            kind::COMPOSITE_LITERAL => self.type_expression(known(at.child(field::TYPE))?).map(Operand::Value),
            // `{…}` in the place of a pointer is the pointer.
            kind::LITERAL_VALUE => match at.parent() {
                Some(element) if element.kind() == kind::LITERAL_ELEMENT => {
                    self.element_type(element).map(Operand::Value)
                }
                _ => self.literal_type(at).map(Operand::Value),
            },
            kind::LITERAL_ELEMENT => self.operand(known(at.children().next())?),
            kind::EXPRESSION_LIST => {
                let mut list = at.children();
                match (list.next(), list.next()) {
                    (Some(only), None) => self.operand(only),
                    _ => Err(Stop::Unknown),
                }
            }
            kind::FUNC_LITERAL => self.signature(at).map(Operand::Value),
            kind::UNARY_EXPRESSION => self.operand_unary(at),
            kind::BINARY_EXPRESSION => self.operand_binary(at),
            kind::VARIADIC_ARGUMENT => self.operand(known(at.children().next())?),
            _ => self.type_operand(at),
        }
    }

    fn operand_name(&mut self, at: At<'a>) -> Answer<Operand> {
        let object = self.resolve(at)?;
        self.operand_object(&object)
    }

    fn operand_object(&mut self, object: &Object) -> Answer<Operand> {
        match &*object.0 {
            Repr::Import { path, .. } => Ok(Operand::Package(path.clone())),
            Repr::Universe(name) if universe::kind(name) == ObjectKind::Builtin => Ok(Operand::Builtin(name)),
            Repr::Inner { role: Role::Label, .. } => Err(Stop::Unknown),
            Repr::Foreign { path, name } if table::is_type(path, name) => {
                self.named_type(object, None).map(Operand::Type)
            }
            Repr::Foreign { .. } | Repr::ForeignMember { .. } => {
                Ok(table::type_of(object).map_or(Operand::Foreign(object.clone()), Operand::Value))
            }
            _ if self.is_type(object) => self.named_type(object, None).map(Operand::Type),
            _ => self.type_of_object(object).map(Operand::Value),
        }
    }

    fn operand_selector(&mut self, at: At<'a>) -> Answer<Operand> {
        let (operand, member) = self.select_from(at)?;
        if matches!(&*member.object.0, Repr::Universe(_) | Repr::Foreign { .. } | Repr::ForeignMember { .. }) {
            return self.operand_object(&member.object);
        }
        let ty = self.member_type(&member)?;
        if let (Operand::Type(receiver), TypeKind::Signature(signature)) = (operand, ty.kind()) {
            // A method expression takes the receiver first.
            // go/types names all parameters or none.
            let named = signature.parameters.first().is_some_and(|p| !p.name.is_empty());
            let name = if named { self.receiver_name(&member.object)? } else { "".into() };
            let mut parameters = vec![Parameter { name, ty: Some(receiver) }];
            parameters.extend(signature.parameters.iter().cloned());
            let signature = Signature { parameters: parameters.into(), receiver: None, ..signature.clone() };
            return value(Type::new(TypeKind::Signature(signature)));
        }
        Ok(Operand::Value(ty))
    }

    /// The name that a method gives its receiver; `_` for none.
    fn receiver_name(&mut self, method: &Object) -> Answer<Arc<str>> {
        if !matches!(&*method.0, Repr::Member { .. }) {
            return Ok("_".into());
        }
        let list = self.declaration_of(method)?.child(field::RECEIVER);
        let name = list.and_then(|l| l.children().next()).and_then(|p| p.child(field::NAME));
        Ok(name.map_or_else(|| "_".into(), At::name))
    }

    fn operand_index(&mut self, at: At<'a>) -> Answer<Operand> {
        match self.operand(known(at.child(field::OPERAND))?)? {
            Operand::Value(ty) => self.element_of(&ty, at),
            // An instantiation.
            Operand::Type(_) => self.type_operand(at),
            _ => Err(Stop::Unknown),
        }
    }

    /// `x[i]` that the grammar takes for a type with arguments.
    pub(crate) fn operand_generic(&mut self, at: At<'a>) -> Answer<Operand> {
        match self.operand(known(at.child(field::TYPE))?)? {
            Operand::Value(ty) => self.element_of(&ty, at),
            Operand::Type(_) => self.type_operand(at),
            _ => Err(Stop::Unknown),
        }
    }

    /// The type of an element of a value of this type; of a generic function, its instance.
    fn element_of(&mut self, ty: &Type, at: At<'a>) -> Answer<Operand> {
        let shape = self.underlying(ty)?;
        match shape.kind() {
            TypeKind::Map(_, element) | TypeKind::Slice(element) | TypeKind::Array(_, element) => {
                Ok(Operand::Value(element.clone()))
            }
            TypeKind::Pointer(to) => match self.underlying(to)?.kind() {
                TypeKind::Array(_, element) => Ok(Operand::Value(element.clone())),
                _ => Err(Stop::Unknown),
            },
            TypeKind::Basic(basic) if basic.is_string() => Ok(Operand::Value(Type::basic(Basic::Byte))),
            TypeKind::Signature(_) => self.instance(ty, at).map(Operand::Value),
            _ => Err(Stop::Unknown),
        }
    }

    fn operand_slice(&mut self, at: At<'a>) -> Answer<Operand> {
        let ty = self.value_type(known(at.child(field::OPERAND))?)?;
        let shape = self.underlying(&ty)?;
        match shape.kind() {
            TypeKind::Slice(_) => Ok(Operand::Value(ty)),
            TypeKind::Basic(basic) if basic.is_string() => {
                Ok(Operand::Value(if basic.is_untyped() { Type::basic(Basic::String) } else { ty }))
            }
            TypeKind::Array(_, element) => value(Type::slice(element.clone())),
            TypeKind::Pointer(to) => match self.underlying(to)?.kind() {
                TypeKind::Array(_, element) => value(Type::slice(element.clone())),
                _ => Err(Stop::Unknown),
            },
            _ => Err(Stop::Unknown),
        }
    }

    fn operand_unary(&mut self, at: At<'a>) -> Answer<Operand> {
        let operand = known(at.child(field::OPERAND))?;
        let operator = at.child(field::OPERATOR).map(At::kind);
        match known(operator)? {
            kind::STAR => match self.operand_starred(operand)? {
                Operand::Foreign(_) => Err(Stop::Unknown),
                other => Ok(other),
            },
            kind::AMPERSAND => {
                let ty = self.value_type(operand)?;
                if ty.is_untyped() {
                    return Err(Stop::Unknown);
                }
                value(Type::pointer(ty))
            }
            kind::ARROW => {
                let ty = self.value_type(operand)?;
                match self.underlying(&ty)?.kind() {
                    TypeKind::Channel(_, element) => Ok(Operand::Value(element.clone())),
                    _ => Err(Stop::Unknown),
                }
            }
            _ => self.value_type(operand).map(Operand::Value),
        }
    }

    /// `*x`, which may be a pointer type or what a pointer points to; what is not known of `x` comes back as it is.
    fn operand_starred(&mut self, x: At<'a>) -> Answer<Operand> {
        match self.operand(x)? {
            Operand::Type(ty) => known(Type::pointer(ty)).map(Operand::Type),
            Operand::Value(ty) => match self.underlying(&ty)?.kind() {
                TypeKind::Pointer(to) => Ok(Operand::Value(to.clone())),
                _ => Err(Stop::Unknown),
            },
            foreign @ Operand::Foreign(_) => Ok(foreign),
            Operand::Package(_) | Operand::Builtin(_) => Err(Stop::Unknown),
        }
    }

    /// The constant as a value of this type, as a conversion or a declaration makes it.
    pub(crate) fn represent(&mut self, constant: &Constant, ty: &Type) -> Answer<Constant> {
        let basic = known(self.underlying(ty)?.as_basic())?.canonical();
        let pointer_size = self.pointer_size_for(basic);
        let value = known(constant.value.represent(basic, pointer_size))?;
        Ok(Constant { value, basic })
    }

    /// The pointer size, which matters to the width of some integers only.
    pub(crate) fn pointer_size_for(&mut self, basic: Basic) -> u8 {
        match basic {
            Basic::Int | Basic::Uint | Basic::Uintptr => self.pointer_size(),
            _ => 8,
        }
    }
}
