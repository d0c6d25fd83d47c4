// Specification, "Variable declarations".
package p

var i int
var U, V, W float64
var k = 0
var x, y float32 = -1, -2
var (
	a       int
	u, v, s = 2.0, 3.0, "bar"
	b p.T   = c
)
var re, im = complexSqrt(-1)
var _, found = entries[name]
var ()
var (d = 1)
var (e, f int; g = h)
