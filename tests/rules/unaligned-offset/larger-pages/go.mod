module example.com/largerpages

go 1.22
