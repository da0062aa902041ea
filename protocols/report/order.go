package report

import (
	"runtime"
	"sync"
)

// inOrder makes n pieces, several at once, and hands them on in their order. The
// first error ends it.
func inOrder(n int, piece func(i int) ([]byte, error), take func([]byte) error) error {
	type made struct {
		b   []byte
		err error
	}
	width := min(runtime.GOMAXPROCS(0), n)
	results := make([]chan made, width)
	stop := make(chan struct{})
	var workers sync.WaitGroup
	for w := range width {
		results[w] = make(chan made, 1)
		workers.Go(func() {
			for i := w; i < n; i += width {
				b, err := piece(i)
				select {
				case results[w] <- made{b, err}:
				case <-stop:
					return
				}
			}
		})
	}
	defer workers.Wait()
	defer close(stop)
	for i := range n {
		m := <-results[i%width]
		if m.err != nil {
			return m.err
		}
		if err := take(m.b); err != nil {
			return err
		}
	}
	return nil
}
