package capture_test

import (
	"bytes"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"surel/protocols/capture"
	"surel/protocols/wire"
)

// piece is a TCP segment of a made-up capture.
type piece struct {
	fromServer bool
	seq        uint32 // counted from the first byte of its direction
	text       string
}

// link makes what stands before the IP packet on a link.
type link struct {
	kind   layers.LinkType
	before []gopacket.SerializableLayer
	six    bool
}

var links = map[string]link{
	"raw":     {kind: layers.LinkTypeRaw},
	"raw six": {kind: layers.LinkTypeRaw, six: true},
	"Ethernet": {kind: layers.LinkTypeEthernet, before: []gopacket.SerializableLayer{
		&layers.Ethernet{SrcMAC: make(net.HardwareAddr, 6), DstMAC: make(net.HardwareAddr, 6), EthernetType: layers.EthernetTypeIPv4},
	}},
	"VLAN": {kind: layers.LinkTypeEthernet, before: []gopacket.SerializableLayer{
		&layers.Ethernet{SrcMAC: make(net.HardwareAddr, 6), DstMAC: make(net.HardwareAddr, 6), EthernetType: layers.EthernetTypeDot1Q},
		&layers.Dot1Q{VLANIdentifier: 7, Type: layers.EthernetTypeIPv4},
	}},
	"loopback": {kind: layers.LinkTypeNull, before: []gopacket.SerializableLayer{&layers.Loopback{Family: layers.ProtocolFamilyIPv4}}},
	"cooked": {kind: layers.LinkTypeLinuxSLL, before: []gopacket.SerializableLayer{
		gopacket.Payload([]byte{0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00}),
	}},
}

// file makes a pcap file of a connection to port 25.
func file(t *testing.T, l link, pieces []piece) []byte {
	t.Helper()
	var out bytes.Buffer
	w := pcapgo.NewWriter(&out)
	if err := w.WriteFileHeader(65535, l.kind); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	write := func(tcp *layers.TCP, fromServer bool, text string) {
		client, server := net.IPv4(192, 0, 2, 10).To4(), net.IPv4(192, 0, 2, 25).To4()
		if l.six {
			client, server = net.ParseIP("2001:db8::10"), net.ParseIP("2001:db8::25")
		}
		tcp.SrcPort, tcp.DstPort, tcp.Window, tcp.ACK = 50000, 25, 65535, !tcp.SYN || fromServer
		if fromServer {
			client, server = server, client
			tcp.SrcPort, tcp.DstPort = 25, 50000
		}
		var network interface {
			gopacket.NetworkLayer
			gopacket.SerializableLayer
		}
		network = &layers.IPv4{Version: 4, TTL: 64, Protocol: layers.IPProtocolTCP, SrcIP: client, DstIP: server}
		if l.six {
			network = &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: layers.IPProtocolTCP, SrcIP: client, DstIP: server}
		}
		if err := tcp.SetNetworkLayerForChecksum(network); err != nil {
			t.Fatal(err)
		}
		b := gopacket.NewSerializeBuffer()
		all := append(append([]gopacket.SerializableLayer(nil), l.before...), network, tcp, gopacket.Payload(text))
		if err := gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, all...); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Millisecond)
		n := len(b.Bytes())
		if err := w.WritePacket(gopacket.CaptureInfo{Timestamp: at, CaptureLength: n, Length: n}, b.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	write(&layers.TCP{Seq: 999, SYN: true}, false, "")
	write(&layers.TCP{Seq: 4999, Ack: 1000, SYN: true}, true, "")
	for _, p := range pieces {
		tcp := &layers.TCP{Seq: 1000 + p.seq, Ack: 5000, PSH: true}
		if p.fromServer {
			tcp = &layers.TCP{Seq: 5000 + p.seq, Ack: 1000, PSH: true}
		}
		write(tcp, p.fromServer, p.text)
	}
	return out.Bytes()
}

var greeting = []piece{{true, 0, "220 mx ESMTP\r\n"}, {false, 0, "EHLO a\r\n"}, {true, 14, "250 mx\r\n"}, {false, 8, "QUIT\r\n"}}

const (
	clientSaid = "EHLO a\r\nQUIT\r\n"
	serverSaid = "220 mx ESMTP\r\n250 mx\r\n"
)

// TestLinks reads the same conversation as it is on different links.
func TestLinks(t *testing.T) {
	t.Parallel()
	for name, l := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, s := read(t, file(t, l, greeting), capture.Options{})
			conns := log.Conns()
			if len(conns) != 1 {
				t.Fatalf("%d connections, %+v", len(conns), s)
			}
			if said := streams(log.Segments(conns[0].ID, 0)); said != [2]string{clientSaid, serverSaid} {
				t.Errorf("read %q", said)
			}
			if conns[0].Service != "smtp" || conns[0].Client.Addr.Port() != 50000 {
				t.Errorf("it is %+v", conns[0])
			}
		})
	}
}

// TestStreams reads streams whose packets come twice, out of order, or not at all.
func TestStreams(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pieces []piece
		client string
		lost   int64
	}{
		"in order":   {greeting, clientSaid, 0},
		"repeated":   {[]piece{greeting[0], greeting[1], greeting[1], greeting[2], greeting[3], greeting[3]}, clientSaid, 0},
		"overlapped": {[]piece{greeting[0], {false, 0, "EHLO"}, {false, 2, "LO a\r\n"}, greeting[2], greeting[3]}, clientSaid, 0},
		"reordered":  {[]piece{greeting[0], greeting[3], greeting[1], greeting[2]}, clientSaid, 0},
		"a gap":      {[]piece{greeting[0], {false, 0, "EHLO"}, greeting[2], greeting[3]}, "EHLOQUIT\r\n", 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, s := read(t, file(t, links["raw"], test.pieces), capture.Options{})
			conns := log.Conns()
			if len(conns) != 1 {
				t.Fatalf("%d connections, %+v", len(conns), s)
			}
			if said := streams(log.Segments(conns[0].ID, 0)); said[wire.ClientToServer] != test.client || s.Lost != test.lost {
				t.Errorf("read %q, and %d bytes are missing", said[wire.ClientToServer], s.Lost)
			}
		})
	}
}

// TestForeign counts what is not read.
func TestForeign(t *testing.T) {
	t.Parallel()
	web := []piece{{false, 0, "GET / HTTP/1.1\r\n" + strings.Repeat("X-Long: "+strings.Repeat("y", 990)+"\r\n", 6)}}
	log, s := read(t, file(t, links["raw"], web), capture.Options{})
	if len(log.Conns()) != 0 || s.Unknown != 1 {
		t.Errorf("HTTP is %v, %+v", log.Conns(), s)
	}
}
