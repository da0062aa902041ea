//go:build clients

package clients

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/capture"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/tls"
	"surel/protocols/wire"
	"surel/server"
)

// tlsPorts are the ports that speak TLS: the service, and what a client says to
// begin it; empty where TLS comes first.
var tlsPorts = []struct{ service, starttls string }{
	{"smtp", "smtp"}, {"submission", "smtp"}, {"submissions", ""}, {"pop3", "pop3"}, {"pop3s", ""}, {"imap", "imap"}, {"imaps", ""},
}

// opened reads the newest connection of a service with its keys, and wants it to
// be whole: nothing malformed, and all of TLS opened.
func opened(t *testing.T, lab *server.Lab, service string) (version string) {
	t.Helper()
	r := protocols.NewReader(lab.Log(), func(c wire.Conn) bool { return c.Service == service })
	r.Read()
	conns := r.Conns()
	if len(conns) == 0 {
		t.Fatalf("%s: nobody has connected", service)
	}
	talk, _ := r.Conversation(conns[len(conns)-1].ID)
	application := 0
	for i := range talk.Len() {
		m := talk.Message(i)
		if m.Malformed || m.Mistake == "mistake/finished" {
			t.Errorf("%s: %s is malformed", service, m.Summary())
		}
		record, ok := m.Body.(*tls.Record)
		if !ok {
			continue
		}
		if record.Reads() == tls.Nobody {
			t.Errorf("%s: message %d (%s) stays closed", service, i+1, m.Summary())
		}
		if _, through := record.Through(); through {
			application++
		}
		for _, carried := range record.Carried() {
			if carried.Name == "ServerHello" {
				version, _, _ = strings.Cut(strings.TrimPrefix(carried.Summary(), "ServerHello "), ",")
			}
		}
	}
	if application == 0 {
		t.Errorf("%s: nothing went through TLS", service)
	}
	return version
}

// TestOpenssl lets openssl connect to every port, in both versions.
func TestOpenssl(t *testing.T) {
	t.Parallel()
	for _, p := range tlsPorts {
		for flag, version := range map[string]string{"-tls1_2": "TLS 1.2", "-tls1_3": "TLS 1.3"} {
			t.Run(p.service+flag, func(t *testing.T) {
				t.Parallel()
				lab := startLab(t)
				s := service(t, lab, kampusHost, p.service)
				args := []string{
					"s_client", flag, "-connect", fmt.Sprintf("127.0.0.1:%d", s.Real.Port()), "-servername", s.Host,
					"-verify_hostname", s.Host, "-verify_return_error", "-CAfile", lab.CAFile(), "-crlf", "-quiet",
				}
				if p.starttls != "" {
					args = append(args, "-starttls", p.starttls)
				}
				quit := "QUIT\n"
				if strings.HasPrefix(p.service, "imap") {
					quit = "A1 LOGOUT\n"
				}
				command(t, []byte(quit), "openssl", args...)
				if got := opened(t, lab, p.service); got != version {
					t.Errorf("it reads %s, and openssl was told %s", got, version)
				}
			})
		}
	}
}

// kampusHost has a port for every service.
const kampusHost = "mail.kampus.test"

// TestOpensslSuites lets openssl offer one cipher suite at a time.
func TestOpensslSuites(t *testing.T) {
	t.Parallel()
	suites := map[string][]string{
		"TLS_AES_128_GCM_SHA256":                        {"-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"},
		"TLS_AES_256_GCM_SHA384":                        {"-tls1_3", "-ciphersuites", "TLS_AES_256_GCM_SHA384"},
		"TLS_CHACHA20_POLY1305_SHA256":                  {"-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"},
		"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256":       {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"},
		"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384":       {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384"},
		"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256": {"-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"},
		"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA":          {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"},
		"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA":          {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA"},
	}
	for suite, flags := range suites {
		t.Run(suite, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			s := service(t, lab, kampusHost, "imaps")
			args := append([]string{
				"s_client", "-connect", fmt.Sprintf("127.0.0.1:%d", s.Real.Port()), "-servername", s.Host, "-CAfile", lab.CAFile(),
				"-crlf", "-quiet",
			}, flags...)
			command(t, []byte("A1 LOGOUT\n"), "openssl", args...)
			opened(t, lab, "imaps")
			if !strings.Contains(strings.Join(summaries(lab, "imaps"), "\n"), suite) {
				t.Errorf("the suite is not named in\n%s", strings.Join(summaries(lab, "imaps"), "\n"))
			}
		})
	}
}

// summaries gives a line for every message of a service's connections.
func summaries(lab *server.Lab, service string) (lines []string) {
	r := protocols.NewReader(lab.Log(), func(c wire.Conn) bool { return c.Service == service })
	r.Read()
	for _, e := range r.Entries() {
		lines = append(lines, protocols.Words{Protocol: r.Protocol(e)}.Summary(r.Message(e)))
	}
	return lines
}

// TestKeyUpdate lets openssl change its key in the middle and ask the server to do
// the same; all that follows is opened with the next keys.
func TestKeyUpdate(t *testing.T) {
	t.Parallel()
	lab := startLab(t)
	s := service(t, lab, kampusHost, "imaps")
	cmd := exec.CommandContext(t.Context(), "openssl", "s_client", "-tls1_3", "-connect", fmt.Sprintf("127.0.0.1:%d", s.Real.Port()),
		"-servername", s.Host, "-CAfile", lab.CAFile(), "-crlf")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ say, until string }{
		{"", "* OK"}, {"A1 NOOP\n", "A1 OK"}, {"K\n", "KeyUpdate"}, {"A2 NOOP\n", "A2 OK"}, {"A3 LOGOUT\n", "A3 OK"},
	} {
		if _, err := in.Write([]byte(step.say)); err != nil {
			t.Fatal(err)
		}
		until(t, lab, "imaps", step.until)
	}
	_ = in.Close()
	_ = cmd.Wait() // that the server closes first is an error to it
	opened(t, lab, "imaps")
	if lines := strings.Join(summaries(lab, "imaps"), "\n"); strings.Count(lines, "KeyUpdate") != 2 {
		t.Errorf("it reads\n%s", lines)
	}
}

// until waits until a message of a service begins with a text.
func until(t *testing.T, lab *server.Lab, service, text string) {
	t.Helper()
	grown := lab.Log().Follow()
	defer grown.Stop()
	for {
		lines := summaries(lab, service)
		if slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, text) }) {
			return
		}
		select {
		case <-grown.C:
		case <-t.Context().Done():
			t.Fatalf("there is no %q in\n%s", text, strings.Join(lines, "\n"))
		}
	}
}

// TestGnutls lets gnutls-cli connect to the ports that begin with TLS.
func TestGnutls(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"submissions", "pop3s", "imaps"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			s := service(t, lab, kampusHost, name)
			quit := "QUIT\n"
			if name == "imaps" {
				quit = "A1 LOGOUT\n"
			}
			command(t, []byte(quit), "gnutls-cli", "--port", strconv.Itoa(int(s.Real.Port())), "--x509cafile", lab.CAFile(),
				"--sni-hostname", s.Host, "--verify-hostname", s.Host, "--crlf", "127.0.0.1")
			opened(t, lab, name)
		})
	}
}

// TestRefusals lets clients meet what they must refuse, and reads why they do.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, alert := range map[string]string{
		"kedaluwarsa.kampus.test": "alert certificate_expired", "asing.kampus.test": "alert unknown_ca",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			s := service(t, lab, kampusHost, "imaps")
			out, err := exec.CommandContext(t.Context(), "openssl", "s_client", "-connect", fmt.Sprintf("127.0.0.1:%d", s.Real.Port()),
				"-servername", name, "-CAfile", lab.CAFile(), "-verify_return_error", "-quiet").CombinedOutput()
			if err == nil {
				t.Fatalf("openssl accepts it:\n%s", out)
			}
			if lines := summaries(lab, "imaps"); !slices.Contains(lines, alert) {
				t.Errorf("there is no %q in\n%s", alert, strings.Join(lines, "\n"))
			}
		})
	}
}

// TestSslscan lets sslscan try everything against a port; whatever it sends, the
// lab reads it to the end.
func TestSslscan(t *testing.T) {
	t.Parallel()
	lab := startLab(t)
	s := service(t, lab, kampusHost, "imaps")
	out := asked(t, "sslscan", "--no-colour", "--sni-name="+s.Host, fmt.Sprintf("127.0.0.1:%d", s.Real.Port()))
	for _, want := range []string{"TLSv1.2 enabled", "TLSv1.3 enabled", "SSLv3 disabled", "not vulnerable to heartbleed"} {
		if !strings.Contains(out, want) {
			t.Errorf("sslscan does not say %q:\n%s", want, out)
		}
	}
	if len(summaries(lab, "imaps")) < 100 {
		t.Error("hardly anything was read")
	}
}

// TestTsharkDecrypts gives captures of scenarios to tshark: it opens them, and
// names the same handshake messages, suites, extensions and lines inside.
func TestTsharkDecrypts(t *testing.T) {
	t.Parallel()
	for _, scenario := range lessons.Scenarios() {
		if scenario.Protocol() != "tls" {
			continue
		}
		t.Run(scenario.ID, func(t *testing.T) {
			t.Parallel()
			lab := startLab(t)
			result, err := lessons.Run(t.Context(), lab, scenario)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range result.Conns {
				c, _ := lab.Log().Conn(id)
				path := filepath.Join(t.TempDir(), "capture.pcapng")
				file, err := os.Create(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := capture.Write(file, []capture.Talk{{Conn: c, Segments: lab.Log().Segments(id, 0)}}); err != nil {
					t.Fatal(err)
				}
				if err := file.Close(); err != nil {
					t.Fatal(err)
				}
				r := protocols.NewReader(lab.Log(), func(c wire.Conn) bool { return c.ID == id })
				r.Read()
				fields := handshakeFields(t, r)
				if len(c.Secrets) > 0 && len(fields["tls.handshake.type"]) < 4 {
					t.Errorf("of the handshake it reads only %v", fields["tls.handshake.type"])
				}
				for name, ours := range commandFields(r) {
					theirs := textsOf(t, path, name)
					if !slices.Equal(ours, theirs) || strings.Contains(name, "smtp") && c.Service == "submission" && len(ours) == 0 {
						t.Errorf("%s: tshark reads\n  %q\nand we\n  %q", name, theirs, ours)
					}
				}
				for field, ours := range fields {
					theirs := fieldOf(t, path, field)
					if !slices.Equal(ours, theirs) {
						t.Errorf("%s: tshark reads\n  %q\nand we\n  %q", field, theirs, ours)
					}
				}
			}
		})
	}
}

// handshakeFields gives what we read of the fields that tshark knows by these names.
func handshakeFields(t *testing.T, r *protocols.Reader) map[string][]string {
	t.Helper()
	all := map[string][]string{"tls.handshake.type": nil, "tls.handshake.extension.type": nil, "tls.handshake.ciphersuite": nil, "tls.alert_message.desc": nil}
	for _, e := range r.Entries() {
		record, ok := r.Message(e).Body.(*tls.Record)
		if !ok {
			continue
		}
		for _, m := range record.Carried() {
			if m.Protocol != "" {
				continue
			}
			for theirs, ours := range map[string]string{
				"tls.handshake.type": "msg_type", "tls.handshake.extension.type": "extension_type", "tls.alert_message.desc": "description",
			} {
				all[theirs] = append(all[theirs], numbersOf(t, &m, ours)...)
			}
			all["tls.handshake.ciphersuite"] = append(all["tls.handshake.ciphersuite"], numbersOf(t, &m, "CipherSuite")...)
			all["tls.handshake.ciphersuite"] = append(all["tls.handshake.ciphersuite"], numbersOf(t, &m, "cipher_suite")...)
		}
	}
	return all
}

// commandFields gives the commands that clients have given, in clear and inside TLS,
// by the fields of tshark that hold them.
func commandFields(r *protocols.Reader) map[string][]string {
	fields := map[string]string{"smtp": "smtp.req.command", "pop3": "pop.request.command", "imap": "imap.request.command"}
	all := map[string][]string{}
	for _, e := range r.Entries() {
		m := r.Message(e)
		id, messages := r.Protocol(e).ID, []message.Message{*m}
		if record, ok := m.Body.(*tls.Record); ok {
			messages = record.Carried()
		}
		for i := range messages {
			if p := messages[i].Protocol; p != "" {
				id = p
			}
			if name := fields[id]; name != "" && m.Dir == wire.ClientToServer {
				command := messages[i].Name
				if id == "smtp" {
					command = command[:4] // as tshark names it
				}
				all[name] = append(all[name], command)
			}
		}
	}
	return all
}

// numbersOf gives the numbers of the fields of a name.
func numbersOf(t *testing.T, m *message.Message, name string) (values []string) {
	t.Helper()
	field.Walk(m.Fields(), func(f *field.Field, _ int) {
		if f.Name == name {
			values = append(values, compare(t, inParentheses(f.Value), "number"))
		}
	})
	return values
}

// inParentheses gives the number that stands behind a name.
func inParentheses(value string) string {
	if i := strings.LastIndexByte(value, '('); i >= 0 {
		return strings.TrimSuffix(value[i+1:], ")")
	}
	return value
}

// fieldOf gives the values of a field in all of a capture, as tshark reads them.
func fieldOf(t *testing.T, path, name string) (values []string) {
	t.Helper()
	for _, value := range textsOf(t, path, name) {
		values = append(values, compare(t, value, "number"))
	}
	return values
}

func textsOf(t *testing.T, path, name string) (values []string) {
	t.Helper()
	for line := range strings.Lines(string(output(t, "tshark", "-r", path, "-T", "fields", "-e", name, "-E", "aggregator="+together))) {
		for value := range strings.SplitSeq(strings.TrimSpace(line), together) {
			if value != "" {
				values = append(values, value)
			}
		}
	}
	return values
}
