package main

import (
	"io"
	"maps"
	"slices"
	"strings"

	"surel/protocols/capture"
	"surel/protocols/report"
	"surel/protocols/wire"
)

// form writes a report in one way. The log holds what the report is about.
type form func(w io.Writer, r report.Report, log *wire.Log) error

// forms are those ways by the word for --format.
var forms = map[string]form{
	"text":     plainly(report.Text),
	"json":     plainly(report.JSON),
	"markdown": plainly(report.Markdown),
	"pcapng":   packets,
	"list":     plainly(report.List),
}

func plainly(write func(io.Writer, report.Report) error) form {
	return func(w io.Writer, r report.Report, _ *wire.Log) error { return write(w, r) }
}

// formNames lists the words.
func formNames() string { return strings.Join(slices.Sorted(maps.Keys(forms)), ", ") }

// packets writes what crossed as a capture, with the notes as comments.
func packets(w io.Writer, r report.Report, log *wire.Log) error {
	talks := make([]capture.Talk, len(r.Connections))
	for i := range r.Connections {
		c := &r.Connections[i]
		segments := log.Segments(c.ID, 0)
		talks[i] = capture.Talk{Conn: c.Conn, Segments: segments, Comments: comments(c, segments, r.Options)}
	}
	return capture.Write(w, talks)
}

// comments say of each segment which messages end in it, and what they mean.
func comments(c *report.Connection, segments []wire.Segment, o report.Options) map[int]string {
	all := map[int]string{}
	var at [2]int   // the segment of a direction in which its bytes are
	var left [2]int // bytes of that segment that no message has taken
	next := func(d wire.Dir) bool {
		for ; at[d] < len(segments); at[d]++ {
			if segments[at[d]].Dir == d {
				left[d] = len(segments[at[d]].Bytes)
				return true
			}
		}
		return false
	}
	at[1] = 0
	began := [2]bool{next(0), next(1)}
	messages := c.Messages()
	for i := range messages {
		m := &messages[i]
		d := m.Dir
		for n := len(m.Raw); n > 0 && began[d]; {
			if left[d] == 0 {
				at[d]++
				if began[d] = next(d); !began[d] {
					break
				}
			}
			took := min(n, left[d])
			n, left[d] = n-took, left[d]-took
		}
		if at[d] < len(segments) {
			text := report.Line(m, c.ProtocolOf(i), o)
			if before := all[at[d]]; before != "" {
				text = before + "\n" + text
			}
			all[at[d]] = text
		}
	}
	return all
}
