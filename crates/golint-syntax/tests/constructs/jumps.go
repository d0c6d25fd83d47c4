// Specification, "Return statements; Break statements; Continue statements; Goto statements; Fallthrough statements".
package p

func f() (x int) {
Outer:
	for {
		if a { break }
		if b { continue }
		break Outer
		continue Outer
		goto Outer
		return
		return 1
		return a, b
		return a.b
		return T{}
		return f(x),
			<-c
	}
	switch x {
	case 1:
		fallthrough
	case 2: fallthrough
	default:
	}
	return; return
}
