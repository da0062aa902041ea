package lessons

import "testing"

func TestLiteralIsCountedDown(t *testing.T) {
	t.Parallel()
	var l literal
	for _, step := range []struct {
		sent string
		left int64
	}{
		{"a1 LOGIN guru x\r\n", 0},
		{"a2 APPEND INBOX {31}\r\n", 31},
		{"Subject: Draf\r\n", 16},
		{"\r\n", 14},
		{"Belum selesai.\r\n", 0},
		{"a3 LOGIN {4+}\r\n", 4},
		{"guru {3}\r\n", 3},
		{"abc\r\n", 0},
		{"a4 NOOP {x}\r\n", 0},
		{"a5 NOOP 3}\r\n", 0},
	} {
		l.sent([]byte(step.sent))
		if got := l.left.Load(); got != step.left {
			t.Errorf("after %q: %d bytes are left, want %d", step.sent, got, step.left)
		}
	}
}

func TestLiteralThatIsNotAskedForIsNotAwaited(t *testing.T) {
	t.Parallel()
	var l literal
	l.sent([]byte("a1 APPEND Nowhere {31}\r\n"))
	l.answered(false)
	if got := l.left.Load(); got != 0 {
		t.Errorf("after a refusal %d bytes are left", got)
	}
	l.sent([]byte("a2 APPEND INBOX {31+}\r\n"))
	l.answered(false)
	if got := l.left.Load(); got != 31 {
		t.Errorf("of a literal that waits for nobody %d bytes are left", got)
	}
}
