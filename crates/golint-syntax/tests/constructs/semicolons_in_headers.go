// Specification, "If statements; For statements; Switch statements".
package p

func f() {
	if x := g()
	x > 0 {
	}
	if ; x {
	}
	for i := 0
	i < 10
	i++ {
	}
	for i := 0; i < 10
	{
	}
	for

	{
	}
	for ;
	x; {
	}
	switch x := g()
	x {
	}
	switch ; {
	}
	switch ; x {
	}
	switch x := g(); {
	}
	switch ; x := y.(type) {
	}
	switch x := g()
	y := x.(type) {
	}
}
