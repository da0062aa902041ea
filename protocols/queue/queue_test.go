package queue

import "testing"

// TestAnswersFindTheirQuestions has more wait than are remembered.
func TestAnswersFindTheirQuestions(t *testing.T) {
	t.Parallel()
	var q Queue[int]
	const many = 3*Max + 7
	for i := range many {
		q.Push(i)
	}
	if q.Len() != Max || len(q.Waiting()) != Max || q.Empty() {
		t.Fatalf("%d are remembered", q.Len())
	}
	for i := range many {
		got, ok := q.Pop()
		if remembered := i >= many-Max; ok != remembered || ok && got != i {
			t.Fatalf("answer %d finds %d, %v", i, got, ok)
		}
	}
	if _, ok := q.Pop(); ok || !q.Empty() {
		t.Error("something is left")
	}
}
