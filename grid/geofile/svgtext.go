package geofile

import (
	"strings"
	"unicode/utf8"
)

// add appends text that is already SVG.
func (d *drawing) add(parts ...string) {
	for _, s := range parts {
		d.b = append(d.b, s...)
	}
}

// attr appends an attribute, nothing when it is empty.
func (d *drawing) attr(name, value string) {
	if value == "" {
		return
	}
	d.add(" ", name, `="`)
	d.text(value)
	d.add(`"`)
}

// element appends an element that holds text, nothing when it is empty.
func (d *drawing) element(name, text string) {
	if text == "" {
		return
	}
	d.add("<", name, ">")
	d.text(text)
	d.add("</", name, ">")
}

// text appends s for an attribute or an element. What XML 1.0 cannot hold
// becomes U+FFFD.
func (d *drawing) text(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			d.add("&amp;")
		case r == '<':
			d.add("&lt;")
		case r == '>':
			d.add("&gt;")
		case r == '"':
			d.add("&quot;")
		case r == '\n' || r == '\r' || r == '\t':
			d.add(" ")
		case r < ' ' || r == 0xfffe || r == 0xffff:
			d.b = utf8.AppendRune(d.b, utf8.RuneError)
		default:
			d.b = utf8.AppendRune(d.b, r)
		}
	}
}

// textWidth estimates how wide s is at a font size: a Chinese character is a
// square, a Latin one about six tenths of that.
func textWidth(s string, size float64) float64 {
	width := 0.0
	for _, r := range s {
		switch {
		case r >= 0x1100 && (r <= 0x11ff || r >= 0x2e80):
			width++
		case strings.ContainsRune("ijl.,:;'| ", r):
			width += 0.3
		default:
			width += 0.58
		}
	}
	return width * size
}

// legendSize is the font size of the legend in px, swatch the side of a colour.
const (
	legendSize = 13
	swatch     = 13
)

// legendRows deals the entries out to rows as wide as the picture.
func (d *drawing) legendRows() [][]Entry {
	var rows [][]Entry
	room := 0.0
	for _, entry := range d.opts.Legend {
		need := entryWidth(entry)
		if len(rows) == 0 || need > room {
			rows = append(rows, nil)
			room = float64(d.width - 2*pad)
		}
		room -= need
		rows[len(rows)-1] = append(rows[len(rows)-1], entry)
	}
	return rows
}

func entryWidth(e Entry) float64 { return swatch + 6 + textWidth(e.Text, legendSize) + 20 }

// legend draws the rows below the map.
func (d *drawing) legend() {
	rows := d.legendRows()
	if len(rows) == 0 {
		return
	}
	d.add(`<g font-size="13">`, "\n")
	y := float64(d.height - pad - len(rows)*legendRow)
	for _, row := range rows {
		y += legendRow
		x := float64(pad)
		for _, entry := range row {
			fill := entry.Fill
			if fill == "" {
				fill = legendFill
			}
			d.add(`<rect x="`, px(tenths(x)), `" y="`, px(tenths(y-swatch)), `" width="13" height="13" rx="2"`)
			d.attr("fill", fill)
			d.add(`/><text x="`, px(tenths(x+swatch+6)), `" y="`, px(tenths(y-2)), `">`)
			d.text(entry.Text)
			d.add("</text>\n")
			x += entryWidth(entry)
		}
	}
	d.add("</g>\n")
}
