package geofile

import (
	"encoding/binary"
	"strconv"
)

// The geometry types of WKB (OGC 06-103r4 §8.2.3).
const (
	wkbPoint           = 1
	wkbLineString      = 2
	wkbPolygon         = 3
	wkbMultiPoint      = 4
	wkbMultiLineString = 5
	wkbMultiPolygon    = 6
	wkbCollection      = 7
)

// wkbNames names types in faults, those that are not read too.
var wkbNames = [...]string{
	"Geometry", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection",
	"CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve", "Surface", "PolyhedralSurface", "TIN", "Triangle",
}

// The flags that EWKB adds to a type; ISO adds 1000 for Z, 2000 for M instead.
const (
	ewkbZ    = 0x8000_0000
	ewkbM    = 0x4000_0000
	ewkbSRID = 0x2000_0000
)

// The fewest bytes of things, by which counts are checked.
const (
	wkbHead    = 5 // byte order, type
	wkbPartMin = 9 // a head and a count
	wkbRingMin = 4 // a count
)

// DecodeWKB reads the geometry that a database gives: WKB or EWKB, either byte
// order, types numbered as by ISO or with the flags of EWKB; or its hexadecimal
// text as PostGIS prints it, with or without \x before it. Z and M are dropped.
// name says in positions where it comes from and may be empty.
//
// The feature has no properties. A Multi and a collection, also of collections,
// become the parts in their order; all parts are polygons, or lines, or points.
// An empty geometry, and a POINT EMPTY, which is written as NaN, is none. srid is
// the EWKB's coordinate system, 0 when it names none: 4326 is WGS84, 4490 CGCS2000;
// what it means for the places is for the caller to judge. It is answered with an
// error too, if it was read: places out of range are most often in another system,
// and crs.Find("EPSG:4547").ToWGS84 is a Transform.
//
// O(bytes) of time and memory, whatever counts are in data.
//
// An error is *Errors with the first fault and its byte, of hexadecimal text its
// character: ErrTooLarge, ErrTruncated, ErrWKB (no byte order, or not hexadecimal),
// ErrGeometry (a type that is not read, or that cannot be a part of what it is in),
// ErrSRID, ErrDepth, ErrCounts, ErrVertices, ErrShort, ErrPoint, ErrTransform,
// ErrRange, ErrTrailing.
func DecodeWKB(name string, data []byte, opts Options) (feature Feature, srid int, err error) {
	d := wkbDecoder{limits: opts.Limits.withDefaults(), ground: groundOf(opts), digits: 1, file: name}
	if len(data) > d.limits.BytesMax {
		return Feature{}, 0, &Errors{Faults: []*Error{{Position: Position{File: name}, Err: ErrTooLarge, Args: []string{strconv.Itoa(d.limits.BytesMax)}}}}
	}
	if !d.unwrap(data) || !d.geometry(0, 0) {
		return Feature{}, d.srid, &Errors{Faults: []*Error{d.fault}}
	}
	if d.at < len(d.data) {
		d.fail(d.at, ErrTrailing, strconv.Itoa(len(d.data)-d.at))
		return Feature{}, d.srid, &Errors{Faults: []*Error{d.fault}}
	}
	return d.feature(), d.srid, nil
}

// wkbDecoder reads one geometry. A fault ends the reading: every method then
// answers false.
type wkbDecoder struct {
	file   string
	data   []byte
	at     int
	before int // characters before the first digit, of hexadecimal text
	digits int // characters a byte: 2 of hexadecimal text, else 1
	limits Limits
	ground ground

	bigEndian bool // as the last head says
	size      int  // bytes of a place, as the last head says
	srid      int
	family    int // wkbPoint, wkbLineString or wkbPolygon; 0 before the first part
	shape     shape
	stride    int // bytes between places; -1 when it is not the same everywhere
	fault     *Error
}

func (d *wkbDecoder) fail(at int, err error, args ...string) bool {
	d.fault = &Error{Position: Position{File: d.file, Binary: true, Offset: d.offset(at)}, Err: err, Args: args}
	return false
}

// offset is where byte at stands in what the caller gave.
func (d *wkbDecoder) offset(at int) int { return d.before + d.digits*at }

// has fails unless n more bytes are there.
func (d *wkbDecoder) has(n int) bool {
	if n > len(d.data)-d.at {
		return d.fail(len(d.data), ErrTruncated)
	}
	return true
}

// word is the number at a byte.
func (d *wkbDecoder) word(at int) uint32 {
	if d.bigEndian {
		return binary.BigEndian.Uint32(d.data[at:])
	}
	return binary.LittleEndian.Uint32(d.data[at:])
}

// count reads a number of things of at least sizeMin bytes each.
func (d *wkbDecoder) count(sizeMin int) (int, bool) {
	if !d.has(4) {
		return 0, false
	}
	n := fit(d.word(d.at))
	if n > (len(d.data)-d.at-4)/sizeMin {
		return 0, d.fail(d.at, ErrCounts, strconv.Itoa(n))
	}
	d.at += 4
	return n, true
}

// geometry reads the geometry at d.at, a part of one of type within (0 for none)
// with depth collections around it.
func (d *wkbDecoder) geometry(within, depth int) bool {
	start := d.at
	kind, ok := d.head(within)
	if !ok {
		return false
	}
	switch kind {
	case wkbPoint:
		return d.point()
	case wkbLineString:
		return d.line(lineMin)
	case wkbPolygon:
		return d.polygon()
	}
	if depth++; depth > d.limits.DepthMax {
		return d.fail(start, ErrDepth, strconv.Itoa(d.limits.DepthMax))
	}
	n, ok := d.count(wkbPartMin)
	for i := 0; ok && i < n; i++ {
		ok = d.geometry(kind, depth)
	}
	return ok
}

// head reads byte order, type and SRID.
func (d *wkbDecoder) head(within int) (kind int, ok bool) {
	if !d.has(1) {
		return 0, false
	}
	switch d.data[d.at] {
	case 0, 1:
		d.bigEndian = d.data[d.at] == 0
	default:
		return 0, d.fail(d.at, ErrWKB, strconv.Itoa(int(d.data[d.at])))
	}
	if !d.has(wkbHead) {
		return 0, false
	}
	typeAt := d.at + 1
	word := d.word(typeAt)
	d.at += wkbHead
	number := int(word &^ (ewkbZ | ewkbM | ewkbSRID))
	kind, dimensions := number%1000, number/1000
	d.size = placeSize
	if word&ewkbZ != 0 || dimensions == 1 || dimensions == 3 {
		d.size += 8
	}
	if word&ewkbM != 0 || dimensions == 2 || dimensions == 3 {
		d.size += 8
	}
	if word&ewkbSRID != 0 {
		if !d.has(4) {
			return 0, false
		}
		srid := fit(d.word(d.at))
		if within != 0 && srid != d.srid {
			return 0, d.fail(d.at, ErrSRID, strconv.Itoa(srid), strconv.Itoa(d.srid))
		}
		d.srid = srid
		d.at += 4
	}
	if dimensions > 3 || kind < wkbPoint || kind > wkbCollection || !d.fits(kind, within) {
		name := strconv.Itoa(number)
		if kind < len(wkbNames) && dimensions <= 3 {
			name = wkbNames[kind]
		}
		return 0, d.fail(typeAt, ErrGeometry, name)
	}
	return kind, true
}

// fits reports whether a geometry of type kind may be a part of one of type
// within, and may stand beside the parts before it.
func (d *wkbDecoder) fits(kind, within int) bool {
	switch within {
	case wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon:
		if kind != within-(wkbMultiPoint-wkbPoint) {
			return false
		}
	}
	if kind == wkbCollection {
		return true
	}
	family := (kind-1)%3 + 1
	if d.family == 0 {
		d.family = family
	}
	return d.family == family
}
