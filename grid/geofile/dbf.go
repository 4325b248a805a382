package geofile

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/internal/textenc"
)

// Where things stand in a .dbf (dBASE III).
const (
	dbfHeader     = 32 // before the fields; each field takes as much
	dbfCountAt    = 4
	dbfHeaderAt   = 8
	dbfRecordAt   = 10
	dbfLanguageAt = 29
	dbfTypeAt     = 11 // in a field
	dbfWidthAt    = 16
	dbfEnd        = '\r' // behind the last field
	dbfDeleted    = '*'  // first byte of a row
)

// table is where the cells of a .dbf lie; features keep it.
type table struct {
	name   string
	fields map[string]int // by name: bytes from the beginning of a row
}

// cell is the place of a cell; a name that no field has stands for the row.
func (t *table) cell(record, row int, name string) Position {
	return Position{File: t.name, Binary: true, Record: record, Field: name, Offset: row + t.fields[name]}
}

// tableReader reads the rows of a .dbf.
type tableReader struct {
	*table
	data   []byte
	head   int // bytes before the first row
	size   int // bytes of a row
	count  int // rows that are there
	stated int // rows that the header tells of
	fields []field
	text   codePage
}

// field is a column that is read.
type field struct {
	name     string
	kind     byte // C, N, F, L or D
	at, size int  // in a row
}

// openTable reads the header of the .dbf of s; it answers nil when there is no
// telling where the rows are.
func openTable(s *Shapefile, opts ShapefileOptions, d *shapeDecoder) *tableReader {
	t := &tableReader{table: &table{name: s.Name + ".dbf", fields: map[string]int{}}, data: s.DBF}
	if !t.header(d) {
		return nil
	}
	raw, end := t.columns(d)
	t.text = t.codePage(s, opts, raw, d)
	if sum := raw.width(); sum != t.size {
		d.faults.add(t.fault(0, dbfRecordAt, "", ErrTable, strconv.Itoa(t.size), strconv.Itoa(sum)))
		return nil
	}
	if len(raw) > d.limits.PropertiesMax {
		d.faults.add(t.fault(0, end, "", ErrProperties, strconv.Itoa(d.limits.PropertiesMax)))
		return nil
	}
	for i, c := range raw {
		t.column(c, dbfHeader*(i+1), opts.Skip, d)
	}
	return t
}

// fault is a fault of the .dbf at a byte of it; record 0 is none.
func (t *tableReader) fault(record, offset int, field string, err error, args ...string) *Error {
	return &Error{
		Position: Position{File: t.name, Binary: true, Record: record, Field: field, Offset: offset},
		Feature:  record, Err: err, Args: args,
	}
}

// header reads how many rows there are and where.
func (t *tableReader) header(d *shapeDecoder) bool {
	if len(t.data) <= dbfHeader {
		d.faults.add(t.fault(0, len(t.data), "", ErrTruncated))
		return false
	}
	if version := t.data[0]; version&7 == 4 { // dBASE 7 has longer fields
		d.faults.add(t.fault(0, 0, "", ErrTable, strconv.Itoa(int(version))))
		return false
	}
	t.stated = little32(t.data, dbfCountAt)
	t.head = int(binary.LittleEndian.Uint16(t.data[dbfHeaderAt:]))
	t.size = int(binary.LittleEndian.Uint16(t.data[dbfRecordAt:]))
	if t.head <= dbfHeader || t.head > len(t.data) || t.size == 0 {
		d.faults.add(t.fault(0, dbfHeaderAt, "", ErrTable, strconv.Itoa(t.head), strconv.Itoa(t.size)))
		return false
	}
	t.count = min(t.stated, (len(t.data)-t.head)/t.size)
	if t.count < t.stated {
		d.faults.add(t.fault(0, len(t.data), "", ErrTruncated, strconv.Itoa(t.stated)))
	}
	return true
}

// column is a field as the header has it.
type column struct {
	name     []byte
	kind     byte
	at, size int // in a row
}

type columns []column

// width is the bytes of a row of these columns.
func (c columns) width() int {
	if len(c) == 0 {
		return 1
	}
	last := c[len(c)-1]
	return last.at + last.size
}

// columns reads the fields of the header, and where they end.
func (t *tableReader) columns(d *shapeDecoder) (all columns, end int) {
	end = dbfHeader
	for ; end+dbfHeader <= t.head && t.data[end] != dbfEnd; end += dbfHeader {
		b := t.data[end : end+dbfHeader]
		name, _, _ := bytes.Cut(b[:dbfTypeAt], []byte{0})
		all = append(all, column{bytes.TrimRight(name, " "), b[dbfTypeAt], all.width(), int(b[dbfWidthAt])})
	}
	return all, end
}

// column adds a field to those that are read. at is where the header has it.
func (t *tableReader) column(c column, at int, skip []string, d *shapeDecoder) {
	name, _, err := t.text.decode(c.name, false)
	if err != nil {
		d.faults.add(t.text.fault(t.fault(0, at, "", ErrEncoding), err))
		return
	}
	_, twice := t.table.fields[name]
	switch {
	case slices.Contains(skip, name):
		return
	case name == "":
		d.faults.add(t.fault(0, at, "", ErrMissing, "name"))
		return
	case twice:
		d.faults.add(t.fault(0, at, name, ErrDuplicate))
		return
	case bytes.IndexByte([]byte("CNFLD"), c.kind) < 0:
		d.faults.add(t.fault(0, at+dbfTypeAt, name, ErrField, kindName(c.kind)))
		return
	}
	t.table.fields[name] = c.at
	t.fields = append(t.fields, field{name, c.kind, c.at, c.size})
}

// kindName names a type of field that is not read.
func kindName(kind byte) string {
	switch kind {
	case 'M':
		return "M (memo)"
	case 'G', 'P', 'B':
		return string(kind) + " (binary)"
	}
	return strconv.QuoteToASCII(string(rune(kind)))
}

// at is where row i begins.
func (t *tableReader) at(i int) int { return t.head + i*t.size }

// deleted reports whether row i is marked so.
func (t *tableReader) deleted(i int) bool { return t.data[t.at(i)] == dbfDeleted }

// codePage decides how characters are read; see Layer.Encoding.
func (t *tableReader) codePage(s *Shapefile, opts ShapefileOptions, all columns, d *shapeDecoder) codePage {
	rows := t.data[t.head:t.at(t.count)]
	if !slices.ContainsFunc(all, func(c column) bool { return !isASCII(c.name) }) && isASCII(rows) {
		return codePage{}
	}
	unknown := ""
	for _, name := range []string{string(bytes.TrimSpace(s.CPG)), languages[t.data[dbfLanguageAt]], opts.Encoding} {
		if enc, ok := textenc.Named(name); ok {
			d.layer.Encoding = enc.String()
			return codePage{encoding: enc}
		}
		if unknown == "" {
			unknown = name
		}
	}
	if unknown != "" {
		d.faults.add(t.fault(0, dbfLanguageAt, "", ErrEncoding, unknown))
		return codePage{unknown: unknown}
	}
	enc := t.guess(all)
	d.layer.Encoding = enc.String()
	return codePage{encoding: enc}
}

// guess tells the encoding from the texts that are not ASCII.
func (t *tableReader) guess(all columns) textenc.Encoding {
	good, bad := 0, 0
	count := func(text []byte) {
		switch {
		case isASCII(text):
		case validUTF8(text):
			good++
		default:
			bad++
		}
	}
	for _, c := range all {
		count(c.name)
	}
	for i := range t.count {
		row := t.data[t.at(i):t.at(i+1)]
		for _, c := range all {
			if c.kind == 'C' && c.at+c.size <= len(row) {
				count(trimCell(row[c.at : c.at+c.size]))
			}
		}
	}
	if good > 2*bad {
		return textenc.UTF8
	}
	return textenc.GB18030
}
