//! What an address or offset expression is the sum of: base pointers, `unsafe.Offsetof` terms and other terms, through
//! conversions, constants and variables that are assigned once. It never judges the sum.

use golint_sdk::prelude::*;

use crate::conversion::{arguments, binary, conversion, is_integer, is_unsafe_pointer, unary};
use crate::variable::{constant_value, parts_at};
use crate::view::{Amounts, View};

/// Names are followed this far.
const MAX_DEPTH: u32 = 12;
/// Sums of more terms are not followed.
const MAX_TERMS: usize = 64;

/// A sum.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum<'f> {
    /// The pointers in it.
    pub(crate) bases: Vec<Base<'f>>,
    /// Everything else.
    pub(crate) terms: Vec<Term<'f>>,
    /// Something was left out: the sum is longer or deeper than what is followed.
    pub(crate) cut: bool,
}

/// A pointer in a sum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base<'f> {
    /// The expression: typed as a pointer, or an `unsafe.Pointer` of unknown origin.
    pub(crate) pointer: Node<'f>,
    /// What it points to; none where that is unknown.
    pub(crate) pointee: Option<Type<'f>>,
    /// It is subtracted.
    pub(crate) negative: bool,
    /// It is a pointer in the expression itself, not in the value of a variable that holds a number.
    pub(crate) direct: bool,
}

/// What a term is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TermKind<'f> {
    /// `unsafe.Offsetof(selector)`.
    Offsetof {
        /// The argument.
        selector: Node<'f>,
    },
    /// Another constant.
    Constant,
    /// Something that isn't known.
    Other,
}

/// A term that is no pointer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term<'f> {
    pub(crate) kind: TermKind<'f>,
    /// The expression.
    pub(crate) node: Node<'f>,
    /// Where it is added: the expression itself, or the name that stands for it.
    pub(crate) at: Node<'f>,
    /// It is subtracted.
    pub(crate) negative: bool,
}

impl<'f> Sum<'f> {
    /// The only base, if there is one, it isn't subtracted, and nothing was left out.
    pub(crate) fn base(&self) -> Option<Base<'f>> {
        match self.bases[..] {
            [base] if !base.negative && !self.cut => Some(base),
            _ => None,
        }
    }

    /// The offsets of fields.
    pub(crate) fn offsets(&self) -> impl Iterator<Item = (Term<'f>, Node<'f>)> {
        self.terms.iter().filter_map(|term| match term.kind {
            TermKind::Offsetof { selector } => Some((*term, selector)),
            _ => None,
        })
    }

    /// Is there an offset of a field?
    pub(crate) fn has_offset(&self) -> bool {
        self.offsets().next().is_some()
    }

    /// What is added to the base, in bytes, on the platforms on which all terms are known constants.
    pub(crate) fn displacement(&self, view: &View<'f>) -> Amounts {
        let mut total: Amounts = view.on.iter().map(|platform| (platform, 0)).collect();
        for term in &self.terms {
            let values = view.integers(term.node);
            total = total
                .into_iter()
                .filter_map(|(platform, sum)| {
                    let value = *values.get(&platform)?;
                    let sum = if term.negative { sum.checked_sub(value) } else { sum.checked_add(value) };
                    Some((platform, sum?))
                })
                .collect();
        }
        total
    }
}

/// Takes the expression apart.
pub(crate) fn sum_of<'f>(view: &View<'f>, expression: Node<'f>) -> Sum<'f> {
    sum_at_depth(view, &[(expression, false)], MAX_DEPTH)
}

fn sum_at_depth<'f>(view: &View<'f>, parts: &[(Node<'f>, bool)], depth: u32) -> Sum<'f> {
    let mut sum = Sum::default();
    let mut pending: Vec<_> = parts.iter().rev().copied().collect();
    while let Some((node, negative)) = pending.pop() {
        if !view.step() || sum.terms.len() > MAX_TERMS {
            sum.cut = true;
            break;
        }
        let node = node.unparenthesized();
        match node.kind() {
            kind::BINARY_EXPRESSION => match binary(node) {
                Some((kind::PLUS, left, right)) => pending.extend([(right, negative), (left, negative)]),
                Some((kind::MINUS, left, right)) => pending.extend([(right, !negative), (left, negative)]),
                _ => sum.take(view, node, negative),
            },
            kind::UNARY_EXPRESSION => match unary(node) {
                Some((kind::PLUS, operand)) => pending.push((operand, negative)),
                Some((kind::MINUS, operand)) => pending.push((operand, !negative)),
                _ => sum.take(view, node, negative),
            },
            kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => {
                if let Some(selector) = argument_of_offsetof(view, node) {
                    sum.add(TermKind::Offsetof { selector }, node, negative);
                } else if let Some((pointer, offset)) = arguments_of_add(view, node) {
                    pending.extend([(offset, negative), (pointer, negative)]);
                } else if let Some(operand) = converted_to_number_or_pointer(view, node) {
                    pending.push((operand, negative));
                } else {
                    sum.take(view, node, negative);
                }
            }
            kind::IDENTIFIER => {
                let value = if depth > 0 { followed(view, node, depth) } else { None };
                match value {
                    Some(value) => sum.append(value, node, negative),
                    None => sum.take(view, node, negative),
                }
            }
            _ => sum.take(view, node, negative),
        }
    }
    sum
}

/// What the name of a constant or of a number or `unsafe.Pointer` that is assigned once stands for.
fn followed<'f>(view: &View<'f>, name: Node<'f>, depth: u32) -> Option<Sum<'f>> {
    let object = view.resolve(name)?;
    match object.kind()? {
        ObjectKind::Constant => {
            let value = sum_at_depth(view, &[(constant_value(object)?, false)], depth - 1);
            // Its parts matter only where they are offsets of fields; the model knows the value as a whole.
            (value.has_offset() && !value.cut).then_some(value)
        }
        ObjectKind::Variable => {
            let ty = view.type_of(name)?;
            if !is_integer(ty) && !is_unsafe_pointer(ty) {
                return None;
            }
            let mut value = sum_at_depth(view, &parts_at(object, name)?, depth - 1);
            value.bases.iter_mut().for_each(|base| base.direct &= is_unsafe_pointer(ty));
            Some(value)
        }
        _ => None,
    }
}

impl<'f> Sum<'f> {
    fn add(&mut self, kind: TermKind<'f>, node: Node<'f>, negative: bool) {
        self.terms.push(Term { kind, node, at: node, negative });
    }

    /// Adds an expression that can't be taken apart.
    fn take(&mut self, view: &View<'f>, node: Node<'f>, negative: bool) {
        let ty = view.type_of(node);
        let pointee = ty.and_then(Type::pointee);
        if pointee.is_some() || ty.is_some_and(is_unsafe_pointer) {
            self.bases.push(Base { pointer: node, pointee, negative, direct: true });
        } else if view.integers(node).is_empty() {
            self.add(TermKind::Other, node, negative);
        } else {
            self.add(TermKind::Constant, node, negative);
        }
    }

    /// Adds what a name stands for.
    fn append(&mut self, value: Sum<'f>, name: Node<'f>, negative: bool) {
        let is_address = !value.bases.is_empty();
        self.cut |= value.cut;
        self.bases.extend(value.bases.into_iter().map(|base| Base { negative: base.negative != negative, ..base }));
        self.terms.extend(value.terms.into_iter().map(|term| Term {
            at: if is_address { term.at } else { name },
            negative: term.negative != negative,
            ..term
        }));
    }
}

/// The selector of `unsafe.Offsetof(selector)`.
pub(crate) fn argument_of_offsetof<'f>(view: &View<'f>, call: Node<'f>) -> Option<Node<'f>> {
    let callee = call.child(field::FUNCTION)?.unparenthesized();
    // Asking for the spelling first saves the question what it stands for; no import renames it.
    if !callee.bytes().ends_with(b"Offsetof") || view.name_of(callee)? != "unsafe.Offsetof" {
        return None;
    }
    let [selector] = arguments(call)?[..] else { return None };
    Some(selector.unparenthesized()).filter(|s| s.is(kind::SELECTOR_EXPRESSION))
}

/// The arguments of `unsafe.Add(pointer, offset)`.
pub(crate) fn arguments_of_add<'f>(view: &View<'f>, call: Node<'f>) -> Option<(Node<'f>, Node<'f>)> {
    let callee = call.child(field::FUNCTION)?.unparenthesized();
    if !callee.bytes().ends_with(b"Add") || view.name_of(callee)? != "unsafe.Add" {
        return None;
    }
    let [pointer, offset] = arguments(call)?[..] else { return None };
    Some((pointer, offset))
}

/// The operand of a conversion that keeps an address or offset what it is: to an integer of enough bits or to
/// `unsafe.Pointer`.
fn converted_to_number_or_pointer<'f>(view: &View<'f>, node: Node<'f>) -> Option<Node<'f>> {
    let conversion = conversion(view, node)?;
    (is_integer(conversion.to) || is_unsafe_pointer(conversion.to)).then_some(conversion.operand)
}
