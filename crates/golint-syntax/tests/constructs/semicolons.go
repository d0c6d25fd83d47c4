// Specification, "Semicolons".
package p

import ("a"; b "b";); import ("c")
type (T int; U = T); type (V struct{ a int; b, c string; }; W interface { M(); N() };)
const (x = iota; y; z;); const (w = 1)
var (v = 1; u int;); var (t = 2)
func f() { g(); h(); }; func g() { if x { return }; for { break }; { }; }
func h() { switch { case x: f(); g(); default: ; case y: }; select { case <-c: f(); } }
