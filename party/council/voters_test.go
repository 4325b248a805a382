package council_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/council"
)

// Where only a number was written down, the number makes the quorum, votes come by
// tally, nobody is absent, and it cannot exceed the members.
func TestVotersWithoutNames(t *testing.T) {
	delegates := council.Presets()[1].Rules
	h := fresh(t)
	h.ok(council.Found{Council: "c", Name: "议事会", Area: "a", Level: "block", Kind: council.KindCouncil, Rules: delegates})
	for _, p := range []council.Code{"p1", "p2", "p3", "p4", "p5", "p6"} {
		h.ok(council.Seat{Council: "c", Person: p, Capacity: "居民", Vote: true})
	}
	h.ok(council.Seat{Council: "c", Person: "guest", Capacity: "列席"})
	meet := func(id council.Code, open council.Open) *council.Refusal {
		open.Meeting = id
		h.ok(council.Convene{Meeting: id, Council: "c", For: h.at})
		return h.try(council.Command{Do: open}).Refusal
	}
	require.Equal(t, council.Refusal{Code: council.TooMany, Args: []string{"m0", "6"}}, *meet("m0", council.Open{Present: []council.Code{"p1"}, Voters: 6}))
	require.Nil(t, meet("m1", council.Open{Voters: 3}))
	g, _ := h.m.Meeting("m1")
	require.False(t, g.Quorate, "3 of 6 are not two thirds")
	h.ok(council.Close{Meeting: "m1"})
	require.Nil(t, meet("m2", council.Open{Present: []council.Code{"p1", "guest"}, Voters: 3}))
	g, _ = h.m.Meeting("m2")
	require.True(t, g.Quorate, "4 of 6 are; a guest does not count")
	require.Equal(t, council.Count{Members: 6, Present: 4}, g.Count)
	require.EqualValues(t, 3, g.Voters)
	h.ok(council.Raise{Topic: "t", Council: "c", Title: "路灯", Meeting: "m2"})
	require.Equal(t, council.NotPresent, h.try(council.Command{Do: council.Vote{Topic: "t", Person: "p2", Choice: council.Yes}}).Refusal.Code)
	require.Equal(t, council.TooManyVotes, h.try(council.Command{Do: council.Tally{Topic: "t", Yes: 5}}).Refusal.Code)
	h.ok(council.Attend{Meeting: "m2", Arrived: []council.Code{"p2"}}, council.Tally{Topic: "t", Yes: 3, No: 2},
		council.Resolve{Topic: "t", Project: "lamp"}, council.Close{Meeting: "m2"})
	topic, _ := h.m.Topic("t")
	require.Equal(t, council.StateTracking, topic.State, "3 of 5 are more than half")
	require.Empty(t, h.m.Absences("c", 2026), "nobody is known to have been absent")

	again := council.NewMinutes(nil)
	for _, e := range h.entries {
		require.NoError(t, again.Apply(e))
	}
	require.Equal(t, h.m.Hash(), again.Hash())
	forged := council.NewMinutes(nil)
	for _, e := range h.entries {
		if f, ok := e.Fact.(council.Opened); ok && f.Voters > 0 {
			f.Voters, f.Count.Present = 7, 6
			e.Fact = f
			require.ErrorIs(t, forged.Apply(e), council.ErrImpossible)
			return
		}
		require.NoError(t, forged.Apply(e))
	}
}

// A count of votes stands when somebody leaves before the topic is resolved; votes
// by name are those of who is still there.
func TestTallyStandsWhenSomebodyLeaves(t *testing.T) {
	for name, vote := range map[string][]council.Do{
		"counted": {council.Tally{Topic: "t", Yes: 3, No: 2}},
		"by name": {
			council.Vote{Topic: "t", Person: "p1", Choice: council.Yes}, council.Vote{Topic: "t", Person: "p2", Choice: council.Yes},
			council.Vote{Topic: "t", Person: "p3", Choice: council.Yes}, council.Vote{Topic: "t", Person: "p4", Choice: council.No},
			council.Vote{Topic: "t", Person: "p5", Choice: council.No},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := fresh(t)
			h.ok(council.Found{Council: "c", Name: "议事会", Area: "a", Level: "block", Kind: council.KindCouncil, Rules: council.Presets()[1].Rules})
			people := []council.Code{"p1", "p2", "p3", "p4", "p5"}
			for _, p := range people {
				h.ok(council.Seat{Council: "c", Person: p, Capacity: "居民", Vote: true})
			}
			h.ok(council.Convene{Meeting: "m", Council: "c", For: h.at}, council.Open{Meeting: "m", Present: people},
				council.Raise{Topic: "t", Council: "c", Title: "路灯", Meeting: "m"})
			h.ok(vote...)
			h.ok(council.Attend{Meeting: "m", Left: []council.Code{"p1"}}, council.Resolve{Topic: "t", Project: "lamp"})
			topic, _ := h.m.Topic("t")
			if name == "counted" {
				require.Equal(t, council.StateTracking, topic.State)
				require.Equal(t, council.Count{Members: 5, Present: 5, Yes: 3, No: 2}, topic.Decided.Count)
			} else {
				require.Equal(t, council.StateFailed, topic.State, "2 of 4 are not more than half")
				require.Equal(t, council.Count{Members: 5, Present: 4, Yes: 2, No: 2}, topic.Decided.Count)
			}
		})
	}
}

// The count of heads that Apply keeps is the one taken afresh: seats that begin and
// end during the session, people who come and go.
func TestHeadsAreKept(t *testing.T) {
	h := fresh(t)
	h.ok(council.Found{Council: "c", Name: "议事会", Area: "a", Level: "block", Kind: council.KindCouncil, Rules: council.Presets()[1].Rules})
	h.ok(council.Seat{Council: "c", Person: "p1", Capacity: "居民", Vote: true},
		council.Seat{Council: "c", Person: "p2", Capacity: "居民", Vote: true, Until: h.at.Add(time.Hour)},
		council.Seat{Council: "c", Person: "p3", Capacity: "居民", Vote: true},
		council.Seat{Council: "c", Person: "p4", Capacity: "居民", Vote: true, From: h.at.Add(3 * time.Hour)},
		council.Convene{Meeting: "m", Council: "c", For: h.at}, council.Open{Meeting: "m", Present: []council.Code{"p1", "p2", "p3"}})
	for _, id := range []council.Code{"t0", "t1", "t2", "t3"} {
		h.ok(council.Raise{Topic: id, Council: "c", Title: "路灯", Meeting: "m"})
	}
	counts := []council.Count{{Members: 3, Present: 3, Yes: 1}, {Members: 2, Present: 2, Yes: 1}, {Members: 3, Present: 2, Yes: 1}, {Members: 3, Present: 3, Yes: 1}}
	for i, want := range counts {
		topic := council.Code("t" + string(rune('0'+i)))
		if i == 3 {
			h.ok(council.Attend{Meeting: "m", Arrived: []council.Code{"p4"}})
		}
		h.ok(council.Vote{Topic: topic, Person: "p1", Choice: council.Yes},
			council.Resolve{Topic: topic, Project: "lamp"})
		got, _ := h.m.Topic(topic)
		require.Equal(t, want, got.Decided.Count, topic)
		h.at = h.at.Add(time.Duration(i+1) * time.Hour)
	}
}
