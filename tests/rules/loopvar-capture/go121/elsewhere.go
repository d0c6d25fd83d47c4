package p

// What the other files of the package only see the name of.
func watch(events chan int) {
	go func() { events <- 1 }()
}

func reload() { oneKnownElsewhere = get() }
