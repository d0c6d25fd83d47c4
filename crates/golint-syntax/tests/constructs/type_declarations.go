// Specification, "Type declarations; Alias declarations; Type definitions".
package p

type (
	A = []string
	B = C
	D struct{ x, y float64 }
	E D
	F (int)
	G *T
	H p.T
	I p.T[int]
	J func()
	K chan<- T
)

type ()
type (L int)
type M = p.T[K, V]

func f() {
	type T int
	type U = T
}
