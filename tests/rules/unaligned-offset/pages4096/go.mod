module example.com/mappings

go 1.22

require golang.org/x/sys v0.0.0

replace golang.org/x/sys => ./internal/stub
