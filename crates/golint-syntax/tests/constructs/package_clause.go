// Specification, "Package clause".
package math // comment

