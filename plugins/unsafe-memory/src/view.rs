//! One look at the code for a set of platforms on which every question that was asked has one answer. It never guesses:
//! where platforms differ, the look is repeated on each part; what is unknown on a part stays unknown there.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use golint_sdk::prelude::*;

use crate::draft::Drafts;

/// How many steps of following names and expressions one look may take; beyond, everything is unknown.
const BUDGET: u32 = 2_000;

/// A number for each platform on which it is known, by the platform's place in the table.
pub(crate) type Amounts = BTreeMap<usize, i128>;

/// Questions about the code, for one set of platforms.
pub(crate) struct View<'f> {
    pub(crate) file: &'f File<'f>,
    pub(crate) on: Platforms,
    parts: RefCell<Vec<Platforms>>,
    left: Cell<u32>,
}

/// Examines the code on `on`, part by part where platforms differ, and adds what was found to `found`.
pub(crate) fn examine<'f>(
    file: &'f File<'f>,
    on: &Platforms,
    found: &mut Drafts,
    mut look: impl FnMut(&View<'f>, &mut Drafts),
) {
    // Every split gives at least two parts that are smaller than what was split, so this ends.
    let mut pending = vec![on.clone()];
    while let Some(on) = pending.pop() {
        if on.is_empty() {
            continue;
        }
        let view = View { file, on, parts: RefCell::default(), left: Cell::new(BUDGET) };
        let mut drafts = Drafts::default();
        look(&view, &mut drafts);
        let parts = view.parts.into_inner();
        if parts.is_empty() { found.append(drafts) } else { pending.extend(parts) }
    }
}

impl<'f> View<'f> {
    /// Takes one step of the budget; false when it is used up.
    pub(crate) fn step(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// The one answer for all platforms of this look. Where there are several, the look is split.
    fn one<T>(&self, answers: Vec<(Platforms, T)>) -> Option<T> {
        let mut known = Platforms::none();
        let mut parts = Vec::new();
        let mut last = None;
        for (on, answer) in answers {
            let part = self.on.and(&on).minus(&known);
            if !part.is_empty() {
                known = known.or(&part);
                parts.push(part);
                last = Some(answer);
            }
        }
        let rest = self.on.minus(&known);
        if parts.len() == 1 && rest.is_empty() {
            return last;
        }
        if !parts.is_empty() && self.parts.borrow().is_empty() {
            if !rest.is_empty() {
                parts.push(rest);
            }
            *self.parts.borrow_mut() = parts;
        }
        None
    }

    /// What the identifier stands for.
    pub(crate) fn resolve(&self, identifier: Node<'f>) -> Option<Object<'f>> {
        self.one(identifier.resolve_on(&self.on))
    }

    /// The type of the expression.
    pub(crate) fn type_of(&self, expression: Node<'f>) -> Option<Type<'f>> {
        self.one(expression.type_on(&self.on))
    }

    /// The integer value of a constant expression.
    pub(crate) fn integer(&self, expression: Node<'f>) -> Option<i128> {
        self.one(expression.constant_on(&self.on))?.as_i128()
    }

    /// The integer values of a constant expression, which may differ by platform.
    pub(crate) fn integers(&self, expression: Node<'f>) -> Amounts {
        self.amounts(expression.constant_on(&self.on).into_iter().filter_map(|(on, c)| Some((on, c.as_i128()?))))
    }

    /// The layouts of the type by platform.
    pub(crate) fn layouts(&self, ty: Type<'f>) -> BTreeMap<usize, Layout> {
        let mut layouts = BTreeMap::new();
        for (on, layout) in ty.layout_on(&self.on) {
            for platform in self.on.and(&on).iter() {
                layouts.insert(platform, layout.clone());
            }
        }
        layouts
    }

    /// The alignments of the type by platform, in bytes.
    pub(crate) fn alignments(&self, ty: Type<'f>) -> Amounts {
        self.layouts(ty).into_iter().map(|(platform, layout)| (platform, i128::from(layout.align))).collect()
    }

    fn amounts(&self, answers: impl Iterator<Item = (Platforms, i128)>) -> Amounts {
        let mut amounts = Amounts::new();
        for (on, amount) in answers {
            amounts.extend(self.on.and(&on).iter().map(|platform| (platform, amount)));
        }
        amounts
    }

    /// The full name of what is called or converted to: `unsafe.Add`, `syscall.Mmap`.
    pub(crate) fn name_of(&self, callee: Node<'f>) -> Option<String> {
        let callee = callee.unparenthesized();
        let identifier = match callee.kind() {
            kind::SELECTOR_EXPRESSION => callee.child(field::FIELD)?,
            kind::QUALIFIED_TYPE => callee.child(field::NAME)?,
            kind::IDENTIFIER | kind::TYPE_IDENTIFIER => callee,
            _ => return None,
        };
        self.resolve(identifier)?.qualified_name()
    }
}
