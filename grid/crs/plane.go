package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// Limits of a Gauss–Krüger system, in degrees. Beyond, a place is refused with
// ErrMeridian.
const (
	// OffMeridianMax is the largest distance of a place from the central
	// meridian. Zones end at 1.5 and 3 degrees; 10 leaves room for a province in
	// one zone. Farther away, where lengths are wrong by more than 1.5 %, the
	// coordinates are nearly always of another zone.
	OffMeridianMax = 10.0
	// LatitudeMax is the largest latitude, north or south, as for UTM.
	LatitudeMax = 84.0
)

// degreeSlack is added to the limits on the way back from metres, so that what
// was within them comes back.
const degreeSlack = 1e-9

// farEasting and farNorthing are more metres from the origin than any place
// within the limits has at scaleMax: 10 degrees of the equator are 1.12e6, 84
// degrees of a meridian seen 10 degrees off are 9.4e6.
const (
	farEasting  = 1.4e6
	farNorthing = 1.1e7
)

// plane is a transverse Mercator projection from the equator.
type plane struct {
	ellipsoid     *ellipsoid
	meridian      float64 // degrees
	scale         float64
	falseEasting  float64 // metres
	falseNorthing float64 // metres
}

// toPlane projects a place in degrees.
func (s System) toPlane(p orb.Point) (orb.Point, error) {
	lng := p[0] - s.plane.meridian
	if math.Abs(lng) > OffMeridianMax || math.Abs(p[1]) > LatitudeMax {
		return p, ErrMeridian
	}
	north, east := s.plane.ellipsoid.project(p[1]*degree, lng*degree)
	q := orb.Point{
		s.plane.falseEasting + s.plane.scale*east,
		s.plane.falseNorthing + s.plane.scale*north,
	}
	if s.prefixed && !s.hasPrefix(q[0]) {
		return p, ErrMeridian
	}
	return q, nil
}

// fromPlane is the place in degrees of easting and northing.
func (s System) fromPlane(p orb.Point) (orb.Point, error) {
	if s.prefixed && !s.hasPrefix(p[0]) {
		return p, ErrPrefix
	}
	east, north := p[0]-s.plane.falseEasting, p[1]-s.plane.falseNorthing
	if math.Abs(east) > farEasting || math.Abs(north) > farNorthing {
		if _, prefix := ZoneOf(p[0]); prefix && !s.prefixed {
			return p, ErrPrefix
		}
		return p, ErrMeridian
	}
	lat, lng := s.plane.ellipsoid.unproject(north/s.plane.scale, east/s.plane.scale)
	lat, lng = lat/degree, lng/degree
	if math.Abs(lng) > OffMeridianMax+degreeSlack || math.Abs(lat) > LatitudeMax+degreeSlack {
		return p, ErrMeridian
	}
	return orb.Point{s.plane.meridian + lng, lat}, nil
}

// hasPrefix reports whether an easting begins with the number of the zone.
func (s System) hasPrefix(easting float64) bool {
	return math.Floor(easting/zoneMetres) == float64(s.zone.Number)
}
