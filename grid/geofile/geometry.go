package geofile

import (
	"strconv"

	"github.com/paulmach/orb"
)

// geometry reads the geometry at s.at into f.
func (d *decoder) geometry(f *Feature) bool {
	c, ok := d.peek()
	if !ok {
		return false
	}
	start := d.at
	if c != '{' {
		if d.null() {
			return d.skip()
		}
		return d.wrong(ErrKind, "geometry")
	}
	kind, kindAt := d.typeOf()
	known := reads(kind)
	seen, ok := d.members(func(m members) bool {
		if m != coordinatesMember || !known {
			return d.skip()
		}
		return d.coordinates(f, kind)
	})
	switch {
	case !ok:
		return false
	case kindAt < 0:
		d.note(start, ErrMissing, "type")
	case !known:
		d.note(kindAt, ErrGeometry, kind)
	case seen&coordinatesMember == 0:
		d.note(start, ErrMissing, "coordinates")
	}
	return true
}

// null reports whether the word null stands at d.at.
func (d *decoder) null() bool {
	probe := scanner{text: d.text, at: d.at, quiet: 1}
	word, _ := probe.word()
	return word == "null"
}

// reads reports whether geometries of that type are read.
func reads(kind string) bool {
	switch kind {
	case "Polygon", "MultiPolygon", "LineString", "MultiLineString", "Point", "MultiPoint":
		return true
	}
	return false
}

// coordinates reads the coordinates at s.at as those of kind. An empty array is
// no geometry (RFC 7946 §3.1), but for a Point.
func (d *decoder) coordinates(f *Feature, kind string) bool {
	g := &d.shape
	g.reset()
	faults := d.faulty()
	var ok bool
	switch kind {
	case "Polygon":
		ok = d.polygon(true)
	case "MultiPolygon":
		ok = d.nested(func() bool { return d.polygon(false) })
	case "LineString":
		ok = d.line(lineMin, true)
	case "MultiLineString":
		ok = d.nested(func() bool { return d.line(lineMin, false) })
	case "MultiPoint":
		ok = d.line(1, true)
	case "Point":
		g.starts = append(g.starts, d.at)
		ok = d.place()
	}
	if !ok || d.faulty() > faults {
		return ok
	}
	switch kind {
	case "Polygon", "MultiPolygon":
		f.Polygons = g.polygons()
	case "LineString", "MultiLineString":
		f.Lines = g.lines()
	case "Point", "MultiPoint":
		f.Points = append(orb.MultiPoint(nil), g.points...)
	}
	f.starts = append([]int(nil), g.starts...)
	return true
}

// nested reads an array of parts; another value is noted and skipped.
func (d *decoder) nested(part func() bool) bool {
	if c, ok := d.peek(); !ok || c != '[' {
		return ok && d.misplaced()
	}
	return d.array(part)
}

// misplaced skips a value that coordinates cannot have here. Only the first of a
// geometry is noted: the rest of it is nested as wrongly.
func (d *decoder) misplaced() bool {
	if d.shape.tangled {
		return d.skip()
	}
	d.shape.tangled = true
	return d.wrong(ErrCoordinates)
}

// short notes a ring or line that has too few places, unless they may only seem
// few.
func (d *decoder) short(at, size int) {
	if !d.shape.tangled {
		d.note(at, ErrShort, strconv.Itoa(size))
	}
}

// polygon reads an array of rings, which only the outermost array of a geometry
// may leave empty.
func (d *decoder) polygon(outermost bool) bool {
	start, rings := d.at, 0
	ok := d.nested(func() bool {
		rings++
		return d.line(ringMin, false)
	})
	if ok && d.text[start] == '[' && rings == 0 && !outermost {
		d.short(start, 0)
	}
	if rings > 0 {
		d.shape.parts = append(d.shape.parts, len(d.shape.ends))
	}
	return ok
}

// The fewest places of a line and of a ring, which need not be closed.
const (
	lineMin = 2
	ringMin = 3
)

// line reads an array of at least sizeMin places, which only the outermost
// array of a geometry may leave empty.
func (d *decoder) line(sizeMin int, outermost bool) bool {
	g := &d.shape
	start, first := d.at, len(g.points)
	if !d.nested(d.place) {
		return false
	}
	size := len(g.points) - first
	switch {
	case d.text[start] != '[' || (size == 0 && outermost):
		return true
	case size < sizeMin:
		d.short(start, size)
	}
	g.ends = append(g.ends, len(g.points))
	g.starts = append(g.starts, start)
	return true
}

// place reads one place: two numbers, and further ones which are dropped. A
// faulty place still counts as one, so that its ring is not short as well.
func (d *decoder) place() bool {
	c, ok := d.peek()
	if !ok || c != '[' {
		d.shape.points = append(d.shape.points, orb.Point{})
		return ok && d.misplaced()
	}
	if d.vertices++; d.vertices > d.limits.VerticesMax {
		return d.fail(d.at, ErrVertices, strconv.Itoa(d.limits.VerticesMax))
	}
	if p, end, ok := plainPlace(d.text, d.at); ok && d.depth < d.depthMax && d.ground.same(p) {
		d.at = end
		d.shape.points = append(d.shape.points, p)
		return true
	}
	return d.anyPlace()
}

// plainPlace reads "[number,number]" without white space, as nearly all files
// write it; anything else is left to anyPlace.
func plainPlace(text string, at int) (p orb.Point, end int, ok bool) {
	x, i, ok := scanNumber(text, at+1)
	if !ok || i >= len(text) || text[i] != ',' {
		return p, at, false
	}
	y, j, ok := scanNumber(text, i+1)
	if !ok || j >= len(text) || text[j] != ']' {
		return p, at, false
	}
	var okX, okY bool
	p[0], okX = x.float(text[at+1 : i])
	p[1], okY = y.float(text[i+1 : j])
	return p, j + 1, okX && okY
}

func inDegrees(p orb.Point) bool {
	return p[0] >= -180 && p[0] <= 180 && p[1] >= -90 && p[1] <= 90
}

// anyPlace reads any place at s.at and notes what is wrong with it.
func (d *decoder) anyPlace() bool {
	start, size, faults := d.at, 0, d.faulty()
	var p orb.Point
	ok := d.array(func() bool {
		v, ok := d.coordinate()
		if size < len(p) {
			p[size] = v
		}
		size++
		return ok
	})
	if !ok {
		return false
	}
	switch {
	case d.faulty() > faults:
	case size < len(p):
		if !d.shape.tangled {
			d.note(start, ErrCoordinates)
		}
	case !d.ground.same(p):
		q, fault := d.ground.land(p)
		if p = q; fault != nil {
			d.keep(found{start, d.feature, fault.Err, fault.Args, fault.Cause})
		}
	}
	d.shape.points = append(d.shape.points, p)
	return true
}

// coordinate reads one number; a faulty one is noted and counts as 0.
func (d *decoder) coordinate() (float64, bool) {
	c, ok := d.peek()
	if !ok {
		return 0, false
	}
	start := d.at
	switch {
	case c == '-' || digit(c):
		n, end, ok := scanNumber(d.text, d.at)
		d.token(end)
		if ok && d.at == end {
			if v, finite := n.float(d.text[start:end]); finite {
				return v, true
			}
		}
		d.note(start, ErrNumber, d.text[start:d.at])
		return 0, true
	case c == '"' || c == '[' || c == '{':
		return 0, d.misplaced()
	}
	d.token(start)
	if d.at == start {
		return 0, d.unexpected()
	}
	d.note(start, ErrNumber, d.text[start:d.at])
	return 0, true
}

func format(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
