package letter

import "strings"

// headerKind tells how the header fields of one name are read.
type headerKind struct {
	name string // as its standard writes it
	note string
	// read takes the value; nil where it is unstructured.
	read func(*lexer, *content)
}

// kindOf finds how a header field is read. One that is not known is
// unstructured.
func kindOf(name string) headerKind {
	k := known(strings.ToLower(name))
	if k.name == "" {
		k.name = name
		k.note = "letter/header"
		if len(name) > 2 && strings.EqualFold(name[:2], "X-") {
			k.note = "letter/header/X-"
		}
		return k
	}
	k.note = "letter/header/" + k.name
	return k
}

// known gives the header fields that are read in a way of their own, by name
// in lower case: those of RFC 5322 §3.6, RFC 5321 §4.4 and RFC 2045 §3, and
// those that mail servers add.
func known(name string) headerKind {
	switch name {
	case "date":
		return headerKind{name: "Date", read: dateValue}
	case "from":
		return headerKind{name: "From", read: addresses}
	case "sender":
		return headerKind{name: "Sender", read: addresses}
	case "reply-to":
		return headerKind{name: "Reply-To", read: addresses}
	case "to":
		return headerKind{name: "To", read: addresses}
	case "cc":
		return headerKind{name: "Cc", read: addresses}
	case "bcc":
		return headerKind{name: "Bcc", read: addresses}
	case "message-id":
		return headerKind{name: "Message-ID", read: messageIDs}
	case "in-reply-to":
		return headerKind{name: "In-Reply-To", read: messageIDs}
	case "references":
		return headerKind{name: "References", read: messageIDs}
	case "subject":
		return headerKind{name: "Subject"}
	case "comments":
		return headerKind{name: "Comments"}
	case "keywords":
		return headerKind{name: "Keywords"}
	case "resent-date":
		return headerKind{name: "Resent-Date", read: dateValue}
	case "resent-from":
		return headerKind{name: "Resent-From", read: addresses}
	case "resent-sender":
		return headerKind{name: "Resent-Sender", read: addresses}
	case "resent-to":
		return headerKind{name: "Resent-To", read: addresses}
	case "resent-cc":
		return headerKind{name: "Resent-Cc", read: addresses}
	case "resent-bcc":
		return headerKind{name: "Resent-Bcc", read: addresses}
	case "resent-message-id":
		return headerKind{name: "Resent-Message-ID", read: messageIDs}
	}
	if k := knownTrace(name); k.name != "" {
		return k
	}
	return knownMIME(name)
}

func knownTrace(name string) headerKind {
	switch name {
	case "return-path":
		return headerKind{name: "Return-Path", read: addresses}
	case "received":
		return headerKind{name: "Received", read: received}
	case "delivered-to":
		return headerKind{name: "Delivered-To", read: addresses}
	case "received-spf":
		return headerKind{name: "Received-SPF"}
	case "dkim-signature":
		return headerKind{name: "DKIM-Signature", read: tagList}
	case "authentication-results":
		return headerKind{name: "Authentication-Results", read: authenticationResults}
	case "arc-seal":
		return headerKind{name: "ARC-Seal", read: tagList}
	case "arc-message-signature":
		return headerKind{name: "ARC-Message-Signature", read: tagList}
	case "arc-authentication-results":
		return headerKind{name: "ARC-Authentication-Results", read: authenticationResults}
	case "auto-submitted":
		return headerKind{name: "Auto-Submitted"}
	}
	return headerKind{}
}

func knownMIME(name string) headerKind {
	switch name {
	case "mime-version":
		return headerKind{name: "MIME-Version", read: mimeVersion}
	case "content-type":
		return headerKind{name: "Content-Type", read: contentType}
	case "content-transfer-encoding":
		return headerKind{name: "Content-Transfer-Encoding", read: transferEncoding}
	case "content-disposition":
		return headerKind{name: "Content-Disposition", read: disposition}
	case "content-id":
		return headerKind{name: "Content-ID", read: messageIDs}
	case "content-description":
		return headerKind{name: "Content-Description"}
	case "content-language":
		return headerKind{name: "Content-Language"}
	case "list-id":
		return headerKind{name: "List-Id"}
	case "list-help":
		return headerKind{name: "List-Help", read: uris}
	case "list-unsubscribe":
		return headerKind{name: "List-Unsubscribe", read: uris}
	case "list-unsubscribe-post":
		return headerKind{name: "List-Unsubscribe-Post"}
	case "list-subscribe":
		return headerKind{name: "List-Subscribe", read: uris}
	case "list-post":
		return headerKind{name: "List-Post", read: uris}
	case "list-owner":
		return headerKind{name: "List-Owner", read: uris}
	case "list-archive":
		return headerKind{name: "List-Archive", read: uris}
	}
	return headerKind{}
}
