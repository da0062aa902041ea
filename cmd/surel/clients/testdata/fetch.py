"""Fetch every letter of a mailbox with Python's own POP3 client, a file each."""

import pathlib
import poplib
import ssl
import sys

port, security, ca_file, host, user, password, keep, folder = sys.argv[1:]


class Poplib(ssl.SSLContext):
    """Checks the certificate of the logical host, whatever address it has."""

    def wrap_socket(self, sock, server_hostname=None, **rest):
        return super().wrap_socket(sock, server_hostname=host, **rest)


context = Poplib(ssl.PROTOCOL_TLS_CLIENT)
context.load_verify_locations(ca_file)
if security == "tls":
    box = poplib.POP3_SSL("127.0.0.1", int(port), timeout=20, context=context)
else:
    box = poplib.POP3("127.0.0.1", int(port), timeout=20)
if security == "stls":
    box.stls(context)

box.capa()
if security == "clear" and keep == "true":
    box.apop(user, password)
else:
    box.user(user)
    box.pass_(password)
count, size = box.stat()
assert sum(int(line.split()[1]) for line in box.list()[1]) == size
assert len(box.uidl()[1]) == count
for number in range(1, count + 1):
    box.top(number, 1)
    lines = box.retr(number)[1]
    path = pathlib.Path(folder, str(number))
    path.write_bytes(b"".join(line + b"\r\n" for line in lines))
    if keep == "false":
        box.dele(number)
box.noop()
box.quit()
