package rounds

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/internal/keyed"
)

// Log is the book of visits, shifts and attendance (走访与勤务日志) of one
// subdistrict. It is a deterministic machine for one writer and not safe for
// concurrent use; Decide, Tick and every query leave it unchanged, so they may
// run side by side between two calls of Apply.
type Log struct {
	zone      *time.Location
	authority Authority

	seq     uint64
	at      int64 // Unix milliseconds of the last entry
	keys    keyed.Index
	refused map[uint64]Refusal // by sequence number, for replays
	queue   queue

	names      names
	houses     []house
	houseOf    map[Code]int32
	places     [][]Code // the areas of households, each list once
	placeOf    map[string]uint32
	plans      map[Code]*plan
	covering   map[coverKey][]*term
	visits     []visit
	people     []uint32 // of all visits, one after the other
	fills      []fill   // of all visits, one after the other
	shifts     map[Code]*shift
	tasks      map[Code]*task
	waiting    map[Code][]Code // tasks carried over, by squad
	records    map[Code]*record
	attendance map[Code]*roll
}

// coverKey is what a plan covers and a household is.
type coverKey struct{ class, area uint32 }

// house is a household. stays is what it owes, in the order in which it came to
// owe it; last is the number of its latest visit, counted from 1.
type house struct {
	code            Code
	building, class uint32
	place, last     uint32
	since, left     Date // left is 0 while it is enrolled
	stays           []stay
	version         uint64
}

// stay is a run of periods [first, last) of one term that a household owes, and
// which of them were filled. A run has at most 64 periods that were filled: a
// longer one is cut.
type stay struct {
	term         *term
	filled       uint64
	class, place uint32
	first, last  int32
}

// forever is the end of a stay or of a term that has none yet.
const forever = 1<<31 - 1

func (s *stay) owes(k int) bool { return int(s.first) <= k && k < min(int(s.last), s.term.periods) }

func (s *stay) made(k int) bool {
	i := k - int(s.first)
	return 0 <= i && i < 64 && s.filled>>i&1 == 1
}

// madeFrom reports whether period k or a later one was filled.
func (s *stay) madeFrom(k int) bool { return s.filled>>max(0, k-int(s.first)) != 0 }

// plan is a plan of visits. Its terms follow each other without a gap.
type plan struct {
	code    Code
	terms   []*term
	teams   []Code // that ever were, in the order in which they came
	members []member
	turns   []turn
	over    bool // ended
	version uint64
}

// term is a plan while its conditions stay the same. Its period k is period
// base+k of the plan.
type term struct {
	plan    *plan
	terms   Amend
	start   Date
	every   rhythm
	base    int
	periods int // how many it has, forever when it has no end
	closed  int // how many of them are over
	named   Code
	missed  int // named as missed so far in the period that is being closed
	members []int32
	due     due // when the present period is over
}

// member is a person in a team of a plan on [from, until), until 0 for no end.
type member struct {
	person, team Code
	from, until  Date
}

func (m *member) on(d Date) bool { return m.from <= d && (m.until == 0 || d < m.until) }

// turn says that from a date on the teams of order lead in turn, a period each,
// the first one in period.
type turn struct {
	from   Date
	period int
	order  []Code
}

// visit is one visit. Its people and its fills begin where those of the visit
// before it end.
type visit struct {
	at                          int64
	house                       int32
	on                          Date
	kind, result, event, before uint32 // before is the visit before of the household
	class, place                uint32 // of the household then
	peopleEnd, fillsEnd         uint32
	late                        bool
}

type fill struct {
	term   *term
	period int32 // of the term
	team   uint32
	led    bool
}

// shift is a shift of a squad.
type shift struct {
	Briefed
	answers  []Answer // beside Tasks; an empty Result is open
	open     int
	state    ShiftState
	late     bool  // debriefed late
	fired    bool  // was not debriefed when due
	ended    int64 // when it was debriefed
	from, to int64
	due      due
	version  uint64
}

// task is where a task stands.
type task struct {
	squad, shift Code // shift is the latest it was given out in
	closed       bool
	carries      int
	Task
}

// record is a record of attendance.
type record struct {
	Attend
	by Code // the record that corrects it, if any
}

// roll is what is known of one person: shifts by beginning, records as made.
type roll struct {
	shifts  []*shift
	records []*record
}

// names keeps each code once.
type names struct {
	list []Code
	of   map[Code]uint32
}

func (n *names) put(c Code) uint32 {
	if c == "" {
		return 0
	}
	if i, ok := n.of[c]; ok {
		return i
	}
	if n.of == nil {
		n.of, n.list = map[Code]uint32{}, []Code{""}
	}
	i := uint32(len(n.list))
	n.list = append(n.list, c)
	n.of[c] = i
	return i
}

// at answers the code of a number, "" for 0.
func (n *names) at(i uint32) Code {
	if i == 0 {
		return ""
	}
	return n.list[i]
}

// NewLog answers an empty log. The zone is asked what day it is when something
// is decided; a log that is only replayed needs none. The authority may be nil,
// which allows everything.
func NewLog(zone *time.Location, a Authority) *Log { return &Log{zone: zone, authority: a} }

// Seq is the sequence number of the last entry, 0 for none.
func (l *Log) Seq() uint64 { return l.seq }

// house answers the household of a code, nil when there is none.
func (l *Log) house(c Code) *house {
	if i, ok := l.houseOf[c]; ok {
		return &l.houses[i]
	}
	return nil
}

// bounds is period k of the term, not before the term begins.
func (t *term) bounds(k int) (from, until Date) {
	from, until = t.every.bounds(t.start, k)
	return max(from, t.start), until
}

// covers reports whether a household of that class in those areas is in the term.
func (t *term) covers(class Code, areas []Code) bool {
	return slices.Contains(t.terms.Classes, class) &&
		slices.ContainsFunc(areas, func(a Code) bool { return slices.Contains(t.terms.Areas, a) })
}

// least is the percentage of a period that must be left for it to be owed.
func (a Amend) least() int {
	if a.Least == 0 {
		return 50
	}
	return a.Least
}

// termOn is the term of a date: the latest that has begun, the first one before
// that; terms that were given up before they began do not count.
func (p *plan) termOn(d Date) *term {
	var found *term
	for _, t := range p.terms {
		if t.periods > 0 && (found == nil || t.start <= d) {
			found = t
		}
	}
	if found == nil {
		found = p.terms[0]
	}
	return found
}

// number is the period of a date, counted through all terms; that of the first
// day before the plan begins.
func (p *plan) number(d Date) int {
	t := p.termOn(d)
	return t.base + max(0, t.every.index(t.start, d))
}

// termOf is the term that has a period, and the number of the period in it.
func (p *plan) termOf(period int) (*term, int, bool) {
	for _, t := range slices.Backward(p.terms) {
		if k := period - t.base; k >= 0 && k < t.periods {
			return t, k, true
		}
	}
	return nil, 0, false
}

// put sets a key of a map that may not have been made yet.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}
