package capture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"surel/protocols/wire"
)

// ErrFormat tells that a file is neither pcap nor pcapng.
var ErrFormat = errors.New("this is neither a pcap nor a pcapng file")

// Summary says what a capture held.
type Summary struct {
	// Packets is how many there were; Foreign of them are of no protocol that is
	// read here, Cut are incomplete.
	Packets, Foreign, Cut int
	// Unknown counts the connections of protocols that are not known.
	Unknown int
	// Lost counts the bytes of streams that the capture lacks.
	Lost int64
	// Secrets counts the TLS secrets in the file.
	Secrets int
}

// Options say how a capture is read.
type Options struct {
	// Keys are further lines of a key log.
	Keys []string
	// Recognise tells the service of a connection by the server's port and the
	// first bytes that either side says; empty where it is not known.
	Recognise func(port uint16, first []byte) (service string)
}

// Read reads a capture into a log, as far as it can be read: an error tells where
// it stops.
func Read(r io.Reader, log *wire.Log, o Options) (Summary, error) {
	c := newCollector(log, o)
	source, err := open(r, c)
	if err != nil {
		return c.summary, err
	}
	for {
		data, info, link, err := source()
		if err != nil {
			c.end()
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return c.summary, err
		}
		c.summary.Packets++
		if info.CaptureLength < info.Length {
			c.summary.Cut++
		}
		c.packet(data, info.Timestamp, link)
	}
}

// next gives the next packet and what it begins with.
type next func() ([]byte, gopacket.CaptureInfo, layers.LinkType, error)

// open finds out the format of a file.
func open(r io.Reader, c *collector) (next, error) {
	buffered := bufio.NewReaderSize(r, 256<<10)
	magic, err := buffered.Peek(4)
	if err != nil {
		return nil, ErrFormat
	}
	if binary.LittleEndian.Uint32(magic) == blockSection {
		ng, err := pcapgo.NewNgReader(&sniffer{r: buffered, found: c.secrets}, pcapgo.NgReaderOptions{
			WantMixedLinkType: true, SkipUnknownVersion: true,
		})
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrFormat, err)
		}
		return func() ([]byte, gopacket.CaptureInfo, layers.LinkType, error) {
			data, info, err := ng.ZeroCopyReadPacketData()
			if err != nil {
				return nil, info, 0, err
			}
			i, err := ng.Interface(info.InterfaceIndex)
			return data, info, i.LinkType, err
		}, nil
	}
	old, err := pcapgo.NewReader(buffered)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return func() ([]byte, gopacket.CaptureInfo, layers.LinkType, error) {
		data, info, err := old.ZeroCopyReadPacketData()
		return data, info, old.LinkType(), err
	}, nil
}

// collector puts the packets of a capture together to connections.
type collector struct {
	log     *wire.Log
	o       Options
	summary Summary
	keys    *keyring
	streams *streams
	udp     map[flow]*recording
	parser  *parser
}

// flow is who talks to whom; the first to speak is the client.
type flow struct{ client, server netip.AddrPort }

func newCollector(log *wire.Log, o Options) *collector {
	c := &collector{log: log, o: o, keys: newKeyring(), udp: map[flow]*recording{}, parser: newParser()}
	for _, line := range o.Keys {
		c.keys.add(line)
	}
	c.streams = newStreams(c)
	return c
}

// secrets takes the lines of a key log that stand in the file.
func (c *collector) secrets(text []byte) {
	for line := range strings.Lines(string(text)) {
		if c.keys.add(strings.TrimSpace(line)) {
			c.summary.Secrets++
		}
	}
}

// packet takes in one packet.
func (c *collector) packet(data []byte, at time.Time, link layers.LinkType) {
	p := c.parser
	if !p.parse(data, link) {
		c.summary.Foreign++
		return
	}
	if p.isTCP {
		c.streams.take(p, at)
		return
	}
	f := flow{netip.AddrPortFrom(p.src, uint16(p.udp.SrcPort)), netip.AddrPortFrom(p.dst, uint16(p.udp.DstPort))}
	c.datagram(f, at, bytes.Clone(p.udp.Payload))
}

// datagram takes in a datagram; what answers an earlier one belongs to it.
func (c *collector) datagram(f flow, at time.Time, b []byte) {
	back := flow{f.server, f.client}
	if r := c.udp[back]; r != nil {
		r.say(at, wire.ServerToClient, b)
		return
	}
	r := c.udp[f]
	if r == nil {
		r = &recording{c: c, flow: f, datagrams: true}
		c.udp[f] = r
	}
	r.say(at, wire.ClientToServer, b)
}

// end closes everything.
func (c *collector) end() {
	c.streams.end()
	for _, r := range c.udp {
		r.end(r.last)
	}
}

// recording is a connection on its way into the log. It begins once it is known
// of what protocol it is.
type recording struct {
	c         *collector
	flow      flow
	datagrams bool
	opened    time.Time
	last      time.Time
	rec       *wire.Recorder
	waiting   []wire.Segment
	held      int
	foreign   bool
}

// maxHeld is how many bytes are kept of a connection whose protocol is not known
// yet.
const maxHeld = 4 << 10

func (r *recording) say(at time.Time, d wire.Dir, b []byte) {
	if r.opened.IsZero() {
		r.opened = at
	}
	r.last = at
	switch {
	case r.foreign || len(b) == 0:
		return
	case r.rec != nil:
		r.record(wire.Segment{Time: at, Dir: d, Bytes: b})
		return
	}
	r.waiting = append(r.waiting, wire.Segment{Time: at, Dir: d, Bytes: b})
	r.held += len(b)
	service := r.c.o.Recognise(r.flow.server.Port(), r.waiting[0].Bytes)
	if service == "" {
		service = r.c.o.Recognise(r.flow.server.Port(), b)
	}
	switch {
	case service != "":
		r.begin(service)
	case r.held > maxHeld || r.datagrams:
		r.foreign, r.waiting = true, nil
		r.c.summary.Unknown++
	}
}

func (r *recording) begin(service string) {
	endpoint := func(a netip.AddrPort) wire.Endpoint { return wire.Endpoint{Addr: a, Real: a} }
	r.rec = r.c.log.Open(wire.Conn{
		Service: service, Client: endpoint(r.flow.client), Server: endpoint(r.flow.server), Opened: r.opened, Datagrams: r.datagrams,
	})
	for _, s := range r.waiting {
		r.record(s)
	}
	r.waiting = nil
}

func (r *recording) record(s wire.Segment) {
	if s.Dir == wire.ClientToServer && !r.datagrams {
		r.c.keys.unlock(r.rec, s.Bytes)
	}
	r.rec.Record(s.Time, s.Dir, s.Bytes)
}

func (r *recording) end(at time.Time) {
	switch {
	case r.rec != nil:
		r.rec.Close(at)
	case !r.foreign && r.held > 0:
		r.foreign = true
		r.c.summary.Unknown++
	}
}
