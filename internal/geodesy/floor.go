package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// leastRadius is the least radius of curvature of a meridian, at the equator.
const leastRadius = equatorial * (1 - eccentric2)

// Floor answers lower bounds of distances from one place, for searches that
// leave out what is too far. Degrees are of no use for that: at 60° north one of
// longitude is half as long as one of latitude, and at the pole it is nothing.
//
// The bounds are of the straight line through the earth, so they hold for
// Distance, which is never below it. Let a place be on latitude φ at ρ from the
// axis and the other one on φ', at ρ', with λ between their meridians. Then
//
//	line² = (ρ-ρ')² + (z-z')² + 4ρρ'·sin²(λ/2).
//
// The first two terms are a chord of the meridian ellipse. Its direction is
// tangent somewhere between; projected on the tangent at the middle angle, the
// arc's elements M·dψ add to at least 2·min M·sin(|φ-φ'|/2). Also the line is no
// shorter than the way from the first place to the other one's half plane from
// the axis: ρ·sin λ, or ρ from a quarter turn on.
type Floor struct {
	at          orb.Point
	out         float64 // ρ
	east, north float64 // metres a degree, for Near
}

// NearDegrees is how far Near and Scale look.
const NearDegrees = 1

// FloorFrom is for distances from p; p is a place.
func FloorFrom(p orb.Point) Floor {
	f := Floor{at: p, out: fromAxis(p[1])}
	// sin x ≥ x·(1 - x²/6), so a chord over x ≤ 1° has at least 1 - 1.3e-5 of it.
	const bent = degree * 0.99998
	high := fromAxis(min(90, math.Abs(p[1])+NearDegrees))
	f.east, f.north = math.Sqrt(float64(f.out*high))*bent, leastRadius*bent
	return f
}

// fromAxis is the distance of a latitude from the axis of the earth.
func fromAxis(lat float64) float64 {
	sin, cos := sincos(lat)
	return equatorial * cos / math.Sqrt(1-float64(eccentric2*float64(sin*sin)))
}

// beside is by how many degrees the box lies beside the place, in longitude the
// shorter way round: at most 180.
func (f Floor) beside(low, high orb.Point) (east, north float64) {
	north = max(0, low[1]-f.at[1], f.at[1]-high[1])
	if east = max(0, low[0]-f.at[0], f.at[0]-high[0]); east > 0 {
		// Round the other way is 360 less both the box and the way to its far side.
		far := max(high[0]-f.at[0], f.at[0]-low[0])
		east = max(0, min(east, 360-far))
	}
	return east, north
}

// Box is a lower bound of the distance to every place of the closed box, which
// is on the globe. It is 0 for a box with the place in it, and does not grow
// with the box but for rounding.
func (f Floor) Box(low, high orb.Point) float64 {
	east, north := f.beside(low, high)
	if east == 0 && north == 0 {
		return 0
	}
	half, _ := sincos(north / 2)
	rise := 2 * leastRadius * half
	if east == 0 {
		return Lowered(rise)
	}
	halfEast, _ := sincos(east / 2)
	turn := float64(4 * f.out * fromAxis(max(math.Abs(low[1]), math.Abs(high[1]))) * float64(halfEast*halfEast))
	sin, _ := sincos(min(east, 90))
	return Lowered(max(math.Sqrt(float64(rise*rise)+turn), float64(f.out*sin)))
}

// Near is a coarser and quicker bound: linear, and of no more than a degree
// either way. For a box that goes more than a degree nearer to a pole it is of the
// difference in latitude alone.
func (f Floor) Near(low, high orb.Point) float64 {
	east, north := f.beside(low, high)
	return f.linear(east, north, low, high)
}

// Quick is Near for a box within a degree both ways and Box for any other: as good
// as Box for leaving out what is too far, and five sines quicker near by.
//
// It is 0 for a box with the place in it, and does not grow with the box but for
// rounding. Let B be in A. If both are within a degree, or neither is, Near or Box
// answers for both. If A is and B is not, then Near(A) ≤ Near(B), which looks no
// farther than a degree, and there each term of Near is below the term of the line
// that Box has: its chord of 2·leastRadius·sin, and its ρ' at the pole's side of B,
// which Near takes farther from the place, or has no term for. A box that holds
// one beyond a degree may be within; one inside a box beyond is beyond.
func (f Floor) Quick(low, high orb.Point) float64 {
	east, north := f.beside(low, high)
	if east > NearDegrees || north > NearDegrees {
		return f.Box(low, high)
	}
	return f.linear(east, north, low, high)
}

// linear is Near for a box that lies so many degrees beside the place.
func (f Floor) linear(east, north float64, low, high orb.Point) float64 {
	x, y := float64(min(east, NearDegrees)*f.east), float64(min(north, NearDegrees)*f.north)
	if max(-low[1], high[1]) > math.Abs(f.at[1])+NearDegrees {
		x = 0
	}
	return Lowered(math.Sqrt(float64(x*x) + float64(y*y)))
}

// Scale answers metres for a degree of longitude and for one of latitude that
// measure too little everywhere within NearDegrees: a place Δλ ≤ 1° and Δφ ≤ 1° off
// is no nearer than the hypotenuse of Δλ·east and Δφ·north. Each place of an edge
// being so, the distance to a straight line in that plane is a bound of the one to
// the edge. By the line's two terms: the first is at least 2·leastRadius·sin(Δφ/2),
// in the second ρ' is at least that of one degree nearer to the pole, and both
// sines are at least 0.99998 of their angles.
func (f Floor) Scale() (east, north float64) { return f.east, f.north }

// Beyond is how much a length in the plane of Scale must be at least, its own
// rounding included, for the distance that it bounds not to be below metres.
func Beyond(metres float64) float64 { return float64((metres + 2e-7) * (1 + 2e-9)) }

// Lowered leaves room for the rounding of a bound and of the distances that are
// compared with it, which are off by some nanometres.
func Lowered(metres float64) float64 {
	return max(0, float64(metres*(1-1e-9))-1e-7)
}

// Margin is by how many degrees a box must be widened on every side to hold all
// places within so many metres of it: 360 when that is every longitude. The box
// is on the globe and metres are not negative. By Floor's two bounds, with
// arcsin x ≤ 1.01·x up to x = 0.2.
func Margin(low, high orb.Point, metres float64) (east, north float64) {
	const most = 0.2
	if !(metres <= most*leastRadius) {
		return 360, 180
	}
	metres += 1e-6
	out := fromAxis(max(math.Abs(low[1]), math.Abs(high[1])))
	north = 1.01 * metres / leastRadius / degree
	if metres > float64(most*out) {
		return 360, north
	}
	return 1.01 * metres / out / degree, north
}
