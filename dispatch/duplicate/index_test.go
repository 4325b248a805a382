package duplicate_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/grid"
)

func TestLimitsAreWithin(t *testing.T) {
	index, err := duplicate.New(duplicate.Config{})
	require.NoError(t, err)
	here := orb.Point{114.06, 22.68}
	require.NoError(t, index.Add(duplicate.Report{ID: "C1", Matter: "road", Point: &here, At: start}))
	score := func(p orb.Point, at time.Time) int {
		list, _ := index.Candidates(duplicate.Report{ID: "new", Matter: "road", Point: &p, At: at})
		if len(list) == 0 {
			return -1
		}
		return list[0].Score
	}
	require.Equal(t, 10_000, score(here, start))
	require.Equal(t, 6_000, score(here, start.Add(24*time.Hour)), "a day ago to the millisecond")
	require.Equal(t, -1, score(here, start.Add(24*time.Hour+time.Millisecond)))
	require.Equal(t, 6_000, score(here, start.Add(-24*time.Hour)), "and the other way")
	// 50 m south by steps of a unit of 1.1 cm: there is a last one.
	last := -1
	for units := 4400; units < 4600; units++ {
		p := orb.Point{here[0], here[1] - float64(units)/1e7}
		got := score(p, start.Add(24*time.Hour))
		require.Equal(t, millimetres(here, p) <= 50_000, got >= 0)
		last = max(last, got)
	}
	require.Less(t, last, 200)
}

func TestBestIsAutoOnlyByPolicy(t *testing.T) {
	index, err := duplicate.New(duplicate.Config{Policies: []duplicate.Policy{
		{Matter: "auto", Mode: duplicate.Auto, Threshold: 6_000}, {Matter: "ask"},
	}})
	require.NoError(t, err)
	here := orb.Point{114.06, 22.68}
	require.NoError(t, index.Add(duplicate.Report{ID: "C1", Matter: "auto", Point: &here, At: start, Asset: "A"}))
	require.NoError(t, index.Add(duplicate.Report{ID: "C2", Matter: "ask", Point: &here, At: start}))
	for _, c := range []struct {
		matter, asset, best duplicate.Code
		after               time.Duration
		auto                bool
	}{
		{"auto", "", "C1", 24 * time.Hour, true},    // 6,000 exactly
		{"auto", "", "", 24*time.Hour + 1e6, false}, // none
		{"ask", "", "C2", 0, false},                 // 10,000, but a person is to say so
		{"ask", "A", "C1", 0, false},                // the asset first, of another matter
		{"auto", "A", "C1", 9000 * time.Hour, true}, // the asset has no window
	} {
		best, auto, ok := index.Best(duplicate.Report{ID: "new", Matter: c.matter, Asset: c.asset, Point: &here, At: start.Add(c.after)})
		require.Equal(t, c.best, best.Case, c)
		require.Equal(t, c.best != "", ok)
		require.Equal(t, c.auto, auto, c)
	}
}

func TestOwnReportIsNoCandidate(t *testing.T) {
	index, err := duplicate.New(duplicate.Config{})
	require.NoError(t, err)
	r := duplicate.Report{ID: "C1", Matter: "road", Point: &orb.Point{1, 1}, At: start, Asset: "A"}
	require.NoError(t, index.Add(r))
	list, more := index.Candidates(r)
	require.Empty(t, list)
	require.Zero(t, more)
}

func TestFaults(t *testing.T) {
	_, err := duplicate.New(duplicate.Config{
		Policies: []duplicate.Policy{
			{Matter: "a", Radius: -1, Window: 1, Group: "g g", Mode: 7, Threshold: 10_001},
			{Matter: "a", Radius: duplicate.Policy{}.Radius + 5001, Window: -1},
			{Matter: "", Radius: 0.0001, Window: duplicate.WindowMax + 1e6},
		},
		Default: duplicate.Policy{Group: "g"},
	})
	var faults *duplicate.Errors
	require.ErrorAs(t, err, &faults)
	var fields []string
	for _, f := range faults.Faults {
		fields = append(fields, f.Field)
		require.NotEqual(t, f.Text("zh"), f.Text("en"))
	}
	require.Equal(t, []string{
		"Policies[0].Radius", "Policies[0].Window", "Policies[0].Group", "Policies[0].Mode", "Policies[0].Threshold",
		"Policies[1].Matter", "Policies[1].Radius", "Policies[1].Window",
		"Policies[2].Matter", "Policies[2].Radius", "Policies[2].Window", "Default",
	}, fields)
	for _, is := range []error{duplicate.ErrRange, duplicate.ErrNotMillis, duplicate.ErrCode, duplicate.ErrTwice, duplicate.ErrDefault} {
		require.ErrorIs(t, err, is)
	}
	_, err = duplicate.New(duplicate.Config{Policies: make([]duplicate.Policy, duplicate.PoliciesMax+1)})
	require.ErrorIs(t, err, duplicate.ErrMany)
	_, err = duplicate.New(duplicate.Config{Policies: make([]duplicate.Policy, 101)})
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults.Faults, duplicate.FaultsMax)
	require.Equal(t, 1, faults.More)
	require.True(t, strings.HasSuffix(err.Error(), "and 1 more"))
}

func TestAddRefuses(t *testing.T) {
	index, err := duplicate.New(duplicate.Config{})
	require.NoError(t, err)
	bad := duplicate.Report{
		Point: &orb.Point{0, math.NaN()}, At: time.Unix(math.MaxInt64, 0), Asset: "a b", Channel: strings.Repeat("x", 257),
	}
	err = index.Add(bad)
	var faults *duplicate.Errors
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults.Faults, 6)
	for _, is := range []error{duplicate.ErrCode, duplicate.ErrPlace, duplicate.ErrInstant, duplicate.ErrChannel} {
		require.ErrorIs(t, err, is)
	}
	require.Zero(t, index.Held())
	list, more := index.Candidates(bad)
	require.Empty(t, list)
	require.Zero(t, more)
	require.ErrorIs(t, index.Move("x", &orb.Point{0, 91}), duplicate.ErrPlace)
	require.ErrorIs(t, index.Move("x", nil), duplicate.ErrUnknown)
}

// What is exactly at the radius is within.
func TestRadiusIncludesItself(t *testing.T) {
	here, there := orb.Point{114.06, 22.68}, orb.Point{114.0603, 22.6802}
	away := millimetres(here, there)
	for more := int64(-1); more <= 1; more++ {
		index, err := duplicate.New(duplicate.Config{Default: duplicate.Policy{Radius: grid.Meters(float64(away+more) / 1000)}})
		require.NoError(t, err)
		require.NoError(t, index.Add(duplicate.Report{ID: "C1", Matter: "road", Point: &here, At: start}))
		list, _ := index.Candidates(duplicate.Report{ID: "new", Matter: "road", Point: &there, At: start})
		require.Equal(t, more >= 0, len(list) == 1)
	}
}

// The number of a matter that is gone serves another one with its own policy.
func TestMatterNumberIsUsedAgain(t *testing.T) {
	index, err := duplicate.New(duplicate.Config{Policies: []duplicate.Policy{{Matter: "b", Group: "g"}, {Matter: "c", Group: "g"}}})
	require.NoError(t, err)
	r := duplicate.Report{ID: "C1", Matter: "a", Point: &orb.Point{1, 1}, At: start}
	require.NoError(t, index.Add(r))
	require.True(t, index.Remove("C1"))
	r.Matter = "b"
	require.NoError(t, index.Add(r))
	r.ID, r.Matter = "C2", "c"
	best, _, ok := index.Best(r)
	require.True(t, ok)
	require.Equal(t, duplicate.SiblingMatter, best.Kin)
}
