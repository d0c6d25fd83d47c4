//! Relations between types, and method sets.

use super::models;

const TYPES: &str = r#"package p
import ( "io"; "time" )
type Int int
type Named struct { a int }
type I interface { M() error }
type Impl struct{}
func (*Impl) M() error { return nil }
func (Impl) N() {}
type Fn func(int)
func (Fn) Serve() {}
type Wrap struct { *Impl }
type Odd struct { f func() }
var (
	int0 int; int1 Int; str string; bytes []byte; u8s []uint8; any0 any; err error
	named Named; anon struct { a int }; tagged struct { a int `x` }; pNamed *Named; pAnon *struct{ a int }
	impl Impl; pImpl *Impl; i I; both chan int; recv <-chan int; fn Fn; plain func(x int); wrap Wrap; odd Odd
	reader io.Reader; dur time.Duration; arr [4]byte; parr *[4]byte; up uintptr; i64 int64; m map[string]int
)
"#;

/// Lines of: relation, the variables whose types are asked about, the answer.
#[track_caller]
fn check(relation: &str, cases: &[(&str, &str, Option<bool>)]) {
    let models = models(TYPES);
    let model = &models.models[0];
    let ty = |name: &str| model.type_of_object(&models.object(0, name, 0), None)[0].1.clone();
    for (a, b, expected) in cases {
        let answer = match relation {
            "identical" => model.identical(&ty(a), &ty(b)),
            "assignable" => model.assignable(&ty(a), &ty(b)),
            "convertible" => model.convertible(&ty(a), &ty(b)),
            "implements" => model.implements(&ty(a), &ty(b)),
            _ => model.comparable(&ty(a)),
        };
        assert_eq!(answer, *expected, "{a} {relation} {b}");
    }
}

#[test]
fn identity() {
    check(
        "identical",
        &[
            ("int0", "int0", Some(true)),
            ("int0", "int1", Some(false)),
            ("bytes", "u8s", Some(true)),
            ("named", "anon", Some(false)),
            ("anon", "tagged", Some(false)),
            ("both", "recv", Some(false)),
            ("reader", "i", None),
            ("dur", "i64", Some(false)),
        ],
    );
}

#[test]
fn assignability() {
    check(
        "assignable",
        &[
            ("int0", "int1", Some(false)),
            ("named", "anon", Some(true)),
            ("anon", "tagged", Some(false)),
            ("both", "recv", Some(true)),
            ("recv", "both", Some(false)),
            ("plain", "fn", Some(true)),
            ("pImpl", "i", Some(true)),
            ("impl", "i", Some(false)),
            ("impl", "any0", Some(true)),
            ("reader", "any0", Some(true)),
            ("pImpl", "reader", None),
            ("dur", "i", None),
        ],
    );
}

#[test]
fn convertibility() {
    check(
        "convertible",
        &[
            ("int0", "int1", Some(true)),
            ("anon", "tagged", Some(true)),
            ("pNamed", "pAnon", Some(true)),
            ("str", "bytes", Some(true)),
            ("bytes", "str", Some(true)),
            ("str", "int0", Some(false)),
            ("int0", "str", Some(true)),
            ("bytes", "arr", Some(true)),
            ("bytes", "parr", Some(true)),
            ("dur", "int0", Some(true)),
            ("up", "pNamed", Some(false)),
        ],
    );
}

#[test]
fn implementation_and_comparison() {
    check(
        "implements",
        &[
            ("pImpl", "i", Some(true)),
            ("impl", "i", Some(false)),
            ("wrap", "i", Some(true)),
            ("i", "i", Some(true)),
            ("str", "err", Some(false)),
            ("reader", "i", None),
        ],
    );
    check(
        "comparable",
        &[
            ("named", "named", Some(true)),
            ("bytes", "bytes", Some(false)),
            ("odd", "odd", Some(false)),
            ("arr", "arr", Some(true)),
            ("wrap", "wrap", Some(true)),
            ("m", "m", Some(false)),
            ("reader", "reader", None),
        ],
    );
}

#[test]
fn method_sets() {
    let models = models(TYPES);
    let model = &models.models[0];
    for (name, expected) in [
        ("impl", Some("N")),
        ("pImpl", Some("M N")),
        ("wrap", Some("M N")),
        ("fn", Some("Serve")),
        ("i", Some("M")),
        ("err", Some("Error")),
        ("str", Some("")),
        ("reader", None),
    ] {
        let ty = &model.type_of_object(&models.object(0, name, 0), None)[0].1;
        let methods = model.methods_of(ty);
        let names = methods.map(|m| m.iter().map(|o| o.name().to_owned()).collect::<Vec<_>>().join(" "));
        assert_eq!(names.as_deref(), expected, "{name}");
    }
}

#[test]
fn constraints_decide_about_type_parameters() {
    let models = models(
        "package p\nfunc f[X interface{ M() }](xx X) { var ii interface{ M() } = xx; _ = ii }\n\
         func g[Y ~int | ~float64]() { var yy Y = 0; _ = yy }\n",
    );
    let model = &models.models[0];
    let ty = |name| model.type_of(models.leaf(0, name, 0), None)[0].1.clone();
    assert_eq!(model.implements(&ty("xx"), &ty("ii")), None);
    assert_eq!(model.assignable(&ty("xx"), &ty("ii")), None);
    let zero = model.type_of(models.node(0, "0", 0), None)[0].1.clone();
    assert_eq!(model.assignable(&zero, &ty("yy")), None);
}
