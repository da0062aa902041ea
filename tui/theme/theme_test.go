package theme

import (
	"image/color"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"UTF-8 locale", map[string]string{"LANG": "id_ID.UTF-8", "TERM": "xterm-256color"}, false},
		{"utf8 as some systems write it", map[string]string{"LANG": "C.utf8"}, false},
		{"no locale", map[string]string{"TERM": "xterm"}, false},
		{"Latin 1", map[string]string{"LANG": "id_ID.ISO-8859-1"}, true},
		{"C locale", map[string]string{"LC_ALL": "C", "LANG": "id_ID.UTF-8"}, true},
		{"LC_CTYPE before LANG", map[string]string{"LC_CTYPE": "en_GB.UTF-8", "LANG": "C"}, false},
		{"console", map[string]string{"LANG": "id_ID.UTF-8", "TERM": "linux"}, true},
		{"dumb", map[string]string{"TERM": "dumb"}, true},
	} {
		got := Detect(func(name string) string { return tc.env[name] })
		if got.ASCII != tc.want {
			t.Errorf("%s: ASCII = %v, want %v", tc.name, got.ASCII, tc.want)
		}
	}
}

// The terminal's own sixteen colours suit its background; any other might not.
func TestColoursAreTheTerminalsOwn(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, {Presenter: true}, {ASCII: true}} {
		v := reflect.ValueOf(New(o))
		for i := range v.NumField() {
			s, ok := v.Field(i).Interface().(lipgloss.Style)
			if !ok {
				continue
			}
			for _, c := range []color.Color{s.GetForeground(), s.GetBackground()} {
				switch c := c.(type) {
				case lipgloss.NoColor:
				case ansi.BasicColor:
					if c > 15 {
						t.Errorf("%s uses colour %d", v.Type().Field(i).Name, c)
					}
				default:
					t.Errorf("%s uses %T", v.Type().Field(i).Name, c)
				}
			}
		}
	}
}

func TestASCIIThemeIsASCII(t *testing.T) {
	t.Parallel()
	th := New(Options{ASCII: true})
	for _, part := range []any{th.Signs, th.Lines, th.Heavy} {
		v := reflect.ValueOf(part)
		for i := range v.NumField() {
			s := v.Field(i).String()
			if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Errorf("%T.%s is %q", part, v.Type().Field(i).Name, s)
			}
		}
	}
}

// Whoever sees no colour must still see what is chosen.
func TestChoiceNeedsNoColour(t *testing.T) {
	t.Parallel()
	th := New(Options{})
	for name, s := range map[string]lipgloss.Style{"Selected": th.Selected, "Linked": th.Linked} {
		if !s.GetReverse() {
			t.Errorf("%s is not in reverse video", name)
		}
	}
	if !th.Chosen.GetUnderline() {
		t.Error("Chosen is not underlined")
	}
}
