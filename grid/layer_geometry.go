package grid

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// geometry checks a feature's kind and size and keeps lines and points as parts;
// of polygons it answers the boundary, not yet checked.
func (b *layerBuilder) geometry(f *Feature, at uint32) orb.MultiPolygon {
	into := &b.layer.features[at]
	var width, radius Meters // the most allowed
	var lines orb.MultiLineString
	var boundary orb.MultiPolygon
	switch g := f.Geometry.(type) {
	case orb.Polygon:
		boundary = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		boundary = g
	case orb.LineString:
		lines = orb.MultiLineString{g}
	case orb.MultiLineString:
		lines = g
	case orb.Point:
		radius, into.reach = ReachMax, f.Radius
		b.point(f, at, g)
	}
	if lines != nil {
		width, into.reach, into.dims = 2*ReachMax, f.Width/2, 1
		b.lines(f.Code, at, lines)
	}
	if _, point := f.Geometry.(orb.Point); !point && len(lines) == 0 && len(boundary) == 0 {
		b.faults.add(f.Code, ErrGeometry)
		return nil
	}
	if !fits(f.Width, width) || !fits(f.Radius, radius) {
		b.faults.add(f.Code, fmt.Errorf("%w: width %v m, radius %v m", ErrWidth, f.Width, f.Radius))
	}
	return boundary
}

// fits reports whether a measure is in (0, most], or 0 when none is due.
func fits(given, most Meters) bool {
	if most == 0 {
		return given == 0
	}
	return given > 0 && given <= most // false for NaN
}

// point keeps a point as a part.
func (b *layerBuilder) point(f *Feature, at uint32, p orb.Point) {
	q, ok := snap(p)
	if !ok {
		b.geometryFault(coordinateFault(f.Code, -1, p))
		return
	}
	b.layer.parts = append(b.layer.parts, part{at, q, q})
}

// lines keeps the edges of lines as parts.
func (b *layerBuilder) lines(of Code, at uint32, lines orb.MultiLineString) {
	for i, line := range lines {
		good, from := true, len(b.layer.parts)
		var open []point
		for k, p := range line {
			q, ok := snap(p)
			if !ok {
				e := coordinateFault("", k, p)
				b.faults.add(of, fmt.Errorf("line %d: %w", i, e))
				good = false
			} else if n := len(open); n == 0 || open[n-1] != q {
				open = append(open, q)
			}
		}
		switch {
		case !good:
		case !twoDistinct(line):
			b.faults.add(of, fmt.Errorf("line %d: %w", i, ErrLine))
		case len(open) == 1:
			b.layer.parts = append(b.layer.parts, part{at, open[0], open[0]})
		default:
			b.layer.parts = slices.Grow(b.layer.parts, len(open)-1)[:from]
			for k, q := range open[1:] {
				b.layer.parts = append(b.layer.parts, part{at, open[k], q})
			}
		}
	}
}

func twoDistinct(line orb.LineString) bool {
	return slices.ContainsFunc(line, func(p orb.Point) bool { return p != line[0] })
}

func coordinateFault(of Code, vertex int, p orb.Point) *Error {
	e := &Error{Unit: of, Polygon: -1, Ring: -1, Vertex: vertex, Err: ErrCoordinate}
	if finite(p) {
		e.At, e.HasAt = p, true
	}
	return e
}
