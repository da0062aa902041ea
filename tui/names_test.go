package tui

import (
	"context"
	"errors"
	"net"

	"surel/tui/ui"
)

func (s still) DialUDP(context.Context, string, string) (net.Conn, error) {
	return nil, errors.New("no UDP here")
}

func (s still) FlushNames() {}

func (s still) Remembers(string, string) bool { return false }

func (s still) SetDown(string, bool) {}

func (s still) Remembered() []ui.Remembered { return nil }
