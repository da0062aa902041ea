package mailbox

import "sync"

// Watcher is told when something in a mailbox has changed: a letter came or
// went, flags changed, a folder was made.
type Watcher struct {
	// C receives a value after a change. Changes that come before it is read
	// are told once.
	C <-chan struct{}

	c    chan struct{}
	from *watchers
}

// Stop ends the telling. C stays open and silent.
func (w *Watcher) Stop() {
	w.from.mu.Lock()
	defer w.from.mu.Unlock()
	delete(w.from.all, w)
}

type watchers struct {
	mu  sync.Mutex
	all map[*Watcher]struct{}
}

func (w *watchers) add() *Watcher {
	c := make(chan struct{}, 1)
	one := &Watcher{C: c, c: c, from: w}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = map[*Watcher]struct{}{}
	}
	w.all[one] = struct{}{}
	return one
}

func (w *watchers) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for one := range w.all {
		select {
		case one.c <- struct{}{}:
		default:
		}
	}
}
