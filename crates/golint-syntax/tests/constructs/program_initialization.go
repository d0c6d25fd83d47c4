// Specification, "Package initialization".
package p

var x = a.b()

func init() { c = 1 }

func init() {}

func main() {}
