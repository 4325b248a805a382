package track_test

import (
	"math"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/party/track"
)

// metresOff is the place so many metres east and north of p, near enough.
func metresOff(p orb.Point, east, north float64) orb.Point {
	lng := 111320 * math.Cos(p[1]*math.Pi/180)
	return orb.Point{p[0] + east/lng, p[1] + north/110900}
}

// along is the place of an edge so many metres from a. Equal shares of the degrees
// are not equal lengths.
func along(a, b orb.Point, metres float64) orb.Point {
	low, high := 0.0, 1.0
	at := func(share float64) orb.Point {
		return orb.Point{a[0] + (b[0]-a[0])*share, a[1] + (b[1]-a[1])*share}
	}
	for range 40 {
		if middle := (low + high) / 2; geodesy.Length(a, at(middle)) < metres {
			low = middle
		} else {
			high = middle
		}
	}
	return at(low)
}

// coverageHolds walks along the route and measures every place by geodesy.
func coverageHolds(t *rapid.T) {
	tr, err := track.New(always{}, track.Options{MaxGap: time.Minute, Late: time.Second, Speed: 10})
	require.NoError(t, err)
	lat := rapid.SampledFrom([]float64{0, 22.5, -45, 70}).Draw(t, "lat")
	about := orb.Point{rapid.SampledFrom([]float64{114, 179.9995, -180}).Draw(t, "lng"), lat}
	off := func(label string, reach float64) orb.Point {
		d := rapid.Float64Range(-reach, reach)
		return metresOff(about, d.Draw(t, label+" east"), d.Draw(t, label+" north"))
	}
	within := rapid.SampledFrom([]grid.Meters{0.5, 20, 200, 1000}).Draw(t, "within")
	reach := rapid.SampledFrom([]float64{20, 300, 900}).Draw(t, "reach")
	type dated struct {
		p  orb.Point
		at time.Time
	}
	var fixes []dated
	at := start
	for range rapid.IntRange(0, 8).Draw(t, "fixes") {
		at = at.Add(rapid.SampledFrom([]time.Duration{20 * time.Second, time.Minute, time.Minute + time.Millisecond}).Draw(t, "apart"))
		p := off("fix", reach)
		wrapped := orb.Point{p[0] - 360*math.Round(p[0]/360), p[1]}
		if tr.Add(at, track.Fix{Person: "zhu", At: at, Point: wrapped}) == track.Accepted {
			wrapped, _ = grid.Snap(wrapped)
			p[0] = wrapped[0] + 360*math.Round((p[0]-wrapped[0])/360)
			fixes = append(fixes, dated{orb.Point{p[0], wrapped[1]}, at})
		}
	}
	route := orb.LineString{off("route", 900), off("route", 900)}
	if rapid.Bool().Draw(t, "longer") {
		route = append(route, route[1], off("route", 900))
	}
	got, err := tr.Coverage(route, "zhu", time.Time{}, time.Time{}, within)
	require.NoError(t, err)

	// The answer is in itself right.
	total, missed := 0.0, grid.Meters(0)
	for i := range len(route) - 1 {
		total += geodesy.Length(route[i], route[i+1])
	}
	require.InDelta(t, total, float64(got.Total), 0.0006)
	for i, s := range got.Uncovered {
		require.Less(t, s.From, s.Until)
		require.True(t, s.From >= 0 && s.Until <= got.Total)
		require.True(t, i == 0 || got.Uncovered[i-1].Until < s.From)
		missed += s.Until - s.From
	}
	require.InDelta(t, float64(got.Total-missed), float64(got.Covered), 1e-6)

	// And every place of the route is on the side that geodesy says.
	away := func(p orb.Point) float64 {
		least := math.Inf(1)
		for i, f := range fixes {
			least = min(least, geodesy.Distance(p, f.p))
			if i > 0 {
				b := fixes[i-1]
				apart := f.at.Sub(b.at)
				if apart <= time.Minute && geodesy.Distance(f.p, b.p)*1000 <= 10*float64(apart.Milliseconds()) {
					d, _ := geodesy.ToSegment(p, b.p, f.p)
					least = min(least, d)
				}
			}
		}
		return least
	}
	begin := 0.0
	for i := range len(route) - 1 {
		a, b := route[i], route[i+1]
		length := geodesy.Length(a, b)
		for _, s := range got.Uncovered { // where a stretch ends it is just the distance
			for _, end := range []grid.Meters{s.From, s.Until} {
				if share := (float64(end) - begin) / length; share > 0 && share < 1 && end > 0.001 && end < got.Total-0.001 {
					d := away(along(a, b, float64(end)-begin))
					require.InDelta(t, float64(within), d, 0.0015, "at %v of %v", end, got.Total)
				}
			}
		}
		for k := range 60 {
			share := (float64(k) + 0.5) / 60
			here := grid.Meters(begin + share*length)
			missing, near := false, false
			for _, s := range got.Uncovered {
				missing = missing || s.From <= here && here < s.Until
				near = near || math.Abs(float64(s.From-here)) < 0.002 || math.Abs(float64(s.Until-here)) < 0.002
			}
			if near || length < 0.002 {
				continue // at the very end of a stretch, or one of no length
			}
			d := away(along(a, b, share*length))
			if missing {
				require.Greater(t, d, float64(within)-0.001)
			} else {
				require.Less(t, d, float64(within)+0.001)
			}
		}
		begin += length
	}
}

func TestCoverageIsMeasured(t *testing.T) { rapid.Check(t, coverageHolds) }
func FuzzCoverage(f *testing.F)           { f.Fuzz(rapid.MakeFuzz(coverageHolds)) }

func TestCoverageRefuses(t *testing.T) {
	tr, err := track.New(always{}, track.Options{})
	require.NoError(t, err)
	route := orb.LineString{{114, 22.5}, {114.001, 22.5}}
	for name, c := range map[string]struct {
		route       orb.LineString
		within      grid.Meters
		from, until time.Time
		field       string
		want        error
	}{
		"negative":  {route, -1, start, start, "within", track.ErrRange},
		"not a num": {nil, grid.Meters(math.NaN()), start, start, "within", track.ErrRange},
		"too wide":  {route, track.WithinMax + 1, start, start.Add(1), "within", track.ErrRange},
		"no route":  {nil, 20, start, start, "route", track.ErrNotRoute},
		"a point":   {route[:1], 20, start, start, "route", track.ErrNotRoute},
		"bad point": {orb.LineString{{114, 22}, {114, math.NaN()}}, 20, start, start, "route[1]", track.ErrNotRoute},
		"polar":     {orb.LineString{{114, 85.1}, {114, 22}}, 20, start, start, "route[0]", track.ErrNotRoute},
		"too long":  {orb.LineString{{114, 22}, {114.1, 22}, {117, 22}}, 20, start, start, "route[2]", track.ErrNotRoute},
		"backwards": {route, 20, start, start, "until", track.ErrNotInterval},
	} {
		_, err := tr.Coverage(c.route, "zhu", c.from, c.until, c.within)
		require.ErrorIs(t, err, c.want, name)
		var at *track.Error
		require.ErrorAs(t, err, &at, name)
		require.Equal(t, c.field, at.Field, name)
		require.NotEqual(t, at.Text("zh"), at.Text("en"))
	}
	got, err := tr.Coverage(route, "nobody", time.Time{}, time.Time{}, 20)
	require.NoError(t, err)
	require.Zero(t, got.Covered)
	require.Equal(t, []track.Stretch{{From: 0, Until: got.Total}}, got.Uncovered)
}
