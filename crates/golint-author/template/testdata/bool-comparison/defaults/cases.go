// Package cases has a comment on each line with a finding; the other lines have none.
package cases

type flag bool

func ready() bool { return true }

func found(a, b bool, n int) bool {
	if a == true { // want "compared with `true`"
		return b != true // want "compared with `true`"
	}
	if false == a { // want "compared with `false`"
		return (n < 3) == (false) // want "compared with `false`.*fix: write `!\\(n < 3\\)`"
	}
	return n < 3 == false || ready() == true // want "compared with `false`" "compared with `true`"
}

func notFound(a bool, x any, f flag, n int) bool {
	if x == true || f == true {
		return a == (n > 0)
	}
	const yes = true
	return a == yes
}

func shadowed(a bool) bool {
	true := !a
	return a == true
}
