package capture

import (
	"net/netip"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// parser finds the TCP segment or UDP datagram in a packet.
type parser struct {
	ethernet layers.Ethernet
	vlan     layers.Dot1Q
	cooked   layers.LinuxSLL
	cooked2  layers.LinuxSLL2
	loopback layers.Loopback
	ip4      layers.IPv4
	ip6      layers.IPv6
	tcp      layers.TCP
	udp      layers.UDP

	src, dst netip.Addr
	isTCP    bool

	parsers map[gopacket.LayerType]*gopacket.DecodingLayerParser
	seen    []gopacket.LayerType
}

func newParser() *parser {
	return &parser{parsers: map[gopacket.LayerType]*gopacket.DecodingLayerParser{}}
}

// first gives the layer with which packets of a link begin.
func first(link layers.LinkType, data []byte) gopacket.LayerType {
	switch link { //nolint:exhaustive // the rest is taken for raw packets
	case layers.LinkTypeEthernet:
		return layers.LayerTypeEthernet
	case layers.LinkTypeLinuxSLL:
		return layers.LayerTypeLinuxSLL
	case layers.LinkTypeLinuxSLL2:
		return layers.LayerTypeLinuxSLL2
	case layers.LinkTypeNull, layers.LinkTypeLoop:
		return layers.LayerTypeLoopback
	case layers.LinkTypeIPv6:
		return layers.LayerTypeIPv6
	}
	if len(data) > 0 && data[0]>>4 == 6 { // raw packets, under several numbers
		return layers.LayerTypeIPv6
	}
	return layers.LayerTypeIPv4
}

// parse reads a packet; false where it holds neither TCP nor UDP.
func (p *parser) parse(data []byte, link layers.LinkType) bool {
	begin := first(link, data)
	decoder := p.parsers[begin]
	if decoder == nil {
		decoder = gopacket.NewDecodingLayerParser(begin, &p.ethernet, &p.vlan, &p.cooked, &p.cooked2, &p.loopback, &p.ip4, &p.ip6, &p.tcp, &p.udp)
		decoder.IgnoreUnsupported = true
		p.parsers[begin] = decoder
	}
	p.seen = p.seen[:0]
	_ = decoder.DecodeLayers(data, &p.seen) // what could be read stands in seen
	transport, network := false, false
	for _, layer := range p.seen {
		switch layer {
		case layers.LayerTypeIPv4:
			p.src, _ = netip.AddrFromSlice(p.ip4.SrcIP)
			p.dst, network = netip.AddrFromSlice(p.ip4.DstIP)
		case layers.LayerTypeIPv6:
			p.src, _ = netip.AddrFromSlice(p.ip6.SrcIP)
			p.dst, network = netip.AddrFromSlice(p.ip6.DstIP)
		case layers.LayerTypeTCP:
			transport, p.isTCP = true, true
		case layers.LayerTypeUDP:
			transport, p.isTCP = true, false
		}
	}
	return network && transport
}
