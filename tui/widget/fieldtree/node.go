package fieldtree

import (
	"slices"
	"strconv"

	"surel/protocols/field"
	"surel/protocols/message"
	"surel/tui/widget/secret"
)

// branch is an opened message: the one of the tree, or one that another
// carries.
type branch struct {
	message *message.Message
	foreign string // ID of the protocol, where it is not that of the root
	path    string
	fields  []field.Field
	secrets secret.Secrets // its own, and those of what it carries
	inner   []*branch
}

func newBranch(m *message.Message, path string) *branch {
	b := &branch{message: m, foreign: m.Protocol, path: path, fields: m.Fields()}
	b.secrets = secret.Of(b.fields, m.Raw)
	inner := m.Inner()
	for i := range inner {
		carried := newBranch(&inner[i], join(path, len(b.fields)+i))
		carried.inherit(b.foreign)
		b.secrets.Add(carried.secrets)
		b.inner = append(b.inner, carried)
	}
	return b
}

// inherit tells a branch the protocol of what carries it, where it has none of its
// own.
func (b *branch) inherit(foreign string) {
	if b.foreign != "" || foreign == "" {
		return
	}
	b.foreign = foreign
	for _, inner := range b.inner {
		inner.inherit(foreign)
	}
}

// find gives the branch of a message; nil where it is not in the tree.
func (b *branch) find(m *message.Message) *branch {
	if b == nil || b.message == m {
		return b
	}
	for _, inner := range b.inner {
		if found := inner.find(m); found != nil {
			return found
		}
	}
	return nil
}

// wayTo gives the paths that lead to the first field with a name which is shown;
// nil where there is none.
func (b *branch) wayTo(name string, shown func(*field.Field) bool) []string {
	if way := wayTo(b.fields, b.path, name, shown); way != nil {
		return way
	}
	for _, inner := range b.inner {
		if way := inner.wayTo(name, shown); way != nil {
			return append([]string{inner.path}, way...)
		}
	}
	return nil
}

func wayTo(fields []field.Field, path, name string, shown func(*field.Field) bool) []string {
	for i := range fields {
		here := join(path, i)
		switch f := &fields[i]; {
		case !shown(f):
		case f.Name == name:
			return []string{here}
		default:
			if way := wayTo(f.Fields, here, name, shown); way != nil {
				return append([]string{here}, way...)
			}
		}
	}
	return nil
}

// node is a row of the tree.
type node struct {
	branch *branch
	field  *field.Field // nil where the row is a whole carried message
	path   string
	depth  int
	parent int // the row of what it is a part of; -1 for none
	opens  bool
}

func join(path string, i int) string { return path + "/" + strconv.Itoa(i) }

// list makes the rows anew from what is open.
func (m *Model) list() {
	m.nodes = m.nodes[:0]
	if m.root != nil {
		m.listBranch(m.root, 0, -1)
	}
	m.cursor = max(min(m.cursor, len(m.nodes)-1), 0)
}

func (m *Model) listBranch(b *branch, depth, parent int) {
	m.listFields(b, b.fields, node{branch: b, path: b.path, depth: depth, parent: parent})
	for _, inner := range b.inner {
		m.nodes = append(m.nodes, node{branch: inner, path: inner.path, depth: depth, parent: parent, opens: true})
		if m.open[inner.path] {
			m.listBranch(inner, depth+1, len(m.nodes)-1)
		}
	}
}

// listFields adds the fields below the place at.
func (m *Model) listFields(b *branch, fields []field.Field, at node) {
	for i := range fields {
		f := &fields[i]
		if !m.shows(f) {
			continue
		}
		n := node{branch: b, field: f, path: join(at.path, i), depth: at.depth, parent: at.parent}
		n.opens = slices.ContainsFunc(f.Fields, func(part field.Field) bool { return m.shows(&part) })
		m.nodes = append(m.nodes, n)
		if m.open[n.path] {
			m.listFields(b, f.Fields, node{path: n.path, depth: n.depth + 1, parent: len(m.nodes) - 1})
		}
	}
}

func (m *Model) shows(f *field.Field) bool {
	return m.punctuation || f.Kind != field.Punctuation || f.Err != ""
}
