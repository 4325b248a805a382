package council_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/party/council"
)

// twin is the rules of the minutes in the plainest form: lists that are walked
// from one end to the other, instants as they come, written from the
// documentation. It is never late: what is due is done before anything else.
type twin struct {
	councils []*tCouncil
	meetings []*tMeeting
	topics   []*tTopic
}

type tCouncil struct {
	council.Found
	from, until time.Time
	seats       []*tSeat
	bulletins   int
	version     int
}

type tSeat struct {
	council.Seat
	lapsed bool
	missed map[int]int
}

type tMeeting struct {
	council.Convene
	agenda      []council.Code
	state       council.MeetingState
	from, until time.Time
	rules       council.Rules
	chair       council.Code
	came, there map[council.Code]bool
	excused     []council.Code
	absent      []council.Code
	count       council.Count
	quorate     bool
	version     int
}

type tTopic struct {
	council.Raise
	of           council.Code // council
	below, above council.Code
	up           int
	states       []council.State
	since        []time.Time
	on           council.Code
	poll         council.Code
	ballots      map[council.Code]council.Choice
	tally        *council.Count
	decided      *council.Resolved
	next         time.Time
	overdue      bool
	reviews      int
	result       string
	version      int
}

func find[T any](list []*T, is func(*T) bool) *T {
	for _, x := range list {
		if is(x) {
			return x
		}
	}
	return nil
}

func (w *twin) council(id council.Code) *tCouncil {
	return find(w.councils, func(c *tCouncil) bool { return c.Council == id })
}

func (w *twin) meeting(id council.Code) *tMeeting {
	return find(w.meetings, func(g *tMeeting) bool { return g.Meeting == id })
}

func (w *twin) topic(id council.Code) *tTopic {
	return find(w.topics, func(t *tTopic) bool { return t.Topic == id })
}

func (w *twin) session(id council.Code) *tMeeting {
	return find(w.meetings, func(g *tMeeting) bool { return g.Council == id && g.state == council.MeetingOpen })
}

func (t *tTopic) state() council.State { return t.states[len(t.states)-1] }

func (t *tTopic) waiting() bool { return t.state() == "raised" || t.state() == "deferred" }

func (t *tTopic) move(s council.State, at time.Time) {
	t.states, t.since = append(t.states, s), append(t.since, at)
	if s != "tracking" {
		t.next = time.Time{}
	}
	if !t.waiting() {
		t.on = ""
	}
	t.version++
}

func (s *tSeat) held(at time.Time) bool {
	return (s.From.IsZero() || !at.Before(s.From)) && (s.Until.IsZero() || at.Before(s.Until))
}

func (c *tCouncil) seatOf(person council.Code, at time.Time) *tSeat {
	return find(c.seats, func(s *tSeat) bool { return s.Person == person && s.held(at) })
}

// due is the topic that does something first, at or before now.
func (w *twin) due(now time.Time) *tTopic {
	var first *tTopic
	for _, t := range w.topics {
		if t.next.IsZero() || !t.next.Before(now) {
			continue
		}
		if first == nil || t.next.Before(first.next) || t.next.Equal(first.next) && t.Topic < first.Topic {
			first = t
		}
	}
	return first
}

func (w *twin) tick(now time.Time) {
	for t := w.due(now); t != nil; t = w.due(now) {
		at := t.next.Add(time.Millisecond)
		next := t.next.AddDate(0, 0, t.decided.Follow) // UTC has no summer time
		owned := t.decided.Owner != ""
		switch {
		case owned && !t.overdue:
			t.overdue, t.next = true, next
			t.version++
		case owned && t.reviews >= t.decided.Reviews && w.council(t.of).RisesTo != "" && t.up < council.RisesMax:
			w.rise(t, at)
		default:
			t.reviews, t.next = t.reviews+1, next
			t.version++
		}
	}
}

func (w *twin) rise(t *tTopic, at time.Time) {
	root, _, _ := strings.Cut(string(t.Topic), "^")
	up := &tTopic{Raise: council.Raise{Topic: council.Code(fmt.Sprintf("%s^%d", root, t.up+1)), Title: t.Title, Matter: t.Matter, By: t.By},
		of: w.council(t.of).RisesTo, below: t.Topic, up: t.up + 1}
	up.move("raised", at)
	t.above = up.Topic
	t.move("risen", at)
	w.topics = append(w.topics, up)
}

// heads counts who may vote and who of them is there.
func (w *twin) heads(g *tMeeting, at time.Time) council.Count {
	var n council.Count
	c := w.council(g.Council)
	for _, s := range c.seats {
		if s.Vote && s.held(at) {
			n.Members++
			if g.there[s.Person] {
				n.Present++
			}
		}
	}
	return n
}

func (w *twin) poll(t *tTopic, g *tMeeting, at time.Time) council.Count {
	n := w.heads(g, at)
	if t.poll != g.Meeting {
		return n
	}
	if t.tally != nil {
		return *t.tally // as it was when it was counted
	}
	for person, choice := range t.ballots {
		if s := w.council(g.Council).seatOf(person, at); s == nil || !s.Vote || !g.there[person] {
			continue
		}
		switch choice {
		case "yes":
			n.Yes++
		case "no":
			n.No++
		default:
			n.Abstain++
		}
	}
	return n
}

// outcome is what a count leads to, and the base, by the words of the rules.
func (w *twin) outcome(t *tTopic, g *tMeeting, n council.Count, at time.Time) (council.Result, int64) {
	base := map[council.Base]int64{"all": n.Members, "present": n.Present, "cast": n.Yes + n.No + n.Abstain}[g.rules.Base]
	if g.rules.Abstain == "out" {
		base -= n.Abstain
	}
	var chair council.Choice
	if s := w.council(g.Council).seatOf(g.chair, at); s != nil && s.Vote && g.there[g.chair] && t.poll == g.Meeting {
		chair = t.ballots[g.chair]
	}
	if enough(g.rules.Pass, n.Yes, base) {
		return "passed", base
	}
	if n.Yes > 0 && n.Yes == n.No {
		switch {
		case g.rules.Tie == "chair" && chair == "yes":
			return "passed", base
		case g.rules.Tie == "defers", g.rules.Tie == "chair" && chair != "no":
			return "deferred", base
		}
	}
	return "failed", base
}

// least is the smallest number that is enough, found by counting.
func least(r council.Ratio, whole int64) int64 {
	n := int64(1)
	for !enough(r, n, whole) && n <= whole {
		n++
	}
	return n
}

func inBeijing(at time.Time) int { return at.In(time.FixedZone("", 8*3600)).Year() }

// do carries out a command that nothing speaks against.
func (w *twin) do(do council.Do, at time.Time) {
	switch d := do.(type) {
	case council.Found:
		w.councils = append(w.councils, &tCouncil{Found: d, from: at, version: 1})
	case council.Amend:
		c := w.council(d.Council)
		c.Rules, c.RisesTo = d.Rules, d.RisesTo
		c.version++
	case council.Dissolve:
		c := w.council(d.Council)
		c.until = at
		c.version++
	case council.Seat:
		if d.From.IsZero() {
			d.From = at
		}
		c := w.council(d.Council)
		c.seats = append(c.seats, &tSeat{Seat: d, missed: map[int]int{}})
		c.version++
	case council.Unseat:
		c := w.council(d.Council)
		c.seats = slices.DeleteFunc(c.seats, func(s *tSeat) bool { return s.Person == d.Person && !s.From.Before(at) })
		if s := c.seatOf(d.Person, at); s != nil {
			s.Until = at
		}
		c.version++
	case council.Convene:
		w.meetings = append(w.meetings, &tMeeting{Convene: d, agenda: slices.Clone(d.Agenda), state: "convened", version: 1})
		for _, id := range d.Agenda {
			w.topic(id).on = d.Meeting
		}
	case council.Open:
		g := w.meeting(d.Meeting)
		g.state, g.from, g.rules, g.chair = "open", at, w.council(g.Council).Rules, d.Chair
		g.came, g.there, g.excused = map[council.Code]bool{}, map[council.Code]bool{}, slices.Sorted(slices.Values(d.Excused))
		for _, p := range d.Present {
			g.came[p], g.there[p] = true, true
		}
		g.count = w.heads(g, at)
		g.quorate = g.count.Members >= g.rules.MembersMin && enough(g.rules.Quorum, g.count.Present, g.count.Members)
		g.version++
	case council.Attend:
		g := w.meeting(d.Meeting)
		for _, p := range d.Arrived {
			g.came[p], g.there[p] = true, true
		}
		for _, p := range d.Left {
			g.there[p] = false
		}
		g.version++
	case council.Close:
		w.close(w.meeting(d.Meeting), at)
	case council.Raise:
		t := &tTopic{Raise: d, of: d.Council, on: d.Meeting}
		t.move("raised", at)
		w.topics = append(w.topics, t)
		if g := w.meeting(d.Meeting); g != nil {
			g.agenda = append(g.agenda, d.Topic)
			g.version++
		}
	case council.Vote:
		t := w.topic(d.Topic)
		if g := w.session(t.of); t.poll != g.Meeting {
			t.poll, t.tally, t.ballots = g.Meeting, nil, map[council.Code]council.Choice{}
		}
		t.ballots[d.Person] = d.Choice
		t.version++
	case council.Tally:
		t := w.topic(d.Topic)
		g := w.session(t.of)
		n := w.heads(g, at)
		n.Yes, n.No, n.Abstain = d.Yes, d.No, d.Abstain
		t.poll, t.tally, t.ballots = g.Meeting, &n, nil
		t.version++
	case council.Resolve:
		w.resolve(d, at)
	case council.Done:
		t := w.topic(d.Topic)
		t.result = d.Result
		t.move("done", at)
	case council.Withdraw:
		w.topic(d.Topic).move("withdrawn", at)
	case council.Rise:
		w.rise(w.topic(d.Topic), at)
	case council.Publish:
		c := w.council(d.Council)
		c.bulletins++
		c.version++
	}
}

func (w *twin) close(g *tMeeting, at time.Time) {
	held := g.state == "open"
	g.state, g.until = "lapsed", at
	g.version++
	c := w.council(g.Council)
	if held {
		g.state = "closed"
		year := inBeijing(g.from)
		for _, s := range c.seats {
			if !s.Vote || !s.held(g.from) || g.came[s.Person] || slices.Contains(g.excused, s.Person) {
				continue
			}
			g.absent = append(g.absent, s.Person)
			s.missed[year]++
			if g.rules.Lapse && g.rules.Absences > 0 && s.missed[year] >= g.rules.Absences && s.held(at) && s.From.Before(at) {
				s.Until, s.lapsed = at, true
				c.version++
			}
		}
		slices.Sort(g.absent)
	}
	for _, id := range slices.Sorted(slices.Values(g.agenda)) {
		t := w.topic(id)
		if t.on != g.Meeting {
			continue
		}
		t.on = ""
		if held && (t.decided == nil || t.decided.Meeting != g.Meeting) && c.Kind == council.KindCoordination && c.RisesTo != "" && t.up < council.RisesMax {
			w.rise(t, at)
		}
	}
}

func (w *twin) resolve(d council.Resolve, at time.Time) {
	t := w.topic(d.Topic)
	g := w.session(t.of)
	f := &council.Resolved{Topic: d.Topic, Meeting: g.Meeting, Result: d.Result, Consensus: g.rules.Way == "consensus", Count: w.poll(t, g, at)}
	if d.Result == "" {
		f.Result, f.Of = w.outcome(t, g, f.Count, at)
		f.Needed = least(g.rules.Pass, f.Of)
	}
	t.decided = f
	switch f.Result {
	case "failed":
		t.move("failed", at)
	case "deferred":
		t.move("deferred", at)
	case "passed":
		f.Owner, f.Due, f.Case, f.Project, f.Follow, f.Reviews = d.Owner, d.Due, d.Case, d.Project, g.rules.Follow, g.rules.Reviews
		f.Next = d.Due
		if d.Owner == "" {
			f.Next = at.AddDate(0, 0, f.Follow)
		}
		t.move("tracking", at)
		t.next = f.Next
	}
}
