package track

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/geodesy"
)

// edge is a straight edge in longitude and latitude.
type edge struct{ a, b orb.Point }

// cutMetres is the longest piece that is taken for straight in a plane.
const cutMetres = 100

// cut appends the edge in equal pieces of no more than cutMetres.
func (e edge) cut(dst []edge) []edge {
	n := max(1, math.Ceil(geodesy.Length(e.a, e.b)/cutMetres))
	a := e.a
	for i := 1.0; i <= n; i++ {
		b := e.b
		if i < n {
			share := i / n
			b = orb.Point{e.a[0] + float64((e.b[0]-e.a[0])*share), e.a[1] + float64((e.b[1]-e.a[1])*share)}
		}
		dst = append(dst, edge{a, b})
		a = b
	}
	return dst
}

// plane is the tangent plane of the ellipsoid at a place, in metres. A place Δλ, Δφ
// off lies, to the second order,
//
//	(N·cos φ - M·sin φ·Δφ)·Δλ east and M·Δφ + N·sin φ·cos φ·Δλ²/2 north,
//
// with M and N the radii along and across the meridian. What is left out is below
// d³/(2R²)·tan²φ, under 0.2 mm at 1.1 km and 70 degrees. An edge of 100 m bends by
// d²·tan φ/(8R), 0.6 mm at 70 degrees, from the straight line between its ends;
// that of the track and that of the route do so together where they run together.
type plane struct {
	at               orb.Point
	east, eastTurn   float64 // metres a degree; the change of that for a degree of latitude
	north, northTurn float64
}

// stepDegrees is over what the length of a degree of latitude is taken; it differs
// from the derivative by 1e-9 of it.
const stepDegrees = 0.005

func planeAt(p orb.Point) plane {
	east := geodesy.Length(orb.Point{0, p[1]}, orb.Point{1, p[1]})
	low, high := orb.Point{0, p[1] - stepDegrees}, orb.Point{0, p[1] + stepDegrees}
	north := geodesy.Length(low, high) / (2 * stepDegrees)
	// d(N·cos φ)/dφ = -M·sin φ, so this is sin φ, by the radians of a degree.
	sin := (geodesy.Length(low, orb.Point{1, low[1]}) - geodesy.Length(high, orb.Point{1, high[1]})) / (2 * stepDegrees * north)
	return plane{at: p, east: east, eastTurn: float64(north * sin), north: north, northTurn: float64(east*sin) / 2}
}

// vector is a place in a plane, or a difference of two.
type vector struct{ x, y float64 }

func (p *plane) of(q orb.Point) vector {
	x, y := q[0]-p.at[0], q[1]-p.at[1]
	x -= float64(360 * math.Round(x/360))
	return vector{
		float64((p.east - float64(p.eastTurn*y)) * x),
		float64(p.north*y) + float64(p.northTurn*float64(x*x)),
	}
}

func (v vector) minus(w vector) vector { return vector{v.x - w.x, v.y - w.y} }

func (v vector) dot(w vector) float64 { return float64(v.x*w.x) + float64(v.y*w.y) }

// shares is a part of a piece, from 0 to 1.
type shares struct{ from, until float64 }

// near appends what part of the piece is within so many metres of each edge.
func (p piece) near(edges []edge, within float64, dst []shares) []shares {
	middle := orb.Point{p.a[0] + (p.b[0]-p.a[0])/2, p.a[1] + (p.b[1]-p.a[1])/2}
	pl := planeAt(middle)
	from, to := pl.of(p.a), pl.of(p.b)
	reach := within + 2*cutMetres // from the middle of one to the end of the other
	degrees := reach / pl.north * 1.01
	for _, e := range edges {
		if math.Abs(e.a[1]-middle[1]) > degrees {
			continue
		}
		a := pl.of(e.a)
		if math.Abs(a.x) > reach || math.Abs(a.y) > reach {
			continue
		}
		if s, ok := beside(from, to.minus(from), a, pl.of(e.b).minus(a), within); ok {
			dst = append(dst, s)
		}
	}
	return dst
}

// beside is the part of the way from p along d that is within r of the way from a
// along e, but for what only e's end is near: that comes with the edge that begins
// there, and the last fix is an edge of its own. A disc with a box to its centre is
// convex, so it is one part: from the first to the last of what lies in either.
func beside(p, d, a, e vector, r float64) (shares, bool) {
	all := shares{2, -1}
	off := p.minus(a)
	all.add(disc(off, d, r))
	if long := e.dot(e); long > 0 {
		side := r * math.Sqrt(long) // the distance from the line, by the length of e
		along, ok := band(off.dot(e), d.dot(e), 0, long)
		across := vector{-e.y, e.x}
		over, also := band(off.dot(across), d.dot(across), -side, side)
		if s := (shares{max(along.from, over.from), min(along.until, over.until)}); ok && also && s.from <= s.until {
			all.add(s, true)
		}
	}
	return all, all.from <= all.until
}

func (s *shares) add(o shares, ok bool) {
	if ok {
		s.from, s.until = min(s.from, o.from), max(s.until, o.until)
	}
}

// disc is the part of the way from p along d within r of the origin.
func disc(p, d vector, r float64) (shares, bool) {
	square, half := d.dot(d), p.dot(d)
	rest := float64(r*r) - p.dot(p)
	if square == 0 {
		return shares{0, 1}, rest >= 0
	}
	root := float64(half*half) + float64(square*rest)
	if root < 0 {
		return shares{}, false
	}
	root = math.Sqrt(root)
	s := shares{max(0, (-half-root)/square), min(1, (-half+root)/square)}
	return s, s.from <= s.until
}

// band is for which shares at + share·pace is in [low, high].
func band(at, pace, low, high float64) (shares, bool) {
	if pace == 0 {
		return shares{0, 1}, low <= at && at <= high
	}
	x, y := (low-at)/pace, (high-at)/pace
	s := shares{max(0, min(x, y)), min(1, max(x, y))}
	return s, s.from <= s.until
}
