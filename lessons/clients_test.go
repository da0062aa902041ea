package lessons_test

import (
	"testing"

	"surel/lessons"
)

// TestPlainConn finds what each of several clients said.
func TestPlainConn(t *testing.T) {
	t.Parallel()
	s, ok := lessons.Find("together/delivered")
	if !ok {
		t.Fatal("together/delivered is missing")
	}
	if got, want := s.Subject(), "IMAP+SMTP+POP3"; got != want {
		t.Errorf("the subject is %s, want %s", got, want)
	}
	r := lessons.NewRunner(startLab(t), s)
	if got, want := r.Typist(), "hp"; got != want {
		t.Errorf("%s types, want %s", got, want)
	}
	if _, ok := r.PlainConn("hp"); ok {
		t.Error("found a connection before any was opened")
	}
	result, err := r.Play(t.Context())
	if err != nil || result.Mismatch != nil {
		t.Fatal(err, result.Mismatch)
	}
	for client, service := range map[string]string{"hp": "imap", "kampus": "smtp", "laptop": "pop3"} {
		if c, ok := r.PlainConn(client); !ok || c.Service != service {
			t.Errorf("%s spoke %s, %v; want %s", client, c.Service, ok, service)
		}
	}
}
