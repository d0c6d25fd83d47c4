package cases

func f(a, b bool) bool {
	if a == true { // want "compared with `true`"
		return b == false
	}
	return b != true
}
