package council

import (
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/internal/envelope"
	"github.com/gridgov/gridgov/internal/keyed"
)

// Minutes is the record of every council of a subdistrict (议事录): councils and
// their seats, meetings, topics and bulletins. It is a deterministic machine for
// one writer and not safe for concurrent use; Decide, Tick and every query leave
// it unchanged, so they may run side by side between two calls of Apply. The zero
// Minutes is empty, ready, and allows everything.
type Minutes struct {
	authority Authority
	seq       uint64
	last      int64 // the latest instant of any entry
	keys      keyed.Index
	refused   map[uint64]Refusal // by sequence number, for replays
	councils  map[Code]*council
	meetings  map[Code]*meeting
	topics    map[Code]*topic
	queue     queue // of tracked topics
}

// council is a council with its seats, by person and then by From.
type council struct {
	Found              // with the rules and the council above as they stand
	foundedAt, endedAt int64
	seats              map[Code][]seat
	seated             int // seats ever given
	session            *meeting
	meetings           []*meeting
	topics             []*topic
	bulletins          []Publication
	version            uint64
	heads              heads // of the session
}

// heads is a count of heads that stands while nobody comes, goes, or gains or
// loses a seat. Only Apply writes it, so queries may run side by side.
type heads struct {
	meeting         *meeting
	council, roll   uint64 // the versions of the council and the meeting
	from, until     int64  // the instants for which it stands; until is excluded, none for no end
	members, voters int64
}

// stand reports whether the count is that of a meeting at an instant.
func (h *heads) stand(g *meeting, at int64) bool {
	return h.meeting == g && h.council == g.council.version && h.roll == g.version && h.from <= at && (h.until == none || at < h.until)
}

// seat is a seat of one person, [from, until).
type seat struct {
	capacity    string
	vote        bool
	from, until int64 // none when open
	lapsed      bool
	missed      []missed // by year
}

// missed counts the unexcused absences of a natural year.
type missed struct{ year, times int }

// meeting is a meeting with who is there. rules are those of the council when it
// was opened, count and quorate what was found then.
type meeting struct {
	id                      Code
	council                 *council
	state                   MeetingState
	due, openedAt, closedAt int64
	agenda                  []Code
	rules                   Rules
	chair                   Code
	present                 map[Code]bool // true: there now; false: left
	excused                 []Code
	voters                  int64 // present without names
	absent                  []Code
	count                   Count
	quorate                 bool
	version                 uint64
}

// NewMinutes answers empty minutes in which a says who may do what; nil allows
// everything.
func NewMinutes(a Authority) *Minutes { return &Minutes{authority: a} }

// Seq is the sequence number of the last entry, 0 for none.
func (m *Minutes) Seq() uint64 { return m.seq }

// NextDue is the first instant at which Tick does something; false when there is
// none, also when a due on the last instant of 9999 would fire after it. O(1).
func (m *Minutes) NextDue() (time.Time, bool) {
	if len(m.queue) == 0 || m.queue[0].armed+fireAfter > envelope.LastMilli {
		return time.Time{}, false
	}
	return date(m.queue[0].armed + fireAfter), true
}

func (s *seat) holds(at int64) bool {
	return (s.from == none || s.from <= at) && (s.until == none || at < s.until)
}

// seatAt is the seat a person holds at an instant.
func (c *council) seatAt(person Code, at int64) *seat {
	seats := c.seats[person]
	for i := range seats {
		if seats[i].holds(at) {
			return &seats[i]
		}
	}
	return nil
}

// overlaps reports whether a person has a seat in some part of an interval.
func (c *council) overlaps(person Code, from, until int64) bool {
	return slices.ContainsFunc(c.seats[person], func(s seat) bool {
		return (s.until == none || from == none || from < s.until) && (s.from == none || until == none || s.from < until)
	})
}

// pending is a meeting that is not closed, the smallest by id, nil for none.
func (c *council) pending() *meeting {
	var first *meeting
	for _, m := range c.meetings {
		if m.state.pending() && (first == nil || m.id < first.id) {
			first = m
		}
	}
	return first
}

// members counts who may vote at an instant. O(seats).
func (c *council) members(at int64) int64 {
	n := int64(0)
	for _, seats := range c.seats {
		for i := range seats {
			if seats[i].vote && seats[i].holds(at) {
				n++
			}
		}
	}
	return n
}

// votes reports whether a person may vote at an instant in a meeting: is seated
// with a vote, and there.
func (g *meeting) votes(person Code, at int64) bool {
	if !g.present[person] {
		return false
	}
	s := g.council.seatAt(person, at)
	return s != nil && s.vote
}

// head counts who may vote, and who of them is there. O(1) where the count was
// taken and stands, else O(seats).
func (g *meeting) head(at int64) Count {
	if h := &g.council.heads; h.stand(g, at) {
		return Count{Members: h.members, Present: min(h.members, h.voters)}
	}
	members := g.council.members(at)
	return Count{Members: members, Present: min(members, g.crowd(at))}
}

// countHeads takes the count of heads that head answers from now on. Until the
// next seat begins or ends nothing but a version can change it.
func (g *meeting) countHeads(at int64) {
	c := g.council
	if c.heads.stand(g, at) {
		return
	}
	next := int64(none)
	for _, seats := range c.seats {
		for i := range seats {
			for _, edge := range []int64{seats[i].from, seats[i].until} {
				if edge != none && edge > at && (next == none || edge < next) {
					next = edge
				}
			}
		}
	}
	c.heads = heads{g, c.version, g.version, at, next, c.members(at), g.crowd(at)}
}

// crowd is how many who may vote are there, by name and without. Seats may have
// ended since those without names were counted.
func (g *meeting) crowd(at int64) int64 {
	n := g.voters
	for person := range g.present {
		if g.votes(person, at) {
			n++
		}
	}
	return n
}

// poll is head with the votes of those who may vote at that instant; of a tally it
// is the votes with the heads when they were counted, whoever left since.
// O(ballots).
func (g *meeting) poll(t *topic, at int64) Count {
	if t.polledIn == g.id && t.tally != nil {
		return *t.tally
	}
	c := g.head(at)
	if t.polledIn != g.id {
		return c
	}
	for person, choice := range t.ballots {
		if !g.votes(person, at) {
			continue
		}
		switch choice {
		case Yes:
			c.Yes++
		case No:
			c.No++
		case Abstain:
			c.Abstain++
		}
	}
	return c
}

// absentees lists, by person, who should have been at a meeting and was not: had a
// vote when it was opened, was never there and was not excused. Nobody is known to
// be where some are present without names.
func (g *meeting) absentees() []Code {
	var list []Code
	if g.voters > 0 {
		return nil
	}
	for person := range g.council.seats {
		if g.missing(person) {
			list = append(list, person)
		}
	}
	slices.Sort(list)
	return list
}

func (g *meeting) missing(person Code) bool {
	_, came := g.present[person]
	if came {
		return false
	}
	if _, excused := slices.BinarySearch(g.excused, person); excused {
		return false
	}
	s := g.council.seatAt(person, g.openedAt)
	return s != nil && s.vote
}

// times is how often the holder of a seat was missed in a year.
func (s *seat) times(year int) int {
	for _, m := range s.missed {
		if m.year == year {
			return m.times
		}
	}
	return 0
}

// miss counts one absence more.
func (s *seat) miss(year int) {
	for i := range s.missed {
		if s.missed[i].year == year {
			s.missed[i].times++
			return
		}
	}
	s.missed = append(s.missed, missed{year, 1})
	slices.SortFunc(s.missed, func(a, b missed) int { return a.year - b.year })
}

func byID(a, b *topic) int { return strings.Compare(string(a.id), string(b.id)) }

// put sets a key of a map that may not have been made yet.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}
