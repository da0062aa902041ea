package imap

import (
	"strings"

	"surel/protocols/field"
)

// bodyStructure reads the MIME structure of a letter: of a part, or of several
// parts in one (RFC 9051 §7.5.2).
func (p *parser) bodyStructure() {
	if !p.open("body", "body") {
		return
	}
	if p.Has("(") {
		p.multipart()
	} else {
		p.singlePart()
	}
	f := p.close()
	f.Value = mediaType(f.Fields)
}

// mediaType gives the media type of a body from its fields.
func mediaType(fields []field.Field) string {
	var kind, subtype string
	parts := 0
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "body":
			parts++
		case "type":
			kind = f.Value
		case "subtype":
			subtype = f.Value
		}
	}
	if parts > 0 && kind == "" {
		kind = "multipart"
	}
	return strings.ToLower(kind + "/" + subtype)
}

// multipart reads the parts, how they belong together, and extension data.
func (p *parser) multipart() {
	for p.Has("(") {
		p.bodyStructure()
		p.sp()
	}
	p.string("subtype", "body/multipart-subtype")
	for _, read := range []func(){p.bodyParameters, p.disposition, p.language, p.location} {
		if !p.sp() {
			return
		}
		read()
	}
	p.bodyExtension()
}

// singlePart reads the fields of a part that holds no others, except a letter
// (message/rfc822), whose envelope and structure follow.
func (p *parser) singlePart() {
	kind := p.string("type", "body/type").Value
	if !p.need("the subtype") {
		return
	}
	subtype := p.string("subtype", "body/subtype").Value
	read := []func(){
		p.bodyParameters,
		func() { p.nstring("id", "body/id") },
		func() { p.headerText("description", "body/description") },
		func() { p.string("encoding", "body/encoding") },
		func() { p.number("size", "body/size") },
	}
	switch kind, subtype = strings.ToUpper(kind), strings.ToUpper(subtype); {
	case kind == "TEXT":
		read = append(read, p.lines)
	case kind == "MESSAGE" && (subtype == "RFC822" || subtype == "GLOBAL"):
		read = append(read, p.envelope, p.bodyStructure, p.lines)
	}
	for _, element := range read {
		if !p.need("the next part of the structure") {
			return
		}
		element()
	}
	for _, element := range []func(){
		func() { p.nstring("md5", "body/md5") }, p.disposition, p.language, p.location,
	} {
		if !p.sp() {
			return
		}
		element()
	}
	p.bodyExtension()
}

func (p *parser) lines() { p.number("lines", "body/lines") }

// bodyParameters reads the parameters of a media type or of a disposition, or
// NIL.
func (p *parser) bodyParameters() {
	if p.isNIL() {
		p.nil("parameters", "body/parameters")
		return
	}
	if !p.open("parameters", "body/parameters") {
		return
	}
	for p.Err() == nil && p.isString() {
		p.Open("parameter", "body/parameter")
		name := p.string("attribute", "body/parameter").Value
		value := ""
		if p.need("the value") {
			f := p.string("value", "body/parameter")
			f.Value = decodeWords(f.Value)
			value = f.Value
		}
		p.Close().Value = strings.ToLower(name) + "=" + value
		if !p.sp() {
			break
		}
	}
	p.close()
}

// disposition reads how a part wants to be shown, with its parameters, or NIL
// (RFC 2183 §2).
func (p *parser) disposition() {
	if p.isNIL() {
		p.nil("disposition", "body/disposition")
		return
	}
	if !p.open("disposition", "body/disposition") {
		return
	}
	value := p.string("type", "body/disposition").Value
	if p.need("the parameters") {
		p.bodyParameters()
	}
	p.close().Value = value
}

// language reads one language, several in parentheses, or NIL
// (RFC 3282 §2).
func (p *parser) language() {
	if p.Has("(") {
		p.paren("language", "body/language", func() { p.string("language", "body/language") })
		return
	}
	p.nstring("language", "body/language")
}

func (p *parser) location() { p.nstring("location", "body/location") }

// bodyExtension reads what a later standard may add.
func (p *parser) bodyExtension() {
	for p.sp() {
		p.value()
	}
}
