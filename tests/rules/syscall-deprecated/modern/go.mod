module example.com/modern

go 1.21

require golang.org/x/sys v0.0.0

replace golang.org/x/sys => ./internal/stub
