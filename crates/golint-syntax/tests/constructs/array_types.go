// Specification, "Array types".
package p

type (
	A [32]byte
	B [2 * N]struct{ x, y int32 }
	C [1000]*float64
	D [3][5]int
	E [2][2][2]float64
	F [2]([2]([2]float64))
	G [N]int
	H [p.N]int
	I [P * C]int
	J [len("abc")]byte
	K [unsafe.Sizeof(x)]byte
	L [0]func()
	M [a.b[c]]int
	N [(P)]int
	O [P(Q)]int
)

var a = [...]string{"a", "b"}
var b = [...][2]int{{1}, {2: 3}}
var c = &[...]*T{{1}, &T{2}}
