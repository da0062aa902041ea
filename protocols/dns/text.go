package dns

import (
	"strings"

	"surel/protocols/field"
)

// form is a text of TXT records that has parts of its own.
type form struct {
	key    string // of the notes
	prefix string // with which the text begins
	under  string // with which the owner's name begins; empty: anywhere
	open   func(f *form, c *field.Cursor)
	tags   map[string]bool
}

// forms are the texts that mail needs: SPF (RFC 7208), DKIM keys (RFC 6376),
// DMARC (RFC 7489), MTA-STS (RFC 8461) and TLSRPT (RFC 8460).
var forms = []form{
	{key: "spf", prefix: "v=spf1", open: openSPF},
	{key: "dmarc", prefix: "v=DMARC1", under: "_dmarc.", open: openTags, tags: tagSet("v p sp np adkim aspf fo pct rf ri rua ruf psd t")},
	{key: "mta-sts", prefix: "v=STSv1", under: "_mta-sts.", open: openTags, tags: tagSet("v id")},
	{key: "tlsrpt", prefix: "v=TLSRPTv1", under: "_smtp._tls.", open: openTags, tags: tagSet("v rua")},
	{key: "dkim", prefix: "v=DKIM1", open: openTags, tags: tagSet("v h k n p s t")},
}

func tagSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, n := range strings.Fields(names) {
		set[n] = true
	}
	return set
}

// formOf finds the form of a text by itself and by its owner's name.
func formOf(owner, text string) *form {
	for i := range forms {
		f := &forms[i]
		begins := strings.HasPrefix(text, f.prefix) && (len(text) == len(f.prefix) || strings.ContainsAny(text[len(f.prefix):len(f.prefix)+1], " ;"))
		switch {
		case f.key == "dkim" && strings.Contains(owner, "._domainkey."):
			return f
		case begins && strings.HasPrefix(owner, f.under):
			return f
		}
	}
	return nil
}

// openText opens the character-strings that were added since the mark where
// their text, joined, has a form of its own.
func (r *reader) openText(owner string, m mark) {
	strs := r.stack[m.depth:]
	var joined strings.Builder
	for _, s := range strs {
		joined.WriteString(s.Value)
	}
	text := joined.String()
	f := formOf(owner, text)
	if f == nil {
		return
	}
	c := field.NewCursor([]byte(text))
	f.open(f, c)
	leaves := c.Fields()
	at := 0
	for i := range strs {
		n := len(strs[i].Value)
		if n == 0 {
			continue
		}
		content := &strs[i].Fields[len(strs[i].Fields)-1]
		content.Note = "txt/" + f.key
		content.Fields = cutTree(leaves, field.Bytes(at, at+n), content.Span.Start-at*8)
		at += n
	}
	field.Walk(leaves, func(p *field.Field, _ int) {
		if p.Err != "" {
			r.faults++
		}
	})
}

// cutTree gives the parts of a tree that lie in a span, moved by some bits. A
// part that the end of a string divides is in both.
func cutTree(tree []field.Field, in field.Span, by int) []field.Field {
	var out []field.Field
	for _, f := range tree {
		s := field.Span{Start: max(f.Span.Start, in.Start), End: min(f.Span.End, in.End)}
		if s.Start >= s.End {
			continue
		}
		f.Fields = cutTree(f.Fields, in, by)
		f.Span = field.Span{Start: s.Start + by, End: s.End + by}
		out = append(out, f)
	}
	return out
}

// openTags opens a list of tags (RFC 6376 §3.2).
func openTags(f *form, c *field.Cursor) {
	for c.More() {
		skipSpace(c)
		name := upTo(c.Rest(), "=; \t")
		if name == "" {
			if c.Has(";") {
				c.Punct("semicolon", 1)
				continue
			}
			return
		}
		key := f.key + "/" + name
		if !f.tags[name] {
			key = f.key + "/unknown"
		}
		c.Open("tag", key)
		c.Add("tag-name", key, len(name))
		skipSpace(c)
		if c.Has("=") {
			c.Punct("equals", 1)
			skipSpace(c)
			if n := len(strings.TrimRight(upTo(c.Rest(), ";"), " \t")); n > 0 {
				c.Add("tag-value", key, n)
			}
		} else {
			c.Fail("a tag has a name, an equals sign and a value")
		}
		c.Close()
		skipSpace(c)
		if c.Has(";") {
			c.Punct("semicolon", 1)
		}
	}
}

func skipSpace(c *field.Cursor) {
	if n := len(c.Rest()) - len(strings.TrimLeft(c.Rest(), " \t")); n > 0 {
		c.Punct("SP", n)
	}
}

// upTo gives a text up to the first of some bytes.
func upTo(text, ends string) string {
	if i := strings.IndexAny(text, ends); i >= 0 {
		return text[:i]
	}
	return text
}

// openSPF opens a sender policy (RFC 7208 §4.6.1).
func openSPF(_ *form, c *field.Cursor) {
	c.Add("version", "spf/version", len("v=spf1"))
	for c.More() {
		skipSpace(c)
		word := upTo(c.Rest(), " ")
		if word == "" {
			return
		}
		openTerm(c, word)
	}
}

var (
	mechanisms = map[string]bool{
		"all": true, "include": true, "a": true, "mx": true, "ptr": true, "ip4": true, "ip6": true, "exists": true,
	}
	modifiers  = map[string]bool{"redirect": true, "exp": true}
	qualifiers = map[byte]string{'+': "pass", '-': "fail", '~': "softfail", '?': "neutral"}
)

// openTerm opens a mechanism or a modifier.
func openTerm(c *field.Cursor, word string) {
	bare := word
	result := ""
	if bare != "" && qualifiers[bare[0]] != "" {
		result, bare = qualifiers[bare[0]], bare[1:]
	}
	name := upTo(bare, ":=/")
	lower := strings.ToLower(name)
	switch {
	case mechanisms[lower]:
		c.Open("mechanism", "spf/"+lower)
		if result != "" {
			c.Add("qualifier", "spf/"+result, 1)
		}
		c.Add("name", "spf/"+lower, len(name))
	case modifiers[lower] || strings.HasPrefix(bare[len(name):], "="):
		key := "spf/" + lower
		if !modifiers[lower] {
			key = "spf/unknown"
		}
		c.Open("modifier", key)
		c.Add("name", key, len(name))
	default:
		c.Open("term", "spf/unknown")
		c.Add("name", "spf/unknown", len(word))
		c.Close().Err = "SPF knows no such mechanism"
		return
	}
	rest := bare[len(name):]
	if rest != "" && (rest[0] == ':' || rest[0] == '=') {
		c.Punct(map[byte]string{':': "colon", '=': "equals"}[rest[0]], 1)
		rest = rest[1:]
	}
	if rest != "" {
		c.Add("value", "spf/value", len(rest))
	}
	c.Close()
}
