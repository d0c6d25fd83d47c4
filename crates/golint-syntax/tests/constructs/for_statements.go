// Specification, "For statements with single condition; For statements with for clause".
package p

func f() {
	for a < b {
		a *= 2
	}
	for i := 0; i < 10; i++ {
		f(i)
	}
	for cond { S() }
	for ; cond; { S() }
	for ; ; { S() }
	for { S() }
	for i := 0; ; {
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-1 {
	}
	for ; ; i++ {
	}
	for x.y {
	}
	for ; ; c <- x {
	}
	for i = 0; a[i] != p.X; i += p.Y {
	}
}
