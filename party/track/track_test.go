package track_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/track"
)

func TestNewReportsEveryFault(t *testing.T) {
	_, err := track.New(nil, track.Options{
		Retention: track.RetentionMax + 1, StaleAfter: -1, Late: time.Microsecond, Ahead: 2 * time.Hour,
		MaxGap: 40 * 24 * time.Hour, Accuracy: -1, Speed: math.NaN(), Fixes: track.FixesMax + 1, People: -1,
	})
	var all *track.OptionsError
	require.ErrorAs(t, err, &all)
	var fields []string
	for _, f := range all.Faults {
		fields = append(fields, f.Field)
		require.NotEqual(t, f.Text("zh"), f.Text("en"))
	}
	require.Equal(t, []string{"duties", "Retention", "StaleAfter", "Late", "Ahead", "MaxGap", "Accuracy", "Speed", "Fixes", "People"}, fields)
	for _, want := range []error{track.ErrNoDuties, track.ErrRange, track.ErrNotMillis} {
		require.ErrorIs(t, err, want)
	}
	_, err = track.New(always{}, track.Options{Retention: time.Second})
	require.NoError(t, err, "defaults fit under a short retention")
}

// A jump is kept out; a second fix that agrees with it is believed, a first one
// that goes back is not disturbed by it.
func TestJump(t *testing.T) {
	tr, err := track.New(always{}, track.Options{})
	require.NoError(t, err)
	here, there := orb.Point{114, 22.5}, orb.Point{114.1, 22.5}
	add := func(second int, p orb.Point) track.Verdict {
		at := start.Add(time.Duration(second) * time.Second)
		return tr.Add(at, track.Fix{Person: "zhu", At: at, Point: p})
	}
	require.Equal(t, track.Accepted, add(0, here))
	require.Equal(t, track.Jump, add(10, there))
	require.Equal(t, track.Accepted, add(20, here))
	require.Equal(t, track.Jump, add(30, there), "the first jump is forgotten")
	require.Equal(t, track.Accepted, add(40, there))
	f, ok := tr.Position("zhu", start.Add(40*time.Second))
	require.True(t, ok)
	require.Equal(t, there, f.Point)
	require.Equal(t, 3, tr.Fixes())
}

// The position goes at the end of the duty, without Expire; the track after the
// retention, with it; and nothing comes back with the clock.
func TestDutyEnds(t *testing.T) {
	end := int64(time.Hour / time.Millisecond)
	tr, err := track.New(shifts{"zhu": {{0, end}}}, track.Options{Retention: 2 * time.Hour})
	require.NoError(t, err)
	last := start.Add(time.Hour - time.Millisecond)
	w := track.Want{Point: orb.Point{114, 22.5}, K: 1, At: last}
	require.Equal(t, track.OffDuty, tr.Add(start.Add(-time.Second), track.Fix{Person: "zhu", At: start.Add(-time.Second), Point: w.Point}))
	require.Zero(t, tr.People())
	require.Equal(t, track.Accepted, tr.Add(last, track.Fix{Person: "zhu", At: last, Point: w.Point}))
	near := tr.Nearest(w)
	require.Len(t, near.Chosen, 1)
	w.At = start.Add(time.Hour)
	near = tr.Nearest(w)
	require.Empty(t, near.Chosen)
	require.Empty(t, near.Passed, "somebody off duty is not listed")
	require.Equal(t, 1, near.Count(track.NotOnDuty))
	_, ok := tr.Position("zhu", w.At)
	require.False(t, ok)
	require.Zero(t, tr.Expire(last.Add(2*time.Hour-time.Millisecond)))
	require.Equal(t, 1, tr.Expire(last.Add(2*time.Hour)))
	require.Zero(t, tr.People())
	require.Zero(t, tr.Expire(start))
	require.False(t, tr.Forget("zhu"))
}

func TestBadQueries(t *testing.T) {
	tr, err := track.New(always{}, track.Options{})
	require.NoError(t, err)
	require.Equal(t, track.Accepted, tr.Add(start, track.Fix{Person: "zhu", At: start, Point: orb.Point{114, 22.5}}))
	nan := math.NaN()
	for _, w := range []track.Want{
		{K: 1, At: start, Point: orb.Point{nan, 0}}, {K: 1, At: start, Point: orb.Point{0, 91}},
		{K: 1, At: start, Within: -1}, {K: 1, At: start, MaxAccuracy: -1}, {K: 1, Skills: []track.Code{"x"}, At: start},
		{K: 1, At: start.AddDate(-5000, 0, 0)}, {K: 1, At: start.AddDate(20000, 0, 0)}, {K: 1},
	} {
		a := tr.Nearest(w)
		require.Empty(t, a.Chosen)
		require.Equal(t, 1, a.Short)
	}
	require.Equal(t, track.Times{}, tr.TimeIn("zhu", start, start.AddDate(2, 0, 0), nil))
	require.Equal(t, track.Times{}, tr.TimeIn("zhu", start, start, nil))
	require.Equal(t, track.Malformed, tr.Add(start, track.Fix{Person: "a b", At: start}))
	var zero track.Tracker
	require.Equal(t, track.Expired, zero.Add(start, track.Fix{Person: "zhu", At: start}))
	require.Zero(t, zero.Expire(start))
	require.Equal(t, 3, (zero.Nearest(track.Want{K: 3})).Short)
}

// No verb, no JSON and no error shows where somebody was.
func TestNothingShowsAPlace(t *testing.T) {
	f := track.Fix{Person: "zhu", At: start, Point: orb.Point{114.0612345, 22.6812345}}
	tr, err := track.New(always{}, track.Options{})
	require.NoError(t, err)
	require.Equal(t, track.Accepted, tr.Add(start, f))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%f"} {
		for _, x := range []any{f, &f, tr, []track.Fix{f}, struct{ F track.Fix }{f}} {
			text := fmt.Sprintf(verb, x)
			for _, part := range []string{"114.06", "22.68", "1140612345", "226812345", "43fc75d9"} {
				require.NotContains(t, strings.ToLower(text), part, verb)
			}
		}
	}
	for _, x := range []any{f, tr, map[string]any{"fix": &f}} {
		_, err := json.Marshal(x)
		require.ErrorIs(t, err, track.ErrPersonal)
	}
}

func TestEveryCodeHasTexts(t *testing.T) {
	seen := map[string]bool{}
	check := func(code, en, zh string) {
		require.NotEmpty(t, code)
		require.False(t, seen[code], code)
		seen[code] = true
		require.NotEqual(t, en, zh, code)
		require.False(t, strings.HasPrefix(zh, code+" "), code)
	}
	for _, v := range track.Verdicts() {
		check(v.String(), v.Text("en"), v.Text("zh"))
	}
	clear(seen)
	for _, r := range track.Reasons() {
		p := track.Passed{Reason: r, What: "x"}
		check(r.String(), p.Text("en"), p.Text("zh"))
	}
	require.Empty(t, track.Verdict(99).String())
	require.Empty(t, track.Reason(99).String())
}

// A known person costs nothing once the track has its room.
func TestAddAllocatesNothing(t *testing.T) {
	tr, err := track.New(always{}, track.Options{Fixes: 8})
	require.NoError(t, err)
	f := track.Fix{Person: "zhu", At: start, Point: orb.Point{114, 22.5}}
	add := func() {
		f.At = f.At.Add(time.Second)
		f.Point[0] += 0.00001
		require.True(t, tr.Add(f.At, f) == track.Accepted)
	}
	for range 10 {
		add()
	}
	require.Zero(t, testing.AllocsPerRun(100, add))
}

// A track that rolls on keeps its order when it then needs more room, and each
// fix goes when it is due, not with the latest one.
func TestTrackRollsAndGrows(t *testing.T) {
	tr, err := track.New(always{}, track.Options{Retention: 3 * time.Second})
	require.NoError(t, err)
	var want []time.Time
	now := start
	for i := range 40 {
		step := time.Second
		if i > 5 {
			step = 100 * time.Millisecond
		}
		now = now.Add(step)
		require.Equal(t, track.Accepted, tr.Add(now, track.Fix{Person: "zhu", At: now, Point: orb.Point{114, 22.5}}))
		want = append(want, now)
		for now.Sub(want[0]) >= 3*time.Second {
			want = want[1:]
		}
		var got []time.Time
		for f := range tr.Track("zhu", time.Time{}, time.Time{}) {
			got = append(got, f.At)
		}
		require.Equal(t, want, got)
	}
	for len(want) > 0 {
		require.Zero(t, tr.Expire(want[0].Add(3*time.Second-time.Millisecond)))
		require.Equal(t, 1, tr.Expire(want[0].Add(3*time.Second)), "%d left", len(want))
		want = want[1:]
	}
	require.Zero(t, tr.People())
}
