package rounds_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/rounds"
)

// over allows everything over one squad or area, and nothing else.
type over rounds.Code

func (o over) Allows(_, _ rounds.Code, _ string, scope rounds.Code, _ time.Time) bool {
	return scope == rounds.Code(o)
}

// TestCorrectionNeedsBothSquads: who assesses one squad cannot take back what another
// one recorded.
func TestCorrectionNeedsBothSquads(t *testing.T) {
	at := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	log := rounds.NewLog(time.UTC, over("q1"))
	do := func(a rounds.Actor, d rounds.Do) *rounds.Refusal {
		o, err := log.Decide(at, rounds.Command{Actor: a, Do: d})
		require.NoError(t, err)
		for _, e := range o.Entries {
			require.NoError(t, log.Apply(e))
		}
		return o.Refusal
	}
	in := at.Add(-3 * time.Hour)
	x := rounds.Actor{Person: "x"}
	present := rounds.Attend{Record: "r1", Squad: "q2", Person: "w", Date: rounds.DateOf(in), Status: rounds.Present, In: in, Out: in.Add(2 * time.Hour)}
	require.Nil(t, do(rounds.Actor{}, present))
	absent := rounds.Attend{Record: "r2", Squad: "q1", Person: "w", Date: rounds.DateOf(in), Status: rounds.Absent, Corrects: "r1"}
	require.Equal(t, rounds.NoRight, do(x, absent).Code)
	require.EqualValues(t, 120, log.Attended("w", "q2", 0, 0).Attended)
	present.Record, present.Squad, absent.Corrects = "r3", "q1", "r3"
	present.In, present.Out = in.Add(2*time.Hour), in.Add(3*time.Hour)
	require.Nil(t, do(x, present))
	require.Nil(t, do(x, absent), "its own it may")
}

// TestDueAtTheEpoch: the first millisecond of 1970 is an instant like any other.
func TestDueAtTheEpoch(t *testing.T) {
	h := fresh(t, time.UTC, time.Date(1969, 12, 31, 20, 0, 0, 0, time.UTC))
	h.ok(rounds.Enrol{Household: "h", Areas: []rounds.Code{"a"}, Class: "key"})
	h.ok(rounds.Plan{Plan: "p", Areas: []rounds.Code{"a"}, Classes: []rounds.Code{"key"}, Every: "1d", Start: day("1969-12-31"), Least: 1})
	h.ok(rounds.Brief{Shift: "s", Squad: "q", Date: day("1969-12-31"), From: h.at, Until: time.UnixMilli(-1).UTC(), People: []rounds.Code{"w"},
		Tasks: []rounds.Task{{Task: "k", Text: "x"}}})
	due, ok := h.log.NextDue()
	require.True(t, ok)
	require.True(t, due.Equal(time.Unix(0, 0)), due)
	h.tick(time.Date(1970, 1, 5, 0, 0, 0, 0, time.UTC))
	require.Equal(t, 5, h.log.Count(rounds.Filter{}, day("1970-01-05")).Missed)
	h.ok(rounds.Debrief{Shift: "s", Answers: []rounds.Answer{{Task: "k", Result: rounds.Done}}})
}

// TestLastDay: what would begin on a day that has no date is refused when it is asked,
// so that what Decide answers Apply takes.
func TestLastDay(t *testing.T) {
	zone := time.FixedZone("", 8*60*60)
	for _, c := range []struct {
		at time.Time
		ok bool
	}{
		{time.Date(9999, 12, 30, 15, 59, 59, 0, time.UTC), true},  // the 30th there
		{time.Date(9999, 12, 30, 16, 0, 0, 0, time.UTC), false},   // the 31st, without a day after
		{time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), false}, // the year 10000
	} {
		log := rounds.NewLog(zone, nil)
		o, err := log.Decide(c.at, rounds.Command{Do: rounds.Enrol{Household: "h", Areas: []rounds.Code{"a"}, Class: "key"}})
		if !c.ok {
			require.ErrorIs(t, err, rounds.ErrTimeRange)
			continue
		}
		require.NoError(t, err)
		for _, e := range o.Entries {
			require.NoError(t, log.Apply(e))
		}
	}
}

// TestForgedDates: the local date in an entry can be that of its instant in no zone.
func TestForgedDates(t *testing.T) {
	at := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	for name, fact := range map[string]func(d rounds.Date) rounds.Fact{
		"enrolled": func(d rounds.Date) rounds.Fact {
			return rounds.Enrolled{Enrol: rounds.Enrol{Household: "n", Areas: []rounds.Code{"a"}, Class: "key"}, On: d}
		},
		"reclassed": func(d rounds.Date) rounds.Fact {
			return rounds.Reclassed{Reclass: rounds.Reclass{Household: "h", Class: "other"}, On: d}
		},
		"left": func(d rounds.Date) rounds.Fact { return rounds.Left{Leave: rounds.Leave{Household: "h"}, On: d} },
		"briefed": func(d rounds.Date) rounds.Fact {
			return rounds.Briefed{Shift: "s", Squad: "q", Date: d, From: at, Until: at.Add(time.Hour), Due: at.Add(2 * time.Hour), People: []rounds.Code{"w"}}
		},
	} {
		for _, days := range []rounds.Date{-30, -3, 0, 2, 365} {
			h := fresh(t, time.UTC, at)
			h.ok(rounds.Enrol{Household: "h", Areas: []rounds.Code{"a"}, Class: "key"})
			err := h.log.Apply(rounds.Entry{Seq: h.log.Seq() + 1, At: at, Fact: fact(rounds.DateOf(at) + days)})
			if days == 0 {
				require.NoError(t, err, name)
			} else {
				require.ErrorIs(t, err, rounds.ErrImpossible, "%s %d", name, days)
			}
		}
	}
}
