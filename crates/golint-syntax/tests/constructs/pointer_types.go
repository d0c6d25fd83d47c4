// Specification, "Pointer types".
package p

var (
	a *Point
	b *[4]int
	c **T
	d *(T)
	e *p.T[int]
	f *struct{ x int }
	g *func(*T) *T
)
