package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// ResidualMax is how far, in degrees, converting an inverse of GCJ-02 or BD-09
// forward again may miss, in each coordinate: 1e-11 degree is 1 µm. It is below
// 2e-13 but within 1e-11 degree of 105°E, where the formula takes the root of
// the distance from that meridian and has no inverse to the last bits.
const ResidualMax = 1e-11

// stepsMax bounds the iterations of an inverse. The shift of GCJ-02 changes by
// less than 0.8 % of the way that a place is moved, that of BD-09 by less than
// 2.3 %, so a step leaves less than that of the error before it: of the 0.011
// degree at the start, 1e-13 after 7. Only next to 105°E are all steps taken.
const stepsMax = 12

// stepEnough ends the iteration: a few times the spacing of float64 at 137
// degrees.
const stepEnough = 1e-13

// The rectangle inside which GCJ-02 moves places, its edges with it.
const (
	chinaWest, chinaSouth = 72.004, 0.8293
	chinaEast, chinaNorth = 137.8347, 55.8271
)

func inChina(p orb.Point) bool {
	return p[0] >= chinaWest && p[0] <= chinaEast && p[1] >= chinaSouth && p[1] <= chinaNorth
}

// toGCJ moves a place that lies in the rectangle and stays in it.
func toGCJ(p orb.Point) (orb.Point, error) {
	if !inChina(p) {
		return p, nil
	}
	q := shiftGCJ(p)
	if !inChina(q) {
		return p, ErrEdge
	}
	return q, nil
}

// fromGCJ is the place that toGCJ moves to p.
func fromGCJ(p orb.Point) (orb.Point, error) {
	if !inChina(p) {
		return p, nil
	}
	q, ok := invert(shiftGCJ, p, p)
	if !ok || !inChina(q) {
		return p, ErrEdge
	}
	return q, nil
}

// invert is the place that shift moves to target, found from a first guess by
// taking off what its image is too far, and whether it was found.
func invert(shift func(orb.Point) orb.Point, target, guess orb.Point) (orb.Point, bool) {
	best, least := guess, math.Inf(1)
	for range stepsMax {
		image := shift(guess)
		dx, dy := image[0]-target[0], image[1]-target[1]
		if miss := max(math.Abs(dx), math.Abs(dy)); miss < least {
			best, least = guess, miss
		}
		if least <= stepEnough {
			break
		}
		guess[0] -= dx
		guess[1] -= dy
	}
	return best, least <= ResidualMax
}

// The ellipsoid of Krassovsky, which the formula takes for the earth's.
const (
	gcjRadius = 6378245.0
	gcjSquare = 0.00669342162296594323 // of the eccentricity
)

// shiftGCJ is the public formula of GCJ-02, wherever p is.
func shiftGCJ(p orb.Point) orb.Point {
	x, y := p[0]-105, p[1]-35
	root := 0.1 * math.Sqrt(math.Abs(x))
	// wave is a sum of two sines in metres, of angles in half turns.
	wave := func(a, s, b, t float64) float64 {
		return (a*math.Sin(s*math.Pi) + b*math.Sin(t*math.Pi)) * 2 / 3
	}
	both := root + 0.1*x*y + wave(20, 6*x, 20, 2*x)
	east := 300 + x + 2*y + 0.1*x*x + both + wave(20, x, 40, x/3) + wave(150, x/12, 300, x/30)
	north := -100 + 2*x + 3*y + 0.2*y*y + both + root + wave(20, y, 40, y/3) + wave(160, y/12, 320, y/30)

	sin, cos := math.Sincos(p[1] * degree)
	w := 1 - gcjSquare*sin*sin
	normal := gcjRadius / math.Sqrt(w) // radius of curvature across the meridian
	along := normal * (1 - gcjSquare) / w
	return orb.Point{p[0] + east/(normal*cos*degree), p[1] + north/(along*degree)}
}
