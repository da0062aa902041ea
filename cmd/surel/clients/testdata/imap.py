"""Use a mailbox of one letter with Python's own IMAP client, move the letter
away, and write it to standard output as it was fetched."""

import imaplib
import ssl
import sys

port, security, ca_file, host, user, password = sys.argv[1:]


class Context(ssl.SSLContext):
    """Checks the certificate of the logical host, whatever address it has."""

    def wrap_socket(self, sock, server_hostname=None, **rest):
        return super().wrap_socket(sock, server_hostname=host, **rest)


def ok(answer):
    """Give the data of an answer, which must be OK."""
    assert answer[0] == "OK", answer
    return answer[1]


context = Context(ssl.PROTOCOL_TLS_CLIENT)
context.load_verify_locations(ca_file)
if security == "tls":
    box = imaplib.IMAP4_SSL("127.0.0.1", int(port), ssl_context=context)
else:
    box = imaplib.IMAP4("127.0.0.1", int(port))
if security == "starttls":
    ok(box.starttls(context))

ok(box.login(user, password))
ok(box.namespace())
assert any(b"Trash" in line for line in ok(box.list()))
ok(box.create("Tugas"))
ok(box.subscribe("Tugas"))
assert ok(box.select("INBOX")) == [b"1"]
number, uid = ok(box.fetch("1", "(UID)"))[0].split()[0], b"1"
letter = ok(box.fetch(number, "(FLAGS BODY.PEEK[])"))[0][1]
ok(box.fetch(number, "(ENVELOPE BODYSTRUCTURE INTERNALDATE RFC822.SIZE)"))
assert ok(box.search(None, "UNSEEN")) == [b"1"]
ok(box.store(number, "+FLAGS", r"(\Seen $Penting)"))
assert ok(box.search(None, "KEYWORD", "$Penting")) == [b"1"]
ok(box.copy(number, "Tugas"))
ok(box.append("Tugas", r"(\Flagged)", imaplib.Time2Internaldate(1_786_935_600), letter))
ok(box.uid("MOVE", uid, "Trash"))
assert ok(box.search(None, "ALL")) == [b""]
assert ok(box.select("Tugas", readonly=True)) == [b"2"]
copies = [item[1] for item in ok(box.fetch("1:2", "(BODY.PEEK[])")) if isinstance(item, tuple)]
assert copies == [letter, letter]
ok(box.close())
ok(box.rename("Tugas", "Selesai"))
ok(box.status("Selesai", "(MESSAGES UNSEEN)"))
ok(box.delete("Selesai"))
box.logout()
sys.stdout.buffer.write(letter)
