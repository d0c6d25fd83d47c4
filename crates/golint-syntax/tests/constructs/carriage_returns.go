// Specification, "Source code representation".
package p

var x = 1

func f() {
	g()
	x = a.b
	{
	}
}
