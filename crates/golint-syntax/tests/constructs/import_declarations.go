// Specification, "Import declarations".
package p

import "lib/math"
import m "lib/math"
import . "lib/math"
import _ "lib/math"
import `raw`
import ()
import (
	"fmt"
	x "x"
	. "y"
	_ "z"

	"w" // comment
)
import "C"
import ("a"; b "b")
