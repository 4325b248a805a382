package street

// knownArea reports whether an area code may be used. When an area file could
// not be read whole every code may, so that one fault is not told twice.
func (l *loader) knownArea(c Code) bool {
	switch {
	case c == "":
		return true
	case l.areasOK:
		_, ok := l.out.Map.Lookup(c)
		return ok
	}
	return l.areaCodes == nil || l.areaCodes[c]
}

// padded is the known area whose leading zeros c has lost.
func (l *loader) padded(c Code) (Code, bool) {
	for zeros := Code("0"); len(zeros) <= leadingZerosMax; zeros += "0" {
		if l.areasOK || l.areaCodes != nil {
			if l.knownArea(zeros + c) {
				return zeros + c, true
			}
		}
	}
	return "", false
}

// leadingZerosMax is how many leading zeros a code may have lost; no area code
// in use begins with more.
const leadingZerosMax = 4

// checkArea makes an unknown area a fault, with a hint when only its leading
// zeros are missing.
func (r *row) checkArea(name string, c Code) {
	if r.load.knownArea(c) {
		return
	}
	if padded, ok := r.load.padded(c); ok {
		r.fault("lost-zero", name, nil, string(padded))
		return
	}
	r.fault("unknown-area", name, nil)
}

// knownParty reports whether a party or post may be used: it stands in
// parties.csv or posts.csv, even on a line that is at fault otherwise. Without
// these files every code may.
func (l *loader) knownParty(c Code) bool { return c == "" || l.known == nil || l.known[c] }

// columnOf remembers where the cells of a row stand, for faults that a package
// finds after the whole file was read.
type columnOf struct {
	table *table
	line  int
	at    []cellPlace // in the order of the columns asked for
}

type cellPlace struct {
	name         string
	line, column int // column in bytes
}

// finding points at a column of the row, or at its line.
func (c columnOf) finding(column string) Finding {
	f := Finding{Line: c.line}
	if c.table == nil {
		return f
	}
	f.File = c.table.file
	for _, p := range c.at {
		if p.name == column {
			f.Line, f.Column, f.named, f.heading = p.line, c.table.runes(p.line, p.column), column, c.table.heads[c.table.index[column]]
		}
	}
	return f
}

// remember keeps the places of a row's cells.
func (r *row) remember(columns ...string) columnOf {
	c := columnOf{table: r.table, line: r.Line}
	for _, name := range columns {
		if i, ok := r.index[name]; ok && i < len(r.cells) {
			line, column := r.reader.FieldPos(i)
			c.at = append(c.at, cellPlace{name, line, column})
		}
	}
	return c
}
