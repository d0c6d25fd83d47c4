//! Calls, conversions and builtin functions.
//!
//! Source: the Go specification, "Calls", "Conversions", "Built-in functions", "Package unsafe".

use golint_tree::{field, kind};

use super::generics::mentions;
use super::names::skip_parentheses;
use super::{Answer, At, Evaluation, Operand, Stop, known, tolerate};
use crate::known as table;
use crate::object::{Object, Repr};
use crate::summary::DeclarationKind;
use crate::types::{Basic, Signature, Type, TypeKind};

impl<'a> Evaluation<'a> {
    /// `f(x)`: a call, a conversion or a builtin.
    pub(crate) fn operand_call(&mut self, at: At<'a>) -> Answer<Operand> {
        let function = known(at.child(field::FUNCTION))?;
        let arguments = known(at.child(field::ARGUMENTS))?;
        if arguments.is_broken() {
            return Err(Stop::Unknown);
        }
        if let Some(list) = at.child(field::TYPE_ARGUMENTS) {
            return self.call_with_arguments(function, list, arguments);
        }
        match self.operand(function)? {
            Operand::Type(ty) => Ok(Operand::Value(ty)),
            Operand::Builtin(name) => self.builtin(name, arguments).map(Operand::Value),
            Operand::Value(ty) => {
                let callee = self.named_operand(function)?;
                self.call(&ty, callee.as_ref(), &[], arguments)
            }
            Operand::Foreign(object) => known(table::result_of(&object)).map(Operand::Value),
            Operand::Package(_) => Err(Stop::Unknown),
        }
    }

    /// `f[T](x)`, or a call of an element.
    fn call_with_arguments(&mut self, function: At<'a>, list: At<'a>, arguments: At<'a>) -> Answer<Operand> {
        match self.operand(function)? {
            Operand::Value(ty) => match self.underlying(&ty)?.kind() {
                TypeKind::Signature(_) => {
                    let callee = self.named_operand(function)?;
                    let explicit = self.type_list(list)?;
                    self.call(&ty, callee.as_ref(), &explicit, arguments)
                }
                TypeKind::Map(_, of) | TypeKind::Slice(of) | TypeKind::Array(_, of) => {
                    self.call(of, None, &[], arguments)
                }
                _ => Err(Stop::Unknown),
            },
            Operand::Type(ty) => {
                let TypeKind::Named(object, _) = ty.kind() else { return Err(Stop::Unknown) };
                let explicit = self.type_list(list)?;
                self.named_type(object, Some(explicit)).map(Operand::Value)
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// `T(x)` where the grammar sees a type; `f[i](x)` comes in this shape too, and `*T(x)`, which is `*(T(x))`.
    pub(crate) fn operand_conversion(&mut self, at: At<'a>) -> Answer<Operand> {
        let (ty, stars) = conversion_type(known(at.child(field::TYPE))?);
        let mut operand = self.operand_converted(at, ty)?;
        for _ in 0..stars {
            operand = match operand {
                Operand::Value(ty) => match self.underlying(&ty)?.kind() {
                    TypeKind::Pointer(to) => Operand::Value(to.clone()),
                    _ => return Err(Stop::Unknown),
                },
                _ => return Err(Stop::Unknown),
            };
        }
        Ok(operand)
    }

    fn operand_converted(&mut self, at: At<'a>, ty: At<'a>) -> Answer<Operand> {
        if ty.kind() == kind::GENERIC_TYPE
            && let function = known(ty.child(field::TYPE))?
            && let Operand::Value(of) = self.operand(function)?
        {
            return match self.underlying(&of)?.kind() {
                TypeKind::Signature(_) => {
                    let list = known(ty.child(field::TYPE_ARGUMENTS))?;
                    let callee = self.named_operand(function)?;
                    let explicit = self.type_list(list)?;
                    self.call(&of, callee.as_ref(), &explicit, at)
                }
                TypeKind::Map(_, of) | TypeKind::Slice(of) | TypeKind::Array(_, of) => self.call(of, None, &[], at),
                _ => Err(Stop::Unknown),
            };
        }
        match self.operand(ty)? {
            Operand::Type(ty) => Ok(Operand::Value(ty)),
            _ => Err(Stop::Unknown),
        }
    }

    /// The results of a call of a function of this type. `arguments` is the list, or the conversion that holds the only one.
    fn call(&mut self, ty: &Type, callee: Option<&Object>, explicit: &[Type], arguments: At<'a>) -> Answer<Operand> {
        let parameters = match callee {
            Some(object @ Object(repr)) if matches!(&**repr, Repr::Member { receiver: None, .. }) => {
                self.type_parameters(object)?
            }
            _ => Vec::new(),
        };
        let mut shape = self.underlying(ty)?;
        if !parameters.is_empty() {
            let types = self.argument_types(arguments)?;
            shape = self.infer(&shape, &parameters, explicit, &types)?;
        }
        let TypeKind::Signature(Signature { results, .. }) = shape.kind() else { return Err(Stop::Unknown) };
        let types = known(results.iter().map(|r| r.ty.clone()).collect::<Option<Vec<_>>>());
        let result = match types {
            Ok(types) => known(Type::tuple(types))?,
            Err(stop) => return Err(stop),
        };
        if mentions(&result, &parameters) {
            return Err(Stop::Unknown);
        }
        Ok(Operand::Value(result))
    }

    /// The expression is the name of a generic function, without type arguments.
    pub(crate) fn is_generic_function(&mut self, at: At<'a>) -> Answer<bool> {
        match self.named_operand(at)? {
            Some(object) if matches!(&*object.0, Repr::Member { receiver: None, .. }) => {
                Ok(self.declaration_kind(&object)? == DeclarationKind::Function
                    && !self.type_parameters(&object)?.is_empty())
            }
            _ => Ok(false),
        }
    }

    /// The signature with which a generic function is called, if its name stands in a call.
    pub(crate) fn instance_called(&mut self, at: At<'a>, ty: &Type) -> Answer<Type> {
        let call = known(at.parent().filter(|p| p.kind() == kind::CALL_EXPRESSION && at.field() == field::FUNCTION))?;
        let parameters = match self.named_operand(at)? {
            Some(object) => self.type_parameters(&object)?,
            None => return Err(Stop::Unknown),
        };
        let explicit = match call.child(field::TYPE_ARGUMENTS) {
            Some(list) => self.type_list(list)?,
            None => Vec::new(),
        };
        let types = self.argument_types(known(call.child(field::ARGUMENTS))?)?;
        let instance = self.infer(ty, &parameters, &explicit, &types)?;
        if mentions(&instance, &parameters) { Err(Stop::Unknown) } else { Ok(instance) }
    }

    fn argument_types(&mut self, arguments: At<'a>) -> Answer<Vec<Option<Type>>> {
        let list: Vec<_> = match arguments.kind() {
            kind::ARGUMENT_LIST => arguments.children().collect(),
            _ => arguments.child(field::OPERAND).into_iter().collect(),
        };
        let mut types = Vec::new();
        for argument in list {
            // The type of a generic function depends on the parameter that takes it.
            let ty = match self.is_generic_function(argument)? {
                true => None,
                false => tolerate(self.value_type(argument))?,
            };
            types.push(match ty {
                // The elements of a spread slice stand for the last parameter's.
                Some(ty) if argument.kind() == kind::VARIADIC_ARGUMENT => match tolerate(self.underlying(&ty))? {
                    Some(shape) => match shape.kind() {
                        TypeKind::Slice(of) => Some(of.clone()),
                        _ => None,
                    },
                    None => None,
                },
                ty => ty,
            });
        }
        // The results of one call are the arguments of another.
        if let [Some(only)] = &types[..]
            && let TypeKind::Tuple(results) = only.kind()
        {
            return Ok(results.iter().cloned().map(Some).collect());
        }
        Ok(types)
    }

    /// A generic function with type arguments, not called: `f[int]`.
    pub(crate) fn instance(&mut self, ty: &Type, at: At<'a>) -> Answer<Type> {
        let function = known(at.child(field::OPERAND).or_else(|| at.child(field::TYPE)))?;
        let callee = known(self.named_operand(function)?)?;
        let parameters = self.type_parameters(&callee)?;
        let arguments: Vec<_> = match at.child(field::TYPE_ARGUMENTS) {
            Some(list) => list.children().collect(),
            None => at.child(field::INDEX).into_iter().collect(),
        };
        let arguments = arguments.into_iter().map(|n| self.type_expression(n)).collect::<Answer<Vec<_>>>()?;
        if parameters.is_empty() || parameters.len() != arguments.len() {
            return Err(Stop::Unknown);
        }
        self.substitute(ty, &parameters, &arguments)
    }

    /// The type of a call of a builtin function; one without a result has the empty tuple.
    fn builtin(&mut self, name: &str, arguments: At<'a>) -> Answer<Type> {
        let first = || arguments.children().next();
        let basic = |b| Ok(Type::basic(b));
        match name {
            "len" | "cap" | "copy" => basic(Basic::Int),
            "recover" => Ok(crate::universe::any().clone()),
            "panic" | "print" | "println" | "delete" | "clear" | "close" => known(Type::tuple(Vec::new())),
            "append" => {
                let ty = self.value_type(known(first())?)?;
                match ty.kind() {
                    // The results of another call are the arguments.
                    TypeKind::Tuple(types) => known(types.first().cloned()),
                    _ => Ok(ty),
                }
            }
            "make" => self.type_expression(known(first())?),
            "new" => {
                let first = known(first())?;
                let ty = match self.operand(first)? {
                    Operand::Type(ty) => ty,
                    // Since Go 1.26.
                    Operand::Value(ty) => super::objects::default_type(&ty)?,
                    // It may be a type, or a value of an unknown one.
                    _ => return Err(Stop::Unknown),
                };
                known(Type::pointer(ty))
            }
            "min" | "max" => self.largest(arguments),
            "real" | "imag" => {
                let ty = self.value_type(known(first())?)?;
                basic(match known(self.underlying(&ty)?.as_basic())? {
                    Basic::Complex64 => Basic::Float32,
                    Basic::Complex128 => Basic::Float64,
                    other if other.is_untyped() => Basic::UntypedFloat,
                    _ => return Err(Stop::Unknown),
                })
            }
            "complex" => {
                let ty = self.largest(arguments)?;
                basic(match known(self.underlying(&ty)?.as_basic())? {
                    Basic::Float32 => Basic::Complex64,
                    Basic::Float64 => Basic::Complex128,
                    other if other.is_untyped() => Basic::UntypedComplex,
                    _ => return Err(Stop::Unknown),
                })
            }
            "unsafe.Sizeof" | "unsafe.Alignof" | "unsafe.Offsetof" => basic(Basic::Uintptr),
            "unsafe.Add" => basic(Basic::UnsafePointer),
            "unsafe.String" => basic(Basic::String),
            "unsafe.StringData" => known(Type::pointer(Type::basic(Basic::Byte))),
            "unsafe.Slice" => {
                let ty = self.value_type(known(first())?)?;
                match self.underlying(&ty)?.kind() {
                    TypeKind::Pointer(to) => known(Type::slice(to.clone())),
                    _ => Err(Stop::Unknown),
                }
            }
            "unsafe.SliceData" => {
                let ty = self.value_type(known(first())?)?;
                match self.underlying(&ty)?.kind() {
                    TypeKind::Slice(of) => known(Type::pointer(of.clone())),
                    _ => Err(Stop::Unknown),
                }
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// The type that operands of a symmetric operation share.
    fn largest(&mut self, arguments: At<'a>) -> Answer<Type> {
        let mut ty: Option<Type> = None;
        let list: Vec<_> = arguments.children().collect();
        for argument in list {
            let other = self.value_type(argument)?;
            ty = match (&ty, other.as_basic()) {
                (Some(ty), _) if !ty.is_untyped() => return Ok(ty.clone()),
                (Some(ty), Some(b)) if b.is_untyped() => {
                    let a = known(ty.as_basic())?;
                    Some(Type::basic(known(super::operators::larger_kind(a, b))?))
                }
                _ => Some(other),
            };
        }
        known(ty)
    }
}

/// The type of a conversion as Go reads it, and how often its result is dereferenced: the stars that the tree takes for
/// part of the type.
pub(crate) fn conversion_type(mut ty: At<'_>) -> (At<'_>, usize) {
    let mut stars = 0;
    while ty.kind() == kind::POINTER_TYPE {
        let Some(inner) = ty.children().next() else { break };
        (ty, stars) = (inner, stars + 1);
    }
    (skip_parentheses(ty), stars)
}
