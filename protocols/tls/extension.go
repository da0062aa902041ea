package tls

import (
	"strconv"

	"surel/protocols/field"
)

// extensionReaders read what the extensions hold whose parts are known.
var extensionReaders = map[uint16]func(t tree, at where, n int){
	0: serverName,
	1: func(t tree, _ where, _ int) { t.number("max_fragment_length", "extension/max_fragment_length", 1) },
	5: statusRequest,
	10: func(t tree, _ where, _ int) {
		t.codes("named_group_list", "extension/supported_groups", "group", 2, groups)
	},
	11:    pointFormats,
	13:    schemes,
	16:    protocolNames,
	18:    timestamps,
	21:    func(t tree, _ where, n int) { t.bytes("padding", "extension/padding", n) },
	27:    compressAlgorithms,
	28:    func(t tree, _ where, _ int) { t.number("record_size_limit", "extension/record_size_limit", 2) },
	34:    func(t tree, at where, n int) { schemes(t, at, n) },
	35:    func(t tree, _ where, n int) { t.bytes("ticket", "extension/session_ticket", n) },
	41:    preSharedKey,
	42:    earlyData,
	43:    supportedVersions,
	44:    func(t tree, _ where, _ int) { t.opaque("cookie", "extension/cookie", 2) },
	45:    keyExchangeModes,
	47:    func(t tree, _ where, _ int) { t.authorities() },
	50:    schemes,
	51:    keyShare,
	65037: encryptedHello,
	65281: func(t tree, _ where, _ int) { t.opaque("renegotiated_connection", "extension/renegotiation_info", 1) },
}

// serverName reads RFC 6066 §3.
func serverName(t tree, at where, n int) {
	if at != inClientHello || n == 0 {
		return
	}
	t.vector("server_name_list", "extension/server_name", 2, func(int) {
		for t.More() {
			t.number("name_type", "sni/type", 1)
			t.vector("host_name", "sni/host", 2, func(n int) { t.text("name", "sni/host", n) })
		}
	})
}

// statusRequest reads RFC 6066 §8.
func statusRequest(t tree, at where, n int) {
	if n == 0 {
		return
	}
	t.number("status_type", "extension/status_request", 1)
	if at != inClientHello {
		t.opaque("response", "certificate/ocsp", 3)
		return
	}
	t.opaque("responder_id_list", "extension/status_request", 2)
	t.opaque("request_extensions", "extension/status_request", 2)
}

// pointFormats reads RFC 8422 §5.1.2.
func pointFormats(t tree, _ where, _ int) {
	t.choices("ec_point_format_list", "format", "extension/ec_point_formats",
		"uncompressed (0)", "ansiX962_compressed_prime (1)", "ansiX962_compressed_char2 (2)")
}

// choices reads a vector of numbers of one byte that have names.
func (t tree) choices(name, item, note string, names ...string) {
	t.vector(name, note, 1, func(int) {
		for t.More() {
			n := t.peek(1)
			f := t.Add(item, note, 1)
			if f.Value = strconv.Itoa(n); n < len(names) {
				f.Value = names[n]
			}
		}
	})
}

// schemes reads RFC 8446 §4.2.3.
func schemes(t tree, _ where, _ int) {
	t.codes("supported_signature_algorithms", "extension/signature_algorithms", "scheme", 2, signatures)
}

// protocolNames reads RFC 7301 §3.1.
func protocolNames(t tree, _ where, _ int) {
	t.vector("protocol_name_list", "extension/application_layer_protocol_negotiation", 2, func(int) {
		for t.More() {
			t.vector("protocol", "alpn/name", 1, func(n int) { t.text("name", "alpn/name", n) })
		}
	})
}

// timestamps reads RFC 6962 §3.3.
func timestamps(t tree, _ where, n int) {
	if n == 0 {
		return
	}
	t.vector("sct_list", "extension/signed_certificate_timestamp", 2, func(int) {
		for t.More() {
			t.vector("sct", "sct", 2, func(int) {
				t.number("version", "sct", 1)
				t.bytes("log_id", "sct/log", 32)
				t.bytes("timestamp", "sct/time", 8)
				t.opaque("extensions", "sct", 2)
				t.code("algorithm", signatures, 2)
				t.opaque("signature", "sct", 2)
			})
		}
	})
}

// compressAlgorithms reads RFC 8879 §3.
func compressAlgorithms(t tree, _ where, _ int) {
	t.vector("algorithms", "extension/compress_certificate", 1, func(int) {
		for t.More() && t.has(2) {
			t.compressAlgorithm()
		}
	})
}

func (t tree) compressAlgorithm() {
	if !t.has(2) {
		return
	}
	names := map[int]string{1: "zlib (1)", 2: "brotli (2)", 3: "zstd (3)"}
	n := t.peek(2)
	f := t.Add("algorithm", "extension/compress_certificate", 2)
	if f.Value = names[n]; f.Value == "" {
		f.Value = strconv.Itoa(n)
	}
}

// preSharedKey reads RFC 8446 §4.2.11.
func preSharedKey(t tree, at where, _ int) {
	if at != inClientHello {
		t.number("selected_identity", "psk/selected", 2)
		return
	}
	t.vector("identities", "psk/identities", 2, func(int) {
		for t.More() {
			t.Open("identity", "psk/identity")
			t.opaque("identity", "psk/identity", 2)
			t.bytes("obfuscated_ticket_age", "psk/age", 4)
			t.Close().Value = ""
		}
	})
	t.vector("binders", "psk/binders", 2, func(int) {
		for t.More() {
			t.opaque("binder", "psk/binders", 1)
		}
	})
}

// earlyData reads RFC 8446 §4.2.10.
func earlyData(t tree, at where, _ int) {
	if at == inTicket {
		t.number("max_early_data_size", "extension/early_data", 4)
	}
}

// supportedVersions reads RFC 8446 §4.2.1.
func supportedVersions(t tree, at where, _ int) {
	if at != inClientHello {
		t.version("selected_version", "versions/selected")
		return
	}
	t.vector("versions", "extension/supported_versions", 1, func(int) {
		for t.More() {
			t.version("version", "extension/supported_versions")
		}
	})
}

// keyExchangeModes reads RFC 8446 §4.2.9.
func keyExchangeModes(t tree, _ where, _ int) {
	t.choices("ke_modes", "mode", "extension/psk_key_exchange_modes", "psk_ke (0)", "psk_dhe_ke (1)")
}

// keyShare reads RFC 8446 §4.2.8.
func keyShare(t tree, at where, _ int) {
	switch at {
	case inClientHello:
		t.vector("client_shares", "share/client", 2, func(int) {
			for t.More() {
				t.share()
			}
		})
	case inRetry:
		t.code("selected_group", groups, 2)
	default:
		t.share()
	}
}

// share reads a group and a public key in it.
func (t tree) share() {
	if !t.has(4) {
		return
	}
	group := uint16(t.peek(2))
	t.Open("share", "share")
	t.code("group", groups, 2)
	t.vector("key_exchange", "share/key", 2, func(n int) {
		first, second, ok := hybridParts(group, n)
		if !ok {
			t.bytes("public key", "share/key", n)
			return
		}
		t.bytes(first.name, first.note, first.size)
		t.bytes(second.name, second.note, second.size)
	})
	f := t.Close()
	f.Kind, f.Value = field.Plain, groups.of(group).name
}

type keyPart struct {
	name, note string
	size       int
}

// hybridParts gives the two parts of a share that joins ML-KEM and a curve: the
// client's holds a key, the server's what it has locked with it
// (draft-ietf-tls-ecdhe-mlkem §4.1).
func hybridParts(group uint16, n int) (first, second keyPart, ok bool) {
	const key768, locked768, point = 1184, 1088, 32
	kem := func(size int) keyPart {
		if size == locked768 {
			return keyPart{"ML-KEM ciphertext", "share/mlkem-ciphertext", size}
		}
		return keyPart{"ML-KEM key", "share/mlkem-key", size}
	}
	switch {
	case group == 4588 && (n == key768+point || n == locked768+point):
		return kem(n - point), keyPart{"X25519 key", "share/key", point}, true
	case group == 4587 && (n == key768+65 || n == locked768+65):
		return keyPart{"P-256 key", "share/key", 65}, kem(n - 65), true
	}
	return first, second, false
}

// encryptedHello reads RFC 9849 §5.
func encryptedHello(t tree, at where, n int) {
	switch {
	case at == inClientHello && t.has(1) && t.peek(1) == 0:
		t.number("type", "ech/outer", 1)
		t.number("kdf_id", "ech/suite", 2)
		t.number("aead_id", "ech/suite", 2)
		t.number("config_id", "ech/config", 1)
		t.opaque("enc", "ech/enc", 2)
		t.opaque("payload", "ech/payload", 2)
	case at == inClientHello && n == 1:
		t.number("type", "ech/inner", 1)
	case at == inRetry:
		t.bytes("confirmation", "ech/confirmation", n)
	}
}
