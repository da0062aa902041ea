package sasl_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"surel/protocols/field"
	"surel/protocols/note"
	"surel/protocols/sasl"
)

// logins are responses as they stand behind their base64, each with the values
// of its fields; a secret one is in brackets.
var logins = map[string]struct{ mechanism, said, fields string }{
	"PLAIN":                {"plain", "\x00siswa\x00rahasia", " NUL siswa NUL [rahasia]"},
	"PLAIN for another":    {"PLAIN", "guru\x00siswa\x00rahasia", "guru NUL siswa NUL [rahasia]"},
	"PLAIN without parts":  {"PLAIN", "rahasia", "[rahasia]!"},
	"LOGIN":                {"LOGIN", "siswa", "siswa"},
	"CRAM-MD5":             {"CRAM-MD5", "siswa " + strings.Repeat("0f", 16), "siswa SP [" + strings.Repeat("0f", 16) + "]"},
	"CRAM-MD5 cut off":     {"CRAM-MD5", "siswa 0f", "siswa SP [0f]!"},
	"XOAUTH2":              {"XOAUTH2", "user=siswa\x01auth=Bearer t\x01\x01", "user=siswa ^A [auth=Bearer t] ^A ^A"},
	"OAUTHBEARER":          {"OAUTHBEARER", "n,,\x01host=a\x01auth=Bearer t\x01\x01", "n,, ^A host=a ^A [auth=Bearer t] ^A ^A"},
	"an unknown mechanism": {"GSSAPI", "rahasia", "[rahasia]"},
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for name, test := range logins {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			messages := sasl.Open(sasl.First(test.mechanism), base64.StdEncoding.EncodeToString([]byte(test.said)))
			if len(messages) != 1 || string(messages[0].Raw) != test.said {
				t.Fatalf("%d messages come out", len(messages))
			}
			fields := messages[0].Fields()
			if err := field.Check(fields, len(test.said)); err != nil {
				t.Error(err)
			}
			if got := show(fields); got != test.fields {
				t.Errorf("the fields are %s, not %s", got, test.fields)
			}
			if strings.Contains(messages[0].Summary(), "rahasia") {
				t.Errorf("the summary %q gives the password away", messages[0].Summary())
			}
		})
	}
}

// show gives the values of fields, with the names of those that only separate.
func show(fields []field.Field) string {
	var all []string
	for _, f := range fields {
		text := f.Value
		switch f.Kind {
		case field.Punctuation:
			text = f.Name
		case field.Secret:
			text = "[" + text + "]"
		default:
		}
		if f.Err != "" {
			text += "!"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestResponse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		step           sasl.Step
		line           string
		summary, shown string
		carries        int
	}{
		"a user name":  {sasl.First("LOGIN"), "c2lzd2E=\r\n", "siswa", "c2lzd2E= CRLF", 1},
		"a password":   {sasl.First("LOGIN").Next(), "cmFoYXNpYQ==\r\n", sasl.Mask, "[cmFoYXNpYQ==] CRLF", 1},
		"no base64":    {sasl.First("PLAIN"), "rahasia!\r\n", sasl.Mask, "[rahasia!]! CRLF", 0},
		"a bare LF":    {sasl.First("PLAIN"), "AGEAYg==\n", sasl.Mask, "[AGEAYg==] bare LF!", 1},
		"an empty one": {sasl.First("PLAIN"), "\r\n", "", "CRLF", 0},
		"a cancel":     {sasl.First("PLAIN"), "*\r\n", "*", "* CRLF", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := sasl.Response(test.step)
			fields := r.Fields([]byte(test.line))
			if err := field.Check(fields, len(test.line)); err != nil {
				t.Error(err)
			}
			if got := show(fields); got != test.shown {
				t.Errorf("the fields are %s, not %s", got, test.shown)
			}
			if got := r.Summary([]byte(test.line)); got != test.summary {
				t.Errorf("the summary is %q, not %q", got, test.summary)
			}
			if got := len(r.Inner([]byte(test.line))); got != test.carries {
				t.Errorf("it carries %d messages, not %d", got, test.carries)
			}
		})
	}
}

func TestChallenge(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		said string
		err  bool
	}{
		"VXNlcm5hbWU6": {"Username:", false},
		"Username:":    {"Username:", true},
	} {
		c := field.NewCursor([]byte(text))
		sasl.AddChallenge(c, sasl.First("LOGIN"), len(text))
		fields := c.Fields()
		if err := field.Check(fields, len(text)); err != nil {
			t.Error(err)
		}
		if f := fields[0]; f.Value != want.said || (f.Err != "") != want.err {
			t.Errorf("%q says %q, error %q", text, f.Value, f.Err)
		}
		if got := sasl.Challenge(text); got != want.said {
			t.Errorf("%q says %q", text, got)
		}
	}
}

// TestInClear tells which logins give a password away.
func TestInClear(t *testing.T) {
	t.Parallel()
	for mechanism, want := range map[string]bool{
		"PLAIN": true, "LOGIN": true, "XOAUTH2": true, "OAUTHBEARER": true, "CRAM-MD5": false, "GSSAPI": false,
	} {
		if got := sasl.First(mechanism).MechanismInClear(); got != want {
			t.Errorf("%s: %v", mechanism, got)
		}
	}
	if user := sasl.First("LOGIN"); user.ResponseInClear() || !user.Next().ResponseInClear() {
		t.Error("of LOGIN's two responses only the second is a password")
	}
}

// TestNotes looks up the note of every step and of every field above.
func TestNotes(t *testing.T) {
	t.Parallel()
	notes := note.Load(sasl.Notes(), field.Notes())
	if err := notes.Check(); err != nil {
		t.Fatal(err)
	}
	for name, test := range logins {
		step := sasl.First(test.mechanism)
		keys := []string{step.Note(), step.ChallengeNote()}
		for _, m := range sasl.Open(step, base64.StdEncoding.EncodeToString([]byte(test.said))) {
			field.Walk(m.Fields(), func(f *field.Field, _ int) { keys = append(keys, f.Note) })
		}
		for _, key := range keys {
			if !notes.Has(key) {
				t.Errorf("%s: no note %s", name, key)
			}
		}
	}
}
