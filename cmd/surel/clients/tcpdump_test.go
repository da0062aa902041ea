//go:build clients && tcpdump

package clients

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"surel/protocols"
	"surel/protocols/capture"
	"surel/protocols/wire"
)

// TestTcpdumpSeesTheSame lets tcpdump record what crosses the loopback while curl
// talks to the lab, and compares its capture with what the lab's own tap recorded:
// byte by byte, and opened with the same secrets. It needs the right to record.
func TestTcpdumpSeesTheSame(t *testing.T) {
	t.Parallel()
	lab := startLab(t)
	imaps, submission := service(t, lab, kampusHost, "imaps"), service(t, lab, kampusHost, "submission")
	var recorded bytes.Buffer
	dump := exec.CommandContext(t.Context(), "tcpdump", "--immediate-mode", "-i", "lo", "-U", "-w", "-",
		fmt.Sprintf("port %d or port %d", imaps.Real.Port(), submission.Real.Port()))
	dump.Stdout = &recorded
	says, err := dump.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := dump.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(says); lines.Scan() && !strings.Contains(lines.Text(), "listening on"); {
	}
	resolve := func(s wire.Service) string { return fmt.Sprintf("%s:%d:127.0.0.1", s.Host, s.Real.Port()) }
	command(t, nil, "curl", "--silent", "--show-error", "--cacert", lab.CAFile(), "--resolve", resolve(imaps),
		"--user", sender+":"+password, fmt.Sprintf("imaps://%s:%d/", imaps.Host, imaps.Real.Port()))
	command(t, crlf(letter), "curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", lab.CAFile(), "--resolve", resolve(submission),
		"--user", sender+":"+password, "--mail-from", sender, "--mail-rcpt", reader, "--upload-file", "-",
		fmt.Sprintf("smtp://%s:%d/", submission.Host, submission.Real.Port()))
	until(t, lab, "submission", "alert close_notify")
	if err := dump.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = dump.Wait()

	var keys []string
	said := map[uint16][2]string{} // by the client's port
	for _, c := range lab.Log().Conns() {
		if c.Server.Real != imaps.Real && c.Server.Real != submission.Real {
			continue
		}
		keys = append(keys, c.Secrets...)
		said[c.Client.Real.Port()] = both(lab.Log(), c.ID)
	}
	log := wire.NewLog(wire.Limits{})
	summary, err := capture.Read(&recorded, log, capture.Options{Keys: keys, Recognise: protocols.ServiceOf})
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Conns()) != 2 || len(said) != 2 {
		t.Fatalf("tcpdump saw %d connections and we %d (%+v)", len(log.Conns()), len(said), summary)
	}
	for _, c := range log.Conns() {
		got, want := both(log, c.ID), said[c.Client.Addr.Port()]
		for d := range got {
			// What a client still says once the server has gone, such as
			// close_notify, crosses the wire, but nobody reads it.
			n := commonPrefix(got[d], want[d])
			if n != len(want[d]) || len(got[d])-n > farewell {
				t.Errorf("%s, %v: tcpdump saw %d bytes and we %d; from byte %d on they are\n%q\nand\n%q", c.Service, wire.Dir(d),
					len(got[d]), len(want[d]), n, got[d][n:], want[d][n:])
			}
		}
	}
	r := protocols.NewReader(log, nil)
	r.Read()
	var lines []string
	for _, e := range r.Entries() {
		lines = append(lines, protocols.Words{Protocol: r.Protocol(e)}.Summary(r.Message(e)))
	}
	if all := strings.Join(lines, "\n"); !strings.Contains(all, "MAIL FROM:<"+sender+">") || !strings.Contains(all, "LIST") {
		t.Errorf("inside TLS it reads\n%s", all)
	}
}

// farewell is how long a record with a close_notify is, in bytes.
const farewell = 24

// both gives what each side of a connection has said.
func both(log *wire.Log, id wire.ConnID) (said [2]string) {
	for _, s := range log.Segments(id, 0) {
		said[s.Dir] += string(s.Bytes)
	}
	return said
}

// commonPrefix gives how many bytes two texts have in common at their beginning.
func commonPrefix(a, b string) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
