package dns_test

import (
	"testing"

	mdns "github.com/miekg/dns"
)

// TestBogusIsNotAuthentic asks for what does not pass validation by one who
// wants it all the same.
func TestBogusIsNotAuthentic(t *testing.T) {
	t.Parallel()
	r := start(t)
	m := r.Resolver().Resolve(t.Context(), "rusak.test", mdns.TypeMX, true)
	if len(m.Answer) == 0 || m.AuthenticatedData {
		t.Errorf("got %s", essence(m))
	}
}
