//! Types as text, the way go/types prints them. It looks nothing up but the paths of packages.
//!
//! Source: go/types, `TypeString` with packages by their full path.

use std::fmt::Write;

use crate::object::{Object, Repr};
use crate::types::{Direction, Length, Parameter, Signature, Type, TypeKind};

/// `path_of` gives the path of the package that a file of ours belongs to.
pub(crate) fn type_string(ty: &Type, path_of: &dyn Fn(u32) -> String) -> String {
    let mut writer = Writer { text: String::new(), path_of };
    writer.ty(ty);
    writer.text
}

struct Writer<'a> {
    text: String,
    path_of: &'a dyn Fn(u32) -> String,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn maybe(&mut self, ty: Option<&Type>) {
        match ty {
            Some(ty) => self.ty(ty),
            None => self.push("?"),
        }
    }

    fn ty(&mut self, ty: &Type) {
        match ty.kind() {
            TypeKind::Basic(basic) => self.push(basic.name()),
            TypeKind::Named(object, arguments) => {
                self.object(object);
                if !arguments.is_empty() {
                    self.push("[");
                    self.list(arguments, ", ");
                    self.push("]");
                }
            }
            TypeKind::Pointer(to) => {
                self.push("*");
                self.ty(to);
            }
            TypeKind::Slice(of) => {
                self.push("[]");
                self.ty(of);
            }
            TypeKind::Array(length, of) => {
                match length {
                    Length::Known(n) => _ = write!(self.text, "[{n}]"),
                    Length::Unknown(_) => self.push("[?]"),
                }
                self.ty(of);
            }
            TypeKind::Map(key, value) => {
                self.push("map[");
                self.ty(key);
                self.push("]");
                self.ty(value);
            }
            TypeKind::Channel(direction, of) => {
                self.push(match direction {
                    Direction::Both => "chan ",
                    Direction::Receive => "<-chan ",
                    Direction::Send => "chan<- ",
                });
                // `chan (<-chan T)` would read as `chan<- chan T`.
                let inner = matches!(of.kind(), TypeKind::Channel(Direction::Receive, _));
                if inner && *direction == Direction::Both {
                    self.push("(");
                    self.ty(of);
                    self.push(")");
                } else {
                    self.ty(of);
                }
            }
            TypeKind::Struct(fields) => {
                self.push("struct{");
                for (i, field) in fields.iter().enumerate() {
                    self.push(if i > 0 { "; " } else { "" });
                    if !field.embedded {
                        self.push(&field.name);
                        self.push(" ");
                    }
                    self.maybe(field.ty.as_ref());
                    if !field.tag.is_empty() {
                        _ = write!(self.text, " {:?}", String::from_utf8_lossy(&field.tag));
                    }
                }
                self.push("}");
            }
            TypeKind::Signature(signature) => {
                self.push("func");
                self.signature(signature);
            }
            TypeKind::Interface(interface) => {
                if interface.any {
                    return self.push("any");
                }
                self.push("interface{");
                let mut separator = "";
                let mut methods: Vec<_> = interface.methods.iter().collect();
                methods.sort_by(|a, b| a.name.cmp(&b.name));
                for method in methods {
                    self.push(separator);
                    separator = "; ";
                    self.push(&method.name);
                    match method.ty.as_ref().map(Type::kind) {
                        Some(TypeKind::Signature(signature)) => self.signature(signature),
                        _ => self.push("?"),
                    }
                }
                for embedded in &interface.embedded {
                    self.push(separator);
                    separator = "; ";
                    self.maybe(embedded.as_ref());
                }
                self.push("}");
            }
            TypeKind::Tuple(types) => {
                self.push("(");
                self.list(types, ", ");
                self.push(")");
            }
            TypeKind::TypeParameter(object) => self.push(object.name()),
            TypeKind::Union(terms) => {
                for (i, (tilde, ty)) in terms.iter().enumerate() {
                    self.push(if i > 0 { " | " } else { "" });
                    self.push(if *tilde { "~" } else { "" });
                    self.ty(ty);
                }
            }
        }
    }

    fn list(&mut self, types: &[Type], separator: &str) {
        for (i, ty) in types.iter().enumerate() {
            self.push(if i > 0 { separator } else { "" });
            self.ty(ty);
        }
    }

    fn object(&mut self, object: &Object) {
        match &*object.0 {
            Repr::Universe(name) => self.push(name),
            Repr::Foreign { path, name } => {
                self.push(path);
                self.push(".");
                self.push(name);
            }
            Repr::Member { file, name, .. } => {
                self.push(&(self.path_of)(*file));
                self.push(".");
                self.push(name);
            }
            Repr::Inner { place, name, .. } => {
                self.push(&(self.path_of)(place.file));
                self.push(".");
                self.push(name);
            }
            Repr::Import { name, .. } | Repr::ForeignMember { name, .. } => self.push(name),
        }
    }

    fn signature(&mut self, signature: &Signature) {
        self.parameters(&signature.parameters, signature.variadic);
        match &*signature.results {
            [] => {}
            [only] if only.name.is_empty() => {
                self.push(" ");
                self.maybe(only.ty.as_ref());
            }
            results => {
                self.push(" ");
                self.parameters(results, false);
            }
        }
    }

    fn parameters(&mut self, parameters: &[Parameter], variadic: bool) {
        self.push("(");
        for (i, parameter) in parameters.iter().enumerate() {
            self.push(if i > 0 { ", " } else { "" });
            if !parameter.name.is_empty() {
                self.push(&parameter.name);
                self.push(" ");
            }
            match parameter.ty.as_ref().map(Type::kind) {
                Some(TypeKind::Slice(of)) if variadic && i + 1 == parameters.len() => {
                    self.push("...");
                    self.ty(of);
                }
                _ => self.maybe(parameter.ty.as_ref()),
            }
        }
        self.push(")");
    }
}
