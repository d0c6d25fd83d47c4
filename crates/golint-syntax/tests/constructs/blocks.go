// Specification, "Blocks".
package p

func f() {
	{
		{
		}
		{ x() }
	}
	{ x(); { y() } }
}
