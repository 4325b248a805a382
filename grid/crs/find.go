package crs

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// register is every system that has a name, by EPSG code, then those without.
var register = registered()

func registered() []System {
	all := []System{WGS84(), CGCS2000(), WebMercator(), GCJ02(), BD09()}
	for _, zones := range []struct {
		width       Width
		first, last int
	}{{SixDegree, 13, 23}, {ThreeDegree, 25, 45}} {
		for number := zones.first; number <= zones.last; number++ {
			z := Zone{zones.width, number}
			all = append(all, zoneSystem(z, true), zoneSystem(z, false))
		}
	}
	slices.SortStableFunc(all, func(a, b System) int {
		m, _ := a.EPSG()
		n, _ := b.EPSG()
		return cmp.Compare(uint(m-1), uint(n-1)) // those without a code last
	})
	return all
}

// All is every system that Find knows, by EPSG code: WGS 84, CGCS2000 and its 64
// Gauss–Krüger systems, and Web Mercator; then GCJ-02 and BD-09.
func All() []System { return slices.Clone(register) }

// aliases are names in use besides those of the register, in plain form.
var aliases = map[string]System{
	"wgs1984": WGS84(), "gcswgs1984": WGS84(), "worldgeodeticsystem1984": WGS84(), "crs84": WGS84(), "ogccrs84": WGS84(),
	"cgcs2000": CGCS2000(), "gcschinageodeticcoordinatesystem2000": CGCS2000(),
	"2000国家大地坐标系": CGCS2000(), "国家2000": CGCS2000(), "大地2000": CGCS2000(),
	"火星坐标": GCJ02(), "火星坐标系": GCJ02(), "国测局坐标": GCJ02(),
	"bd09ll": BD09(), "百度坐标": BD09(), "百度坐标系": BD09(),
	"webmercator": WebMercator(), "wgs1984webmercatorauxiliarysphere": WebMercator(), "web墨卡托": WebMercator(),
}

// Find is the system of a code or name: "EPSG:4547", also as a URN or URL of the
// OGC; "OGC:CRS84"; a name of the EPSG register or as Esri writes it,
// "CGCS2000 / 3-degree Gauss-Kruger CM 114E"; "WGS84", "CGCS2000", "GCJ-02",
// "BD-09", "火星坐标". Case, spaces and punctuation do not count. Whatever the
// axis order of the code, places are {lng, lat} and {easting, northing}.
//
// An error is an *Error: ErrTransformation names Xian 1980, Beijing 1954 or New
// Beijing for their codes and names; ErrUnknown anything else.
func Find(name string) (System, error) {
	code := epsgCode(name)
	name = clip(name)
	if code != 0 {
		if datum := refusedCode(code); datum != "" {
			return System{}, fault(ErrTransformation, datum, "")
		}
		for _, s := range register {
			if known, ok := s.EPSG(); ok && known == code {
				return s, nil
			}
		}
		return System{}, fault(ErrUnknown, name, "")
	}
	p := plain(name)
	if datum := refusedName(p); datum != "" {
		return System{}, fault(ErrTransformation, datum, "")
	}
	if s, ok := aliases[p]; ok {
		return s, nil
	}
	for _, s := range register {
		if plain(s.Name()) == p {
			return s, nil
		}
	}
	return System{}, fault(ErrUnknown, name, "")
}

// epsgCode is the number of "EPSG:4547", "urn:ogc:def:crs:EPSG::4547" or
// "http://www.opengis.net/def/crs/EPSG/0/4547", or 0. CRS84 of the OGC is 4326.
func epsgCode(name string) int {
	name = strings.ToUpper(strings.TrimSpace(name))
	for _, scheme := range []string{"HTTP://", "HTTPS://"} {
		if rest, ok := strings.CutPrefix(name, scheme+"WWW.OPENGIS.NET/DEF/CRS/"); ok {
			name = strings.ReplaceAll(rest, "/", ":")
		}
	}
	for _, urn := range []string{"URN:OGC:DEF:CRS:", "URN:X-OGC:DEF:CRS:"} {
		name = strings.TrimPrefix(name, urn)
	}
	parts := strings.Split(name, ":")
	last := parts[len(parts)-1]
	switch {
	case len(parts) < 2 || len(parts) > 3:
		return 0
	case parts[0] == "OGC" && last == "CRS84":
		return 4326
	case parts[0] != "EPSG":
		return 0
	}
	code, err := strconv.ParseUint(last, 10, 31)
	if err != nil {
		return 0
	}
	return int(code)
}

// plain is a name without case, spaces and punctuation, in which Gauss–Krüger is
// "gk", as Esri writes it.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r == 'ü':
			return 'u'
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return -1
	}, name)
	return strings.ReplaceAll(name, "gausskruger", "gk")
}
