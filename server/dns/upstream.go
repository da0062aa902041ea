package dns

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync/atomic"
)

// SystemResolver finds the resolver that this machine's programs ask. Nothing is
// sent.
func SystemResolver(ctx context.Context) (netip.AddrPort, error) {
	var found atomic.Pointer[netip.AddrPort] // looked for by several at once
	errFound := errors.New("found")
	r := &net.Resolver{PreferGo: true, Dial: func(_ context.Context, _, to string) (net.Conn, error) {
		if at, err := netip.ParseAddrPort(to); err == nil {
			found.CompareAndSwap(nil, &at)
		}
		return nil, errFound
	}}
	_, err := r.LookupHost(ctx, "surel.invalid.")
	at := found.Load()
	if at == nil {
		return netip.AddrPort{}, fmt.Errorf("find this machine's resolver: %w", err)
	}
	return *at, nil
}

// ParseResolver reads an address, with port 53 where it names none.
func ParseResolver(text string) (netip.AddrPort, error) {
	if at, err := netip.ParseAddrPort(text); err == nil && at.Port() != 0 {
		return at, nil
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("%q is no address; write one such as 192.0.2.1 or [2001:db8::1]:53", text)
	}
	return netip.AddrPortFrom(addr, port), nil
}
