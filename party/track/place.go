package track

import (
	"math"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// unitsPerDegree is the resolution of places, that of a grid.Map.
const unitsPerDegree = 1e7

// place is a place in whole units: |x| ≤ 1.8e9, |y| ≤ 9e8.
type place struct{ x, y int32 }

func placeOf(p orb.Point) (place, bool) {
	s, ok := grid.Snap(p)
	return place{int32(math.Round(s[0] * unitsPerDegree)), int32(math.Round(s[1] * unitsPerDegree))}, ok
}

func (p place) degrees() orb.Point {
	return orb.Point{float64(p.x) / unitsPerDegree, float64(p.y) / unitsPerDegree}
}

func (p place) before(q place) bool { return p.x < q.x || p.x == q.x && p.y < q.y }

// millimetresPerUnit is the most that one unit of longitude or latitude measures:
// a degree of latitude has 111,694 m at the poles, one of longitude 111,320 m at
// the equator (WGS84).
const millimetresPerUnit = 111_700.0 * 1000 / unitsPerDegree

// within reports whether two places are no more than so many millimetres apart.
// Most are nearer than the way along the parallel and the meridian, which is never
// the shorter one.
func within(p, q place, most float64) bool {
	way := math.Abs(float64(p.x)-float64(q.x)) + math.Abs(float64(p.y)-float64(q.y))
	return float64(way*millimetresPerUnit)+1 <= most ||
		float64(geodesy.Distance(p.degrees(), q.degrees())*1000) <= most
}

// plausible reports whether a person may have been at both, one accuracy off each.
func (l *limits) plausible(a, b record, apart int64) bool {
	most := float64(l.speed*math.Abs(float64(apart))) + float64(a.accuracy) + float64(b.accuracy)
	return within(a.place, b.place, most)
}

// never and always are beyond all instants, which are milliseconds since 1970.
const (
	never  = math.MinInt64 / 4
	always = math.MaxInt64 / 4
)

// The instants that are taken in are those of the years 1 to 9999.
const (
	instantLeast = -62135596800_000
	instantMost  = 253402300799_999
)

// instant is at in whole milliseconds, cut; false outside the years.
func instant(at time.Time) (int64, bool) {
	if y := at.Year(); y < 0 || y > 10_000 { // beyond some years milliseconds overflow
		return 0, false
	}
	ms := at.UnixMilli()
	return ms, ms >= instantLeast && ms <= instantMost
}

// clamped is instant with what is outside the years at their ends.
func clamped(at time.Time) int64 {
	switch y := at.Year(); {
	case y < 1:
		return instantLeast
	case y > 9999:
		return instantMost
	}
	return min(max(at.UnixMilli(), instantLeast), instantMost)
}

// interval is [from, until) in milliseconds; a zero end is open.
func interval(from, until time.Time) (low, high int64) {
	low, high = never, always
	if !from.IsZero() {
		low = clamped(from)
	}
	if !until.IsZero() {
		high = clamped(until)
	}
	return low, high
}

func timeOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// accuracyOf is an accuracy in millimetres, rounded up.
func accuracyOf(m grid.Meters) (uint32, bool) {
	if !(m >= 0) {
		return 0, false
	}
	return uint32(min(math.Ceil(float64(m)*1000), math.MaxUint32)), true
}
