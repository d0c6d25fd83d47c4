// Specification, "Function types".
package p

type (
	A func()
	B func(x int) int
	C func(a, _ int, z float32) bool
	D func(a, b int, z float32) (bool)
	E func(prefix string, values ...int)
	F func(a, b int, z float64, opt ...interface{}) (success bool)
	G func(int, int, float64) (float64, *[]int)
	H func(n int) func(p *T)
	I func(...T) (a, b int, c func(x int) (y int))
	J func(func(int) int, chan<- func()) <-chan int
	K func(x int,) (y int,)
	L func() (func())
)
