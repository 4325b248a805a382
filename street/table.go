package street

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/textenc"
)

// RowsMax bounds one CSV file; the largest street files have some 100,000 rows.
const RowsMax = 5_000_000

// table is one CSV file of a folder while it is being read.
type table struct {
	load   *loader
	spec   *fileSpec
	file   string // as found, perhaps with .gz
	text   []byte
	reader *csv.Reader
	index  map[string]int // column name → position
	heads  []string       // the header as the file has it
	width  int            // cells in the header
	starts []int          // byte offset of each line, found when first needed
	twice  []int          // positions of columns that the header has again, ascending
	lacks  []string       // required columns that the header has not
	narrow *table         // for lines without them; made when first needed
}

// row is one line of a table. Its accessors add a fault, with the cell's place,
// for a cell that cannot be what it should be, and then answer the zero value.
type row struct {
	*table
	Line  int
	cells []string
	bad   bool // a fault was found on this row
	// stated is the point of an event as the file has it.
	stated orb.Point
}

// rows reads the file named by spec, if the folder has it, and calls each for
// every line. It reports whether the file was there.
func (l *loader) rows(spec *fileSpec, each func(r *row)) bool {
	data, file, ok := l.open(spec.Name)
	if !ok {
		l.lack(spec)
		return false
	}
	if data == nil { // the fault is already recorded
		l.tear(spec)
		return true
	}
	l.table(spec, file, data, each)
	return true
}

// table reads the lines of one CSV file. Lines of a file that lacks a column are looked
// at for what is wrong in their other cells, and count as at fault themselves.
func (l *loader) table(spec *fileSpec, file string, data []byte, each func(r *row)) {
	t, ok := l.newTable(spec, file, data)
	if !ok {
		l.tear(spec)
		return
	}
	if len(t.lacks) > 0 {
		l.tear(spec)
	}
	for n := 0; ; n++ {
		cells, err := t.reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			l.csvFault(t, err)
			l.tear(spec)
			return
		}
		line, _ := t.reader.FieldPos(0)
		if n >= RowsMax {
			l.fault(Finding{Code: "too-many-rows", File: file, Line: line, Args: []string{strconv.Itoa(RowsMax)}})
			l.tear(spec)
			return
		}
		as, fits := t.aligned(len(cells))
		r := &row{table: as, Line: line, cells: cells, bad: len(t.lacks) > 0}
		if !fits {
			l.fault(Finding{Code: "cell-count", File: file, Line: line, Args: []string{strconv.Itoa(len(cells)), strconv.Itoa(t.width)}})
			l.tear(spec) // of the codes that it may hold
			continue
		}
		each(r)
	}
}

// newTable reads the header: aliases become names, unknown columns warn,
// missing required ones are faults.
func (l *loader) newTable(spec *fileSpec, file string, data []byte) (*table, bool) {
	text, _, err := textenc.Decode(data)
	if err != nil {
		l.encodingFault(file, err)
		return nil, false
	}
	if len(strings.TrimSpace(string(text))) == 0 {
		l.fault(Finding{Code: "empty-file", File: file, Line: 1, Column: 1})
		return nil, false
	}
	text = unixLines(text)
	t := &table{load: l, spec: spec, file: file, text: text, reader: csv.NewReader(strings.NewReader(string(text))), index: map[string]int{}}
	t.reader.FieldsPerRecord = -1
	t.reader.ReuseRecord = true
	header, err := t.reader.Read()
	if err != nil {
		l.csvFault(t, err)
		return nil, false
	}
	for _, cell := range header {
		t.heads = append(t.heads, strings.TrimSpace(cell))
	}
	for i, cell := range header {
		name := columnName(spec, strings.TrimSpace(cell))
		line, column := t.reader.FieldPos(i)
		place := Finding{File: file, Line: line, Column: t.runes(line, column), Args: []string{name}}
		switch known := spec.column(name); {
		case known == nil:
			place.Level, place.Code = Warning, "unknown-column"
			l.note(place)
		case has(t.index, name):
			place.Code = "column-twice"
			l.fault(place)
			t.twice = append(t.twice, i)
		default:
			if known.Later {
				place.Level, place.Code = Warning, "column-later"
				l.note(place)
			}
			t.index[name] = i
		}
	}
	t.width = len(header)
	return t, t.headFaults()
}

func has(m map[string]int, name string) bool {
	_, ok := m[name]
	return ok
}

// unixLines ends the lines of a text that knows only carriage returns, as old
// spreadsheets write it, with line feeds. Other texts pass.
func unixLines(text []byte) []byte {
	if slices.Contains(text, '\n') || !slices.Contains(text, '\r') {
		return text
	}
	return bytes.ReplaceAll(text, []byte{'\r'}, []byte{'\n'})
}

// runes turns the byte column of a line into a character column.
func (t *table) runes(line, byteColumn int) int {
	if t.starts == nil {
		t.starts = []int{0}
		for i, b := range t.text {
			if b == '\n' {
				t.starts = append(t.starts, i+1)
			}
		}
	}
	if line < 1 || line > len(t.starts) {
		return byteColumn
	}
	rest := t.text[t.starts[line-1]:]
	return utf8.RuneCount(rest[:max(0, min(len(rest), byteColumn-1))]) + 1
}

// cell is the trimmed text of a column, "" when the file lacks it.
func (r *row) cell(name string) string {
	i, ok := r.index[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// place is a Finding that points at a cell, or at the line when the column is
// absent.
func (r *row) place(name string) Finding {
	f := Finding{File: r.file, Line: r.Line}
	if i, ok := r.index[name]; ok && i < len(r.cells) {
		line, column := r.reader.FieldPos(i)
		f.Line, f.Column, f.named, f.heading = line, r.runes(line, column), name, r.heads[i]
	}
	return f
}

// fault records a fault at a cell. The first argument of its message is always
// the column, the second the cell's text.
func (r *row) fault(code, name string, cause error, more ...string) {
	f := r.place(name)
	f.Code, f.Err = code, cause
	f.Args = append([]string{name, r.cell(name)}, more...)
	r.bad = true
	r.load.fault(f)
}

// warn records a warning at a cell, with arguments as fault has.
func (r *row) warn(code, name string, more ...string) {
	f := r.place(name)
	f.Level, f.Code = Warning, code
	f.Args = append([]string{name, r.cell(name)}, more...)
	r.load.note(f)
}

// csvFault places what encoding/csv refuses; a quote that is never closed is
// shown where its line begins.
func (l *loader) csvFault(t *table, err error) {
	f := Finding{Code: "csv", File: t.file, Err: err, Args: []string{err.Error()}}
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		f.Line, f.Column = e.Line, t.runes(e.Line, e.Column)
		switch {
		case errors.Is(e.Err, csv.ErrBareQuote):
			f.Code, f.Args = "csv-bare-quote", nil
		case errors.Is(e.Err, csv.ErrQuote):
			f.Code, f.Args = "csv-quote", nil
			f.Line, f.Column = e.StartLine, 0
		}
	}
	l.fault(f)
}
