package capture

import (
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"surel/protocols/wire"
)

// segmentSize is how many bytes of a stream a packet carries at most: what fits
// into an Ethernet frame.
const segmentSize = 1460

// headersSize is how many bytes the headers before a datagram take at most.
const headersSize = 60

// Write writes conversations as pcapng: packets between the logical addresses and
// ports, with the handshakes and numbers of TCP, and the TLS secrets before them.
func Write(w io.Writer, talks []Talk) error {
	options := pcapgo.DefaultNgWriterOptions
	options.SectionInfo.Application = "surel"
	ng, err := pcapgo.NewNgWriterInterface(w, pcapgo.NgInterface{
		Name: "surel", LinkType: layers.LinkTypeRaw, SnapLength: 0,
	}, options)
	if err != nil {
		return fmt.Errorf("begin the capture: %w", err)
	}
	if secrets := secretsOf(talks); secrets != "" {
		if err := ng.WriteDecryptionSecretsBlock(pcapgo.DSB_SECRETS_TYPE_TLS, []byte(secrets)); err != nil {
			return fmt.Errorf("write the secrets: %w", err)
		}
	}
	var packets []packet
	for i := range talks {
		packets = append(packets, packetsOf(&talks[i])...)
	}
	slices.SortStableFunc(packets, func(a, b packet) int { return a.time.Compare(b.time) })
	for i := range packets {
		if err := packets[i].write(ng); err != nil {
			return fmt.Errorf("write packet %d: %w", i+1, err)
		}
	}
	return ng.Flush()
}

func secretsOf(talks []Talk) string {
	var b strings.Builder
	for i := range talks {
		for _, line := range talks[i].Secrets {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// packet is one packet before its headers are made.
type packet struct {
	time     time.Time
	from, to netip.AddrPort
	tcp      *layers.TCP // nil: UDP
	payload  []byte
	comment  string
}

// addresses gives the two ends of a connection. Where one has no logical address,
// its real one stands in the capture.
func addresses(c wire.Conn) (client, server netip.AddrPort) {
	of := func(e wire.Endpoint) netip.AddrPort {
		if e.Addr.IsValid() {
			return e.Addr
		}
		return e.Real
	}
	client, server = of(c.Client), of(c.Server)
	if client.Addr().Is4() != server.Addr().Is4() { // a client from outside, on the loopback
		client = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), client.Port())
		if server.Addr().Is6() {
			client = netip.AddrPortFrom(netip.IPv6Loopback(), client.Port())
		}
	}
	return client, server
}

func packetsOf(t *Talk) []packet {
	client, server := addresses(t.Conn)
	if t.Datagrams {
		var all []packet
		for i, s := range t.Segments {
			p := packet{time: s.Time, from: client, to: server, payload: s.Bytes, comment: t.Comments[i]}
			if s.Dir == wire.ServerToClient {
				p.from, p.to = server, client
			}
			all = append(all, p)
		}
		return all
	}
	s := &stream{ends: [2]netip.AddrPort{client, server}, sent: [2]uint32{initial(t.ID, 0), initial(t.ID, 1)}}
	s.open(t.Opened)
	for i, segment := range t.Segments {
		s.send(segment, t.Comments[i])
	}
	if !t.Closed.IsZero() {
		s.close(t.Closed)
	}
	return s.packets
}

// initial gives the number with which a direction begins: any will do.
func initial(id wire.ConnID, d uint32) uint32 { return uint32(id)*2_654_435_761 + d*0x4000_0000 }

// stream makes the packets of a TCP connection (RFC 9293 §3.5, §3.6).
type stream struct {
	ends    [2]netip.AddrPort // by direction: who sends
	sent    [2]uint32         // the number of the next byte
	packets []packet
}

func (s *stream) add(at time.Time, d wire.Dir, payload []byte, comment string, flags func(*layers.TCP)) {
	tcp := &layers.TCP{Seq: s.sent[d], Ack: s.sent[d.Other()], ACK: true, Window: 65535}
	flags(tcp)
	if !tcp.ACK {
		tcp.Ack = 0
	}
	s.packets = append(s.packets, packet{at, s.ends[d], s.ends[d.Other()], tcp, payload, comment})
	s.sent[d] += uint32(len(payload))
	if tcp.SYN || tcp.FIN {
		s.sent[d]++
	}
}

func (s *stream) open(at time.Time) {
	s.add(at, wire.ClientToServer, nil, "", func(t *layers.TCP) { t.SYN, t.ACK = true, false })
	s.add(at, wire.ServerToClient, nil, "", func(t *layers.TCP) { t.SYN = true })
	s.add(at, wire.ClientToServer, nil, "", func(*layers.TCP) {})
}

func (s *stream) send(segment wire.Segment, comment string) {
	for part := range slices.Chunk(segment.Bytes, segmentSize) {
		s.add(segment.Time, segment.Dir, part, comment, func(t *layers.TCP) { t.PSH = true })
		comment = ""
	}
	s.add(segment.Time, segment.Dir.Other(), nil, "", func(*layers.TCP) {})
}

func (s *stream) close(at time.Time) {
	s.add(at, wire.ClientToServer, nil, "", func(t *layers.TCP) { t.FIN = true })
	s.add(at, wire.ServerToClient, nil, "", func(t *layers.TCP) { t.FIN = true })
	s.add(at, wire.ClientToServer, nil, "", func(*layers.TCP) {})
}

// write makes the headers of a packet and writes it.
func (p *packet) write(w *pcapgo.NgWriter) error {
	var network interface {
		gopacket.NetworkLayer
		gopacket.SerializableLayer
	}
	protocol := layers.IPProtocolUDP
	if p.tcp != nil {
		protocol = layers.IPProtocolTCP
	}
	if p.from.Addr().Is4() {
		network = &layers.IPv4{Version: 4, TTL: 64, Protocol: protocol, SrcIP: p.from.Addr().AsSlice(), DstIP: p.to.Addr().AsSlice()}
	} else {
		network = &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: protocol, SrcIP: p.from.Addr().AsSlice(), DstIP: p.to.Addr().AsSlice()}
	}
	var transport gopacket.SerializableLayer
	if p.tcp != nil {
		p.tcp.SrcPort, p.tcp.DstPort = layers.TCPPort(p.from.Port()), layers.TCPPort(p.to.Port())
		if err := p.tcp.SetNetworkLayerForChecksum(network); err != nil {
			return err
		}
		transport = p.tcp
	} else {
		udp := &layers.UDP{SrcPort: layers.UDPPort(p.from.Port()), DstPort: layers.UDPPort(p.to.Port())}
		if err := udp.SetNetworkLayerForChecksum(network); err != nil {
			return err
		}
		transport = udp
	}
	b := gopacket.NewSerializeBufferExpectedSize(headersSize, len(p.payload))
	err := gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true},
		network, transport, gopacket.Payload(p.payload))
	if err != nil {
		return err
	}
	n := len(b.Bytes())
	info := gopacket.CaptureInfo{Timestamp: p.time, CaptureLength: n, Length: n}
	options := pcapgo.NgPacketOptions{}
	if p.comment != "" {
		options.Comments = []string{p.comment}
	}
	return w.WritePacketWithOptions(info, b.Bytes(), options)
}
