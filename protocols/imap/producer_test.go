package imap_test

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"surel/protocols/field"
	"surel/protocols/imap"
)

// produced is a letter from which a server would produce an envelope and a
// structure.
const produced = "Date: Mon, 17 Aug 2026 10:00:00 +0700\r\n" +
	"From: Siswa <siswa@kampus.test>\r\n" +
	"To: guru@sekolah.test, \"Ibu \\\"Ani\\\"\" <ani@sekolah.test>\r\n" +
	"Subject: =?utf-8?q?Tugas_caf=C3=A9?=\r\n" +
	"Message-ID: <1@kampus.test>\r\n" +
	"Content-Type: multipart/mixed; boundary=a\r\n\r\n" +
	"--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain\r\n\r\nhalo\r\ndua\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>halo\r\n--b--\r\n" +
	"--a\r\nContent-Type: image/png; name=foto.png\r\nContent-Disposition: attachment; filename=foto.png\r\n\r\nAAAA\r\n--a--\r\n"

// TestProducedFromLetter lets Go's own packages read a letter, writes what they
// find as a server does, and looks for it in the tree.
func TestProducedFromLetter(t *testing.T) {
	t.Parallel()
	letter, err := mail.ReadMessage(strings.NewReader(produced))
	if err != nil {
		t.Fatal(err)
	}
	h := letter.Header
	nothing := "NIL"
	var structure strings.Builder
	var want []string
	writeStructure(t, &structure, &want, h.Get("Content-Type"), "", letter.Body)
	response := fmt.Sprintf("* 1 FETCH (ENVELOPE (%s %s %s %s %s %s %s %s %s %s) BODYSTRUCTURE %s)\r\n",
		quote(h.Get("Date")), quote(h.Get("Subject")), addressList(t, h, "From"), nothing, nothing, addressList(t, h, "To"),
		nothing, nothing, nothing, quote(h.Get("Message-ID")), structure.String())
	messages, _ := said(t, imap.NewDecoder(), loggedIn, "a SELECT x\r\n", selected, "b FETCH 1 ALL\r\n", response)
	m := messages[len(messages)-1]
	if m.Mistake != "" {
		t.Fatalf("%s has the mistake %s", m.Raw, m.Mistake)
	}
	values, bodies := map[string]string{}, []string(nil)
	collect(m.Fields(), values, &bodies)
	subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"date": h.Get("Date"), "subject": subject, "message-id": h.Get("Message-ID"), "cc": nothing,
		"from": "Siswa <siswa@kampus.test>", "to": `guru@sekolah.test, Ibu "Ani" <ani@sekolah.test>`,
	} {
		if values[name] != value {
			t.Errorf("%s is %q, not %q", name, values[name], value)
		}
	}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Errorf("the structures differ:\n%s", diff)
	}
}

// writeStructure writes the structure of a part, and notes what its tree must
// say.
func writeStructure(t *testing.T, b *strings.Builder, want *[]string, contentType, disposition string, body io.Reader) {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	kind, subtype, _ := strings.Cut(media, "/")
	if kind != "multipart" {
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		lines := ""
		if kind == "text" {
			lines = fmt.Sprintf(" %d", bytes.Count(content, []byte("\n")))
		}
		fmt.Fprintf(b, "(%s %s %s NIL NIL \"7BIT\" %d%s NIL %s NIL NIL)", quote(kind), quote(subtype), parameterList(params), len(content), lines, dispositionOf(t, disposition))
		*want = append(*want, fmt.Sprintf("%s size %d%s", media, len(content), lines))
		return
	}
	*want = append(*want, media+" size ")
	b.WriteByte('(')
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		writeStructure(t, b, want, part.Header.Get("Content-Type"), part.Header.Get("Content-Disposition"), part)
	}
	fmt.Fprintf(b, " %s %s)", quote(subtype), parameterList(params))
}

// collect gives the first value of each name, and a line for each body.
func collect(fields []field.Field, values map[string]string, bodies *[]string) {
	for i := range fields {
		f := &fields[i]
		if _, ok := values[f.Name]; !ok {
			values[f.Name] = f.Value
		}
		if f.Name == "body" {
			parts := map[string]string{}
			for _, part := range f.Fields {
				parts[part.Name] = part.Value
			}
			*bodies = append(*bodies, strings.TrimSuffix(fmt.Sprintf("%s size %s %s", f.Value, parts["size"], parts["lines"]), " "))
		}
		collect(f.Fields, values, bodies)
	}
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func addressList(t *testing.T, h mail.Header, name string) string {
	t.Helper()
	all, err := h.AddressList(name)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range all {
		mailbox, host, _ := strings.Cut(a.Address, "@")
		person := "NIL"
		if a.Name != "" {
			person = quote(a.Name)
		}
		fmt.Fprintf(&b, "(%s NIL %s %s)", person, quote(mailbox), quote(host))
	}
	return "(" + b.String() + ")"
}

func parameterList(params map[string]string) string {
	if len(params) == 0 {
		return "NIL"
	}
	var all []string
	for name, value := range params {
		all = append(all, quote(name)+" "+quote(value))
	}
	return "(" + strings.Join(all, " ") + ")"
}

func dispositionOf(t *testing.T, text string) string {
	t.Helper()
	if text == "" {
		return "NIL"
	}
	kind, params, err := mime.ParseMediaType(text)
	if err != nil {
		t.Fatal(err)
	}
	return "(" + quote(kind) + " " + parameterList(params) + ")"
}
