package geofile

import "strings"

// crs reads a crs member (GeoJSON 2008 §3; RFC 7946 dropped it) at s.at. Null
// and the usual spellings of WGS84 in longitude, latitude order pass. So does
// EPSG:4490, CGCS2000 in degrees, which lies within centimetres of it.
func (d *decoder) crs() bool {
	c, ok := d.peek()
	if !ok {
		return false
	}
	start := d.at
	anywhere := d.ground.projected || d.ground.transform != nil
	if anywhere || c != '{' {
		if !anywhere && !d.null() {
			d.note(start, ErrCRS)
		}
		return d.skip()
	}
	var name string
	ok = d.object(func(member string, _ int) bool {
		if c, _ := d.peek(); member != "properties" || c != '{' {
			return d.skip()
		}
		return d.object(func(member string, _ int) bool {
			if c, _ := d.peek(); member != "name" || c != '"' {
				return d.skip()
			}
			s, ok := d.string()
			name = s
			return ok
		})
	})
	if ok && !isDegrees(name) {
		d.note(start, ErrCRS, name)
	}
	return ok
}

// isDegrees reports whether name is a spelling of WGS84 longitude and latitude:
// CRS84, EPSG:4326 or EPSG:4490 alone, as a URN of any version, or as a URL.
func isDegrees(name string) bool {
	name = strings.ToUpper(name)
	name = strings.TrimPrefix(name, "URN:OGC:DEF:CRS:")
	name = strings.TrimPrefix(name, "URN:X-OGC:DEF:CRS:")
	for _, scheme := range []string{"HTTP://", "HTTPS://"} {
		if rest, ok := strings.CutPrefix(name, scheme+"WWW.OPENGIS.NET/DEF/CRS/"); ok {
			name = strings.ReplaceAll(rest, "/", ":")
		}
	}
	parts := strings.Split(name, ":")
	last := parts[len(parts)-1]
	switch {
	case len(parts) > 3:
		return false
	case last == "CRS84":
		return len(parts) == 1 || parts[0] == "OGC"
	case last == "4326" || last == "4490":
		return len(parts) > 1 && parts[0] == "EPSG"
	}
	return false
}
