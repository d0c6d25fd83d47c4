// Specification, "Slice types".
package p

type (
	A []int
	B [][]*T
	C []func(int) []string
	D [](T)
)

var a, b = make([]int, 50, 100), make([][]int, n)
