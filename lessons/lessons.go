// Package lessons is the course: its scenarios, the client that plays them
// against the lab, and the articles on which it builds. Start with Scenarios
// and Runner.
//
// # Scenarios
//
// A scenario is a script of what clients say to the lab's servers and of what
// must come back, in the notation of the RFCs (RFC 5321 §D). It is a
// text file, content/PROTOCOL/scenarios/NAME.scenario, whose ID is
// "PROTOCOL/NAME". To add one: write the file and add its name to index.txt
// beside it, at its place in the order of teaching; the tests then play it.
//
// Empty lines and lines that begin with "#" mean nothing. A line that begins
// with a space continues the text above it. First comes what the scenario is:
//
//	title id: Satu surat dengan tangan
//	title en: One letter by hand
//	intro id: Dua sampai lima kalimat …
//	intro en: Two to five sentences …
//	client laptop: laptop.kampus.test -> mx1.sekolah.test:25 smtp
//
// There is one client line for each client: its name, its host, the server and
// port that it connects to, and the protocol that it speaks inside. Where a
// scenario reads letters, it says what a mailbox holds when it begins, oldest
// first:
//
//	mailbox guru@sekolah.test: rapat laporan
//	mailbox guru@sekolah.test Tugas: tugas
//
// The names are those of files, content/letters/NAME.eml. The mailbox then
// holds these letters and nothing else, in INBOX or in the folder that is
// named, so that a scenario goes the same way each time. Only what servers
// choose, such as the UIDs of INBOX, UIDVALIDITY and the names that UIDL gives,
// differs: let "*" stand for it. A line "down HOST" takes a host off the network
// for as long as the scenario runs. Then come the actions. Each begins with its caption in both languages, which tells the
// student what to watch now; then what the client does; then what must come of
// it:
//
//	id: Klien menyapa …
//	en: The client says hello …
//	C: EHLO laptop.kampus.test
//	S: 250 STARTTLS
//
// What a client does is one of these:
//
//	open             opens the connection
//	C: TEXT          sends TEXT and CRLF
//	C raw: "TEXT"    sends the bytes of a Go string, and nothing behind them
//	C fill: N "TEXT" sends TEXT and CRLF N times
//	tls [HOW]        does the TLS handshake, at once or after STARTTLS
//	close            closes the connection without a word
//	wait DURATION    does nothing for a while, such as 1.5s, or 0s
//
// HOW is any of: a name to look for in the place of the server's, "max 1.2" for the
// newest version offered, "suite NAME" for the only cipher suite, and "resume" to
// show the ticket of an earlier connection and keep this one's.
//
// Lines that begin with C and follow one another are one action and one write.
// What must come of an action:
//
//	S: TEXT                 one reply, of one or more lines, one of which
//	                        begins with the words of TEXT; "*" stands for any
//	                        text, and the hyphen of "250-" for a space; "* "
//	                        at the beginning stands for itself
//	closed                  the server closes the connection
//	fails "TEXT"            the action fails, and the error holds TEXT
//	asks N                  the client's server has asked others N questions
//	mailbox ADDRESS gains N since the run began, N letters have come
//	mailbox ADDRESS holds N N letters are in INBOX
//	letter ADDRESS "TEXT"   the newest letter there holds the bytes of a Go
//	                        string
//
// The replies of an action are awaited in order; a reply that no line names
// is a mismatch at the next action of that client. In POP3 the status line is
// one reply and the lines that follow it are another. In IMAP every response is
// one, and an untagged response that no line names is passed over.
//
// A client of DNS needs no open: each line that it sends is a question, as
// ParseQuestion reads it, from a socket of its own. Its responses are lines with
// the code and flags and then each record, and all lines S of an action are about
// the same response.
//
// A line "as NAME" gives the actions that follow to another client; the first
// client begins. To wait for what a server says unasked, such as the news of
// IDLE, let that client wait 0s and write below it what must come.
//
// # Cards
//
// A card holds a sentence of the articles against practice. It is a text file,
// content/cards/NAME.card, whose name stands in index.txt beside it. Empty lines,
// lines that begin with "#" and lines that begin with a space are read as in a
// scenario. It has each of these lines once:
//
//	title id: TEXT             its name in a few words, also "title en"
//	source SECTION: TEXT       a sentence of the section with this key in
//	                           content/source/sections.txt, word for word
//	english: TEXT              the sentence in our English
//	practice id: TEXT          what is so, also "practice en"
//	standard: RFC 5321 §7.1, … the sections that say so, where there are any
//	experiment SCENARIO: TEXT  the scenario with the proof, and a part of the line
//	                           of the message that proves it, as the list of
//	                           surel run --lang en --format list has it
//	field: NAME                the field of the message that proves it
//	watch id: TEXT             what to see in it, also "watch en"
//
// # Terms
//
// The glossary is made of the files content/glossary/NAME.terms, which are read as
// cards are. A line "term KEY:" begins an entry, and each of these lines stands in
// it once:
//
//	name id: TEXT    the term, also "name en"
//	also id: A, B    other forms under which texts have it, also "also en"; a
//	                 form in capitals is found in capitals only
//	text id: TEXT    what it means, also "text en"
//	see: KEY, KEY    terms that are near, at most nine
//	ref: RFC 5321 §2.3.1, …
//
// Name and text are needed.
//
// # Lessons
//
// A lesson is a folder, content/lessons/ID, whose name stands in index.txt beside
// it. It has these files; where nothing else is said, their lines are read as those
// of cards:
//
//	lesson.txt             title, goal, learned (each id and en); source, scenarios,
//	                       cards, tasks and read, each a list with commas; and
//	                       "skip: off" where the way of a task is not to be shown
//	                       before it is done
//	intro.id.md, intro.en.md  the introduction in Markdown, the same blocks, with an
//	                       empty line between two, in both languages
//	tasks/NAME.task        a task
//	quiz.txt               the questions
//
// A task is a scenario, its intended way, whose title and intro say what to do. Before
// its first action it has also:
//
//	hint 1 id: TEXT        three hints, the weakest first; also "hint 1 en"
//	check: CHECK           what must be true once it is done, at least one
//	aim id: TEXT           the same in words, below the check; also "aim en". Only
//	                       checks of what is said need them
//	wrong: LINE            lines to type one after another that must not do it
//
// A CHECK is about what has happened since the task began:
//
//	mailbox ADDRESS gains N                  N letters have come, or more
//	mailbox ADDRESS holds N                  N letters are in INBOX
//	folder ADDRESS NAME holds N              N letters are in the folder
//	letter ADDRESS "TEXT"                    a letter that has come holds the text
//	flag ADDRESS FLAG "TEXT"                 the letter in INBOX that holds the text has
//	                                         the flag, such as \Seen
//	no flag ADDRESS FLAG "TEXT"              it is there and has not
//	said PROTOCOL "TEXT" answered "TEXT"     a client has said it, in capitals or not,
//	                                         and the server answered so; "*" stands
//	                                         for any text, and an empty first text for
//	                                         anything
//	unsaid PROTOCOL "TEXT"                   no client has said it in the clear
//	resolver holds TYPE NAME                 the resolver's cache holds an answer about it
//	resolver lacks TYPE NAME                 it holds none
//
// What goes through TLS is said in the protocol inside. A file of questions has
// entries of these lines:
//
//	question KEY:
//	kind: single           or multiple, order, byte or answer
//	ask id: TEXT           the question, also "ask en"
//	a id: TEXT             an option by its letter, also "a en"
//	why a id: TEXT         why it is right or wrong, or stands there; also "why a en"
//	right: a, c            the right ones; of an order all of them, in order
//
// A question of kind byte asks for a byte of a message and has in place of options:
//
//	scenario: smtp/one-letter   the conversation that is played for it
//	line: TEXT             a part of the message's line, as of a card
//	field: NAME            the field in whose bytes the right one lies
//	why id: TEXT           why it stands there, also "why en"
//
// One of kind answer asks what the server will answer, has options, and then has it
// answered for real:
//
//	scenario: smtp/unknown-reader
//	said: PATTERN          what the client says there, as in a check
//	answered: PATTERN      what the server answers to it
package lessons

import (
	"context"
	"crypto/tls"
	"embed"
	"fmt"
	"io/fs"
	"net"
	"path"
	"slices"
	"strings"
	"sync"

	"surel/protocols/wire"
)

// Lab is what the lessons need of the lab.
type Lab interface {
	// Log holds everything that crosses the lab's network.
	Log() *wire.Log
	// Dial connects a host, such as "laptop.kampus.test", to a server and port,
	// such as "mx1.sekolah.test:25".
	Dial(ctx context.Context, from, to string) (net.Conn, error)
	// DialUDP gives a socket of a host for datagrams to and from a server and
	// port.
	DialUDP(ctx context.Context, from, to string) (net.Conn, error)
	// FlushNames lets the resolver forget what it has learnt.
	FlushNames()
	// Remembers tells whether the resolver holds an answer about a type of records of
	// a name, also that there are none.
	Remembers(rrtype, name string) bool
	// SetDown takes a host off the network for those who dial it in the lab, or
	// brings it back.
	SetDown(host string, down bool)
	// ClientTLS gives the configuration of a client that trusts the lab's
	// certificate authority.
	ClientTLS(serverName string) *tls.Config
	// Letters gives the letters in the INBOX of an address, oldest first.
	Letters(address string) ([][]byte, error)
	// Folder gives the letters in a folder of an address, oldest first, and the flags
	// of each as IMAP names them, with a space between two; none for a folder that
	// there is not.
	Folder(address, name string) (letters [][]byte, flags []string, err error)
	// Fill makes the mailbox of an address hold these letters, by folder and in
	// this order, and nothing else. The folders that it makes count their UIDs
	// from 1.
	Fill(ctx context.Context, address string, folders map[string][][]byte) error
}

//go:embed content
var content embed.FS

// Scenarios gives all scenarios in the order of teaching. The result must not
// be changed.
func Scenarios() []Scenario { return scenarios() }

// Find gives the scenario with the ID, such as "smtp/one-letter".
func Find(id string) (Scenario, bool) {
	i := slices.IndexFunc(Scenarios(), func(s Scenario) bool { return s.ID == id })
	if i < 0 {
		return Scenario{}, false
	}
	return Scenarios()[i], true
}

var scenarios = sync.OnceValue(func() []Scenario {
	var all []Scenario
	// The folders of content that hold scenarios, in the order of teaching.
	for _, course := range []string{"smtp", "pop3", "imap", "together", "dns", "tls"} {
		s, err := readScenarios(content, course)
		if err != nil {
			panic(err) // the files are compiled in
		}
		all = append(all, s...)
	}
	return all
})

// readScenarios reads the scenarios of a course that its index names.
func readScenarios(files fs.FS, course string) ([]Scenario, error) {
	folder := path.Join("content", course, "scenarios")
	index, err := fs.ReadFile(files, path.Join(folder, "index.txt"))
	if err != nil {
		return nil, fmt.Errorf("read scenarios: %w", err)
	}
	var all []Scenario
	for _, name := range strings.Fields(string(index)) {
		file := path.Join(folder, name+".scenario")
		text, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, fmt.Errorf("read scenarios: %w", err)
		}
		s, err := Parse(file, text)
		if err != nil {
			return nil, err
		}
		s.ID = course + "/" + name
		all = append(all, s)
	}
	return all, nil
}
