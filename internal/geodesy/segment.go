package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// spanDegrees is the longest piece of an edge that is searched at once. A piece
// turns by so little that the straight line to it has one inner minimum at most.
const spanDegrees = 1

// stepsMax bounds the search for the nearest place of a piece: each step at
// least halves what is left of it. Newton's method needs 2 or 3.
const stepsMax = 60

// ToSegment answers the distance in metres, as Distance measures it, from p to
// the nearest place of the edge from a to b, which is straight in longitude and
// latitude, and that place: exactly a or b at the ends. The edge runs through
// the longitudes from a's to b's as they are given; p is near it across ±180
// degrees as well. The place is the one that is nearest in space, found within
// a micrometre; for p more than 1,000 km off it may be up to 0.1 % farther on
// the ellipsoid than the nearest one there. Of places equally near it is the one
// nearest to a.
func ToSegment(p, a, b orb.Point) (metres float64, at orb.Point) {
	return OriginAt(p).ToSegment(a, b)
}

// Origin is a place from which many distances are measured.
type Origin struct {
	at   orb.Point
	from vector
}

// OriginAt is for distances from p.
func OriginAt(p orb.Point) Origin {
	if !valid(p) {
		return Origin{at: p}
	}
	return Origin{at: p, from: position(p)}
}

// ToSegment is the function ToSegment from the origin.
func (o Origin) ToSegment(a, b orb.Point) (metres float64, at orb.Point) {
	if !valid(o.at) || !valid(a) || !valid(b) {
		return math.NaN(), a
	}
	span := max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1]))
	pieces := max(1, math.Ceil(span/spanDegrees))
	e := curve{a: a, rise: orb.Point{b[0] - a[0], b[1] - a[1]}, b: b}
	best, way, least := 0.0, vector{}, math.Inf(1)
	for i := 0.0; i < pieces; i++ {
		t, w := e.nearest(o.from, i/pieces, (i+1)/pieces)
		if d := w.dot(w); d < least {
			best, way, least = t, w, d
		}
	}
	at = e.at(best)
	return along(o.at, at, way), at
}

// curve is an edge as a way through space, its time running from 0 to 1.
type curve struct {
	a, b orb.Point
	rise orb.Point
}

func (e curve) at(t float64) orb.Point {
	if t >= 1 {
		return e.b
	}
	return orb.Point{e.a[0] + float64(t*e.rise[0]), e.a[1] + float64(t*e.rise[1])}
}

// slope answers half the first and half the second derivative of the squared
// distance from a place in space at time t, and the way there.
func (e curve) slope(from vector, t float64) (first, second float64, way vector) {
	p := e.at(t)
	sin, cos := sincos(p[1])
	sinLng, cosLng := sincos(p[0])
	w2 := 1 - float64(eccentric2*float64(sin*sin))
	w := math.Sqrt(w2)
	n := equatorial / w                                          // radius across the meridian
	m := n * (1 - eccentric2) / w2                               // and along it
	out := float64(n * cos)                                      // from the axis
	l, f := float64(e.rise[0]*degree), float64(e.rise[1]*degree) // radians in unit time
	here := vector{float64(out * cosLng), float64(out * sinLng), float64(float64(n*(1-eccentric2)) * sin)}
	east := vector{-sinLng, cosLng, 0}
	north := vector{-float64(sin * cosLng), -float64(sin * sinLng), cos}
	inward := vector{-cosLng, -sinLng, 0}                                // towards the axis
	down := vector{-float64(cos * cosLng), -float64(cos * sinLng), -sin} // against the normal
	pace := east.scaled(float64(out * l)).plus(north.scaled(float64(m * f)))
	// d(out)/dφ = -m·sin φ; the change of m itself is below e² of the rest.
	turn := inward.scaled(float64(out * float64(l*l))).
		plus(down.scaled(float64(m * float64(f*f)))).
		plus(east.scaled(-2 * float64(float64(m*sin)*float64(l*f))))
	way = here.minus(from)
	return way.dot(pace), pace.dot(pace) + way.dot(turn), way
}

// nearest is the time in [low, high] at which e is nearest to a place in space,
// and the way there: where the slope turns from falling to rising, or an end. It
// is sought by Newton's method inside a bracket that is halved when a step leaves
// it.
func (e curve) nearest(from vector, low, high float64) (t float64, way vector) {
	start, _, toStart := e.slope(from, low)
	end, _, toEnd := e.slope(from, high)
	if !(start < 0 && end > 0) {
		// No minimum inside: the nearest place is an end.
		if toEnd.dot(toEnd) < toStart.dot(toStart) {
			return high, toEnd
		}
		return low, toStart
	}
	length := math.Abs(e.rise[0]) + math.Abs(e.rise[1]) // degrees in unit time
	t = low + float64((high-low)*(start/(start-end)))
	for range stepsMax {
		first, second, _ := e.slope(from, t)
		if first < 0 {
			low = t
		} else {
			high = t
		}
		next := t - first/second
		if !(next > low && next < high) {
			next = low + float64((high-low)/2)
		}
		moved := math.Abs(next - t)
		t = next
		if float64(moved*length) < 1e-12 { // 0.1 µm
			break
		}
	}
	return t, position(e.at(t)).minus(from)
}
