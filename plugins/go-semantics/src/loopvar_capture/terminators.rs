//! Calls behind which nothing runs. It never follows a call further than one function of the same file.

use golint_sdk::prelude::*;

use super::callee;
use super::control_flow::ControlFlow;

/// Functions that never return. Sources: the documentation of each.
const FUNCTIONS: &[&str] = &[
    "os.Exit",
    "syscall.Exit",
    "runtime.Goexit",
    "log.Fatal",
    "log.Fatalf",
    "log.Fatalln",
    "log.Panic",
    "log.Panicf",
    "log.Panicln",
    "github.com/golang/glog.Exit",
    "github.com/golang/glog.Exitf",
    "github.com/golang/glog.Fatal",
    "github.com/golang/glog.Fatalf",
    "github.com/sirupsen/logrus.Fatal",
    "github.com/sirupsen/logrus.Fatalf",
    "github.com/sirupsen/logrus.Fatalln",
    "github.com/sirupsen/logrus.Panic",
    "github.com/sirupsen/logrus.Panicf",
    "k8s.io/klog/v2.Exit",
    "k8s.io/klog/v2.Exitf",
    "k8s.io/klog/v2.Fatal",
    "k8s.io/klog/v2.Fatalf",
    "github.com/stretchr/testify/require.Fail",
    "github.com/stretchr/testify/require.FailNow",
    "github.com/stretchr/testify/require.FailNowf",
    "github.com/stretchr/testify/require.Failf",
];

/// Methods that never return, of the types of package testing and of log.Logger; and, since silence is the better
/// mistake, of every type that is not known.
const METHODS: &[&str] =
    &["Fatal", "Fatalf", "Fatalln", "FailNow", "Panic", "Panicf", "Panicln", "Skip", "Skipf", "SkipNow"];

/// Is this a statement behind which nothing runs? With a `flow`, a function of this file that comes to no end counts,
/// too.
pub(super) fn never_goes_on<'f>(part: Node<'f>, flow: Option<&ControlFlow<'f>>) -> bool {
    if !part.is(kind::EXPRESSION_STATEMENT) {
        return false;
    }
    let Some(call) = part.named_children().next().map(Node::unparenthesized) else { return false };
    call.is(kind::CALL_EXPRESSION) && never_returns(call, flow)
}

fn never_returns<'f>(call: Node<'f>, flow: Option<&ControlFlow<'f>>) -> bool {
    let Some(function) = call.child(field::FUNCTION).map(Node::unparenthesized) else { return false };
    match function.kind() {
        kind::IDENTIFIER => {
            let Some(object) = function.resolve() else { return false };
            if object.kind() == Some(ObjectKind::Builtin) {
                return object.name() == "panic";
            }
            is_known(object.qualified_name().as_deref()) || flow.is_some_and(|flow| comes_to_no_end(object, flow))
        }
        kind::SELECTOR_EXPRESSION => {
            let (Some(operand), Some(name)) = (function.child(field::OPERAND), function.child(field::FIELD)) else {
                return false;
            };
            if callee::is_package(operand) {
                return is_known(name.qualified_name().as_deref());
            }
            METHODS.contains(&&*name.text()) && is_fatal_receiver(operand, name)
        }
        _ => false,
    }
}

fn is_known(name: Option<&str>) -> bool {
    name.is_some_and(|name| FUNCTIONS.contains(&name))
}

fn is_fatal_receiver(operand: Node<'_>, method: Node<'_>) -> bool {
    match callee::type_name(operand) {
        Some(name) => name.starts_with("testing.") || name == "log.Logger",
        None => method.resolve().is_none_or(|object| object.declared_at().is_none()),
    }
}

fn comes_to_no_end<'f>(object: Object<'f>, flow: &ControlFlow<'f>) -> bool {
    let declaration = object.declaration().and_then(Node::parent);
    let Some(function) = declaration.filter(|d| d.is(kind::FUNCTION_DECLARATION)) else { return false };
    function.child(field::BODY).is_some_and(|body| !flow.returns(body))
}
