// Specification, "Semicolons".
package p

var x a.b