package division

import "github.com/gridgov/gridgov/internal/code"

// Contradiction is how a unit's code denies that the unit lies in its parent.
type Contradiction struct {
	Child, Parent Code
	// Outward says that the child's level is not further in than the parent's,
	// which no digits could mend.
	Outward bool
	// Parts are the parts of the parent's code that the child's does not repeat,
	// outermost first, up to the level of the one further out.
	Parts []Mismatch
}

// Mismatch is one part that differs.
type Mismatch struct {
	Level         Level
	From, To      int // digits, counted from 1, both included
	Child, Parent string
}

// Agree reports whether the code of a unit can be in the unit with the code
// parent, and how it cannot. Codes that are not both division codes agree, since
// nothing can be said of them. Levels in between may be left out. One code
// written in two ways agrees with itself, since that is how lists fill a level
// that a place does not have: 441900 as the county of 4419. It allocates only for
// a contradiction.
func Agree(child, parent code.Code) (Contradiction, bool) {
	c, ok := Of(child)
	if !ok {
		return Contradiction{}, true
	}
	p, ok := Of(parent)
	if !ok || p.Covers(c) {
		return Contradiction{}, true
	}
	found := Contradiction{Child: c, Parent: p, Outward: c.Level() <= p.Level()}
	for l := Province; l <= min(c.Level(), p.Level()); l++ {
		if c.Part(l) != p.Part(l) {
			from, to := l.Digits()
			found.Parts = append(found.Parts, Mismatch{l, from, to, c.spell(l), p.spell(l)})
		}
	}
	return found, false
}

// spell is the digits of c's part at level l.
func (c Code) spell(l Level) string {
	from, to := l.Digits()
	return string(c.digits(nil, to)[from-1:])
}

// Text says what contradicts what: "zh" is Chinese, anything else English. It is
// empty for the zero Contradiction.
func (c Contradiction) Text(lang string) string {
	if c.Child == 0 && c.Parent == 0 {
		return ""
	}
	var list []string
	for _, m := range c.Parts {
		list = append(list, texts.Text(lang, "mismatch", between(m.From, m.To), m.Level.Text(lang), m.Child, m.Parent))
	}
	if c.Outward {
		list = append(list, texts.Text(lang, "not-inside", c.Child.Level().Text(lang), c.Parent.Level().Text(lang)))
	}
	return texts.Text(lang, "contradiction", c.Child.String(), c.Parent.String(), join(lang, list))
}
