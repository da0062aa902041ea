// Package queue holds what a client has said and a server has not answered,
// in order, so that each answer finds what it answers.
package queue

// Max bounds how many unanswered things are remembered.
const Max = 1024

// Queue is a bounded queue; the zero value is empty. Where more than Max
// things wait, the oldest are only counted, so that later answers still find
// what they answer.
type Queue[T any] struct {
	items     []T
	head      int
	forgotten int
}

// Push puts an item at the end.
func (q *Queue[T]) Push(item T) {
	if q.Len() == Max {
		q.head++
		q.forgotten++
	}
	if q.head > Max {
		q.items = append(q.items[:0], q.items[q.head:]...)
		q.head = 0
	}
	q.items = append(q.items, item)
}

// Pop takes the first item, which the next answer answers; it is false where
// nothing waits, or where the item is forgotten.
func (q *Queue[T]) Pop() (item T, ok bool) {
	switch {
	case q.forgotten > 0:
		q.forgotten--
		return item, false
	case q.Len() == 0:
		return item, false
	}
	item = q.items[q.head]
	if q.head++; q.head == len(q.items) {
		q.items, q.head = q.items[:0], 0
	}
	return item, true
}

// Len gives the number of items that are remembered.
func (q *Queue[T]) Len() int { return len(q.items) - q.head }

// Waiting gives the items that are remembered, in order. The result must not
// be changed, and is good until the next Push or Pop.
func (q *Queue[T]) Waiting() []T { return q.items[q.head:] }

// Empty tells whether nothing waits, not even what is forgotten.
func (q *Queue[T]) Empty() bool { return q.Len() == 0 && q.forgotten == 0 }
