package tap

import (
	"net"
	"net/netip"
	"time"

	"surel/protocols/wire"
)

// Outside is a connection to a server that is not the lab's, or a socket for
// datagrams to it. What crosses it is recorded at the client's end.
type Outside struct {
	net.Conn
	rec *wire.Recorder
}

// NewOutside records a connection of a host of the lab to a server outside.
func NewOutside(inner net.Conn, log *wire.Log, service string, client wire.Endpoint, server netip.AddrPort) *Outside {
	_, stream := inner.RemoteAddr().(*net.TCPAddr)
	return &Outside{inner, log.Open(wire.Conn{
		Service: service, Client: client, Opened: time.Now(), Datagrams: !stream,
		Server: wire.Endpoint{Host: server.Addr().String(), Addr: server, Real: server},
	})}
}

// Write sends, and records before it does: the answer must not stand before the
// question.
func (o *Outside) Write(b []byte) (int, error) {
	o.rec.Record(time.Now(), wire.ClientToServer, b)
	return o.Conn.Write(b)
}

func (o *Outside) Read(b []byte) (int, error) {
	n, err := o.Conn.Read(b)
	if n > 0 {
		o.rec.Record(time.Now(), wire.ServerToClient, b[:n])
	}
	return n, err
}

// Close ends the connection and its record.
func (o *Outside) Close() error {
	o.rec.Close(time.Now())
	return o.Conn.Close()
}
