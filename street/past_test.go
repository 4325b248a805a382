package street_test

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// A case that has left memory still has its line, its explanation and its facts, and
// says when it left; it cannot be reopened.
func TestAnArchivedCaseIsToldOf(t *testing.T) {
	folder := repeatFolder(`"duplicates": "automatic", "duplicate_score": 8000, "reopen": "1m", "archive": "2m"`)
	store := journal.NewMemory()
	s := playedTo(t, folder, store)
	zone := s.Folder().Zone
	again, err := street.Open(t.Context(), s.Folder(), store)
	require.NoError(t, err)
	for _, s := range []*street.Street{s, again} {
		at, ok := s.Archived("W1")
		require.True(t, ok)
		require.Equal(t, time.Date(2021, 9, 28, 12, 2, 0, 1e6, zone).UTC(), at, "two minutes after its end")
		_, ok = s.Case("W1")
		require.False(t, ok)
		_, ok = s.Archived("L1")
		require.False(t, ok)
		why, err := s.Why("W1", "en")
		require.NoError(t, err)
		require.Contains(t, why, "archived 2021-09-28T12:02:00+08:00: it can no longer be reopened")
		require.Contains(t, why, "further reports: W2, W4")
		require.Contains(t, why, "waste", "the list is asked again")
		zh, err := s.Why("W1", "zh")
		require.NoError(t, err)
		require.Contains(t, zh, "归档时间：2021-09-28T12:02:00+08:00，不可再重新立案")
		facts := ""
		for each, err := range s.Trace(t.Context(), "W1") {
			require.NoError(t, err)
			facts = each.Fact()
		}
		require.Equal(t, "archived", facts)
		out, err := s.Do(t.Context(), s.Folder().Latest(), street.Command{Desk: dispatch.Reopen{Case: "W1", Reason: "back"}})
		require.NoError(t, err)
		require.Equal(t, "archived", out.Refusal.Code)
	}
	_, err = s.Why("nobody", "en")
	require.ErrorIs(t, err, street.ErrNoCase)
}

// archivedRowsProperty: whatever is reported and closed when, lines, rates and Results are
// the same with and without archiving, at every instant of the run and after a restart.
func archivedRowsProperty(t *rapid.T) {
	list := drawReports(t)
	mode := rapid.SampledFrom([]string{``, `"duplicates": "automatic", "duplicate_score": 1, `}).Draw(t, "mode")
	plain, stores := folderOf(mode+`"reopen": "1m"`, list), []journal.Store{journal.NewMemory(), journal.NewMemory()}
	archiving := folderOf(mode+`"reopen": "1m", "archive": "`+rapid.SampledFrom([]string{"1m", "1h"}).Draw(t, "archive")+`"`, list)
	for _, minute := range []int{200, 500, 1000} {
		now := time.Date(2021, 9, 28, 8, minute, 0, 0, time.FixedZone("", 8*3600))
		var both []*street.Street
		for i, folder := range []fstest.MapFS{plain, archiving} {
			f, err := street.Load(folder, options)
			require.NoError(t, err)
			s, err := street.Open(t.Context(), f, stores[i])
			require.NoError(t, err)
			require.NoError(t, s.Play(t.Context(), now, nil))
			both = append(both, s)
		}
		require.Empty(t, cmp.Diff(linesOf(both[0], now), linesOf(both[1], now)))
		boards := make([][]byte, 2)
		for i, s := range both {
			board, err := s.ScoreBoard(now)
			require.NoError(t, err)
			for r := range board.Rates() {
				boards[i] = append(boards[i], []byte(string(r.Code)+r.By+string(r.Indicator))...)
				boards[i] = append(boards[i], byte(r.Numerator), byte(r.Denominator), byte(r.Excluded))
			}
			results, err := s.Results(t.Context())
			require.NoError(t, err)
			for j := 1; j < len(results); j++ {
				require.Less(t, results[j-1].ID, results[j].ID)
			}
		}
		require.Equal(t, boards[0], boards[1])
	}
}

func linesOf(s *street.Street, now time.Time) (list [][]string) {
	for r := range s.Rows(now) {
		list = append(list, r.Fields(time.UTC))
	}
	return list
}

func TestArchivedLinesStay(t *testing.T) { rapid.Check(t, archivedRowsProperty) }

func FuzzArchivedLines(f *testing.F) { f.Fuzz(rapid.MakeFuzz(archivedRowsProperty)) }
