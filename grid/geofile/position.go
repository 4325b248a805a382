package geofile

import "strconv"

// Position is a place in a file: a line and a column of a text, or a byte of a
// binary file.
type Position struct {
	File   string
	Line   int // from 1; 0 when there is none
	Column int // in characters from 1

	Binary bool   // Record, Field and Offset tell the place, Line and Column are 0
	Record int    // of a Shapefile from 1, 0 outside one
	Field  string // of a .dbf; empty outside one
	Offset int    // of the byte from 0
}

// String is "file:line:column", "file: record 3, field CODE, byte 97", or what
// is known of it.
func (p Position) String() string {
	s := ""
	switch {
	case p.Binary:
		s = "byte " + strconv.Itoa(p.Offset)
		if p.Field != "" {
			s = "field " + clip(p.Field) + ", " + s
		}
		if p.Record != 0 {
			s = "record " + strconv.Itoa(p.Record) + ", " + s
		}
		if p.File != "" {
			return p.File + ": " + s
		}
		return s
	case p.Line == 0:
		return p.File
	}
	s = strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	if p.File == "" {
		return s
	}
	return p.File + ":" + s
}
