// Specification, "String literals".
package p

var _ = []string{
	`abc`,
	`\n
\n`,
	``,
	` a // b /* c `,
	`
"`,
	"",
	"\n\a\b\f\r\t\v\\\"'`",
	"Hello, world!\n",
	"日本語",
	"\u65e5本\U00008a9e",
	"\xff\u00FF\377\101",
	" // no comment /* ",
}
