//! Calls behind which nothing runs: no statement of the function, or none of the goroutine that a literal in it runs on. It
//! never follows a call further than one function of the same file.

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee;
use super::control_flow::ControlFlow;
use super::keepers::{self, Kept};
use super::{path, subtests};

/// Functions that never return. Sources: the documentation of each.
const FUNCTIONS: &[&str] = &[
    "os.Exit",
    "syscall.Exit",
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

/// It ends the goroutine that it is called on.
const GOEXIT: &str = "runtime.Goexit";

/// Methods that never return, of the types of package testing and of log.Logger; and, since silence is the better
/// mistake, of every type that is not known.
const METHODS: &[&str] =
    &["Fatal", "Fatalf", "Fatalln", "FailNow", "Panic", "Panicf", "Panicln", "Skip", "Skipf", "SkipNow"];

/// What comes behind a part of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next<'f> {
    /// What stands there.
    Statement,
    /// Nothing.
    Nothing,
    /// Nothing on this goroutine, which runs the function literal; whoever waits for that goes on.
    EndOf(Node<'f>),
}

/// What a call ends.
enum End<'f> {
    /// The program, or all functions up to one that recovers.
    Program,
    /// The goroutine, by this call; by the end of the test that the expression stands for.
    Goroutine(Node<'f>, Option<Node<'f>>),
    /// A method of that name may end something, of a type that is not known.
    Perhaps,
    /// Whatever this function ends.
    Function(Object<'f>),
}

/// What comes behind this part. Where the flow looks into calls, a function of this file that comes to no end counts as
/// one that does not return.
pub(super) fn next<'f>(part: Node<'f>, flow: &ControlFlow<'f>) -> Next<'f> {
    match end(part) {
        None => Next::Statement,
        Some(End::Program | End::Perhaps) => Next::Nothing,
        Some(End::Goroutine(call, test)) => end_of_goroutine(call, test, flow),
        Some(End::Function(object)) if flow.looks_into_calls() && comes_to_no_end(object, flow) => Next::Nothing,
        Some(End::Function(_)) => Next::Statement,
    }
}

/// Is it certain that what stands behind this statement, in the same block, is not reached from there?
pub(super) fn ends_block(statement: Node<'_>) -> bool {
    match statement.kind() {
        kind::RETURN_STATEMENT
        | kind::BREAK_STATEMENT
        | kind::CONTINUE_STATEMENT
        | kind::GOTO_STATEMENT
        | kind::FALLTHROUGH_STATEMENT => true,
        _ => matches!(end(statement), Some(End::Program | End::Goroutine(..))),
    }
}

fn end(part: Node<'_>) -> Option<End<'_>> {
    let expression = part.named_children().next().filter(|_| part.is(kind::EXPRESSION_STATEMENT))?;
    let call = Some(expression.unparenthesized()).filter(|c| c.is(kind::CALL_EXPRESSION))?;
    let function = call.child(field::FUNCTION)?.unparenthesized();
    let named = |name: &str| {
        let is_known = FUNCTIONS.contains(&name);
        if name == GOEXIT { Some(End::Goroutine(call, None)) } else { is_known.then_some(End::Program) }
    };
    match function.kind() {
        kind::IDENTIFIER => {
            let object = function.resolve()?;
            if object.kind() == Some(ObjectKind::Builtin) {
                return (object.name() == "panic").then_some(End::Program);
            }
            Some(object.qualified_name().and_then(|name| named(&name)).unwrap_or(End::Function(object)))
        }
        kind::SELECTOR_EXPRESSION => {
            let (operand, name) = (function.child(field::OPERAND)?, function.child(field::FIELD)?);
            if callee::is_package(operand) {
                return named(&name.qualified_name()?);
            }
            if !METHODS.contains(&&*name.text()) {
                return None;
            }
            match callee::type_name(operand) {
                Some(ty) if ty.starts_with("testing.") => Some(End::Goroutine(call, Some(operand))),
                Some(ty) => (ty == "log.Logger").then_some(End::Program),
                None => name.resolve().is_none_or(|o| o.declared_at().is_none()).then_some(End::Perhaps),
            }
        }
        _ => None,
    }
}

/// Behind `runtime.Goexit()`, or the end of a test: that of the goroutine it is called on. A subtest has one of its own,
/// and the test that started it goes on, unless that is the one which ends: it does so in `Run`. Where no test ends, the
/// program panics. Source: the documentation of package testing, T.FailNow and T.Run, and the source of the latter.
fn end_of_goroutine<'f>(call: Node<'f>, test: Option<Node<'f>>, flow: &ControlFlow<'f>) -> Next<'f> {
    let inner = call.ancestors().take_while(|n| *n != flow.root()).filter(|n| n.is(kind::FUNC_LITERAL));
    for literal in inner.filter(|l| l.child(field::BODY) != Some(flow.root())) {
        if runs_on_goroutine(literal) {
            return Next::EndOf(literal);
        }
        if subtests::is_body_of_subtest(literal) {
            let own = path::parameter(literal, 0).and_then(Node::resolve);
            if own.is_some() && test.and_then(Access::of).map(|a| a.root) == own {
                return Next::EndOf(literal);
            }
            if test.is_none() {
                return Next::Nothing;
            }
        }
    }
    Next::Nothing
}

/// `go func() { … }()`, and what a group runs.
fn runs_on_goroutine(literal: Node<'_>) -> bool {
    if access::started_call(literal).is_some() {
        return true;
    }
    let outer = access::parenthesized(literal);
    let Some(list) = outer.parent().filter(|p| p.is(kind::ARGUMENT_LIST)) else { return false };
    let position = list.named_children().position(|n| n == outer);
    let keeper = list.parent().zip(position).and_then(|(call, i)| keepers::keeper_of(call, i, literal));
    keeper.is_some_and(|k| k.kept == Kept::Group)
}

fn comes_to_no_end<'f>(object: Object<'f>, flow: &ControlFlow<'f>) -> bool {
    let declaration = object.declaration().and_then(Node::parent);
    let Some(function) = declaration.filter(|d| d.is(kind::FUNCTION_DECLARATION)) else { return false };
    function.child(field::BODY).is_some_and(|body| !flow.returns(body))
}
