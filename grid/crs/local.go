package crs

import "fmt"

// The limits of the numbers of a Local.
const (
	meridianMax = 169.0 // degrees: no place of the system lies across the 180th meridian
	falseMax    = 1e8   // metres: twice the largest prefixed easting, to the micrometre in a float64
	scaleMin    = 0.9
	scaleMax    = 1.1
)

// Local is a city's own system (城市独立坐标系) that is a Gauss–Krüger projection of
// CGCS2000 with numbers of its own.
type Local struct {
	Name          string
	Meridian      float64 // central meridian in degrees, within ±169
	FalseEasting  float64 // metres, within ±1e8; zero is zero, not 500,000
	FalseNorthing float64 // metres, within ±1e8
	Scale         float64 // on the central meridian, 0.9 to 1.1; zero means 1
}

// NewLocal is the system of l. A system on a compensating plane of height h is
// one with Scale 1 + h/6,371,000. The eastings carry no zone prefix that is checked, and
// the system has no Zone. An error is an *Error with ErrLocal that names the
// first field that is out of range.
func NewLocal(l Local) (System, error) {
	if l.Scale == 0 {
		l.Scale = 1
	}
	for _, f := range []struct {
		name        string
		v, from, to float64
	}{
		{"Meridian", l.Meridian, -meridianMax, meridianMax},
		{"FalseEasting", l.FalseEasting, -falseMax, falseMax},
		{"FalseNorthing", l.FalseNorthing, -falseMax, falseMax},
		{"Scale", l.Scale, scaleMin, scaleMax},
	} {
		if !(f.v >= f.from && f.v <= f.to) {
			return System{}, fault(ErrLocal, l.Name, fmt.Sprintf("%s %v", f.name, f.v))
		}
	}
	return System{kind: gaussKruger, label: l.Name, plane: plane{
		ellipsoid: &ellipsoidCGCS2000, meridian: l.Meridian, scale: l.Scale,
		falseEasting: l.FalseEasting, falseNorthing: l.FalseNorthing,
	}}, nil
}

// known is the system of a zone with the same numbers as s on CGCS2000, or s.
// Where a 3-degree and a 6-degree zone have the same meridian and no prefix, they
// differ in name only, and wide chooses.
func (s System) known(wide bool) System {
	if s.plane.ellipsoid != &ellipsoidCGCS2000 {
		return s
	}
	widths := []Width{ThreeDegree, SixDegree}
	if wide {
		widths = []Width{SixDegree, ThreeDegree}
	}
	for _, width := range widths {
		z, ok := ZoneAt(s.plane.meridian, width)
		if !ok {
			continue
		}
		for _, prefixed := range []bool{false, true} {
			if t := zoneSystem(z, prefixed); t.plane == s.plane {
				return t
			}
		}
	}
	return s
}
