package geofile

import "strconv"

// indexed finds the records by the .shx and checks each against the .shp: same
// number, same length, within the file. Together the records must fit the .shp,
// so that none can be read twice by overlapping. It answers false when the .shx
// is no index at all, which is a fault; the records then lie one behind the other.
func (d *shapeDecoder) indexed(name string) ([]span, bool) {
	fault := func(record, offset int, err error, args ...string) *Error {
		return &Error{
			Position: Position{File: name, Binary: true, Record: record, Offset: offset},
			Feature:  record, Err: err, Args: args,
		}
	}
	switch {
	case len(d.shx) < shpHeader:
		d.faults.add(fault(0, len(d.shx), ErrTruncated))
		return nil, false
	case big32(d.shx, 0) != shpMagic:
		d.faults.add(fault(0, 0, ErrIndex))
		return nil, false
	}
	size := 2 * big32(d.shx, 24)
	if size > len(d.shx) || (size-shpHeader)%shxEntry != 0 {
		d.faults.add(fault(0, 24, ErrIndex, strconv.Itoa(size), strconv.Itoa(len(d.shx))))
	}
	size = min(max(size, shpHeader), len(d.shx))
	count := (size - shpHeader) / shxEntry
	if count > d.limits.FeaturesMax {
		d.faults.last(fault(0, 24, ErrFeatures, strconv.Itoa(d.limits.FeaturesMax)))
		return nil, true
	}
	spans := make([]span, 0, count)
	free := len(d.shp) - shpHeader // bytes of the .shp that no record has taken
	for i := range count {
		at := shpHeader + i*shxEntry
		from, size := 2*big32(d.shx, at), 2*big32(d.shx, at+4)
		s := span{from: from + recordHeader, to: from + recordHeader + size}
		switch {
		case from < shpHeader || from > len(d.shp)-recordHeader || size > len(d.shp)-s.from:
			s = span{fault: fault(i+1, at, ErrIndex, strconv.Itoa(from), strconv.Itoa(size))}
		case big32(d.shp, from) != i+1:
			s = span{fault: fault(i+1, at, ErrIndex, strconv.Itoa(big32(d.shp, from)))}
		case 2*big32(d.shp, from+4) != size:
			s = span{fault: fault(i+1, at+4, ErrIndex, strconv.Itoa(size), strconv.Itoa(2*big32(d.shp, from+4)))}
		default:
			free -= recordHeader + size
		}
		if free < 0 {
			d.faults.last(fault(i+1, at, ErrIndex, strconv.Itoa(from)))
			return spans, true
		}
		spans = append(spans, s)
	}
	return spans, true
}
