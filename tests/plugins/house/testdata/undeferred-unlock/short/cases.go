package cases

import "sync"

func f(mu *sync.Mutex, n *int) {
	mu.Lock()
	*n++
	mu.Unlock()

	mu.Lock() // want "stays locked"
	*n++
	*n--
	mu.Unlock()

	mu.Lock()
	defer mu.Unlock()
}
