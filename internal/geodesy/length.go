package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Length is the length in metres of the edge from a to b itself, which is
// straight in longitude and latitude and so no shorter than Distance: the
// integral of √((M·dφ)² + (ρ·dλ)²) by Gauss's rule over pieces of a degree. The
// error is below 1e-10 of it, but below 1e-3 within a degree of a pole.
func Length(a, b orb.Point) float64 {
	if !valid(a) || !valid(b) {
		return math.NaN()
	}
	east, north := b[0]-a[0], b[1]-a[1]
	pieces := max(1, math.Ceil(max(math.Abs(east), math.Abs(north))/spanDegrees))
	sum := 0.0
	for i := 0.0; i < pieces; i++ {
		middle, reach := (i+0.5)/pieces, gaussNode/2/pieces
		side := pace(a[1]+float64(north*(middle-reach)), east, north) + pace(a[1]+float64(north*(middle+reach)), east, north)
		sum += float64(gaussMiddle*pace(a[1]+float64(north*middle), east, north)) + float64(gaussSide*side)
	}
	return sum / pieces
}

// pace is the length of so many degrees at a latitude, as if it changed nowhere.
func pace(lat, east, north float64) float64 {
	sin, cos := sincos(lat)
	w2 := 1 - float64(eccentric2*float64(sin*sin))
	n := equatorial / math.Sqrt(w2)
	x := float64(n * cos * float64(east*degree))
	y := float64(n * (1 - eccentric2) / w2 * float64(north*degree))
	return math.Sqrt(float64(x*x) + float64(y*y))
}
