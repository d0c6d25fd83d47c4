//! Statements that are not reached, because one before them in the same block never goes on. It never guesses: only what
//! is certain counts, and nothing in a function with a `goto`.

use std::cell::RefCell;
use std::collections::HashMap;

use golint_sdk::prelude::*;

use super::control_flow::is_function;
use super::terminators;

/// Answers about one loop. Each block around its findings is looked through once.
#[derive(Default)]
pub(super) struct DeadCode<'f> {
    /// For each list of statements, where the part of it begins that is not reached.
    ends: RefCell<HashMap<Node<'f>, Option<u32>>>,
}

impl<'f> DeadCode<'f> {
    /// Does the node stand in such a part?
    pub(super) fn contains(&self, node: Node<'f>) -> bool {
        let lists = node.ancestors().filter(|n| n.is(kind::STATEMENT_LIST));
        let is_behind = |list: Node<'f>| self.end_of(list).is_some_and(|end| end <= node.start());
        lists.into_iter().any(is_behind) && !has_goto(node)
    }

    fn end_of(&self, list: Node<'f>) -> Option<u32> {
        let find = || list.named_children().find(|n| terminators::ends_block(*n)).map(Node::end);
        *self.ends.borrow_mut().entry(list).or_insert_with(find)
    }
}

fn has_goto(node: Node<'_>) -> bool {
    let function = node.ancestors().filter(|n| is_function(*n)).last();
    function.is_some_and(|f| f.descendants().any(|n| n.is(kind::GOTO_STATEMENT)))
}
