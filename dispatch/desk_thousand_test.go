package dispatch_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestThousandCasesReachTheTop: a thousand cases under random commands and ticks,
// some never answered. At every instant each open case has one owner and a next
// due; left alone, every one passes the last rung of its ladder within a bounded
// time, each rung once for each generation, and goes on to be reviewed.
func TestThousandCasesReachTheTop(t *testing.T) {
	const cases = 1000
	random := rand.New(rand.NewPCG(5, 36))
	d := dispatch.NewDesk()
	setup := fullStreet(t)
	setup.Policy.Archive = deskBudget("16wd")
	deskDo(t, d, fullDay(1, 0, 0), dispatch.Install{Setup: setup})
	now := fullDay(2, 9, 0)
	left, brought := 0, 0
	matters := []dispatch.Code{"waste", "gas", "wish", "snow", "care", "quarrel", "pipe", "lift", "lamp", "noise", "tree"}
	raised := map[string]int{}
	watch := func(entries []dispatch.Entry) {
		for _, e := range entries {
			require.NoError(t, d.Apply(e))
			if e.Case == "" {
				continue
			}
			c, there := d.Case(e.Case)
			if !there {
				require.Equal(t, dispatch.Archived{}, e.Fact)
				left++
				continue
			}
			require.Equal(t, c.State.Open(), c.Answers.Party != "", "owner of %s", c.ID)
			require.Equal(t, c.State.Open(), !c.NextDue.IsZero(), "next due of %s after %s", c.ID, dispatch.FactName(e.Fact))
			if f, ok := e.Fact.(dispatch.LadderRaised); ok {
				raised[fmt.Sprintf("%s %d %d %d", c.ID, c.Cycle, c.Generation, f.Rung)]++
			}
		}
	}
	for i := range cases {
		id := dispatch.Code(fmt.Sprintf("E%04d", i))
		event := fullEvent(id, matters[random.IntN(len(matters))])
		if random.IntN(4) == 0 {
			event.Area = "G2"
		}
		if i%5 == 1 && event.Area != "G2" {
			out := deskDecide(t, d, now, thousandImport(event, now, random.IntN(4)))
			require.Nil(t, out.Refusal, "%v", out.Refusal)
			watch(out.Entries)
			brought++
			continue
		}
		watch(deskDecide(t, d, now, dispatch.File{Event: event, Straight: random.IntN(3) > 0}).Entries)
	}
	verbs := fullVerbNames()
	done := 0
	for range 12 * cases {
		now = now.Add(time.Duration(random.IntN(4)) * time.Minute)
		if random.IntN(20) == 0 {
			out, err := d.Tick(now)
			require.NoError(t, err)
			watch(out.Entries)
		}
		n := random.IntN(cases)
		if n%3 == 0 {
			continue // nobody ever answers for these
		}
		id := dispatch.Code(fmt.Sprintf("E%04d", n))
		verb := verbs[random.IntN(len(verbs))]
		if c, ok := d.Case(id); ok && random.IntN(3) > 0 {
			likely := twinLikely(string(c.State))
			verb = likely[random.IntN(len(likely))]
		}
		do := fullVerbs(id, now)[verb]
		if merge, ok := do.(dispatch.Merge); ok {
			merge.Into = dispatch.Code(fmt.Sprintf("E%04d", random.IntN(cases)))
			do = merge
		}
		if attach, ok := do.(dispatch.Attach); ok {
			attach.Event.ID = dispatch.Code(fmt.Sprintf("A%d", done))
			do = attach
		}
		out := deskDecide(t, d, now, do)
		watch(out.Entries)
		if out.Refusal == nil {
			done++
		}
	}
	require.Greater(t, done, 1500, "commands that were carried out")
	require.Greater(t, brought, cases/10)
	open := d.OpenLen()
	require.Greater(t, open, cases/3)
	limit := now.AddDate(0, 0, 90)
	for more := true; more; {
		out, err := d.Tick(limit)
		require.NoError(t, err)
		watch(out.Entries)
		more = out.More
	}
	require.Equal(t, open, d.OpenLen(), "silence ends no case")
	require.Equal(t, d.ArchivedLen(), left)
	require.Greater(t, left, cases/20)
	for c := range d.Cases() {
		require.True(t, c.State.Open() || c.State == dispatch.StateMerged, "%s of %s stays in memory", c.State, c.ID)
	}
	for c := range d.Open() {
		last := 6
		require.Equal(t, last, c.Rung, "case %s, %s of %s is on rung %d", c.ID, c.State, c.Event.Matter, c.Rung)
		require.Positive(t, c.Reviews, "case %s", c.ID)
		require.False(t, c.NextDue.After(limit.AddDate(0, 0, 10)), "case %s", c.ID)
	}
	for rung, times := range raised {
		require.Equal(t, 1, times, rung)
	}
	require.Greater(t, len(raised), open)
}

// thousandImport is a case of another system in one of four states, with its clocks
// running, part spent, run out or not known at all.
func thousandImport(event dispatch.Event, now time.Time, kind int) dispatch.Import {
	ago := func(n int) time.Time { return now.Add(-time.Duration(n) * time.Hour) }
	do := dispatch.Import{
		Event: event, From: "old", State: dispatch.StateInProgress, FiledAt: ago(9), RegisteredAt: ago(8), DispatchedAt: ago(7), AcknowledgedAt: ago(6),
		StartedAt: ago(5), Generation: 1,
	}
	do.Lead = dispatch.Duty{Party: "squad", Budget: deskBudget("2wd")}
	switch kind {
	case 0:
		do.Left = []dispatch.Paused{{Clock: dispatch.HandleClock, Left: 3_600_000, Working: true}, {Clock: dispatch.TotalClock, Left: 0, Working: true}}
	case 1:
		do.State, do.Clocks.Handle, do.Late = dispatch.StateDispatched, ago(1), []dispatch.Clock{dispatch.HandleClock, dispatch.AckClock}
	case 2:
		do.State, do.Lead, do.Generation = dispatch.StateFiled, dispatch.Duty{}, 0
		do.RegisteredAt, do.DispatchedAt, do.AcknowledgedAt, do.StartedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	}
	return do
}

func fullVerbNames() []string {
	var names []string
	known := fullVerbs("E1", fullDay(2, 9, 0))
	for _, v := range dispatch.Verbs() {
		if known[v.Name] != nil {
			names = append(names, v.Name)
		}
	}
	return names
}
