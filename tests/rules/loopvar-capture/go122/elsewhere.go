package p

var elsewhere string
