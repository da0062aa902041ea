package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"surel/protocols/note"
	"surel/protocols/report"
	"surel/server"
	"surel/tui/text"
)

// TestLabTellsWhatHappens starts what `surel lab` starts, talks to it, and
// reads what it prints.
func TestLabTellsWhatHappens(t *testing.T) {
	t.Parallel()
	words := text.For(note.EN)
	options := report.Options{Lang: note.EN}
	for form, serve := range map[string]func(context.Context, io.Writer, *server.Lab) error{
		"text": func(ctx context.Context, w io.Writer, lab *server.Lab) error {
			return labText(ctx, w, lab, options, words)
		},
		"json": func(ctx context.Context, w io.Writer, lab *server.Lab) error {
			return labJSON(ctx, w, lab, options)
		},
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			lab, err := server.Start(t.Context(), server.Config{})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			out, in := io.Pipe()
			ended := make(chan error, 1)
			go func() {
				err := serve(ctx, in, lab)
				_ = in.Close()
				ended <- err
			}()
			lines := bufio.NewScanner(out)
			lines.Buffer(nil, 1<<20)
			await(t, lines, lab.CAFile())

			conn, err := lab.Dial(t.Context(), server.Laptop, server.MX1+":25")
			if err != nil {
				t.Fatal(err)
			}
			await(t, lines, "220 mx1.sekolah.test")
			if _, err := io.WriteString(conn, "EHLO laptop.kampus.test\r\n"); err != nil {
				t.Fatal(err)
			}
			await(t, lines, "EHLO laptop.kampus.test")
			if err := conn.Close(); err != nil {
				t.Error(err)
			}
			stop()
			for lines.Scan() { // what it still has to say
			}
			if err := <-ended; err != nil {
				t.Errorf("it ended with %v", err)
			}
			if err := lab.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// await reads lines up to one that holds the words, in clear or as the raw
// bytes of a JSON message.
func await(t *testing.T, lines *bufio.Scanner, words string) {
	t.Helper()
	for lines.Scan() {
		line := lines.Text()
		var told struct {
			Message struct{ Raw []byte }
		}
		if json.Unmarshal([]byte(line), &told) == nil {
			line += string(told.Message.Raw)
		}
		if strings.Contains(line, words) {
			return
		}
	}
	t.Fatalf("it ended before it said %q: %v", words, lines.Err())
}
