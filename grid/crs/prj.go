package crs

import (
	"fmt"
	"math"
	"strings"
)

// ParseWKT is the system that the WKT 1 text of a Shapefile's .prj or a database
// means, as Esri or the OGC (GDAL, PostGIS) write it: WGS84 and CGCS2000 in
// degrees; any Gauss–Krüger or transverse Mercator projection of the two from
// the equator, so UTM too; Web Mercator. The numbers decide, not the name or an
// AUTHORITY: a projection with the numbers of a zone is that zone's System, any
// other one keeps its name and has no Zone. A degree system named GCJ-02 or
// BD-09 is that. Axes and TOWGS84 of zeros are not looked at: files hold the
// easting or longitude first.
//
// An error is an *Error: ErrWKT with the Offset of the first byte that is not
// WKT 1; ErrTransformation with the datum, Xian 1980, Beijing 1954 or New
// Beijing; ErrUnknown with the system's own name when its datum is none of these;
// ErrUnsupported with its own name and the part that is not supported.
//
// At most 64 KiB, 16 brackets deep; a byte order mark and closing NULs are
// allowed.
func ParseWKT(text string) (System, error) {
	root, offset := parseWKT(text)
	if root == nil {
		e := fault(ErrWKT, "", "")
		e.Offset = offset
		return System{}, e
	}
	switch root.keyword {
	case "GEOGCS":
		return geographic(root)
	case "PROJCS":
		return projected(root)
	}
	return System{}, fault(ErrUnsupported, root.name(), root.keyword)
}

// geographic is the system of a GEOGCS.
func geographic(root *node) (System, error) {
	s, _, err := datum(root, root.name())
	if err != nil {
		return System{}, err
	}
	switch p := plain(root.name()); {
	case strings.Contains(p, "gcj02"):
		return GCJ02(), nil
	case strings.Contains(p, "bd09"):
		return BD09(), nil
	}
	return s, nil
}

// datums are the datums that are supported, by plain names, and their spheroids.
var datums = []struct {
	names     []string
	system    System
	ellipsoid *ellipsoid
	inverse   float64 // flattening
}{
	{[]string{"wgs1984", "wgs84", "worldgeodeticsystem1984"}, WGS84(), &ellipsoidWGS84, 298.257223563},
	{[]string{"china2000", "cgcs2000", "chinageodeticcoordinatesystem2000"}, CGCS2000(), &ellipsoidCGCS2000, 298.257222101},
}

// datum is the degree system of a GEOGCS and its ellipsoid; name is what the
// whole is called.
func datum(geogcs *node, name string) (System, *ellipsoid, error) {
	d := geogcs.child("DATUM")
	p := plain(d.name())
	if refused := refusedName(p); refused != "" {
		return System{}, nil, fault(ErrTransformation, refused, "")
	}
	for _, known := range datums {
		for _, n := range known.names {
			if p == n || p == "d"+n {
				return known.system, known.ellipsoid, unsupported(name, geogcs, known.inverse)
			}
		}
	}
	if refused := refusedName(plain(name)); refused != "" {
		return System{}, nil, fault(ErrTransformation, refused, "")
	}
	return System{}, nil, fault(ErrUnknown, name, d.name())
}

// unsupported is an error with the first part of a GEOGCS that contradicts a
// spheroid of the radius 6,378,137 m and an inverse flattening, degrees or
// Greenwich, or nil.
func unsupported(name string, geogcs *node, inverse float64) error {
	d := geogcs.child("DATUM")
	spheroid, prime, unit := d.child("SPHEROID"), geogcs.child("PRIMEM"), geogcs.child("UNIT")
	switch shift := d.child("TOWGS84"); {
	case !near(spheroid.number(0), mercatorRadius, 1e-3) || !near(spheroid.number(1), inverse, 1e-6):
		return fault(ErrUnsupported, name, "SPHEROID "+spheroid.name())
	case shift != nil && anyNonzero(shift.numbers):
		return fault(ErrUnsupported, name, "TOWGS84")
	case prime != nil && prime.number(0) != 0:
		return fault(ErrUnsupported, name, "PRIMEM "+prime.name())
	case !near(unit.number(0), degree, 1e-9):
		return fault(ErrUnsupported, name, "UNIT "+unit.name())
	}
	return nil
}

func near(v, want, within float64) bool { return math.Abs(v-want) <= within }

func anyNonzero(numbers []float64) bool {
	for _, v := range numbers {
		if v != 0 {
			return true
		}
	}
	return false
}

// projected is the system of a PROJCS.
func projected(root *node) (System, error) {
	name := root.name()
	base, ellipsoid, err := datum(root.child("GEOGCS"), name)
	if err != nil {
		return System{}, err
	}
	if unit := root.child("UNIT"); !near(unit.number(0), 1, 1e-12) {
		return System{}, fault(ErrUnsupported, name, "UNIT "+unit.name())
	}
	method := root.child("PROJECTION").name()
	allowed := transverse
	web := isWeb(root, method)
	switch {
	case web && base.kind == wgs84:
		allowed = mercator
	case web || plain(method) != "transversemercator" && plain(method) != "gk":
		return System{}, fault(ErrUnsupported, name, "PROJECTION "+method)
	}
	values, err := parameters(root, allowed)
	if err != nil {
		return System{}, err
	}
	if web {
		return WebMercator(), nil
	}
	p := plane{
		ellipsoid: ellipsoid, meridian: values[meridianAt], scale: values[scaleAt],
		falseEasting: values[eastingAt], falseNorthing: values[northingAt],
	}
	s := System{kind: gaussKruger, label: clip(name), plane: p}
	wide := strings.HasPrefix(plain(name), "cgcs2000gk")
	return s.known(wide), nil
}

// isWeb reports whether a projection is the spherical one of web maps: Esri
// names it, GDAL marks an ellipsoidal one.
func isWeb(root *node, method string) bool {
	if plain(method) == "mercatorauxiliarysphere" {
		return true
	}
	e := root.child("EXTENSION")
	return plain(method) == "mercator1sp" && e.name() == "PROJ4" && len(e.strings) > 1 &&
		strings.Contains(e.strings[1], "+a=6378137 +b=6378137 ")
}

// parameter is a number of a projection: its plain name, the value when it is not
// given, and the range it may have. A missing one without a default is NaN.
type parameter struct {
	name        string
	missing     float64
	least, most float64
}

// The places of the parameters of a transverse Mercator projection.
const (
	meridianAt = iota
	scaleAt
	eastingAt
	northingAt
)

var transverse = []parameter{
	{"centralmeridian", math.NaN(), -meridianMax, meridianMax},
	{"scalefactor", 1, scaleMin, scaleMax},
	{"falseeasting", 0, -falseMax, falseMax},
	{"falsenorthing", 0, -falseMax, falseMax},
	{"latitudeoforigin", 0, 0, 0},
}

var mercator = []parameter{
	{"centralmeridian", 0, 0, 0},
	{"scalefactor", 1, 1, 1},
	{"falseeasting", 0, 0, 0},
	{"falsenorthing", 0, 0, 0},
	{"standardparallel1", 0, 0, 0},
	{"auxiliaryspheretype", 0, 0, 0},
	{"latitudeoforigin", 0, 0, 0},
}

// parameters are the values of the allowed parameters, in their order. One that
// is not allowed, given twice or out of range is ErrUnsupported.
func parameters(root *node, allowed []parameter) ([]float64, error) {
	values := make([]float64, len(allowed))
	given := make([]bool, len(allowed))
	for i, a := range allowed {
		values[i] = a.missing
	}
	for _, n := range root.nodes {
		if n.keyword != "PARAMETER" {
			continue
		}
		at := -1
		for i, a := range allowed {
			if a.name == plain(n.name()) && !given[i] {
				at = i
			}
		}
		if at < 0 {
			return nil, fault(ErrUnsupported, root.name(), "PARAMETER "+n.name())
		}
		given[at], values[at] = true, n.number(0)
	}
	for i, a := range allowed {
		if !(values[i] >= a.least && values[i] <= a.most) {
			return nil, fault(ErrUnsupported, root.name(), fmt.Sprintf("PARAMETER %s %v", a.name, values[i]))
		}
	}
	return values, nil
}
