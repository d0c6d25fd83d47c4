// Specification, "If statements".
package p

func f() {
	if x > max {
		x = max
	}
	if x := f(); x < y {
		return x
	} else if x > z {
		return z
	} else {
		return y
	}
	if v, ok := x.(T); ok {
	} else if a.b {
	}
	if x++; x > 0 {
	}
	if c <- x; y {
	}
	if x = <-c; x {
	}
	if !p.x() && (y) {
	}
	if f() {
	}
}
