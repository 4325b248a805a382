package council_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

// ladder is building → block → street, where all topics pass by consensus.
func ladder(t require.TestingT, kind council.Kind, reviews int) *hand {
	rules := council.Presets()[3].Rules
	rules.Follow, rules.Reviews = 2, reviews
	h := fresh(t)
	var up council.Code
	for _, c := range []council.Code{"street", "block", "building"} {
		f := founded(c, rules, up)
		f.Kind = kind
		h.ok(f, council.Seat{Council: c, Person: "li", Capacity: "负责人", Vote: true})
		up = c
	}
	return h
}

// pass brings topics through a meeting of a council.
func (h *hand) pass(c, g council.Code, due time.Time, topics ...council.Code) {
	h.ok(council.Convene{Meeting: g, Council: c, For: h.at, Agenda: topics}, council.Open{Meeting: g, Present: []council.Code{"li"}})
	for _, t := range topics {
		r := owned(t, due)
		r.Result = council.Passed
		h.ok(r)
	}
	h.ok(council.Close{Meeting: g})
}

func log(entries []council.Entry) []string {
	var list []string
	for _, e := range entries {
		list = append(list, e.At.Format("02 15:04:05.000 ")+council.FactName(e.Fact))
	}
	return list
}

// TestOverdueReviewsRise: on the due nothing, a millisecond after it overdue, then
// reviews, then up; at the top the reviews never end.
func TestOverdueReviewsRise(t *testing.T) {
	h := ladder(t, council.KindCouncil, 1)
	h.ok(council.Raise{Topic: "t", Council: "block", Title: "路灯"})
	due := noon.Add(day)
	h.pass("block", "g1", due, "t")
	require.Empty(t, h.tick(due))
	next, ok := h.m.NextDue()
	require.True(t, ok)
	require.Equal(t, due.Add(time.Millisecond), next)
	require.Empty(t, cmp.Diff([]string{"03 04:00:00.001 overdue", "05 04:00:00.001 review_due", "07 04:00:00.001 risen"}, log(h.tick(noon.Add(30*day)))))
	_, ok = h.m.NextDue()
	require.False(t, ok)
	require.Equal(t, council.StateRisen, h.topic("t").State)
	top := h.topic("t^1")
	require.Equal(t, council.StateRaised, top.State)
	require.Equal(t, []council.Code{"street", "t"}, []council.Code{top.Council, top.Below})
	h.at = noon.Add(30 * day)
	h.pass("street", "g2", h.at, "t^1")
	require.Len(t, h.tick(h.at.Add(20*day)), 10, "overdue, then a review every two days")
	top = h.topic("t^1")
	require.Equal(t, 9, top.Reviews)
	require.Equal(t, h.at.Add(20*day), top.NextDue)
	h.at = h.at.Add(20 * day)
	h.no("at-top", council.Rise{Topic: "t^1"}, "t^1", "street")
	h.ok(council.Done{Topic: "t^1", Result: "装好了"})
	_, ok = h.m.NextDue()
	require.False(t, ok)
	var chain []council.Code
	for _, c := range h.m.Chain("t^1") {
		chain = append(chain, c.ID)
	}
	require.Equal(t, []council.Code{"t", "t^1"}, chain)
}

// TestCaseIsReviewed: what became a case or a project is reviewed until done, never
// overdue here, and does not rise by itself.
func TestCaseIsReviewed(t *testing.T) {
	h := ladder(t, council.KindCouncil, 0)
	h.ok(council.Raise{Topic: "t", Council: "block", Title: "路灯"}, council.Raise{Topic: "u", Council: "block", Title: "公园"})
	h.ok(council.Convene{Meeting: "g", Council: "block", For: h.at, Agenda: []council.Code{"u", "t"}}, council.Open{Meeting: "g", Present: []council.Code{"li"}})
	h.no("result-needed", council.Resolve{Topic: "t", Case: "E1"})
	h.no("unassigned", council.Resolve{Topic: "t", Result: council.Passed})
	h.ok(council.Resolve{Topic: "t", Result: council.Passed, Case: "E1"}, council.Resolve{Topic: "u", Result: council.Passed, Project: "P1"})
	require.Equal(t, []string{"04 04:00:00.001 review_due", "04 04:00:00.001 review_due", "06 04:00:00.001 review_due", "06 04:00:00.001 review_due"}, log(h.tick(noon.Add(5*day))))
	require.False(t, h.topic("t").Overdue)
	var next []council.Code
	for v := range h.m.Tracked() {
		next = append(next, v.ID)
	}
	require.Equal(t, []council.Code{"t", "u"}, next)
}

// TestCoordination: what a coordination meeting leaves unresolved rises when it
// closes, one entry each; where there is no council above it stays and is named.
func TestCoordination(t *testing.T) {
	h := ladder(t, council.KindCoordination, 0)
	for _, id := range []council.Code{"d", "c", "b", "a"} {
		h.ok(council.Raise{Topic: id, Council: "block", Title: "事项" + string(id)})
	}
	h.ok(council.Convene{Meeting: "g", Council: "block", For: h.at, Agenda: []council.Code{"d", "c", "b", "a"}}, council.Open{Meeting: "g", Present: []council.Code{"li"}})
	h.no("by-consensus", council.Tally{Topic: "a", Yes: 1})
	h.no("by-consensus", council.Vote{Topic: "a", Person: "li", Choice: council.Yes})
	r := owned("b", noon.Add(day))
	r.Result = council.Passed
	h.ok(r, council.Resolve{Topic: "d", Result: council.Deferred})
	entries := h.ok(council.Close{Meeting: "g"})
	require.Len(t, entries, 3)
	require.Equal(t, council.Closed{Meeting: "g", Held: true, Left: nil}, entries[0].Fact)
	require.Equal(t, council.Risen{Topic: "a", Council: "street", As: "a^1", Why: council.WhyUnresolved}, entries[1].Fact)
	require.Equal(t, council.Risen{Topic: "c", Council: "street", As: "c^1", Why: council.WhyUnresolved}, entries[2].Fact)
	h.ok(council.Convene{Meeting: "h", Council: "street", For: h.at, Agenda: []council.Code{"c^1", "a^1"}}, council.Open{Meeting: "h", Present: []council.Code{"li"}})
	entries = h.ok(council.Close{Meeting: "h"})
	require.Len(t, entries, 1)
	require.Equal(t, council.Closed{Meeting: "h", Held: true, Left: []council.Code{"a^1", "c^1"}}, entries[0].Fact)
	h.ok(council.Convene{Meeting: "i", Council: "block", For: h.at, Agenda: []council.Code{"d"}})
	require.Equal(t, council.Closed{Meeting: "i"}, h.ok(council.Close{Meeting: "i"})[0].Fact, "it did not take place, nothing rises")
	require.Equal(t, council.MeetingLapsed, h.meeting("i").State)
	n := h.m.Count(h.m.Below("street"), council.Interval{}, h.at)
	require.Equal(t, council.Counts{Meetings: 2, Raised: 6, FromBelow: 2, Open: 2, Deferred: 1, Tracking: 1, Risen: 2}, n)
}

// TestAmendKeepsOpenedMeetings: rules of a later day do not touch a meeting that is
// open, nor a result.
func TestAmendKeepsOpenedMeetings(t *testing.T) {
	h := assembly(t, plain(), 4)
	h.session("g", 3, "t", "u")
	h.ok(council.Tally{Topic: "t", Yes: 2, No: 1}, owned("t", noon.Add(day)))
	all := council.Presets()[2].Rules
	all.Follow = 9
	h.ok(council.Amend{Council: "c", Rules: all})
	h.ok(council.Tally{Topic: "u", Yes: 2, No: 1}, owned("u", noon.Add(day)), council.Close{Meeting: "g"})
	require.Equal(t, council.StateTracking, h.topic("u").State)
	h.tick(noon.Add(2 * day))
	require.Equal(t, noon.Add(31*day), h.topic("t").NextDue)
	h.at = noon.Add(2 * day)
	h.session("k", 3, "v")
	h.ok(council.Tally{Topic: "v", Yes: 2, No: 1}, owned("v", h.at))
	require.Equal(t, council.StateFailed, h.topic("v").State, "two of four members")
}

// TestRiseUsesTheLadderOfItsInstant: Amend and Dissolve first let rise what was due
// to rise before, whatever the cadence.
func TestRiseUsesTheLadderOfItsInstant(t *testing.T) {
	h := ladder(t, council.KindCouncil, 0)
	h.ok(council.Raise{Topic: "t", Council: "building", Title: "电梯"})
	h.pass("building", "g", noon.Add(day), "t")
	h.at = noon.Add(10 * day)
	entries := h.ok(council.Amend{Council: "building", Rules: plain(), RisesTo: "street"})
	require.Equal(t, []string{"03 04:00:00.001 overdue", "05 04:00:00.001 risen", "12 04:00:00.000 amended"}, log(entries))
	require.Equal(t, council.Code("block"), h.topic("t^1").Council)
	h.no("topics-pending", council.Dissolve{Council: "block"}, "block", "1")
	h.ok(council.Withdraw{Topic: "t^1"}, council.Dissolve{Council: "block"})
	h.no("rises-here", council.Dissolve{Council: "street"}, "street", "building")
	h.no("dissolved", council.Raise{Topic: "x", Council: "block", Title: "x"})
	h.no("cycle", council.Amend{Council: "street", Rules: plain(), RisesTo: "building"}, "street", "building")
	h.no("cycle", council.Amend{Council: "street", Rules: plain(), RisesTo: "street"})
}

// TestCommandFindsWhatJustRose: a command on the id a topic gets by rising works
// although nobody ticked.
func TestCommandFindsWhatJustRose(t *testing.T) {
	h := ladder(t, council.KindCouncil, 0)
	h.ok(council.Raise{Topic: "t", Council: "building", Title: "电梯"})
	h.pass("building", "g", noon.Add(day), "t")
	h.no("no-topic", council.Withdraw{Topic: "t^1"})
	h.at = noon.Add(3*day + time.Millisecond)
	entries := h.ok(council.Convene{Meeting: "k", Council: "block", For: h.at, Agenda: []council.Code{"t^1"}})
	require.Equal(t, []string{"overdue", "risen", "convened"}, []string{council.FactName(entries[0].Fact), council.FactName(entries[1].Fact), council.FactName(entries[2].Fact)})
}

// TestAbsences: three unexcused absences in one natural year of Beijing end a seat
// where the rules record it, and are a finding where they do not.
func TestAbsences(t *testing.T) {
	for _, lapse := range []bool{true, false} {
		rules := council.Presets()[1].Rules
		rules.Lapse = lapse
		h := assembly(t, rules, 4)
		h.ok(council.Seat{Council: "c", Person: "guest", Capacity: "列席", Vote: false})
		h.at = time.Date(2026, 12, 31, 15, 59, 0, 0, time.UTC) // 23:59 on New Year's Eve
		meet := func(id council.Code, excused ...council.Code) []council.Entry {
			h.ok(council.Convene{Meeting: id, Council: "c", For: h.at}, council.Open{Meeting: id, Present: people(3), Excused: excused})
			return h.ok(council.Close{Meeting: id})
		}
		require.Equal(t, council.Closed{Meeting: "g0", Held: true, Absent: []council.Code{"pad"}}, meet("g0")[0].Fact)
		h.at = h.at.Add(time.Minute) // midnight
		require.Empty(t, h.m.Absences("c", 2027))
		meet("g1", "pad")
		h.at = h.at.Add(time.Minute)
		require.Len(t, meet("g2"), 1)
		require.Len(t, meet("g3"), 1)
		require.Equal(t, []council.Absence{{Person: "pad", Year: 2026, Times: 1}}, h.m.Absences("c", 2026))
		require.Equal(t, []council.Absence{{Person: "pad", Year: 2027, Times: 2}}, h.m.Absences("c", 2027))
		entries := meet("g4")
		require.Equal(t, []council.Absence{{Person: "pad", Year: 2027, Times: 3, Reached: true}}, h.m.Absences("c", 2027))
		_, seated := h.m.Seat("c", "pad", h.at)
		require.Equal(t, !lapse, seated)
		if !lapse {
			require.Len(t, entries, 1)
			continue
		}
		require.Equal(t, council.SeatLapsed{Council: "c", Person: "pad", Meeting: "g4", Year: 2027, Absences: 3}, entries[1].Fact)
		h.ok(council.Seat{Council: "c", Person: "pad", Capacity: "居民", Vote: true})
		require.Len(t, meet("g5"), 1, "seated anew, counted anew")
	}
}

// TestBulletinIsReproduced: the digest recorded is that of the bytes, and a replay
// up to the entry before gives them again.
func TestBulletinIsReproduced(t *testing.T) {
	h := ladder(t, council.KindCouncil, 0)
	h.ok(council.Raise{Topic: "t", Council: "building", Title: "电梯"}, council.Raise{Topic: "u", Council: "block", Title: "u"})
	h.pass("building", "g", noon.Add(day), "t")
	h.at = noon.Add(10 * day)
	want, ok := h.m.Bulletin("block", council.Interval{}, h.at)
	require.True(t, ok)
	entries := h.ok(council.Publish{Council: "block"}) // t rises into block by it
	require.Len(t, entries, 3)
	h.ok(council.Withdraw{Topic: "u"}, council.Publish{Council: "block", From: noon.Add(day)})
	list := h.m.Publications("block")
	require.Len(t, list, 2)
	require.NotEqual(t, list[0].Digest, list[1].Digest)
	for _, p := range list {
		past := council.NewMinutes(nil)
		for _, e := range h.entries[:p.Seq-1] {
			require.NoError(t, past.Apply(e))
		}
		b, ok := past.Bulletin("block", p.During, p.At)
		require.True(t, ok)
		require.Equal(t, p.Digest, b.Digest())
		if p.Number == 1 {
			require.Equal(t, string(want.Bytes()), string(b.Bytes()))
			require.Equal(t, council.Counts{Raised: 2, FromBelow: 1, Open: 2}, b.Counts)
			require.Equal(t, []council.Code{"t^1", "u"}, []council.Code{b.Topics[0].Topic, b.Topics[1].Topic})
		}
	}
	_, ok = h.m.Bulletin("block", council.Interval{}, noon)
	require.False(t, ok, "the past is in the journal")
}
