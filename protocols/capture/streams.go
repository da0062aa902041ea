package capture

import (
	"bytes"
	"net/netip"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/reassembly"

	"surel/protocols/wire"
)

// Bounds of what is kept of streams that wait for a missing packet, in pages of
// the library, about two kilobytes each.
const (
	maxPages       = 16 << 10
	maxPagesStream = 1 << 10
)

// flushEvery is how many packets pass before streams whose missing packets will
// not come any more are given up.
const flushEvery = 10_000

// patience is how long a missing packet may stay away.
const patience = 30 * time.Second

// streams put TCP segments together: in order, without repetitions.
type streams struct {
	c         *collector
	assembler *reassembly.Assembler
	count     int
}

func newStreams(c *collector) *streams {
	s := &streams{c: c}
	s.assembler = reassembly.NewAssembler(reassembly.NewStreamPool(s))
	s.assembler.MaxBufferedPagesTotal = maxPages
	s.assembler.MaxBufferedPagesPerConnection = maxPagesStream
	return s
}

// moment is when a segment came; the library hands it on.
type moment time.Time

// GetCaptureInfo gives the time.
func (m moment) GetCaptureInfo() gopacket.CaptureInfo {
	return gopacket.CaptureInfo{Timestamp: time.Time(m)}
}

func (s *streams) take(p *parser, at time.Time) {
	var network gopacket.Flow
	if p.src.Is4() {
		network = p.ip4.NetworkFlow()
	} else {
		network = p.ip6.NetworkFlow()
	}
	s.assembler.AssembleWithContext(network, &p.tcp, moment(at))
	if s.count++; s.count%flushEvery == 0 {
		s.assembler.FlushCloseOlderThan(at.Add(-patience))
	}
}

func (s *streams) end() { s.assembler.FlushAll() }

// New begins a stream.
func (s *streams) New(network, _ gopacket.Flow, tcp *layers.TCP, ac reassembly.AssemblerContext) reassembly.Stream {
	src, _ := netip.AddrFromSlice(network.Src().Raw())
	dst, _ := netip.AddrFromSlice(network.Dst().Raw())
	f := flow{netip.AddrPortFrom(src, uint16(tcp.SrcPort)), netip.AddrPortFrom(dst, uint16(tcp.DstPort))}
	// The first packet that is seen is the client's, unless it answers one that
	// was not, or goes to a port of the kind that clients have.
	turned := tcp.SYN && tcp.ACK || !tcp.SYN && tcp.SrcPort < tcp.DstPort
	if turned {
		f = flow{f.server, f.client}
	}
	at := ac.GetCaptureInfo().Timestamp
	return &tcpStream{recording: recording{c: s.c, flow: f, opened: at, last: at}, turned: turned}
}

// tcpStream is a TCP connection.
type tcpStream struct {
	recording
	turned bool // the library takes the server for the client
}

// Accept takes every packet: what a kernel would refuse is seldom in a capture.
func (t *tcpStream) Accept(_ *layers.TCP, _ gopacket.CaptureInfo, _ reassembly.TCPFlowDirection, _ reassembly.Sequence, start *bool, _ reassembly.AssemblerContext) bool {
	*start = true
	return true
}

// ReassembledSG takes the next bytes of a direction.
func (t *tcpStream) ReassembledSG(sg reassembly.ScatterGather, ac reassembly.AssemblerContext) {
	dir, _, _, skip := sg.Info()
	d := wire.ClientToServer
	if (dir == reassembly.TCPDirServerToClient) != t.turned {
		d = wire.ServerToClient
	}
	if skip > 0 {
		t.c.summary.Lost += int64(skip)
	}
	n, _ := sg.Lengths()
	at := t.last
	if ac != nil {
		at = ac.GetCaptureInfo().Timestamp
	}
	t.say(at, d, bytes.Clone(sg.Fetch(n)))
}

// ReassemblyComplete ends the connection.
func (t *tcpStream) ReassemblyComplete(reassembly.AssemblerContext) bool {
	t.end(t.last)
	return true
}
