// Specification, "Source code representation".
package p

var x = "\ufeff" + `é`
