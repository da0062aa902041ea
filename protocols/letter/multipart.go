package letter

import (
	"strings"

	"surel/protocols/field"
)

// multipart reads a body of several parts (RFC 2046 §5.1): preamble,
// delimiters, parts and epilogue.
func (r *reader) multipart(end, depth int, c *content) {
	r.Open("multipart", "letter/media-type/"+c.mediaType)
	parts, why := r.parts(end, depth, c)
	f := r.Close()
	f.Kind, f.Value, f.Err = field.Described, c.mediaType+", "+count(parts)+" parts", why
	if parts == 1 {
		f.Value = c.mediaType + ", 1 part"
	}
}

func (r *reader) parts(end, depth int, whole *content) (parts int, why string) {
	boundary := whole.boundary
	d, ok := nextDelimiter(r.text, r.Pos(), end, boundary)
	if !ok {
		r.Add("unread", "field/unread", end-r.Pos()).Err = "no line holds the boundary that the header names"
		return 0, ""
	}
	r.plain("preamble", "letter/preamble", d.start)
	for {
		r.delimiter(d, boundary)
		if d.last {
			r.plain("epilogue", "letter/epilogue", end)
			return parts, ""
		}
		if r.budget <= 0 {
			if r.Pos() < end {
				r.Add("unread", "field/unread", end-r.Pos()).Err = "this letter has too many parts; the rest stays closed"
			}
			return parts, ""
		}
		parts++
		next, ok := nextDelimiter(r.text, r.Pos(), end, boundary)
		if !ok {
			r.part(end, depth, whole)
			return parts, "the closing delimiter is missing"
		}
		r.part(next.start, depth, whole)
		d = next
	}
}

// part reads one body part of a whole, up to the byte end.
func (r *reader) part(end, depth int, whole *content) {
	if r.Pos() >= end {
		return
	}
	r.Open("part", "letter/part")
	var c content
	if whole.mediaType == "multipart/digest" {
		c.mediaType = "message/rfc822" // RFC 2046 §5.1.5
	}
	r.entity(end, depth+1, &c)
	f := r.Close()
	f.Kind, f.Value = field.Described, c.describe()
}

// plain takes what stands before the first and after the last delimiter.
func (r *reader) plain(name, note string, end int) {
	if end > r.Pos() {
		f := r.Add(name, note, end-r.Pos())
		f.Value = shorten(f.Value)
	}
}

// delimiter is the place of a delimiter line (RFC 2046 §5.1.1).
type delimiter struct {
	start int // with the CRLF before it, which belongs to it
	end   int // with the CRLF that ends it
	last  bool
}

// nextDelimiter finds the next delimiter line in text[from:end].
func nextDelimiter(text string, from, end int, boundary string) (delimiter, bool) {
	if boundary == "" {
		return delimiter{}, false
	}
	dash := "--" + boundary
	for at := from; ; {
		i := strings.Index(text[at:end], dash)
		if i < 0 {
			return delimiter{}, false
		}
		i += at
		at = i + len(dash)
		if i > from && text[i-1] != '\n' {
			continue
		}
		d := delimiter{start: i, end: at}
		if strings.HasPrefix(text[at:end], "--") {
			d.last = true
			d.end += 2
		}
		for d.end < end && (text[d.end] == ' ' || text[d.end] == '\t') {
			d.end++
		}
		switch {
		case strings.HasPrefix(text[d.end:end], "\r\n"):
			d.end += 2
		case strings.HasPrefix(text[d.end:end], "\n"):
			d.end++
		case d.end < end:
			continue
		}
		if d.start > from {
			d.start--
			if d.start > from && text[d.start-1] == '\r' {
				d.start--
			}
		}
		return d, true
	}
}

// delimiter takes a delimiter line.
func (r *reader) delimiter(d delimiter, boundary string) {
	name := "delimiter"
	if d.last {
		name = "close-delimiter"
	}
	r.Open(name, "letter/boundary")
	r.lineBreak(d.end)
	r.dashes()
	r.Add("boundary", "letter/boundary", len(boundary))
	if d.last {
		r.dashes()
	}
	if pad := strings.TrimRight(r.text[r.Pos():d.end], "\r\n"); pad != "" {
		r.Punct("SP", len(pad))
	}
	r.lineBreak(d.end)
	f := r.Close()
	f.Value = strings.TrimSpace(f.Value)
}

func (r *reader) dashes() {
	r.Add("--", "letter/punct", 2).Kind = field.Punctuation
}

// lineBreak takes the end of a line if it is next before the byte end.
func (r *reader) lineBreak(end int) {
	switch rest := r.text[r.Pos():end]; {
	case strings.HasPrefix(rest, "\r\n"):
		r.Punct("CRLF", 2)
	case strings.HasPrefix(rest, "\n"):
		r.Add("LF", "letter/bare", 1).Err = errBareLF
	}
}
