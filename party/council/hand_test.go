package council_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

// noon is a Monday in Beijing.
var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// hand drives minutes by hand and keeps their journal.
type hand struct {
	t       require.TestingT
	m       *council.Minutes
	at      time.Time
	entries []council.Entry
	quick   bool // does not look for changes by Decide and Tick
}

func (h *hand) hash() (sum council.Sum) {
	if !h.quick {
		sum = h.m.Hash()
	}
	return sum
}

func fresh(t require.TestingT) *hand { return &hand{t: t, m: council.NewMinutes(nil), at: noon} }

// try decides, proves that deciding changed nothing, and applies.
func (h *hand) try(c council.Command) council.Outcome {
	hash, seq := h.hash(), h.m.Seq()
	o, err := h.m.Decide(h.at, c)
	require.NoError(h.t, err)
	require.Equal(h.t, hash, h.hash(), "Decide changed the minutes")
	require.Equal(h.t, seq, h.m.Seq(), "Decide changed the sequence")
	h.apply(o.Entries)
	return o
}

func (h *hand) apply(entries []council.Entry) {
	for _, e := range entries {
		require.NoError(h.t, h.m.Apply(e))
		h.entries = append(h.entries, e)
	}
}

// ok carries out unkeyed commands that must not be refused, and answers the
// entries of the last.
func (h *hand) ok(list ...council.Do) []council.Entry {
	var o council.Outcome
	for _, do := range list {
		o = h.try(council.Command{Do: do})
		require.Nil(h.t, o.Refusal, "%#v", do)
		require.NotEmpty(h.t, o.Entries)
	}
	return o.Entries
}

// no gives an unkeyed command that must be refused with code and arguments.
func (h *hand) no(code string, do council.Do, args ...string) {
	o := h.try(council.Command{Do: do})
	require.NotNil(h.t, o.Refusal, "%#v was carried out", do)
	require.Equal(h.t, code, o.Refusal.Code)
	if len(args) > 0 {
		require.Equal(h.t, args, o.Refusal.Args)
	}
	require.Empty(h.t, o.Entries)
	require.Zero(h.t, o.Seq)
}

// tick wakes the minutes at an instant and answers what fired.
func (h *hand) tick(at time.Time) []council.Entry {
	hash := h.hash()
	o, err := h.m.Tick(at)
	require.NoError(h.t, err)
	require.False(h.t, o.More)
	require.Equal(h.t, hash, h.hash(), "Tick changed the minutes")
	h.apply(o.Entries)
	return o.Entries
}

func (h *hand) topic(id council.Code) council.Topic {
	t, ok := h.m.Topic(id)
	require.True(h.t, ok, "topic %s", id)
	return t
}

func (h *hand) meeting(id council.Code) council.Meeting {
	g, ok := h.m.Meeting(id)
	require.True(h.t, ok, "meeting %s", id)
	return g
}

// plain is rules by which more than half of the members make a quorum and more
// than half of those present decide.
func plain() council.Rules { return council.Presets()[0].Rules }

func founded(id council.Code, rules council.Rules, up council.Code) council.Found {
	return council.Found{Council: id, Name: "理事会" + string(id), Area: "area-" + id, Level: "block", Kind: council.KindCouncil, Rules: rules, RisesTo: up}
}

func people(n int) []council.Code {
	list := make([]council.Code, n)
	for i := range list {
		list[i] = council.Code("p" + string(rune('a'+i/26%26)) + string(rune('a'+i%26)))
		if i >= 26*26 {
			list[i] += council.Code(strconv.Itoa(i))
		}
	}
	return list
}

// assembly is a council c of n members under some rules.
func assembly(t require.TestingT, rules council.Rules, n int) *hand {
	h := fresh(t)
	h.ok(founded("c", rules, ""))
	for _, p := range people(n) {
		h.ok(council.Seat{Council: "c", Person: p, Capacity: "居民", Vote: true})
	}
	return h
}

// session opens a meeting of c with the first n people there and topics raised.
func (h *hand) session(id council.Code, n int, topics ...council.Code) {
	h.ok(council.Convene{Meeting: id, Council: "c", For: h.at})
	for _, t := range topics {
		h.ok(council.Raise{Topic: t, Council: "c", Title: "议题" + string(t), Meeting: id})
	}
	h.ok(council.Open{Meeting: id, Present: people(n)})
}

func owned(topic council.Code, due time.Time) council.Resolve {
	return council.Resolve{Topic: topic, Owner: "community", Due: due}
}

// TestQuorumVectors: thresholds as the words say, through the whole machine.
func TestQuorumVectors(t *testing.T) {
	twoThirds := plain()
	twoThirds.Quorum = council.Ratio{Num: 2, Den: 3}
	for _, c := range []struct {
		rules          council.Rules
		members, there int
		needed         string
		quorate        bool
	}{
		{twoThirds, 9, 6, "6", true}, {twoThirds, 9, 5, "6", false}, {twoThirds, 10, 6, "7", false}, {twoThirds, 10, 7, "7", true},
		{plain(), 10, 5, "6", false}, {plain(), 10, 6, "6", true}, {plain(), 11, 6, "6", true}, {plain(), 1, 1, "1", true},
	} {
		h := assembly(t, c.rules, c.members)
		h.session("g", c.there, "t")
		require.Equal(t, c.quorate, h.meeting("g").Quorate)
		if c.quorate {
			h.ok(council.Tally{Topic: "t", Yes: int64(c.there)}, owned("t", h.at.Add(day)))
			require.Equal(t, council.StateTracking, h.topic("t").State)
			continue
		}
		args := []string{"g", string(rune('0' + c.there)), c.needed}
		h.no("no-quorum", council.Tally{Topic: "t", Yes: 1}, args...)
		h.no("no-quorum", council.Vote{Topic: "t", Person: "paa", Choice: council.Yes}, args...)
		h.no("no-quorum", owned("t", h.at.Add(day)), args...)
		h.ok(council.Resolve{Topic: "t", Result: council.Deferred}) // it may discuss and put over
		require.Equal(t, council.StateDeferred, h.topic("t").State)
	}
}

// TestQuorumIsCheckedAtEachVote: people leave, seats end, and the meeting that had
// a quorum has none.
func TestQuorumIsCheckedAtEachVote(t *testing.T) {
	h := assembly(t, plain(), 5)
	h.session("g", 3, "t", "u")
	require.True(t, h.meeting("g").Quorate)
	h.ok(council.Vote{Topic: "t", Person: "paa", Choice: council.Yes})
	h.ok(council.Attend{Meeting: "g", Left: []council.Code{"pac"}})
	h.no("no-quorum", council.Vote{Topic: "t", Person: "pab", Choice: council.Yes}, "g", "2", "3")
	h.no("no-quorum", owned("t", h.at.Add(day)), "g", "2", "3")
	h.ok(council.Unseat{Council: "c", Person: "pae"}) // now two of four are there: not more than half
	h.no("no-quorum", council.Vote{Topic: "t", Person: "pab", Choice: council.Yes}, "g", "2", "3")
	h.ok(council.Unseat{Council: "c", Person: "pad"}) // two of three are
	h.ok(council.Vote{Topic: "t", Person: "pab", Choice: council.Yes})
	h.no("not-present", council.Vote{Topic: "t", Person: "pac", Choice: council.Yes}, "pac", "g")
	h.no("not-seated", council.Vote{Topic: "t", Person: "pad", Choice: council.Yes}, "pad", "c", "理事会c")
	h.ok(council.Attend{Meeting: "g", Arrived: []council.Code{"pac"}}, council.Vote{Topic: "t", Person: "pac", Choice: council.No})
	h.no("already-voted", council.Vote{Topic: "t", Person: "pac", Choice: council.Yes}, "t", "pac")
	h.no("already-voted", council.Tally{Topic: "t", Yes: 3}, "t", "paa")
	h.ok(council.Tally{Topic: "u", Yes: 1, No: 1, Abstain: 1})
	h.no("already-tallied", council.Vote{Topic: "u", Person: "paa", Choice: council.Yes})
	h.ok(owned("t", h.at.Add(day)))
	d := h.topic("t").Decided
	require.Equal(t, council.Count{Members: 3, Present: 3, Yes: 2, No: 1}, d.Count)
	require.Equal(t, []int64{3, 2}, []int64{d.Of, d.Needed})
	h.ok(council.Attend{Meeting: "g", Left: []council.Code{"pac"}}, owned("u", h.at.Add(day))) // quorum stands, and so does the count
	require.Equal(t, council.Count{Members: 3, Present: 3, Yes: 1, No: 1, Abstain: 1}, h.topic("u").Decided.Count)
	require.Equal(t, council.StateFailed, h.topic("u").State)
}

// TestEligibleAtTheInstant: a seat that begins or ends between two votes counts in
// one and not in the other, and a guest is refused by the name of the council.
func TestEligibleAtTheInstant(t *testing.T) {
	h := assembly(t, plain(), 3)
	h.ok(council.Seat{Council: "c", Person: "late", Capacity: "企业", Vote: true, From: noon.Add(time.Hour)})
	h.ok(council.Seat{Council: "c", Person: "short", Capacity: "商户", Vote: true, Until: noon.Add(time.Hour)})
	h.ok(council.Seat{Council: "c", Person: "listener", Capacity: "grid worker", Vote: false})
	h.ok(council.Convene{Meeting: "g", Council: "c", For: h.at}, council.Raise{Topic: "t", Council: "c", Title: "t", Meeting: "g"})
	h.no("not-seated", council.Open{Meeting: "g", Present: []council.Code{"paa", "late"}}, "late", "c", "理事会c")
	h.ok(council.Open{Meeting: "g", Present: []council.Code{"short", "paa", "pab", "listener"}})
	require.Equal(t, council.Count{Members: 4, Present: 3}, h.meeting("g").Count)
	h.no("no-vote", council.Vote{Topic: "t", Person: "listener", Choice: council.Yes}, "listener", "c")
	h.ok(council.Vote{Topic: "t", Person: "short", Choice: council.Yes}, council.Vote{Topic: "t", Person: "paa", Choice: council.Yes})
	h.at = noon.Add(time.Hour) // short's vote is not counted any more, late's is not there
	h.no("not-seated", council.Attend{Meeting: "g", Arrived: []council.Code{"short"}})
	h.ok(council.Attend{Meeting: "g", Arrived: []council.Code{"late"}})
	h.ok(owned("t", h.at.Add(day)))
	require.Equal(t, council.Count{Members: 4, Present: 3, Yes: 1}, h.topic("t").Decided.Count)
	require.Equal(t, council.StateFailed, h.topic("t").State, "one of three")
}

// TestOwnVote: who acts for himself votes for himself; the host records anybody.
func TestOwnVote(t *testing.T) {
	h := assembly(t, plain(), 3)
	h.session("g", 3, "t")
	o := h.try(council.Command{Actor: council.Actor{Person: "paa"}, Do: council.Vote{Topic: "t", Person: "pab", Choice: council.No}})
	require.Equal(t, "not-own", o.Refusal.Code)
	o = h.try(council.Command{Actor: council.Actor{Post: "clerk"}, Do: council.Vote{Topic: "t", Person: "pab", Choice: council.No}})
	require.Equal(t, "not-own", o.Refusal.Code)
	o = h.try(council.Command{Actor: council.Actor{Person: "paa"}, Do: council.Vote{Topic: "t", Person: "paa", Choice: council.No}})
	require.Nil(t, o.Refusal)
	_, ballots := h.m.Ballots("t")
	require.Equal(t, []council.Ballot{{Person: "paa", Choice: council.No}}, ballots)
}

// TestChairBreaksATie: three votes, one for, one against, the chair's.
func TestChairBreaksATie(t *testing.T) {
	for _, c := range []struct {
		chair council.Choice
		want  council.State
	}{{council.Yes, council.StateTracking}, {council.No, council.StateFailed}, {"", council.StateDeferred}} {
		rules := plain()
		rules.Tie = council.TieChair
		h := assembly(t, rules, 4)
		h.ok(council.Convene{Meeting: "g", Council: "c", For: h.at}, council.Raise{Topic: "t", Council: "c", Title: "t", Meeting: "g"})
		h.ok(council.Open{Meeting: "g", Chair: "pad", Present: people(4)})
		second := council.Yes
		if c.chair == council.Yes {
			second = council.No
		}
		for p, choice := range map[council.Code]council.Choice{"paa": council.Yes, "pab": council.No} {
			h.ok(council.Vote{Topic: "t", Person: p, Choice: choice})
		}
		if c.chair != "" {
			h.ok(council.Vote{Topic: "t", Person: "pac", Choice: second}, council.Vote{Topic: "t", Person: "pad", Choice: c.chair})
		}
		h.ok(owned("t", h.at.Add(day)))
		require.Equal(t, c.want, h.topic("t").State)
	}
}
