package duplicate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/grid"
)

var start = time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC)

// centres are where the globe is awkward, and one where it is not.
var centres = []orb.Point{{114.06, 22.68}, {180, 0}, {-179.9999, 60}, {30, 90}, {-150, -89.99995}, {0, -90}, {10, 89.97}, {0, 0}}

var matters = []duplicate.Code{"road", "road.pit", "road.pit.deep", "road.cover", "waste", "waste.heap", "light", "other"}

func drawConfig(t *rapid.T) duplicate.Config {
	policy := func(label string) duplicate.Policy {
		return duplicate.Policy{
			Radius:    rapid.SampledFrom([]grid.Meters{0, 0.001, 0.3, 7, 50, 300, 5000}).Draw(t, label+" radius"),
			Window:    rapid.SampledFrom([]time.Duration{0, time.Millisecond, time.Minute, time.Hour, 240 * time.Hour}).Draw(t, label+" window"),
			Mode:      rapid.SampledFrom([]duplicate.Mode{duplicate.Suggest, duplicate.Auto, duplicate.Off}).Draw(t, label+" mode"),
			Threshold: rapid.SampledFrom([]int{0, 1, 5000, 9999, 10_000}).Draw(t, label+" threshold"),
		}
	}
	c := duplicate.Config{Default: policy("default")}
	if rapid.Bool().Draw(t, "tree") {
		c.Parent = above
	}
	for _, m := range matters {
		if rapid.Bool().Draw(t, "has policy") {
			p := policy(string(m))
			p.Matter, p.Group = m, rapid.SampledFrom([]duplicate.Code{"", "surface", "mess"}).Draw(t, "group")
			c.Policies = append(c.Policies, p)
		}
	}
	return c
}

// drawPoint is a place some metres or some hundred from a centre; nil at times.
func drawPoint(t *rapid.T, centre orb.Point) *orb.Point {
	if rapid.IntRange(0, 9).Draw(t, "placed") == 0 {
		return nil
	}
	reach := rapid.SampledFrom([]int{2, 100, 3000, 40_000, 600_000}).Draw(t, "reach")
	off := rapid.IntRange(-reach, reach)
	p := orb.Point{centre[0] + float64(off.Draw(t, "east"))/1e7, centre[1] + float64(off.Draw(t, "north"))/1e7}
	if p[1] > 90 || p[1] < -90 { // over the pole and down the other side
		p[1] = max(-90, min(90, 180*sign(p[1])-p[1]))
		p[0] += 180
	}
	if centre[1] > 89 || centre[1] < -89 {
		p[0] += float64(rapid.IntRange(0, 7).Draw(t, "eighth") * 45)
	}
	for p[0] > 180 {
		p[0] -= 360
	}
	for p[0] < -180 {
		p[0] += 360
	}
	return &p
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

func drawReport(t *rapid.T, id duplicate.Code, centre orb.Point) duplicate.Report {
	return duplicate.Report{
		ID: id, Matter: rapid.SampledFrom(matters).Draw(t, "matter"), Point: drawPoint(t, centre),
		At: start.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "at")) *
			rapid.SampledFrom([]time.Duration{time.Millisecond, time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "unit")),
		Asset:   rapid.SampledFrom([]duplicate.Code{"", "", "", "A1", "A2"}).Draw(t, "asset"),
		Channel: rapid.SampledFrom([]string{"", "12345", "patrol"}).Draw(t, "channel"),
	}
}

// The index answers as a scan of what is open does, whatever was added, removed and
// moved before.
func indexIsScan(t *rapid.T) {
	config := drawConfig(t)
	index, err := duplicate.New(config)
	require.NoError(t, err)
	w := twin{config, map[duplicate.Code]duplicate.Report{}}
	centre := rapid.SampledFrom(centres).Draw(t, "centre")
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		id := duplicate.Code(fmt.Sprintf("C%d", rapid.IntRange(0, 45).Draw(t, "id")))
		r := drawReport(t, id, centre)
		_, open := w.open[id]
		switch rapid.IntRange(0, 9).Draw(t, "what") {
		case 0:
			require.Equal(t, open, index.Remove(id))
			delete(w.open, id)
		case 1:
			err := index.Move(id, r.Point)
			if !open {
				require.ErrorIs(t, err, duplicate.ErrUnknown)
				break
			}
			require.NoError(t, err)
			moved := w.open[id]
			moved.Point = r.Point
			w.open[id] = moved
		case 2, 3:
			compare(t, index, &w, r)
		default:
			err := index.Add(r)
			if open {
				require.ErrorIs(t, err, duplicate.ErrTwice)
				break
			}
			require.NoError(t, err)
			w.open[id] = r
		}
		require.Equal(t, len(w.open), index.Len())
	}
	compare(t, index, &w, drawReport(t, "new", centre))
	for id, want := range w.open {
		got, ok := index.Report(id)
		require.True(t, ok)
		if want.Point != nil {
			p, _ := grid.Snap(*want.Point)
			want.Point = &p
		}
		require.Empty(t, cmp.Diff(want, got))
	}
	for id := range w.open {
		require.True(t, index.Remove(id))
	}
	require.Zero(t, index.Held(), "nothing is left behind")
}

func compare(t *rapid.T, index *duplicate.Index, w *twin, r duplicate.Report) {
	want := w.candidates(r)
	list, more := index.Candidates(r)
	require.Equal(t, len(want), len(list)+more)
	var got []answer
	for _, c := range list {
		a := answer{c.Case, int64(c.Score), c.SameAsset, c.Kin, -1, c.At}
		if c.Placed {
			a.away = int64(float64(c.Away)*1000 + 0.5)
		}
		got = append(got, a)
		o := w.open[c.Case]
		require.Equal(t, r.At.Sub(o.At), c.Apart)
		require.Equal(t, o.Matter, c.Matter)
		require.Equal(t, o.Channel, c.Channel)
		require.Equal(t, c.Kin == duplicate.SiblingMatter, c.Group != "")
		for _, why := range c.Why() {
			require.NotContains(t, why.Text("zh"), "{")
			require.NotEqual(t, why.Text("zh"), why.Text("en"))
		}
	}
	require.Empty(t, cmp.Diff(want[:min(len(want), duplicate.CandidatesMax)], got, cmp.AllowUnexported(answer{}), cmp.Transformer("nil", func(a []answer) []answer {
		return append(a, answer{})[:len(a):len(a)]
	})))
	best, auto, ok := index.Best(r)
	require.Equal(t, len(want) > 0, ok)
	if ok {
		p := w.policy(r.Matter)
		require.Equal(t, list[0], best)
		require.Equal(t, p.Mode == duplicate.Auto && best.Score >= p.Threshold, auto)
	} else {
		require.False(t, auto)
	}
}

func TestIndexIsScan(t *testing.T) { rapid.Check(t, indexIsScan) }
func FuzzIndex(f *testing.F)       { f.Fuzz(rapid.MakeFuzz(indexIsScan)) }

// A crowd at one place: more than are answered, the best of them kept.
func crowdIsScan(t *rapid.T) {
	index, err := duplicate.New(duplicate.Config{})
	require.NoError(t, err)
	w := twin{duplicate.Config{}, map[duplicate.Code]duplicate.Report{}}
	for i := range rapid.IntRange(0, 120).Draw(t, "reports") {
		p := orb.Point{114 + float64(rapid.IntRange(0, 3000).Draw(t, "x"))/1e7, 22.6}
		r := duplicate.Report{ID: duplicate.Code(fmt.Sprint("C", i)), Matter: "road", Point: &p, At: start.Add(time.Duration(rapid.IntRange(0, 25).Draw(t, "h")) * time.Hour)}
		require.NoError(t, index.Add(r))
		w.open[r.ID] = r
	}
	compare(t, index, &w, duplicate.Report{ID: "new", Matter: "road", Point: &orb.Point{114, 22.6}, At: start.Add(20 * time.Hour)})
}

func TestCrowdIsScan(t *testing.T) { rapid.Check(t, crowdIsScan) }
func FuzzCrowd(f *testing.F)       { f.Fuzz(rapid.MakeFuzz(crowdIsScan)) }
