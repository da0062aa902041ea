//go:build clients

package clients

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"surel/server"
)

// resolverPort starts a lab and gives it with the port of its resolver.
func resolverPort(t *testing.T) (*server.Lab, string) {
	t.Helper()
	lab := startLab(t)
	return lab, strconv.Itoa(int(service(t, lab, "resolver.kampus.test", "domain").Real.Port()))
}

// asked runs a program and gives what it says with single spaces, even where it
// says that it failed.
func asked(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// TestDigAndKdig ask the lab's resolver what a mail server would ask, over UDP
// and TCP, and so that a response has to be cut.
func TestDigAndKdig(t *testing.T) {
	t.Parallel()
	lab, port := resolverPort(t)
	for _, program := range []string{"dig", "kdig"} {
		for question, want := range map[string][]string{
			"MX sekolah.test":                {"NOERROR", "MX 10 mx1.sekolah.test.", "MX 20 mx2.sekolah.test."},
			"MX sekolah.test +dnssec":        {" ad", "RRSIG MX 13 2 3600"},
			"A mx1.sekolah.test +tcp":        {"(TCP)", "A 198.51.100.25"},
			"AAAA mx1.sekolah.test":          {"AAAA 2001:db8:2::25"},
			"MX null-mx.test":                {"MX 0 ."},
			"MX tidak-ada.sekolah.test":      {"NXDOMAIN", "SOA ns1.sekolah.test."},
			"MX tanpa-mx.test":               {"NOERROR", "SOA ns.hosting.test."},
			"MX rusak.test":                  {"SERVFAIL"},
			"MX rusak.test +cdflag":          {"NOERROR"},
			"-x 198.51.100.25":               {"PTR mx1.sekolah.test."},
			"TLSA _25._tcp.mail.kampus.test": {"TLSA 2 1 1"},
			"TXT besar.kampus.test":          {"(TCP)", "NOERROR"},
			"SRV _imaps._tcp.sekolah.test":   {"SRV 0 1 993 mx1.sekolah.test."},
		} {
			args := append([]string{"@127.0.0.1", "-p", port}, strings.Fields(question)...)
			got := asked(t, program, args...)
			for _, one := range want {
				if !strings.Contains(got, one) {
					t.Errorf("%s %s: there is no %q in\n%s", program, question, one, got)
				}
			}
		}
	}
	decodes(t, lab)
}

// TestDelv validates everything itself, from the lab's root key.
func TestDelv(t *testing.T) {
	t.Parallel()
	lab, port := resolverPort(t)
	for question, want := range map[string]string{
		"MX sekolah.test":         "; fully validated",
		"A mx1.sekolah.test":      "; fully validated",
		"TXT kampus.test":         "; fully validated",
		"MX null-mx.test":         "; fully validated",
		"MX bukan.sekolah.test":   "; negative response, fully validated",
		"AAAA mail.sekolah.test":  "; negative response, fully validated",
		"A web.tamu.kampus.test":  "; fully validated",
		"A tanpa-mx.test":         "; unsigned answer",
		"MX rusak.test":           ";; resolution failed",
		"-x 198.51.100.25 -t PTR": "; fully validated",
	} {
		args := append([]string{"@127.0.0.1", "-p", port, "-a", lab.AnchorFile(), "+root=."}, strings.Fields(question)...)
		if got := asked(t, "delv", args...); !strings.Contains(got, want) {
			t.Errorf("delv %s: there is no %q in\n%s", question, want, got)
		}
	}
	decodes(t, lab)
}

const resolverJS = `
const { Resolver } = require('node:dns').promises;
const r = new Resolver();
r.setServers(['127.0.0.1:' + process.argv[1]]);
(async () => {
  const mx = (await r.resolveMx('sekolah.test')).sort((a, b) => a.priority - b.priority);
  const a = await r.resolve4(mx[0].exchange);
  const txt = await r.resolveTxt('sekolah.test');
  const none = await r.resolveMx('tidak-ada.test').catch((e) => e.code);
  const bogus = await r.resolveMx('rusak.test').catch((e) => e.code);
  console.log(mx.map((m) => m.priority + ' ' + m.exchange).join(','), a.join(','), txt.join(','), none, bogus);
})();
`

// TestNodeResolver looks up the way of a letter with the resolver of Node.
func TestNodeResolver(t *testing.T) {
	t.Parallel()
	lab, port := resolverPort(t)
	const want = "10 mx1.sekolah.test,20 mx2.sekolah.test 198.51.100.25 v=spf1 mx -all ENOTFOUND ESERVFAIL"
	if got := asked(t, "node", "-e", resolverJS, port); got != want {
		t.Errorf("it says %q", got)
	}
	decodes(t, lab)
}

// TestNamedCheckzone lets BIND judge every zone file.
func TestNamedCheckzone(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../server/dns/zones/*.zone")
	if err != nil || len(files) == 0 {
		t.Fatalf("no zones: %v", err)
	}
	for _, file := range files {
		origin := strings.TrimSuffix(filepath.Base(file), ".zone")
		if origin == "root" {
			origin = "."
		}
		if got := asked(t, "named-checkzone", "-i", "local", origin, file); !strings.HasSuffix(got, " OK") {
			t.Errorf("%s: %s", origin, got)
		}
	}
}
