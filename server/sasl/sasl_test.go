package sasl_test

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"surel/server/sasl"
)

var (
	errWrong     = errors.New("wrong password")
	errForeign   = errors.New("for another")
	errMalformed = errors.New("malformed")
)

func checks() sasl.Checks {
	return sasl.Checks{
		Host: "mx1.sekolah.test",
		Password: func(user, password string) error {
			if user != "guru" || !sasl.SamePassword("rahasia", password) {
				return errWrong
			}
			return nil
		},
		Digest: func(user string, challenge []byte, digest string) error {
			if user != "guru" || !sasl.SameDigest("rahasia", challenge, digest) {
				return errWrong
			}
			return nil
		},
		Foreign: errForeign, Malformed: errMalformed,
	}
}

// TestExchanges gives responses and holds what the exchange comes to. "-" is
// no response at all.
func TestExchanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mechanism string
		responses []string
		want      error
	}{
		{"PLAIN", []string{"\x00guru\x00rahasia"}, nil},
		{"PLAIN", []string{"-", "guru\x00guru\x00rahasia"}, nil},
		{"PLAIN", []string{"\x00guru\x00salah"}, errWrong},
		{"PLAIN", []string{"siswa\x00guru\x00rahasia"}, errForeign},
		{"PLAIN", []string{"guru"}, errMalformed},
		{"LOGIN", []string{"-", "guru", "rahasia"}, nil},
		{"LOGIN", []string{"guru", "rahasia"}, nil},
		{"LOGIN", []string{"-", "guru", ""}, errWrong},
		{"CRAM-MD5", []string{"-", "guru DIGEST"}, nil},
		{"CRAM-MD5", []string{"-", "guru 00"}, errWrong},
		{"CRAM-MD5", []string{"-", "guru"}, errMalformed},
		{"CRAM-MD5", []string{"guru 00"}, errMalformed},
	} {
		server := sasl.New(c.mechanism, checks())
		var challenge []byte
		var done bool
		var err error
		for i, r := range c.responses {
			response := []byte(strings.Replace(r, "DIGEST", digest(challenge), 1))
			if r == "-" {
				response = nil
			}
			if challenge, done, err = server.Next(response); err == nil && done != (i == len(c.responses)-1) {
				t.Errorf("%s %q: done is %v after %d responses", c.mechanism, c.responses, done, i+1)
			}
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s %q: %v, want %v", c.mechanism, c.responses, err, c.want)
		}
	}
	if sasl.New("GSSAPI", checks()) != nil {
		t.Error("there is no GSSAPI here")
	}
}

func digest(challenge []byte) string {
	mac := hmac.New(md5.New, []byte("rahasia"))
	mac.Write(challenge)
	return hex.EncodeToString(mac.Sum(nil))
}

func TestNoPasswordIsNoLogin(t *testing.T) {
	t.Parallel()
	mac := hmac.New(md5.New, nil)
	if sasl.SamePassword("", "") || sasl.SameDigest("", nil, hex.EncodeToString(mac.Sum(nil))) {
		t.Error("an account without a password lets people in")
	}
}
