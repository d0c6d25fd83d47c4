//! Which files see which, and what is read for it.

use super::{check, models, sources};
use crate::{FileModel, Package};

#[test]
fn tests_programs_and_packages_are_separate() {
    check(
        r#"-- a.go --
package p
func use() {
	own() //? own -> m.org/p.own
	helper() //? helper -> ?
	external() //? external -> ?
	main() //? main -> ?
}
-- b.go --
package p
func own() {}
type T struct{}
-- a_test.go --
package p
func helper() { own(); more() } //? own -> m.org/p.own ;; more -> m.org/p.more
func (T) forTests() {}
-- b_test.go --
package p
func more() { helper(); T{}.forTests() } //? helper -> m.org/p.helper ;; forTests -> m.org/p.T.forTests
-- c_test.go --
package p_test
import . "m.org/p"
func external() { other(); own() } //? other -> m.org/p_test.other ;; own -> ?
func g() { Exported() } //? Exported -> m.org/p.Exported
-- d_test.go --
package p_test
func other() { external() } //? external -> m.org/p_test.external
-- gen.go --
//go:build ignore
package p
func main() { own(); here() } //? own -> ? ;; here -> command-line-arguments.here
func here() {}
-- doc.go --
package other
func own() { use() } //? use -> ?
"#,
    );
}

#[test]
fn methods_of_tests_are_for_tests_only() {
    check(
        r#"-- a.go --
package p
type T struct{}
func f() { T{}.m() } //? m -> ?
-- a_test.go --
package p
func (T) m() {}
func g() { T{}.m() } //? m -> m.org/p.T.m
"#,
    );
}

#[test]
fn no_more_is_read_than_the_question_needs() {
    let fixture = "-- a.go --\npackage p\nimport \"fmt\"\nfunc f(x int) { fmt.Println(x); g(); len(y) }\n\
                   -- b.go --\npackage p\nfunc g() {}\n-- c.go --\npackage p\nvar z = g2\n";
    let sources = sources(fixture);
    let package = Package::new(sources.clone());
    let text = sources.texts[0].clone();
    let tree = golint_syntax::parse(&text).tree;
    let model = FileModel::new(package.clone(), 0, golint_project::PlatformSet::ALL, text.clone(), tree.clone());
    let everything = models(fixture);
    for name in ["fmt", "Println", "x"] {
        assert_eq!(model.resolve(everything.leaf(0, name, 0), None).len(), 1);
    }
    assert!(sources.read.lock().unwrap().is_empty(), "imports and locals need no other file");
    assert_eq!(model.resolve(everything.leaf(0, "g", 0), None).len(), 1);
    assert!(package.is_parsed(1) && !package.is_parsed(2), "only the files that declare the name are parsed");
    assert_eq!(model.resolve(everything.leaf(0, "len", 0), None).len(), 1);
    assert!(!package.is_parsed(2), "a predeclared name is declared nowhere");
}

#[test]
fn files_of_other_platforms_are_not_parsed() {
    let models = models(
        "-- a_linux.go --\npackage p\nvar x = size\n-- b_linux.go --\npackage p\nconst size = 4\n-- b_windows.go --\npackage p\n\
         const size = 8\nfunc (T) m() {}\n-- c.go --\npackage p\ntype T int\nvar y = size\n",
    );
    assert_eq!(models.models[0].type_of(models.leaf(0, "size", 0), None).len(), 1);
    assert!(models.package.is_parsed(1) && !models.package.is_parsed(2), "a linux file is in no build with it");
    assert_eq!(models.models[3].constant_of(models.leaf(3, "size", 0), None).len(), 2);
    assert!(models.package.is_parsed(2), "the file for all platforms is");
}

#[test]
fn loose_files_have_no_names_of_the_standard_library() {
    let mut sources = sources("-- a.go --\npackage time\nfunc AfterFunc() {}\n");
    std::sync::Arc::get_mut(&mut sources).expect("nobody else has it").import_path = None;
    let (text, package) = (sources.texts[0].clone(), Package::new(sources));
    let tree = golint_syntax::parse(&text).tree;
    let model = FileModel::new(package, 0, golint_project::PlatformSet::ALL, text, tree.clone());
    let tree = golint_tree::Tree::trusted(&tree).unwrap();
    let name = tree.subtree(tree.root()).find(|&n| tree.kind(n) == golint_tree::kind::IDENTIFIER).expect("its name");
    let object = model.resolve(name, None).pop().expect("it is declared").1;
    assert_eq!(model.qualified_name(&object).as_deref(), Some("command-line-arguments.AfterFunc"));
}
