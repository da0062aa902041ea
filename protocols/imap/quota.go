package imap

// quotaData reads a quota root and, for each resource, how much is used and
// how much there may be (RFC 9208).
func (p *parser) quotaData() {
	p.form("quota-root")
	if !p.need("the resources") {
		return
	}
	p.paren("resources", "field/quota-resources", func() {
		p.Open("resource", "field/quota-resource")
		name := p.atom("name", "field/quota-resource").Value
		if p.need("the usage") {
			p.number("usage", "field/quota-usage")
		}
		if p.need("the limit") {
			p.number("limit", "field/quota-limit")
		}
		p.Close().Value = name
	})
}

// quotaRootData reads a mailbox and the quota roots that it counts for
// (RFC 9208).
func (p *parser) quotaRootData() {
	p.mailbox()
	for p.sp() {
		p.form("quota-root")
	}
}

// aclData reads a mailbox and who has which rights (RFC 4314 §3.6).
func (p *parser) aclData() {
	p.mailbox()
	for p.sp() {
		p.form("acl-identifier")
		if p.need("the rights") {
			p.form("acl-rights")
		}
	}
}

// listRightsData reads a mailbox, an identifier, the rights that it always
// has, and those that it may be given (RFC 4314 §3.7).
func (p *parser) listRightsData() {
	p.mailbox()
	if p.need("the identifier") {
		p.form("acl-identifier")
	}
	for p.sp() {
		p.form("acl-rights")
	}
}

// vanishedData reads the UIDs of what was expunged; EARLIER marks what went
// before the mailbox was selected (RFC 7162 §3.2.10).
func (p *parser) vanishedData() {
	if p.Has("(") {
		p.paren("options", "field/vanished-earlier", func() { p.atom("option", "field/vanished-earlier") })
		p.need("the UIDs")
	}
	p.form("uid-set")
}
