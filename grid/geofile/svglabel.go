package geofile

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// label is a text with the room it takes, all in px.
type label struct {
	ref           grid.Ref
	text          string
	size          float64 // of the font
	x, y          float64 // its middle
	width, height float64
	room          float64 // the width of the unit where the label stands
	level         int
}

// labels writes the names of the levels that are asked for. A label stands
// where its unit is widest; one that is much wider than its unit, or would
// touch another, is left out. Outer levels come first, then the roomier units,
// then the lower Refs.
func (d *drawing) labels() {
	var all []label
	for r := range d.m.All() {
		if l, ok := d.label(r); ok {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b label) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(b.room, a.room), cmp.Compare(a.ref, b.ref))
	})
	var taken boxes
	kept := slices.DeleteFunc(all, func(l label) bool { return !taken.claim(l) })
	if len(kept) == 0 {
		return
	}
	d.add(`<g text-anchor="middle" pointer-events="none" stroke="`, paper,
		`" stroke-width="2.5" stroke-linejoin="round" stroke-opacity=".9" paint-order="stroke">`, "\n")
	for _, l := range kept {
		d.add(`<text x="`, px(tenths(l.x)), `" y="`, px(tenths(l.y+l.size*0.36)), `" font-size="`, px(tenths(l.size)), `"`)
		if l.level == 0 && len(d.m.Levels()) > 1 {
			d.add(` font-weight="600"`)
		}
		d.add(">")
		d.text(l.text)
		d.add("</text>\n")
	}
	d.add("</g>\n")
}

// label measures the label of r.
func (d *drawing) label(r grid.Ref) (label, bool) {
	info := d.m.Info(r)
	if !slices.Contains(d.opts.Labels, info.Level) {
		return label{}, false
	}
	text := info.Name
	if d.opts.Label != nil {
		text = d.opts.Label(r)
	}
	x, y, room := d.widest(d.shapes[r-1])
	if text == "" || room == 0 {
		return label{}, false
	}
	size := float64(max(14-2*info.Level, 9))
	width := textWidth(text, size)
	if info.Leaf && width > room {
		size = max(8, size*room/width)
		width = textWidth(text, size)
	}
	slack := 1.1
	if !info.Leaf {
		slack = 1.6 // the label may reach over its border when it has the picture to itself
	}
	if width > room*slack {
		return label{}, false
	}
	return label{r, text, size, x, y, width, size * 1.2, room, info.Level}, true
}

// rows is how many horizontal lines through a ring are tried for a label.
const rows = 24

// widest is the middle and the width, in px, of the widest place of a boundary's
// largest ring, a place near the ring's middle height counting up to twice as
// much. The width is 0 when there is none.
func (d *drawing) widest(boundary orb.MultiPolygon) (x, y, width float64) {
	var largest []orb.Ring
	area := 0.0
	for _, polygon := range boundary {
		if len(polygon) == 0 {
			continue
		}
		b := polygon[0].Bound()
		if a := (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1]); a > area {
			largest, area = polygon, a
		}
	}
	if largest == nil {
		return 0, 0, 0
	}
	b := largest[0].Bound()
	best := 0.0
	var cuts []float64
	for i := range rows {
		share := (float64(i) + 0.5) / rows
		lat := b.Min[1] + (b.Max[1]-b.Min[1])*share
		cuts = cutsAt(largest, lat, cuts[:0])
		favour := 1 - min(share, 1-share) // 1 at the rim, 0.5 in the middle
		for j := 0; j+1 < len(cuts); j += 2 {
			if score := (cuts[j+1] - cuts[j]) / favour; score > best {
				best = score
				mid := orb.Point{(cuts[j] + cuts[j+1]) / 2, lat}
				p := d.view.at(mid)
				x, y, width = float64(p.x)/10, float64(p.y)/10, (cuts[j+1]-cuts[j])*d.view.scaleX
			}
		}
	}
	return x, y, width
}

// cutsAt is where the line at lat crosses the rings, west to east.
func cutsAt(rings []orb.Ring, lat float64, dst []float64) []float64 {
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			p, q := ring[i-1], ring[i]
			if (p[1] > lat) != (q[1] > lat) {
				dst = append(dst, p[0]+(lat-p[1])/(q[1]-p[1])*(q[0]-p[0]))
			}
		}
	}
	slices.Sort(dst)
	return dst
}

// boxes is the room that labels have taken, by square of the picture.
type boxes struct{ squares map[[2]int][]label }

// square is the side of a square in px: wider than most labels are high.
const square = 64

// claim takes the room of l unless some of it is taken.
func (b *boxes) claim(l label) bool {
	if b.squares == nil {
		b.squares = make(map[[2]int][]label)
	}
	left, right := int(l.x-l.width/2)/square, int(l.x+l.width/2)/square
	top, bottom := int(l.y-l.height/2)/square, int(l.y+l.height/2)/square
	for i := left; i <= right; i++ {
		for j := top; j <= bottom; j++ {
			if slices.ContainsFunc(b.squares[[2]int{i, j}], l.touches) {
				return false
			}
		}
	}
	for i := left; i <= right; i++ {
		for j := top; j <= bottom; j++ {
			b.squares[[2]int{i, j}] = append(b.squares[[2]int{i, j}], l)
		}
	}
	return true
}

func (l label) touches(o label) bool {
	const gap = 2
	return abs(l.x-o.x) < (l.width+o.width)/2+gap && abs(l.y-o.y) < (l.height+o.height)/2+gap
}

func abs(v float64) float64 { return max(v, -v) }
