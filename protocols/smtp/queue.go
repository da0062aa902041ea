package smtp

// pending is something that the client said and the server has not answered.
type pending struct {
	number int32 // of the message, from 1
	verb   verb
	last   bool // BDAT or BURL with LAST
}

// maxPending bounds how many unanswered commands are remembered.
const maxPending = 1024

// queue holds what the client said and the server has not answered, in
// order. Where more than maxPending wait, the oldest are only counted, so that
// later replies still find what they answer.
type queue struct {
	items     []pending
	head      int
	forgotten int
}

func (q *queue) push(p pending) {
	if q.len() == maxPending {
		q.head++
		q.forgotten++
	}
	if q.head > maxPending {
		q.items = append(q.items[:0], q.items[q.head:]...)
		q.head = 0
	}
	q.items = append(q.items, p)
}

// pop gives what the next reply answers; false where nothing waits, or where
// it is forgotten.
func (q *queue) pop() (pending, bool) {
	switch {
	case q.forgotten > 0:
		q.forgotten--
		return pending{}, false
	case q.len() == 0:
		return pending{}, false
	}
	p := q.items[q.head]
	if q.head++; q.head == len(q.items) {
		q.items, q.head = q.items[:0], 0
	}
	return p, true
}

func (q *queue) len() int           { return len(q.items) - q.head }
func (q *queue) waiting() []pending { return q.items[q.head:] }
func (q *queue) empty() bool        { return q.len() == 0 && q.forgotten == 0 }
