package grid_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// minute is a small instant; 0 stands for an open end.
func minute(n int) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Date(2026, 3, 1, 0, n, 0, 0, time.UTC)
}

func drawInterval(t *rapid.T) (grid.Interval, [2]int) {
	ends := [2]int{rapid.IntRange(0, 12).Draw(t, "from"), rapid.IntRange(0, 12).Draw(t, "until")}
	return grid.Interval{From: minute(ends[0]), Until: minute(ends[1])}, ends
}

func inside(ends [2]int, n int) bool {
	return (ends[0] == 0 || n >= ends[0]) && (ends[1] == 0 || n < ends[1])
}

// TestTimelineIsAScan: At answers what a scan of the versions does, and a timeline
// is refused exactly when two versions share an instant or one has none.
func TestTimelineIsAScan(t *testing.T) { rapid.Check(t, timelineIsAScan) }

func FuzzTimeline(f *testing.F) { f.Fuzz(rapid.MakeFuzz(timelineIsAScan)) }

func timelineIsAScan(t *rapid.T) {
	var versions []grid.Version
	var ends [][2]int
	for range rapid.IntRange(0, 5).Draw(t, "versions") {
		i, e := drawInterval(t)
		versions, ends = append(versions, grid.Version{During: i, Map: &grid.Map{}}), append(ends, e)
	}
	holders := func(n int) (out []*grid.Map) {
		for i, e := range ends {
			if inside(e, n) {
				out = append(out, versions[i].Map)
			}
		}
		return out
	}
	empty, shared := false, false
	for i := range versions {
		empty = empty || !slices.ContainsFunc(naturals(14), func(n int) bool { return inside(ends[i], n-1) })
	}
	for n := range 15 {
		shared = shared || len(holders(n-1)) > 1
	}
	line, err := grid.NewTimeline(versions...)
	require.Equal(t, empty, errors.Is(err, grid.ErrInterval), "%v", ends)
	if !empty {
		require.Equal(t, shared, errors.Is(err, grid.ErrOverlap), "%v", ends)
	}
	require.Equal(t, empty || shared, err != nil)
	if err != nil {
		require.Nil(t, line)
		return
	}
	require.Len(t, line.Versions(), len(versions))
	for n := 1; n < 15; n++ {
		want := holders(n)
		got, ok := line.At(minute(n))
		require.Equal(t, len(want) > 0, ok, "%v at %d", ends, n)
		if ok {
			require.Same(t, want[0], got)
		}
		just, _ := line.At(minute(n).Add(-1)) // finer than a millisecond is still an instant
		if w := holders(n - 1); n > 1 && len(w) > 0 {
			require.Same(t, w[0], just)
		}
	}
	asked, e := drawInterval(t)
	between := line.Between(asked.From, asked.Until)
	for i, v := range versions {
		meets := slices.ContainsFunc(naturals(14), func(n int) bool { return inside(e, n-1) && inside(ends[i], n-1) })
		require.Equal(t, meets, slices.ContainsFunc(between, func(w grid.Version) bool { return w.Map == v.Map }), "%v in %v", ends[i], e)
	}
}

func naturals(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestTimelineSaysAllFaults(t *testing.T) {
	m := &grid.Map{}
	_, err := grid.NewTimeline(
		grid.Version{During: grid.Interval{From: minute(5), Until: minute(9)}, Map: m},
		grid.Version{During: grid.Interval{From: minute(8)}, Map: nil},
		grid.Version{During: grid.Interval{From: minute(3), Until: minute(3)}, Map: m},
		grid.Version{During: grid.Interval{From: minute(1).Add(1), Until: minute(2)}, Map: m},
	)
	refused, ok := errors.AsType[*grid.TimelineError](err)
	require.True(t, ok)
	var said []string
	for _, f := range refused.Faults {
		said = append(said, f.Error(), f.Text("zh"))
	}
	require.Equal(t, []string{
		"version 3: [2026-03-01T00:01:00.000000001Z, 2026-03-01T00:02:00Z): instant is not a whole millisecond",
		"版本3：时刻须为整毫秒（[2026-03-01T00:01:00.000000001Z, 2026-03-01T00:02:00Z)）",
		"version 2: [2026-03-01T00:03:00Z, 2026-03-01T00:03:00Z): interval holds no instant",
		"版本2：时段为空（[2026-03-01T00:03:00Z, 2026-03-01T00:03:00Z)）",
		"version 1: [2026-03-01T00:08:00Z, …): version has no map",
		"版本1：版本没有地图（[2026-03-01T00:08:00Z, …)）",
		"version 1: [2026-03-01T00:08:00Z, …): interval meets that of another version",
		"版本1：时段与另一版本重叠（[2026-03-01T00:08:00Z, …)）",
	}, said)
	require.Equal(t, "grid: 4 faults, first version 3: [2026-03-01T00:01:00.000000001Z, 2026-03-01T00:02:00Z): instant is not a whole millisecond", err.Error())
	_, err = grid.NewTimeline(make([]grid.Version, grid.VersionsMax+1)...)
	require.ErrorIs(t, err, grid.ErrVersions)
}

// Every version that meets one given before it is said, also when others begin
// in between.
func TestTimelineSaysEveryOverlap(t *testing.T) {
	version := func(from, until int) grid.Version {
		return grid.Version{During: grid.Interval{From: minute(from), Until: minute(until)}, Map: &grid.Map{}}
	}
	_, err := grid.NewTimeline(version(1, 10), version(2, 3), version(4, 5), version(10, 11))
	refused, ok := errors.AsType[*grid.TimelineError](err)
	require.True(t, ok)
	require.Len(t, refused.Faults, 2)
	require.Equal(t, []int{1, 2}, []int{refused.Faults[0].Version, refused.Faults[1].Version})
}

// Every part of a unit makes another map.
func TestTimelineOfSeesEveryPart(t *testing.T) {
	base := grid.Unit{Code: "G", Parent: "P", Boundary: rectangle(114, 22, 115, 23)}
	for i, edit := range []func(u *grid.Unit){
		func(u *grid.Unit) {}, func(u *grid.Unit) { u.Name = "甲" }, func(u *grid.Unit) { u.Parent = "Q" },
		func(u *grid.Unit) { u.Boundary = rectangle(114, 22, 115, 24) },
		func(u *grid.Unit) { u.Counts = map[string]int64{"a": 1} }, func(u *grid.Unit) { u.Attrs = map[string]string{"a": "1"} },
	} {
		u := base
		edit(&u)
		line, err := grid.TimelineOf([]grid.DatedUnit{
			{Unit: base, During: grid.Interval{Until: minute(5)}}, {Unit: u, During: grid.Interval{From: minute(5)}},
		}, grid.Options{Levels: []string{"网格"}})
		require.NoError(t, err)
		v := line.Versions()
		require.Len(t, v, 2)
		require.Equal(t, i == 0, v[0].Map == v[1].Map, "edit %d", i)
	}
}

func TestTimelineWith(t *testing.T) {
	a, b, c := &grid.Map{}, &grid.Map{}, &grid.Map{}
	var line *grid.Timeline
	first, err := line.With(grid.Version{During: grid.Interval{From: minute(1)}, Map: a})
	require.NoError(t, err)
	second, err := first.With(grid.Version{During: grid.Interval{From: minute(5), Until: minute(9)}, Map: b})
	require.NoError(t, err)
	third, err := second.With(grid.Version{During: grid.Interval{From: minute(7)}, Map: c})
	require.NoError(t, err)
	for _, at := range []struct {
		line *grid.Timeline
		n    int
		want *grid.Map
	}{{first, 1, a}, {first, 8, a}, {second, 4, a}, {second, 5, b}, {second, 9, nil}, {third, 6, b}, {third, 7, c}, {third, 20, c}, {second, 7, b}, {third, -1, nil}} {
		got, _ := at.line.At(minute(at.n))
		require.Same(t, at.want, got, "%v", at)
	}
	for _, late := range []grid.Interval{{From: minute(5)}, {From: minute(1)}, {}, {Until: minute(3)}} {
		_, err := second.With(grid.Version{During: late, Map: c})
		require.Error(t, err, "%v", late)
	}
}

func TestEmptyTimeline(t *testing.T) {
	none, err := grid.NewTimeline()
	require.NoError(t, err)
	for _, line := range []*grid.Timeline{nil, {}, none} {
		_, ok := line.At(minute(1))
		require.False(t, ok)
		_, _, ok = line.Locate(orb.Point{114, 22}, minute(1))
		require.False(t, ok)
		_, ok = line.Diff(minute(1), minute(2))
		require.False(t, ok)
		require.Empty(t, line.Versions())
		require.Empty(t, line.Between(time.Time{}, time.Time{}))
	}
	line, err := grid.TimelineOf(nil, quiltOptions)
	require.NoError(t, err)
	require.Empty(t, line.Versions())
}

// TestTimelineOfIsBuild: at every instant, the map is the one that Build makes of
// the units valid then; equal units give the very same map.
func TestTimelineOfIsBuild(t *testing.T) { rapid.Check(t, timelineOfIsBuild) }

func FuzzTimelineOf(f *testing.F) { f.Fuzz(rapid.MakeFuzz(timelineOfIsBuild)) }

func timelineOfIsBuild(t *rapid.T) {
	var units []grid.DatedUnit
	var ends [][2]int
	for range rapid.IntRange(0, 7).Draw(t, "units") {
		n := rapid.IntRange(0, 3).Draw(t, "n")
		u := grid.Unit{Code: grid.Code(fmt.Sprint("U", n)), Boundary: rectangle(114+float64(n), 22, 115+float64(n), 23)}
		if n > 1 && rapid.Bool().Draw(t, "child") {
			u.Level, u.Parent = 1, "U0"
		}
		if rapid.IntRange(0, 3).Draw(t, "named") == 0 {
			u.Name = "更名"
		}
		i, e := drawInterval(t)
		if !i.Valid() {
			i, e = grid.Interval{}, [2]int{}
		}
		units, ends = append(units, grid.DatedUnit{Unit: u, During: i}), append(ends, e)
	}
	opts := grid.Options{Levels: []string{"社区", "网格"}}
	line, err := grid.TimelineOf(units, opts)
	wrong := false
	for n := range 14 {
		var valid []grid.Unit
		for i, u := range units {
			if inside(ends[i], n-1) {
				valid = append(valid, u.Unit)
			}
		}
		want, fault := grid.Build(valid, opts)
		if fault != nil {
			wrong = true
			refused, _ := errors.AsType[*grid.TimelineError](err)
			require.NotNil(t, refused, "%v at %d", fault, n)
			require.True(t, slices.ContainsFunc(refused.Faults, func(f *grid.VersionError) bool { return n == 0 || f.During.Holds(minute(n-1)) || n == 1 }), "%v at %d", err, n)
			continue
		}
		if err != nil || n < 2 { // minute(0) is no instant
			continue
		}
		got, ok := line.At(minute(n - 1))
		require.Equal(t, len(valid) > 0, ok)
		if ok {
			require.Equal(t, want.Hash(), got.Hash())
			for r := range want.All() {
				require.Equal(t, want.Info(r), got.Info(r))
			}
		}
	}
	require.Equal(t, wrong, err != nil, "%v", err)
	for i, v := range line.Versions() {
		for _, w := range line.Versions()[:i] {
			names := func(m *grid.Map) (out []grid.Info) {
				for r := range m.All() {
					out = append(out, m.Info(r))
				}
				return out
			}
			require.Equal(t, v.Map == w.Map, fmt.Sprint(names(v.Map)) == fmt.Sprint(names(w.Map)), "maps are shared")
		}
	}
}

func TestTimelineOfNamesTheInterval(t *testing.T) {
	dated := func(u grid.Unit, from, until int) grid.DatedUnit {
		return grid.DatedUnit{Unit: u, During: grid.Interval{From: minute(from), Until: minute(until)}}
	}
	box := rectangle(114, 22, 115, 23)
	_, err := grid.TimelineOf([]grid.DatedUnit{
		dated(grid.Unit{Code: "C", Boundary: box}, 1, 5),
		dated(grid.Unit{Code: "G", Parent: "C", Level: 1, Boundary: box}, 2, 9),
		dated(grid.Unit{Code: "H", Parent: "C", Level: 1, Boundary: box}, 3, 5),
		dated(grid.Unit{Code: "X", Parent: "nobody", Level: 1, Boundary: box}, 4, 6),
		dated(grid.Unit{Code: "H", Parent: "C", Level: 1, Boundary: box}, 4, 5),
	}, grid.Options{Levels: []string{"社区", "网格"}})
	refused, ok := errors.AsType[*grid.TimelineError](err)
	require.True(t, ok)
	var said []string
	for _, f := range refused.Faults {
		said = append(said, f.Error())
	}
	require.Equal(t, []string{
		`[2026-03-01T00:04:00Z, 2026-03-01T00:05:00Z): unit "H": code is used more than once`,
		`[2026-03-01T00:04:00Z, 2026-03-01T00:06:00Z): unit "X": parent is not in the map: "nobody"`,
		`unit "G": [2026-03-01T00:05:00Z, 2026-03-01T00:09:00Z): parent is not valid in this interval`,
	}, said)
	require.ErrorIs(t, err, grid.ErrParentTime)
	require.ErrorIs(t, err, grid.ErrDuplicate)
	require.Equal(t, "区域G：上级在此时段内无效（[2026-03-01T00:05:00Z, 2026-03-01T00:09:00Z)）", refused.Faults[2].Text("zh"))
	_, err = grid.TimelineOf([]grid.DatedUnit{dated(grid.Unit{Code: "C", Boundary: box}, 5, 5)}, grid.Options{Levels: []string{"社区"}})
	require.ErrorIs(t, err, grid.ErrInterval)
}

func TestEveryChangeHasBothTexts(t *testing.T) { require.Empty(t, grid.ChangeTextsLack()) }
