//! Relations between types, and method sets, as questions.

use super::FileModel;
use super::remembered::Relation;
use crate::evaluation::{Answer, Evaluation};
use crate::object::Object;
use crate::types::Type;

impl FileModel {
    /// The method set, or none if a part of it is unknown.
    pub fn methods_of(&self, ty: &Type) -> Option<Vec<Object>> {
        let file = self.checked.file;
        let objects = |e: &mut Evaluation<'_>| Ok(e.method_set(ty, file)?.into_iter().map(|m| m.object).collect());
        self.agreed.methods.get(ty, || self.agree(&[ty], objects))
    }

    /// Whether the two are identical types.
    pub fn identical(&self, a: &Type, b: &Type) -> Option<bool> {
        self.related(Relation::Identical, a, b, |e| e.identical(a, b))
    }

    /// Whether a value of the one can be assigned to a variable of the other.
    pub fn assignable(&self, from: &Type, to: &Type) -> Option<bool> {
        let file = self.checked.file;
        self.related(Relation::Assignable, from, to, |e| e.assignable(from, to, file))
    }

    /// Whether a value of the one (no constant) can be converted to the other.
    pub fn convertible(&self, from: &Type, to: &Type) -> Option<bool> {
        let file = self.checked.file;
        self.related(Relation::Convertible, from, to, |e| e.convertible(from, to, file))
    }

    /// Whether the type has all methods of the interface.
    pub fn implements(&self, ty: &Type, interface: &Type) -> Option<bool> {
        let file = self.checked.file;
        self.related(Relation::Implements, ty, interface, |e| e.implements(ty, interface, file))
    }

    /// Whether values of the type can be compared with `==`.
    pub fn comparable(&self, ty: &Type) -> Option<bool> {
        self.agreed.comparable.get(ty, || self.agree(&[ty], |e| e.comparable(ty)))
    }

    fn related(
        &self,
        relation: Relation,
        a: &Type,
        b: &Type,
        compute: impl Fn(&mut Evaluation<'_>) -> Answer<bool>,
    ) -> Option<bool> {
        let key = (relation, a.clone(), b.clone());
        self.agreed.related.get(&key, || self.agree(&[a, b], compute))
    }
}
