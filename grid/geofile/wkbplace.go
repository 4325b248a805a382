package geofile

import (
	"encoding/binary"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// places reads n places, which are there.
func (d *wkbDecoder) places(n int) bool {
	switch {
	case len(d.shape.points)+n > d.limits.VerticesMax:
		return d.fail(d.at, ErrVertices, strconv.Itoa(d.limits.VerticesMax))
	case n > 0 && d.stride == 0:
		d.stride = d.size
	case n > 0 && d.stride != d.size:
		d.stride = -1
	}
	d.shape.points = slices.Grow(d.shape.points, n) // the bytes of n places are there
	for range n {
		p := orb.Point{d.float(d.at), d.float(d.at + 8)}
		if !finite(p) {
			return d.fail(d.at, ErrPoint)
		}
		if !d.ground.same(p) {
			q, fault := d.ground.land(p)
			if fault != nil {
				fault.Position = Position{File: d.file, Binary: true, Offset: d.offset(d.at)}
				d.fault = fault
				return false
			}
			p = q
		}
		d.shape.points = append(d.shape.points, p)
		d.at += d.size
	}
	return true
}

func (d *wkbDecoder) float(at int) float64 {
	if d.bigEndian {
		return math.Float64frombits(binary.BigEndian.Uint64(d.data[at:]))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(d.data[at:]))
}

// point reads a place; one of NaN is none.
func (d *wkbDecoder) point() bool {
	if !d.has(d.size) {
		return false
	}
	if x, y := d.float(d.at), d.float(d.at+8); x != x && y != y {
		d.at += d.size
		return true
	}
	d.shape.starts = append(d.shape.starts, d.offset(d.at))
	return d.places(1)
}

// line reads a line or ring of none or at least sizeMin places. A line of none is
// empty and left out.
func (d *wkbDecoder) line(sizeMin int) bool {
	at := d.at
	n, ok := d.count(d.size)
	switch {
	case !ok:
		return false
	case n == 0 && sizeMin == lineMin:
		return true
	case n < sizeMin:
		return d.fail(at, ErrShort, strconv.Itoa(n))
	}
	d.shape.starts = append(d.shape.starts, d.offset(d.at))
	if !d.places(n) {
		return false
	}
	d.shape.ends = append(d.shape.ends, len(d.shape.points))
	return true
}

// polygon reads rings; one of none is empty and left out.
func (d *wkbDecoder) polygon() bool {
	n, ok := d.count(wkbRingMin)
	for i := 0; ok && i < n; i++ {
		ok = d.line(ringMin)
	}
	if ok && n > 0 {
		d.shape.parts = append(d.shape.parts, len(d.shape.ends))
	}
	return ok
}

// feature is what was read.
func (d *wkbDecoder) feature() Feature {
	f := Feature{source: &source{name: d.file}, offset: d.offset(0), stride: d.digits * max(d.stride, 1)}
	switch d.family {
	case wkbPolygon:
		f.Polygons = d.shape.polygonsOf(d.shape.points)
	case wkbLineString:
		f.Lines = d.shape.linesOf(d.shape.points)
	case wkbPoint:
		f.Points = d.shape.points
	}
	if d.stride > 0 || d.family == wkbPoint {
		f.starts = d.shape.starts
	}
	return f
}
