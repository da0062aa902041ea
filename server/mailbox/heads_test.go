package mailbox

import (
	"bytes"
	"testing"
)

func TestHeadsAreBoundedAndOfOneValidity(t *testing.T) {
	t.Parallel()
	var h heads
	one := bytes.Repeat([]byte("x"), 1<<20)
	for uid := range uint32(100) {
		h.put(7, uid, one)
		if h.size > maxHeads || h.get(7, uid) == nil {
			t.Fatalf("after letter %d: %d bytes are kept, its own: %v", uid, h.size, h.get(7, uid) != nil)
		}
	}
	if h.get(8, 99) != nil {
		t.Error("the header is given for another UIDVALIDITY")
	}
	h.drop(99)
	if h.get(7, 99) != nil || h.size%(1<<20) != 0 {
		t.Errorf("a header that was dropped is still there, of %d bytes", h.size)
	}
	h.put(7, 100, make([]byte, maxHeads+1))
	if h.get(7, 100) != nil {
		t.Error("a header is kept that is too large")
	}
}

func TestHeadOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"A: b\r\n\r\nc\r\n\r\nd": "A: b\r\n\r\n",
		"A: b\n\nc\r\n\r\nd":     "A: b\n\n",
		"A: b\r\nc":              "A: b\r\nc",
	} {
		if got := string(headOf([]byte(text))); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
