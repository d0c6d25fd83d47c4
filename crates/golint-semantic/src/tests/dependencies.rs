//! What answers depended on, and that they depend on nothing else.

use super::models;
use crate::Question;

fn asked(fixture: &str, name: &str) -> Vec<(Question, u64)> {
    let models = models(fixture);
    models.models[0].type_of(models.leaf(0, name, 0), None);
    models.models[0].dependencies()
}

const USE: &str = "-- a.go --\npackage p\nfunc f() { _ = g }\n";

#[test]
fn absences_are_recorded() {
    let before = asked(USE, "g");
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].0, Question::Name { file: "a.go".into(), name: "g".into() });
    let after = asked(&format!("{USE}-- b.go --\npackage p\nvar g T\ntype T int\n"), "g");
    let found = after.iter().find(|(question, _)| *question == before[0].0).expect("the same question");
    assert_ne!(found.1, before[0].1, "what was not there is there now");
    assert_eq!(after.len(), 2, "the type of g depends on T: {after:?}");
}

#[test]
fn bodies_comments_and_positions_change_nothing() {
    let one = asked(&format!("{USE}-- b.go --\npackage p\nfunc g(a int) int {{ return 1 }}\n"), "g");
    let two = asked(
        &format!("{USE}-- b.go --\npackage p\n\n// comment\nvar other int\nfunc g(a   int) /* */ int {{ return 2 }}\n"),
        "g",
    );
    let three = asked(&format!("{USE}-- b.go --\npackage p\nfunc g(a int8) int {{ return 1 }}\n"), "g");
    assert_eq!(one, two);
    assert_ne!(one, three);
}

#[test]
fn recorded_answers_can_be_asked_for_again() {
    let fixture = format!("{USE}-- b.go --\npackage p\nvar g T\n\ntype T int\nfunc (T) m() {{}}\n");
    let one = models(&fixture);
    let model = &one.models[0];
    let ty = model.type_of(one.leaf(0, "g", 0), None)[0].1.clone();
    model.methods_of(&ty);
    let object = one.object(0, "g", 0);
    model.declared_at(&object);
    let recorded = model.dependencies();
    assert_eq!(recorded.len(), 5, "three names, the methods, and where g stands: {recorded:?}");
    let again = models(&fixture);
    assert!(recorded.iter().all(|(question, hash)| again.package.answer(question) == *hash));
    let moved = models(&fixture.replace("package p\nvar g", "package p\n\nvar g"));
    let changed = recorded.iter().filter(|(question, hash)| moved.package.answer(question) != *hash);
    let contents = Question::Contents { file: "b.go".into() };
    assert_eq!(changed.map(|(q, _)| q).collect::<Vec<_>>(), [&contents]);
}

#[test]
fn imports_and_locals_depend_on_nothing() {
    let models = models("package p\nimport \"fmt\"\nfunc f(xx int) { _ = xx; fmt.Print() }\n");
    for name in ["xx", "fmt", "Print"] {
        assert_eq!(models.models[0].resolve(models.leaf(0, name, 0), None).len(), 1);
    }
    assert_eq!(models.models[0].dependencies(), []);
}

#[test]
fn an_answer_does_not_depend_on_who_asked_first() {
    let fixture = "-- a.go --\npackage p\nvar a, b, c = d.x, e[0], f()\n-- b.go --\npackage p\nvar d struct{ x T }\nvar e []T\n\
                   func f() T { return T{} }\ntype T struct { n [size]int }\nconst size = other + 1\nconst other = cycle\n\
                   const cycle = other\n";
    let names = ["a", "b", "c", "d", "e", "f"];
    let alone: Vec<_> = names
        .iter()
        .map(|n| {
            let models = models(fixture);
            let answer = models.models[0].type_of(models.leaf(0, n, 0), None);
            (
                answer.iter().map(|(_, t)| models.models[0].type_string(t)).collect::<Vec<_>>(),
                models.models[0].dependencies(),
            )
        })
        .collect();
    let together = models(fixture);
    for (i, name) in names.iter().enumerate().rev() {
        let answer = together.models[0].type_of(together.leaf(0, name, 0), None);
        let shown: Vec<_> = answer.iter().map(|(_, t)| together.models[0].type_string(t)).collect();
        assert_eq!(shown, alone[i].0, "{name}");
    }
}
