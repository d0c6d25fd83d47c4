module example.com/bool-comparison

go 1.22
