package dns

import (
	"errors"
	"net"
	"sync"
	"time"

	"github.com/miekg/dns"

	"surel/server/tap"
)

// openPort is port 53 of one host, over UDP and TCP.
type openPort struct {
	tcp     *tap.Listener
	udp     *tap.PacketConn
	servers [2]*dns.Server
	running sync.WaitGroup
}

// serve answers what comes to both ports.
func serve(tcp *tap.Listener, udp *tap.PacketConn, h dns.Handler) *openPort {
	p := &openPort{tcp: tcp, udp: udp}
	p.servers = [2]*dns.Server{
		{Listener: tcp, Handler: h, MaxTCPQueries: -1, IdleTimeout: func() time.Duration { return idle }},
		{PacketConn: udp, Handler: h, UDPSize: maxUDP},
	}
	started := make(chan struct{}, len(p.servers))
	for _, s := range p.servers {
		s.NotifyStartedFunc = func() { started <- struct{}{} }
		p.running.Go(func() {
			if s.ActivateAndServe() != nil {
				started <- struct{}{} // in case it never started
			}
		})
	}
	for range p.servers {
		<-started
	}
	return p
}

func (p *openPort) close() error {
	err := errors.Join(ignoreClosed(p.tcp.Close()), ignoreClosed(p.udp.Close()))
	p.tcp.CloseConns()
	for _, s := range p.servers {
		_ = s.Shutdown() // its sockets are closed
	}
	p.running.Wait()
	return err
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
