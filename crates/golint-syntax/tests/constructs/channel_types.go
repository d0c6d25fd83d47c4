// Specification, "Channel types".
package p

var (
	a chan T
	b chan<- float64
	c <-chan int
	d chan<- chan int
	e chan<- <-chan int
	f <-chan <-chan int
	g chan (<-chan int)
	h chan <- chan int
	i chan<- (chan int)
	j chan<- (<-chan int)
	k chan chan<- int
	l chan<- func(<-chan int) <-chan int
	m []<-chan *T
)

var n, o = make(chan int, 100), make(<-chan int)
