package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// System is a coordinate reference system (坐标系): an immutable value that
// converts points to WGS84 and back. The zero System is WGS84. Systems may be
// compared with ==.
type System struct {
	kind     kind
	epsg     int // 0: none
	label    string
	zone     Zone // zero: none
	prefixed bool
	plane    plane // of gaussKruger
}

type kind uint8

const (
	wgs84 kind = iota
	cgcs2000
	gcj02
	bd09
	webMercator
	gaussKruger
)

// WGS84 is WGS84 in degrees, EPSG:4326.
func WGS84() System { return System{} }

// CGCS2000 is CGCS2000 (2000国家大地坐标系) in degrees, EPSG:4490. Its conversions
// change nothing: the package comment says how far that is true.
func CGCS2000() System {
	return System{kind: cgcs2000, epsg: 4490, label: "China Geodetic Coordinate System 2000"}
}

// GCJ02 is GCJ-02 (火星坐标) in degrees, what Amap and Tencent maps use: WGS84
// moved by up to 720 m in a rectangle around China, 72.004–137.8347°E,
// 0.8293–55.8271°N with its edges. Outside, a place passes through unchanged.
// The rectangle holds parts of other countries, where map services do not move
// places; the formula, here as everywhere, does.
//
// At the edge of the rectangle the system is torn: a strip of places would land
// outside, on top of others, and a strip of GCJ-02 places has no origin. Both
// are below 0.01° wide, far from any land of China, and refused with ErrEdge.
func GCJ02() System { return System{kind: gcj02, label: "GCJ-02"} }

// BD09 is BD-09 (百度坐标) in degrees, Baidu's own shift of about 1 km on top of
// GCJ-02. Outside the rectangle of GCJ02 it is refused with ErrOutside: its
// formula is meant for China and breaks on the far side of the earth.
func BD09() System { return System{kind: bd09, label: "BD-09"} }

// WebMercator is the square of web maps in metres, EPSG:3857: a sphere, ±85.0511
// degrees of latitude. Its metres are long: 1 m on the ground is 1.08 of them at
// 22°N and 1.31 at 40°N.
func WebMercator() System {
	return System{kind: webMercator, epsg: 3857, label: "WGS 84 / Pseudo-Mercator"}
}

// Name is the name in the EPSG register, "GCJ-02", "BD-09" or a local system's
// own.
func (s System) Name() string {
	if s.kind == wgs84 {
		return "WGS 84"
	}
	return s.label
}

// String is the name.
func (s System) String() string { return s.Name() }

// EPSG is the code in the EPSG register, and whether there is one.
func (s System) EPSG() (int, bool) {
	if s.kind == wgs84 {
		return 4326, true
	}
	return s.epsg, s.epsg != 0
}

// Projected reports whether coordinates are metres {easting, northing}; they are
// degrees {lng, lat} otherwise.
func (s System) Projected() bool { return s.kind >= webMercator }

// Meridian is the central meridian (中央子午线) in degrees of a Gauss–Krüger system.
func (s System) Meridian() (float64, bool) { return s.plane.meridian, s.kind == gaussKruger }

// Zone is the zone of a Gauss–Krüger system that has one: NewLocal and ParseWKT
// may make systems that have none.
func (s System) Zone() (Zone, bool) { return s.zone, s.zone != Zone{} }

// Prefixed reports whether eastings begin with the number of the zone (带号).
func (s System) Prefixed() bool { return s.prefixed }

// ToWGS84 is the place in WGS84 degrees, within ±180 and ±90. An error is an
// *Error with, in this order: ErrNumber; ErrRange; ErrPrefix; ErrMeridian;
// ErrOutside; ErrEdge. The point is zero then.
func (s System) ToWGS84(p orb.Point) (orb.Point, error) {
	q, err := s.toWGS84(p)
	if err != nil {
		return orb.Point{}, s.refuse(err, p)
	}
	return q, nil
}

// FromWGS84 is the place, given in WGS84 degrees, in the system. Errors are as
// in ToWGS84, which gives the place back within 1e-11 degree when there is none.
func (s System) FromWGS84(p orb.Point) (orb.Point, error) {
	q, err := s.fromWGS84(p)
	if err != nil {
		return orb.Point{}, s.refuse(err, p)
	}
	return q, nil
}

func (s System) toWGS84(p orb.Point) (orb.Point, error) {
	if !finite(p) {
		return p, ErrNumber
	}
	if !s.Projected() && !onEarth(p) {
		return p, ErrRange
	}
	switch s.kind {
	case gcj02:
		return fromGCJ(p)
	case bd09:
		return fromBD(p)
	case webMercator:
		return fromMercator(p)
	case gaussKruger:
		return s.fromPlane(p)
	}
	return p, nil
}

func (s System) fromWGS84(p orb.Point) (orb.Point, error) {
	if !finite(p) {
		return p, ErrNumber
	}
	if !onEarth(p) {
		return p, ErrRange
	}
	switch s.kind {
	case gcj02:
		return toGCJ(p)
	case bd09:
		return toBD(p)
	case webMercator:
		return toMercator(p)
	case gaussKruger:
		return s.toPlane(p)
	}
	return p, nil
}

func finite(p orb.Point) bool {
	return !math.IsNaN(p[0]) && !math.IsInf(p[0], 0) && !math.IsNaN(p[1]) && !math.IsInf(p[1], 0)
}

func onEarth(p orb.Point) bool { return math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90 }
