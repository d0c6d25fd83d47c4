//! The functions behind calls, as far as this file shows their bodies, and what their parameters stand for in one call.
//! It never guesses: what is given from elsewhere, or stands in another file, is said to be so.

use std::cell::RefCell;

use golint_sdk::prelude::*;

use super::access::Access;
use super::callee::{self, Callee};
use super::control_flow::Accesses;
use super::path;

/// Functions are entered this deep.
const MAX_DEPTH: usize = 4;

/// The calls by which a look into functions got to where it is, outermost first: each function with its call.
pub(super) struct Frames<'f> {
    open: RefCell<Vec<(Node<'f>, Node<'f>)>>,
    accesses: Accesses<'f>,
}

impl<'f> Frames<'f> {
    /// Outside of any.
    pub(super) fn new(accesses: Accesses<'f>) -> Self {
        Frames { open: RefCell::default(), accesses }
    }

    /// What the expression reaches, with parameters replaced by what the calls gave for them.
    pub(super) fn reach(&self, expression: Node<'f>) -> Option<Access<'f>> {
        let known = self.accesses.borrow().get(&expression).cloned();
        let mut access = match known {
            Some(known) => known?,
            None => {
                let access = Access::of(expression);
                self.accesses.borrow_mut().insert(expression, access.clone());
                access?
            }
        };
        for (function, call) in self.open.borrow().iter().rev() {
            access = outside(*function, *call, access)?;
        }
        Some(access)
    }

    /// Looks at the function as one that this call calls.
    pub(super) fn inside<T>(&self, function: Node<'f>, call: Node<'f>, look: impl FnOnce() -> T) -> T {
        self.open.borrow_mut().push((function, call));
        let seen = look();
        self.open.borrow_mut().pop();
        seen
    }

    /// Is this function being looked at already?
    pub(super) fn is_open(&self, function: Node<'f>) -> bool {
        self.open.borrow().iter().any(|(open, _)| *open == function)
    }

    /// Is the function that the loop stands in what is being looked at, and no other?
    pub(super) fn is_empty(&self) -> bool {
        self.open.borrow().is_empty()
    }

    /// Is this as deep as it goes?
    pub(super) fn is_full(&self) -> bool {
        self.open.borrow().len() >= MAX_DEPTH
    }
}

/// What a function that is not shown may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unseen<'f> {
    /// A function value: the variable that it is read from, or from a field of which.
    Given(Object<'f>),
    /// A function of the package, in another file.
    InPackage,
}

impl Unseen<'_> {
    /// Can the function know this variable? What a function is given was made before its own variables were, and what it
    /// got from a call before those that follow.
    pub(super) fn knows(self, variable: Object<'_>) -> bool {
        let comes_from_outside =
            |o: Object<'_>| ["parameter", "receiver", "package-level"].iter().any(|property| o.is(property));
        let place = |o: Object<'_>| o.declaration().map(Node::start);
        match self {
            Unseen::Given(object) if !comes_from_outside(object) => {
                // The result of a call that came before the variable, and stayed.
                !callee::is_only_result(object) || place(variable) <= place(object)
            }
            Unseen::Given(_) => comes_from_outside(variable),
            Unseen::InPackage => variable.is("package-level"),
        }
    }
}

/// The literal, function or method of this file that is called.
pub(super) fn shown<'f>(call: Node<'f>, callee: &Callee<'f>) -> Option<Node<'f>> {
    let name = match callee {
        Callee::Literal(literal) => return Some(*literal),
        Callee::Method(_, name) => *name,
        Callee::Function(_) | Callee::Unknown => {
            Some(call.child(field::FUNCTION)?.unparenthesized()).filter(|f| f.is(kind::IDENTIFIER))?
        }
        Callee::Builtin(_) | Callee::Conversion => return None,
    };
    let function = name.resolve().filter(|o| o.kind() == Some(ObjectKind::Function))?.declaration()?.parent()?;
    let is_declaration = matches!(function.kind(), kind::FUNCTION_DECLARATION | kind::METHOD_DECLARATION);
    (is_declaration && function.child(field::BODY).is_some()).then_some(function)
}

/// What is called, if its body is out of sight but may work on the same variables all the same. Methods are not: they
/// are judged by their receivers.
pub(super) fn unseen<'f>(call: Node<'f>, callee: &Callee<'f>) -> Option<Unseen<'f>> {
    if shown(call, callee).is_some() {
        return None;
    }
    let is_variable = |o: &Object<'f>| o.kind() == Some(ObjectKind::Variable);
    match callee {
        Callee::Method(operand, name) => {
            name.resolve().filter(is_variable)?;
            Some(Unseen::Given(Access::of(*operand)?.root))
        }
        Callee::Function(_) | Callee::Unknown => {
            let function = call.child(field::FUNCTION)?.unparenthesized();
            let object = function.is(kind::IDENTIFIER).then(|| function.resolve()).flatten()?;
            match object.kind() {
                Some(ObjectKind::Variable) => Some(Unseen::Given(object)),
                Some(ObjectKind::Function) => Some(Unseen::InPackage),
                _ => None,
            }
        }
        Callee::Literal(_) | Callee::Builtin(_) | Callee::Conversion => None,
    }
}

/// What something inside of the function reaches, seen from its call: none where a parameter was given what is no
/// variable.
pub(super) fn outside<'f>(function: Node<'f>, call: Node<'f>, access: Access<'f>) -> Option<Access<'f>> {
    let Some(declaration) = access.root.declaration().filter(|d| function.contains(*d)) else { return Some(access) };
    let given = if receiver(function) == Some(declaration) {
        match callee::callee_through_variable(call) {
            Callee::Method(operand, _) => Some(operand),
            _ => None,
        }
    } else {
        let arguments = callee::arguments(call).into_iter().enumerate();
        arguments.into_iter().find_map(|(i, a)| (path::parameter(function, i) == Some(declaration)).then_some(a))
    };
    let Some(given) = given else { return Some(access) };
    let mut given = Access::of(given)?;
    given.steps.extend(access.steps);
    Some(given)
}

fn receiver(function: Node<'_>) -> Option<Node<'_>> {
    function.child(field::RECEIVER)?.named_children().next()?.child(field::NAME)
}
