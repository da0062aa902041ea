package lessons

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// QuestionKind is the kind of a quiz question.
type QuestionKind uint8

// The kinds of questions.
const (
	Single    QuestionKind = iota + 1 // one option is right
	Multiple                          // some options are right
	Ordering                          // the options are to be put in order
	FindByte                          // a byte of the field is to be chosen
	Answering                         // what the server answers; then it is run for real
)

var questionKinds = map[string]QuestionKind{
	"single": Single, "multiple": Multiple, "order": Ordering, "byte": FindByte, "answer": Answering,
}

// QuizItem is a question of a quiz.
type QuizItem struct {
	// ID is the lesson's and its own key, such as "smtp/port".
	ID      string
	Kind    QuestionKind
	Ask     Text
	Options []Option
	// Right are the keys of the right options; of an Ordering all, in order.
	Right []string
	// Scenario is the ID of what a FindByte or an Answering runs for real.
	Scenario string
	// Evidence is the message of a FindByte and the field in it; Why says why the
	// field stands there.
	Evidence Evidence
	Why      Text
	// Said is what the client of an Answering says, Answer what the server answers;
	// "*" stands for any text.
	Said, Answer string
}

// Option is an answer that can be chosen.
type Option struct {
	// Key names it, one letter.
	Key string
	// Text is the answer; Why says why it is right or wrong, for an Ordering why it
	// stands in its place.
	Text, Why Text
}

// IsRight tells whether the chosen keys, in the order of choosing, are the right
// answer.
func (q *QuizItem) IsRight(chosen []string) bool {
	if q.Kind == Ordering {
		return slices.Equal(chosen, q.Right)
	}
	a, b := slices.Sorted(slices.Values(chosen)), slices.Sorted(slices.Values(q.Right))
	return slices.Equal(a, b)
}

// ParseQuiz reads a file of questions. Its errors begin with the file and the line,
// and say what to write instead.
func ParseQuiz(file string, text []byte) ([]QuizItem, error) {
	p := quizParser{}
	lines := form{texts: p.texts}
	if err := readLines(file, text, lines.read); err != nil {
		return nil, err
	}
	all := make([]QuizItem, len(p.drafts))
	for i, d := range p.drafts {
		if slices.ContainsFunc(all[:i], func(q QuizItem) bool { return q.ID == d.q.ID }) {
			return nil, fmt.Errorf("%s: question %s stands there twice; give one another name", file, d.q.ID)
		}
		q, err := d.question()
		if err != nil {
			return nil, fmt.Errorf("%s: question %s: %w", file, d.q.ID, err)
		}
		all[i] = q
	}
	return all, nil
}

type quizParser struct{ drafts []*questionDraft }

// questionDraft is a question while it is read.
type questionDraft struct {
	q                  QuizItem
	begin, kind, right string
	options            map[string]*Option
}

// texts says where the text of a line goes; a line "question KEY:" begins the next
// question, "a id:" is the option a, and "why a id:" says why it is right or wrong.
func (p *quizParser) texts(head string) *string {
	if key, ok := strings.CutPrefix(head, "question "); ok {
		p.drafts = append(p.drafts, &questionDraft{q: QuizItem{ID: key}, options: map[string]*Option{}})
		return &p.drafts[len(p.drafts)-1].begin
	}
	if len(p.drafts) == 0 {
		return nil
	}
	d := p.drafts[len(p.drafts)-1]
	words := strings.Fields(head)
	plain := map[string]*string{
		"kind": &d.kind, "right": &d.right, "scenario": &d.q.Scenario, "line": &d.q.Evidence.Line, "field": &d.q.Evidence.Field,
		"said": &d.q.Said, "answered": &d.q.Answer,
	}
	if text, ok := plain[head]; ok {
		return text
	}
	switch {
	case len(words) == 2 && words[0] == "why":
		return in(&d.q.Why, words[1])
	case len(words) == 2 && words[0] == "ask":
		return in(&d.q.Ask, words[1])
	case len(words) == 3 && words[0] == "why" && len(words[1]) == 1:
		return in(&d.option(words[1]).Why, words[2])
	case len(words) == 2 && len(words[0]) == 1:
		return in(&d.option(words[0]).Text, words[1])
	}
	return nil
}

// in gives the place of a language's text; nil for no language.
func in(t *Text, lang string) *string {
	return map[string]*string{"id": &t.ID, "en": &t.EN}[lang]
}

func (d *questionDraft) option(key string) *Option {
	if d.options[key] == nil {
		d.options[key] = &Option{Key: key}
	}
	return d.options[key]
}

// checkByte holds that a question about a byte has what it needs.
func (d *questionDraft) checkByte() error {
	q := &d.q
	if _, ok := Find(q.Scenario); !ok {
		return fmt.Errorf("scenario: there is no scenario %q", q.Scenario)
	}
	if q.Evidence.Line == "" || q.Evidence.Field == "" || q.Why.ID == "" || q.Why.EN == "" {
		return errors.New("line:, field:, why id: and why en: are needed")
	}
	return nil
}

// question gives the question once all its lines are read.
func (d *questionDraft) question() (QuizItem, error) {
	q := d.q
	q.Kind, q.Right = questionKinds[d.kind], list(d.right)
	switch {
	case q.Kind == 0:
		return q, fmt.Errorf("kind: write single, multiple, order, byte or answer, not %q", d.kind)
	case q.Ask.ID == "" || q.Ask.EN == "":
		return q, errors.New("the lines ask id: and ask en: are needed")
	case q.Kind == FindByte:
		return q, d.checkByte()
	case q.Kind == Answering && (q.Scenario == "" || q.Said == "" || q.Answer == ""):
		return q, errors.New("scenario:, said: and answered: say what is run for real; write all three")
	case len(d.options) < 2:
		return q, errors.New("two options are needed at least, each with a id:, a en:, why a id: and why a en: for its letter")
	case (q.Kind == Single || q.Kind == Answering) && len(q.Right) != 1, len(q.Right) == 0:
		return q, errors.New("right: name the option that is right")
	case q.Kind == Ordering && len(q.Right) != len(d.options):
		return q, errors.New("right: name all options in their order")
	}
	if _, ok := Find(q.Scenario); q.Scenario != "" && !ok {
		return q, fmt.Errorf("scenario: there is no scenario %q", q.Scenario)
	}
	for i, key := range q.Right {
		switch {
		case d.options[key] == nil:
			return q, fmt.Errorf("right: there is no option %q", key)
		case slices.Contains(q.Right[:i], key):
			return q, fmt.Errorf("right: the option %s is named twice", key)
		}
	}
	for _, o := range d.options {
		if o.Text.ID == "" || o.Text.EN == "" || o.Why.ID == "" || o.Why.EN == "" {
			return q, fmt.Errorf("option %s: the lines %[1]s id:, %[1]s en:, why %[1]s id: and why %[1]s en: are needed", o.Key)
		}
		q.Options = append(q.Options, *o)
	}
	slices.SortFunc(q.Options, func(a, b Option) int { return strings.Compare(a.Key, b.Key) })
	return q, nil
}
