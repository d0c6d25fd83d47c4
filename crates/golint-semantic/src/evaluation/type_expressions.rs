//! Types as they are written, in type and in expression position.

use std::sync::Arc;

use golint_tree::{field, kind};

use super::expressions::Operand;
use super::names::skip_parentheses;
use super::{Answer, At, Evaluation, Stop, known, tolerate};
use crate::literal;
use crate::object::{Object, Repr, Role};
use crate::types::{
    Basic, Direction, Interface, InterfaceMethod, Length, Parameter, Signature, StructField, Type, TypeKind,
};

impl<'a> Evaluation<'a> {
    /// The type that the node denotes.
    pub(crate) fn type_expression(&mut self, at: At<'a>) -> Answer<Type> {
        self.step(|e| e.type_expression_here(skip_parentheses(at)))
    }

    fn type_expression_here(&mut self, at: At<'a>) -> Answer<Type> {
        if at.is_broken() {
            return Err(Stop::Unknown);
        }
        match at.kind() {
            kind::IDENTIFIER | kind::TYPE_IDENTIFIER | kind::QUALIFIED_TYPE | kind::SELECTOR_EXPRESSION => {
                self.type_name(at, None)
            }
            kind::GENERIC_TYPE => {
                let arguments = self.type_list(known(at.child(field::TYPE_ARGUMENTS))?)?;
                self.type_name(known(at.child(field::TYPE))?, Some(arguments))
            }
            kind::TYPE_INSTANTIATION_EXPRESSION => {
                let name = known(at.child(field::TYPE))?;
                let arguments = at.children().filter(|n| n.node != name.node).collect::<Vec<_>>();
                let arguments = arguments.into_iter().map(|n| self.type_expression(n)).collect::<Answer<Vec<_>>>()?;
                self.type_name(name, Some(arguments))
            }
            kind::INDEX_EXPRESSION => {
                let argument = self.type_expression(known(at.child(field::INDEX))?)?;
                self.type_name(known(at.child(field::OPERAND))?, Some(vec![argument]))
            }
            kind::POINTER_TYPE => {
                let to = self.type_expression(known(at.children().next())?)?;
                known(Type::pointer(to))
            }
            kind::UNARY_EXPRESSION if at.has_token(kind::STAR) => {
                let to = self.type_expression(known(at.child(field::OPERAND))?)?;
                known(Type::pointer(to))
            }
            kind::SLICE_TYPE => {
                let of = self.type_expression(known(at.child(field::ELEMENT))?)?;
                known(Type::slice(of))
            }
            kind::ARRAY_TYPE => {
                let of = self.type_expression(known(at.child(field::ELEMENT))?)?;
                let length = self.array_length(known(at.child(field::LENGTH))?)?;
                known(Type::new(TypeKind::Array(length, of)))
            }
            kind::IMPLICIT_LENGTH_ARRAY_TYPE => {
                let of = self.type_expression(known(at.child(field::ELEMENT))?)?;
                let length = match at.parent().and_then(|p| p.child(field::BODY)) {
                    Some(literal) => self.count_elements(literal)?,
                    None => return Err(Stop::Unknown),
                };
                known(Type::new(TypeKind::Array(length, of)))
            }
            kind::MAP_TYPE => {
                let key = self.type_expression(known(at.child(field::KEY))?)?;
                let value = self.type_expression(known(at.child(field::VALUE))?)?;
                known(Type::new(TypeKind::Map(key, value)))
            }
            kind::CHANNEL_TYPE => self.channel_type(at, false),
            kind::FUNCTION_TYPE => self.signature(at),
            kind::STRUCT_TYPE => self.struct_type(at),
            kind::INTERFACE_TYPE => self.interface_type(at),
            kind::TYPE_ELEM | kind::TYPE_CONSTRAINT | kind::NEGATED_TYPE => self.type_element(at),
            _ => Err(Stop::Unknown),
        }
    }

    /// `<-` belongs to the leftmost `chan` that it can; the tree gives that of `chan<- chan T` to the second one. Then
    /// `arrow_taken` says that the channel's own first arrow is not its own.
    fn channel_type(&mut self, at: At<'a>, arrow_taken: bool) -> Answer<Type> {
        let tokens: Vec<_> =
            at.tree.children(at.node).map(|n| at.tree.kind(n)).filter(|&k| k != kind::COMMENT).collect();
        let value = known(at.child(field::VALUE))?;
        let begins = tokens.first() == Some(&kind::ARROW);
        let (direction, of) = if begins && !arrow_taken {
            (Direction::Receive, self.type_expression(value)?)
        } else if tokens.get(1) == Some(&kind::ARROW) {
            (Direction::Send, self.type_expression(value)?)
        } else if value.kind() == kind::CHANNEL_TYPE
            && at.tree.children(value.node).next().is_some_and(|n| at.tree.kind(n) == kind::ARROW)
        {
            (Direction::Send, self.step(|e| e.channel_type(value, true))?)
        } else {
            (Direction::Both, self.type_expression(value)?)
        };
        known(Type::new(TypeKind::Channel(direction, of)))
    }

    /// The types of a list of type arguments.
    pub(crate) fn type_list(&mut self, list: At<'a>) -> Answer<Vec<Type>> {
        let arguments: Vec<_> = list.children().collect();
        arguments.into_iter().map(|n| self.type_expression(n)).collect()
    }

    /// A type by its name, with the type arguments that follow it.
    fn type_name(&mut self, at: At<'a>, arguments: Option<Vec<Type>>) -> Answer<Type> {
        let at = skip_parentheses(at);
        let object = match at.kind() {
            kind::QUALIFIED_TYPE | kind::SELECTOR_EXPRESSION => self.select(at)?.object,
            kind::IDENTIFIER | kind::TYPE_IDENTIFIER => self.resolve(at)?,
            _ => return Err(Stop::Unknown),
        };
        self.named_type(&object, arguments)
    }

    /// The type of a type name, with these type arguments.
    pub(crate) fn named_type(&mut self, object: &Object, arguments: Option<Vec<Type>>) -> Answer<Type> {
        if let Repr::Foreign { .. } = &*object.0 {
            return known(Type::new(TypeKind::Named(object.clone(), arguments.unwrap_or_default().into())));
        }
        if !self.is_type(object) {
            return Err(Stop::Unknown);
        }
        let ty = self.type_of_object(object)?;
        let Some(arguments) = arguments else { return Ok(ty) };
        match ty.kind() {
            TypeKind::Named(of, none) if of == object && none.is_empty() => {
                known(Type::new(TypeKind::Named(object.clone(), arguments.into())))
            }
            // A generic alias.
            _ => {
                let parameters = self.type_parameters(object)?;
                self.substitute(&ty, &parameters, &arguments)
            }
        }
    }

    fn array_length(&mut self, at: At<'a>) -> Answer<Length> {
        let constant = tolerate(self.constant(at))?;
        let length = constant.and_then(|c| c.value.to_int()).and_then(|i| u64::try_from(i).ok());
        Ok(length.map_or(Length::Unknown(self.place_of(at)), Length::Known))
    }

    /// The length of the array that a literal makes: one more than the largest index.
    pub(crate) fn count_elements(&mut self, literal: At<'a>) -> Answer<Length> {
        let (mut next, mut length) = (0u64, 0u64);
        let elements: Vec<_> = literal.children().collect();
        for element in elements {
            match element.kind() {
                kind::KEYED_ELEMENT => {
                    let key = known(element.child(field::KEY).and_then(|k| k.children().next()))?;
                    let index = tolerate(self.constant(key))?;
                    match index.and_then(|c| c.value.to_int()).and_then(|i| u64::try_from(i).ok()) {
                        Some(index) => next = index,
                        None => return Ok(Length::Unknown(self.place_of(literal))),
                    }
                }
                kind::LITERAL_ELEMENT => {}
                _ => return Ok(Length::Unknown(self.place_of(literal))),
            }
            next = next.saturating_add(1);
            length = length.max(next);
        }
        Ok(Length::Known(length))
    }

    /// The signature of a function declaration, method, function type or literal. Of a method, the receiver is left out.
    pub(crate) fn signature(&mut self, at: At<'a>) -> Answer<Type> {
        self.step(|e| {
            let mut variadic = false;
            let parameters = match at.child(field::PARAMETERS) {
                Some(list) => e.parameters(list, &mut variadic)?,
                None => return Err(Stop::Unknown),
            };
            let results = match at.child(field::RESULT) {
                Some(list) if list.kind() == kind::PARAMETER_LIST => e.parameters(list, &mut false)?,
                Some(only) => vec![Parameter { name: "".into(), ty: tolerate(e.type_expression(only))? }],
                None => Vec::new(),
            };
            let receiver = match at.child(field::RECEIVER) {
                Some(list) => e.parameters(list, &mut false)?.into_iter().next().and_then(|p| p.ty),
                None => None,
            };
            let (parameters, results) = (parameters.into(), results.into());
            known(Type::new(TypeKind::Signature(Signature { parameters, results, variadic, receiver })))
        })
    }

    fn parameters(&mut self, list: At<'a>, variadic: &mut bool) -> Answer<Vec<Parameter>> {
        let mut parameters = Vec::new();
        for group in crate::scopes::parameters(list.tree, list.node) {
            let declaration = list.with(group.declaration);
            match declaration.kind() {
                kind::PARAMETER_DECLARATION => {}
                kind::VARIADIC_PARAMETER_DECLARATION => *variadic = true,
                _ => return Err(Stop::Unknown),
            }
            let ty = tolerate(self.type_of_parameter(declaration))?;
            if group.names.is_empty() {
                parameters.push(Parameter { name: "".into(), ty });
            } else {
                let names = group.names.into_iter().map(|n| list.with(n).name());
                parameters.extend(names.map(|name| Parameter { name, ty: ty.clone() }));
            }
        }
        Ok(parameters)
    }

    fn struct_type(&mut self, at: At<'a>) -> Answer<Type> {
        let list = known(at.children().next())?;
        let mut fields = Vec::new();
        let declarations: Vec<_> = list.children().collect();
        for declaration in declarations {
            if declaration.kind() != kind::FIELD_DECLARATION {
                return Err(Stop::Unknown);
            }
            let written = known(declaration.child(field::TYPE))?;
            let mut ty = tolerate(self.type_expression(written))?;
            let tag: Arc<[u8]> = match declaration.child(field::TAG) {
                Some(tag) => match literal::parse(tag.kind(), tag.text()) {
                    Some(crate::Value::Text(text)) => text,
                    _ => Arc::default(),
                },
                None => Arc::default(),
            };
            let names: Vec<_> = declaration.children_of(field::NAME).collect();
            if names.is_empty() {
                if declaration.has_token(kind::STAR) {
                    ty = ty.and_then(Type::pointer);
                }
                let name = known(embedded_name(written))?;
                let object = self.inner_object(name, Role::EmbeddedField);
                fields.push(StructField { name: name.name(), object, ty, embedded: true, tag });
                continue;
            }
            for name in names {
                let object = self.inner_object(name, Role::Field);
                fields.push(StructField {
                    name: name.name(),
                    object,
                    ty: ty.clone(),
                    embedded: false,
                    tag: tag.clone(),
                });
            }
        }
        known(Type::new(TypeKind::Struct(fields.into())))
    }

    fn interface_type(&mut self, at: At<'a>) -> Answer<Type> {
        let (mut methods, mut embedded) = (Vec::new(), Vec::new());
        let elements: Vec<_> = at.children().collect();
        for element in elements {
            if element.kind() == kind::METHOD_ELEM {
                let name = known(element.child(field::NAME))?;
                let ty = tolerate(self.signature(element))?;
                methods.push(InterfaceMethod { name: name.name(), object: self.inner_object(name, Role::Method), ty });
            } else {
                embedded.push(tolerate(self.type_expression(element))?);
            }
        }
        let (methods, embedded) = (methods.into(), embedded.into());
        known(Type::new(TypeKind::Interface(Interface { methods, embedded, any: false })))
    }

    /// `~int | string`; a single type without a tilde is that type.
    fn type_element(&mut self, at: At<'a>) -> Answer<Type> {
        let terms: Vec<_> = match at.kind() {
            kind::NEGATED_TYPE => vec![at],
            _ => at.children().collect(),
        };
        if let [only] = terms[..]
            && only.kind() != kind::NEGATED_TYPE
        {
            return self.type_expression(only);
        }
        let terms = terms.into_iter().map(|term| match term.kind() {
            kind::NEGATED_TYPE => Ok((true, self.type_expression(known(term.children().next())?)?)),
            _ => Ok((false, self.type_expression(term)?)),
        });
        let terms = terms.collect::<Answer<Vec<_>>>()?;
        known(Type::new(TypeKind::Union(terms.into())))
    }

    /// The type of the literal with these elements, whether it is written or follows from the literal around it.
    pub(crate) fn literal_type(&mut self, literal: At<'a>) -> Answer<Type> {
        let parent = known(literal.parent())?;
        match parent.kind() {
            kind::COMPOSITE_LITERAL => self.type_expression(known(parent.child(field::TYPE))?),
            kind::LITERAL_ELEMENT => {
                let ty = self.step(|e| e.element_type(parent))?;
                // In the place of a pointer stands what it points to.
                match tolerate(self.underlying(&ty))?.as_ref().map(Type::kind) {
                    Some(TypeKind::Pointer(to)) => Ok(to.clone()),
                    _ => Ok(ty),
                }
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// The same, but of `[...]T{…}` the elements are not counted: its length is not asked for.
    pub(crate) fn literal_shape(&mut self, literal: At<'a>) -> Answer<Type> {
        let parent = known(literal.parent())?;
        let written = parent.child(field::TYPE).filter(|_| parent.kind() == kind::COMPOSITE_LITERAL);
        match written {
            Some(ty) if ty.kind() == kind::IMPLICIT_LENGTH_ARRAY_TYPE => {
                let of = self.type_expression(known(ty.child(field::ELEMENT))?)?;
                known(Type::new(TypeKind::Array(Length::Unknown(self.place_of(literal)), of)))
            }
            _ => self.literal_type(literal),
        }
    }

    /// The type that a literal's element must have.
    pub(crate) fn element_type(&mut self, element: At<'a>) -> Answer<Type> {
        let parent = known(element.parent())?;
        let (literal, position) = match parent.kind() {
            kind::LITERAL_VALUE => (parent, element),
            kind::KEYED_ELEMENT => (known(parent.parent())?, parent),
            _ => return Err(Stop::Unknown),
        };
        let ty = self.literal_shape(literal)?;
        let is_key = element.field() == field::KEY;
        match (self.underlying(&ty)?.kind(), is_key) {
            (TypeKind::Map(key, _), true) => Ok(key.clone()),
            (TypeKind::Map(_, value), false) => Ok(value.clone()),
            (TypeKind::Slice(of) | TypeKind::Array(_, of), false) => Ok(of.clone()),
            (TypeKind::Slice(_) | TypeKind::Array(..), true) => Ok(Type::basic(Basic::Int)),
            (TypeKind::Struct(fields), false) => {
                let field = match parent.kind() {
                    kind::KEYED_ELEMENT => {
                        let name = known(parent.child(field::KEY).and_then(|k| k.children().next()))?.name();
                        fields.iter().find(|f| f.name == name)
                    }
                    _ => fields.get(known(literal.children().position(|n| n.node == position.node))?),
                };
                known(field.and_then(|f| f.ty.clone()))
            }
            _ => Err(Stop::Unknown),
        }
    }

    fn inner_object(&self, name: At<'a>, role: Role) -> Object {
        Object::new(Repr::Inner { place: self.place_of(name), role, name: name.name() })
    }

    /// The operand that a type expression is.
    pub(crate) fn type_operand(&mut self, at: At<'a>) -> Answer<Operand> {
        self.type_expression(at).map(Operand::Type)
    }
}

/// The identifier that names an embedded field: the last one of its type's name.
fn embedded_name(mut ty: At<'_>) -> Option<At<'_>> {
    // A generic type, then a qualified one, then the name.
    for _ in 0..3 {
        ty = match ty.kind() {
            kind::TYPE_IDENTIFIER => return Some(ty),
            kind::GENERIC_TYPE => ty.child(field::TYPE)?,
            kind::QUALIFIED_TYPE => ty.child(field::NAME)?,
            _ => return None,
        };
    }
    None
}
