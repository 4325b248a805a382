package crs

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSeries proves every coefficient of the series, those of n⁶ too, which no
// place on this earth shows: it computes the Fourier coefficients that the
// series stand for from the definitions of the latitudes, on ellipsoids that are
// flatter and flatter, and asks that what the series miss has no part in n⁶ or
// below.
func TestSeries(t *testing.T) {
	const steps = 6
	var n [steps]float64
	var miss [steps][19]float64 // alpha, beta, delta and radius, over n⁶
	for i := range n {
		n[i] = 0.12 / math.Pow(1.6, float64(i))
		e := newEllipsoid(1, (1+n[i])/(2*n[i]))
		f := newFlat(e.eccentricity)
		for j := range 6 {
			miss[i][j] = f.wave(j+1, f.fromConformal, func(lat, chi float64) float64 { return f.rectifying(lat) - chi }) - e.alpha[j]
			miss[i][6+j] = f.wave(j+1, f.fromRectifying, func(lat, mu float64) float64 { return mu - f.conformal(lat) }) - e.beta[j]
			miss[i][12+j] = f.wave(j+1, f.fromConformal, func(lat, chi float64) float64 { return lat - chi }) - e.delta[j]
		}
		miss[i][18] = f.radius - e.radius
		for k := range miss[i] {
			miss[i][k] /= math.Pow(n[i], 6)
		}
	}
	for k := range miss[0] {
		// The polynomial through the misses, at n = 0.
		at0 := 0.0
		for i := range n {
			weight := 1.0
			for j := range n {
				if j != i {
					weight *= n[j] / (n[j] - n[i])
				}
			}
			at0 += weight * miss[i][k]
		}
		require.InDelta(t, 0, at0, 1e-3, "coefficient %d of series %d", k%6+1, k/6)
	}
}

// samples is the number of samples of a period: waves beyond are below 1e-16.
const samples = 128

// flat is an ellipsoid with an equator of 1 by its definitions.
type flat struct {
	e      float64
	radius float64          // of the sphere with the same meridian
	length [samples]float64 // sine coefficients of the meridian's length over the radius
}

func newFlat(e float64) *flat {
	f := &flat{e: e}
	var curve [samples]float64
	for i := range curve {
		sin := math.Sin(math.Pi * float64(i) / samples)
		curve[i] = (1 - e*e) / math.Pow(1-e*e*sin*sin, 1.5)
		f.radius += curve[i] / samples
	}
	for k := 1; k < samples/2; k++ {
		sum := 0.0
		for i, c := range curve {
			sum += c * math.Cos(2*math.Pi*float64(k)*float64(i)/samples)
		}
		f.length[k] = 2 * sum / samples / f.radius / float64(2*k)
	}
	return f
}

func (f *flat) rectifying(lat float64) float64 {
	mu := lat
	for k := 1; k < samples/2; k++ {
		mu += f.length[k] * math.Sin(2*float64(k)*lat)
	}
	return mu
}

func (f *flat) conformal(lat float64) float64 {
	sin := math.Sin(lat)
	return math.Atan(math.Sinh(math.Asinh(math.Tan(lat)) - f.e*math.Atanh(f.e*sin)))
}

func (f *flat) fromConformal(chi float64) float64 { return solve(f.conformal, chi) }
func (f *flat) fromRectifying(mu float64) float64 { return solve(f.rectifying, mu) }

// solve is the latitude that g takes to v, both within a quarter turn.
func solve(g func(float64) float64, v float64) float64 {
	lat := v
	for range 200 {
		lat += v - g(lat)
	}
	return lat
}

// wave is the j-th sine coefficient of what differs at equal steps of one
// latitude, from which back finds the geographic one.
func (f *flat) wave(j int, back func(float64) float64, differs func(lat, other float64) float64) float64 {
	sum := 0.0
	for i := 1; i < samples/2; i++ {
		x := math.Pi * float64(i) / samples
		sum += differs(back(x), x) * math.Sin(2*float64(j)*x)
	}
	return 4 * sum / samples
}
