package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// The constants of BD-09: Baidu's shift in degrees, and its waves.
const (
	bdEast, bdNorth = 0.0065, 0.006
	bdLength        = 0.00002  // degrees: wave of the distance from the origin
	bdAngle         = 0.000003 // radians: wave of the direction
	bdWave          = math.Pi * 3000 / 180
)

// bdNear is how far, in degrees, BD-09 moves a place of GCJ-02 at most, rounded up.
const bdNear = 0.01

func toBD(p orb.Point) (orb.Point, error) {
	if !inChina(p) {
		return p, ErrOutside
	}
	q, err := toGCJ(p)
	if err != nil {
		return p, err
	}
	return shiftBD(q), nil
}

func fromBD(p orb.Point) (orb.Point, error) {
	if p[0] < chinaWest-bdNear || p[0] > chinaEast+bdNear || p[1] < chinaSouth-bdNear || p[1] > chinaNorth+bdNear {
		return p, ErrOutside
	}
	q, ok := invert(shiftBD, p, unshiftBD(p))
	if !ok || !inChina(q) {
		return p, ErrOutside
	}
	return fromGCJ(q)
}

// shiftBD is the public formula from GCJ-02 to BD-09: the place in polar
// coordinates of the degrees, both waved, then moved.
func shiftBD(p orb.Point) orb.Point {
	length := math.Sqrt(p[0]*p[0]+p[1]*p[1]) + bdLength*math.Sin(p[1]*bdWave)
	angle := math.Atan2(p[1], p[0]) + bdAngle*math.Cos(p[0]*bdWave)
	sin, cos := math.Sincos(angle)
	return orb.Point{length*cos + bdEast, length*sin + bdNorth}
}

// unshiftBD is the public formula for the way back, which misses by up to
// 2.2e-6 degree: a first guess.
func unshiftBD(p orb.Point) orb.Point {
	x, y := p[0]-bdEast, p[1]-bdNorth
	length := math.Sqrt(x*x+y*y) - bdLength*math.Sin(y*bdWave)
	angle := math.Atan2(y, x) - bdAngle*math.Cos(x*bdWave)
	sin, cos := math.Sincos(angle)
	return orb.Point{length * cos, length * sin}
}
