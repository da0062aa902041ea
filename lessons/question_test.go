package lessons_test

import (
	"errors"
	"testing"

	mdns "github.com/miekg/dns"

	"surel/lessons"
)

func TestParseQuestion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]lessons.Question{
		"MX sekolah.test":               {Name: "sekolah.test.", Type: mdns.TypeMX},
		"sekolah.test":                  {Name: "sekolah.test.", Type: mdns.TypeA},
		"@ns.nic.test mx sekolah.test.": {Name: "sekolah.test.", Type: mdns.TypeMX, Server: "ns.nic.test"},
		"TXT a.test +tcp":               {Name: "a.test.", Type: mdns.TypeTXT, TCP: true},
		"TYPE65280 a.test":              {Name: "a.test.", Type: 65280},
		"-x 192.0.2.25":                 {Name: "25.2.0.192.in-addr.arpa.", Type: mdns.TypePTR},
		"MX mx":                         {Name: "mx.", Type: mdns.TypeMX},
		"A sekolah.test @ns.nic.test":   {Name: "sekolah.test.", Type: mdns.TypeA, Server: "ns.nic.test"},
		"MX kantor-pos-é.test":          {Name: "xn--kantor-pos--lbb.test.", Type: mdns.TypeMX},
	} {
		got, err := lessons.ParseQuestion(text)
		if err != nil || got != want {
			t.Errorf("%q gives %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestParseQuestionErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]lessons.Fault{
		"": lessons.NoName, "MX": lessons.NoName, "MX a.test b.test": lessons.SecondName, "MX a.test +fast": lessons.UnknownFlag,
		"-x kampus.test": lessons.BadAddress, "A a..test": lessons.BadName,
	} {
		_, err := lessons.ParseQuestion(text)
		var e *lessons.QuestionError
		if !errors.As(err, &e) || e.Why != want || e.Error() == "" {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
	}
}

func FuzzParseQuestion(f *testing.F) {
	f.Add("@ns.nic.test MX sekolah.test +dnssec")
	f.Fuzz(func(t *testing.T, text string) {
		q, err := lessons.ParseQuestion(text)
		if _, ok := mdns.IsDomainName(q.Name); err == nil && !ok {
			t.Errorf("%q gives the name %q", text, q.Name)
		}
	})
}
