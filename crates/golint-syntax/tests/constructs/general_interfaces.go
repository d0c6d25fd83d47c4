// Specification, "General interfaces".
package p

type A interface{ int }

type B interface{ ~int }

type C interface {
	~int
	String() string
}

type D interface {
	~int8 | ~int16 | int32 | p.T | []byte | *T
	~[]E | map[K]V | chan int | func() | struct{ x int } | interface{ M() }
	~(int) | (T)
	comparable
	error | fmt.Stringer
	T[int] | p.T[K]
}

func f[S ~[]E, E interface{ ~int | ~string }, M ~map[K]V, K comparable, V any](s S) {}
