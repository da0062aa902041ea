package shown_test

import (
	"net"
	"strings"
	"testing"

	mdns "github.com/miekg/dns"

	"surel/protocols/note"
	"surel/tui/picture"
)

// somebody is a resolver of somebody else that knows one name.
func somebody(t *testing.T) (address string) {
	t.Helper()
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	started, ended := make(chan struct{}), make(chan struct{})
	s := &mdns.Server{PacketConn: socket, NotifyStartedFunc: func() { close(started) }}
	s.Handler = mdns.HandlerFunc(func(w mdns.ResponseWriter, q *mdns.Msg) {
		m := new(mdns.Msg).SetReply(q)
		if q.Question[0].Name == "contoh.example." && q.Question[0].Qtype == mdns.TypeMX {
			m.Answer = []mdns.RR{&mdns.MX{
				Hdr:        mdns.RR_Header{Name: "contoh.example.", Rrtype: mdns.TypeMX, Class: mdns.ClassINET, Ttl: 300},
				Preference: 5, Mx: "mx.contoh.example.",
			}}
		}
		_ = w.WriteMsg(m)
	})
	go func() {
		defer close(ended)
		_ = s.ActivateAndServe()
	}()
	<-started
	t.Cleanup(func() {
		_ = s.Shutdown()
		<-ended
	})
	return socket.LocalAddr().String()
}

// TestRealNames gives leave to ask outside, asks, and takes the leave back.
func TestRealNames(t *testing.T) {
	t.Parallel()
	address := somebody(t)
	ask := []picture.Step{{Until: "SMTP"}, {Key: "5", Until: "Nobody has spoken"}, {Key: "N", Until: "Ask for real names at"}, {Key: "ctrl+u"}}
	for _, letter := range address {
		ask = append(ask, picture.Step{Key: string(letter)})
	}
	ask = append(ask, picture.Step{Until: address}, picture.Step{Key: "enter", Until: "(real names: " + address + ")"}, picture.Step{Key: "i", Until: "a type and a name"})
	for _, letter := range "MX contoh.example" {
		key := string(letter)
		if key == " " {
			key = "space"
		}
		ask = append(ask, picture.Step{Key: key})
	}
	ask = append(ask, picture.Step{Until: "MX contoh.example"}, picture.Step{Key: "enter", Until: "MX 5 mx.contoh.example"})
	if got := film(t, note.EN, 140, 40, ask...); !strings.Contains(got, "@127.0.0.1") {
		t.Errorf("it is not seen who was asked:\n%s", got)
	}
	ask = append(ask, picture.Step{Key: "esc", Until: "next"}, picture.Step{Key: "N", Until: "nothing leaves this machine"})
	if got := film(t, note.EN, 140, 40, ask...); strings.Contains(got, "(real names:") {
		t.Errorf("it has not ended:\n%s", got)
	}
}
