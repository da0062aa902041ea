//go:build clients

package clients

import (
	_ "embed"
	"encoding/hex"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"surel/lessons"
	"surel/protocols"
	"surel/protocols/dns"
	"surel/protocols/field"
	"surel/protocols/message"
	"surel/protocols/wire"
	"surel/server"
)

//go:embed testdata/tshark-dns.txt
var sharedFields string

// shared is a field of DNS that tshark knows, too.
type shared struct{ theirs, ours, kind string }

func fieldsOfDNS(t *testing.T) (all []shared) {
	t.Helper()
	for line := range strings.Lines(sharedFields) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) != 3 {
			t.Fatalf("the line %q has not three parts", line)
		}
		all = append(all, shared{parts[0], parts[1], parts[2]})
	}
	return all
}

// TestTsharkReadsTheSameDNS plays every scenario about names, gives the messages
// to tshark and compares the values of every field that both know.
func TestTsharkReadsTheSameDNS(t *testing.T) {
	t.Parallel()
	known := fieldsOfDNS(t)
	names := make([]string, len(known))
	for i, f := range known {
		names[i] = f.theirs
	}
	compared := map[string]int{}
	for _, scenario := range lessons.Scenarios() {
		if scenario.Protocol() != "dns" {
			continue
		}
		lab := startLab(t)
		if _, err := lessons.Run(t.Context(), lab, scenario); err != nil {
			t.Fatal(err)
		}
		for transport, messages := range namesAsked(lab) {
			rows := dissect(t, messages, transport, 53, "dns", names...)
			if len(rows) != len(messages) {
				t.Errorf("%s: tshark reads %d messages, and we %d", scenario.ID, len(rows), len(messages))
				continue
			}
			for i, cells := range rows {
				for j, f := range known {
					ours, theirs := valuesOf(t, &messages[i], f), valuesIn(t, cells[j], f)
					if theirs == nil && strings.HasPrefix(f.theirs, "dns.flags.") {
						continue // it shows some bits in responses alone
					}
					if !slices.Equal(ours, theirs) {
						t.Errorf("%s, message %d, %s: tshark reads\n  %q\nand we\n  %q", scenario.ID, i+1, f.theirs, theirs, ours)
					}
					compared[f.theirs] += len(ours)
				}
			}
		}
	}
	for _, f := range known {
		if compared[f.theirs] == 0 {
			t.Errorf("no scenario shows %s", f.theirs)
		}
	}
}

// valuesOf gives the values of a field as we read them.
func valuesOf(t *testing.T, m *message.Message, f shared) (values []string) {
	t.Helper()
	var walk func(fields []field.Field, record string)
	walk = func(fields []field.Field, record string) {
		for _, one := range fields {
			if one.Note == f.ours || one.Name == f.ours || record+" "+one.Name == f.ours {
				value := one.Value
				switch f.kind {
				case "bytes":
					value = hex.EncodeToString(m.Raw[one.Span.Start/8 : (one.Span.End+7)/8])
				case "number":
					value = inParentheses(value)
				}
				if record != "SRV" || f.theirs != "dns.resp.name" { // which it cuts into three
					values = append(values, compare(t, value, f.kind))
				}
			}
			within := record
			if one.Name == "record" {
				within = strings.TrimPrefix(one.Note, "type/")
			}
			walk(one.Fields, within)
		}
	}
	walk(m.Fields(), "")
	return values
}

// valuesIn gives the values of a field as tshark reads them.
func valuesIn(t *testing.T, cell string, f shared) (values []string) {
	t.Helper()
	if cell == "" {
		return nil
	}
	for value := range strings.SplitSeq(cell, together) {
		values = append(values, compare(t, value, f.kind))
	}
	return values
}

// tsharkTime is how tshark writes a time.
const tsharkTime = "Jan _2, 2006 15:04:05.000000000 MST"

// compare gives a value in the one form in which both can be compared.
func compare(t *testing.T, value, kind string) string {
	t.Helper()
	switch kind {
	case "number":
		switch value {
		case "True":
			return "1"
		case "False":
			return "0"
		}
		n, err := strconv.ParseUint(value, 0, 32)
		if err != nil {
			t.Errorf("%q is no number", value)
		}
		return strconv.FormatUint(n, 10)
	case "name":
		return strings.TrimSuffix(strings.Replace(value, "<Root>", "", 1), ".")
	case "bytes":
		return strings.TrimPrefix(strings.ReplaceAll(value, ":", ""), "0x")
	case "time":
		if when, err := time.Parse(tsharkTime, value); err == nil {
			return when.Format("20060102150405")
		}
	}
	return value
}

// namesAsked gives the messages of the name system in the log, by how they
// travelled.
func namesAsked(lab *server.Lab) map[string][]message.Message {
	all := map[string][]message.Message{}
	r := protocols.NewReader(lab.Log(), nil)
	r.Read()
	for _, e := range r.Entries() {
		if r.Protocol(e).ID != "dns" {
			continue
		}
		transport := overTCP
		if r.Conn(e).Datagrams {
			transport = overUDP
		}
		all[transport] = append(all[transport], *r.Message(e))
	}
	return all
}

// BenchmarkDNSBesideTshark opens 40,000 messages, each with its whole tree, and
// lets tshark do the same.
func BenchmarkDNSBesideTshark(b *testing.B) {
	lab := startLab(b)
	for _, scenario := range lessons.Scenarios() {
		if scenario.Protocol() == "dns" {
			if _, err := lessons.Run(b.Context(), lab, scenario); err != nil {
				b.Fatal(err)
			}
		}
	}
	some := namesAsked(lab)[overUDP]
	var messages []message.Message
	for len(messages) < 40_000 {
		messages = append(messages, some[:min(len(some), 40_000-len(messages))]...)
	}
	capture := captured(b, messages, overUDP, 53)
	// How often the collector runs depends on what the program holds: a log.
	held := make([]byte, wire.DefaultLimits.Total)
	defer runtime.KeepAlive(held)
	var ours, theirs time.Duration
	for b.Loop() {
		begin := time.Now()
		d := dns.NewDecoder()
		d.Datagrams()
		for i := range messages {
			read, _ := d.Decode(messages[i].Dir, messages[i].Raw)
			if len(read[0].Fields()) == 0 {
				b.Fatal("a message has no fields")
			}
		}
		ours += time.Since(begin)
		begin = time.Now()
		command(b, nil, "sh", "-c", "tshark -T json -r "+capture+" >"+capture+".json")
		theirs += time.Since(begin)
	}
	b.ReportMetric(float64(len(messages)*b.N)/ours.Seconds(), "messages/s")
	b.ReportMetric(float64(len(messages)*b.N)/theirs.Seconds(), "tshark-messages/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "times")
}
