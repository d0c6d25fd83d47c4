// Specification, "Select statements".
package p

func f() {
	select {
	case i1 = <-c1:
		print("received ", i1)
	case c2 <- i2:
	case i3, ok := (<-c3):
	case a[f()] = <-c4:
	case x.y, ok = <-c:
	case <-c:
	case (<-c):
	case v := <-f(x).y:
		g(v)
	case c <- <-d:
	case c <- T{}:
	case a.b <- p.T{1}:
	default:
	}
	select {}
	for {
		select {
		case c <- 0:
		case c <- 1:
		}
	}
}
