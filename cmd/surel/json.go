package main

import (
	"encoding/json"
	"io"
)

// writeJSON writes one document; without an indent it takes one line.
func writeJSON(w io.Writer, v any, indent string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(v)
}
