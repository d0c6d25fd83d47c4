//! The computation of one answer for one platform. It walks along names and declarations as far as the answer needs, and
//! narrows down on its way for which other platforms the same answer holds.
//!
//! Every step may end in [`Stop::Unknown`], which is an answer, or in [`Stop::Cut`]: the computation needs too many steps
//! one inside the other, or needs itself. A cut ends the whole question and is never remembered. Whether it happens does
//! not depend on what was remembered before: a remembered answer counts as many steps as it took.

mod calls;
mod constants;
mod expressions;
mod generics;
mod members;
mod names;
mod objects;
mod operators;
mod relations;
mod statements;
mod type_expressions;

use std::sync::Arc;

use golint_project::{PLATFORMS, PlatformSet};
use golint_tree::layout::flag;
use golint_tree::{Field, Kind, Node, Tree};

pub(crate) use expressions::Operand;
pub(crate) use members::Member;
pub(crate) use names::is_key;

use crate::checked::Checked;
use crate::dependency::Trace;
use crate::lookup::Lookup;
use crate::memory::{Constant, Entry, Finding, Key, Outcome};
use crate::object::{Object, Place};
use crate::package::Package;
use crate::scopes::Scopes;
use crate::summary::Summary;
use crate::types::Type;
use crate::unit::Unit;

/// How many steps may be open at a time. Each takes at most a few KiB of stack.
const MAX_DEPTH: u16 = 160;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The sources don't tell, or the model can't.
    Unknown,
    /// Too deep, or in a circle.
    Cut,
}

pub(crate) type Answer<T> = Result<T, Stop>;

/// None is unknown.
pub(crate) fn known<T>(option: Option<T>) -> Answer<T> {
    option.ok_or(Stop::Unknown)
}

/// Goes on with something unknown. A cut is no answer, and stays one.
pub(crate) fn tolerate<T>(answer: Answer<T>) -> Answer<Option<T>> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Unknown) => Ok(None),
        Err(Stop::Cut) => Err(Stop::Cut),
    }
}

/// A node with everything that is needed to read it.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) unit: &'a Unit,
    pub(crate) tree: Tree<'a>,
    pub(crate) file: u32,
    pub(crate) body: bool,
    pub(crate) node: Node,
}

impl<'a> At<'a> {
    pub(crate) fn with(self, node: Node) -> At<'a> {
        At { node, ..self }
    }

    pub(crate) fn kind(self) -> Kind {
        self.tree.kind(self.node)
    }

    /// The field of its parent under which it stands.
    pub(crate) fn field(self) -> Field {
        self.tree.field(self.node)
    }

    pub(crate) fn text(self) -> &'a [u8] {
        self.tree_text(self.node)
    }

    fn tree_text(self, node: Node) -> &'a [u8] {
        self.unit.source.get(self.tree.range(node)).unwrap_or_default()
    }

    pub(crate) fn name(self) -> Arc<str> {
        String::from_utf8_lossy(self.text()).into()
    }

    pub(crate) fn parent(self) -> Option<At<'a>> {
        self.tree.parent(self.node).map(|n| self.with(n))
    }

    pub(crate) fn child(self, field: Field) -> Option<At<'a>> {
        self.tree.child(self.node, field).map(|n| self.with(n))
    }

    pub(crate) fn children(self) -> impl Iterator<Item = At<'a>> {
        self.tree.named_children(self.node).map(move |n| self.with(n))
    }

    /// The children (all named ones, or those under the field) as a list for lookups.
    pub(crate) fn list(self, field: Option<Field>) -> Arc<[Node]> {
        self.unit.list(self.node, field)
    }

    pub(crate) fn children_of(self, field: Field) -> impl Iterator<Item = At<'a>> {
        self.tree.children_of(self.node, field).map(move |n| self.with(n))
    }

    /// A part of it did not parse, or is not there: it means nothing that can be told.
    pub(crate) fn is_broken(self) -> bool {
        let broken = |n| self.tree.flags(n) & (flag::ERROR | flag::MISSING) != 0;
        self.tree.has_error(self.node) && self.tree.children(self.node).any(broken)
    }

    pub(crate) fn has_token(self, kind: Kind) -> bool {
        self.tree.children(self.node).any(|n| self.tree.kind(n) == kind)
    }
}

/// What a remembered computation needs to know of itself.
struct Frame {
    /// The platforms for which everything that was read so far is the same.
    valid: PlatformSet,
    /// The deepest step so far.
    deepest: u16,
    trace: Trace,
}

impl Frame {
    fn new(depth: u16) -> Frame {
        Frame { valid: PlatformSet::ALL, deepest: depth, trace: Trace::default() }
    }
}

pub(crate) struct Evaluation<'a> {
    pub(crate) package: &'a Package,
    pub(crate) checked: &'a Checked,
    pub(crate) platform: usize,
    frame: Frame,
    depth: u16,
    active: Vec<Key>,
    /// The value of iota where a constant declaration is being evaluated.
    iota: Option<u64>,
    /// How many computations are open whose answers are for all files of the package.
    shared: u16,
    /// The cut that is on its way comes from a computation that needs itself.
    circular: bool,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(checked: &'a Checked, platform: usize) -> Evaluation<'a> {
        Evaluation {
            package: &checked.package,
            checked,
            platform,
            frame: Frame::new(0),
            depth: 0,
            active: Vec::new(),
            iota: None,
            shared: 0,
            circular: false,
        }
    }

    /// The platforms for which the answer is the same, and what it depended on.
    pub(crate) fn finish(self) -> (PlatformSet, Trace) {
        (self.frame.valid | PlatformSet::single(self.platform), self.frame.trace)
    }

    /// In bytes; narrows the answer down to platforms with pointers of the same size.
    pub(crate) fn pointer_size(&mut self) -> u8 {
        let size = PLATFORMS.get(self.platform).map_or(8, |p| p.pointer_size);
        self.frame.valid &= PlatformSet::of(|p| p.pointer_size == size);
        size
    }

    /// Answers about a node of the checked file, which has it.
    pub(crate) fn look_at<T>(&mut self, node: Node, compute: &impl Fn(&mut Self, At<'a>) -> Answer<T>) -> Answer<T> {
        let unit = &self.checked.unit;
        let at = At { unit, tree: unit.tree(), file: self.checked.file, body: true, node };
        let at = self.canonical(at)?;
        self.enter(at);
        compute(self, at)
    }

    // --- steps ---------------------------------------------------------------------------------------------------------

    /// Goes one step deeper.
    fn step<T>(&mut self, run: impl FnOnce(&mut Self) -> Answer<T>) -> Answer<T> {
        if self.depth >= MAX_DEPTH {
            return Err(Stop::Cut);
        }
        self.depth += 1;
        self.frame.deepest = self.frame.deepest.max(self.depth);
        let answer = run(self);
        self.depth -= 1;
        answer
    }

    /// Computes an answer, or takes it from memory.
    fn remembered(&mut self, key: Key, compute: impl FnOnce(&mut Self) -> Answer<Outcome>) -> Answer<Outcome> {
        let local = match &key {
            Key::TypeOf(object) | Key::ConstantOf(object) | Key::Underlying(object) => object.is_in_body(),
            Key::Member(ty, ..) | Key::Layout(ty) => ty.is_local(),
            Key::ChainType(..) | Key::ChainConstant(..) => true,
        };
        let memory = if local { &self.checked.memory } else { &self.package.memory };
        if let Some(entry) = memory.get(&key, self.platform) {
            let deepest = self.depth.saturating_add(entry.height);
            if deepest > MAX_DEPTH || !matches!(entry.finding, Finding::Deeper) {
                self.frame.valid &= entry.on;
                if !entry.trace.is_empty() {
                    self.frame.trace.used.push(entry.trace);
                }
                if deepest > MAX_DEPTH {
                    self.circular |= entry.height == u16::MAX;
                    return Err(Stop::Cut);
                }
                self.frame.deepest = self.frame.deepest.max(deepest);
                return match entry.finding {
                    Finding::Answer(outcome) => Ok(outcome),
                    _ => Err(Stop::Unknown),
                };
            }
        }
        if self.active.contains(&key) {
            self.circular = true;
            return Err(Stop::Cut);
        }
        self.active.push(key.clone());
        let outer = std::mem::replace(&mut self.frame, Frame::new(self.depth));
        let iota = self.iota.take();
        self.shared += u16::from(!local);
        let answer = self.step(compute);
        self.shared -= u16::from(!local);
        self.iota = iota;
        let inner = std::mem::replace(&mut self.frame, outer);
        self.active.pop();
        self.frame.valid &= inner.valid;
        self.frame.deepest = self.frame.deepest.max(inner.deepest);
        let trace = Arc::new(inner.trace);
        if !trace.is_empty() {
            self.frame.trace.used.push(trace.clone());
        }
        let (finding, height) = match &answer {
            Ok(outcome) => (Finding::Answer(outcome.clone()), inner.deepest - self.depth),
            Err(Stop::Unknown) => (Finding::Unknown, inner.deepest - self.depth),
            // What needs itself, or something that does, has no end.
            Err(Stop::Cut) if self.circular => (Finding::Deeper, u16::MAX),
            Err(Stop::Cut) => (Finding::Deeper, MAX_DEPTH + 1 - self.depth),
        };
        let on = inner.valid | PlatformSet::single(self.platform);
        memory.insert(key, self.platform, Entry { on, finding, height, trace });
        answer
    }

    fn remembered_type(&mut self, key: Key, compute: impl FnOnce(&mut Self) -> Answer<Type>) -> Answer<Type> {
        match self.remembered(key, |e| compute(e).map(Outcome::Type))? {
            Outcome::Type(ty) => Ok(ty),
            _ => Err(Stop::Unknown),
        }
    }

    fn remembered_constant(
        &mut self,
        key: Key,
        compute: impl FnOnce(&mut Self) -> Answer<Constant>,
    ) -> Answer<Constant> {
        match self.remembered(key, |e| compute(e).map(Outcome::Constant))? {
            Outcome::Constant(constant) => Ok(constant),
            _ => Err(Stop::Unknown),
        }
    }

    // --- places --------------------------------------------------------------------------------------------------------

    /// The summary of a file; of the checked one, without parsing it again.
    pub(crate) fn summary(&self, file: u32) -> Answer<&'a Arc<Summary>> {
        if file == self.checked.file { Ok(self.checked.summary()) } else { known(self.package.summary(file)) }
    }

    pub(crate) fn at(&self, place: Place) -> Answer<At<'a>> {
        let unit = match place {
            Place { body: true, file, .. } if file == self.checked.file => &self.checked.unit,
            Place { body: true, .. } => return Err(Stop::Unknown),
            Place { file, .. } => &self.summary(file)?.unit,
        };
        let tree = unit.tree();
        let node = known(tree.node(place.node))?;
        Ok(At { unit, tree, file: place.file, body: place.body, node })
    }

    /// The place under which a node is known, wherever it was reached.
    pub(crate) fn place_of(&self, at: At<'a>) -> Place {
        match at.body {
            true => self.checked.place(at.node),
            false => Place { file: at.file, body: false, node: at.node.0 },
        }
    }

    /// The same node, in the summary if it has it.
    pub(crate) fn canonical(&self, at: At<'a>) -> Answer<At<'a>> {
        if at.body { self.at(self.checked.place(at.node)) } else { Ok(at) }
    }

    /// The scopes of the top-level declaration that contains the node.
    pub(crate) fn scopes(&self, at: At<'a>) -> Answer<&'a Arc<Scopes>> {
        let top = known(at.unit.top_index(at.node.0))?;
        if at.body {
            return Ok(self.checked.scopes(top));
        }
        Ok(self.package.scopes(at.file, self.summary(at.file)?, top))
    }

    // --- questions to the package --------------------------------------------------------------------------------------

    fn lookup(&mut self, viewer: u32, name: &str) -> Arc<Lookup> {
        let lookup = self.package.lookup(viewer, name);
        self.note(&lookup);
        lookup
    }

    fn lookup_method(&mut self, viewer: u32, receiver: &str, name: &str) -> Arc<Lookup> {
        let lookup = self.package.lookup_method(viewer, receiver, name);
        self.note(&lookup);
        lookup
    }

    fn note(&mut self, lookup: &Arc<Lookup>) {
        if self.frame.trace.lookups.last().is_none_or(|last| !Arc::ptr_eq(last, lookup)) {
            self.frame.trace.lookups.push(lookup.clone());
        }
    }

    /// The declarations that take part in a build for the platform. Files that are built for other platforms only are not
    /// parsed: the answer is narrowed down to where they may not be in the way.
    fn found(&mut self, lookup: &Lookup) -> Answer<Vec<Object>> {
        // Files that are built for no known platform may be in a build with each other.
        if lookup.viewer_is_elsewhere && lookup.candidates.iter().any(|c| c.platforms.is_empty()) {
            return Err(Stop::Unknown);
        }
        if let Some(platforms) = lookup.limited_to {
            self.takes_part(platforms);
        }
        let mut objects = Vec::new();
        for candidate in &lookup.candidates {
            if self.takes_part(candidate.platforms) {
                objects.extend_from_slice(lookup.found(candidate, self.package));
            }
        }
        Ok(objects)
    }

    /// Whether the declarations of this file take part in a build for the platform; narrows the answer down to the
    /// platforms for which that is so too.
    fn takes_part(&mut self, platforms: PlatformSet) -> bool {
        let yes = platforms.contains(self.platform);
        self.frame.valid &= if yes { platforms } else { !platforms };
        yes
    }
}
