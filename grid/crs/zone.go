package crs

import (
	"fmt"
	"math"
)

// Width is the width of the zones of a Gauss–Krüger division in degrees of
// longitude.
type Width uint8

// The two divisions: 3 degrees (三度带) for large scales, cadastre and
// governance, 6 degrees (六度带) for maps of 1:25,000 and smaller.
const (
	ThreeDegree Width = 3
	SixDegree   Width = 6
)

// Zone is a Gauss–Krüger zone (投影带). China has the 3-degree zones 25 to 45 and
// the 6-degree zones 13 to 23, with central meridians from 75°E to 135°E; a
// number alone tells the width.
type Zone struct {
	Width  Width
	Number int
}

// zoneMetres is the step between the prefixed eastings of two zones.
const zoneMetres = 1_000_000

// Valid reports whether z is a zone of China.
func (z Zone) Valid() bool {
	return z.Width == ThreeDegree && 25 <= z.Number && z.Number <= 45 ||
		z.Width == SixDegree && 13 <= z.Number && z.Number <= 23
}

// Meridian is the central meridian in degrees: 3 × number, or 6 × number − 3.
func (z Zone) Meridian() float64 {
	if z.Width == SixDegree {
		return float64(6*z.Number - 3)
	}
	return float64(3 * z.Number)
}

// String is "3-degree zone 38".
func (z Zone) String() string { return fmt.Sprintf("%d-degree zone %d", z.Width, z.Number) }

// ZoneAt is the zone of a longitude in degrees, and whether it is a zone of
// China. A border between two belongs to the eastern one: 115.5 is in the
// 3-degree zone 39.
func ZoneAt(lng float64, width Width) (Zone, bool) {
	var number float64
	switch width {
	case ThreeDegree:
		number = math.Floor((lng + 1.5) / 3)
	case SixDegree:
		number = math.Floor(lng/6) + 1
	}
	if !(number >= 1 && number <= 120) {
		return Zone{}, false
	}
	z := Zone{width, int(number)}
	if !z.Valid() {
		return Zone{}, false
	}
	return z, true
}

// ZoneOf is the zone whose prefix an easting in metres carries, and whether it
// carries one: 38,506,000 is in the 3-degree zone 38, 19,506,000 in the 6-degree
// zone 19. An easting in Web Mercator may look like the zones 13 to 15.
func ZoneOf(easting float64) (Zone, bool) {
	number := math.Floor(easting / zoneMetres)
	if !(number >= 1 && number <= 120) {
		return Zone{}, false
	}
	for _, width := range []Width{ThreeDegree, SixDegree} {
		if z := (Zone{width, int(number)}); z.Valid() {
			return z, true
		}
	}
	return Zone{}, false
}

// GaussKruger is CGCS2000 in the Gauss–Krüger metres of a zone, EPSG:4491 to
// 4554: false easting 500,000 m, with the zone's number in front of it when
// prefixed (38,500,000), scale 1, northing from the equator. ErrZone if z is not
// Valid.
func GaussKruger(z Zone, prefixed bool) (System, error) {
	if !z.Valid() {
		return System{}, fault(ErrZone, z.String(), "")
	}
	return zoneSystem(z, prefixed), nil
}

// zoneSystem is the system of a valid zone.
func zoneSystem(z Zone, prefixed bool) System {
	label, first, base := "CGCS2000 / ", 13, 4491
	if z.Width == ThreeDegree {
		label, first, base = "CGCS2000 / 3-degree ", 25, 4513
	}
	s := System{
		kind: gaussKruger, zone: z, prefixed: prefixed,
		plane: plane{ellipsoid: &ellipsoidCGCS2000, meridian: z.Meridian(), scale: 1, falseEasting: zoneMetres / 2},
	}
	s.epsg = base + z.Number - first
	if prefixed {
		s.label = fmt.Sprintf("%sGauss-Kruger zone %d", label, z.Number)
		s.plane.falseEasting += float64(z.Number * zoneMetres)
		return s
	}
	s.epsg += 11 // the 6-degree zones
	if z.Width == ThreeDegree {
		s.epsg += 10 // 21 zones
	}
	s.label = fmt.Sprintf("%sGauss-Kruger CM %.0fE", label, z.Meridian())
	return s
}
