package secret

import (
	"testing"

	"surel/protocols/field"
)

func TestSecretsAreHiddenEncodedAndDecoded(t *testing.T) {
	t.Parallel()
	raw := []byte("AUTH PLAIN cmFoYXNpYQ==\r\n")
	s := Of([]field.Field{
		{Name: "command", Span: field.Bytes(0, 11), Value: "AUTH PLAIN "},
		{Name: "response", Span: field.Bytes(11, 23), Fields: []field.Field{
			{Name: "text", Span: field.Bytes(11, 23), Value: "rahasia", Kind: field.Secret},
		}},
	}, raw)
	for text, want := range map[string]string{
		string(raw): "AUTH PLAIN ******\r\n", "sandi rahasia": "sandi ******", "AUTH": "AUTH",
	} {
		if got := s.Hide(text, "*"); got != want {
			t.Errorf("Hide(%q) = %q, want %q", text, got, want)
		}
	}
	for i, want := range map[int]bool{0: false, 10: false, 11: true, 22: true, 23: false} {
		if s.Covers(i) != want {
			t.Errorf("Covers(%d) = %v", i, !want)
		}
	}
}

func TestSecretsOfCarriedMessagesHideTextAndNoBytes(t *testing.T) {
	t.Parallel()
	var outer Secrets
	outer.Add(Of([]field.Field{{Name: "p", Span: field.Bytes(0, 3), Value: "abc", Kind: field.Secret}}, []byte("abc")))
	if got := outer.Hide("abc", "*"); got != "******" || outer.Covers(0) {
		t.Errorf("hidden %q, covers %v", got, outer.Covers(0))
	}
}
