//! Follows one value from expression to expression: into variables, composite literals, conversions and literals that are
//! called at once, until it goes out of sight or leaves the iteration. It never says when that is too late.

use std::collections::HashSet;

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee::{self, Callee};
use super::control_flow::{function_around, is_function};
use super::escape::{Escape, Escapes, Fate, Way};
use super::path::{self, Path};
use super::{keepers, subtests};

/// What is followed: an expression that holds the literal or the address.
pub(super) struct Carrier<'f> {
    expression: Node<'f>,
    /// Where in the expression's value it is.
    path: Path,
}

/// The ways of one value.
pub(super) struct Trail<'a, 'f> {
    escapes: &'a Escapes<'f>,
    literal: Option<Node<'f>>,
    depth: u32,
    pub(super) fate: Fate<'f>,
    open: Vec<Carrier<'f>>,
    /// Variables that were seen to hold it, with the path, so that cycles end.
    held: HashSet<(Node<'f>, Path)>,
}

impl<'a, 'f> Trail<'a, 'f> {
    /// Of the value of this expression: the literal, or an address.
    pub(super) fn new(escapes: &'a Escapes<'f>, expression: Node<'f>, literal: Option<Node<'f>>, depth: u32) -> Self {
        Trail {
            escapes,
            literal,
            depth,
            fate: Fate::default(),
            open: vec![Carrier { expression, path: Path::default() }],
            held: HashSet::new(),
        }
    }

    /// What is to be followed next.
    pub(super) fn next(&mut self) -> Option<Carrier<'f>> {
        self.open.pop()
    }

    fn body(&self) -> Node<'f> {
        self.escapes.body
    }

    /// One carrier, upwards from its expression until it goes somewhere.
    pub(super) fn follow(&mut self, carrier: Carrier<'f>) {
        let Carrier { mut expression, mut path } = carrier;
        while let Some(parent) = expression.parent() {
            let field = expression.field();
            match parent.kind() {
                kind::PARENTHESIZED_EXPRESSION => {}
                kind::LITERAL_ELEMENT | kind::KEYED_ELEMENT | kind::LITERAL_VALUE => {
                    match path::into_composite(expression, path) {
                        Some((literal, whole)) => (expression, path) = (literal, whole),
                        None => return,
                    }
                    continue;
                }
                kind::UNARY_EXPRESSION => {
                    if !access::is_unary(parent, kind::AMPERSAND) {
                        return;
                    }
                }
                kind::SLICE_EXPRESSION if field == field::OPERAND => {}
                kind::TYPE_ASSERTION_EXPRESSION if field == field::OPERAND => {}
                kind::TYPE_CONVERSION_EXPRESSION if callee::reads_through(parent) => return,
                kind::TYPE_CONVERSION_EXPRESSION => match callee::callee(parent) {
                    Callee::Conversion => {}
                    // A call: `f[T](x)`, `fs[i](x)`.
                    _ => {
                        let statement = parent.parent();
                        self.fate.is_lost |= !statement.is_some_and(|s| self.started(s, parent, expression));
                        return;
                    }
                },
                kind::SELECTOR_EXPRESSION if field == field::OPERAND => {
                    match path::select(parent, path, self.literal.is_none()) {
                        Some(rest) => path = rest,
                        None => return,
                    }
                }
                // `m[&v] = x`: a key is kept as an element is.
                kind::INDEX_EXPRESSION if field == field::INDEX => {
                    if let Some(statement) = parent.ancestors().find(|n| is_writing(*n))
                        && access::is_written(parent)
                    {
                        self.assigned(parent.unparenthesized(), statement, expression, &path);
                    }
                    return;
                }
                kind::INDEX_EXPRESSION if field == field::OPERAND => match path.element() {
                    Some(rest) => path = rest,
                    None => return,
                },
                kind::VARIADIC_ARGUMENT => match path.element() {
                    Some(rest) => path = rest,
                    None => return,
                },
                kind::CALL_EXPRESSION if field == field::FUNCTION => return self.called(expression, parent),
                kind::ARGUMENT_LIST => match self.handed_over(expression, parent, path) {
                    Some((call, rest)) => {
                        (expression, path) = (call, rest);
                        continue;
                    }
                    None => return,
                },
                kind::EXPRESSION_LIST => match returned_by_call(expression, parent) {
                    Some(call) => {
                        expression = call;
                        continue;
                    }
                    None => return self.listed(expression, parent, &path),
                },
                kind::SEND_STATEMENT if field == field::VALUE => return self.sent(parent),
                kind::RANGE_CLAUSE if field == field::RIGHT => return self.ranged(parent, &path),
                _ => return,
            }
            expression = parent;
        }
    }

    fn escape(&mut self, way: Way<'f>, at: Node<'f>, run: Option<Node<'f>>, via: Node<'f>) {
        self.fate.escapes.push(Escape { way, at, run, via, is_unsure: false });
    }

    /// `expression(…)`.
    fn called(&mut self, expression: Node<'f>, call: Node<'f>) {
        if let Some(statement) = call.parent() {
            self.started(statement, call, expression);
        }
    }

    /// A call in a go or defer statement takes what it is given with it. True if it is one.
    fn started(&mut self, statement: Node<'f>, call: Node<'f>, carrier: Node<'f>) -> bool {
        let way = match statement.kind() {
            kind::GO_STATEMENT => Way::Go,
            kind::DEFER_STATEMENT => Way::Defer,
            _ => return false,
        };
        // The defers of a literal inside of the body run when that literal ends.
        let outlives = function_around(statement).is_none_or(|function| !self.body().contains(function));
        if matches!(way, Way::Go) || outlives {
            let (run, via) = started_literal(call, carrier).unwrap_or((self.literal.unwrap_or(call), carrier));
            self.escape(way, statement, Some(run), via);
        }
        true
    }

    /// `f(…, expression, …)`: answers the call if its value holds what is followed.
    fn handed_over(&mut self, argument: Node<'f>, list: Node<'f>, path: Path) -> Option<(Node<'f>, Path)> {
        let call = list.parent()?;
        let position = list.named_children().position(|n| n == argument)?;
        if call.parent().is_some_and(|statement| self.started(statement, call, argument)) {
            return None;
        }
        match callee::callee(call) {
            Callee::Builtin(name) if name == "append" => {
                let path = if position == 0 { path } else { path.in_element() };
                return Some((call, path));
            }
            Callee::Builtin(_) => {}
            Callee::Conversion => return Some((call, path)),
            Callee::Literal(literal) => self.bound(literal, position, &path),
            Callee::Function(_) | Callee::Method(..) | Callee::Unknown => self.kept(call, position, argument, &path),
        }
        None
    }

    fn kept(&mut self, call: Node<'f>, position: usize, argument: Node<'f>, path: &Path) {
        let run = Some(self.literal.unwrap_or(call));
        if let Some(keeper) = keepers::keeper_of(call, position, self.body()) {
            self.escape(Way::Kept(keeper), call, run, argument);
            return;
        }
        if let (Some(literal), true, Some(receiver)) =
            (self.literal, path.is_whole() && position == 1, keepers::testing_call(call, "Run"))
        {
            // A parallel subtest runs on when its parent does; a parent inside of the body waits for it.
            let outlives = Access::of(receiver).is_some_and(|a| !access::is_declared_in(a.root, self.body()));
            if let (true, Some(parallel)) = (outlives, subtests::parallel_call(literal)) {
                self.escape(Way::Parallel(parallel), call, run, argument);
            }
            return;
        }
        let finishes = matches!(callee::callee(call), Callee::Function(name) if subtests::waits_for_all(&name));
        self.fate.is_lost |= !finishes;
    }

    /// The argument of a literal that is called at once is held by its parameter.
    fn bound(&mut self, literal: Node<'f>, position: usize, path: &Path) {
        let Some(name) = path::parameter(literal, position) else { return };
        if let Some(object) = name.resolve() {
            self.hold(object, path);
        }
    }

    /// `a, b = x, y`, `a := x`, `var a = x`, `return x`.
    fn listed(&mut self, expression: Node<'f>, list: Node<'f>, path: &Path) {
        let Some((statement, target)) = list.parent().zip(access::target_of(expression)) else { return };
        // `s += x` does not keep x; `x, ok := …` is not followed.
        let left = statement.child(field::LEFT).map(|left| left.named_children().count());
        let targets = left.unwrap_or_else(|| statement.children_of(field::NAME).count());
        let computes = statement.child(field::OPERATOR).is_some_and(|o| !o.is(kind::ASSIGN));
        if !computes && targets == list.named_children().count() {
            self.assigned(target, statement, expression, path);
        }
    }

    fn assigned(&mut self, target: Node<'f>, statement: Node<'f>, value: Node<'f>, path: &Path) {
        if target.bytes() == b"_" {
            return;
        }
        let Some(Access { root, .. }) = Access::of(target) else { return };
        if self.is_kept_inside(root, target) {
            self.hold(root, &path::into_target(target, path));
            return;
        }
        let adds = is_append_to(value, target);
        self.escape(Way::Stored(target, adds), statement, self.literal, value);
    }

    /// Is what the target stands for gone with the iteration? A variable of the body is, and what lies inside of it;
    /// what such a variable points to is, unless it is known to point elsewhere.
    fn is_kept_inside(&self, root: Object<'f>, target: Node<'f>) -> bool {
        let is_local = access::is_declared_in(root, self.body());
        let is_itself = target.is(kind::IDENTIFIER);
        if is_itself || !points_elsewhere(root, self.body()) {
            return is_local || self.is_value_of_loop(root);
        }
        false
    }

    /// The loop's own variable: what is stored in it is overwritten by the next iteration.
    fn is_value_of_loop(&self, root: Object<'f>) -> bool {
        let Some(statement) = self.body().parent() else { return false };
        access::is_declared_in(root, statement)
    }

    fn sent(&mut self, statement: Node<'f>) {
        let Some(channel) = statement.child(field::CHANNEL).and_then(Access::of) else { return };
        if !access::is_declared_in(channel.root, self.body()) {
            let via = statement.child(field::VALUE).unwrap_or(statement);
            self.escape(Way::Sent, statement, self.literal, via);
        }
    }

    /// `for _, f := range []func(){…}` in the body.
    fn ranged(&mut self, clause: Node<'f>, path: &Path) {
        let Some(rest) = path.clone().element() else { return };
        let value = clause.child(field::LEFT).and_then(|left| left.named_children().nth(1));
        if let Some(object) = value.and_then(Node::resolve) {
            self.hold(object, &rest);
        }
    }

    /// A variable of the iteration holds it: whatever the variable is used for.
    fn hold(&mut self, object: Object<'f>, path: &Path) {
        let Some(declaration) = object.declaration() else { return };
        if !self.held.insert((declaration, path.clone())) {
            return;
        }
        for reference in object.references().unwrap_or_default() {
            let is_read = self.body().contains(reference) && reference != declaration;
            if !is_read || access::is_overwritten(reference) || !path::reads(reference, path) {
                continue;
            }
            // Seen from inside, a literal that holds itself is no way out.
            if self.literal.is_some_and(|literal| literal.contains(reference)) {
                continue;
            }
            self.fate.escapes.extend(self.escapes.around(reference, self.depth + 1));
            self.open.push(Carrier { expression: reference, path: path.clone() });
        }
    }
}

/// `go func(p *T) { … }(carrier)`: the literal that runs, and the last place in it where the parameter is used.
fn started_literal<'f>(call: Node<'f>, carrier: Node<'f>) -> Option<(Node<'f>, Node<'f>)> {
    let literal = call.child(field::FUNCTION)?.unparenthesized();
    let list = call.child(field::ARGUMENTS)?;
    let position = list.named_children().position(|n| n == carrier)?;
    if !literal.is(kind::FUNC_LITERAL) {
        return None;
    }
    let name = path::parameter(literal, position)?;
    let references = name.resolve()?.references()?;
    Some((literal, references.into_iter().rfind(|n| *n != name).unwrap_or(name)))
}

fn is_writing(statement: Node<'_>) -> bool {
    matches!(statement.kind(), kind::ASSIGNMENT_STATEMENT | kind::INC_STATEMENT | kind::DEC_STATEMENT)
}

/// The call of the literal that returns this expression as its only result, if it is called where it stands.
fn returned_by_call<'f>(expression: Node<'f>, list: Node<'f>) -> Option<Node<'f>> {
    let statement = list.parent().filter(|s| s.is(kind::RETURN_STATEMENT) && list.named_children().count() == 1)?;
    let literal = function_around(statement).filter(|f| f.is(kind::FUNC_LITERAL) && f.contains(expression))?;
    let outer = access::parenthesized(literal);
    let call = outer.parent().filter(|p| p.is(kind::CALL_EXPRESSION) && outer.field() == field::FUNCTION)?;
    (!call.parent().is_some_and(access::is_go_or_defer)).then_some(call)
}

/// Is the value `append(target, …)`, so that what was stored before stays?
fn is_append_to<'f>(value: Node<'f>, target: Node<'f>) -> bool {
    let value = value.unparenthesized();
    if !callee::is_builtin_call(value, "append") {
        return false;
    }
    let first = callee::arguments(value).first().copied().map(Node::unparenthesized);
    first.is_some_and(|first| !first.is(kind::SLICE_EXPRESSION) && Access::of(first) == Access::of(target))
}

/// Does the variable, as far as its declaration tells, point or refer to something that was there before the
/// iteration: `x := &items[i]`, a pointer among the loop's own values?
fn points_elsewhere<'f>(root: Object<'f>, body: Node<'f>) -> bool {
    let Some(statement) = body.parent() else { return false };
    let Some(declaration) = root.declaration() else { return true };
    if !statement.contains(declaration) {
        return true;
    }
    let refers = |ty: Type<'f>| {
        let ty = ty.underlying().unwrap_or(ty);
        matches!(ty.kind().as_str(), "pointer" | "map" | "slice")
    };
    let is_reference = root.type_of().is_some_and(refers);
    if !is_reference {
        return false;
    }
    let mut list = declaration.ancestors().take_while(|n| !is_function(*n) && *n != statement);
    if let Some(clause) = list.find(|n| n.is(kind::RANGE_CLAUSE)) {
        let ranged = clause.child(field::RIGHT).and_then(Access::of);
        return ranged.is_some_and(|a| !access::is_declared_in(a.root, statement));
    }
    let Some((value, _)) = callee::initial_value(root) else { return false };
    let is_path = matches!(value.kind(), kind::INDEX_EXPRESSION | kind::SELECTOR_EXPRESSION | kind::UNARY_EXPRESSION);
    is_path && Access::of(value).is_some_and(|a| !access::is_declared_in(a.root, body))
}
