module example.com/forbidden-import

go 1.22
