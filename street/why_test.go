package street_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// Why tells what became of a case: more time, what was merged into it or it into what,
// and what its reporters said.
func TestWhyTellsTheCourseOfACase(t *testing.T) {
	f, err := street.Load(smallFolder(), options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	at := time.Date(2021, 10, 8, 1, 0, 0, 0, time.UTC)
	do := func(d dispatch.Do) {
		t.Helper()
		at = at.Add(time.Minute)
		out, err := s.Do(t.Context(), at, street.Command{Desk: d})
		require.NoError(t, err)
		require.Nil(t, out.Refusal)
	}
	file := func(id street.Code) {
		do(dispatch.File{Straight: true, Event: dispatch.Event{ID: id, Matter: "light", Area: "G1", Reporter: "r" + id}})
	}
	file("W1")
	file("W2")
	do(dispatch.Attach{Case: "W1", Event: dispatch.Event{ID: "W3", Matter: "light", Area: "G1", Reporter: "rW3"}})
	do(dispatch.Merge{Case: "W2", Into: "W1", Reason: "same"})
	do(dispatch.Ack{Case: "W1"})
	do(dispatch.Start{Case: "W1"})
	do(dispatch.Extend{Case: "W1", Budget: budgetOf(t, "1wd"), Reason: "rain"})
	lines := func(id street.Code, lang string) []string {
		t.Helper()
		text, err := s.Why(id, lang)
		require.NoError(t, err)
		return strings.Split(text, "\n")
	}
	c, _ := s.Case("W1")
	require.False(t, c.HandleDue.IsZero())
	require.Contains(t, lines("W1", "en"), "extensions: 1; the time to handle it (H) ends "+c.HandleDue.In(f.Zone).Format(time.RFC3339)+", the due (T) stays")
	require.Contains(t, lines("W1", "zh"), "并入本案的案件：W2")
	require.Contains(t, lines("W2", "en"), "merged into case W1")
	do(dispatch.Finish{Case: "W1"})
	do(dispatch.Verify{Case: "W1"})
	do(dispatch.CallBack{Case: "W1", Event: "W1", Answer: "satisfied"})
	require.Contains(t, lines("W1", "en"), "reporters said: W1 satisfied")
	do(dispatch.CallBack{Case: "W1", Event: "W3", Answer: "unsatisfied"})
	require.Contains(t, lines("W1", "zh"), "回访结果：W1满意，W3不满意")
}

func budgetOf(t *testing.T, text string) worktime.Budget {
	t.Helper()
	b, err := worktime.ParseBudget(text)
	require.NoError(t, err)
	return b
}
