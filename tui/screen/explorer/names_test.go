package explorer

import (
	"context"
	"errors"
	"net"
)

func (l *lab) DialUDP(context.Context, string, string) (net.Conn, error) {
	return nil, errors.New("no UDP here")
}

func (l *lab) FlushNames() {}

func (l *lab) SetDown(string, bool) {}
