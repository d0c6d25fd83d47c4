//! Answers that differ by platform.

use golint_project::PlatformSet;

use super::{check, models, named_set};
use crate::FileModel;

#[test]
fn one_name_in_files_of_different_platforms() {
    check(
        r#"-- a.go --
package p
func f() {
	x := open() //? open -> m.org/p.open[linux] | m.org/p.open[windows] ;; x : int[linux] | string[windows]
	_ = size //? size = 4[linux] | 8[windows]
	var h handle //? h : m.org/p.handle[linux] | m.org/p.handle[windows]
	_ = h.fd //? fd -> m.org/p.handle.fd[linux] ;; h.fd : int[linux]
	_, _ = x, everywhere(1) //? everywhere(1) : int
}
func everywhere(int) int { return size * 2 }
-- a_linux.go --
package p
const size = 4
type handle struct { fd int }
func open() int { return 0 } //? open -> m.org/p.open
func g() { _ = [size]byte{} } //? size = 4 ;; [size]byte{} : [4]byte
-- a_windows.go --
package p
const size = 8
type handle uintptr
func open() string { return "" }
"#,
    );
}

#[test]
fn several_files_that_could_be_in_one_build() {
    check(
        r#"-- a.go --
package p
func f() {
	add() //? add -> ?
	sub() //? sub -> m.org/p.sub[amd64]
}
-- a_tag.go --
//go:build purego
package p
func add() {}
func g() { add() } //? add -> m.org/p.add
-- a_notag.go --
//go:build !purego
package p
func add() {}
-- sub.go --
//go:build amd64
package p
func sub() {}
"#,
    );
}

#[test]
fn pointer_sizes_split_and_equal_answers_join() {
    check(
        r#"-- a_linux.go --
package p
const max = int(^uint(0) >> 1) //? max = 2147483647[4] | 9223372036854775807[8]
const one = max & 1 //? one = 1
const wide int = 1 << 40 //? wide = 1099511627776[8]
"#,
    );
}

#[test]
fn only_the_platforms_that_were_given_count() {
    let models = models(
        "-- a.go --\npackage p\nvar h handle\n-- a_linux.go --\npackage p\ntype handle int\n-- a_windows.go --\npackage p\n\
         type handle string\n",
    );
    let name = models.leaf(0, "h", 0);
    assert_eq!(models.models[0].type_of(name, None).len(), 2);
    let (linux, text, tree) = (named_set("linux"), models.texts[0].clone(), models.trees[0].clone());
    let model = FileModel::new(models.package.clone(), 0, linux, text, tree);
    let types = model.type_of(name, None);
    assert_eq!(types.iter().map(|(on, _)| *on).collect::<Vec<_>>(), [linux]);
    assert_eq!(model.underlying(&types[0].1).map(|ty| model.type_string(&ty)), Some("int".to_owned()));
}

#[test]
fn of_a_file_that_is_built_nowhere_is_known_what_all_platforms_agree_about() {
    let models = models(
        "-- a.go --\n//go:build linux && windows\npackage p\nfunc f(xx []int) {\n\tfor _, v := range xx { g(v); h(); k() }\n\tvar word \
         uintptr\n\t_ = len(xx)\n\tT{}.mm()\n}\ntype T struct{ e }\nfunc (T) mm() {}\n-- b.go --\npackage p\nfunc g(int) {}\ntype e struct{}\nfunc (e) mm() {}\n-- c_linux.go --\n\
         package p\nfunc h() {}\n-- d.go --\n//go:build linux && windows\npackage p\nfunc k() {}\n-- e.go --\npackage p\nfunc k() {}\n",
    );
    let model = &models.models[0];
    assert!(models.package.files()[0].platforms.is_empty());
    let known = |name, n| model.resolve(models.leaf(0, name, n), None).len();
    assert_eq!([known("v", 1), known("xx", 1), known("g", 0), known("len", 0)], [1; 4]);
    assert_eq!(known("mm", 0), 0, "no promoted method in the place of its own");
    assert_eq!([known("h", 0), known("k", 0)], [0; 2], "what other platforms have may be missing or differ");
    let types = model.type_of(models.leaf(0, "v", 1), None);
    assert_eq!(
        types.iter().map(|(on, ty)| (*on, model.type_string(ty))).collect::<Vec<_>>(),
        [(PlatformSet::ALL, "int".to_owned())]
    );
    assert_eq!(model.layout(&model.type_of(models.leaf(0, "word", 0), None)[0].1, None), [], "the size differs");
}
