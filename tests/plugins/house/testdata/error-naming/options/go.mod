module example.com/error-naming

go 1.22
