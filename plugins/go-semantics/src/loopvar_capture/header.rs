//! A loop's header: which variables all its iterations share, and what changes them. It never looks at what the body
//! does with them beyond that.

use golint_sdk::prelude::*;

use super::access::{self, Access, is_unary, is_written};
use super::{address, callee, needles};

/// A for statement with a range clause, or with three clauses.
pub(super) struct Loop<'f> {
    /// The for statement.
    pub(super) statement: Node<'f>,
    /// Its block.
    pub(super) body: Node<'f>,
    header: Node<'f>,
}

/// A variable that all iterations of a loop share.
pub(super) struct Shared<'f> {
    /// The variable.
    pub(super) object: Object<'f>,
    /// Its name.
    pub(super) name: String,
    /// Where the header declares or assigns it.
    pub(super) at: Node<'f>,
    /// Declared by the loop, as opposed to only assigned.
    pub(super) is_declared: bool,
    /// All identifiers of the body that stand for it.
    pub(super) uses: Vec<Node<'f>>,
    /// What gives it another value.
    pub(super) changes: Changes<'f>,
}

/// What changes a shared variable from one iteration to the next.
pub(super) struct Changes<'f> {
    /// The header does, when the iteration begins: a range clause.
    pub(super) on_entry: bool,
    /// The header does, when the iteration ends: the post statement.
    pub(super) on_next: bool,
    /// Statements of the body and conditions.
    pub(super) in_body: Vec<Node<'f>>,
    /// Nothing that is seen, but its address is given away.
    pub(super) by_address_only: bool,
}

impl<'f> Loop<'f> {
    /// None for a loop with a condition only, and for what did not parse.
    pub(super) fn of(statement: Node<'f>) -> Option<Loop<'f>> {
        let header = statement.named_children().find(|n| matches!(n.kind(), kind::FOR_CLAUSE | kind::RANGE_CLAUSE))?;
        Some(Loop { statement, body: statement.child(field::BODY)?, header })
    }

    /// Does a range clause head it?
    pub(super) fn is_range(&self) -> bool {
        self.header.is(kind::RANGE_CLAUSE)
    }

    /// Does the node run in the last iteration only: behind `if i == len(s)-1`, where the loop ranges over `s`?
    pub(super) fn is_last_iteration(&self, node: Node<'f>) -> bool {
        let Some(ranged) = self.header.child(field::RIGHT).and_then(Access::of).filter(|_| self.is_range()) else {
            return false;
        };
        let ty = self.header.child(field::RIGHT).and_then(Node::type_of).and_then(Type::underlying);
        let is_indexed = ty.is_some_and(|ty| matches!(ty.kind().as_str(), "slice" | "array"));
        let key = self.header.child(field::LEFT).and_then(|left| left.named_children().next()).and_then(Node::resolve);
        let is_written = |object: Object<'f>| {
            object.references().is_none_or(|all| all.into_iter().any(|r| self.body.contains(r) && is_written(r)))
        };
        let Some(key) = key.filter(|key| is_indexed && !is_written(*key) && !is_written(ranged.root)) else {
            return false;
        };
        let is_last = |condition: Node<'f>| {
            let is_equal = condition.child(field::OPERATOR).is_some_and(|o| o.is(kind::EQUAL));
            let sides = || condition.named_children().map(Node::unparenthesized);
            let is_key = |n: Node<'f>| n.is(kind::IDENTIFIER) && n.resolve() == Some(key);
            is_equal && sides().any(is_key) && sides().any(|n| last_index_of(n).as_ref() == Some(&ranged))
        };
        let inside = node.ancestors().take_while(|n| *n != self.statement);
        inside.into_iter().filter(|n| n.field() == field::CONSEQUENCE).any(|block| {
            let condition = block.parent().and_then(|p| p.child(field::CONDITION));
            condition.is_some_and(|c| access::operands(c, kind::LOGICAL_AND).into_iter().any(is_last))
        })
    }

    /// The variables that all iterations share and that some iteration changes. `declared_are_shared`: those that the
    /// loop declares, too, as before Go 1.22.
    pub(super) fn shared(&self, declared_are_shared: bool) -> Vec<Shared<'f>> {
        let mut names = self.named(declared_are_shared);
        names.retain(|(n, _)| !n.bytes().is_empty() && n.bytes() != b"_");
        if names.is_empty() || self.has_one_iteration() {
            return Vec::new();
        }
        let mentions = self.mentions(&names);
        names
            .into_iter()
            .enumerate()
            .filter(|(i, _)| mentions[*i].promising)
            .filter_map(|(i, (at, is_declared))| self.variable(at, is_declared, &mentions[i].uses))
            .collect()
    }

    /// The identifiers of the header that stand for variables, and whether the loop declares them.
    fn named(&self, declared_are_shared: bool) -> Vec<(Node<'f>, bool)> {
        let mut named: Vec<(Node<'f>, bool)> = Vec::new();
        let mut add = |list: Option<Node<'f>>, is_declared: bool, unless: &[Node<'f>]| {
            for node in list.into_iter().flat_map(Node::named_children).map(Node::unparenthesized) {
                let is_known = named.iter().map(|(n, _)| n).chain(unless).any(|other| other.bytes() == node.bytes());
                if node.is(kind::IDENTIFIER) && !is_known {
                    named.push((node, is_declared));
                }
            }
        };
        if self.is_range() {
            let is_declared = self.header.children().any(|n| n.is(kind::DEFINE));
            if is_declared && (!declared_are_shared || self.ranges_over_function()) {
                return named;
            }
            add(self.header.child(field::LEFT), is_declared, &[]);
            return named;
        }
        let initializer = self.header.child(field::INITIALIZER);
        if !declared_are_shared && !needles::cover(self.header) {
            return named;
        }
        let declaration = initializer.filter(|i| i.is(kind::SHORT_VAR_DECLARATION));
        let declared: Vec<_> = declaration
            .and_then(|d| d.child(field::LEFT))
            .into_iter()
            .flat_map(Node::named_children)
            .map(Node::unparenthesized)
            .collect();
        if declared_are_shared {
            add(declaration.and_then(|d| d.child(field::LEFT)), true, &[]);
        }
        for assigning in [initializer, self.header.child(field::UPDATE)].into_iter().flatten() {
            match assigning.kind() {
                kind::ASSIGNMENT_STATEMENT => add(assigning.child(field::LEFT), false, &declared),
                kind::INC_STATEMENT | kind::DEC_STATEMENT => add(Some(assigning), false, &declared),
                _ => {}
            }
        }
        named
    }

    /// Range over func calls the body with new variables each time.
    fn ranges_over_function(&self) -> bool {
        let ranged = self.header.child(field::RIGHT).and_then(Node::type_of).and_then(Type::underlying);
        ranged.is_some_and(|ty| ty.kind() == "signature")
    }

    /// `range []T{x}` and `range [1]T{x}`, and `range 1`.
    fn has_one_iteration(&self) -> bool {
        let Some(ranged) = self.header.child(field::RIGHT).map(Node::unparenthesized) else { return false };
        if !self.is_range() {
            return false;
        }
        match declared_list(ranged) {
            Some((list, value)) => is_single(value) && keeps_its_length(list),
            None if is_unary(ranged, kind::AMPERSAND) => {
                ranged.child(field::OPERAND).map(Node::unparenthesized).is_some_and(is_single)
            }
            None => is_single(ranged),
        }
    }

    /// One pass over the body: for each name the identifiers that read like it, and whether one of them stands where a
    /// capture is possible at all. Nothing is resolved yet.
    fn mentions(&self, names: &[(Node<'f>, bool)]) -> Vec<Mentions<'f>> {
        let mut mentions: Vec<Mentions<'f>> = names.iter().map(|_| Mentions::default()).collect();
        let mut literals_end = 0;
        for node in self.body.descendants() {
            match node.kind() {
                kind::FUNC_LITERAL => literals_end = literals_end.max(node.end()),
                kind::IDENTIFIER => {
                    let Some(i) = names.iter().position(|(n, _)| n.bytes() == node.bytes()) else { continue };
                    mentions[i].promising |= node.start() < literals_end || address::is_possible(node);
                    mentions[i].uses.push(node);
                }
                _ => {}
            }
        }
        mentions
    }

    fn variable(&self, at: Node<'f>, is_declared: bool, mentions: &[Node<'f>]) -> Option<Shared<'f>> {
        let object = at.resolve().filter(|o| o.kind() == Some(ObjectKind::Variable))?;
        let uses: Vec<_> = mentions.iter().copied().filter(|n| n.resolve() == Some(object)).collect();
        let changes = self.changes(at, object, &uses);
        let is_changed = changes.on_entry || changes.on_next || !changes.in_body.is_empty() || changes.by_address_only;
        let name = at.text().into_owned();
        (is_changed && !uses.is_empty()).then_some(Shared { object, name, at, is_declared, uses, changes })
    }

    fn changes(&self, at: Node<'f>, object: Object<'f>, uses: &[Node<'f>]) -> Changes<'f> {
        if self.is_range() {
            return Changes { on_entry: true, on_next: false, in_body: Vec::new(), by_address_only: false };
        }
        let update = self.header.child(field::UPDATE);
        let condition = self.header.child(field::CONDITION);
        let in_part = |part: Option<Node<'f>>| {
            let nodes = part.into_iter().flat_map(Node::subtree);
            nodes.filter(|n| n.is(kind::IDENTIFIER) && n.bytes() == at.bytes() && n.resolve() == Some(object))
        };
        let on_next = in_part(update).any(is_changed_at);
        let in_body: Vec<_> = uses.iter().copied().chain(in_part(condition)).filter(|n| is_changed_at(*n)).collect();
        let is_given_away =
            || uses.iter().copied().chain(in_part(condition)).chain(in_part(update)).any(address::is_given_away);
        let by_address_only = !on_next && in_body.is_empty() && is_given_away();
        Changes { on_entry: false, on_next, in_body, by_address_only }
    }
}

/// The `s` of `len(s) - 1`.
fn last_index_of(index: Node<'_>) -> Option<Access<'_>> {
    let (length, one) = (index.child(field::LEFT)?.unparenthesized(), index.child(field::RIGHT)?);
    let is_length =
        index.child(field::OPERATOR)?.is(kind::MINUS) && one.bytes() == b"1" && callee::is_builtin_call(length, "len");
    callee::arguments(length).first().copied().filter(|_| is_length).and_then(Access::of)
}

/// `[]T{x}`, `[1]T{x}` and `1`: no more than one iteration.
fn is_single(ranged: Node<'_>) -> bool {
    if !ranged.is(kind::COMPOSITE_LITERAL) {
        return ranged.is(kind::INT_LITERAL) && matches!(ranged.bytes(), b"0" | b"1");
    }
    let Some(ty) = ranged.child(field::TYPE) else { return false };
    let is_counted = match ty.kind() {
        kind::SLICE_TYPE | kind::IMPLICIT_LENGTH_ARRAY_TYPE | kind::MAP_TYPE => true,
        kind::ARRAY_TYPE => ty.child(field::LENGTH).is_some_and(|n| n.bytes() == b"1"),
        _ => false,
    };
    let mut elements = ranged.child(field::BODY).into_iter().flat_map(Node::named_children);
    is_counted
        && match (elements.next(), elements.next()) {
            // `[]T{7: x}` has eight elements.
            (Some(only), None) => !only.is(kind::KEYED_ELEMENT) || ty.is(kind::MAP_TYPE),
            (None, _) => true,
            _ => false,
        }
}

/// A variable and the slice or array that it is declared with.
fn declared_list(ranged: Node<'_>) -> Option<(Object<'_>, Node<'_>)> {
    let object = ranged.is(kind::IDENTIFIER).then(|| ranged.resolve()).flatten()?;
    let (value, _) = callee::initial_value(object).filter(|(v, _)| v.is(kind::COMPOSITE_LITERAL))?;
    let ty = value.child(field::TYPE)?;
    (ty.is(kind::SLICE_TYPE) || ty.is(kind::ARRAY_TYPE)).then_some((object, value))
}

/// Is nothing else ever assigned to the variable? Of a package's, only what this file says can be judged: it must be the
/// only one that knows it.
fn keeps_its_length(list: Object<'_>) -> bool {
    let is_changed = |r: Node<'_>| is_written(r) || address::base(r).is_some_and(|b| is_unary(b, kind::AMPERSAND));
    let is_known_elsewhere = || {
        let is_exported = list.name().starts_with(char::is_uppercase);
        is_exported || list.references_in_package().is_none_or(|all| all.iter().any(|r| r.file != 0))
    };
    let is_of_package = list.property("package-level") != Some(false);
    list.references().is_some_and(|all| !all.into_iter().any(is_changed)) && !(is_of_package && is_known_elsewhere())
}

#[derive(Default)]
struct Mentions<'f> {
    uses: Vec<Node<'f>>,
    promising: bool,
}

/// Does the variable get another value here, as a whole or in part: by an assignment, or by a method with a pointer
/// receiver?
fn is_changed_at(identifier: Node<'_>) -> bool {
    address::within(identifier).into_iter().any(|part| {
        is_written(part)
            || address::method(part).is_some_and(|method| {
                let outer = access::parenthesized(method);
                outer.field() == field::FUNCTION && outer.parent().is_some_and(|p| p.is(kind::CALL_EXPRESSION))
            })
    })
}
