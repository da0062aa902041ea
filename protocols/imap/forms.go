package imap

// forms reads arguments or data in the forms that a table gives them, with a
// space before each of them.
func (p *parser) forms(all []form) {
	for _, f := range all {
		for first := true; p.Err() == nil; first = false {
			if (f.optional || !first) && !p.another(f) {
				break
			}
			if !p.need(f.name) {
				return
			}
			p.form(f.name)
			if !f.repeated {
				break
			}
		}
	}
}

// another tells whether an optional or repeated form has something to read.
func (p *parser) another(f form) bool {
	rest := p.Rest()
	switch {
	case !p.Has(" ") || len(rest) == 1 || rest[1] == ' ':
		return false
	case parenthesised(f.name):
		return rest[1] == '('
	}
	return true
}

// parenthesised tells whether an optional form is known by its parenthesis.
func parenthesised(name string) bool {
	switch name {
	case "select-params", "create-params", "list-select-options", "fetch-modifiers", "store-modifiers", "charsets":
		return true
	}
	return false
}

// form reads what has the form of the name: first those that are common, then
// those of commands and of responses.
func (p *parser) form(name string) {
	switch name {
	case "mailbox":
		p.mailbox()
	case "sequence-set":
		p.sequenceSet(setOfMessages, "argument/sequence-set")
	case "uid-set":
		p.sequenceSet(setOfUIDs, "argument/uid-set")
	case "flag":
		p.flagOf("flag", "flag/unknown", "flag/keyword")
	case "flag-list":
		p.flagList("flags", "field/flags")
	case "number":
		p.number("number", "field/number")
	case "uid":
		p.number("UID", "field/uid")
	case "uid-validity":
		p.number("UIDVALIDITY", "field/uid-validity")
	case "mod-sequence":
		p.number("mod-sequence", "field/mod-sequence")
	case "message-number":
		p.number("message number", "field/message-number")
	case "date-time":
		p.dateTime()
	case "value":
		p.value()
	case "capability":
		p.capability()
	case "id":
		p.id()
	case "quota-root":
		p.astring("quota root", "field/quota-root")
	case "acl-identifier":
		p.astring("identifier", "field/acl-identifier")
	case "acl-rights":
		p.astring("rights", "field/acl-rights")
	default:
		if !p.commandForm(name) {
			p.responseForm(name)
		}
	}
}

// commandForm reads the forms that only commands have.
func (p *parser) commandForm(name string) bool {
	switch name {
	case "userid":
		p.astring("user name", "argument/userid")
	case "password":
		p.password()
	case "mechanism":
		p.mechanism()
	case "initial-response":
		p.initialResponse()
	case "select-params":
		p.paren("parameters", "argument/select-params", p.selectParam)
	case "create-params":
		p.paren("parameters", "argument/create-params", p.createParam)
	case "reference":
		p.astring("reference name", "argument/reference")
	case "list-mailbox":
		p.listMailbox()
	case "list-select-options":
		p.paren("selection options", "argument/list-select", p.listOption)
	case "mailbox-patterns":
		p.mailboxPatterns()
	case "list-return":
		p.listReturn()
	case "status-atts":
		p.paren("items", "argument/status-items", p.statusItem)
	case "append-messages":
		p.appendMessages()
	case "search":
		p.search()
	case "search-key":
		p.searchKey()
	case "sort":
		p.sort()
	case "thread":
		p.thread()
	case "fetch-atts":
		p.fetchItems()
	case "fetch-modifiers":
		p.paren("modifiers", "argument/fetch-modifiers", p.modifier)
	case "store-modifiers":
		p.paren("modifiers", "argument/store-modifiers", p.modifier)
	case "store-flags":
		p.storeFlags()
	case "quota-limits":
		p.paren("limits", "field/quota-limits", p.quotaLimit)
	case "compress-algorithm":
		p.atom("algorithm", "argument/compress-algorithm")
	case "header-name":
		p.astring("header field name", "argument/header-name")
	case "search-text":
		p.astring("text", "argument/search-text")
	case "search-modseq":
		p.searchModseq()
	case "date":
		p.date()
	case "object":
		p.atom("object identifier", "field/object-id")
	default:
		return false
	}
	return true
}

// responseForm reads the forms that only responses have.
func (p *parser) responseForm(name string) {
	switch name {
	case "msg-att":
		p.msgAtt()
	case "body":
		p.bodyStructure()
	case "envelope":
		p.envelope()
	case "content":
		p.content("letter")
	case "object-id":
		p.objectID()
	case "fetch-modseq":
		p.paren("MODSEQ", "fetch/MODSEQ", func() { p.number("mod-sequence", "field/mod-sequence") })
	case "preview":
		p.nstring("preview", "field/preview")
	case "save-date":
		p.saveDate()
	case "thread-id":
		p.threadID()
	case "number-or-nil":
		p.numberOrNIL()
	case "append-uid":
		p.appendUID()
	case "copy-uid":
		p.copyUID()
	case "charsets":
		p.paren("charsets", "field/charsets", func() { p.astring("charset", "argument/charset") })
	case "text":
		p.codeText()
	default:
		p.dataForm(name)
	}
}

// dataForm reads the data of an untagged response.
func (p *parser) dataForm(name string) {
	switch name {
	case "list-data":
		p.listData()
	case "namespace-data":
		p.namespaceData()
	case "status-data":
		p.statusData()
	case "search-data", "sort-data":
		p.searchData()
	case "esearch-data":
		p.esearchData()
	case "thread-data":
		p.threadData()
	case "quota-data":
		p.quotaData()
	case "quotaroot-data":
		p.quotaRootData()
	case "acl-data":
		p.aclData()
	case "listrights-data":
		p.listRightsData()
	case "myrights-data":
		p.mailbox()
		if p.need("the rights") {
			p.form("acl-rights")
		}
	case "metadata-data":
		p.mailbox()
		if p.need("the entries") {
			p.values()
		}
	case "vanished-data":
		p.vanishedData()
	}
}
