package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Spot is a place made ready for many distances: its sines are taken once. It is a
// value and never changes; the zero value is no place.
type Spot struct {
	at    orb.Point
	space vector
	known bool
}

// SpotOf is for a place; for anything else every distance is NaN.
func SpotOf(p orb.Point) Spot {
	if !valid(p) {
		return Spot{}
	}
	return Spot{at: p, space: position(p), known: true}
}

// Distance is that of the two places, in the same bits.
func (s Spot) Distance(t Spot) float64 {
	if !s.known || !t.known {
		return math.NaN()
	}
	return along(s.at, t.at, s.space.minus(t.space))
}
