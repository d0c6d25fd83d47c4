// Specification, "Identifiers".
package p

var a, _x9, ThisVariableIsExported, αβ, 世界, é١ = 1, 2, 3, 4, 5, 6

var ำ, ͺ, ﾞ = 1, 2, 3

var iota, nil, true, false, new, make, append, int, any, comparable = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
