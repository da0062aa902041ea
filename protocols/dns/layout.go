package dns

// The types whose records are read in ways of their own.
const (
	typeTXT = 16
	typeOPT = 41
)

// part is a piece of a record's data.
type part struct {
	name, note string
	read       func(r *reader, p *part)
	registry   *registry
	optional   bool // it may be empty or missing at the end
}

// The layouts that several types have: CDS and CDNSKEY repeat DS and DNSKEY
// , HTTPS is SVCB for the web, SPF was TXT under another number.
var (
	txt    = layout("TXT", part{name: "character-string", read: (*reader).texts})
	ds     = layout("DS", u16("Key Tag"), code("Algorithm", algorithms), code("Digest Type", digests), hex("Digest", true))
	dnskey = layout("DNSKEY", part{name: "Flags", read: (*reader).keyFlags}, u8("Protocol"), code("Algorithm", algorithms), base64Part("Public Key"))
	svcb   = layout("SVCB", u16("SvcPriority"), domain("TargetName"), part{name: "SvcParams", read: (*reader).svcParams, optional: true})
)

// layouts gives the parts of the data by the type's number: RFC 1035 §3.3 and
// the standards of the later types.
var layouts = map[uint16][]part{
	1:   layout("A", part{name: "ADDRESS", read: (*reader).ipv4}),
	2:   layout("NS", domain("NSDNAME")),
	5:   layout("CNAME", domain("CNAME")),
	6:   layout("SOA", domain("MNAME"), domain("RNAME"), u32("SERIAL"), u32("REFRESH"), u32("RETRY"), u32("EXPIRE"), u32("MINIMUM")),
	12:  layout("PTR", domain("PTRDNAME")),
	15:  layout("MX", u16("PREFERENCE"), domain("EXCHANGE")),
	16:  txt,
	28:  layout("AAAA", part{name: "ADDRESS", read: (*reader).ipv6}),
	33:  layout("SRV", u16("Priority"), u16("Weight"), u16("Port"), domain("Target")),
	39:  layout("DNAME", domain("Target")),
	43:  ds,
	46:  layout("RRSIG", typeCovered(), code("Algorithm", algorithms), u8("Labels"), u32("Original TTL"), moment("Signature Expiration"), moment("Signature Inception"), u16("Key Tag"), domain("Signer's Name"), base64Part("Signature")),
	47:  layout("NSEC", domain("Next Domain Name"), bitmap()),
	48:  dnskey,
	50:  layout("NSEC3", u8("Hash Algorithm"), u8("Flags"), u16("Iterations"), counted("Salt"), part{name: "Next Hashed Owner Name", read: (*reader).hashed}, bitmap()),
	51:  layout("NSEC3", u8("Hash Algorithm"), u8("Flags"), u16("Iterations"), counted("Salt")),
	52:  layout("TLSA", code("Certificate Usage", tlsaUsages), code("Selector", tlsaSelectors), code("Matching Type", tlsaMatchings), hex("Certificate Association Data", false)),
	59:  ds,
	60:  dnskey,
	64:  svcb,
	65:  svcb,
	99:  txt,
	257: layout("CAA", part{name: "Flags", read: (*reader).caaFlags}, part{name: "Tag", read: (*reader).caaTag}, part{name: "Value", read: (*reader).caaValue, optional: true}),
}

// layout names the notes of a type's parts: "rdata/MX/PREFERENCE".
func layout(rtype string, parts ...part) []part {
	for i := range parts {
		parts[i].note = "rdata/" + rtype + "/" + noteName(parts[i].name)
	}
	return parts
}

func u8(name string) part     { return part{name: name, read: (*reader).number8} }
func u16(name string) part    { return part{name: name, read: (*reader).number16} }
func u32(name string) part    { return part{name: name, read: (*reader).number32} }
func domain(name string) part { return part{name: name, read: (*reader).domain} }
func moment(name string) part { return part{name: name, read: (*reader).moment} }
func bitmap() part            { return part{name: "Type Bit Maps", read: (*reader).typeBitmap, optional: true} }

func code(name string, of *registry) part {
	return part{name: name, read: (*reader).code, registry: of}
}

func hex(name string, capital bool) part {
	if capital {
		return part{name: name, read: (*reader).hexCapital}
	}
	return part{name: name, read: (*reader).hexSmall}
}
func base64Part(name string) part { return part{name: name, read: (*reader).base64} }
func counted(name string) part    { return part{name: name, read: (*reader).salt} }
func typeCovered() part           { return part{name: "Type Covered", read: (*reader).covered} }
