package council_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/internal/keyed"
	"github.com/gridgov/gridgov/party/council"
)

// TestImpossible: an entry that does not fit the state is refused by the field
// that does not fit, and leaves no trace.
func TestImpossible(t *testing.T) {
	h := ladder(t, council.KindCouncil, 0)
	h.at = noon.Add(day)
	for _, p := range people(3) {
		h.ok(council.Seat{Council: "block", Person: p, Capacity: "居民", Vote: true, From: noon})
	}
	h.ok(founded("c", plain(), ""), founded("old", plain(), ""), council.Dissolve{Council: "old"})
	h.ok(council.Raise{Topic: "t", Council: "block", Title: "t"}, council.Raise{Topic: "u", Council: "block", Title: "u"}, council.Raise{Topic: "x", Council: "c", Title: "x"})
	h.pass("block", "g0", h.at, "t")
	h.ok(council.Convene{Meeting: "g", Council: "block", For: h.at, Agenda: []council.Code{"u"}}, council.Convene{Meeting: "k", Council: "c", For: h.at})
	h.ok(council.Open{Meeting: "g", Present: []council.Code{"paa", "pab"}, Excused: []council.Code{"pac"}})
	rules, meet := plain(), council.Opened{Meeting: "k", Rules: plain()}
	resolved := func(change func(*council.Resolved)) council.Resolved {
		f := council.Resolved{Topic: "u", Meeting: "g", Result: council.Passed, Count: council.Count{Members: 4, Present: 2}, Owner: "o", Due: h.at, Next: h.at, Follow: 1}
		change(&f)
		return f
	}
	list := func(codes ...council.Code) []council.Code { return codes }
	for _, c := range []struct {
		fact  council.Fact
		field string
	}{
		{council.Founded(founded("c", rules, "")), "council"},
		{council.Founded(founded("n", rules, "old")), "rises_to"},
		{council.Amended{Council: "old", Rules: rules}, "council"},
		{council.Amended{Council: "street", Rules: rules, RisesTo: "building"}, "rises_to"},
		{council.Amended{Council: "c", Rules: rules, RisesTo: "none"}, "rises_to"},
		{council.Dissolved{Council: "street"}, "council"}, // block rises to it
		{council.Dissolved{Council: "c"}, "council"},      // a meeting and a topic are pending
		{council.Seated{Council: "old", Person: "p", Capacity: "x"}, "council"},
		{council.Seated{Council: "block", Person: "paa", Capacity: "x", From: noon}, "person"},
		{council.Unseated{Council: "old", Person: "paa"}, "council"},
		{council.Unseated{Council: "block", Person: "guest"}, "person"},
		{council.SeatLapsed{Council: "block", Person: "paa", Meeting: "g", Year: 2026, Absences: 1}, "meeting"},
		{council.SeatLapsed{Council: "block", Person: "guest", Meeting: "g0", Year: 2026, Absences: 1}, "person"},
		{council.SeatLapsed{Council: "block", Person: "paa", Meeting: "g0", Year: 2026, Absences: 2}, "absences"},
		{council.Convened{Meeting: "n", Council: "old", For: noon}, "council"},
		{council.Convened{Meeting: "g", Council: "c", For: noon}, "meeting"},
		{council.Convened{Meeting: "n", Council: "c", For: noon, Agenda: list("u")}, "agenda"},
		{council.Convened{Meeting: "n", Council: "block", For: noon, Agenda: list("t")}, "agenda"},
		{council.Opened{Meeting: "g", Rules: rules}, "meeting"},
		{council.Opened{Meeting: "k", Rules: rules, Present: list("guest")}, "present"},
		{council.Opened{Meeting: "k", Rules: rules, Excused: list("guest")}, "excused"},
		{council.Opened{Meeting: "k", Rules: rules, Count: council.Count{Members: 1}}, "count"},
		{council.Opened{Meeting: "k"}, "way"},
		{council.Attended{Meeting: "k"}, "meeting"},
		{council.Attended{Meeting: "g", Arrived: list("guest")}, "arrived"},
		{council.Attended{Meeting: "g", Arrived: list("pac", "paa")}, "arrived"}, // not in order
		{council.Attended{Meeting: "g", Left: list("pac")}, "left"},
		{council.Closed{Meeting: "g0", Held: true}, "meeting"},
		{council.Closed{Meeting: "g"}, "held"},
		{council.Closed{Meeting: "g", Held: true, Absent: list("paa")}, "absent"},
		{council.Closed{Meeting: "g", Held: true, Absent: list("pac")}, "absent"}, // excused
		{council.Closed{Meeting: "g", Held: true, Left: list("t")}, "left"},
		{council.Closed{Meeting: "k", Left: list("x")}, "left"},
		{council.Raised{Topic: "n", Council: "old", Title: "x"}, "council"},
		{council.Raised{Topic: "t", Council: "c", Title: "x"}, "topic"},
		{council.Raised{Topic: "n", Council: "c", Title: "x", Meeting: "g"}, "meeting"},
		{council.Voted{Topic: "none", Meeting: "g", Person: "paa", Choice: council.Yes}, "topic"},
		{council.Voted{Topic: "t", Meeting: "g", Person: "paa", Choice: council.Yes}, "meeting"},
		{council.Voted{Topic: "u", Meeting: "k", Person: "paa", Choice: council.Yes}, "meeting"},
		{council.Voted{Topic: "u", Meeting: "g", Person: "pac", Choice: council.Yes}, "person"}, // not there
		{council.Tallied{Tally: council.Tally{Topic: "u", Yes: 3}, Meeting: "g"}, "yes"},
		{council.Tallied{Tally: council.Tally{Topic: "t", Yes: 1}, Meeting: "g"}, "meeting"},
		{resolved(func(f *council.Resolved) { f.Meeting = "k" }), "meeting"},
		{resolved(func(f *council.Resolved) { f.Result = "" }), "result"},
		{resolved(func(f *council.Resolved) { f.Count.Yes = 1 }), "count"},
		{resolved(func(f *council.Resolved) { f.Count.Members = 5 }), "count"},
		{resolved(func(f *council.Resolved) { f.Result = council.Failed }), "owner"},
		{resolved(func(f *council.Resolved) { f.Owner, f.Due = "", f.Next.AddDate(-9000, 0, 0) }), "due"},
		{resolved(func(f *council.Resolved) { f.Case = "E1" }), "owner"},
		{resolved(func(f *council.Resolved) { f.Owner, f.Due = "", council.Resolved{}.Due }), "owner"},
		{resolved(func(f *council.Resolved) { f.Next = f.Next.Add(day) }), "next"},
		{resolved(func(f *council.Resolved) { f.Due, f.Next = noon, noon }), "next"},
		{resolved(func(f *council.Resolved) { f.Follow = 0 }), "follow"},
		{council.Completed{Topic: "u", Result: "x"}, "topic"},
		{council.Withdrawn{Topic: "t"}, "topic"},
		{council.Risen{Topic: "u", Council: "building", As: "u^1", Why: council.WhyAsked}, "council"},
		{council.Risen{Topic: "u", Council: "street", As: "u^2", Why: council.WhyAsked}, "as"},
		{council.Risen{Topic: "u", Council: "street", As: "u^1"}, "why"},
		{council.Risen{Topic: "t", Council: "street", As: "t^1", Why: council.WhyOverdue}, "topic"}, // a millisecond early
		{council.Risen{Topic: "x", Council: "street", As: "x^1", Why: council.WhyAsked}, "council"}, // c rises to none
		{council.Overdue{Topic: "t", Owner: "community", Next: h.at.Add(day)}, "topic"},
		{council.ReviewDue{Topic: "t", Review: 1, Next: h.at.Add(day)}, "topic"},
		{council.Published{Publish: council.Publish{Council: "c"}, Number: 2, Digest: keyed.Of(nil)}, "number"},
		{council.Published{Publish: council.Publish{Council: "c"}, Number: 1}, "digest"},
		{council.Published{Publish: council.Publish{Council: "old"}, Number: 1, Digest: keyed.Of(nil)}, "council"},
		{council.Refused{Verb: "raise", Refusal: council.Refusal{Code: "no-topic", Args: []string{"t"}}}, "key"},
	} {
		h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at, Fact: c.fact}, c.field)
	}
	for _, f := range []council.Refused{{Verb: "eat", Refusal: council.Refusal{Code: "no-topic", Args: []string{"t"}}}, {Verb: "raise", Refusal: council.Refusal{Code: "no-topic"}}} {
		h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at, Key: keyed.Of(nil), Sum: keyed.Of(nil), Fact: f}, "code")
	}
	h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at, Sum: keyed.Of(nil), Fact: meet}, "sum")
	fired := h.tick(h.at.Add(day))
	require.Len(t, fired, 1)
	late := council.Overdue{Topic: "t", Owner: "community", Next: h.at.Add(3 * day)}
	h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at.Add(2*day + 1e6), Fact: late}, "topic") // once is enough
	h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at.Add(2*day + 1e6), Fact: council.ReviewDue{Topic: "t", Review: 2, Next: h.at.Add(3 * day)}}, "review")
	h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at.Add(2*day + 1e6), Fact: council.ReviewDue{Topic: "t", Review: 1, Next: h.at}}, "next")
	h.impossible(council.Entry{Seq: h.m.Seq() + 1, At: h.at.Add(2*day + 1e6), Key: keyed.Of(nil), Sum: keyed.Of(nil),
		Fact: council.ReviewDue{Topic: "t", Review: 1, Next: h.at.Add(4 * day)}}, "key")
	err := h.m.Apply(council.Entry{Seq: h.m.Seq() + 1, At: noon, Fact: council.Withdrawn{Topic: "u"}})
	require.ErrorIs(t, err, council.ErrTimeBack)
}

func (h *hand) impossible(e council.Entry, field string) {
	hash := h.m.Hash()
	err := h.m.Apply(e)
	require.ErrorIs(h.t, err, council.ErrImpossible, "%#v", e.Fact)
	at, ok := errors.AsType[*council.Error](err)
	require.True(h.t, ok)
	require.Equal(h.t, field, at.Field, "%#v", e.Fact)
	require.Equal(h.t, e.Seq, at.Seq)
	require.Equal(h.t, hash, h.m.Hash(), "a refused entry changed the minutes: %#v", e.Fact)
}

// TestQueriesEmpty: unknown codes are not there, and empty minutes have nothing.
func TestQueriesEmpty(t *testing.T) {
	var m council.Minutes
	_, ok := m.Council("x")
	require.False(t, ok)
	_, ok = m.Meeting("x")
	require.False(t, ok)
	_, ok = m.Topic("x")
	require.False(t, ok)
	_, ok = m.Seat("x", "y", noon)
	require.False(t, ok)
	_, ok = m.Bulletin("x", council.Interval{}, noon)
	require.False(t, ok)
	_, ok = m.NextDue()
	require.False(t, ok)
	require.Empty(t, slices.Collect(m.Councils()))
	require.Empty(t, slices.Collect(m.Seats("x")))
	require.Empty(t, slices.Collect(m.Meetings("x")))
	require.Empty(t, slices.Collect(m.Topics("x")))
	require.Empty(t, slices.Collect(m.Tracked()))
	require.Empty(t, m.Absences("x", 2026))
	require.Empty(t, m.Publications("x"))
	require.Empty(t, m.Below("x"))
	require.Empty(t, m.Within(slices.Values([]council.Code{"x"})))
	require.Empty(t, m.Chain("x"))
	_, ballots := m.Ballots("x")
	require.Empty(t, ballots)
	require.Zero(t, m.Count([]council.Code{"x"}, council.Interval{}, noon))
	require.Equal(t, council.NewMinutes(nil).Hash(), m.Hash())
	o, err := m.Tick(noon)
	require.NoError(t, err)
	require.Zero(t, o)
}

// TestCopies: an iterator can be ranged over again and stopped early, and what a
// view or an entry holds is not the memory of the minutes.
func TestCopies(t *testing.T) {
	h := assembly(t, plain(), 3)
	agenda := []council.Code{"t", "u"}
	for _, id := range []council.Code{"u", "t", "s"} {
		h.ok(council.Raise{Topic: id, Council: "c", Title: "x"})
	}
	entries := h.ok(council.Convene{Meeting: "g", Council: "c", For: noon, Agenda: agenda})
	agenda[0] = "changed"
	entries[0].Fact.(council.Convened).Agenda[1] = "changed"
	h.meeting("g").Agenda[0] = "changed"
	require.Equal(t, []council.Code{"t", "u"}, h.meeting("g").Agenda)
	present := []council.Code{"paa", "pab"}
	h.ok(council.Open{Meeting: "g", Present: present})
	present[0] = "pac"
	require.Equal(t, []council.Code{"paa", "pab"}, h.meeting("g").Present)
	h.ok(council.Tally{Topic: "t", Yes: 2}, owned("t", noon))
	h.topic("t").Decided.Owner = "changed"
	require.Equal(t, council.Code("community"), h.topic("t").Decided.Owner)
	topics := h.m.Topics("c")
	for range 2 {
		var ids []council.Code
		for v := range topics {
			ids = append(ids, v.ID)
		}
		require.Equal(t, []council.Code{"s", "t", "u"}, ids)
	}
	for range topics {
		break
	}
	for range h.m.Councils() {
		break
	}
	for range h.m.Seats("c") {
		break
	}
	for range h.m.Meetings("c") {
		break
	}
	for range h.m.Tracked() {
		break
	}
	h.ok(council.Publish{Council: "c"})
	h.m.Publications("c")[0].Number = 9
	require.Equal(t, 1, h.m.Publications("c")[0].Number)
}
