package geofile

import (
	"encoding/binary"
	"math"
	"strconv"
)

// shapeDecoder reads one Shapefile.
type shapeDecoder struct {
	limits   Limits
	ground   ground
	source   *source // of the .shp
	shp, shx []byte
	rows     *tableReader // nil without a .dbf
	layer    Layer
	faults   faultList
	findings faultList

	kind     shapeKind // of all shapes but null ones
	raw      shape     // of the record being read, as in the file
	vertices int
	values   int
	nester   nester
}

// shapeKind is a shape type: the geometry in the last digit, Z or M in the first.
type shapeKind uint32

const (
	nullShape       shapeKind = 0
	pointShape      shapeKind = 1
	lineShape       shapeKind = 3
	polygonShape    shapeKind = 5
	multiPointShape shapeKind = 8
	multiPatchShape shapeKind = 31
)

// geometry is the type without Z or M; ok is false for one that is not read.
func (k shapeKind) geometry() (flat shapeKind, ok bool) {
	if k == nullShape {
		return k, true
	}
	switch flat = k % 10; flat {
	case pointShape, lineShape, polygonShape, multiPointShape:
		return flat, k < 30
	}
	return 0, false
}

// tall reports whether places have a height.
func (k shapeKind) tall() bool { return k/10 == 1 }

// String is the name of a type that is not read.
func (k shapeKind) String() string {
	if k == multiPatchShape {
		return "MultiPatch"
	}
	return strconv.FormatUint(uint64(k), 10)
}

// Sizes of the format, and what stands at the head of .shp and .shx.
const (
	shpHeader    = 100 // of either file
	recordHeader = 8   // of a record of the .shp: number, length
	shxEntry     = 8   // of the .shx: offset, length
	shpMagic     = 9994
	shpVersion   = 1000
)

func big32(b []byte, at int) int    { return fit(binary.BigEndian.Uint32(b[at:])) }
func little32(b []byte, at int) int { return fit(binary.LittleEndian.Uint32(b[at:])) }

// fit keeps a number of a file small enough to be doubled in an int of 32 bits,
// where it stays larger than any file; with 64 bits it changes none.
func fit(n uint32) int { return int(min(uint64(n), math.MaxInt/4)) }

func (d *shapeDecoder) place() Position { return Position{File: d.source.name, Binary: true} }

// fault is a fault of the .shp at a byte of it; record 0 is none.
func (d *shapeDecoder) fault(record, offset int, err error, args ...string) *Error {
	at := d.place()
	at.Record, at.Offset = record, offset
	return &Error{Position: at, Feature: record, Err: err, Args: args}
}

// header checks the head of the .shp and answers whether records can be read.
func (d *shapeDecoder) header() bool {
	end := func(offset int, err error, args ...string) bool {
		d.faults.last(d.fault(0, offset, err, args...))
		return false
	}
	if len(d.shp) < shpHeader {
		return end(len(d.shp), ErrTruncated)
	}
	if big32(d.shp, 0) != shpMagic {
		return end(0, ErrShapefile)
	}
	if little32(d.shp, 28) != shpVersion {
		return end(28, ErrShapefile, strconv.Itoa(little32(d.shp, 28)))
	}
	d.kind = shapeKind(little32(d.shp, 32))
	if _, ok := d.kind.geometry(); !ok {
		return end(32, ErrGeometry, d.kind.String())
	}
	switch size := 2 * big32(d.shp, 24); {
	case size > len(d.shp):
		d.faults.add(d.fault(0, len(d.shp), ErrTruncated, strconv.Itoa(size)))
	case size >= shpHeader:
		d.shp = d.shp[:size]
	}
	return true
}

// span is where the content of a record lies in the .shp; a record that cannot
// be found has the fault.
type span struct {
	from, to int
	fault    *Error
}

// spans finds the records: by the .shx, or one behind the other.
func (d *shapeDecoder) spans(name string) []span {
	if d.shx != nil {
		if spans, ok := d.indexed(name + ".shx"); ok {
			return spans
		}
	}
	var spans []span
	for at := shpHeader; at < len(d.shp); {
		if len(spans) >= d.limits.FeaturesMax {
			d.faults.last(d.fault(0, at, ErrFeatures, strconv.Itoa(d.limits.FeaturesMax)))
			return spans
		}
		record := len(spans) + 1
		if len(d.shp)-at < recordHeader {
			d.faults.add(d.fault(record, len(d.shp), ErrTruncated))
			return spans
		}
		number, size := big32(d.shp, at), 2*big32(d.shp, at+4)
		s := span{from: at + recordHeader, to: at + recordHeader + size}
		if size > len(d.shp)-s.from {
			d.faults.add(d.fault(record, at+4, ErrTruncated, strconv.Itoa(size)))
			return spans
		}
		if number != record {
			s.fault = d.fault(record, at, ErrRecord, strconv.Itoa(number))
		}
		spans = append(spans, s)
		at = s.to
	}
	return spans
}

// records reads what lies in spans.
func (d *shapeDecoder) records(spans []span) {
	rows := len(spans)
	if d.rows != nil {
		rows = d.rows.count
		if stated := d.rows.stated; stated != len(spans) {
			at := d.place()
			at.File, at.Offset = d.rows.name, dbfCountAt
			d.faults.add(&Error{Position: at, Err: ErrRecords, Args: []string{strconv.Itoa(len(spans)), strconv.Itoa(stated)}})
		}
	}
	for i, s := range spans {
		f := Feature{source: d.source, ordinal: i + 1, offset: s.from - recordHeader, stride: placeSize}
		if d.rows != nil && i < rows {
			if d.rows.deleted(i) {
				d.layer.Deleted++
				continue
			}
			f.table, f.row = d.rows.table, d.rows.at(i)
		}
		fault, end := s.fault, false
		if fault == nil {
			fault, end = d.record(&f, s)
		}
		if end {
			d.faults.last(fault)
			return
		}
		ok := fault == nil
		if !ok {
			d.faults.add(fault)
		}
		if f.table != nil {
			if d.values += len(d.rows.fields); d.values > d.limits.ValuesMax {
				d.faults.last(d.rows.fault(i+1, f.row, "", ErrValues, strconv.Itoa(d.limits.ValuesMax)))
				return
			}
			ok = d.rows.read(&f, d) && ok
		}
		if ok {
			d.layer.Features = append(d.layer.Features, f)
		}
	}
}
