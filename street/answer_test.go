package street_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// TestWorklists asks for the open cases of everybody: of two cases of the squad one is
// its post's, of which one person is on duty.
func TestWorklists(t *testing.T) {
	folder := smallFolder()
	delete(folder, "commands.jsonl")
	set(folder, "duties.csv", "id,role,matter,party,area,budget\nR1,lead,*,squad,*,2wd\nR2,lead,waste,lead1,G1,4wh\n")
	s := playedTo(t, folder, journal.NewMemory())
	for c, want := range map[street.Code][]street.Code{
		"lead1": {"E1"}, "squad": {"E1", "E2"}, "p1": {"E1"}, "station": nil, "G1": {"E1"}, "G2": {"E2"}, "NH": {"E1", "E2"}, "desk": nil,
	} {
		var got []street.Code
		for cursor := ""; ; {
			list, next, err := s.Worklist(t.Context(), c, cursor, 1)
			require.NoError(t, err)
			for _, each := range list {
				got = append(got, each.ID)
			}
			if cursor = next; cursor == "" {
				break
			}
		}
		require.ElementsMatch(t, want, got, c)
	}
	_, _, err := s.Worklist(t.Context(), "nobody", "", 0)
	require.ErrorIs(t, err, street.ErrNobody)
	_, _, err = s.Worklist(t.Context(), "squad", "x", 0)
	require.ErrorIs(t, err, dispatch.ErrCursor)
}

func TestAccountsAddUp(t *testing.T) {
	s := playedTo(t, repeatFolder(""), journal.NewMemory())
	f := s.Folder()
	for _, now := range []time.Time{f.Latest(), f.Latest().Add(90 * time.Minute), f.Events[0].At.Add(time.Minute)} {
		for _, e := range f.Events {
			if e.At.After(now) {
				continue
			}
			c, _ := s.Case(e.ID)
			end := now
			if !c.ClosedAt.IsZero() && c.ClosedAt.Before(now) {
				end = c.ClosedAt
			}
			a, err := s.Account(t.Context(), e.ID, now)
			require.NoError(t, err)
			total := time.Duration(0)
			for _, held := range a.Held() {
				total += held
			}
			require.Equal(t, end.Sub(c.FiledAt), total, "%s to %s", e.ID, now)
			text, err := s.WhyHeld(t.Context(), e.ID, now, "en")
			require.NoError(t, err)
			require.Contains(t, text, "in all: ")
		}
	}
	_, err := s.Account(t.Context(), "W6", f.Events[0].At)
	require.ErrorIs(t, err, street.ErrNoCase, "not filed by then")
	_, err = s.Account(t.Context(), "nobody", f.Latest())
	require.ErrorIs(t, err, street.ErrNoCase)
	_, err = s.Impact(t.Context(), nil, f.Latest())
	require.ErrorIs(t, err, street.ErrFolder)
}
