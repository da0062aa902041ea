package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"surel/lessons"
	"surel/protocols/note"
)

// TestEveryScenarioGoesAsWritten plays all scenarios, each on a lab of its
// own, and reads what they leave in every form.
func TestEveryScenarioGoesAsWritten(t *testing.T) {
	t.Parallel()
	for _, s := range lessons.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			r, log, mismatch, err := play(t.Context(), s)
			if err != nil || mismatch != nil {
				t.Fatal(err, mismatch)
			}
			for _, lang := range note.Langs {
				r.Lang = lang
				for format, write := range forms {
					var out bytes.Buffer
					if err := write(&out, r, log); err != nil {
						t.Fatal(err)
					}
					if format != "pcapng" && bytes.ContainsRune(out.Bytes(), '\x1b') {
						t.Errorf("%s in %s holds an escape", format, lang)
					}
					if format == "json" && !json.Valid(out.Bytes()) {
						t.Errorf("JSON in %s is not valid", lang)
					}
				}
			}
		})
	}
}

// TestRunSaysWhereAScenarioWentOtherwise holds the exit code and the words for
// a scenario that expects what does not come.
func TestRunSaysWhereAScenarioWentOtherwise(t *testing.T) {
	t.Parallel()
	s, err := lessons.Parse("wrong.scenario", []byte(`title id: Salah
title en: Wrong
intro id: Mengharapkan yang tidak datang.
intro en: Expects what does not come.
client laptop: laptop.kampus.test -> mx1.sekolah.test:25 smtp

id: Buka.
en: Open.
open
S: 220

id: Sapa.
en: Hello.
C: EHLO laptop.kampus.test
S: 550
`))
	if err != nil {
		t.Fatal(err)
	}
	r, _, mismatch, err := play(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if mismatch == nil || !strings.Contains(mismatch.Error(), "wrong.scenario:15") {
		t.Errorf("the mismatch is %v", mismatch)
	}
	if len(r.Connections) != 1 || r.Connections[0].Len() < 3 {
		t.Error("the report does not hold what was said")
	}
	var coded exitError
	if !errors.As(unexpected(mismatch), &coded) || coded.code != exitUnexpected {
		t.Error("a mismatch does not bring exit code 1")
	}
}

func TestWriteReportNeedsItsFolder(t *testing.T) {
	t.Parallel()
	if err := writeReport(nil, t.TempDir()+"/no/such/folder", nil); err == nil {
		t.Error("wrote into a folder that is not there")
	}
}
