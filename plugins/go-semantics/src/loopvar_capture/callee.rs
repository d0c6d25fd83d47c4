//! What a call calls, and of which named type a value is. It never decides by a method's name alone.

use golint_sdk::prelude::*;

use super::access;

/// What stands in the function position of a call.
#[derive(Clone, Debug)]
pub(super) enum Callee<'f> {
    /// A function literal that is called where it stands.
    Literal(Node<'f>),
    /// A predeclared function.
    Builtin(String),
    /// A type: the call is a conversion.
    Conversion,
    /// A function of a package, by its full name.
    Function(String),
    /// A method or a field that holds a function: what it is selected from, and its name.
    Method(Node<'f>, Node<'f>),
    /// Anything else.
    Unknown,
}

/// Types of other packages that conversions are made to, whose declarations can't be seen. All have a function, a pointer
/// or an interface underneath.
const TYPES: &[&str] = &[
    "container/heap.Interface",
    "context.CancelFunc",
    "encoding.TextMarshaler",
    "encoding.TextUnmarshaler",
    "encoding/json.Marshaler",
    "encoding/json.Unmarshaler",
    "expvar.Func",
    "flag.Value",
    "fmt.Formatter",
    "fmt.GoStringer",
    "fmt.Scanner",
    "fmt.Stringer",
    "io.Closer",
    "io.ReadCloser",
    "io.ReadWriter",
    "io.Reader",
    "io.ReaderFrom",
    "io.Seeker",
    "io.WriteCloser",
    "io.Writer",
    "io.WriterTo",
    "io/fs.FS",
    "io/fs.WalkDirFunc",
    "net/http.Handler",
    "net/http.HandlerFunc",
    "path/filepath.WalkFunc",
    "sort.Interface",
    "sync.Locker",
    "unsafe.Pointer",
];

/// Types of variables of other packages.
const VARIABLES: &[(&str, &str)] = &[("net/http.DefaultServeMux", "net/http.ServeMux")];

/// The type of a result of a function of another package: the function, the position of the result, the type.
const RESULTS: &[(&str, usize, &str)] = &[
    ("golang.org/x/sync/errgroup.WithContext", 0, "golang.org/x/sync/errgroup.Group"),
    ("net/http.NewServeMux", 0, "net/http.ServeMux"),
    ("time.AfterFunc", 0, "time.Timer"),
    ("log.New", 0, "log.Logger"),
    ("log.Default", 0, "log.Logger"),
];

/// Embedded fields are looked through this deep.
const MAX_EMBEDDING: usize = 3;

/// Is this the name of an imported package?
pub(super) fn is_package(operand: Node<'_>) -> bool {
    operand.is(kind::IDENTIFIER) && operand.resolve().is_some_and(|o| o.kind() == Some(ObjectKind::PackageName))
}

/// What the call (or conversion) calls.
pub(super) fn callee(call: Node<'_>) -> Callee<'_> {
    if call.is(kind::TYPE_CONVERSION_EXPRESSION) {
        return conversion(call);
    }
    let Some(function) = call.child(field::FUNCTION).map(Node::unparenthesized) else { return Callee::Unknown };
    match function.kind() {
        kind::FUNC_LITERAL => Callee::Literal(function),
        kind::IDENTIFIER => {
            let Some(object) = function.resolve() else { return Callee::Unknown };
            match object.kind() {
                Some(ObjectKind::Builtin) => Callee::Builtin(object.name()),
                Some(ObjectKind::TypeName) => Callee::Conversion,
                _ => named(object.qualified_name()),
            }
        }
        kind::SELECTOR_EXPRESSION => {
            let (Some(operand), Some(name)) = (function.child(field::OPERAND), function.child(field::FIELD)) else {
                return Callee::Unknown;
            };
            if is_package(operand) { named(name.qualified_name()) } else { Callee::Method(operand, name) }
        }
        kind::UNARY_EXPRESSION => {
            let operand = function.child(field::OPERAND).map(Node::unparenthesized);
            let is_type = operand.is_some_and(|o| {
                o.is(kind::IDENTIFIER) && o.resolve().is_some_and(|o| o.kind() == Some(ObjectKind::TypeName))
            });
            if is_type { Callee::Conversion } else { Callee::Unknown }
        }
        _ => Callee::Unknown,
    }
}

/// Is it a call of the predeclared function of this name?
pub(super) fn is_builtin_call(node: Node<'_>, name: &str) -> bool {
    node.is(kind::CALL_EXPRESSION) && matches!(callee(node), Callee::Builtin(called) if called == name)
}

/// What the call calls, also through a local variable that only ever is the function literal or the method value that
/// it was declared with.
pub(super) fn callee_through_variable(call: Node<'_>) -> Callee<'_> {
    let function = call.child(field::FUNCTION).map(Node::unparenthesized).filter(|f| f.is(kind::IDENTIFIER));
    let value = function.and_then(Node::resolve).and_then(only_value);
    match value {
        Some(literal) if literal.is(kind::FUNC_LITERAL) => Callee::Literal(literal),
        Some(selector) if selector.is(kind::SELECTOR_EXPRESSION) => {
            match (selector.child(field::OPERAND), selector.child(field::FIELD)) {
                (Some(operand), Some(name)) if !is_package(operand) => Callee::Method(operand, name),
                _ => callee(call),
            }
        }
        _ => callee(call),
    }
}

/// Is it a local variable that only ever holds the result of a call?
pub(super) fn is_only_result(object: Object<'_>) -> bool {
    only_value(object).is_some_and(|value| value.is(kind::CALL_EXPRESSION))
}

/// What a local variable is declared with, if nothing in the file assigns it again.
pub(super) fn only_value(object: Object<'_>) -> Option<Node<'_>> {
    if object.kind() != Some(ObjectKind::Variable) || object.is("package-level") {
        return None;
    }
    let (value, _) = initial_value(object)?;
    let references = object.references()?;
    references.into_iter().all(|r| !access::is_written(r)).then_some(value)
}

fn named(name: Option<String>) -> Callee<'static> {
    match name {
        Some(name) if TYPES.contains(&name.as_str()) => Callee::Conversion,
        Some(name) => Callee::Function(name),
        None => Callee::Unknown,
    }
}

/// `f[T](x)` looks like a conversion to a generic type when it calls a generic function.
fn conversion(call: Node<'_>) -> Callee<'_> {
    let Some(mut ty) = call.child(field::TYPE) else { return Callee::Unknown };
    // `(fs[i])(x)`
    while let Some(inner) = ty.named_children().next().filter(|_| ty.is(kind::PARENTHESIZED_TYPE)) {
        if !matches!(inner.kind(), kind::PARENTHESIZED_TYPE | kind::GENERIC_TYPE) {
            return Callee::Conversion;
        }
        ty = inner;
    }
    let name = match ty.kind() {
        kind::GENERIC_TYPE => ty.child(field::TYPE),
        kind::QUALIFIED_TYPE | kind::TYPE_IDENTIFIER => Some(ty),
        _ => return Callee::Conversion,
    };
    let identifier = match name {
        Some(name) if name.is(kind::QUALIFIED_TYPE) => name.child(field::NAME),
        other => other,
    };
    match identifier.and_then(Node::resolve) {
        Some(object) if object.kind() == Some(ObjectKind::TypeName) && object.declared_at().is_some() => {
            Callee::Conversion
        }
        Some(object) => named(object.qualified_name()),
        None => Callee::Unknown,
    }
}

/// `*(*T)(x)`: the grammar takes that for a conversion to `*(*T)`, but Go has parentheses around such a type.
pub(super) fn reads_through(conversion: Node<'_>) -> bool {
    conversion.child(field::TYPE).is_some_and(|ty| ty.is(kind::POINTER_TYPE))
}

/// The full name of the named type that the expression has or points to.
pub(super) fn type_name(expression: Node<'_>) -> Option<String> {
    let expression = expression.unparenthesized();
    match expression.type_of().and_then(name_behind_pointers) {
        Some(name) => Some(name),
        None => named_by_table(expression),
    }
}

fn name_behind_pointers(ty: Type<'_>) -> Option<String> {
    let target = if ty.kind() == "pointer" { ty.element()? } else { ty };
    target.qualified_name()
}

fn named_by_table(expression: Node<'_>) -> Option<String> {
    let name = match expression.kind() {
        kind::SELECTOR_EXPRESSION => expression.qualified_name(),
        _ => None,
    };
    if let Some((_, ty)) = name.and_then(|name| VARIABLES.iter().find(|(variable, _)| *variable == name)) {
        return Some((*ty).to_owned());
    }
    if expression.is(kind::CALL_EXPRESSION) {
        return result_type(expression, 0);
    }
    if !expression.is(kind::IDENTIFIER) {
        return None;
    }
    let (value, position) = initial_value(expression.resolve()?)?;
    if value.is(kind::CALL_EXPRESSION) {
        return result_type(value, position);
    }
    let variable = value.is(kind::SELECTOR_EXPRESSION).then(|| value.qualified_name()).flatten()?;
    VARIABLES.iter().find(|(name, _)| *name == variable).map(|(_, ty)| (*ty).to_owned())
}

fn result_type(call: Node<'_>, position: usize) -> Option<String> {
    let Callee::Function(name) = callee(call) else { return None };
    RESULTS.iter().find(|(f, at, _)| *f == name && *at == position).map(|(_, _, ty)| (*ty).to_owned())
}

/// The expression that a variable of this file is declared with, and which of its results it gets.
pub(super) fn initial_value(object: Object<'_>) -> Option<(Node<'_>, usize)> {
    let name = object.declaration()?;
    let parent = name.parent()?;
    let (names, values) = match parent.kind() {
        kind::EXPRESSION_LIST => {
            let statement = parent.parent().filter(|s| s.is(kind::SHORT_VAR_DECLARATION))?;
            (parent.named_children().collect::<Vec<_>>(), statement.child(field::RIGHT)?)
        }
        kind::VAR_SPEC => (parent.children_of(field::NAME).collect(), parent.child(field::VALUE)?),
        _ => return None,
    };
    let position = names.iter().position(|n| *n == name)?;
    let values: Vec<_> = values.named_children().collect();
    match values.as_slice() {
        [call] if names.len() > 1 => Some((call.unparenthesized(), position)),
        values => Some((values.get(position)?.unparenthesized(), 0)),
    }
}

/// The full name of the method that `operand.name` calls: its own type's, or that of an embedded field's type of
/// another package.
pub(super) fn method_name(operand: Node<'_>, name: Node<'_>) -> Option<String> {
    let method = name.resolve();
    if let Some(qualified) = method.and_then(Object::qualified_name) {
        return Some(qualified);
    }
    if method.is_some_and(|m| m.declared_at().is_some()) {
        return None;
    }
    Some(format!("{}.{}", type_name(operand)?, name.text()))
}

/// All full names under which the method may be known, the promoting types first.
pub(super) fn method_names(operand: Node<'_>, name: Node<'_>) -> Vec<String> {
    let own = method_name(operand, name);
    let mut names: Vec<String> = own.into_iter().collect();
    if name.resolve().is_some_and(|m| m.declared_at().is_some()) {
        return names;
    }
    let Some(ty) = operand.type_of() else { return names };
    let mut open = vec![(if ty.kind() == "pointer" { ty.element() } else { Some(ty) }, 0)];
    while let Some((ty, depth)) = open.pop() {
        let Some(fields) = ty.and_then(Type::underlying).and_then(Type::fields) else { continue };
        for embedded in fields.into_iter().filter(|f| f.embedded && depth < MAX_EMBEDDING) {
            let ty = if embedded.ty.kind() == "pointer" { embedded.ty.element() } else { Some(embedded.ty) };
            if let Some(owner) = ty.and_then(Type::qualified_name) {
                names.push(format!("{owner}.{}", name.text()));
            }
            open.push((ty, depth + 1));
        }
    }
    names
}

/// The arguments of a call or conversion, without the parentheses.
pub(super) fn arguments(call: Node<'_>) -> Vec<Node<'_>> {
    if call.is(kind::TYPE_CONVERSION_EXPRESSION) {
        return call.child(field::OPERAND).into_iter().collect();
    }
    call.child(field::ARGUMENTS).map(|list| list.named_children().collect()).unwrap_or_default()
}
