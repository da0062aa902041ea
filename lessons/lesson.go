package lessons

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"surel/protocols/note"
)

// Lesson is a part of the course that one can go through from its introduction
// to its end.
type Lesson struct {
	// ID is the name of its folder, such as "smtp".
	ID string
	// Title names it in a few words; Goal says what one can do at its end.
	Title, Goal Text
	// Intro are the blocks of its introduction, in Markdown.
	Intro []Text
	// Sections are the keys of the source's sections on which it builds.
	Sections []string
	// Scenarios are the IDs of those that it plays, Cards those of its cards.
	Scenarios, Cards []string
	Tasks            []Task
	Quiz             []QuizItem
	// Learned says at its end what was learned.
	Learned Text
	// Read are the standards' sections to read on in.
	Read []string
	// NoSkip tells that the intended way of a task is not shown before it is done.
	NoSkip bool
}

// Lessons gives the lessons in the order of teaching. The result must not be
// changed.
func Lessons() []Lesson { return course() }

// FindLesson gives the lesson with the ID.
func FindLesson(id string) (Lesson, bool) {
	for _, l := range Lessons() {
		if l.ID == id {
			return l, true
		}
	}
	return Lesson{}, false
}

var course = sync.OnceValue(func() []Lesson {
	all, err := readCourse(content)
	if err != nil {
		panic(err) // the files are compiled in
	}
	return all
})

const courseFolder = "content/lessons"

// readCourse reads the lessons that the index names.
func readCourse(files fs.FS) ([]Lesson, error) {
	index, err := fs.ReadFile(files, path.Join(courseFolder, "index.txt"))
	if err != nil {
		return nil, fmt.Errorf("read lessons: %w", err)
	}
	var all []Lesson
	for _, id := range strings.Fields(string(index)) {
		folder, err := fs.Sub(files, path.Join(courseFolder, id))
		if err != nil {
			return nil, fmt.Errorf("read lesson %s: %w", id, err)
		}
		l, err := ReadLesson(folder, id)
		if err != nil {
			return nil, fmt.Errorf("read lesson %s: %w", id, err)
		}
		all = append(all, l)
	}
	return all, nil
}

// ReadLesson reads a lesson from its folder. Its errors begin with the file and,
// where there is one, the line, and say what to write instead.
func ReadLesson(folder fs.FS, id string) (Lesson, error) {
	const file = "lesson.txt"
	text, err := readFile(folder, file)
	if err != nil {
		return Lesson{}, fmt.Errorf("a lesson needs a file %s: %w", file, err)
	}
	p := lessonParser{l: Lesson{ID: id}}
	lines := form{texts: p.texts}
	if err := readLines(file, text, lines.read); err != nil {
		return Lesson{}, err
	}
	l, err := p.lesson()
	if err != nil {
		return Lesson{}, fmt.Errorf("%s: %w", file, err)
	}
	if l.Intro, err = readIntro(folder); err != nil {
		return Lesson{}, err
	}
	tasks := list(p.tasks)
	for i, name := range tasks {
		if slices.Contains(tasks[:i], name) {
			return Lesson{}, fmt.Errorf("lesson.txt names the task %s twice", name)
		}
		file := "tasks/" + name + ".task"
		text, err := readFile(folder, file)
		if err != nil {
			return Lesson{}, fmt.Errorf("lesson.txt names the task %s: %w", name, err)
		}
		t, err := ParseTask(file, text)
		if err != nil {
			return Lesson{}, err
		}
		t.ID = id + "/" + name
		l.Tasks = append(l.Tasks, t)
	}
	const quiz = "quiz.txt"
	if text, err = readFile(folder, quiz); err != nil {
		return Lesson{}, fmt.Errorf("a lesson needs a file %s: %w", quiz, err)
	}
	if l.Quiz, err = ParseQuiz(quiz, text); err != nil {
		return Lesson{}, err
	}
	for i := range l.Quiz {
		l.Quiz[i].ID = id + "/" + l.Quiz[i].ID
	}
	return l, nil
}

// Introduction gives the whole introduction in Markdown.
func (l *Lesson) Introduction(lang note.Lang) string {
	blocks := make([]string, len(l.Intro))
	for i, b := range l.Intro {
		blocks[i] = b.In(lang)
	}
	return strings.Join(blocks, "\n\n")
}

// readIntro reads the introduction, which has as many blocks in each language.
func readIntro(folder fs.FS) ([]Text, error) {
	var in [2][]string
	for i, file := range []string{"intro.id.md", "intro.en.md"} {
		text, err := readFile(folder, file)
		if err != nil {
			return nil, fmt.Errorf("a lesson needs a file %s: %w", file, err)
		}
		if err := readLines(file, text, safeLine); err != nil {
			return nil, err
		}
		for block := range strings.SplitSeq(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n\n") {
			if block = strings.Trim(block, "\n"); strings.TrimSpace(block) != "" {
				in[i] = append(in[i], block)
			}
		}
	}
	if len(in[0]) != len(in[1]) || len(in[0]) == 0 {
		return nil, fmt.Errorf("intro.id.md has %d blocks and intro.en.md %d; write the same ones in both", len(in[0]), len(in[1]))
	}
	intro := make([]Text, len(in[0]))
	for i := range intro {
		intro[i] = Text{ID: in[0][i], EN: in[1][i]}
	}
	return intro, nil
}

// lessonParser reads lesson.txt.
type lessonParser struct {
	l                                             Lesson
	sections, scenarios, cards, tasks, read, skip string
}

func (p *lessonParser) texts(head string) *string {
	l := &p.l
	return map[string]*string{
		"title id": &l.Title.ID, "title en": &l.Title.EN,
		"goal id": &l.Goal.ID, "goal en": &l.Goal.EN,
		"learned id": &l.Learned.ID, "learned en": &l.Learned.EN,
		"source": &p.sections, "scenarios": &p.scenarios, "cards": &p.cards, "tasks": &p.tasks, "read": &p.read, "skip": &p.skip,
	}[head]
}

// lesson gives the lesson once all lines are read.
func (p *lessonParser) lesson() (Lesson, error) {
	l := p.l
	for head, text := range map[string]string{
		"title id": l.Title.ID, "title en": l.Title.EN, "goal id": l.Goal.ID, "goal en": l.Goal.EN,
		"learned id": l.Learned.ID, "learned en": l.Learned.EN, "tasks": p.tasks,
	} {
		if text == "" {
			return Lesson{}, fmt.Errorf("a line %q is missing", head+":")
		}
	}
	l.Sections, l.Scenarios, l.Cards, l.Read = list(p.sections), list(p.scenarios), list(p.cards), list(p.read)
	switch p.skip {
	case "", "on":
	case "off":
		l.NoSkip = true
	default:
		return Lesson{}, fmt.Errorf("skip: write on or off, not %q", p.skip)
	}
	for _, key := range l.Sections {
		if _, ok := Source().Section(key); !ok {
			return Lesson{}, fmt.Errorf("source: there is no section %q", key)
		}
	}
	for _, id := range l.Scenarios {
		if _, ok := Find(id); !ok {
			return Lesson{}, fmt.Errorf("scenarios: there is no scenario %q", id)
		}
	}
	for _, id := range l.Cards {
		if _, ok := FindCard(id); !ok {
			return Lesson{}, fmt.Errorf("cards: there is no card %q", id)
		}
	}
	return l, nil
}
