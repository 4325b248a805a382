package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// over is a folder with one file in place of another.
type over struct {
	fs.FS
	with fstest.MapFS
}

func (o over) Open(name string) (fs.File, error) {
	if f, err := o.with.Open(name); err == nil && o.with[name] != nil {
		return f, nil
	}
	return o.FS.Open(name)
}

// withPolicy is a built-in place with other keys of its policy.
func withPolicy(t *testing.T, place string, policy map[string]string) *street.Folder {
	t.Helper()
	fsys, err := fs.Sub(places, "places/"+place)
	require.NoError(t, err)
	data, err := fs.ReadFile(fsys, "street.json")
	require.NoError(t, err)
	var all map[string]any
	require.NoError(t, json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &all))
	own, _ := all["policy"].(map[string]any)
	if own == nil {
		own = map[string]any{}
	}
	for key, value := range policy {
		own[key] = value
	}
	all["policy"] = own
	data, err = json.Marshal(all)
	require.NoError(t, err)
	f, err := street.Load(over{fsys, fstest.MapFS{"street.json": {Data: data}}}, street.LoadOptions{Zone: time.LoadLocation})
	require.NoError(t, err)
	return f
}

// outcome is decisions.csv, summary.json without the state hash, and the tables about
// cases; left is how many cases have left memory.
func outcome(t *testing.T, f *street.Folder, store journal.Store, now time.Time) (text string, left int) {
	t.Helper()
	s, err := street.Open(t.Context(), f, store)
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), now, nil))
	sum, rows, err := summarize(t.Context(), s, f, now, "en")
	require.NoError(t, err)
	sum.State, sum.Seconds = "", stages{}
	csv, err := decisions(rows, f, "en")
	require.NoError(t, err)
	tables, err := caseSections(t.Context(), s, now, "zh")
	require.NoError(t, err)
	rest, err := json.MarshalIndent([]any{sum, tables}, "", " ")
	require.NoError(t, err)
	require.NoError(t, s.View(t.Context(), func(d *dispatch.Desk, _ *finance.Book) { left = d.ArchivedLen() }))
	return string(csv) + string(rest), left
}

// TestArchivingChangesNoResult: every place gives the same results whether its cases
// leave memory at the first possible instant or never, and also when the street stops
// in between and goes on from its journal.
func TestArchivingChangesNoResult(t *testing.T) {
	for _, place := range []string{"boston", "guangming", "guanlan", "guanlan-mini", "luohu", "majiang"} {
		for _, reopen := range []string{"1m", "15wd"} {
			if reopen != "1m" && place != "luohu" {
				continue // no case is old enough, or all takes long
			}
			t.Run(place+" "+reopen, func(t *testing.T) {
				plain := withPolicy(t, place, map[string]string{"reopen": reopen})
				archiving := withPolicy(t, place, map[string]string{"reopen": reopen, "archive": "1m"})
				now := plain.Latest()
				want, none := outcome(t, plain, journal.NewMemory(), now)
				require.Zero(t, none)
				got, left := outcome(t, archiving, journal.NewMemory(), now)
				require.Empty(t, cmp.Diff(want, got))
				store := journal.NewMemory()
				for _, part := range []time.Duration{4, 2} {
					first := plain.Events[0].At
					_, _ = outcome(t, archiving, store, first.Add(now.Sub(first)/part))
				}
				again, leftAgain := outcome(t, archiving, store, now)
				require.Empty(t, cmp.Diff(want, again))
				require.Equal(t, left, leftAgain)
				require.Positive(t, left, "cases have left")
			})
		}
	}
}
