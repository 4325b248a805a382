package geofile

import (
	"bytes"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/textenc"
)

// languages names the code page of a .dbf by its language byte, where it tells
// one; 0 and 0x57 (that of the machine) do not. Those that are not read stand
// here by their names, so that a fault can name them.
var languages = [256]string{
	0x01: "437", 0x02: "850", 0x03: "1252", 0x13: "932", 0x4d: "936", 0x4e: "949", 0x4f: "950", 0x50: "874", 0x64: "852",
	0x78: "950", 0x79: "949", 0x7a: "936", 0x7b: "932", 0x7c: "874", 0x7d: "1255", 0x7e: "1256", 0xc8: "1250", 0xc9: "1251", 0xca: "1254", 0xcb: "1253",
}

// codePage reads the characters of a table. The zero codePage is UTF-8.
type codePage struct {
	encoding textenc.Encoding
	unknown  string // the name of one that is not read, which allows only ASCII
}

// errUnknown stands for a text of a code page that is not read; the file has one
// fault for all of them.
var errUnknown = errors.New("unknown code page")

// decode is text in UTF-8. When it fills its field, a character cut off at its
// end is dropped and cut is true.
func (c codePage) decode(text []byte, full bool) (s string, cut bool, err error) {
	if isASCII(text) {
		return string(text), false, nil
	}
	if c.unknown != "" {
		return "", false, errUnknown
	}
	whole := len(text)
	if full {
		whole = textenc.Whole(text, c.encoding)
	}
	out, err := textenc.DecodeAs(text[:whole], c.encoding)
	return string(out), whole < len(text), err
}

// fault adds to a fault what textenc found.
func (c codePage) fault(fault *Error, err error) *Error {
	if at, ok := errors.AsType[*textenc.Fault](err); ok {
		fault.Offset += at.Offset
		err = at.Err
	}
	fault.Cause = err
	return fault
}

func isASCII(text []byte) bool {
	for len(text) >= 8 {
		if (text[0]|text[1]|text[2]|text[3]|text[4]|text[5]|text[6]|text[7])&utf8.RuneSelf != 0 {
			return false
		}
		text = text[8:]
	}
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// validUTF8 reports whether text is UTF-8, but for a character cut off at its
// end.
func validUTF8(text []byte) bool {
	return utf8.Valid(text[:textenc.Whole(text, textenc.UTF8)])
}

// trimCell is the text of a cell: what stands before a zero byte and the blanks
// that fill it up. Neither is ever part of a character of UTF-8 or GB18030.
func trimCell(cell []byte) []byte {
	if i := bytes.IndexByte(cell, 0); i >= 0 {
		cell = cell[:i]
	}
	return bytes.TrimRight(cell, " ")
}

// read reads row f.row into the properties of f and answers whether it has no
// fault.
func (t *tableReader) read(f *Feature, d *shapeDecoder) bool {
	row := t.data[f.row : f.row+t.size]
	text := "" // the row, if all of it is ASCII: its cells share the memory
	if isASCII(row) {
		text = string(row)
	}
	good := true
	properties := make([]Property, 0, len(t.fields))
	for _, c := range t.fields {
		var v Value
		var fault *Error
		if c.kind == 'C' {
			v, fault = t.characters(c, row, text, f, d)
		} else {
			cell := text
			if cell == "" {
				cell = string(row[c.at : c.at+c.size])
			} else {
				cell = cell[c.at : c.at+c.size]
			}
			v, fault = t.plain(c, strings.Trim(cell, " \x00"), f)
		}
		if fault != nil {
			good = false
			if fault.Cause != errUnknown {
				d.faults.add(fault)
			}
			continue
		}
		properties = append(properties, Property{Name: c.name, Value: v})
	}
	if len(properties) > 0 {
		f.Properties = properties
	}
	return good
}

// characters reads a cell of type C.
func (t *tableReader) characters(c field, row []byte, text string, f *Feature, d *shapeDecoder) (Value, *Error) {
	cell := trimCell(row[c.at : c.at+c.size])
	if len(cell) == 0 {
		return Value{}, nil
	}
	if text != "" {
		return Value{String, text[c.at : c.at+len(cell)]}, nil
	}
	s, cut, err := t.text.decode(cell, len(cell) == c.size)
	if err != nil {
		return Value{}, t.text.fault(t.fault(f.ordinal, f.row+c.at, c.name, ErrEncoding), err)
	}
	if cut {
		d.findings.add(t.fault(f.ordinal, f.row+c.at, c.name, ErrCut, s))
	}
	if s == "" {
		return Value{}, nil
	}
	return Value{String, s}, nil
}

// plain reads a trimmed cell of type N, F, L or D.
func (t *tableReader) plain(c field, cell string, f *Feature) (Value, *Error) {
	fault := func(err error) (Value, *Error) {
		return Value{}, t.fault(f.ordinal, f.row+c.at, c.name, err, cell)
	}
	switch c.kind {
	case 'L':
		switch cell {
		case "", "?":
			return Value{}, nil
		case "T", "t", "Y", "y":
			return Value{Bool, "true"}, nil
		case "F", "f", "N", "n":
			return Value{Bool, "false"}, nil
		}
		return fault(ErrBool)
	case 'D':
		if strings.Trim(cell, "0") == "" {
			return Value{}, nil
		}
		day, err := time.Parse("20060102", cell)
		if err != nil {
			return fault(ErrDate)
		}
		return Value{String, day.Format(time.DateOnly)}, nil
	}
	if strings.Trim(cell, "*") == "" { // stars: no number, or one too wide for its field
		return Value{}, nil
	}
	number, ok := jsonNumber(cell)
	if !ok {
		return fault(ErrNumber)
	}
	return Value{Number, number}, nil
}

// jsonNumber writes a number of a .dbf as JSON has it: no plus sign, no leading
// zeros, digits on either side of a point. No other digit changes.
func jsonNumber(s string) (string, bool) {
	if _, end, ok := scanNumber(s, 0); ok && end == len(s) {
		return s, true
	}
	sign, rest := "", s
	switch {
	case strings.HasPrefix(s, "-"):
		sign, rest = "-", s[1:]
	case strings.HasPrefix(s, "+"):
		rest = s[1:]
	}
	i := 0
	for i < len(rest) && digit(rest[i]) {
		i++
	}
	whole := rest[:i]
	rest = rest[i:]
	if whole == "" && (len(rest) < 2 || rest[0] != '.' || !digit(rest[1])) {
		return "", false // no digit at all
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if strings.HasPrefix(rest, ".") && (len(rest) == 1 || !digit(rest[1])) {
		rest = rest[1:]
	}
	s = sign + whole + rest
	_, end, ok := scanNumber(s, 0)
	return s, ok && end == len(s)
}
