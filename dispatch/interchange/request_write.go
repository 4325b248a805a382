package interchange

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// Format is how a list is written.
type Format string

// The formats of GeoReport v2. XML is the one that every server must have.
const (
	XML  Format = "xml"
	JSON Format = "json"
)

// WriteRequests writes a list of service requests with every field of the
// specification, in its order; what is not given is null in JSON and an empty
// element in XML. Texts lose the spaces at their ends; times are in UTC, with milliseconds if they have any. Index,
// Personal and Extra are not written. Nothing is written when there is a fault.
//
// The error is an *Error with every fault, the index of its request and the field:
// ErrNoFormat, ErrTooLarge of the list; of a request ErrTooLong, ErrNotUTF8,
// ErrText and ErrTime of fields in the order of the specification, ErrPoint, then
// ErrMissing and ErrStatus as in ReadRequests; ErrUnwritten if the writer fails.
// ReadRequests reads the same list back. O(bytes).
func WriteRequests(w io.Writer, format Format, requests []Request) error {
	f := newFaults()
	rows := make([][]cell, 0, min(len(requests), ItemsMax))
	if len(requests) > ItemsMax {
		f.add("", ErrTooLarge, strconv.Itoa(ItemsMax), "items")
		return f.err()
	}
	for i := range requests {
		f.index = i
		rows = append(rows, f.cells(requests[i]))
	}
	f.index = -1
	return f.writeList(w, format, "service_requests", "request", rows)
}

// cell is one field as it is written. A literal is a number or a truth value.
type cell struct {
	field, text string
	literal     bool
}

// cells is the fields of a request. It notes what ReadRequests would refuse.
func (f *faults) cells(r Request) []cell {
	bad := map[string]bool{}
	row := make([]cell, 0, len(fieldNames))
	for _, field := range fieldNames {
		before := f.count()
		c := cell{field: field}
		switch to, most := r.text(field); {
		case to != nil:
			*to = strings.TrimSpace(*to)
			c.text = *to
			if n := utf8.RuneCountInString(c.text); n > most {
				f.add(field, ErrTooLong, strconv.Itoa(n), strconv.Itoa(most))
			} else {
				f.plain(field, c.text, most != KeyMax && field != "media_url")
			}
		case r.when(field) != nil:
			c.text = f.dateTime(field, *r.when(field))
		case r.Point != nil && field == "lat":
			c = f.degreesCell(field, r.Point.Lat(), 90)
		case r.Point != nil && field == "long":
			c = f.degreesCell(field, r.Point.Lon(), 180)
		}
		bad[field] = f.count() != before
		row = append(row, c)
	}
	f.require(&r, bad)
	return row
}

func (f *faults) degreesCell(field string, v, most float64) cell {
	if !(v >= -most && v <= most) {
		f.add(field, ErrPoint, strconv.FormatFloat(v, 'g', -1, 64), strconv.Itoa(int(most)))
	}
	return cell{field, strconv.FormatFloat(v, 'f', -1, 64), true}
}

// dateTime is an instant in UTC, empty for none.
func (f *faults) dateTime(field string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.UTC()
	if !datable(t) || !t.Equal(t.Truncate(time.Millisecond)) {
		f.add(field, ErrTime, strconv.Quote(t.String()))
	}
	return t.Format("2006-01-02T15:04:05.999Z")
}

// writeList writes rows as a list of the format, unless there are faults.
func (f *faults) writeList(w io.Writer, format Format, list, item string, rows [][]cell) error {
	var b bytes.Buffer
	switch format {
	case JSON:
		writeJSON(&b, rows)
	case XML:
		writeXML(&b, list, item, rows)
	default:
		f.add("", ErrNoFormat, strconv.Quote(string(format)))
	}
	if err := f.err(); err != nil {
		return err
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		f.put(Fault{Index: -1, Err: ErrUnwritten, Cause: err})
	}
	return f.err()
}

func writeJSON(b *bytes.Buffer, rows [][]cell) {
	b.WriteByte('[')
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n{")
		for j, c := range row {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + c.field + `":`)
			switch {
			case c.text == "":
				b.WriteString("null")
			case c.literal:
				b.WriteString(c.text)
			default:
				b.Write(quote(c.text))
			}
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]\n")
}

func writeXML(b *bytes.Buffer, list, item string, rows [][]cell) {
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<" + list + ">\n")
	for _, row := range rows {
		b.WriteString("<" + item + ">\n")
		for _, c := range row {
			b.WriteString("<" + c.field + ">")
			_ = xml.EscapeText(b, []byte(c.text)) // a Buffer takes everything
			b.WriteString("</" + c.field + ">\n")
		}
		b.WriteString("</" + item + ">\n")
	}
	b.WriteString("</" + list + ">\n")
}

// clonePoint copies a point.
func clonePoint(p *orb.Point) *orb.Point {
	if p == nil {
		return nil
	}
	return new(*p)
}
