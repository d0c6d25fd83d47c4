//! The answers to what packs ask about a file: [`Facts`] over golint-project's facts and golint-semantic's model, for
//! components and native packs alike. It hands out the numbers by which packs name objects, types and files, and takes
//! what they report.
//!
//! Nothing here trusts a pack: a number that was never handed out, a node that the tree does not have, or a finding that
//! can't be gives a neutral answer and leaves a [`Fault`], which ends the check. Nothing here panics on what a pack says.

mod facts;
mod guest_log;
mod review;

use std::cell::{Cell, RefCell};
use std::hash::Hash;
use std::rc::Rc;
use std::sync::Arc;

use golint_project::PlatformSet;
use golint_semantic::{Object, Type};
use golint_tree::{Node, Tree};
use rustc_hash::FxHashMap;

pub(crate) use facts::{platform_table, supports};
pub(crate) use guest_log::GuestLog;

use crate::failure::FailureKind;
use crate::finding::Finding;
use crate::input::{CheckInput, FileInput};

/// Numbers of types start here, so that one can't be mistaken for an object's.
const FIRST_TYPE: u32 = 1 << 31;

/// What a pack did wrong in a call to the host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Fault {
    pub(crate) kind: FailureKind,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn bad(message: impl Into<String>) -> Fault {
        Fault { kind: FailureKind::BadOutput, message: message.into() }
    }
}

/// The values that numbers stand for, within one check. Equal values have equal numbers.
struct Numbers<T> {
    first: u32,
    values: Vec<T>,
    known: FxHashMap<T, u32>,
}

impl<T: Clone + Eq + Hash> Numbers<T> {
    fn starting_at(first: u32) -> Self {
        Numbers { first, values: Vec::new(), known: FxHashMap::default() }
    }

    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.known.get(&value) {
            return *number;
        }
        // Two thousand million values don't fit into memory.
        let number = self.first + self.values.len() as u32;
        self.values.push(value.clone());
        self.known.insert(value, number);
        number
    }

    fn get(&self, number: u32) -> Option<&T> {
        self.values.get(number.checked_sub(self.first)? as usize)
    }
}

/// The state of one check.
pub(crate) struct Questions {
    file: Rc<FileInput>,
    hits: Arc<[u8]>,
    /// Nodes of the tree.
    nodes: u32,
    /// For each rule of the pack its id, and whether it is on.
    rules: Arc<[(String, bool)]>,
    objects: RefCell<Numbers<Object>>,
    types: RefCell<Numbers<Type>>,
    /// Places in the package; number 0 is the checked file.
    files: RefCell<Numbers<usize>>,
    findings: RefCell<Vec<Finding>>,
    finding_bytes: Cell<usize>,
    fault: RefCell<Option<Fault>>,
    log: Rc<GuestLog>,
}

impl Questions {
    pub(crate) fn new(input: &CheckInput, rules: Arc<[(String, bool)]>, log: Rc<GuestLog>) -> Questions {
        let mut files = Numbers::starting_at(0);
        files.number(input.file.index);
        Questions {
            nodes: Tree::trusted(&input.file.tree).map_or(0, |tree| tree.len() as u32),
            file: input.file.clone(),
            hits: input.hits.clone(),
            rules,
            objects: RefCell::new(Numbers::starting_at(0)),
            types: RefCell::new(Numbers::starting_at(FIRST_TYPE)),
            files: RefCell::new(files),
            findings: RefCell::default(),
            finding_bytes: Cell::new(0),
            fault: RefCell::default(),
            log,
        }
    }

    /// What the pack did wrong, the first thing.
    pub(crate) fn take_fault(&self) -> Option<Fault> {
        self.fault.borrow_mut().take()
    }

    /// What the pack reported.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }

    pub(crate) fn source_blob(&self) -> Arc<[u8]> {
        self.file.source.clone()
    }

    pub(crate) fn tree_blob(&self) -> Arc<[u8]> {
        self.file.tree.clone()
    }

    pub(crate) fn hits_blob(&self) -> Arc<[u8]> {
        self.hits.clone()
    }

    /// The bytes of a node.
    pub(crate) fn text(&self, node: u32) -> Vec<u8> {
        match (self.node(node), Tree::trusted(&self.file.tree)) {
            (Some(node), Ok(tree)) => tree.text(node, &self.file.source).to_vec(),
            _ => Vec::new(),
        }
    }

    fn blame(&self, fault: Fault) {
        self.fault.borrow_mut().get_or_insert(fault);
    }

    fn node(&self, index: u32) -> Option<Node> {
        if index >= self.nodes {
            self.blame(Fault::bad(format!("it asked about node {index}, and the tree has {} nodes", self.nodes)));
            return None;
        }
        Some(Node(index))
    }

    fn object(&self, number: u32) -> Option<Object> {
        let object = self.objects.borrow().get(number).cloned();
        if object.is_none() {
            let message = format!("it asked about object {number}, which it was not given in this check");
            self.blame(Fault::bad(message));
        }
        object
    }

    fn ty(&self, number: u32) -> Option<Type> {
        let ty = self.types.borrow().get(number).cloned();
        if ty.is_none() {
            self.blame(Fault::bad(format!("it asked about type {number}, which it was not given in this check")));
        }
        ty
    }

    /// The file's place in its package.
    fn file_index(&self, number: u32) -> Option<usize> {
        let index = self.files.borrow().get(number).copied();
        if index.is_none() {
            self.blame(Fault::bad(format!("it asked about file {number}, which it was not given in this check")));
        }
        index
    }

    fn number_object(&self, object: Object) -> u32 {
        self.objects.borrow_mut().number(object)
    }

    fn number_type(&self, ty: Type) -> u32 {
        self.types.borrow_mut().number(ty)
    }

    /// What `on` stands for: these platforms, or all of the file.
    fn platform_set(&self, on: Option<&[u64]>) -> PlatformSet {
        on.map_or(self.file.platforms, PlatformSet::from_words)
    }

    /// The bytes of a file, by its place in the package.
    fn bytes_of(&self, index: usize) -> Option<Arc<[u8]>> {
        if index == self.file.index { Some(self.file.source.clone()) } else { self.file.sources.read(index) }
    }
}
