// Specification, "Expression switches".
package p

func f() {
	switch tag {
	default:
		s3()
	case 0, 1, 2, 3:
		s1()
	case 4, 5:
		s2()
		fallthrough
	case T{}.x, (p.T{}), a.b:
	}
	switch x := f(); {
	case x < 0:
		return -x
	default:
		return x
	}
	switch {
	case x < y: f1()
	case x == 4: f3(); f4()
	}
	switch x := 5; x + 1 {
	}
	switch {
	}
	switch f(x) {
	case nil, "a", 'b', 1.5:
	case func() int { return 1 }():
	}
}
