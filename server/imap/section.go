package imap

import (
	"bufio"
	"bytes"
	"slices"
	"strings"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-message/textproto"
)

// maxNesting bounds how deep a letter can nest: go-imap reads each level through
// all those above it.
const maxNesting = 100

// tooDeep tells whether a letter may nest deeper than is good for the server.
// It is then served as one part.
func tooDeep(text []byte) bool {
	lower := bytes.ToLower(text)
	return bytes.Count(lower, []byte("multipart/"))+bytes.Count(lower, []byte("message/")) > maxNesting
}

// section gives what BODY[…] names (RFC 9051 §6.4.5.1), without regard to its
// partial range. What belongs to the whole letter is cut out of its bytes, so
// that it comes exactly as it is stored; go-imap writes headers anew.
func section(text []byte, item *goimap.FetchItemBodySection) []byte {
	if len(item.Part) > 0 {
		if tooDeep(text) {
			return nil
		}
		whole := *item
		whole.Partial = nil
		return imapserver.ExtractBodySection(bytes.NewReader(text), &whole)
	}
	head, body := split(text)
	switch item.Specifier {
	case goimap.PartSpecifierHeader, goimap.PartSpecifierMIME:
		return header(head, item)
	case goimap.PartSpecifierText:
		return body
	default:
		return text
	}
}

// split cuts a letter behind the empty line that ends its header.
func split(text []byte) (head, body []byte) {
	for at := 0; at < len(text); {
		end := bytes.IndexByte(text[at:], '\n')
		if end < 0 {
			break
		}
		line := text[at : at+end]
		at += end + 1
		if len(bytes.TrimSuffix(line, []byte("\r"))) == 0 {
			return text[:at], text[at:]
		}
	}
	return text, nil
}

// header gives a header, or those of its fields that are asked for.
func header(head []byte, item *goimap.FetchItemBodySection) []byte {
	only, but := item.HeaderFields, item.HeaderFieldsNot
	if len(only)+len(but) == 0 {
		return head
	}
	var out []byte
	take := false
	for line := range bytes.SplitAfterSeq(head, []byte("\n")) {
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' { // not a folded line
			name, _, _ := bytes.Cut(line, []byte(":"))
			named := func(n string) bool { return strings.EqualFold(n, string(bytes.TrimSpace(name))) }
			if len(only) > 0 {
				take = slices.ContainsFunc(only, named)
			} else {
				take = !slices.ContainsFunc(but, named)
			}
		}
		if take {
			out = append(out, line...)
		}
	}
	return append(out, "\r\n"...)
}

// cut gives the part of a section that <offset.size> asks for.
func cut(b []byte, partial *goimap.SectionPartial) []byte {
	if partial == nil {
		return b
	}
	size := int64(len(b))
	from := min(max(partial.Offset, 0), size)
	return b[from : from+min(max(partial.Size, 0), size-from)]
}

// binary gives a part without its transfer encoding (RFC 3516 §4.3).
func binary(text []byte, part []int) []byte {
	if len(part) == 0 {
		return text
	}
	if tooDeep(text) {
		return nil
	}
	return imapserver.ExtractBinarySection(bytes.NewReader(text), &goimap.FetchItemBinarySection{Part: part})
}

func envelope(text []byte) *goimap.Envelope {
	head, _ := split(text)
	h, _ := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(head)))
	return imapserver.ExtractEnvelope(h)
}

// structure gives the tree of a letter's parts (RFC 9051 §7.5.2).
func structure(text []byte) goimap.BodyStructure {
	if tooDeep(text) {
		_, body := split(text)
		return plain(len(body), bytes.Count(body, []byte("\n")))
	}
	return whole(imapserver.ExtractBodyStructure(bytes.NewReader(text)))
}

// whole puts an empty text in the place of multiparts without a part, which
// IMAP's grammar cannot say and go-imap does not survive.
func whole(b goimap.BodyStructure) goimap.BodyStructure {
	switch b := b.(type) {
	case *goimap.BodyStructureMultiPart:
		if len(b.Children) == 0 {
			return plain(0, 0)
		}
		for i := range b.Children {
			b.Children[i] = whole(b.Children[i])
		}
	case *goimap.BodyStructureSinglePart:
		if b.MessageRFC822 != nil {
			b.MessageRFC822.BodyStructure = whole(b.MessageRFC822.BodyStructure)
		}
	}
	return b
}

func plain(size, lines int) goimap.BodyStructure {
	return &goimap.BodyStructureSinglePart{
		Type: "text", Subtype: "plain", Size: uint32(size),
		Text: &goimap.BodyStructureText{NumLines: int64(lines)}, Extended: &goimap.BodyStructureSinglePartExt{},
	}
}
