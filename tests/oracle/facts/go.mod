module facts

go 1.24
