// Specification, "Instantiations".
package p

var (
	a = f[int, string]
	b = p.f[[]int]
	c = f[*T]
	d = f[func(int) int]
	e = f[T[int]]
	g = f[p.T[K, V], int](x)
	h = f[interface{}](x)
	i T[int, U[string]]
	j p.T[[]int, map[K]V, [2]int, struct{}, chan<- int]
)
