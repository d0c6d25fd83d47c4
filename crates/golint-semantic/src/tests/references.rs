//! Identifiers that stand for an object.

use super::models;

/// The `n`-th identifier of this name, and which of its identifiers (from 0) stand for the same object.
#[track_caller]
fn check(source: &str, name: &str, n: usize, expected: Option<&[usize]>) {
    let models = models(source);
    let object = models.object(0, name, n);
    let all: Vec<_> = (0..source.matches(name).count()).map(|i| models.leaf(0, name, i)).collect();
    let found = models.models[0].references(&object);
    let found = found.map(|nodes| {
        nodes.iter().map(|n| all.iter().position(|a| a == n).expect("an identifier of that name")).collect::<Vec<_>>()
    });
    assert_eq!(found.as_deref(), expected);
}

#[test]
fn locals_parameters_and_labels() {
    let source = "package p\nfunc f(xx int) {\n\tyy := xx\n\t{ xx := xx; _ = xx }\n\t_ = func() int { return xx }\n\t_ = yy\n}\n";
    check(source, "xx", 0, Some(&[0, 1, 3, 5]));
    check(source, "xx", 4, Some(&[2, 4]));
    check(source, "yy", 1, Some(&[0, 1]));
    check("package p\nfunc f() {\nll:\n\tfor { continue ll }\n\tfunc() { ll: goto ll }()\n}\n", "ll", 0, Some(&[0, 1]));
}

#[test]
fn keys_and_fields() {
    let source = "package p\ntype T struct{ kk int }\nfunc f(kk int) {\n\t_ = T{kk: kk}\n\t_ = []int{kk: 1}\n\tvar t T\n\tt.kk = kk\n}\n";
    check(source, "kk", 0, Some(&[0, 2, 5]));
    check(source, "kk", 1, Some(&[1, 3, 4, 6]));
    let unknown = "package p\nimport \"net/http\"\nfunc f(kk int) {\n\t_ = http.Server{kk: 1}\n}\n";
    check(unknown, "kk", 0, Some(&[0, 1]));
    let unknown = "package p\nimport \"net/http\"\nfunc f(KK int) {\n\t_ = http.Server{KK: 1}\n}\n";
    check(unknown, "KK", 0, None);
    check("package p\ntype EE struct{}\ntype T struct{ EE }\nvar t T\nvar u = t.EE\n", "EE", 2, Some(&[1, 2]));
}

#[test]
fn package_level_names() {
    check("package p\nvar gg int\nfunc f(gg int) { gg++ }\nfunc h() { gg++; x.gg() }\n", "gg", 0, Some(&[0, 3]));
    check("package p\nimport qq \"fmt\"\nvar x = qq.Sprint(qq.Sprint)\n", "qq", 0, Some(&[0, 1, 2]));
}

#[test]
fn all_of_the_package() {
    let models = models(
        "-- a.go --\npackage p\nfunc gg() {}\n-- b.go --\npackage p\nvar x = gg\n-- a_test.go --\npackage p\nvar y, gh = gg, 1\n\
         -- c_test.go --\npackage p_test\nfunc gg() {}\n",
    );
    let object = models.object(0, "gg", 0);
    let locations = models.models[0].references_in_package(&object).expect("known");
    assert_eq!(locations.iter().map(|l| l.file).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(models.models[2].references_in_package(&object), Some(locations));
}
