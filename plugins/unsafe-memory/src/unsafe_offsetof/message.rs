//! The words of a fault: where the field stands, where the sum leads instead, and what to do. It never decides whether
//! there is one.

use golint_sdk::prelude::*;

use super::chain::{Fault, Relation};
use crate::draft::Draft;
use crate::structure::fields_inside;
use crate::view::{Amounts, View};
use crate::wording::{amount, expression, type_name};

/// The finding for a fault.
pub(super) fn draft_of<'f>(view: &View<'f>, fault: &Fault<'f>) -> Draft {
    let words = Words::new(view, fault);
    let (message, help) = match &fault.relation {
        Relation::BehindPointer { path, .. } => words.behind_pointer(fault, path),
        Relation::Inside { path, offset } => words.inside(path, offset),
        Relation::Around { path, offset } => words.around(fault, path, offset),
        Relation::Again => words.again(fault),
        Relation::Fits | Relation::Unknown | Relation::Apart => words.apart(fault),
    };
    let mut labels = Vec::new();
    if fault.base.pointer.span() != fault.term.at.span() {
        labels.push((fault.base.pointer.location(), format!("points to `{}`", type_name(view.file, fault.pointee))));
    }
    if fault.term.at != fault.term.node {
        labels.push((fault.term.node.location(), format!("counts from the start of `{}`", words.structure)));
    }
    let primary = if fault.term.at == fault.term.node {
        format!("counts from the start of `{}`", words.structure)
    } else {
        "is added here".to_owned()
    };
    Draft { at: fault.term.at.span(), message, primary, labels, notes: Vec::new(), help, likely: false }
}

const OUTERMOST_FIRST: &str = "add only offsets that lead from field to field, outermost first";

struct Words<'v, 'f> {
    view: &'v View<'f>,
    /// The field's name.
    field: String,
    /// `x.in.f`
    selector: String,
    /// The struct that the offset counts from.
    structure: String,
    /// Where the sum leads without the offset.
    reached: String,
    /// The offset, where it is known.
    offset: Amounts,
}

impl<'v, 'f> Words<'v, 'f> {
    fn new(view: &'v View<'f>, fault: &Fault<'f>) -> Self {
        let field = fault.selector.child(field::FIELD).map_or(String::new(), |f| f.text().into_owned());
        Words {
            view,
            field,
            selector: expression(fault.selector),
            structure: type_name(view.file, fault.structure),
            reached: type_name(view.file, fault.reached),
            offset: view.integers(fault.term.node),
        }
    }

    /// "`f` stands at offset 8 of `Inner`"
    fn layout(&self) -> String {
        let place = amount(self.view.file, &self.offset);
        match place.as_str() {
            "" => format!("the offset of `{}` counts from `{}`", self.field, self.structure),
            _ => format!("`{}` stands at offset {place} of `{}`", self.field, self.structure),
        }
    }

    fn inside(&self, path: &str, offset: &Amounts) -> (String, String) {
        let file = self.view.file;
        let sum: Amounts = offset.iter().filter_map(|(p, start)| Some((*p, start + self.offset.get(p)?))).collect();
        let place = match amount(file, &sum).as_str() {
            "" => String::new(),
            sum => format!(", and so `{path}.{}` at {sum}", self.field),
        };
        let message = format!(
            "{}, which itself stands at offset {} of `{}`{place}: this sum leaves out `{path}` and leads elsewhere",
            self.layout(),
            amount(file, offset),
            self.reached,
        );
        (message, format!("add `unsafe.Offsetof` of `{path}` as well, or take the field's address with `&`"))
    }

    fn behind_pointer(&self, fault: &Fault<'f>, path: &str) -> (String, String) {
        if fault.before.is_none() && path.is_empty() {
            let pointer = fault.base.pointer.unparenthesized();
            let operand = pointer.child(field::OPERAND).map(expression);
            return match operand.filter(|_| pointer.is(kind::UNARY_EXPRESSION)) {
                Some(operand) => (
                    format!(
                        "{}, but the base is the address of the pointer `{operand}`, not of what it points to: the \
                         sum leads away from `{operand}` itself",
                        self.layout(),
                    ),
                    format!("leave out the `&`: `unsafe.Pointer({operand})`"),
                ),
                None => (
                    format!(
                        "{}, but the base points to a pointer (`{}`), not to the struct",
                        self.layout(),
                        self.reached
                    ),
                    "load the pointer first".to_owned(),
                ),
            };
        }
        let holder = match (path, fault.before) {
            ("", Some(before)) => expression(before),
            _ => path.to_owned(),
        };
        let message = format!(
            "{}, but `{holder}` is a pointer: what it points to stands elsewhere, and the sum stays where the pointer \
             is kept",
            self.layout(),
        );
        let operand = fault.selector.child(field::OPERAND).map_or(String::new(), expression);
        let help = format!("start from the pointer: `unsafe.Pointer({operand})`, or take `&{}`", self.selector);
        (message, help)
    }

    fn around(&self, fault: &Fault<'f>, path: &str, offset: &Amounts) -> (String, String) {
        let offset = amount(self.view.file, offset);
        let holder = match fault.before {
            None => format!("the base points to a `{}`", self.reached),
            Some(before) => {
                format!("`{}`, whose offset is added before it, is a `{}`", expression(before), self.reached)
            }
        };
        let message =
            format!("{}, but {holder}, which itself stands at offset {offset} of it (`{path}`)", self.layout());
        (message, format!("start from the `{}`, or take the field's address with `&`", self.structure))
    }

    fn again(&self, fault: &Fault<'f>) -> (String, String) {
        let message = format!(
            "{}, and so does what is added before it, `{}`: both count from the start of the struct",
            self.layout(),
            fault.before.map_or(String::new(), expression),
        );
        (message, OUTERMOST_FIRST.to_owned())
    }

    fn apart(&self, fault: &Fault<'f>) -> (String, String) {
        if let Some(before) = fault.before {
            let message = format!(
                "{}, but `{}`, whose offset is added before it, is a `{}`: the offsets don't continue each other",
                self.layout(),
                expression(before),
                self.reached,
            );
            return (message, OUTERMOST_FIRST.to_owned());
        }
        let message = format!(
            "{}, but the base points to `{}`{}",
            self.layout(),
            self.reached,
            self.lands(fault).unwrap_or_default()
        );
        (message, format!("use the offset of a field of `{}`, or a pointer to a `{}`", self.reached, self.structure))
    }

    /// What the sum meets instead: ", where offset 8 lies in `y`".
    fn lands(&self, fault: &Fault<'f>) -> Option<String> {
        let (platform, place) = self.offset.first_key_value()?;
        let all_equal = self.offset.values().all(|other| other == place);
        let inside = fields_inside(self.view, fault.reached).filter(|_| all_equal)?;
        let layouts = self.view.layouts(fault.reached);
        let size = i128::from(layouts.get(platform)?.size);
        if layouts.values().any(|layout| i128::from(layout.size) <= *place) {
            return Some(if size <= *place { format!(", which ends at {size}") } else { String::new() });
        }
        let ends: Vec<_> =
            layouts.keys().map(|p| inside.iter().rfind(|x| x.is_leaf && x.offset.get(p) <= Some(place))).collect();
        let first = ends.first().copied().flatten()?;
        let is_one = ends.iter().all(|x| x.is_some_and(|x| x.steps == first.steps));
        is_one.then(|| format!(", where offset {place} belongs to `{}`", first.path()))
    }
}
