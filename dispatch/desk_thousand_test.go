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
	d := fullDesk(t)
	now := fullDay(2, 9, 0)
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
				continue // archived
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
