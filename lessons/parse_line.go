package lessons

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// sent reads a line that is sent.
func (p *parser) sent(read func(string) (Line, error)) func(string) error {
	return func(rest string) error {
		a := p.last()
		if a == nil || a.Kind != Send || len(a.Expects) > 0 {
			var err error
			if a, err = p.begin(Send); err != nil {
				return err
			}
		}
		l, err := read(rest)
		a.Lines = append(a.Lines, l)
		return err
	}
}

func plainLine(rest string) (Line, error) {
	if rest != "" && rest[0] != ' ' {
		return Line{}, errors.New(`put a space after "C:"; what follows the space is sent as it stands`)
	}
	return Line{Text: strings.TrimPrefix(rest, " ")}, nil
}

func rawLine(rest string) (Line, error) {
	text, err := quoted(rest)
	return Line{Text: text, Raw: true}, err
}

func fillLine(rest string) (Line, error) {
	times, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(times)
	if err != nil || n < 1 || n > maxFill {
		return Line{}, fmt.Errorf("write how often the line is sent, from 1 to %d, and then the line in quotes", maxFill)
	}
	text, err := quoted(rest)
	if len(text) > maxFillLine {
		return Line{}, fmt.Errorf("a line of a letter has at most %d bytes (RFC 5321 §4.5.3.1.6); shorten it", maxFillLine)
	}
	return Line{Text: text, Times: n}, err
}

// The limits of a fill keep a scenario from filling memory.
const (
	maxFill     = 100_000
	maxFillLine = 998
)

func quoted(s string) (string, error) {
	text, err := strconv.Unquote(strings.TrimSpace(s))
	if err != nil {
		return "", errors.New(`write a string in double quotes, such as "NOOP\r\n"`)
	}
	return text, nil
}
