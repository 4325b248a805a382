package geofile

import (
	"encoding/binary"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// placeSize is the bytes of x and y.
const placeSize = 16

// Where things stand in the content of a record (ESRI 1998, pp. 6–20).
const (
	pointAt      = 4  // of a point: x, y
	pointsMin    = 40 // of points: type, box, number of points
	polyMin      = 44 // of lines and polygons: type, box, number of parts, number of points
	partsCountAt = 36
)

// record reads the shape in s into f. The fault is that of the record, or with
// end the one that ends the reading.
func (d *shapeDecoder) record(f *Feature, s span) (fault *Error, end bool) {
	b := d.shp[s.from:s.to]
	if len(b) < 4 {
		return d.fault(f.ordinal, s.from, ErrRecord, strconv.Itoa(len(b))), false
	}
	kind := shapeKind(little32(b, 0))
	if kind == nullShape {
		return nil, false
	}
	if kind != d.kind {
		return d.fault(f.ordinal, s.from, ErrGeometry, kind.String()), false
	}
	d.raw.reset()
	flat, _ := kind.geometry()
	var points, count int // where they begin in b, and how many there are
	switch flat {
	case pointShape:
		points, count = pointAt, 1
		if len(b) < pointAt+placeSize {
			return d.fault(f.ordinal, s.from, ErrRecord, strconv.Itoa(len(b))), false
		}
	case multiPointShape:
		points, count, fault = d.counts(f.ordinal, s, pointsMin, kind)
	default:
		points, count, fault = d.counts(f.ordinal, s, polyMin, kind)
	}
	if fault != nil || count == 0 {
		return fault, false
	}
	if d.vertices += count; d.vertices > d.limits.VerticesMax {
		return d.fault(f.ordinal, s.from, ErrVertices, strconv.Itoa(d.limits.VerticesMax)), true
	}
	for i := range count {
		at := points + i*placeSize
		p := orb.Point{littleFloat(b, at), littleFloat(b, at+8)}
		if !finite(p) {
			return d.fault(f.ordinal, s.from+at, ErrPoint), false
		}
		d.raw.points = append(d.raw.points, p)
	}
	landed, fault := d.land(f.ordinal, s.from+points)
	if fault != nil {
		return fault, false
	}
	start := s.from + points
	switch flat {
	case pointShape, multiPointShape:
		f.Points, f.starts = landed, []int{start}
	case lineShape:
		return d.lines(f, landed, start), false
	case polygonShape:
		return d.polygons(f, landed, start)
	}
	return nil, false
}

// counts reads how many parts and points a shape has, checks them against the
// bytes that are there, and puts the ends of the parts into d.raw. head is the
// bytes before the parts, which points alone have none of.
func (d *shapeDecoder) counts(record int, s span, head int, kind shapeKind) (points, count int, fault *Error) {
	b := d.shp[s.from:s.to]
	if len(b) < head {
		return 0, 0, d.fault(record, s.from, ErrRecord, strconv.Itoa(len(b)))
	}
	parts := 0
	count = little32(b, head-4)
	if head == polyMin {
		if parts = little32(b, partsCountAt); parts > (len(b)-head)/4 {
			return 0, 0, d.fault(record, s.from+partsCountAt, ErrRecord, strconv.Itoa(parts))
		}
	}
	points = head + 4*parts
	each, more := placeSize, 0
	if kind.tall() {
		each, more = each+8, 16 // z of each place, and their range
	}
	if count > 0 && count > (len(b)-points-more)/each || head == polyMin && (parts == 0) != (count == 0) {
		return 0, 0, d.fault(record, s.from+head-4, ErrRecord, strconv.Itoa(count))
	}
	for i := range parts {
		from, to := little32(b, head+4*i), count
		if i+1 < parts {
			to = little32(b, head+4*i+4)
		}
		if from > to || to > count || i == 0 && from != 0 {
			return 0, 0, d.fault(record, s.from+head+4*i, ErrRecord, strconv.Itoa(from), strconv.Itoa(to))
		}
		d.raw.ends = append(d.raw.ends, to)
	}
	return points, count, nil
}

func littleFloat(b []byte, at int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(b[at:]))
}

// land is the places of d.raw where the caller wants them, in memory of their
// own; the first of them stands at start.
func (d *shapeDecoder) land(record, start int) ([]orb.Point, *Error) {
	landed := d.raw.copied()
	for i, p := range landed {
		if d.ground.same(p) {
			continue
		}
		q, fault := d.ground.land(p)
		if fault != nil {
			at := d.fault(record, start+i*placeSize, fault.Err, fault.Args...)
			at.Cause = fault.Cause
			return nil, at
		}
		landed[i] = q
	}
	return landed, nil
}

// lines cuts points into the lines of f.
func (d *shapeDecoder) lines(f *Feature, points []orb.Point, start int) *Error {
	if fault := d.short(f.ordinal, start, lineMin); fault != nil {
		return fault
	}
	from := 0
	for _, end := range d.raw.ends {
		f.Lines = append(f.Lines, points[from:end:end])
		f.starts = append(f.starts, start+from*placeSize)
		from = end
	}
	return nil
}

// short is the fault of the first part with fewer than sizeMin places.
func (d *shapeDecoder) short(record, start, sizeMin int) *Error {
	from := 0
	for _, end := range d.raw.ends {
		if end-from < sizeMin {
			return d.fault(record, start+from*placeSize, ErrShort, strconv.Itoa(end-from))
		}
		from = end
	}
	return nil
}

// polygons cuts points into rings and sorts these into the polygons of f.
func (d *shapeDecoder) polygons(f *Feature, points []orb.Point, start int) (fault *Error, end bool) {
	if fault := d.short(f.ordinal, start, ringMin); fault != nil {
		return fault, false
	}
	if !d.nester.sort(d.raw.points, d.raw.ends) {
		return d.fault(f.ordinal, start, ErrNesting), true
	}
	rings := make([]orb.Ring, len(d.raw.ends))
	f.starts = make([]int, len(rings))
	for i, k := range d.nester.order {
		from, to := d.nester.ring(k)
		rings[i] = points[from:to:to]
		f.starts[i] = start + from*placeSize
	}
	f.Polygons = make(orb.MultiPolygon, len(d.nester.parts))
	from := 0
	for i, to := range d.nester.parts {
		f.Polygons[i] = rings[from:to:to]
		from = to
	}
	for _, k := range d.nester.astray {
		from, _ := d.nester.ring(k)
		d.findings.add(d.fault(f.ordinal, start+from*placeSize, ErrCourse))
	}
	return nil, false
}
