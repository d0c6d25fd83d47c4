// Specification, "Empty statements".
package p

func f() {
	;
	;;
	g();;
	g();;;h()
	; g()
	if x { ; }
	for { ; ; }
	switch { case x: ; ; default: ; }
	func() { ; }()
	g() /*
	*/; h()
}
