package letter

import "strings"

// headerKind tells how the header fields of one name are read.
type headerKind struct {
	// name is the name as its standard writes it.
	name string
	// read takes the value; nil where it is unstructured.
	read func(*lexer, *content)
}

// kinds are the header fields that have a note and, most of them, a grammar of
// their own, by name in lower case.
var kinds = byName(
	// RFC 5322 §3.6
	headerKind{"Date", dateValue},
	headerKind{"From", addresses},
	headerKind{"Sender", addresses},
	headerKind{"Reply-To", addresses},
	headerKind{"To", addresses},
	headerKind{"Cc", addresses},
	headerKind{"Bcc", addresses},
	headerKind{"Message-ID", messageIDs},
	headerKind{"In-Reply-To", messageIDs},
	headerKind{"References", messageIDs},
	headerKind{"Subject", nil},
	headerKind{"Comments", nil},
	headerKind{"Keywords", nil},
	headerKind{"Resent-Date", dateValue},
	headerKind{"Resent-From", addresses},
	headerKind{"Resent-Sender", addresses},
	headerKind{"Resent-To", addresses},
	headerKind{"Resent-Cc", addresses},
	headerKind{"Resent-Bcc", addresses},
	headerKind{"Resent-Message-ID", messageIDs},
	// What servers add: RFC 5321 §4.4 and later standards.
	headerKind{"Return-Path", addresses},
	headerKind{"Received", received},
	headerKind{"Delivered-To", addresses},
	headerKind{"Received-SPF", nil},
	headerKind{"DKIM-Signature", tagList},
	headerKind{"Authentication-Results", authenticationResults},
	headerKind{"ARC-Seal", tagList},
	headerKind{"ARC-Message-Signature", tagList},
	headerKind{"ARC-Authentication-Results", authenticationResults},
	headerKind{"Auto-Submitted", nil},
	// MIME: RFC 2045, RFC 2183
	headerKind{"MIME-Version", mimeVersion},
	headerKind{"Content-Type", contentType},
	headerKind{"Content-Transfer-Encoding", transferEncoding},
	headerKind{"Content-Disposition", disposition},
	headerKind{"Content-ID", messageIDs},
	headerKind{"Content-Description", nil},
	headerKind{"Content-Language", nil},
	// Mailing lists: RFC 2369, RFC 2919, RFC 8058
	headerKind{"List-Id", nil},
	headerKind{"List-Help", uris},
	headerKind{"List-Unsubscribe", uris},
	headerKind{"List-Unsubscribe-Post", nil},
	headerKind{"List-Subscribe", uris},
	headerKind{"List-Post", uris},
	headerKind{"List-Owner", uris},
	headerKind{"List-Archive", uris},
)

func byName(all ...headerKind) map[string]headerKind {
	m := make(map[string]headerKind, len(all))
	for _, k := range all {
		m[strings.ToLower(k.name)] = k
	}
	return m
}

// kindOf finds how a header field is read, and the key of its note. One that
// is not known is unstructured.
func kindOf(name string) (k headerKind, note string) {
	k, ok := kinds[strings.ToLower(name)]
	switch {
	case ok:
		return k, "letter/header/" + k.name
	case len(name) > 2 && strings.EqualFold(name[:2], "X-"):
		return headerKind{name: name}, "letter/header/X-"
	default:
		return headerKind{name: name}, "letter/header"
	}
}
