//! Constant expressions and layouts.

use super::check;

#[test]
fn iota_and_repetition() {
    check(
        r#"package p
const (
	a = iota //? a = 0
	b //? b = 1
	_
	c, d = 1 << iota, iota * 10 //? c = 8 ;; d = 30 ;; iota = 3 ;; 1 << iota = 8
	e, f //? e = 16 ;; f = 40
	g = "x" //? g = "x"
	h //? h = "x" ;; h : untyped string
	i uint8 = 250 + iota - 8 //? i = 249 ;; i : uint8
	j //? j = 250 ;; j : uint8
)
const k = iota //? k = 0
func l() {
	const ( m = iota + 5; n ) //? m = 5 ;; n = 6
	const iota = 7
	const o = iota //? o = 7
	_ = n + o //? n + o = 13
	const ( q = q2 + 1; q2; r ) //? q2 = ? ;; r = ?
}
"#,
    );
}

#[test]
fn arithmetic_is_exact() {
    check(
        r#"package p
const (
	a = 1 << 100 >> 98 //? a = 4
	b = 7 / 2 //? b = 3
	c = 7 / 2.0 //? c = 7/2 ;; c : untyped float
	d = -7 % 3 //? d = -1
	e = ^0 //? e = -1
	f = ^uint8(1) //? f = 254
	g = 6 &^ 3 | 8 ^ 1 //? g = 13
	h = 0x_ff + 0b11 + 0o17 + 'a' //? h = 370 ;; h : untyped rune
	i = "a" + "b" //? i = "ab"
	j = len(i) + len("ü") //? j = 4 ;; j : int
	k = 1.5 * 2 == 3 && !false //? k = true
	l = 2 + 3i //? l = 2/1 3/1
	m = real(l) //? m = 2/1
	n = min(3, 2, 5) + max(1, 2.5) //? n = 9/2
	o = float64(1) / 3 * 3 == 1 //? o = true
	p = 9223372036854775808 //? p = 9223372036854775808
	q = int8(127) + 1 //? q = ?
	r = uint8(256) //? r = ?
	s = 1 / 0 //? s = ?
	t = string('x') //? t = "x"
	u = 1 << 3.0 //? u = 8
	v = len([4]int{}) + cap([...]int{9: 1}) //? v = 14
)
"#,
    );
}

#[test]
fn typed_constants_and_names() {
    check(
        r#"-- a.go --
package p
import "time"
type Size int64
const page Size = 4 << 10 //? page = 4096 ;; page : m.org/p.Size
const two = 2 * page //? two = 8192 ;; two : m.org/p.Size
const t = 3 * time.Second //? t = 3000000000
const other = Elsewhere + 1 //? other = 42
const big = 1 << (unsafe + 1) //? big = ?
var x [two]byte //? x : [8192]byte
var y [unknown]byte //? y : [?]byte
const loop = pool //? loop = ?
const pool = loop
func f() {
	x := 5
	_ = x //? x = ?
	_ = page * 3 //? page * 3 = 12288
	_ = (Size)(3) * page //? (Size)(3) * page = 12288
	_ = Size(3) //? Size(3) = 3
	switch x { case two, 7: } //? two = 8192 ;; 7 = 7
}
-- b.go --
package p
const Elsewhere = 41
"#,
    );
}

#[test]
fn memory_depends_on_the_platform() {
    check(
        r#"package p
import "unsafe"
type T struct { a byte; b uint64; p *int }
type E struct { x int32; T }
type L struct { next *L; n [3]uint16 } //? L ^ 16/8[0, 8][8] | 12/4[0, 4][4]
var e E
const (
	a = unsafe.Sizeof(e) //? a = 32[8] | 20[4]
	b = unsafe.Offsetof(e.T) //? b = 8[8] | 4[4]
	c = unsafe.Offsetof(e.b) //? c = 16[8] | 8[4]
	d = unsafe.Alignof(e.T.b) //? d = 8[8] | 4[4]
	f = unsafe.Sizeof(uintptr(0)) //? f = 8[8] | 4[4]
	g = 32 << (^uint(0) >> 63) //? g = 64[8] | 32[4]
	h = unsafe.Sizeof(e.a) //? h = 1
	i = ^uint(0) >> 31 & 1 //? i = 1
)
var x [unsafe.Sizeof(e)]byte //? x : [32]byte[8] | [20]byte[4]
"#,
    );
}

#[test]
fn nothing_is_known_of_a_group_behind_what_did_not_parse() {
    check(
        "package p\nconst (\n\ta = iota //? a = 0\n\tb = = 3\n\tc //? c = ?\n\td = 7 //? d = ?\n)\nfunc f() {\n\tconst (\n\
         \t\te = iota //? e = 0\n\t\tf = = 3\n\t\tg //? g = ?\n\t)\n\tconst (\n\t\th = iota + 1 //? h = 1\n\t\tiota = 5\n\t\ti = h //? i = 1\n\t)\n}\n",
    );
}
