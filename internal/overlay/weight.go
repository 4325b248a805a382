package overlay

import "math"

// strip is the height in units over which the density is one cubic: a tenth of
// a degree. The density is close to a cosine, whose fourth derivative is at most
// (π/180)⁴ per degree⁴; a cubic through Chebyshev's nodes is off by at most
// 2·(0.1/4)⁴/4! of that, which is 3e-15.
const strip = 1_000_000

const unitsPerDegree = 1e7

// weight integrates a density over rows. It is used by one goroutine.
type weight struct {
	density Density
	strip   int64      // the one whose cubic is known
	known   bool       // whether any is
	cubic   [4]float64 // coefficients by power, of the part of the strip, -1 to 1
	middle  float64    // row of the middle of the strip
}

func newWeight(d Density) weight { return weight{density: d} }

// until gets the cubic for the rows from y on and answers the row at which it
// ends. Rows are relative to originY.
func (w *weight) until(y float64, originY int32) float64 {
	n := int64(math.Floor((y + float64(originY)) / strip))
	if !w.known || n != w.strip {
		w.fit(n)
	}
	w.middle = float64(n*strip+strip/2) - float64(originY)
	return w.middle + strip/2
}

// nodes are T0 to T3 at the Chebyshev nodes cos((2k+1)π/8), the node being T1.
// They are written out so that every machine has the same bits.
const (
	cos1 = 0.92387953251128675613 // cos(π/8)
	cos2 = 0.70710678118654752440 // cos(2π/8)
	cos3 = 0.38268343236508977173 // cos(3π/8)
)

var nodes = [4][4]float64{
	{1, cos1, cos2, cos3}, {1, cos3, -cos2, -cos1}, {1, -cos3, -cos2, cos1}, {1, -cos1, cos2, -cos3},
}

// fit puts a cubic through the density at the Chebyshev nodes of a strip.
func (w *weight) fit(n int64) {
	w.strip, w.known = n, true
	var c [4]float64 // Chebyshev coefficients
	for _, t := range nodes {
		lat := (float64(n*strip+strip/2) + float64(strip/2*t[1])) / unitsPerDegree
		v := w.density(max(-90, min(lat, 90)))
		for j := range c {
			c[j] += float64(v*t[j]) / 2
		}
	}
	// T2 = 2u²-1, T3 = 4u³-3u; the first coefficient counts half.
	w.cubic = [4]float64{c[0]/2 - c[2], c[1] - float64(3*c[3]), 2 * c[2], 4 * c[3]}
}

// moments are ∫w and ∫t·w over the rows from a to b of one strip, t going from 0
// to 1. Three nodes of Gauss are exact for the fourth degree.
func (w *weight) moments(a, b float64) (all, late float64) {
	half := (b - a) / 2
	const node = 0.774596669241483377 // √0.6
	for _, g := range [...]struct{ at, share float64 }{{-node, 5. / 9}, {0, 8. / 9}, {node, 5. / 9}} {
		u := ((a+b)/2 + float64(half*g.at) - w.middle) / (strip / 2)
		v := w.cubic[3]
		for i := 2; i >= 0; i-- {
			v = float64(v*u) + w.cubic[i]
		}
		part := v * g.share * half
		all += part
		late += float64(part * ((1 + g.at) / 2))
	}
	return all, late
}
