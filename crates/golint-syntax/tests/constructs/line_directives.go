// Specification, "Comments".
package p

//line other.go:10
var x = 1

/*line other.go:20:3*/
var y = /*line :5*/ 2

//go:noinline
func f()
