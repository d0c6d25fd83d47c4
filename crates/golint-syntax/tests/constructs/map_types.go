// Specification, "Map types".
package p

type (
	A map[string]int
	B map[*T]struct{ x, y float64 }
	C map[string]interface{}
	D map[[2]int]map[K]func(V) V
	E map[(K)](V)
	F map[p.K[int]]p.V
)

var a, b = make(map[string]int), make(map[string]int, 100)
