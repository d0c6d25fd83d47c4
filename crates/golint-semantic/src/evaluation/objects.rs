//! The type and the value of a declared object, as its declaration says it.

use golint_tree::{Node, field, kind};

use super::names::skip_parentheses;
use super::{Answer, At, Evaluation, Operand, Stop, known};
use crate::memory::{Constant, Key};
use crate::object::{Object, Repr, Role};
use crate::summary::DeclarationKind;
use crate::types::{Basic, Type, TypeKind};
use crate::unit::ConstantSpec;
use crate::{known as table, universe};

impl<'a> Evaluation<'a> {
    /// The spec, function, field or parameter that declares the object.
    pub(crate) fn declaration_of(&mut self, object: &Object) -> Answer<At<'a>> {
        match &*object.0 {
            Repr::Member { file, receiver, name, ordinal } => {
                let summary = self.summary(*file)?;
                let declaration = known(summary.find(receiver.as_deref(), name, *ordinal))?;
                let tree = summary.unit.tree();
                Ok(At { unit: &summary.unit, tree, file: *file, body: false, node: declaration.node })
            }
            Repr::Inner { place, .. } => known(self.at(*place)?.parent()),
            _ => Err(Stop::Unknown),
        }
    }

    /// What declares a package-level name or a method.
    pub(crate) fn declaration_kind(&self, object: &Object) -> Answer<DeclarationKind> {
        let Repr::Member { file, receiver, name, ordinal } = &*object.0 else { return Err(Stop::Unknown) };
        known(self.summary(*file)?.find(receiver.as_deref(), name, *ordinal).map(|d| d.kind))
    }

    /// The object is a type, by its declaration.
    pub(crate) fn is_type(&self, object: &Object) -> bool {
        match &*object.0 {
            Repr::Universe(name) => universe::named_type(name).is_some(),
            Repr::Member { .. } => {
                matches!(self.declaration_kind(object), Ok(DeclarationKind::Type | DeclarationKind::Alias))
            }
            Repr::Inner { role, .. } => matches!(role, Role::TypeName | Role::Alias | Role::TypeParameter),
            Repr::Foreign { path, name } => table::is_type(path, name),
            Repr::Import { .. } | Repr::ForeignMember { .. } => false,
        }
    }

    /// The type of a variable, constant, field or function; of a type name, the type.
    pub(crate) fn type_of_object(&mut self, object: &Object) -> Answer<Type> {
        match &*object.0 {
            Repr::Universe(name) => match *name {
                "true" | "false" => Ok(Type::basic(Basic::UntypedBool)),
                "iota" => Ok(Type::basic(Basic::UntypedInt)),
                "nil" => Ok(Type::basic(Basic::UntypedNil)),
                _ => known(universe::named_type(name)),
            },
            Repr::Foreign { path, name } if table::is_type(path, name) => known(Type::named(object.clone())),
            Repr::Foreign { .. } | Repr::ForeignMember { .. } => known(table::type_of(object)),
            Repr::Import { .. } => Err(Stop::Unknown),
            Repr::Member { .. } => self.remembered_type(Key::TypeOf(object.clone()), |e| e.type_of_member(object)),
            Repr::Inner { role: Role::TypeParameter, .. } => known(Type::new(TypeKind::TypeParameter(object.clone()))),
            Repr::Inner { role: Role::TypeName, .. } => known(Type::named(object.clone())),
            Repr::Inner { .. } => self.remembered_type(Key::TypeOf(object.clone()), |e| e.type_of_inner(object)),
        }
    }

    fn type_of_member(&mut self, object: &Object) -> Answer<Type> {
        let at = self.declaration_of(object)?;
        match self.declaration_kind(object)? {
            DeclarationKind::Type => known(Type::named(object.clone())),
            DeclarationKind::Alias => self.type_expression(known(at.child(field::TYPE))?),
            DeclarationKind::Function | DeclarationKind::Method => self.signature(at),
            DeclarationKind::Constant => self.type_of_constant(object),
            DeclarationKind::Variable => {
                let Repr::Member { name, ordinal, .. } = &*object.0 else { return Err(Stop::Unknown) };
                // The position of the name: by the declaration's own node.
                let summary = self.summary(at.file)?;
                let name_node = known(summary.find(None, name, *ordinal))?.name_node;
                self.type_of_spec_name(at, known(position(&at.list(Some(field::NAME)), name_node))?)
            }
        }
    }

    /// The type of the name at this position of a `var` spec.
    fn type_of_spec_name(&mut self, spec: At<'a>, index: usize) -> Answer<Type> {
        if let Some(ty) = spec.child(field::TYPE) {
            return self.type_expression(ty);
        }
        let count = spec.list(Some(field::NAME)).len();
        self.type_of_assigned(known(spec.child(field::VALUE))?, index, count)
    }

    /// The type that the value at this position of the list gives to a variable that is declared with it.
    pub(crate) fn type_of_assigned(&mut self, values: At<'a>, index: usize, count: usize) -> Answer<Type> {
        let list = values.list(None);
        if let ([only], 2..) = (&*list, count) {
            return self.type_of_part(values.with(*only), index, count);
        }
        let value = known(list.get(index).filter(|_| list.len() == count))?;
        match self.operand(values.with(*value))? {
            Operand::Value(ty) => default_type(&ty),
            _ => Err(Stop::Unknown),
        }
    }

    /// The type of one of several variables that share one value.
    fn type_of_part(&mut self, value: At<'a>, index: usize, count: usize) -> Answer<Type> {
        let inner = skip_parentheses(value);
        let is_comma_ok = match inner.kind() {
            kind::INDEX_EXPRESSION | kind::TYPE_ASSERTION_EXPRESSION => true,
            kind::UNARY_EXPRESSION => inner.has_token(kind::ARROW),
            _ => false,
        };
        if is_comma_ok && count == 2 {
            if index == 1 {
                return Ok(Type::basic(Basic::Bool));
            }
            return match self.operand(inner)? {
                Operand::Value(ty) => Ok(ty),
                _ => Err(Stop::Unknown),
            };
        }
        match self.operand(inner)? {
            Operand::Value(ty) => match ty.kind() {
                TypeKind::Tuple(types) if types.len() == count => Ok(types[index].clone()),
                _ => Err(Stop::Unknown),
            },
            _ => Err(Stop::Unknown),
        }
    }

    fn type_of_inner(&mut self, object: &Object) -> Answer<Type> {
        let Repr::Inner { place, role, .. } = &*object.0 else { return Err(Stop::Unknown) };
        let at = self.at(*place)?;
        let parent = known(at.parent())?;
        match role {
            Role::Parameter | Role::Result | Role::Receiver => {
                let list = known(parent.parent())?;
                let groups = crate::scopes::parameters(list.tree, list.node);
                let group = known(groups.into_iter().find(|g| g.names.contains(&at.node)))?;
                self.type_of_parameter(list.with(group.declaration))
            }
            Role::Field => self.type_expression(known(parent.child(field::TYPE))?),
            Role::EmbeddedField => {
                let declaration = embedding(at)?;
                let ty = self.type_expression(known(declaration.child(field::TYPE))?)?;
                if declaration.has_token(kind::STAR) { known(Type::pointer(ty)) } else { Ok(ty) }
            }
            Role::Method => self.signature(parent),
            Role::Alias => self.type_expression(known(parent.child(field::TYPE))?),
            Role::Constant => self.type_of_constant(object),
            Role::SwitchVariable => self.type_of_switch_variable(at),
            Role::Variable | Role::LoopVariable => match parent.kind() {
                kind::VAR_SPEC => {
                    self.type_of_spec_name(parent, known(position(&parent.list(Some(field::NAME)), at.node))?)
                }
                _ => self.type_of_left(parent, at),
            },
            Role::Label | Role::TypeName | Role::TypeParameter => Err(Stop::Unknown),
        }
    }

    /// The type of a parameter: of a variadic one, the slice.
    pub(crate) fn type_of_parameter(&mut self, declaration: At<'a>) -> Answer<Type> {
        let ty = self.type_expression(known(declaration.child(field::TYPE))?)?;
        match declaration.kind() {
            kind::VARIADIC_PARAMETER_DECLARATION => known(Type::slice(ty)),
            _ => Ok(ty),
        }
    }

    fn type_of_constant(&mut self, object: &Object) -> Answer<Type> {
        let constant = self.constant_declaration(object)?;
        if let Some(ty) = constant.written.child(field::TYPE) {
            return self.type_expression(ty);
        }
        self.iota = Some(constant.iota);
        let values = known(constant.written.child(field::VALUE))?;
        let value = *known(values.list(None).get(constant.index))?;
        match self.operand(values.with(value))? {
            Operand::Value(ty) => Ok(ty),
            _ => Err(Stop::Unknown),
        }
    }

    /// The value of a constant.
    pub(crate) fn constant_of_object(&mut self, object: &Object) -> Answer<Constant> {
        match &*object.0 {
            Repr::Universe("true" | "false") => {
                Ok(Constant { value: crate::Value::Bool(object.name() == "true"), basic: Basic::UntypedBool })
            }
            Repr::Universe("iota") => {
                let value = crate::Value::from_u64(known(self.iota)?);
                Ok(Constant { value, basic: Basic::UntypedInt })
            }
            Repr::Foreign { .. } => known(table::constant(object)),
            Repr::Member { .. } | Repr::Inner { role: Role::Constant, .. } => {
                self.remembered_constant(Key::ConstantOf(object.clone()), |e| e.declared_constant(object))
            }
            _ => Err(Stop::Unknown),
        }
    }

    fn declared_constant(&mut self, object: &Object) -> Answer<Constant> {
        let declaration = self.constant_declaration(object)?;
        let written = declaration.written;
        let values = known(written.child(field::VALUE))?;
        let value = *known(values.list(None).get(declaration.index))?;
        self.iota = Some(declaration.iota);
        let constant = self.constant(values.with(value))?;
        match written.child(field::TYPE) {
            Some(ty) => {
                let ty = self.type_expression(ty)?;
                self.represent(&constant, &ty)
            }
            None => Ok(constant),
        }
    }

    fn constant_declaration(&mut self, object: &Object) -> Answer<ConstantDeclaration<'a>> {
        let spec = self.declaration_of(object)?;
        if spec.kind() != kind::CONST_SPEC {
            return Err(Stop::Unknown);
        }
        let (spec_of, iota) = known(constant_spec(spec))?;
        let name_node = match &*object.0 {
            Repr::Member { file, name, ordinal, .. } => {
                known(self.summary(*file)?.find(None, name, *ordinal))?.name_node
            }
            Repr::Inner { .. } if spec_of.redeclared => return Err(Stop::Unknown),
            Repr::Inner { place, .. } => Node(place.node),
            _ => return Err(Stop::Unknown),
        };
        let index = known(position(&spec.list(Some(field::NAME)), name_node))?;
        Ok(ConstantDeclaration { written: spec.with(known(spec_of.written)?), index, iota })
    }

    /// Looks at an expression that a question names: inside of a constant declaration, iota has a value.
    pub(crate) fn enter(&mut self, at: At<'a>) {
        let ancestors = at.tree.ancestors(at.node).take(MAX_CLIMB).map(|n| at.with(n));
        let mut ancestors = ancestors.take_while(|a| !matches!(a.kind(), kind::BLOCK | kind::SOURCE_FILE));
        let spec = ancestors.find(|a| a.kind() == kind::CONST_SPEC);
        self.iota = spec.and_then(constant_spec).map(|(_, iota)| iota);
    }
}

/// What holds for the spec of a constant, and the value of iota in it.
fn constant_spec(spec: At<'_>) -> Option<(ConstantSpec, u64)> {
    spec.unit.constant_group(spec.parent()?.node).find(spec.node)
}

/// Where the node stands in a list of nodes, which ascend.
pub(super) fn position(list: &[Node], node: Node) -> Option<usize> {
    list.binary_search(&node).ok()
}

/// How far up a constant declaration is looked for.
const MAX_CLIMB: usize = 500;

/// What a constant is declared with.
struct ConstantDeclaration<'a> {
    /// The spec whose type and values hold.
    written: At<'a>,
    /// The position of the value there.
    index: usize,
    iota: u64,
}

/// The field declaration whose type has this name.
fn embedding(name: At<'_>) -> Answer<At<'_>> {
    let mut at = name;
    // From the name to the declaration: through a qualified and a generic type at most.
    for _ in 0..4 {
        at = known(at.parent())?;
        if at.kind() == kind::FIELD_DECLARATION {
            return Ok(at);
        }
    }
    Err(Stop::Unknown)
}

/// The type of a variable that is initialised with a value of this type.
pub(crate) fn default_type(ty: &Type) -> Answer<Type> {
    match ty.kind() {
        TypeKind::Basic(basic) if basic.is_untyped() => known(basic.default_type().map(Type::basic)),
        TypeKind::Tuple(_) => Err(Stop::Unknown),
        _ => Ok(ty.clone()),
    }
}
