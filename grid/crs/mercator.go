package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// The sphere and the square of Web Mercator.
const (
	mercatorRadius   = 6378137.0
	mercatorHalf     = mercatorRadius * math.Pi // metres from the middle to an edge
	mercatorLatitude = 85.05112877980659        // degrees: of the northern edge
	mercatorSlack    = 1e-6                     // metres that rounding may lead over an edge
)

func toMercator(p orb.Point) (orb.Point, error) {
	if math.Abs(p[1]) > mercatorLatitude {
		return p, ErrRange
	}
	return orb.Point{mercatorRadius * (p[0] * degree), mercatorRadius * math.Asinh(math.Tan(p[1]*degree))}, nil
}

func fromMercator(p orb.Point) (orb.Point, error) {
	if math.Abs(p[0]) > mercatorHalf+mercatorSlack || math.Abs(p[1]) > mercatorHalf+mercatorSlack {
		return p, ErrRange
	}
	lng := max(-180, min(p[0]/mercatorRadius/degree, 180))
	lat := math.Atan(math.Sinh(p[1]/mercatorRadius)) / degree
	return orb.Point{lng, max(-mercatorLatitude, min(lat, mercatorLatitude))}, nil
}
