package council

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"
)

// Council is a council as it stands. Version is the number of entries about the
// council itself: its rules, seats and bulletins.
type Council struct {
	Code        Code      `json:"council"`
	Name        string    `json:"name"`
	Area        Code      `json:"area"`
	Level       Code      `json:"level"`
	Kind        Kind      `json:"kind"`
	Rules       Rules     `json:"rules"`
	RisesTo     Code      `json:"rises_to,omitzero"`
	Session     Code      `json:"session,omitzero"` // the meeting that is open
	FoundedAt   time.Time `json:"founded_at"`
	DissolvedAt time.Time `json:"dissolved_at,omitzero"`
	Version     uint64    `json:"version"`
}

// SeatView is one seat of a person, held in [From, Until).
type SeatView struct {
	Person   Code      `json:"person"`
	Capacity string    `json:"capacity"`
	Vote     bool      `json:"vote"`
	From     time.Time `json:"from,omitzero"`
	Until    time.Time `json:"until,omitzero"`
	Lapsed   bool      `json:"lapsed,omitzero"` // ended by absence
}

// Meeting is a meeting as it stands. Rules, Count and Quorate are those of its
// opening; Present are those there now, or at the end, and Absent is known when it
// is closed; all people by code.
type Meeting struct {
	ID       Code         `json:"meeting"`
	Council  Code         `json:"council"`
	State    MeetingState `json:"state"`
	For      time.Time    `json:"for"` // the instant it was convened for
	OpenedAt time.Time    `json:"opened_at,omitzero"`
	ClosedAt time.Time    `json:"closed_at,omitzero"`
	Agenda   []Code       `json:"agenda,omitempty"` // in the order of the agenda
	Chair    Code         `json:"chair,omitzero"`
	Present  []Code       `json:"present,omitempty"`
	Excused  []Code       `json:"excused,omitempty"`
	Voters   int64        `json:"voters,omitzero"` // present without names
	Absent   []Code       `json:"absent,omitempty"`
	Rules    Rules        `json:"rules,omitzero"`
	Count    Count        `json:"count,omitzero"`
	Quorate  bool         `json:"quorate,omitzero"`
	Version  uint64       `json:"version"`
}

// Topic is a topic as it stands. NextDue is zero unless it is tracked. Version is
// the number of entries about it.
type Topic struct {
	ID       Code      `json:"topic"`
	Council  Code      `json:"council"`
	Title    string    `json:"title"`
	Matter   Code      `json:"matter,omitzero"`
	Meeting  Code      `json:"meeting,omitzero"` // in which it was raised
	By       Code      `json:"by,omitzero"`
	Below    Code      `json:"below,omitzero"`  // what it was before it rose
	Above    Code      `json:"above,omitzero"`  // what it became by rising
	Agenda   Code      `json:"agenda,omitzero"` // the pending meeting whose agenda it is on
	State    State     `json:"state"`
	RaisedAt time.Time `json:"raised_at"`
	Since    time.Time `json:"since"` // when it came to its state
	Decided  *Resolved `json:"decided,omitempty"`
	NextDue  time.Time `json:"next_due,omitzero"`
	Overdue  bool      `json:"overdue,omitzero"`
	Reviews  int       `json:"reviews,omitzero"`
	Result   string    `json:"result,omitzero"` // when it is done
	Version  uint64    `json:"version"`
}

// Ballot is one person's vote.
type Ballot struct {
	Person Code   `json:"person"`
	Choice Choice `json:"choice"`
}

// Absence is how often the holder of a seat was missed in a natural year without
// excuse. Reached says that it is as often as the rules of the council allow.
type Absence struct {
	Person  Code `json:"person"`
	Year    int  `json:"year"`
	Times   int  `json:"times"`
	Reached bool `json:"reached"`
}

func (c *council) view() Council {
	v := Council{Code: c.Council, Name: c.Name, Area: c.Area, Level: c.Level, Kind: c.Kind, Rules: c.Rules, RisesTo: c.RisesTo,
		FoundedAt: date(c.foundedAt), DissolvedAt: date(c.endedAt), Version: c.version}
	if c.session != nil {
		v.Session = c.session.id
	}
	return v
}

func (g *meeting) view() Meeting {
	v := Meeting{ID: g.id, Council: g.council.Council, State: g.state, For: date(g.due), OpenedAt: date(g.openedAt), ClosedAt: date(g.closedAt),
		Agenda: slices.Clone(g.agenda), Chair: g.chair, Excused: slices.Clone(g.excused), Absent: slices.Clone(g.absent),
		Voters: g.voters, Rules: g.rules, Count: g.count, Quorate: g.quorate, Version: g.version}
	for person, there := range g.present {
		if there {
			v.Present = append(v.Present, person)
		}
	}
	slices.Sort(v.Present)
	return v
}

func (t *topic) view() Topic {
	v := Topic{ID: t.id, Council: t.council.Council, Title: t.title, Matter: t.matter, Meeting: t.meeting, By: t.by, Below: t.below,
		Above: t.above, State: t.state, RaisedAt: date(t.history[0].at), Since: date(t.history[len(t.history)-1].at),
		NextDue: date(t.armed), Overdue: t.overdue, Reviews: t.reviews, Result: t.result, Version: t.version}
	if t.on != nil {
		v.Agenda = t.on.id
	}
	if t.decided != nil {
		v.Decided = new(*t.decided)
	}
	return v
}

// Council answers the council of that code.
func (m *Minutes) Council(id Code) (Council, bool) {
	if c := m.councils[id]; c != nil {
		return c.view(), true
	}
	return Council{}, false
}

// Councils ranges over every council by code, dissolved ones too. Each range
// sorts, O(n log n); the minutes must not be changed meanwhile, as with every
// other range.
func (m *Minutes) Councils() iter.Seq[Council] {
	return func(yield func(Council) bool) {
		for _, id := range slices.Sorted(maps.Keys(m.councils)) {
			if !yield(m.councils[id].view()) {
				return
			}
		}
	}
}

// Seats ranges over the seats ever given in a council and not cancelled before
// they began, by person, then by From. Each range sorts, O(n log n).
func (m *Minutes) Seats(council Code) iter.Seq[SeatView] {
	return func(yield func(SeatView) bool) {
		c := m.councils[council]
		if c == nil {
			return
		}
		for _, person := range slices.Sorted(maps.Keys(c.seats)) {
			for _, s := range c.seats[person] {
				if !yield(SeatView{person, s.capacity, s.vote, date(s.from), date(s.until), s.lapsed}) {
					return
				}
			}
		}
	}
}

// Seat answers the seat that a person holds in a council at an instant.
func (m *Minutes) Seat(council, person Code, at time.Time) (SeatView, bool) {
	if c := m.councils[council]; c != nil {
		if s := c.seatAt(person, at.UnixMilli()); s != nil {
			return SeatView{person, s.capacity, s.vote, date(s.from), date(s.until), s.lapsed}, true
		}
	}
	return SeatView{}, false
}

// Absences lists the seats of a council whose holders were missed in a natural
// year (in Beijing), by person, then by From; a person who was seated anew starts
// from nothing. O(n log n).
func (m *Minutes) Absences(council Code, year int) []Absence {
	c := m.councils[council]
	if c == nil {
		return nil
	}
	var list []Absence
	for _, person := range slices.Sorted(maps.Keys(c.seats)) {
		for _, s := range c.seats[person] {
			if n := s.times(year); n > 0 {
				list = append(list, Absence{person, year, n, c.Rules.Absences > 0 && n >= c.Rules.Absences})
			}
		}
	}
	return list
}

// Meeting answers the meeting of that id. O(present).
func (m *Minutes) Meeting(id Code) (Meeting, bool) {
	if g := m.meetings[id]; g != nil {
		return g.view(), true
	}
	return Meeting{}, false
}

// Meetings ranges over the meetings of a council by the instant for which they
// were convened, then by id. Each range sorts, O(n log n).
func (m *Minutes) Meetings(council Code) iter.Seq[Meeting] {
	return func(yield func(Meeting) bool) {
		c := m.councils[council]
		if c == nil {
			return
		}
		for _, g := range slices.SortedFunc(slices.Values(c.meetings), func(a, b *meeting) int {
			return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.id, b.id))
		}) {
			if !yield(g.view()) {
				return
			}
		}
	}
}

// Topic answers the topic of that id.
func (m *Minutes) Topic(id Code) (Topic, bool) {
	if t := m.topics[id]; t != nil {
		return t.view(), true
	}
	return Topic{}, false
}

// Topics ranges over the topics of a council by id. Each range sorts, O(n log n).
func (m *Minutes) Topics(council Code) iter.Seq[Topic] {
	return func(yield func(Topic) bool) {
		c := m.councils[council]
		if c == nil {
			return
		}
		for _, t := range slices.SortedFunc(slices.Values(c.topics), byID) {
			if !yield(t.view()) {
				return
			}
		}
	}
}

// Chain lists what a topic was and became by rising, from the council in which
// it was raised upwards; id may be any of them.
func (m *Minutes) Chain(id Code) []Topic {
	if m.topics[id] == nil {
		return nil
	}
	var list []Topic
	for t := m.topics[rootOf(id)]; t != nil; t = m.topics[t.above] {
		list = append(list, t.view())
	}
	return list
}

// Ballots lists the votes recorded by person in the latest poll on a topic, by
// person, and the meeting of that poll; none for a tally.
func (m *Minutes) Ballots(topic Code) (meeting Code, ballots []Ballot) {
	t := m.topics[topic]
	if t == nil {
		return "", nil
	}
	for _, person := range slices.Sorted(maps.Keys(t.ballots)) {
		ballots = append(ballots, Ballot{person, t.ballots[person]})
	}
	return t.polledIn, ballots
}

// Tracked ranges over every tracked topic by next due, then by id (督办清单). Each
// range sorts, O(n log n).
func (m *Minutes) Tracked() iter.Seq[Topic] {
	return func(yield func(Topic) bool) {
		for _, t := range m.queue.sorted() {
			if !yield(t.view()) {
				return
			}
		}
	}
}
