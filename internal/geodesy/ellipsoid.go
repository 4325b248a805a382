package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// WGS84 (NIMA TR8350.2, table 3.1): the equatorial radius in metres and the
// flattening; the rest follows.
const (
	equatorial   = 6378137.0
	flattening   = 1 / 298.257223563
	polar        = equatorial * (1 - flattening)
	eccentric2   = flattening * (2 - flattening) // e²
	sphereRadius = 6371008.7714                  // mean radius (2a + b)/3
)

// vector is a place in space, metres from the centre of the earth, or a
// difference of two.
type vector struct{ x, y, z float64 }

func (v vector) minus(w vector) vector { return vector{v.x - w.x, v.y - w.y, v.z - w.z} }

func (v vector) dot(w vector) float64 {
	return float64(v.x*w.x) + float64(v.y*w.y) + float64(v.z*w.z)
}

func (v vector) scaled(by float64) vector {
	return vector{float64(v.x * by), float64(v.y * by), float64(v.z * by)}
}

func (v vector) plus(w vector) vector { return vector{v.x + w.x, v.y + w.y, v.z + w.z} }

// position is p in space; each coordinate is off by a few nanometres.
func position(p orb.Point) vector {
	sin, cos := sincos(p[1])
	sinLng, cosLng := sincos(p[0])
	n := equatorial / math.Sqrt(1-float64(eccentric2*float64(sin*sin)))
	out := float64(n * cos)
	return vector{float64(out * cosLng), float64(out * sinLng), float64(float64(n*(1-eccentric2)) * sin)}
}

// valid reports whether p is a place; false for NaN.
func valid(p orb.Point) bool { return math.Abs(p[0]) <= 540 && math.Abs(p[1]) <= 90 }
