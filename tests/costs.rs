//! Sources that are expensive to look at. A pack that takes too long is off for the rest of the run, so that one such file
//! would hide the findings of all others.

use crate::scratch::Scratch;

/// How many findings of the rule there are in this file; the run must be complete.
fn findings(rule: &str, version: &str, source: &str) -> usize {
    let module = format!("module example.com/costs\n\ngo {version}\n");
    let scratch = Scratch::new(&[("go.mod", &module), ("costs.go", source)]);
    let run = scratch.run(&["check", "--select", rule, "--format", "json"]);
    assert!(matches!(run.code, Some(0 | 1)), "exit {:?}: {}{}", run.code, run.stdout, run.stderr);
    run.json()["diagnostics"].as_array().map_or(0, Vec::len)
}

/// A function of 500 statements, and a loop whose body is this text, many times.
fn with_loop(repeated: &str, times: usize, end: &str) -> String {
    let steps = "\ttotal += n\n".repeat(500);
    let body = repeated.repeat(times);
    format!(
        "package p\n\nfunc use(values ...any) {{}}\n\nfunc long(n int) {{\n\ttotal := 0\n{steps}}}\n\n\
         func start(names []string) {{\n\tfor _, name := range names {{\n{body}{end}\t}}\n}}\n"
    )
}

#[test]
fn a_loop_of_thousands_of_go_statements_and_calls_is_looked_at() {
    let source = with_loop("\t\tgo func() { use(name) }()\n\t\tlong(1)\n", 2_000, "");
    assert_eq!(findings("loopvar-capture", "1.21", &source), 2_000);
}

#[test]
fn a_loop_of_thousands_of_gotos_is_looked_at() {
    let repeated = "\t\tgo func() { use(name) }()\n\t\tif name == \"\" {\n\t\t\tgoto end\n\t\t}\n";
    let source = with_loop(repeated, 2_000, "\tend:\n\t\tlong(1)\n");
    assert_eq!(findings("loopvar-capture", "1.21", &source), 2_000);
}

#[test]
fn thousands_of_uses_in_one_literal_are_looked_at() {
    let uses = "\t\t\tuse(name)\n".repeat(2_000);
    let source = with_loop(&format!("\t\tgo func() {{\n{uses}\t\t}}()\n"), 1, &"\t\tlong(1)\n".repeat(2_000));
    assert_eq!(findings("loopvar-capture", "1.21", &source), 2_000);
}

#[test]
fn thousands_of_goroutines_and_receives_of_one_channel_are_looked_at() {
    let goroutine = "\t\tgo func() { done <- 1; use(name); done <- 2 }()\n\t\tif name == \"\" {\n\t\t\t<-done\n\t\t}\n";
    let source = with_loop(goroutine, 2_000, "")
        .replace("func start(names []string) {", "func start(names []string) {\n\tdone := make(chan int)");
    assert!(findings("loopvar-capture", "1.21", &source) > 0);
}

#[test]
fn thousands_of_sends_to_one_channel_are_looked_at() {
    let send = "\t\tqueue <- func() { use(name) }\n\t\t<-other\n";
    let made = "func start(names []string) {\n\tqueue, other := make(chan func()), make(chan int)\n\
                \tgo func() {\n\t\tfor f := range queue {\n\t\t\tf()\n\t\t}\n\t}()";
    let source = with_loop(send, 2_000, "").replace("func start(names []string) {", made);
    assert!(findings("loopvar-capture", "1.21", &source) > 0);
}
