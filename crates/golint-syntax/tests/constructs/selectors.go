// Specification, "Selectors".
package p

var (
	a = t.z
	b = t.y.x
	c = (*p).z
	d = (&t).f().g
	e = t.nil.new.iota
	g = x[1].y.z()
	h = "a".b
	i = T{}.x
)
