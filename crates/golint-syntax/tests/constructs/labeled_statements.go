// Specification, "Labeled statements".
package p

func f() {
Error:
	log.Panic("error encountered")
Outer: for {
		break Outer
	}
	goto L
L: M: N:
	x()
A:
	;
B: { }
C: var x = 1
	switch {
	case x:
	D: x()
	case y: E: F: }
	func() { G: }()
	for { H: I: }
End:
}
