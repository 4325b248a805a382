package council_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/council"
)

var (
	somebody = []council.Code{"p1", "p2", "p3", "p4"}
	councils = []council.Code{"c1", "c2", "c3"}
)

// aim draws the id of something for which keep holds, or now and then any id.
func aim[T any](t *rapid.T, label string, list []*T, id func(*T) council.Code, keep func(*T) bool) council.Code {
	var fit, all []council.Code
	for _, x := range list {
		all = append(all, id(x))
		if keep(x) {
			fit = append(fit, id(x))
		}
	}
	if len(fit) > 0 && rapid.IntRange(0, 7).Draw(t, label+" aimed") > 0 {
		return rapid.SampledFrom(fit).Draw(t, label)
	}
	return rapid.SampledFrom(append(all, "none")).Draw(t, label+" any")
}

func (m *machine) aCouncil(t *rapid.T) council.Code {
	return aim(t, "council", m.twin.councils, func(c *tCouncil) council.Code { return c.Council }, func(c *tCouncil) bool { return c.until.IsZero() })
}

func (m *machine) aMeeting(t *rapid.T, states ...council.MeetingState) council.Code {
	return aim(t, "meeting", m.twin.meetings, func(g *tMeeting) council.Code { return g.Meeting }, func(g *tMeeting) bool { return slices.Contains(states, g.state) })
}

// aTopic draws a topic that the meeting in session hears.
func (m *machine) aTopic(t *rapid.T, keep func(*tTopic) bool) council.Code {
	return aim(t, "topic", m.twin.topics, func(x *tTopic) council.Code { return x.Topic }, keep)
}

func (m *machine) heard(x *tTopic) bool {
	g := m.twin.session(x.of)
	return x.waiting() && g != nil && x.on == g.Meeting
}

func (m *machine) fresh(kind string) council.Code {
	m.next++
	return council.Code(fmt.Sprint(kind, m.next))
}

func drawRules(t *rapid.T) council.Rules {
	return council.Rules{
		Way:        rapid.SampledFrom([]council.Way{council.ByVote, council.ByVote, council.ByConsensus}).Draw(t, "way"),
		Quorum:     rapid.SampledFrom([]council.Ratio{{Num: 0, Den: 1}, {Num: 1, Den: 2, Above: true}, {Num: 2, Den: 3}, {Num: 1, Den: 3}}).Draw(t, "quorum"),
		MembersMin: rapid.SampledFrom([]int64{0, 0, 0, 2}).Draw(t, "least"),
		Pass:       rapid.SampledFrom([]council.Ratio{{Num: 1, Den: 2, Above: true}, {Num: 1, Den: 2}, {Num: 2, Den: 3}, {Num: 1, Den: 3}}).Draw(t, "pass"),
		Base:       rapid.SampledFrom([]council.Base{council.BaseAll, council.BasePresent, council.BaseCast}).Draw(t, "base"),
		Abstain:    rapid.SampledFrom([]council.Abstention{council.AbstainAgainst, council.AbstainOut}).Draw(t, "abstain"),
		Tie:        rapid.SampledFrom([]council.Tie{council.TieFails, council.TieDefers, council.TieChair}).Draw(t, "tie"),
		Absences:   rapid.IntRange(0, 2).Draw(t, "absences"), Lapse: rapid.Bool().Draw(t, "lapse"),
		Follow: rapid.IntRange(1, 3).Draw(t, "follow"), Reviews: rapid.IntRange(0, 2).Draw(t, "reviews"), Source: "a sentence",
	}
}

func some(t *rapid.T, label string, list []council.Code) []council.Code {
	var out []council.Code
	for _, c := range list {
		if rapid.Bool().Draw(t, label) {
			out = append(out, c)
		}
	}
	return out
}

// draw draws a verb.
func (m *machine) draw(t *rapid.T) council.Do {
	verbs := []func(*rapid.T) council.Do{
		m.drawFound, m.drawSeat, m.drawConvene, m.drawOpen, m.drawOpen, m.drawRaise, m.drawRaise, m.drawVote, m.drawVote, m.drawTally,
		m.drawResolve, m.drawTopic, m.drawTopic, m.drawTopic, m.drawOther, m.drawOther, m.drawOther, m.drawOther, m.drawOther, m.drawClose,
	}
	// A young world has nothing to decide: begin with what builds it.
	if len(m.twin.councils) == 0 {
		return m.drawFound(t)
	}
	return rapid.SampledFrom(verbs).Draw(t, "verb")(t)
}

func (m *machine) drawFound(t *rapid.T) council.Do {
	id := rapid.SampledFrom(councils).Draw(t, "id")
	up := council.Code("")
	if len(m.twin.councils) > 0 && rapid.IntRange(0, 3).Draw(t, "rises") > 0 {
		up = m.aCouncil(t)
	}
	f := founded(id, drawRules(t), up)
	f.Kind = rapid.SampledFrom([]council.Kind{council.KindCouncil, council.KindCoordination}).Draw(t, "kind")
	return f
}

func (m *machine) drawSeat(t *rapid.T) council.Do {
	c := m.aCouncil(t)
	p := rapid.SampledFrom(somebody).Draw(t, "person")
	s := council.Seat{Council: c, Person: p, Capacity: "居民", Vote: rapid.IntRange(0, 4).Draw(t, "vote") > 0}
	if rapid.IntRange(0, 4).Draw(t, "from") == 0 {
		s.From = m.now.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "days")) * day)
	}
	if rapid.IntRange(0, 3).Draw(t, "until") == 0 {
		s.Until = m.now.Add(time.Duration(rapid.IntRange(0, 4).Draw(t, "days")) * day)
		if !s.From.IsZero() && !s.From.Before(s.Until) {
			s.Until = s.From.Add(day)
		}
	}
	return s
}

func (m *machine) drawConvene(t *rapid.T) council.Do {
	c := council.Convene{Meeting: m.fresh("g"), Council: m.aCouncil(t), For: m.now.Add(time.Hour)}
	if old := m.aMeeting(t); old != "none" && rapid.IntRange(0, 9).Draw(t, "old") == 0 {
		c.Meeting = old
	}
	var agenda []council.Code
	for _, x := range m.twin.topics {
		if x.of == c.Council && x.waiting() && x.on == "" {
			agenda = append(agenda, x.Topic)
		}
	}
	c.Agenda = some(t, "agenda", agenda)
	if rapid.IntRange(0, 5).Draw(t, "odd") == 0 {
		odd := m.aTopic(t, func(*tTopic) bool { return false })
		if !slices.Contains(c.Agenda, odd) {
			c.Agenda = append(c.Agenda, odd)
		}
	}
	return c
}

// holders are the people with a seat in a council now.
func (m *machine) holders(id council.Code) []council.Code {
	var list []council.Code
	if c := m.twin.council(id); c != nil {
		for _, p := range somebody {
			if c.seatOf(p, m.now) != nil {
				list = append(list, p)
			}
		}
	}
	return list
}

func (m *machine) drawOpen(t *rapid.T) council.Do {
	o := council.Open{Meeting: m.aMeeting(t, council.MeetingConvened)}
	g := m.twin.meeting(o.Meeting)
	list := somebody
	if g != nil && rapid.IntRange(0, 9).Draw(t, "guests") > 0 {
		list = m.holders(g.Council)
	}
	for _, p := range list {
		switch rapid.IntRange(0, 7).Draw(t, "comes") {
		case 0:
		case 1:
			o.Excused = append(o.Excused, p)
		default:
			o.Present = append(o.Present, p)
		}
	}
	if len(o.Present) > 0 && rapid.Bool().Draw(t, "chaired") {
		o.Chair = rapid.SampledFrom(o.Present).Draw(t, "chair")
	}
	return o
}

func (m *machine) drawRaise(t *rapid.T) council.Do {
	r := council.Raise{Topic: m.fresh("t"), Council: m.aCouncil(t), Title: "议题", Matter: "park", By: "p1"}
	if old := m.aTopic(t, func(*tTopic) bool { return false }); rapid.IntRange(0, 9).Draw(t, "old") == 0 && len(old) < 4 {
		r.Topic = old
	}
	if rapid.Bool().Draw(t, "in a meeting") {
		if g := m.twin.meeting(m.aMeeting(t, council.MeetingOpen, council.MeetingConvened)); g != nil {
			r.Meeting = g.Meeting
			if rapid.IntRange(0, 5).Draw(t, "its own") > 0 {
				r.Council = g.Council
			}
		}
	}
	return r
}

func (m *machine) drawVote(t *rapid.T) council.Do {
	v := council.Vote{Topic: m.aTopic(t, m.heard), Person: rapid.SampledFrom(somebody).Draw(t, "person"),
		Choice: rapid.SampledFrom([]council.Choice{council.Yes, council.Yes, council.No, council.Abstain}).Draw(t, "choice")}
	return v
}

func (m *machine) drawTally(t *rapid.T) council.Do {
	n := rapid.Int64Range(0, 2)
	return council.Tally{Topic: m.aTopic(t, m.heard), Yes: n.Draw(t, "yes"), No: n.Draw(t, "no") / 2, Abstain: n.Draw(t, "abstain") / 2}
}

func (m *machine) drawResolve(t *rapid.T) council.Do {
	r := council.Resolve{Topic: m.aTopic(t, m.heard)}
	switch rapid.IntRange(0, 6).Draw(t, "for") {
	case 0:
	case 1:
		r.Case = "E1"
	case 2:
		r.Project = "P1"
	default:
		r.Owner, r.Due = "community", m.now.Add(rapid.SampledFrom([]time.Duration{-time.Hour, 0, time.Hour, day, 3 * day}).Draw(t, "due"))
	}
	results := []council.Result{"", "", "", council.Deferred, council.Passed}
	if x := m.twin.topic(r.Topic); x != nil {
		if g := m.twin.session(x.of); g != nil && g.rules.Way == council.ByConsensus {
			results = []council.Result{"", council.Passed, council.Passed, council.Failed, council.Deferred}
		}
	}
	r.Result = rapid.SampledFrom(results).Draw(t, "result")
	return r
}

// drawTopic draws a verb that ends a topic here.
func (m *machine) drawTopic(t *rapid.T) council.Do {
	tracked := func(x *tTopic) bool { return x.state() == council.StateTracking }
	switch rapid.IntRange(0, 4).Draw(t, "end") {
	case 0, 1:
		return council.Done{Topic: m.aTopic(t, tracked), Result: "办好了"}
	case 2:
		return council.Withdraw{Topic: m.aTopic(t, (*tTopic).waiting)}
	}
	return council.Rise{Topic: m.aTopic(t, func(x *tTopic) bool { return x.waiting() || tracked(x) })}
}

func (m *machine) drawClose(t *rapid.T) council.Do {
	return council.Close{Meeting: m.aMeeting(t, council.MeetingOpen, council.MeetingOpen, council.MeetingConvened)}
}

func (m *machine) drawOther(t *rapid.T) council.Do {
	switch rapid.IntRange(0, 5).Draw(t, "other") {
	case 0:
		up := council.Code("")
		if rapid.Bool().Draw(t, "rises") {
			up = m.aCouncil(t)
		}
		return council.Amend{Council: m.aCouncil(t), Rules: drawRules(t), RisesTo: up}
	case 1:
		return council.Dissolve{Council: aim(t, "idle", m.twin.councils, func(c *tCouncil) council.Code { return c.Council }, func(c *tCouncil) bool {
			return len(m.twin.why(council.Command{Do: council.Dissolve{Council: c.Council}}, m.now)) == 0
		})}
	case 2:
		return council.Unseat{Council: m.aCouncil(t), Person: rapid.SampledFrom(somebody).Draw(t, "person")}
	case 3:
		p := council.Publish{Council: m.aCouncil(t)}
		if rapid.Bool().Draw(t, "from") {
			p.From = noon.Add(day)
		}
		return p
	}
	a := council.Attend{Meeting: m.aMeeting(t, council.MeetingOpen)}
	g := m.twin.meeting(a.Meeting)
	for _, p := range somebody {
		there := g != nil && g.there[p]
		switch n := rapid.IntRange(0, 8).Draw(t, "moves"); {
		case n < 3 && there, n == 8 && !there && g == nil:
			a.Left = append(a.Left, p)
		case n < 5 && !there && g != nil && slices.Contains(m.holders(g.Council), p), n == 8:
			a.Arrived = append(a.Arrived, p)
		}
	}
	return a
}
