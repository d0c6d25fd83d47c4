//! Constant expressions, evaluated exactly.
//!
//! Source: the Go specification, "Constant expressions", "Iota", "Length and capacity", "Size and alignment guarantees".

use golint_tree::{field, kind};

use super::calls::conversion_type;
use super::members::MemberKind;
use super::names::skip_parentheses;
use super::objects::default_type;
use super::operators::larger_kind;
use super::{Answer, At, Evaluation, Operand, Stop, known};
use crate::literal;
use crate::memory::{Constant, Key, Outcome};
use crate::object::Object;
use crate::sizes::{Layout, Sizes};
use crate::types::{Basic, Length, Type, TypeKind};
use crate::value::{Value, unsigned_bits};

/// Named types in one layout.
const MAX_TYPES: usize = 2000;

impl<'a> Evaluation<'a> {
    /// The value of a constant expression.
    pub(crate) fn constant(&mut self, at: At<'a>) -> Answer<Constant> {
        self.step(|e| e.constant_here(skip_parentheses(at)))
    }

    fn constant_here(&mut self, at: At<'a>) -> Answer<Constant> {
        if at.is_broken() {
            return Err(Stop::Unknown);
        }
        match at.kind() {
            kind::INT_LITERAL
            | kind::FLOAT_LITERAL
            | kind::IMAGINARY_LITERAL
            | kind::RUNE_LITERAL
            | kind::INTERPRETED_STRING_LITERAL
            | kind::RAW_STRING_LITERAL => {
                let value = known(literal::parse(at.kind(), at.text()))?;
                let basic = match at.kind() {
                    kind::INT_LITERAL => Basic::UntypedInt,
                    kind::FLOAT_LITERAL => Basic::UntypedFloat,
                    kind::IMAGINARY_LITERAL => Basic::UntypedComplex,
                    kind::RUNE_LITERAL => Basic::UntypedRune,
                    _ => Basic::UntypedString,
                };
                Ok(Constant { value, basic })
            }
            kind::IDENTIFIER | kind::TYPE_IDENTIFIER | kind::TRUE | kind::FALSE | kind::IOTA => {
                let object = self.resolve(at)?;
                self.constant_of_object(&object)
            }
            kind::SELECTOR_EXPRESSION | kind::QUALIFIED_TYPE => {
                let member = self.select(at)?;
                match member.kind {
                    MemberKind::Foreign => self.constant_of_object(&member.object),
                    _ => Err(Stop::Unknown),
                }
            }
            kind::UNARY_EXPRESSION => self.constant_unary(at),
            kind::BINARY_EXPRESSION => self.constant_binary(at),
            kind::CALL_EXPRESSION => self.constant_call(at),
            kind::TYPE_CONVERSION_EXPRESSION => {
                let (ty, stars) = conversion_type(known(at.child(field::TYPE))?);
                if stars > 0 {
                    return Err(Stop::Unknown);
                }
                match self.operand(ty)? {
                    Operand::Type(ty) => self.converted(known(at.child(field::OPERAND))?, &ty),
                    _ => Err(Stop::Unknown),
                }
            }
            kind::LITERAL_ELEMENT => self.constant(known(at.children().next())?),
            _ => Err(Stop::Unknown),
        }
    }

    /// A result of a typed operation must fit its type.
    pub(super) fn fitting(&mut self, value: Option<Value>, basic: Basic) -> Answer<Constant> {
        let pointer_size = self.pointer_size_for(basic);
        let value = known(known(value)?.represent(basic, pointer_size))?;
        Ok(Constant { value, basic })
    }

    fn constant_unary(&mut self, at: At<'a>) -> Answer<Constant> {
        let operator = known(at.child(field::OPERATOR))?.kind();
        let operand = self.constant(known(at.child(field::OPERAND))?)?;
        let pointer_size = self.pointer_size_for(operand.basic);
        let bits = unsigned_bits(operand.basic, pointer_size);
        self.fitting(operand.value.unary(operator, bits), operand.basic)
    }

    fn constant_call(&mut self, at: At<'a>) -> Answer<Constant> {
        let function = known(at.child(field::FUNCTION))?;
        let arguments: Vec<_> = known(at.child(field::ARGUMENTS))?.children().collect();
        match (self.operand(function)?, &arguments[..]) {
            (Operand::Type(ty), [argument]) => self.converted(*argument, &ty),
            (Operand::Builtin(name), arguments) => self.constant_builtin(name, arguments),
            _ => Err(Stop::Unknown),
        }
    }

    fn converted(&mut self, argument: At<'a>, ty: &Type) -> Answer<Constant> {
        let basic = known(self.underlying(ty)?.as_basic())?.canonical();
        if basic == Basic::UnsafePointer {
            return Err(Stop::Unknown);
        }
        let operand = self.constant(argument)?;
        let pointer_size = self.pointer_size_for(basic);
        let value = known(operand.value.convert(basic, pointer_size))?;
        Ok(Constant { value, basic })
    }

    fn constant_builtin(&mut self, name: &str, arguments: &[At<'a>]) -> Answer<Constant> {
        let size = |value: u64| Ok(Constant { value: Value::from_u64(value), basic: Basic::Uintptr });
        match (name, arguments) {
            ("len" | "cap", [argument]) => self.constant_length(*argument, name == "len"),
            ("min" | "max", [first, rest @ ..]) => {
                let operator = if name == "min" { kind::LESS } else { kind::GREATER };
                let mut best = self.constant(*first)?;
                for other in rest {
                    let other = self.constant(*other)?;
                    let basic = match (best.basic.is_untyped(), other.basic.is_untyped()) {
                        (true, true) if best.basic == other.basic => best.basic,
                        (true, true) => known(larger_kind(best.basic, other.basic))?,
                        (true, false) => other.basic,
                        _ => best.basic,
                    };
                    let smaller = known(other.value.binary(operator, &best.value).and_then(|v| v.as_bool()))?;
                    let value = if smaller { other.value } else { best.value };
                    best = self.fitting(Some(value), basic)?;
                }
                Ok(best)
            }
            ("real" | "imag", [argument]) => {
                let operand = self.constant(*argument)?;
                let value = if name == "real" { operand.value.real() } else { operand.value.imag() };
                let basic = match operand.basic {
                    Basic::Complex64 => Basic::Float32,
                    Basic::Complex128 => Basic::Float64,
                    _ => Basic::UntypedFloat,
                };
                self.fitting(value, basic)
            }
            ("complex", [re, im]) => {
                let (re, im) = (self.constant(*re)?, self.constant(*im)?);
                let typed = if re.basic.is_untyped() { im.basic } else { re.basic };
                let basic = match typed {
                    Basic::Float32 => Basic::Complex64,
                    Basic::Float64 => Basic::Complex128,
                    other if other.is_untyped() => Basic::UntypedComplex,
                    _ => return Err(Stop::Unknown),
                };
                self.fitting(Value::complex(&re.value, &im.value), basic)
            }
            ("unsafe.Sizeof", [argument]) => {
                let ty = self.sized_type(*argument)?;
                size(self.layout(&ty)?.size)
            }
            ("unsafe.Alignof", [argument]) => {
                let ty = self.sized_type(*argument)?;
                size(self.layout(&ty)?.align)
            }
            ("unsafe.Offsetof", [argument]) => size(self.offset_of(skip_parentheses(*argument))?),
            _ => Err(Stop::Unknown),
        }
    }

    fn sized_type(&mut self, argument: At<'a>) -> Answer<Type> {
        let ty = self.value_type(argument)?;
        default_type(&ty)
    }

    /// The length of a constant string, or of an array that is given by an expression without calls and receives.
    fn constant_length(&mut self, argument: At<'a>, of_strings: bool) -> Answer<Constant> {
        let length = |value: u64| Ok(Constant { value: Value::from_u64(value), basic: Basic::Int });
        if let Operand::Value(ty) = self.operand(argument)? {
            let shape = self.underlying(&ty)?;
            let array = match shape.kind() {
                TypeKind::Pointer(to) => self.underlying(to)?,
                _ => shape.clone(),
            };
            if let TypeKind::Array(Length::Known(n), _) = array.kind() {
                let calls = argument.tree.subtree(argument.node).any(|n| {
                    argument.tree.kind(n) == kind::CALL_EXPRESSION
                        || argument.tree.kind(n) == kind::UNARY_EXPRESSION && argument.with(n).has_token(kind::ARROW)
                });
                return if calls { Err(Stop::Unknown) } else { length(*n) };
            }
            if of_strings && shape.as_basic().is_some_and(Basic::is_string) {
                let text = self.constant(argument)?;
                return length(known(text.value.as_text())?.len() as u64);
            }
        }
        Err(Stop::Unknown)
    }

    // --- memory --------------------------------------------------------------------------------------------------------

    /// How the type lies in memory.
    pub(crate) fn layout(&mut self, ty: &Type) -> Answer<Layout> {
        let compute = |e: &mut Self| e.with_sizes(|sizes| sizes.layout(ty)).map(Outcome::Layout);
        match self.remembered(Key::Layout(ty.clone()), compute)? {
            Outcome::Layout(layout) => Ok(layout),
            _ => Err(Stop::Unknown),
        }
    }

    fn with_sizes<T>(&mut self, compute: impl FnOnce(&mut Sizes<'_>) -> Option<T>) -> Answer<T> {
        let pointer_size = self.pointer_size();
        let (mut cut, mut asked) = (false, 0);
        let mut underlying = |ty: &Type| match self.underlying(ty) {
            // Generic types can go on for ever.
            Ok(_) if asked > MAX_TYPES || cut => None,
            Ok(shape) => {
                asked += 1;
                Some(shape)
            }
            Err(stop) => {
                cut |= stop == Stop::Cut;
                None
            }
        };
        let result = Sizes::new(pointer_size, &mut underlying).and_then(|mut sizes| compute(&mut sizes));
        if cut { Err(Stop::Cut) } else { known(result) }
    }

    /// `unsafe.Offsetof(x.f)`: from the start of the struct that x is, through embedded structs but no pointers.
    fn offset_of(&mut self, selector: At<'a>) -> Answer<u64> {
        if !matches!(selector.kind(), kind::SELECTOR_EXPRESSION | kind::QUALIFIED_TYPE) {
            return Err(Stop::Unknown);
        }
        let (operand, member) = self.select_from(selector)?;
        let (Operand::Value(mut ty), MemberKind::Field(_)) = (operand, &member.kind) else { return Err(Stop::Unknown) };
        if let TypeKind::Pointer(to) = self.underlying(&ty)?.kind() {
            ty = to.clone();
        }
        let mut offset = 0u64;
        let path: Vec<Object> = member.path.iter().cloned().chain([member.object]).collect();
        for field in path {
            let shape = self.underlying(&ty)?;
            let TypeKind::Struct(fields) = shape.kind() else { return Err(Stop::Unknown) };
            let index = known(fields.iter().position(|f| f.object == field))?;
            let step = self.with_sizes(|sizes| sizes.field_offset(&shape, index))?;
            offset = known(offset.checked_add(step))?;
            ty = known(fields[index].ty.clone())?;
        }
        Ok(offset)
    }
}
