//! Binary operators. A chain of them (`a + b + c + …`) leans to the left and may have any length: it is walked, not
//! descended, and of a long one what every part comes to is kept, so that asking about each part stays cheap.
//!
//! Source: the Go specification, "Operators", "Constant expressions".

use std::sync::Arc;

use golint_tree::{Kind, field, kind};

use super::names::skip_parentheses;
use super::{Answer, At, Evaluation, Frame, MAX_DEPTH, Operand, Stop, known, tolerate};
use crate::dependency::Trace;
use crate::memory::{Constant, Entry, Finding, Key, Outcome};
use crate::object::Place;
use crate::types::{Basic, Type};

/// Shorter chains are evaluated again each time.
const MIN_KEPT: usize = 16;

/// What a chain is evaluated to.
trait Chained: Clone {
    fn key(place: Place, iota: Option<u64>) -> Key;
    fn into_outcome(self) -> Outcome;
    fn from_outcome(outcome: Outcome) -> Option<Self>;
    /// The chain begins with this node, whatever stands on its left.
    fn begins(at: At<'_>) -> bool;
    fn begin<'a>(e: &mut Evaluation<'a>, at: At<'a>) -> Answer<Self>;
    /// Applies the node's operator to what stands on its left, which may be unknown.
    fn combine<'a>(e: &mut Evaluation<'a>, left: Option<Self>, node: At<'a>) -> Answer<Self>;
}

impl Chained for Type {
    fn key(place: Place, iota: Option<u64>) -> Key {
        Key::ChainType(place, iota)
    }

    fn into_outcome(self) -> Outcome {
        Outcome::Type(self)
    }

    fn from_outcome(outcome: Outcome) -> Option<Type> {
        match outcome {
            Outcome::Type(ty) => Some(ty),
            _ => None,
        }
    }

    fn begins(at: At<'_>) -> bool {
        at.kind() != kind::BINARY_EXPRESSION || at.child(field::OPERATOR).is_some_and(|o| is_comparison(o.kind()))
    }

    fn begin<'a>(e: &mut Evaluation<'a>, at: At<'a>) -> Answer<Type> {
        if at.kind() == kind::BINARY_EXPRESSION { Ok(Type::basic(Basic::UntypedBool)) } else { e.value_type(at) }
    }

    fn combine<'a>(e: &mut Evaluation<'a>, left: Option<Type>, node: At<'a>) -> Answer<Type> {
        let operator = known(node.child(field::OPERATOR))?.kind();
        let right = known(node.child(field::RIGHT))?;
        if matches!(operator, kind::SHIFT_LEFT | kind::SHIFT_RIGHT) {
            let left = known(left)?;
            // `1 << n` has the type that the context gives to 1.
            if left.is_untyped() {
                e.constant(right)?;
            }
            return Ok(match left.as_basic() {
                Some(Basic::UntypedFloat | Basic::UntypedComplex) => Type::basic(Basic::UntypedInt),
                _ => left,
            });
        }
        // Both operands have the same type, unless one is an untyped constant.
        let basic = match left {
            Some(left) if !left.is_untyped() => return Ok(left),
            left => left.and_then(|l| l.as_basic()),
        };
        let other = e.value_type(right)?;
        match (basic, other.as_basic()) {
            (Some(a), Some(b)) if b.is_untyped() => known(larger_kind(a, b).map(Type::basic)),
            (None, Some(b)) if b.is_untyped() => Err(Stop::Unknown),
            _ => Ok(other),
        }
    }
}

impl Chained for Constant {
    fn key(place: Place, iota: Option<u64>) -> Key {
        Key::ChainConstant(place, iota)
    }

    fn into_outcome(self) -> Outcome {
        Outcome::Constant(self)
    }

    fn from_outcome(outcome: Outcome) -> Option<Constant> {
        match outcome {
            Outcome::Constant(constant) => Some(constant),
            _ => None,
        }
    }

    fn begins(at: At<'_>) -> bool {
        at.kind() != kind::BINARY_EXPRESSION
    }

    fn begin<'a>(e: &mut Evaluation<'a>, at: At<'a>) -> Answer<Constant> {
        e.constant(at)
    }

    fn combine<'a>(e: &mut Evaluation<'a>, left: Option<Constant>, node: At<'a>) -> Answer<Constant> {
        let left = known(left)?;
        let operator = known(node.child(field::OPERATOR))?.kind();
        let right = e.constant(known(node.child(field::RIGHT))?)?;
        if matches!(operator, kind::SHIFT_LEFT | kind::SHIFT_RIGHT) {
            // An untyped operand of another kind is an integer if its value is one.
            let (value, basic) = match left.basic {
                Basic::UntypedFloat | Basic::UntypedComplex => {
                    (known(left.value.represent(Basic::UntypedInt, 8))?, Basic::UntypedInt)
                }
                basic if basic.is_integer() => (left.value, basic),
                _ => return Err(Stop::Unknown),
            };
            let count = known(right.value.represent(Basic::UntypedInt, 8))?;
            return e.fitting(value.shift(operator, &count), basic);
        }
        let basic = match (left.basic.is_untyped(), right.basic.is_untyped()) {
            (true, true) => known(larger_kind(left.basic, right.basic))?,
            (true, false) => right.basic,
            (false, true) => left.basic,
            (false, false) if left.basic == right.basic => left.basic,
            (false, false) => return Err(Stop::Unknown),
        };
        let pointer_size = e.pointer_size_for(basic);
        let left = known(left.value.represent(basic, pointer_size))?;
        let right = known(right.value.represent(basic, pointer_size))?;
        let value = left.binary(operator, &right);
        if is_comparison(operator) {
            Ok(Constant { value: known(value)?, basic: Basic::UntypedBool })
        } else {
            e.fitting(value, basic)
        }
    }
}

impl<'a> Evaluation<'a> {
    pub(super) fn operand_binary(&mut self, at: At<'a>) -> Answer<Operand> {
        self.chain(at).map(Operand::Value)
    }

    pub(super) fn constant_binary(&mut self, at: At<'a>) -> Answer<Constant> {
        self.chain(at)
    }

    fn chain<T: Chained>(&mut self, at: At<'a>) -> Answer<T> {
        // `new(a > b)`, which the grammar does not know, is taken for a comparison of something broken.
        if at.tree.has_error(at.node) {
            return Err(Stop::Unknown);
        }
        let outer = std::mem::replace(&mut self.frame, Frame::new(self.depth));
        let answer = self.walk_chain(at);
        let mut inner = std::mem::replace(&mut self.frame, outer);
        self.frame.valid &= inner.valid;
        self.frame.deepest = self.frame.deepest.max(inner.deepest);
        self.frame.trace.lookups.append(&mut inner.trace.lookups);
        self.frame.trace.used.append(&mut inner.trace.used);
        known(answer?)
    }

    /// None: unknown.
    fn walk_chain<T: Chained>(&mut self, at: At<'a>) -> Answer<Option<T>> {
        // What is kept here has no trace, which the file's own record has already. It is not for computations whose
        // answers other files get.
        let may_keep = self.shared == 0;
        let (mut nodes, mut leftmost, mut kept) = (Vec::new(), at, None);
        while !T::begins(leftmost) {
            if may_keep
                && let Some(entry) = self.checked.memory.get(&T::key(self.place_of(leftmost), self.iota), self.platform)
            {
                let deepest = self.depth.saturating_add(entry.height);
                if deepest > MAX_DEPTH {
                    return Err(Stop::Cut);
                }
                self.frame.valid &= entry.on;
                self.frame.deepest = self.frame.deepest.max(deepest);
                kept = Some(match entry.finding {
                    Finding::Answer(outcome) => T::from_outcome(outcome),
                    _ => None,
                });
                break;
            }
            nodes.push(leftmost);
            leftmost = skip_parentheses(known(leftmost.child(field::LEFT))?);
        }
        let mut left = match kept {
            Some(left) => left,
            None => tolerate(T::begin(self, leftmost))?,
        };
        let keep = may_keep && nodes.len() >= MIN_KEPT;
        while let Some(node) = nodes.pop() {
            left = tolerate(T::combine(self, left, node))?;
            if keep {
                let finding = left.clone().map_or(Finding::Unknown, |l| Finding::Answer(l.into_outcome()));
                let on = self.frame.valid | golint_project::PlatformSet::single(self.platform);
                let height = self.frame.deepest - self.depth;
                let entry = Entry { on, finding, height, trace: Arc::new(Trace::default()) };
                self.checked.memory.insert(T::key(self.place_of(node), self.iota), self.platform, entry);
            }
        }
        Ok(left)
    }
}

pub(super) fn is_comparison(operator: Kind) -> bool {
    matches!(
        operator,
        kind::EQUAL | kind::NOT_EQUAL | kind::LESS | kind::LESS_EQUAL | kind::GREATER | kind::GREATER_EQUAL
    )
}

/// The kind of an operation on untyped constants: the one that comes later in the order integer, rune, float, complex.
pub(super) fn larger_kind(a: Basic, b: Basic) -> Option<Basic> {
    let rank = |basic| match basic {
        Basic::UntypedInt => Some(0),
        Basic::UntypedRune => Some(1),
        Basic::UntypedFloat => Some(2),
        Basic::UntypedComplex => Some(3),
        _ => None,
    };
    match (rank(a), rank(b)) {
        (Some(x), Some(y)) => Some(if x < y { b } else { a }),
        _ if a == b => Some(a),
        _ => None,
    }
}
