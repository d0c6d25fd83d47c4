//! Places where the model and go/types once disagreed, each as small as it could be made. The expected answers are those
//! of go/types (Go 1.26) for linux/amd64.

use super::{check, models};

#[test]
fn a_star_before_a_conversion_is_a_dereference() {
    check(
        "package p
type T struct{ f int }
func f(p *int, q **[]string, x any) {
    s := *(*[]string)(nil) //? s : []string ;; *(*[]string)(nil) : []string
    n := *(*T)(nil)        //? n : m.org/p.T
    d := **(**T)(nil)      //? d : m.org/p.T
    i := *(*int)(p) + 1    //? i : int
    c := *T(x)
    _, _, _, _, _ = s, n, d, i, c
}
",
    );
}

#[test]
fn a_name_behind_a_package_is_not_looked_up_in_scope() {
    check(
        "package p
import (
    \"hash\"
    \"testing\"
)
func f[T any](t *testing.T, v T) { //? T#2 -> testing.T ;; T#3 -> 0
    x, ok := any(t).(*testing.T) //? T -> testing.T ;; x : *testing.T
    _, _ = x, ok
}
func g[Hash hash.Hash](h Hash) {} //? Hash#2 -> hash.Hash ;; Hash#3 -> 0
",
    );
}

#[test]
fn a_variable_in_the_place_of_a_package_makes_a_selector() {
    check(
        "package p
type pair struct{ x, y int }
func f(test pair) {
    var x string
    make := func(n int) *pair { return nil }
    z := make(test.x) //? z : *m.org/p.pair ;; x -> m.org/p.pair.x
    w := new(test.x)  //? w : *int
    _, _, _ = z, w, x
}
",
    );
}

#[test]
fn one_named_parameter_makes_all_of_them_names() {
    check(
        "package p
var a, b bool
func f(a, b, c, d, e, f, g, h, i, j int) int { //? a -> 0 ;; b -> 0
    return a + b //? a -> -1 ;; a : int ;; b : int
}
func g(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o int, p ...string) {} //? a -> 0 ;; o -> 0
var x = f //? f : func(a int, b int, c int, d int, e int, f int, g int, h int, i int, j int) int
",
    );
}

#[test]
fn an_arrow_belongs_to_the_leftmost_channel_possible() {
    check(
        "package p
var a chan<- chan int     //? chan<- chan int : chan<- chan int
var b chan<- <-chan int   //? chan<- <-chan int : chan<- <-chan int
var c chan (<-chan int)   //? chan (<-chan int) : chan (<-chan int)
var d <-chan (chan<- int) //? <-chan (chan<- int) : <-chan chan<- int
var e chan<- chan<- int   //? chan<- chan<- int : chan<- chan<- int
",
    );
}

#[test]
fn an_elided_literal_of_a_pointer_is_the_pointer() {
    check(
        "package p
type T struct{ n int }
var a = []*T{{n: 1}}          //? {n: 1} : *m.org/p.T
var b = map[string]*T{\"\": {}} //? {} : *m.org/p.T
var c = [...]T{{2}}           //? {2} : m.org/p.T ;; c : [1]m.org/p.T
",
    );
}

#[test]
fn a_function_type_hides_no_declaration_behind_it() {
    check(
        "package p
import . \"reflect\"
type F func()
type B byte
type H func(int)
func (h H) Serve(n int) { h(n) }
var _ = Type(nil)
var b []B      //? B -> m.org/p.B ;; []B : []m.org/p.B
var s = H.Serve //? Serve -> m.org/p.H.Serve
",
    );
    let models = models("package p\ntype H func(int)\nfunc (f H) Serve(w int) {}\n");
    let ty = &models.models[0].type_of_object(&models.object(0, "H", 0), None)[0].1;
    let methods = models.models[0].methods_of(ty).unwrap();
    assert_eq!(methods.iter().map(|m| m.name().to_owned()).collect::<Vec<_>>(), ["Serve"]);
}

#[test]
fn a_foreign_generic_name_may_be_a_function() {
    check(
        "package p
import \"reflect\"
type N int
var t = reflect.TypeFor[N]() //? t : ?
func f(v reflect.Value) {
    u, ok := reflect.TypeAssert[N](v) //? u : ?
    _, _ = u, ok
}
",
    );
}

#[test]
fn a_method_that_two_files_declare_makes_the_set_unknown() {
    let models = models(
        "-- a.go --
package p
type T struct{}
-- b.go --
//go:build custom
package p
func (T) M() {}
-- c.go --
//go:build !custom
package p
func (T) M() {}
",
    );
    let ty = &models.models[0].type_of_object(&models.object(0, "T", 0), None)[0].1;
    assert_eq!(models.models[0].methods_of(ty), None);
}

#[test]
fn blank_methods_and_ambiguous_ones_are_no_members() {
    let models = models(
        "package p
type T struct{}
func (T) _() {}
func (T) M() {}
type A interface{ B() }
type X struct{ A }
type Y struct{ A }
type Z struct { X; Y }
",
    );
    let names = |name| {
        let ty = &models.models[0].type_of_object(&models.object(0, name, 0), None)[0].1;
        models.models[0].methods_of(ty).map(|list| list.iter().map(|m| m.name().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(names("T"), Some(vec!["M".to_owned()]));
    assert_eq!(names("X"), Some(vec!["B".to_owned()]));
    assert_eq!(names("Z"), Some(vec![]));
}

#[test]
fn what_a_foreign_member_passes_through_is_unknown() {
    let models = models(
        "package p
import \"testing\"
type T struct{ *testing.B }
func f(t *testing.T, x T) { t.Errorf(\"\"); x.Log() }
",
    );
    for call in ["t.Errorf", "x.Log"] {
        assert_eq!(models.models[0].selection(models.node(0, call, 0)), None, "{call}");
    }
    check(
        "package p
import \"testing\"
func f(t *testing.T) { t.Errorf(\"\") } //? Errorf -> testing.T.Errorf
",
    );
}

#[test]
fn methods_declared_through_an_alias_belong_to_the_type() {
    check(
        "package p
type reader struct{}
type Reader = reader
func (r *Reader) Next() {} //? Next -> m.org/p.reader.Next
func f(r *reader) { r.Next() } //? Next -> m.org/p.reader.Next
",
    );
}

#[test]
fn method_expressions_name_their_receiver_as_go_does() {
    check(
        "package p
type S struct{}
func (s S) none()              {}
func (s *S) named(n int)       {}
func (*S) blank(n ...int)      {}
func (s S) unnamed(int) string { return \"\" }
var a = S.none       //? a : func(m.org/p.S)
var b = (*S).named   //? b : func(s *m.org/p.S, n int)
var c = (*S).blank   //? c : func(_ *m.org/p.S, n ...int)
var d = S.unnamed    //? d : func(m.org/p.S, int) string
",
    );
}

#[test]
fn types_are_written_as_go_writes_them() {
    check(
        "package p
type P[K comparable, V any] struct{}
type I interface { Z(); A() }
var x P[string, int]        //? P[string, int] : m.org/p.P[string, int]
var i interface{ Z(); A() } //? interface{ Z(); A() } : interface{A(); Z()}
var r []int32
var s = r[0] ^ 'a' //? r[0] ^ 'a' : int32
var u rune
var t = r[0] ^ u   //? t : int32
var v = u ^ r[0]   //? v : rune
",
    );
}

#[test]
fn a_generic_function_keeps_its_parameters_to_itself() {
    check(
        "package p
func f[B []byte | string](b B) B { return b }
func g[Q any](q Q)               {}
func h[P any](f func(P))         {}
func l[P any](P) (p P)           { return }
var a = f(\"\")       //? a : string
var b = f([]byte{}) //? b : []byte
func k() { h(g) }   //? g : ?
var c = l(g)        //? l : ? ;; c : ?
",
    );
}

#[test]
fn inference_from_untyped_constants_takes_the_largest_kind_or_none() {
    let found = |source: &str, name: &str| {
        let models = models(source);
        let types = models.models[0].type_of_object(&models.object(0, name, 0), None);
        types.first().map(|(_, ty)| models.models[0].type_string(ty))
    };
    // Right or unknown.
    let right = |found: Option<String>, expected: &str| assert!(found.is_none_or(|ty| ty == expected), "{expected}");
    right(found("package p\nvar x = g(1, 'a')\nfunc g[P any](...P) P { panic(0) }\n", "x"), "rune");
    right(found("package p\nvar x = g(1, 'a', 2.5)\nfunc g[P any](...P) P { panic(0) }\n", "x"), "float64");
    right(found("package p\nvar x = f(0)\nfunc f[T byte](t T) T { return t }\n", "x"), "byte");
    right(
        found(
            "package p\ntype F func(F)\nvar i F\nvar j func(F)\nvar x = f(j, i)\nfunc f[T any](a, b T) T { return a }\n",
            "x",
        ),
        "m.org/p.F",
    );
}

#[test]
fn several_values_and_spread_slices_bind_type_parameters_one_by_one() {
    check(
        "package p
func two() (int, error)                       { return 0, nil }
func try[T any](v T, err error) T             { return v }
func merge[T any](first int, its ...T) T      { return its[0] }
var a = try(two()) //? a : int
var s []string
var b = merge(1, s...)       //? b : string
var c = merge(1, \"a\", \"b\") //? c : string
func many() ([]byte, byte)   { return nil, 0 }
var d = append(many())       //? d : []byte ;; append(many()) : []byte
",
    );
}

#[test]
fn a_constant_shift_is_an_integer() {
    check(
        "package p
const a = 1e100 >> 300 //? 1e100 >> 300 : untyped int
const c uint = 5
var b = 2.0 << c  //? b : int ;; 2.0 << c = 64
",
    );
}

#[test]
fn new_takes_an_expression() {
    check(
        "package p
type T struct{}
var i int
var s struct{ t T }
var a = new(i)   //? a : *int
var b = new(T)   //? b : *m.org/p.T
var c = new(s.t) //? c : *m.org/p.T
var d = new(*T)  //? d : **m.org/p.T
",
    );
    check(
        "package p
import \"time\"
type T struct{ n int }
var a [4]int
var ch chan bool
var i int
var fl = func(x float64) string { return \"\" }
var v1 = new(123)                        //? v1 : *int
var v2 = new(\"a\")                        //? v2 : *string
var v3 = new('c')                        //? v3 : *rune
var v4 = new(1.5)                        //? v4 : *float64
var v5 = new(2i)                         //? v5 : *complex128
var v6 = new(T{1})                       //? v6 : *m.org/p.T
var v7 = new(&T{1})                      //? v7 : **m.org/p.T
var v8 = new(int64(3))                   //? v8 : *int64
var v9 = new(fl(1))                      //? v9 : *string
var w1 = new(-i)                         //? w1 : *int
var w2 = new(&i)                         //? w2 : **int
var w3 = new(i > 0)                      //? w3 : *bool
var w4 = new(<-ch)                       //? w4 : *bool
var w5 = new(!<-ch)                      //? w5 : *bool
var w6 = new(i + 1)                      //? w6 : *int
var w7 = new(a[1])                       //? w7 : *int
var w8 = new(a[1:])                      //? w8 : *[]int
var w9 = new((3))                        //? w9 : *int
var x1 = new([]int{1})                   //? x1 : *[]int
var x2 = new(func() int { return 1 }())  //? x2 : *int
var x3 = new(new(i > 0))                 //? x3 : **bool
var x4 = new(T{*new(i + 1)}.n)           //? x4 : *int
var x5 = new(any(i).(string))            //? x5 : *string
var x6 = new(time.Duration(3))           //? x6 : *time.Duration
var x7 = new([]int)                      //? x7 : *[]int
var x8 = new(map[string]T)               //? x8 : *map[string]m.org/p.T
var x9 = new(true)                       //? x9 : *bool
var y1 = new(a[i])                       //? y1 : *int
var y2 = new(*w1)                        //? y2 : *int
var y3 = new(*T)                         //? y3 : **m.org/p.T
var y4 = new(*time.Time)                 //? y4 : **time.Time
var y5 = new(time.Now())                 //? y5 : *time.Time
var y6 = new(time.Unknown())             //? y6 : ?
",
    );
}

#[test]
fn a_declared_name_is_not_its_own_type_parameter() {
    check(
        "package p
type P[P any] struct{ f P } //? P -> m.org/p.P ;; P#3 -> 0
",
    );
}

#[test]
fn repeated_expressions_see_the_scope_in_which_they_are_repeated() {
    let models = models(
        "package p
func f() {
    const (
        A = iota
        iota = iota
        B
        C
    )
    const X = 2
    {
        const (
            X = X + X
            Y
        )
    }
}
",
    );
    let value = |name, n| {
        let object = models.object(0, name, n);
        models.models[0].constant_of_object(&object, None).first().and_then(|(_, value)| value.as_i64())
    };
    assert_eq!(value("A", 0), Some(0));
    // Right or unknown.
    for (name, right) in [("B", 1), ("C", 1), ("Y", 8)] {
        assert!(value(name, 0).is_none_or(|found| found == right), "{name}");
    }
    assert_eq!(value("X", 1), Some(4));
}

#[test]
fn a_blank_label_is_none() {
    check(
        "package p
func f() {
_: //? _ -> ?
L: //? L -> 0
    goto L //? L -> -1
}
",
    );
}

#[test]
fn a_type_known_by_its_underlying_type_only_may_have_any_method() {
    let models = models(
        "package p
import \"syscall\"
var e syscall.Errno
var i error
var u uintptr
",
    );
    let ty = |name| models.models[0].type_of_object(&models.object(0, name, 0), None)[0].1.clone();
    let model = &models.models[0];
    assert_eq!(model.assignable(&ty("e"), &ty("i")), None);
    assert_eq!(model.convertible(&ty("e"), &ty("i")), None);
    assert_eq!(model.implements(&ty("e"), &ty("i")), None);
    assert_eq!(model.implements(&ty("u"), &ty("i")), Some(false));
}

#[test]
fn types_of_other_packages_may_be_aliases_of_each_other() {
    let models = models(
        "package p
import (
    \"io/fs\"
    \"os\"
)
var a os.FileInfo
var b fs.FileInfo
",
    );
    let ty = |name| models.models[0].type_of_object(&models.object(0, name, 0), None)[0].1.clone();
    let model = &models.models[0];
    assert_eq!(model.identical(&ty("a"), &ty("a")), Some(true));
    assert_eq!(model.identical(&ty("a"), &ty("b")), None);
}
