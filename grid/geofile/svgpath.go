package geofile

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// point is a place in a picture in tenths of a px, y downwards.
type point struct{ x, y int }

// tenths is px as a whole number of tenths.
func tenths(px float64) int { return int(math.Round(px * 10)) }

// px writes tenths as px: 123 is 12.3.
func px(tenths int) string {
	return strconv.FormatFloat(float64(tenths)/10, 'f', -1, 64)
}

// projection takes degrees to the picture: equirectangular, true at the middle
// latitude.
type projection struct {
	bound         orb.Bound
	scaleX        float64 // px per degree of longitude
	scaleY        float64 // px per degree of latitude
	width, height float64 // of the map in px
	left, top     int     // of the map in tenths
}

// project fits bound into a width of px and at most tallest times that height.
// A bound without an extent becomes one px wide.
func project(bound orb.Bound, width, tallest float64) projection {
	shrink := math.Cos((bound.Min[1] + bound.Max[1]) / 2 * math.Pi / 180)
	shrink = max(shrink, 1e-3) // at a pole nothing is wide
	dx, dy := float64((bound.Max[0]-bound.Min[0])*shrink), bound.Max[1]-bound.Min[1]
	p := projection{bound: bound, width: 1, height: 1}
	if dx <= 0 && dy <= 0 {
		return p
	}
	scale := width * tallest / max(dy, 1e-9)
	if dx > 0 {
		scale = min(scale, width/dx)
	}
	p.scaleX, p.scaleY = scale*shrink, scale
	p.width, p.height = max(1, dx*scale), max(1, dy*scale)
	return p
}

// at is where q lies in the picture.
func (p projection) at(q orb.Point) point {
	return point{
		x: p.left + tenths(float64((q[0]-p.bound.Min[0])*p.scaleX)),
		y: p.top + tenths(float64((p.bound.Max[1]-q[1])*p.scaleY)),
	}
}

// place is at for a point that may lie anywhere; false outside the bound, and
// for what is no number.
func (p projection) place(q orb.Point) (point, bool) {
	inside := q[0] >= p.bound.Min[0] && q[0] <= p.bound.Max[0] && q[1] >= p.bound.Min[1] && q[1] <= p.bound.Max[1]
	if !inside {
		return point{}, false
	}
	return p.at(q), true
}

// path is the path data of a boundary, nil when nothing of it can be seen.
func (d *drawing) path(boundary orb.MultiPolygon) []byte {
	var b []byte
	for _, polygon := range boundary {
		for _, ring := range polygon {
			d.scaled = d.view.thin(ring, d.scaled[:0])
			b = appendRing(b, d.scaled)
		}
	}
	return b
}

// thin projects a ring into dst, open, without points that repeat the one
// before or lie on the way to the next. It is empty when fewer than 3 are left.
func (p projection) thin(ring orb.Ring, dst []point) []point {
	for _, q := range ring {
		dst = addPoint(dst, p.at(q))
	}
	for len(dst) > 1 && dst[0] == dst[len(dst)-1] {
		dst = dst[:len(dst)-1]
	}
	if len(dst) < 3 {
		return dst[:0]
	}
	return dst
}

// addPoint appends q unless it repeats the last point; it takes the place of a
// last point that lies straight between its neighbours.
func addPoint(dst []point, q point) []point {
	n := len(dst)
	if n > 0 && dst[n-1] == q {
		return dst
	}
	if n > 1 && between(dst[n-2], dst[n-1], q) {
		dst[n-1] = q
		return dst
	}
	return append(dst, q)
}

// between reports whether b lies on the segment from a to c, not beyond it.
func between(a, b, c point) bool {
	abX, abY, bcX, bcY := b.x-a.x, b.y-a.y, c.x-b.x, c.y-b.y
	return abX*bcY == abY*bcX && abX*bcX >= 0 && abY*bcY >= 0
}

// appendRing writes a ring in the shortest form: a move, steps, a close.
func appendRing(b []byte, ring []point) []byte {
	if len(ring) < 3 {
		return b
	}
	b = append(b, 'M')
	b = appendStep(b, ring[0], false)
	for i, q := range ring[1:] {
		if i == 0 {
			b = append(b, 'l')
		}
		b = appendStep(b, point{q.x - ring[i].x, q.y - ring[i].y}, i > 0)
	}
	return append(b, 'z')
}

// appendStep writes two numbers; a minus sign parts numbers as well as a space.
func appendStep(b []byte, p point, follows bool) []byte {
	if follows && p.x >= 0 {
		b = append(b, ' ')
	}
	b = strconv.AppendInt(b, int64(p.x), 10)
	if p.y >= 0 {
		b = append(b, ' ')
	}
	return strconv.AppendInt(b, int64(p.y), 10)
}
