package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// pieceDegrees is the rise in latitude over which one Gauss rule is used. The
// rule's error over h radians is h⁶/2016000 of the sixth derivative (Abramowitz
// and Stegun 25.4.30), which is at most ~2 in units of the function: 2e-15 here.
const pieceDegrees = 2

// gauss are the nodes of the three-point Gauss–Legendre rule on [-1, 1] beside
// the middle one, their weight and the middle one's, for weights adding to 1.
const (
	gaussNode   = 0.77459666924148337704 // √(3/5)
	gaussSide   = 5.0 / 18
	gaussMiddle = 8.0 / 18
)

// zone is the series of (sin φ/(1-e²sin²φ) + artanh(e·sin φ)/e)/2 / sin φ in
// (e·sin φ)²: (1 + 1/(2k+1))/2 = (k+1)/(2k+1).
var zone = []float64{1, 2.0 / 3, 3.0 / 5, 4.0 / 7, 5.0 / 9, 6.0 / 11, 7.0 / 13, 8.0 / 15}

// belt is the area in m² between the equator and a latitude, for one radian of
// longitude: b²/2 · (sin φ/(1-e²sin²φ) + artanh(e·sin φ)/e) (Snyder 1987,
// eq. 3-12). The series leaves out less than (e²)⁸ = 4e-18 of it.
func belt(lat float64) float64 {
	sin, _ := sincos(lat)
	return polar * polar * float64(sin*poly(eccentric2*float64(sin*sin), zone))
}

// Area is the area in m² that the ring encloses, positive when it runs
// counter-clockwise; edges are straight in longitude and latitude, not
// geodesics. The ring is closed or not; fewer than 3 points enclose 0. A ring
// across ±180 degrees has its longitudes running on beyond it; one that goes
// round a pole is closed along it.
//
// By Green's theorem the area is -∮ S(φ) dλ, with S the area per radian between
// the equator and φ. Along an edge φ is linear in λ, so what is summed is the
// edge's Δλ by the mean of S over its latitudes, and that is taken by Gauss's
// rule. The error is below 1e-14 of the area between the edges and the ring's
// first parallel, plus 3e-9 m² for each metre of border, which is rounding.
func Area(ring []orb.Point) float64 {
	if len(ring) == 0 {
		return 0
	}
	base := belt(ring[0][1]) // differences are small, so rounding is, too
	area, a := 0.0, ring[len(ring)-1]
	for _, b := range ring {
		if !valid(b) {
			return math.NaN()
		}
		area -= float64((b[0] - a[0]) * degree * (meanBelt(a[1], b[1]) - base))
		a = b
	}
	return area
}

// meanBelt is the mean of belt over the latitudes from south to north; NaN when
// one is not on the globe.
func meanBelt(from, to float64) float64 {
	rise := to - from
	if !(math.Abs(rise) <= 180) {
		return math.NaN()
	}
	pieces := max(1, math.Ceil(math.Abs(rise)/pieceDegrees))
	sum := 0.0
	for i := 0.0; i < pieces; i++ {
		middle := from + float64(rise*((i+0.5)/pieces))
		reach := float64(rise / pieces / 2 * gaussNode)
		side := belt(middle-reach) + belt(middle+reach)
		sum += float64(gaussMiddle*belt(middle)) + float64(gaussSide*side)
	}
	return sum / pieces
}

// Density is the area in m² of one square degree at a latitude: the derivative
// of Area, b²·cos φ/(1-e²sin²φ)² · (π/180)². It is NaN beyond ±90 degrees.
func Density(lat float64) float64 {
	if !(math.Abs(lat) <= 90) {
		return math.NaN()
	}
	sin, cos := sincos(lat)
	w := 1 - float64(eccentric2*float64(sin*sin))
	return polar * polar * degree * degree * cos / float64(w*w)
}
