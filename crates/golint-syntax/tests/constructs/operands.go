// Specification, "Operands; Qualified identifiers".
package p

var (
	a = b
	c = p.X
	d = (1 + 2)
	e = ((f))
	g = f[int]
	h = p.f[int, string]
	i = f[[]int]
	j = f[map[K]V, *T, func(), chan int, struct{}, interface{ M() }]
)
