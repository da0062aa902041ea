package progress

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"surel/lessons"
)

// Summary is what a student hands in.
type Summary struct {
	Student string    `json:"student"`
	Made    time.Time `json:"made"`
	Lessons []Lesson  `json:"lessons"`
	// Above is the SHA-256 of what people read above the proof in Markdown, in hexadecimal
	// digits; empty where there is nothing to read but the summary itself.
	Above string `json:"above,omitempty"`
}

// Under gives the summary as the one that stands under a text, which is proven with it.
func (s Summary) Under(text string) Summary {
	s.Above = digest([]byte(text))
	return s
}

// digest sums up a text, however its lines end and whatever space stands there: programs
// of mail and editors change that.
func digest(text []byte) string {
	sum := sha256.New()
	for line := range bytes.Lines(bytes.TrimSpace(text)) {
		sum.Write(bytes.TrimRight(line, " \t\r\n"))
		sum.Write([]byte{'\n'})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Lesson is what is done of a lesson.
type Lesson struct {
	ID string `json:"id"`
	// Done counts the tasks that are done, Shown those of them whose way was shown
	// before, Tasks all that there are.
	Done  int `json:"done"`
	Shown int `json:"shown"`
	Tasks int `json:"tasks"`
	// Right counts the questions that were answered rightly, Tries all answers up to
	// then, Questions all that there are.
	Right     int `json:"right"`
	Tries     int `json:"tries"`
	Questions int `json:"questions"`
}

// Summarise counts what is done of the lessons.
func (r Record) Summarise(all []lessons.Lesson) []Lesson {
	counted := make([]Lesson, len(all))
	for i, l := range all {
		c := Lesson{ID: l.ID, Tasks: len(l.Tasks), Questions: len(l.Quiz)}
		for _, t := range l.Tasks {
			if done, ok := r.Tasks[t.ID]; ok {
				c.Done++
				if done.Shown {
					c.Shown++
				}
			}
		}
		for _, q := range l.Quiz {
			a := r.Answers[q.ID]
			c.Tries += a.Tries
			if !a.Right.IsZero() {
				c.Right++
			}
		}
		counted[i] = c
	}
	return counted
}

// Signed is a summary with its proof.
type Signed struct {
	Summary Summary `json:"summary"`
	// Proof is the HMAC-SHA-256 (RFC 2104) of the summary's JSON under the class key,
	// in hexadecimal digits.
	Proof string `json:"proof"`
	// above is the digest of what stood above it; empty where it stood alone.
	above string
}

// Sign proves a summary under the key that the teacher gave to the class. Who knows
// the key can prove anything under it: a proof tells that nobody has changed the
// summary who does not.
func Sign(s Summary, key string) (Signed, error) {
	if key == "" {
		return Signed{}, errors.New("a proof needs the class key that the teacher gave out")
	}
	s.Student = strings.ToValidUTF8(s.Student, "\ufffd") // as JSON writes it
	proof, err := proofOf(s, key)
	return Signed{Summary: s, Proof: hex.EncodeToString(proof)}, err
}

func proofOf(s Summary, key string) ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("prove the summary: %w", err)
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(text)
	return mac.Sum(nil), nil
}

// Genuine tells whether the proof fits the summary under the key, and the summary what
// stands above it.
func (s Signed) Genuine(key string) bool {
	proof, err := hex.DecodeString(s.Proof)
	if err != nil || key == "" || s.above != "" && s.above != s.Summary.Above {
		return false
	}
	want, err := proofOf(s.Summary, key)
	return err == nil && hmac.Equal(proof, want)
}

// The fence stands around the JSON of a summary in Markdown.
const (
	fenceBegin = "```json\n"
	fenceEnd   = "\n```"
)

// Fenced gives the JSON of a signed summary as it stands in Markdown.
func (s Signed) Fenced() (string, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return "", fmt.Errorf("write the summary: %w", err)
	}
	return fenceBegin + string(text) + fenceEnd + "\n", nil
}

// ParseSigned reads a signed summary, JSON or Markdown with it.
func ParseSigned(text []byte) (Signed, error) {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	var s Signed
	if above, rest, ok := bytes.Cut(text, []byte(fenceBegin)); ok {
		if len(bytes.TrimSpace(above)) > 0 {
			s.above = digest(above)
		}
		text, _, _ = bytes.Cut(rest, []byte(fenceEnd))
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return Signed{}, fmt.Errorf("this is no summary of surel: %w", err)
	}
	return s, nil
}
