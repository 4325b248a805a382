package duplicate

import (
	"math"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// unitsPerDegree is the resolution of places, that of a grid.Map.
const unitsPerDegree = 1e7

// The whole turn and its half, in units.
const (
	turn = int64(360 * unitsPerDegree)
	half = turn / 2
	pole = half / 2
)

// place is a place in whole units: |x| ≤ 1.8e9, |y| ≤ 9e8.
type place struct{ x, y int32 }

func placeOf(p orb.Point) (place, bool) {
	s, ok := grid.Snap(p)
	if !ok {
		return place{}, false
	}
	return place{int32(math.Round(s[0] * unitsPerDegree)), int32(math.Round(s[1] * unitsPerDegree))}, true
}

func (p place) degrees() orb.Point {
	return orb.Point{float64(p.x) / unitsPerDegree, float64(p.y) / unitsPerDegree}
}

// away is the distance in whole millimetres.
func away(p, q orb.Point) int64 { return int64(math.Round(geodesy.Distance(p, q) * 1000)) }

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

// lattice cuts the globe into rows of latitude and each row into columns, so that a
// place within the lattice's radius of another is in the same or the next row, and
// there in the same or the next column, the last being next to the first. A row has
// as many columns as fit where it is shortest; at a pole that is one.
type lattice struct {
	radius float64 // metres
	height int64   // units
}

// latticeOf is for distances up to so many millimetres.
func latticeOf(radius int64) lattice {
	// What rounds to the radius counts.
	l := lattice{radius: float64(radius+1) / 1000}
	_, north := geodesy.Margin(orb.Point{}, orb.Point{}, l.radius)
	l.height = int64(math.Ceil(north*unitsPerDegree)) + 1
	return l
}

func (l lattice) row(y int64) int32 { return int32((y + pole) / l.height) }

// columns is how many columns a row has.
func (l lattice) columns(row int32) int64 {
	low := int64(row)*l.height - pole
	high := min(low+l.height, pole)
	east, _ := geodesy.Margin(
		orb.Point{0, float64(low) / unitsPerDegree}, orb.Point{0, float64(high) / unitsPerDegree}, l.radius)
	return max(1, turn/(int64(math.Ceil(min(east, 360)*unitsPerDegree))+1))
}

// column is where a longitude from -half is in a row of so many.
func column(x, columns int64) int32 { return int32((x + half) % turn * columns / turn) }

// at is the row and column of a place.
func (l lattice) at(p place) (row, col int32) {
	row = l.row(int64(p.y))
	return row, column(int64(p.x), l.columns(row))
}

// around visits, once each, a few cells that hold every place within so many
// millimetres of p; no more than the lattice is for.
func (l lattice) around(p place, radius int64, visit func(row, col int32)) {
	at := p.degrees()
	east, north := geodesy.Margin(at, at, float64(radius+1)/1000)
	up := int64(math.Ceil(north*unitsPerDegree)) + 1
	side := int64(math.Ceil(min(east, 180)*unitsPerDegree)) + 1
	for row := l.row(max(-pole, int64(p.y)-up)); row <= l.row(min(pole, int64(p.y)+up)); row++ {
		n := l.columns(row)
		if 2*side >= turn { // else it is under 12 degrees, see geodesy.Margin
			for col := range int32(n) {
				visit(row, col)
			}
			continue
		}
		// From beyond -half it goes on before half.
		first := column(int64(p.x)-side+turn, n)
		last := column(int64(p.x)+side+turn, n)
		for col := first; ; col = int32((int64(col) + 1) % n) {
			visit(row, col)
			if col == last {
				break
			}
		}
	}
}
