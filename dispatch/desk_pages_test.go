package dispatch_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch"
)

// watched is what a reader who pages through should have seen of a case, by looking at
// the whole list whenever a page is read.
type watched struct {
	dues  []time.Time // whenever the list had it
	shown []time.Time // its due on each page that had it
}

// pagesProperty lets a reader page through while anything happens to the desk between
// the pages. What is shown is listed at that instant, and comes in one order over all
// pages. A case that is in the list with one due at every page is shown once, whatever
// else of it changed; one that at most moved to later dues at least once; and none more
// than once with one due.
func pagesProperty(t *rapid.T) {
	w := newListWalk(t)
	change := []func(*rapid.T){w.File, w.Install, w.Work, w.Work, w.Work, w.Tick, w.Tick, w.Send}
	for range rapid.IntRange(0, 10).Draw(t, "before") {
		rapid.SampledFrom(change).Draw(t, "change")(t)
	}
	f := w.filter(t)
	f.Due, f.Max = dispatch.Interval{}, rapid.IntRange(1, 3).Draw(t, "size")
	if rapid.IntRange(0, 2).Draw(t, "narrow") > 0 { // else most lists are too short to page through
		f = dispatch.Filter{Max: f.Max}
	}
	seen := map[dispatch.Code]*watched{}
	var last dispatch.Case
	pages, cursor := 0, ""
	for pages == 0 || cursor != "" {
		all := f
		all.Max = 0
		list, _, err := dispatch.ScanWorklist(w.d, all, "")
		require.NoError(t, err)
		for _, c := range list {
			if seen[c.ID] == nil {
				seen[c.ID] = &watched{}
			}
			seen[c.ID].dues = append(seen[c.ID].dues, c.NextDue)
		}
		page, next, err := w.d.Worklist(f, cursor)
		require.NoError(t, err)
		for _, c := range page {
			require.Negative(t, cmp.Or(last.NextDue.Compare(c.NextDue), cmp.Compare(last.ID, c.ID)), "%s after %s", c.ID, last.ID)
			require.True(t, slices.ContainsFunc(list, func(each dispatch.Case) bool { return each.ID == c.ID && each.Version == c.Version }))
			seen[c.ID].shown = append(seen[c.ID].shown, c.NextDue)
			last = c
		}
		pages++
		cursor = next
		if pages < 40 { // else cases may come for ever
			for range rapid.IntRange(0, 3).Draw(t, "between") {
				rapid.SampledFrom(change).Draw(t, "change")(t)
			}
		}
	}
	for id, c := range seen {
		if len(c.dues) < pages { // came, went, or both
			continue
		}
		later := slices.IsSortedFunc(c.dues, time.Time.Compare)
		if steady := later && c.dues[0].Equal(c.dues[pages-1]); steady {
			require.Equal(t, c.dues[:1], c.shown, "%s stayed where it was", id)
		}
		require.True(t, !later || len(c.shown) > 0, "%s was hidden by moving back", id)
	}
}

func TestWorklistWhileCasesMove(t *testing.T) { rapid.Check(t, pagesProperty) }

func FuzzWorklistPages(f *testing.F) { f.Fuzz(rapid.MakeFuzz(pagesProperty)) }

// TestWorklistMovedCases shows the two that a reader may see otherwise: one that moved
// behind the cursor appears again with its new due, one that moved before it not at all.
func TestWorklistMovedCases(t *testing.T) {
	at := fullDay(2, 9, 0)
	file := func(d *dispatch.Desk, id dispatch.Code, minutes int) {
		event := fullEvent(id, "waste")
		event.Due = fullDay(2, 9, minutes)
		deskDo(t, d, at, dispatch.File{Event: event, Straight: true})
		deskDo(t, d, at, dispatch.Ack{Case: id})
	}
	d := fullDesk(t)
	file(d, "E1", 60)
	file(d, "E2", 120)
	file(d, "E3", 180)
	read := func(cursor string) (ids []dispatch.Code, next string) {
		list, next, err := d.Worklist(dispatch.Filter{Max: 2}, cursor)
		require.NoError(t, err)
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return ids, next
	}
	first, cursor := read("")
	require.Equal(t, []dispatch.Code{"E1", "E2"}, first)
	at = at.Add(92 * time.Minute)
	deskTick(t, d, at) // E1 is late, and its next due a review
	file(d, "E0", 94)
	second, cursor := read(cursor)
	require.Equal(t, []dispatch.Code{"E3", "E1"}, second)
	require.Empty(t, cursor)
	again, _ := read("")
	require.Equal(t, []dispatch.Code{"E0", "E2"}, again)
}
