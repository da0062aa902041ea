package note

import "testing"

func TestWithoutStress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"bita (*byte*), lalu *tag* itu":       "bita (byte), lalu tag itu",
		"`* 3 EXISTS` and `1:*`, *so to say*": "`* 3 EXISTS` and `1:*`, so to say",
		"2 * 3 * 4":                           "2 * 3 * 4",
	} {
		if got := withoutStress(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
