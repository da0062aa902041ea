// Package wire holds what crossed the network, exactly as it crossed it: the
// connections of a lab or of a capture, and the segments of bytes that each of
// them carried. Start with Log, which records, and Segments, which reads.
//
// Nothing here knows a protocol, a clock or a socket: whoever records says
// when, and what the bytes mean is the business of the decoders.
package wire

import (
	"net/netip"
	"strconv"
	"time"
)

// Dir is the direction in which bytes travel on a connection.
type Dir uint8

// The two directions. The client is the side that opened the connection.
const (
	ClientToServer Dir = iota
	ServerToClient
)

// String gives the letter that the RFCs print before a line of a dialogue:
// "C" for the client, "S" for the server.
func (d Dir) String() string {
	if d == ServerToClient {
		return "S"
	}
	return "C"
}

// Other gives the opposite direction.
func (d Dir) Other() Dir { return d ^ 1 }

// ConnID numbers the connections of one log from 1, in the order of opening.
type ConnID uint32

// Endpoint is one side of a connection.
type Endpoint struct {
	// Host is the logical name, such as "mx1.sekolah.test"; empty for a
	// program from outside the lab.
	Host string
	// Addr is the logical address and port, such as 198.51.100.25:25.
	Addr netip.AddrPort
	// Real is the address and port of the socket on this machine.
	Real netip.AddrPort
}

// String gives "host:port" with the logical port, or the address where there
// is no name.
func (e Endpoint) String() string {
	if e.Host == "" {
		return e.Addr.String()
	}
	return e.Host + ":" + strconv.Itoa(int(e.Addr.Port()))
}

// Conn describes one connection of a log.
type Conn struct {
	ID ConnID
	// Service is the name by which IANA registers the server's port, such as
	// "smtp", "submission" or "submissions".
	Service        string
	Client, Server Endpoint
	Opened         time.Time
	// Closed is zero while the connection is open.
	Closed time.Time
	// Lost counts the bytes that crossed the connection after its limit was
	// reached and that the log therefore does not hold.
	Lost int64
	// InTLS tells that the bytes travelled inside TLS and were recorded in the
	// clear; AfterUpgrade, that the connection had itself begun in clear, as
	// with STARTTLS.
	InTLS, AfterUpgrade bool
	// Datagrams tells that each segment is one UDP datagram, not a part of a
	// stream.
	Datagrams bool
	// Secrets are lines in the NSS key log format, one per TLS secret.
	Secrets []string
}

// Implicit tells whether connections of a service begin with TLS (RFC 8314 §3).
func Implicit(service string) bool {
	return service == "submissions" || service == "pop3s" || service == "imaps"
}

// Segment is what one read or one write carried: bytes of one connection in
// one direction at one moment, for TLS the ciphertext.
type Segment struct {
	Time  time.Time
	Dir   Dir
	Bytes []byte // never changed after it was recorded
}

// Service is a server that listens: the name by which IANA registers its port
// and where it can be reached. The endpoint's Host and Addr are logical, Real
// is the socket on this machine.
type Service struct {
	Name string
	Endpoint
}
