// Specification, "Comments".
package p

/* one line */ /**/ /***/ /* * / ** */ var a = 1 // to the end

/*
 * several lines *
 **/
var b = /* as a space */ 2

var c = 3 /* as the end
of a line */ var d = 4

func f() {
	g() /*
	*/ g() /* one */ /*
	two */ // three
	return /*
	*/ g()
}

type T struct {
	a int /*
	*/ b int /**
	**/
}

const (
	e = 1 /*/
	/*/ i = 2 /*
*/)
