package council_test

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

// views is everything minutes answer, in one value.
type views struct {
	Councils  []council.Council
	Seats     map[council.Code][]council.SeatView
	Absences  map[council.Code][]council.Absence
	Meetings  map[council.Code][]council.Meeting
	Topics    map[council.Code][]council.Topic
	Ballots   map[council.Code][]council.Ballot
	Bulletins map[council.Code]int
	Below     map[council.Code][]council.Code
	Tracked   []council.Code
	Next      time.Time
	Counts    []council.Counts
}

func years(at time.Time) []int { return []int{at.Year() - 1, at.Year(), at.Year() + 1} }

// spans are the intervals and instants that counts are asked for.
func spans(at time.Time) (during []council.Interval, asOf []time.Time) {
	return []council.Interval{{}, {From: noon.Add(2 * day)}, {Until: noon.Add(5 * day)}, {From: noon.Add(day), Until: at}},
		[]time.Time{noon.Add(-1), noon.Add(day), noon.Add(4 * day), at}
}

// ask puts every query to minutes.
func ask(t require.TestingT, m *council.Minutes, at time.Time) views {
	v := views{Seats: map[council.Code][]council.SeatView{}, Absences: map[council.Code][]council.Absence{}, Meetings: map[council.Code][]council.Meeting{},
		Topics: map[council.Code][]council.Topic{}, Ballots: map[council.Code][]council.Ballot{}, Bulletins: map[council.Code]int{}, Below: map[council.Code][]council.Code{}}
	for c := range m.Councils() {
		v.Councils = append(v.Councils, c)
		one, ok := m.Council(c.Code)
		require.True(t, ok)
		require.Equal(t, c, one)
		v.Seats[c.Code] = slices.Collect(m.Seats(c.Code))
		for _, y := range years(at) {
			v.Absences[c.Code] = append(v.Absences[c.Code], m.Absences(c.Code, y)...)
		}
		v.Meetings[c.Code] = slices.Collect(m.Meetings(c.Code))
		v.Topics[c.Code] = slices.Collect(m.Topics(c.Code))
		for _, topic := range v.Topics[c.Code] {
			if _, b := m.Ballots(topic.ID); b != nil {
				v.Ballots[topic.ID] = b
			}
			one, ok := m.Topic(topic.ID)
			require.True(t, ok)
			require.Equal(t, topic, one)
			chain := m.Chain(topic.ID)
			require.Equal(t, council.Code(""), chain[0].Below)
			require.Equal(t, council.Code(""), chain[len(chain)-1].Above)
			require.True(t, slices.ContainsFunc(chain, func(l council.Topic) bool { return l.ID == topic.ID }))
		}
		v.Bulletins[c.Code] = len(m.Publications(c.Code))
		v.Below[c.Code] = m.Below(c.Code)
		during, asOf := spans(at)
		for _, d := range during {
			for _, when := range asOf {
				v.Counts = append(v.Counts, m.Count(v.Below[c.Code], d, when))
			}
		}
	}
	for topic := range m.Tracked() {
		v.Tracked = append(v.Tracked, topic.ID)
	}
	v.Next, _ = m.NextDue()
	return v
}

// views is what minutes must answer.
func (w *twin) views(at time.Time) views {
	v := views{Seats: map[council.Code][]council.SeatView{}, Absences: map[council.Code][]council.Absence{}, Meetings: map[council.Code][]council.Meeting{},
		Topics: map[council.Code][]council.Topic{}, Ballots: map[council.Code][]council.Ballot{}, Bulletins: map[council.Code]int{}, Below: map[council.Code][]council.Code{}}
	for _, c := range slices.SortedFunc(slices.Values(w.councils), func(a, b *tCouncil) int { return cmp.Compare(a.Council, b.Council) }) {
		id := c.Council
		v.Seats[id], v.Absences[id], v.Below[id] = nil, nil, nil
		view := council.Council{Code: id, Name: c.Name, Area: c.Area, Level: c.Level, Kind: c.Kind, Rules: c.Rules, RisesTo: c.RisesTo,
			FoundedAt: c.from, DissolvedAt: c.until, Version: uint64(c.version)}
		if g := w.session(id); g != nil {
			view.Session = g.Meeting
		}
		v.Councils = append(v.Councils, view)
		seats := slices.SortedFunc(slices.Values(c.seats), func(a, b *tSeat) int { return cmp.Or(cmp.Compare(a.Person, b.Person), a.From.Compare(b.From)) })
		for _, s := range seats {
			v.Seats[id] = append(v.Seats[id], council.SeatView{Person: s.Person, Capacity: s.Capacity, Vote: s.Vote, From: s.From, Until: s.Until, Lapsed: s.lapsed})
		}
		for _, y := range years(at) {
			for _, s := range seats {
				if n := s.missed[y]; n > 0 {
					v.Absences[id] = append(v.Absences[id], council.Absence{Person: s.Person, Year: y, Times: n, Reached: c.Rules.Absences > 0 && n >= c.Rules.Absences})
				}
			}
		}
		v.Bulletins[id] = c.bulletins
		v.Meetings[id], v.Topics[id] = w.meetingViews(id), w.topicViews(id, v.Ballots)
		for _, o := range w.councils {
			for up := o; up != nil; up = w.council(up.RisesTo) {
				if up == c {
					v.Below[id] = append(v.Below[id], o.Council)
				}
			}
		}
		slices.Sort(v.Below[id])
		during, asOf := spans(at)
		for _, d := range during {
			for _, when := range asOf {
				v.Counts = append(v.Counts, w.count(v.Below[id], d, when))
			}
		}
	}
	for _, t := range slices.SortedFunc(slices.Values(w.topics), func(a, b *tTopic) int { return cmp.Or(a.next.Compare(b.next), cmp.Compare(a.Topic, b.Topic)) }) {
		if !t.next.IsZero() {
			v.Tracked = append(v.Tracked, t.Topic)
			if v.Next.IsZero() {
				v.Next = t.next.Add(time.Millisecond)
			}
		}
	}
	return v
}

func (w *twin) meetingViews(id council.Code) []council.Meeting {
	var list []council.Meeting
	for _, g := range w.meetings {
		if g.Council != id {
			continue
		}
		m := council.Meeting{ID: g.Meeting, Council: id, State: g.state, For: g.For, OpenedAt: g.from, ClosedAt: g.until, Agenda: g.agenda, Chair: g.chair,
			Excused: g.excused, Absent: g.absent, Rules: g.rules, Count: g.count, Quorate: g.quorate, Version: uint64(g.version)}
		for _, p := range slices.Sorted(maps.Keys(g.there)) {
			if g.there[p] {
				m.Present = append(m.Present, p)
			}
		}
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b council.Meeting) int { return cmp.Or(a.For.Compare(b.For), cmp.Compare(a.ID, b.ID)) })
	return list
}

func (w *twin) topicViews(id council.Code, ballots map[council.Code][]council.Ballot) []council.Topic {
	var list []council.Topic
	for _, t := range w.topics {
		if t.of != id {
			continue
		}
		list = append(list, council.Topic{ID: t.Topic, Council: id, Title: t.Title, Matter: t.Matter, Meeting: t.Meeting, By: t.By, Below: t.below, Above: t.above,
			Agenda: t.on, State: t.state(), RaisedAt: t.since[0], Since: t.since[len(t.since)-1], Decided: t.decided, NextDue: t.next, Overdue: t.overdue,
			Reviews: t.reviews, Result: t.result, Version: uint64(t.version)})
		for _, p := range slices.Sorted(maps.Keys(t.ballots)) {
			ballots[t.Topic] = append(ballots[t.Topic], council.Ballot{Person: p, Choice: t.ballots[p]})
		}
	}
	slices.SortFunc(list, func(a, b council.Topic) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// count walks everything there is, once for each question.
func (w *twin) count(ids []council.Code, d council.Interval, asOf time.Time) council.Counts {
	var n council.Counts
	within := func(at time.Time) bool {
		return !at.After(asOf) && (d.From.IsZero() || !at.Before(d.From)) && (d.Until.IsZero() || at.Before(d.Until))
	}
	for _, g := range w.meetings {
		if slices.Contains(ids, g.Council) && !g.from.IsZero() && within(g.from) {
			n.Meetings++
		}
	}
	for _, t := range w.topics {
		if !slices.Contains(ids, t.of) || !within(t.since[0]) {
			continue
		}
		var s council.State
		for i := range t.states {
			if !t.since[i].After(asOf) {
				s = t.states[i]
			}
		}
		n.Raised++
		if t.below != "" {
			n.FromBelow++
		}
		switch s {
		case "raised":
			n.Open++
		case "deferred":
			n.Deferred++
		case "tracking":
			n.Tracking++
		case "done":
			n.Done++
		case "failed":
			n.Failed++
		case "withdrawn":
			n.Withdrawn++
		case "risen":
			n.Risen++
		}
	}
	return n
}
