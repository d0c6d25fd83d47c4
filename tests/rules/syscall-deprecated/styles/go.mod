module example.com/styles

go 1.18

require golang.org/x/sys v0.0.0

replace golang.org/x/sys => ./internal/stub
