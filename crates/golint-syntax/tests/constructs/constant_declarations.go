// Specification, "Constant declarations; Iota".
package p

const Pi float64 = 3.14159265358979323846
const zero = 0.0
const (
	size int64 = 1024
	eof        = -1
)
const a, b, c = 3, 4, "foo"
const u, v float32 = 0, 3
const ()
const (d = 1)

const (
	Sunday = iota
	Monday
	_
	bit0, mask0 = 1 << iota, 1<<iota - 1
	bit1, mask1
	_, _
	w p.T = iota * 2.5
)

func f() { const c = iota }
