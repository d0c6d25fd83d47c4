// Specification, "Rune literals".
package p

var _ = []rune{'a', 'ä', '本', '\t', '\000', '\007', '\377', '\x07', '\xff', '\u12e4', '\U00101234', '\'', '"', '\a', '\b', '\f', '\n', '\r', '\v', '\\', '`', '☃'}
