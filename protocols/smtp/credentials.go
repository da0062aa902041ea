package smtp

import (
	"strings"

	"surel/protocols/field"
)

// credentials opens what the base64 of a response says.
type credentials step

// Summary names the response; what it says is secret.
func (s credentials) Summary([]byte) string { return steps[s].name + " " + mask }

// Describes tells that the summary is about the response.
func (credentials) Describes() {}

// Fields gives the parts of the response.
func (s credentials) Fields(raw []byte) []field.Field {
	c := field.NewCursor(raw)
	steps[s].open(c)
	return c.Fields()
}

// until takes what stands before the next separator, or the rest.
func until(c *field.Cursor, separator byte, name, note string) {
	n := strings.IndexByte(c.Rest(), separator)
	if n < 0 {
		n = len(c.Rest())
	}
	c.Add(name, note, n)
}

// separator takes a single byte that separates other fields.
func separator(c *field.Cursor, name string) {
	if c.More() {
		f := c.Add(name, "auth/separator", 1)
		f.Kind = field.Punctuation
	}
}

func openUnknown(c *field.Cursor) {
	c.Add("data", "auth/unknown", len(c.Rest())).Kind = field.Secret
}

// openPlain reads [authzid] NUL authcid NUL passwd (RFC 4616 §2).
func openPlain(c *field.Cursor) {
	if strings.Count(c.Rest(), "\x00") != 2 {
		f := c.Add("response", "auth/PLAIN", len(c.Rest()))
		f.Kind, f.Err = field.Secret, "two NUL bytes must stand between the three parts"
		return
	}
	until(c, 0, "authzid", "auth/authzid")
	separator(c, "NUL")
	until(c, 0, "authcid", "auth/authcid")
	separator(c, "NUL")
	c.Add("passwd", "auth/password", len(c.Rest())).Kind = field.Secret
}

func openLoginUser(c *field.Cursor) { c.Add("user name", "auth/authcid", len(c.Rest())) }

func openLoginPassword(c *field.Cursor) {
	c.Add("password", "auth/password", len(c.Rest())).Kind = field.Secret
}

// openCRAMMD5 reads the user's name, a space and a digest (RFC 2195 §2).
func openCRAMMD5(c *field.Cursor) {
	n := max(strings.LastIndexByte(c.Rest(), ' '), 0)
	c.Add("user name", "auth/authcid", n)
	if c.Has(" ") {
		c.Punct("SP", 1)
	}
	f := c.Add("digest", "auth/digest", len(c.Rest()))
	f.Kind = field.Secret
	if len(f.Value) != 32 || strings.Trim(strings.ToLower(f.Value), "0123456789abcdef") != "" {
		f.Err = "a digest has 32 hexadecimal digits"
	}
}

// openXOAuth2 reads pairs that each end with a ^A, and one more ^A.
func openXOAuth2(c *field.Cursor) {
	for c.More() {
		keyValue(c)
	}
}

// openOAuthBearer reads a GS2 header, then the same pairs (RFC 7628 §3.1).
func openOAuthBearer(c *field.Cursor) {
	until(c, 1, "gs2-header", "auth/gs2-header")
	separator(c, "^A")
	openXOAuth2(c)
}

// keyValue reads a pair such as "auth=Bearer token"; what follows "auth" lets
// whoever has it in.
func keyValue(c *field.Cursor) {
	if !c.Has("\x01") {
		pair, _, _ := strings.Cut(c.Rest(), "\x01")
		f := c.Add("pair", "auth/attribute", len(pair))
		if key, _, _ := strings.Cut(pair, "="); strings.EqualFold(key, "auth") {
			f.Name, f.Note, f.Kind = "auth", "auth/token", field.Secret
		}
	}
	separator(c, "^A")
}
