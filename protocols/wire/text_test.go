package wire_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"surel/protocols/wire"
)

func conversation() (wire.Conn, []wire.Segment) {
	opened := time.Date(2026, 8, 17, 10, 0, 0, 0, time.UTC)
	c := wire.Conn{
		Service: "smtp", Opened: opened, Closed: opened.Add(time.Second), Secrets: []string{"CLIENT_RANDOM 00 11"},
		Client: wire.Endpoint{Host: "laptop.kampus.test", Addr: netip.MustParseAddrPort("192.0.2.10:50000")},
		Server: wire.Endpoint{Addr: netip.MustParseAddrPort("[2001:db8::25]:25")},
	}
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return c, []wire.Segment{
		{Time: opened, Dir: wire.ServerToClient, Bytes: []byte("220 \"mx1\" \\ siap é \r\n")},
		{Time: opened.Add(time.Millisecond), Dir: wire.ClientToServer, Bytes: []byte("EHLO a\r\nNOOP\nhalf ")},
		{Time: opened.Add(time.Millisecond), Dir: wire.ClientToServer, Bytes: all},
	}
}

func TestTextRoundTrip(t *testing.T) {
	t.Parallel()
	c, segments := conversation()
	for _, c.Datagrams = range []bool{false, true} {
		var text strings.Builder
		if err := wire.WriteText(&text, c, segments); err != nil {
			t.Fatal(err)
		}
		c2, segments2, err := wire.ReadText(strings.NewReader(text.String()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text.String())
		}
		same := cmpopts.EquateComparable(netip.AddrPort{})
		if diff := cmp.Diff(c, c2, same); diff != "" {
			t.Errorf("the connection changed:\n%s", diff)
		}
		if diff := cmp.Diff(segments, segments2); diff != "" {
			t.Errorf("the segments changed:\n%s", diff)
		}
	}
}

func TestTextErrors(t *testing.T) {
	t.Parallel()
	const head = "conn smtp a/192.0.2.1:1 b/192.0.2.2:25 2026-08-17T10:00:00Z\n"
	for text, want := range map[string]string{
		"conn smtp\n":                            "line 1: conn",
		"conn smtp a/x b/192.0.2.2:25 now\n":     "is not a place",
		head + "C: EHLO\n":                       "continues no segment",
		head + "+1ms C: EHLO\nS: 250\n":          "other direction",
		head + "+1ms X: EHLO\n":                  "does not begin",
		head + "+soon C: EHLO\n":                 "no duration",
		head + "# comment\n\n+1ms C: EHLO \\q\n": "line 4: read escapes",
	} {
		if _, _, err := wire.ReadText(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, not %q", text, err, want)
		}
	}
}
