package council_test

import (
	"slices"
	"time"

	"github.com/gridgov/gridgov/party/council"
)

// precedence is the documented order of refusals, written down again.
var precedence = []string{
	"council-exists", "no-council", "meeting-exists", "no-meeting", "topic-exists", "no-topic", "no-right", "stale", "dissolved",
	"wrong-state", "cycle", "rises-here", "meeting-pending", "topics-pending", "other-council", "on-agenda", "in-session",
	"not-in-session", "not-on-agenda", "by-consensus", "not-own", "not-seated", "no-vote", "seat-overlaps", "not-present", "too-few",
	"no-quorum", "already-voted", "already-tallied", "too-many-votes", "result-needed", "result-stated", "unassigned", "past", "at-top", "too-many",
}

// rightsTable is who needs what, written down again.
var rightsTable = map[string]string{
	"found": "appoint", "amend": "appoint", "dissolve": "appoint", "seat": "appoint", "unseat": "appoint",
	"convene": "command", "open": "command", "attend": "command", "close": "command", "tally": "command",
	"resolve": "decide", "rise": "decide", "withdraw": "decide", "done": "manage", "publish": "manage",
}

// bosses lets boss do everything, except that nobody manages in area-c2.
type bosses struct{}

func (bosses) Allows(person, _ council.Code, right string, scope council.Code, _ time.Time) bool {
	return person == "boss" && (right != "manage" || scope != "area-c2")
}

// reasons collects everything that speaks against a command, in no order.
type reasons struct {
	w      *twin
	at     time.Time
	actor  council.Actor
	verb   string
	codes  []string
	expect uint64
}

func (r *reasons) say(when bool, code string) {
	if when {
		r.codes = append(r.codes, code)
	}
}

func (r *reasons) right(area council.Code) {
	right := rightsTable[r.verb]
	r.say(right != "" && r.actor != (council.Actor{}) && !(bosses{}).Allows(r.actor.Person, r.actor.Post, right, area, r.at), "no-right")
}

func (r *reasons) version(v int) { r.say(r.expect != 0 && r.expect != uint64(v), "stale") }

// in is what speaks against acting on a council.
func (r *reasons) in(id council.Code, version int) *tCouncil {
	c := r.w.council(id)
	r.say(c == nil, "no-council")
	if c != nil {
		r.right(c.Area)
		r.say(!c.until.IsZero(), "dissolved")
		if version < 0 {
			version = c.version
		}
		r.version(version)
	}
	return c
}

func (w *twin) why(c council.Command, at time.Time) []string {
	r := &reasons{w: w, at: at, actor: c.Actor, verb: verbOf(c.Do), expect: c.Expect}
	switch d := c.Do.(type) {
	case council.Found:
		old, up := w.council(d.Council), w.council(d.RisesTo)
		r.say(old != nil, "council-exists")
		r.say(d.RisesTo != "" && up == nil, "no-council")
		r.right(d.Area)
		r.version(0)
		r.say(up != nil && !up.until.IsZero(), "dissolved")
	case council.Amend:
		r.in(d.Council, -1)
		up := w.council(d.RisesTo)
		r.say(d.RisesTo != "" && up == nil, "no-council")
		r.say(up != nil && !up.until.IsZero(), "dissolved")
		for ; up != nil; up = w.council(up.RisesTo) {
			r.say(up.Council == d.Council, "cycle")
		}
	case council.Dissolve:
		r.in(d.Council, -1)
		for _, o := range w.councils {
			r.say(o.RisesTo == d.Council && o.until.IsZero(), "rises-here")
		}
		for _, g := range w.meetings {
			r.say(g.Council == d.Council && (g.state == "open" || g.state == "convened"), "meeting-pending")
		}
		for _, t := range w.topics {
			r.say(t.of == d.Council && (t.waiting() || t.state() == "tracking"), "topics-pending")
		}
	case council.Seat:
		if c := r.in(d.Council, -1); c != nil {
			if d.From.IsZero() {
				d.From = at
			}
			r.say(!d.Until.IsZero() && !d.Until.After(d.From), "past")
			for _, s := range c.seats {
				apart := !s.Until.IsZero() && !s.Until.After(d.From) || !d.Until.IsZero() && !d.Until.After(s.From)
				r.say(s.Person == d.Person && !apart, "seat-overlaps")
			}
		}
	case council.Unseat:
		if c := r.in(d.Council, -1); c != nil {
			r.say(find(c.seats, func(s *tSeat) bool { return s.Person == d.Person && (s.Until.IsZero() || s.Until.After(at)) }) == nil, "not-seated")
		}
	case council.Convene:
		r.in(d.Council, 0)
		r.say(w.meeting(d.Meeting) != nil, "meeting-exists")
		for _, id := range d.Agenda {
			t := w.topic(id)
			r.say(t == nil, "no-topic")
			if t != nil {
				r.say(!t.waiting(), "wrong-state")
				r.say(t.of != d.Council, "other-council")
				r.say(t.on != "", "on-agenda")
			}
		}
	case council.Open, council.Attend, council.Close:
		r.meeting(d)
	case council.Raise:
		r.in(d.Council, 0)
		r.say(w.topic(d.Topic) != nil, "topic-exists")
		g := w.meeting(d.Meeting)
		r.say(d.Meeting != "" && g == nil, "no-meeting")
		if g != nil {
			r.say(g.state != "open" && g.state != "convened", "wrong-state")
			r.say(g.Council != d.Council, "other-council")
			r.say(len(g.agenda) >= council.AgendaMax, "too-many")
		}
	case council.Publish:
		r.in(d.Council, -1)
	default:
		r.topic(d)
	}
	return r.codes
}

func (r *reasons) meeting(do council.Do) {
	var id council.Code
	switch d := do.(type) {
	case council.Open:
		id = d.Meeting
	case council.Attend:
		id = d.Meeting
	case council.Close:
		id = d.Meeting
	}
	g := r.w.meeting(id)
	r.say(g == nil, "no-meeting")
	if g == nil {
		return
	}
	c := r.w.council(g.Council)
	r.right(c.Area)
	r.version(g.version)
	switch d := do.(type) {
	case council.Open:
		r.say(g.state != "convened", "wrong-state")
		r.say(r.w.session(g.Council) != nil, "in-session")
		for _, p := range slices.Concat(d.Present, d.Excused) {
			r.say(c.seatOf(p, r.at) == nil, "not-seated")
		}
	case council.Attend:
		r.say(g.state != "open", "wrong-state")
		for _, p := range d.Arrived {
			r.say(c.seatOf(p, r.at) == nil, "not-seated")
		}
		for _, p := range d.Left {
			r.say(!g.there[p], "not-present")
		}
	case council.Close:
		r.say(g.state != "convened" && g.state != "open", "wrong-state")
	}
}

func (r *reasons) topic(do council.Do) {
	id := topicOf(do)
	t := r.w.topic(id)
	r.say(t == nil, "no-topic")
	if t == nil {
		return
	}
	c := r.w.council(t.of)
	r.right(c.Area)
	r.version(t.version)
	switch do.(type) {
	case council.Done:
		r.say(t.state() != "tracking", "wrong-state")
		return
	case council.Withdraw:
		r.say(!t.waiting(), "wrong-state")
		return
	case council.Rise:
		r.say(!t.waiting() && t.state() != "tracking", "wrong-state")
		r.say(c.RisesTo == "" || t.up >= council.RisesMax, "at-top")
		return
	}
	r.say(!t.waiting(), "wrong-state")
	g := r.w.session(t.of)
	r.say(g == nil, "not-in-session")
	if g == nil {
		return
	}
	r.say(t.on != g.Meeting || t.decided != nil && t.decided.Meeting == g.Meeting, "not-on-agenda")
	n := r.w.heads(g, r.at)
	able := func() {
		r.say(n.Members < g.rules.MembersMin, "too-few")
		r.say(!enough(g.rules.Quorum, n.Present, n.Members), "no-quorum")
	}
	switch d := do.(type) {
	case council.Vote:
		r.say(g.rules.Way == "consensus", "by-consensus")
		r.say(r.actor != (council.Actor{}) && r.actor.Person != d.Person, "not-own")
		s := c.seatOf(d.Person, r.at)
		r.say(s == nil, "not-seated")
		r.say(s != nil && !s.Vote, "no-vote")
		r.say(!g.there[d.Person], "not-present")
		able()
		r.say(t.poll == g.Meeting && t.ballots[d.Person] != "", "already-voted")
		r.say(t.poll == g.Meeting && t.tally != nil, "already-tallied")
	case council.Tally:
		r.say(g.rules.Way == "consensus", "by-consensus")
		able()
		r.say(t.poll == g.Meeting && t.tally == nil, "already-voted")
		r.say(t.poll == g.Meeting && t.tally != nil, "already-tallied")
		r.say(d.Yes+d.No+d.Abstain > n.Present, "too-many-votes")
	case council.Resolve:
		if d.Result == "deferred" {
			return
		}
		able()
		n = r.w.poll(t, g, r.at)
		r.say(n.Yes+n.No+n.Abstain > n.Present, "too-many-votes")
		agreed := g.rules.Way == "consensus"
		r.say(agreed && d.Result == "", "result-needed")
		r.say(!agreed && d.Result != "", "result-stated")
		result := d.Result
		if !agreed {
			result, _ = r.w.outcome(t, g, n, r.at)
		}
		r.say(result == "passed" && d.Owner == "" && d.Case == "" && d.Project == "", "unassigned")
		r.say(result == "passed" && d.Owner != "" && d.Due.Before(r.at), "past")
	}
}

func topicOf(do council.Do) council.Code {
	switch d := do.(type) {
	case council.Vote:
		return d.Topic
	case council.Tally:
		return d.Topic
	case council.Resolve:
		return d.Topic
	case council.Done:
		return d.Topic
	case council.Withdraw:
		return d.Topic
	case council.Rise:
		return d.Topic
	}
	return ""
}
