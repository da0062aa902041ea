// Package capture writes conversations as a file of packets, and reads such files,
// so that other programs and this one can look at the same bytes. Start with Write
// and Read.
//
// A capture holds the TLS secrets of its conversations, where they are known:
// whoever has the file can read everything in it.
package capture

import (
	"surel/protocols/wire"
)

// Talk is a connection and what crossed it.
type Talk struct {
	wire.Conn
	Segments []wire.Segment
	// Comments say something of a segment, by its number: what a reader of the
	// file sees beside the packet.
	Comments map[int]string
}
