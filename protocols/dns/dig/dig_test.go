package dig

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"surel/protocols/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestOutput reads what dig and kdig have printed, kept in testdata/*.txt, and
// compares the messages with testdata/*.golden as the library writes them.
func TestOutput(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			segments, err := Parse(string(text))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, s := range segments {
				var m dns.Msg
				if err := m.Unpack(s.Bytes); err != nil {
					t.Fatal(err)
				}
				b.WriteString(s.Dir.String() + "\n" + m.String() + "\n")
			}
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", b.String(), want)
			}
		})
	}
}

// sample is a query for the MX records of a.test.
const sample = "0505010000010000000000000161047465737400000f0001"

func TestMessage(t *testing.T) {
	t.Parallel()
	b, err := hex.DecodeString(sample)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"hex":             sample + "\n",
		"spaced hex":      "05 05 01 00 00 01 00 00 00 00 00 00 01 61 04 74\n65 73 74 00 00 0f 00 01",
		"marked hex":      "0x" + sample,
		"a dump of xxd":   "00000000: 0505 0100 0001 0000 0000 0000 0161 0474  .............a.t\n00000010: 6573 7400 000f 0001                      est.....\n",
		"hexdump -C":      "00000000  05 05 01 00 00 01 00 00 00 00 00 00 01 61 04 74  |.............a.t|\n00000010  65 73 74 00 00 0f 00 01                           |est.....|\n",
		"base64":          base64.StdEncoding.EncodeToString(b),
		"base64 of a URL": base64.RawURLEncoding.EncodeToString(b),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || hex.EncodeToString(got[0].Bytes) != sample || got[0].Dir != wire.ClientToServer {
				t.Errorf("got %v", got)
			}
		})
	}
	response := sample[:4] + "8" + sample[5:]
	got, err := Parse(sample + "\r\n\r\n" + response)
	if err != nil || len(got) != 2 || got[1].Dir != wire.ServerToClient {
		t.Errorf("two messages are %v, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"":                              ErrNoMessage,
		"hello there":                   ErrNoMessage,
		"0505":                          ErrNoMessage,
		"10 mx1.sekolah.test.":          ErrNoMessage,
		"a.test. 3600 IN MX 10 b.test.": ErrNoHeader,
	} {
		if _, err := Parse(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
	const head = ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n"
	for text, want := range map[string]string{
		strings.Replace(head, "QUERY", "ASK", 1):                                                                   "line 1: opcode",
		strings.Replace(head, "NOERROR", "FINE", 1):                                                                "line 1: status",
		strings.Replace(head, "id: 1", "id: 70000", 1):                                                             "line 1: id",
		head + ";; QUESTION SECTION:\n;a.test. IN\n":                                                               "line 3: ",
		head + ";; QUESTION SECTION:\n;a.test. IN MIX\n":                                                           "line 3: type",
		head + ";; ANSWER SECTION:\na.test. 1 IN MX ten b.test.\n":                                                 "message of line 1: ",
		head + ";; ANSWER SECTION:\n$GENERATE 1-9 a$ A 192.0.2.$\n":                                                "line 3: ",
		head + ";; ANSWER SECTION:\n" + strings.Repeat("a.test. 1 IN TXT \""+strings.Repeat("x", 200)+"\"\n", 400): "message of line 1: ",
		sample[:24] + strings.Repeat("00", 70000):                                                                  "more than the 65535",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(sample)
	f.Fuzz(func(t *testing.T, text string) {
		segments, err := Parse(text)
		if err != nil {
			return
		}
		for _, s := range segments {
			if len(s.Bytes) < headerLen || len(s.Bytes) > maxMessage {
				t.Errorf("a message of %d bytes", len(s.Bytes))
			}
		}
	})
}
