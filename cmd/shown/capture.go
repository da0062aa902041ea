package shown

import (
	"context"
	"crypto/tls"
	"errors"
	"net"

	"surel/protocols/wire"
	"surel/tui/ui"
)

// Capture gives a log that no lab fills to the screens: what somebody has
// recorded. Nothing can be played in it.
type Capture struct{ log *wire.Log }

var _ ui.Lab = Capture{}

// NewCapture shows a log.
func NewCapture(log *wire.Log) Capture { return Capture{log} }

var errRecorded = errors.New("this is a recording; there are no servers to talk to")

// Log gives the recording.
func (c Capture) Log() *wire.Log { return c.log }

// Services gives none.
func (Capture) Services() []wire.Service { return nil }

// Dial reaches nobody.
func (Capture) Dial(context.Context, string, string) (net.Conn, error) { return nil, errRecorded }

// DialUDP reaches nobody.
func (Capture) DialUDP(context.Context, string, string) (net.Conn, error) { return nil, errRecorded }

// FlushNames has nothing to forget.
func (Capture) FlushNames() {}

// SetDown has no host.
func (Capture) SetDown(string, bool) {}

// ClientTLS trusts nobody.
func (Capture) ClientTLS(name string) *tls.Config { return &tls.Config{ServerName: name} }

// Letters gives none.
func (Capture) Letters(string) ([][]byte, error) { return nil, errRecorded }

// Folder gives none.
func (Capture) Folder(string, string) ([][]byte, []string, error) { return nil, nil, errRecorded }

// Fill has no mailbox.
func (Capture) Fill(context.Context, string, map[string][][]byte) error { return errRecorded }

// Login has no account.
func (Capture) Login(string) (user, password string) { return "", "" }

// CAFile gives none.
func (Capture) CAFile() string { return "" }

// AnchorFile gives none.
func (Capture) AnchorFile() string { return "" }

// Dir gives none.
func (Capture) Dir() string { return "" }

// Files gives none.
func (Capture) Files(string) ([]string, error) { return nil, errRecorded }

// Watch has nothing to watch.
func (Capture) Watch(string) (changes <-chan struct{}, stop func(), err error) {
	return nil, nil, errRecorded
}

// Remembers is false.
func (Capture) Remembers(string, string) bool { return false }

// Remembered gives nothing.
func (Capture) Remembered() []ui.Remembered { return nil }

// Outside asks nobody.
func (Capture) Outside() string { return "" }

// SetOutside gives leave to nothing.
func (Capture) SetOutside(string) error { return errRecorded }

// SystemResolver asks nobody.
func (Capture) SystemResolver(context.Context) (string, error) { return "", errRecorded }
