package grid

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/internal/spatial"
)

// holds reports whether a part holds a place: a region by the rule of Locate, a
// line or point when the place is at most its reach away, in whole millimetres.
func (f *feature) holds(e *part, p point) bool {
	if f.dims == 2 {
		return f.region.holds(p)
	}
	return within(f.reach, p.degrees(), e.a.degrees(), e.b.degrees())
}

// boxes are one or two boxes that hold all places within reach of the part: two
// when they lie on both sides of the 180th meridian.
func (e part) boxes(reach Meters) []spatial.Box {
	low := point{min(e.a.x, e.b.x), min(e.a.y, e.b.y)}
	high := point{max(e.a.x, e.b.x), max(e.a.y, e.b.y)}
	// A millimetre covers the rounding to millimetres, two units that of the box.
	east, north := geodesy.Margin(low.degrees(), high.degrees(), float64(reach)+0.001)
	const limitX, limitY, turn = 180 * unitsPerDegree, 90 * unitsPerDegree, 360 * unitsPerDegree
	box := boxOf(low, high)
	box.Min[0] -= math.Ceil(east*unitsPerDegree) + 2
	box.Max[0] += math.Ceil(east*unitsPerDegree) + 2
	box.Min[1] = max(box.Min[1]-math.Ceil(north*unitsPerDegree)-2, -limitY)
	box.Max[1] = min(box.Max[1]+math.Ceil(north*unitsPerDegree)+2, limitY)
	west, far := box.Min[0], box.Max[0]
	switch {
	case far-west >= turn:
		box.Min[0], box.Max[0] = -limitX, limitX
		return []spatial.Box{box}
	case west < -limitX:
		box.Min[0] = -limitX
		other := box
		other.Min[0], other.Max[0] = west+turn, limitX
		return []spatial.Box{box, other}
	case far > limitX:
		box.Max[0] = limitX
		other := box
		other.Min[0], other.Max[0] = -limitX, far-turn
		return []spatial.Box{box, other}
	}
	return []spatial.Box{box}
}

// size is a feature's area in whole m²: of polygons, outer rings less their
// holes; of lines, length by width, crossings of itself counted twice; of
// points, the disc.
func (l *Layer) size(f *feature) float64 {
	area := 0.0
	switch f.dims {
	case 2:
		for rings := range f.outline.polygons() {
			whole, outer := 0.0, true
			for ring := range rings {
				size := math.Abs(geodesy.Area(degreesOf(ring)))
				if !outer {
					size = -size
				}
				whole, outer = whole+size, false
			}
			area += max(0, whole)
		}
	case 1:
		for _, e := range l.parts[f.first:f.next] {
			area += float64(geodesy.Distance(e.a.degrees(), e.b.degrees()) * 2 * float64(f.reach))
		}
	default:
		area = math.Pi * float64(f.reach) * float64(f.reach)
	}
	return math.Round(area)
}

func degreesOf(ring []point) []orb.Point {
	out := make([]orb.Point, len(ring))
	for i, p := range ring {
		out[i] = p.degrees()
	}
	return out
}
