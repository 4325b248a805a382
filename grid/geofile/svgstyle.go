package geofile

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/grid"
)

// The bounds and defaults of a picture in px.
const (
	widthDefault = 960
	widthMin     = 160
	widthMax     = 10_000
	pad          = 16  // around everything
	titleRoom    = 38  // above the map, when there is a title
	legendRow    = 24  // per row of the legend
	markRadius   = 3   // of a Mark that has none
	markMax      = 50  // no mark hides a map
	tallest      = 1.2 // height of the map in widths, beyond which it gets narrower
)

// The colours of a picture: quiet fills that black text reads on, one dark line.
const (
	ink        = "#334155" // words, and the outermost of several levels
	line       = "#64748b" // levels between
	hair       = "#94a3b8" // leaves
	paper      = "#ffffff"
	markFill   = "#b4232f"
	legendFill = "#cbd5e1"
)

// fills are the defaults of the leaves, by outermost unit in turn. Neighbours
// in the list differ in hue, and all are equally light.
var fills = [...]string{
	"#cfe3ee", "#f3e2c7", "#d5e8d0", "#ead7e6", "#f6d9d0", "#d8dcf0", "#e6e8c4", "#cfe8e4", "#eadfd6", "#dfe5ea",
}

// fonts are those of the systems themselves; each has Chinese.
const fonts = `system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei',sans-serif`

// styles settles how each leaf looks and finds colours that are none.
func (d *drawing) styles() {
	d.style = make([]Style, d.m.Len())
	outermost := make(map[grid.Ref]int)
	for r := range d.m.Leaves(0) {
		top := r
		for d.m.Parent(top) != 0 {
			top = d.m.Parent(top)
		}
		n, known := outermost[top]
		if !known {
			n = len(outermost)
			outermost[top] = n
		}
		var s Style
		if d.opts.Style != nil {
			s = d.opts.Style(r)
		}
		info := d.m.Info(r)
		d.color(s.Fill, int(r), string(info.Code))
		s.Fill = cmp.Or(s.Fill, fills[n%len(fills)])
		s.Title = cmp.Or(s.Title, strings.TrimSpace(string(info.Code)+" "+info.Name))
		d.style[r-1] = s
	}
	for i, mark := range d.opts.Marks {
		d.color(mark.Fill, 0, "Marks", strconv.Itoa(i))
	}
	for i, entry := range d.opts.Legend {
		d.color(entry.Fill, 0, "Legend", strconv.Itoa(i))
	}
}

// color notes fill if it could be more than a colour: a reference to a paint or
// to another file has no place in a picture that stands alone.
func (d *drawing) color(fill string, feature int, where ...string) {
	plain := func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("#(),.% -/", r)
	}
	bad := strings.ContainsFunc(fill, func(r rune) bool { return !plain(r) }) || strings.Contains(strings.ToLower(fill), "url")
	switch {
	case !bad:
	case len(d.faults) < FaultsMax:
		d.faults = append(d.faults, &Error{Feature: feature, Err: ErrColor, Args: append(where, fill)})
	default:
		d.left++
	}
}
