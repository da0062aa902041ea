// Use a mailbox of one letter with imapflow: append, flag, make folders, move,
// search, and hear of a new letter while idling. Reports on standard output.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, port, security, caFile, host, user, password] = process.argv.slice(2);
const { ImapFlow } = createRequire(modules + '/')('imapflow');

const client = new ImapFlow({
    host: '127.0.0.1', port: Number(port), servername: host,
    secure: security === 'tls', doSTARTTLS: security === 'starttls' ? true : undefined,
    tls: { ca: readFileSync(caFile), servername: host },
    auth: { user, pass: password }, logger: false,
});
await client.connect();
assert.equal(client.secureConnection, true);

const names = (await client.list()).map((box) => box.path);
assert.ok(names.includes('INBOX') && names.includes('Trash'), names.join());
assert.equal((await client.list()).find((box) => box.path === 'Trash').specialUse, '\\Trash');

await client.mailboxCreate('Tugas');
let lock = await client.getMailboxLock('INBOX');
assert.equal(client.mailbox.exists, 1);
const letter = await client.fetchOne('1', { source: true, envelope: true, bodyStructure: true, flags: true, internalDate: true, uid: true });
assert.ok(letter.envelope.subject.length > 0 && letter.bodyStructure.type.length > 0);
await client.messageFlagsAdd('1', ['\\Seen', '\\Flagged']);
assert.ok((await client.fetchOne('1', { flags: true })).flags.has('\\Flagged'));
await client.messageFlagsRemove('1', ['\\Flagged']);
assert.deepEqual(await client.search({ seen: true }, { uid: true }), [letter.uid]);
assert.deepEqual(await client.search({ header: { subject: 'tiada' } }, { uid: true }), []);

const appended = await client.append('Tugas', letter.source, ['\\Draft'], new Date(1786935600000));
assert.equal(appended.uid, 1);
const copied = await client.messageCopy('1', 'Tugas');
assert.equal(copied.uidMap.get(letter.uid), 2);
const moved = await client.messageMove(letter.uid, 'Trash', { uid: true });
assert.equal(moved.uidMap.size, 1);
assert.equal(client.mailbox.exists, 0);
lock.release();

lock = await client.getMailboxLock('Tugas');
for await (const copy of client.fetch('1:*', { source: true })) {
    assert.deepEqual(copy.source, letter.source);
}
await client.messageDelete('1:*');
assert.equal(client.mailbox.exists, 0);
lock.release();
await client.mailboxRename('Tugas', 'Selesai');
assert.equal((await client.status('Selesai', { messages: true })).messages, 0);
await client.mailboxDelete('Selesai');

lock = await client.getMailboxLock('INBOX');
const news = new Promise((resolve) => client.once('exists', resolve));
const idling = client.idle();
process.stdout.write('idle\n');
const { count } = await news;
process.stdout.write(`exists ${count}\n`);
await client.noop(); // ends the idling
await idling;
lock.release();
await client.logout();
