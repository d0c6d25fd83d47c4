// Specification, "Interface types; Basic interfaces; Embedded interfaces".
package p

type A interface{}

type B interface {
	Read([]byte) (int, error)
	Write(p []byte) (n int, err error)
	Close() error
	m()
	_(x int) func()
}

type C interface {
	B
	fmt.Stringer
	T[int]
	p.T[K, V]
	Close() error
}

type D interface{ M(); N() }
