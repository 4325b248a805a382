package geofile

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// SVG says how WriteSVG draws a Map. The zero value draws every leaf in a calm
// colour of its outermost unit, without words.
type SVG struct {
	Width int    // of the picture in px; 0 is 960, and it is kept within 160 to 10,000
	Lang  string // of the words in it, such as zh; empty is not said
	Title string // written above the map and read out by screen readers
	Desc  string // read out only; empty is the number of units on each level
	// Style is how a leaf is filled; nil, and each field that it leaves empty,
	// is the default.
	Style  func(r grid.Ref) Style
	Labels []int // the levels whose units carry their name, where there is room
	// Label is what is written on a unit; nil is its name.
	Label  func(r grid.Ref) string
	Marks  []Mark  // drawn over the map in this order; those outside its bounds are left out
	Legend []Entry // below the map, in this order
}

// Style is how one leaf looks.
type Style struct {
	Fill  string // an SVG colour: #rrggbb, a name, rgb(…), hsl(…)
	Class string // for the style sheet of the page that holds the picture
	Title string // shown when a pointer rests on it; the default is code and name
}

// Mark is a dot on the map, such as a case or a person on duty.
type Mark struct {
	At     orb.Point // longitude, latitude in degrees
	Radius float64   // px; not above 0 is 3, and 50 is the most
	Fill   string    // as in Style; empty is a dark red
	Class  string
	Title  string
}

// Entry is one line of the legend.
type Entry struct {
	Fill string // as in Style
	Text string
}

// WriteSVG draws m: leaves filled by the even-odd rule, the units that hold them
// as lines, heavier the further out, then labels, then marks. The picture stands
// alone (no script, style sheet or reference) and may stand inside an HTML page.
// Longitudes are shortened by the cosine of the middle latitude, so shapes keep
// their proportions within a city. Coordinates are rounded to 0.1 px, and points
// that then repeat or lie on a straight line are dropped; a ring with fewer
// than 3 left is not drawn. Equal arguments give equal bytes. O(vertices).
//
// Nothing is written when a colour is not a plain one: *Errors with ErrColor. An
// error of w ends the writing as it is.
func WriteSVG(w io.Writer, m *grid.Map, opts SVG) error {
	d := &drawing{m: m, opts: opts, width: cmp.Or(max(opts.Width, 0), widthDefault)}
	d.width = min(max(d.width, widthMin), widthMax)
	d.measure()
	d.styles()
	if err := collect(d.faults, d.left); err != nil {
		return err
	}
	d.head()
	d.leaves()
	d.outlines()
	d.labels()
	d.marks()
	d.legend()
	d.add("</svg>\n")
	_, err := w.Write(d.b)
	return err
}

// drawing is one picture in the making.
type drawing struct {
	m      *grid.Map
	opts   SVG
	width  int // px
	height int // px
	mapTop int // px
	view   projection
	shapes []orb.MultiPolygon // by Ref-1
	style  []Style            // by Ref-1, set for leaves
	faults []*Error
	left   int
	b      []byte
	scaled []point // scratch of one ring
}

// measure fits the map between the title and the legend.
func (d *drawing) measure() {
	bound, any := orb.Bound{}, false
	for r := range d.m.All() {
		boundary := d.m.Boundary(r)
		d.shapes = append(d.shapes, boundary)
		for _, polygon := range boundary {
			for _, ring := range polygon {
				if !any {
					bound, any = ring.Bound(), true
				}
				bound = bound.Union(ring.Bound())
			}
		}
	}
	d.mapTop = pad
	if d.opts.Title != "" {
		d.mapTop += titleRoom
	}
	d.view = project(bound, float64(d.width-2*pad), tallest)
	d.view.left = tenths(pad + (float64(d.width-2*pad)-d.view.width)/2)
	d.view.top = tenths(float64(d.mapTop))
	d.height = d.mapTop + int(d.view.height+0.5) + pad
	if rows := len(d.legendRows()); rows > 0 {
		d.height += rows*legendRow + pad/2
	}
}

func (d *drawing) head() {
	size := `width="` + strconv.Itoa(d.width) + `" height="` + strconv.Itoa(d.height) + `" viewBox="0 0 ` + strconv.Itoa(d.width) + ` ` + strconv.Itoa(d.height) + `"`
	d.add(`<svg xmlns="http://www.w3.org/2000/svg" `, size, ` role="img"`)
	d.attr("lang", d.opts.Lang)
	d.add(` font-family="`, fonts, `" fill="`, ink, `">`, "\n")
	d.element("title", d.opts.Title)
	d.element("desc", cmp.Or(d.opts.Desc, d.summary()))
	d.add("\n", `<rect width="100%" height="100%" fill="`, paper, `"/>`, "\n")
	if d.opts.Title != "" {
		d.add(`<text x="16" y="38" font-size="20" font-weight="600">`)
		d.text(d.opts.Title)
		d.add("</text>\n")
	}
}

// summary is how many units there are on each level: "ward 22, precinct 255".
func (d *drawing) summary() string {
	levels := d.m.Levels()
	counts := make([]int, len(levels))
	for r := range d.m.All() {
		counts[d.m.Info(r).Level]++
	}
	var parts []string
	for i, name := range levels {
		parts = append(parts, name+" "+strconv.Itoa(counts[i]))
	}
	return strings.Join(parts, ", ")
}

// leaves draws every leaf with a boundary, in a group whose unit is 0.1 px.
func (d *drawing) leaves() {
	d.add(`<g transform="scale(.1)" fill-rule="evenodd" stroke="`, hair, `" stroke-width="`, d.hairWidth(), `" stroke-linejoin="round">`, "\n")
	for r := range d.m.Leaves(0) {
		path := d.path(d.shapes[r-1])
		if path == nil {
			continue
		}
		s := d.style[r-1]
		d.add(`<path`)
		d.attr("fill", s.Fill)
		d.attr("class", s.Class)
		d.attr("data-code", string(d.m.Info(r).Code))
		d.add(` d="`, string(path), `">`)
		d.element("title", s.Title)
		d.add("</path>\n")
	}
	d.add("</g>\n")
}

// outlines draws the units that hold others, the outermost last and heaviest.
func (d *drawing) outlines() {
	inner := make([][]grid.Ref, len(d.m.Levels()))
	for r := range d.m.All() {
		if info := d.m.Info(r); !info.Leaf {
			inner[info.Level] = append(inner[info.Level], r)
		}
	}
	rank := 1 // of the level among those with outlines, innermost first
	for level, refs := range slices.Backward(inner) {
		if len(refs) == 0 {
			continue
		}
		stroke := line
		if level == 0 {
			stroke = ink
		}
		d.add(`<g transform="scale(.1)" fill="none" pointer-events="none" stroke="`, stroke,
			`" stroke-linejoin="round" stroke-width="`, d.outlineWidth(rank), `">`, "\n")
		for _, r := range refs {
			if path := d.path(d.shapes[r-1]); path != nil {
				d.add(`<path d="`, string(path), "\"/>\n")
			}
		}
		d.add("</g>\n")
		rank++
	}
}

// marks draws the dots with a thin light rim, which keeps them apart.
func (d *drawing) marks() {
	if len(d.opts.Marks) == 0 {
		return
	}
	d.add(`<g stroke="`, paper, `" stroke-width=".8">`, "\n")
	for _, mark := range d.opts.Marks {
		p, ok := d.view.place(mark.At)
		if !ok {
			continue
		}
		radius := float64(markRadius)
		if mark.Radius > 0 {
			radius = min(mark.Radius, markMax)
		}
		d.add(`<circle cx="`, px(p.x), `" cy="`, px(p.y), `" r="`, px(tenths(radius)), `"`)
		d.attr("fill", cmp.Or(mark.Fill, markFill))
		d.attr("class", mark.Class)
		d.add(">")
		d.element("title", mark.Title)
		d.add("</circle>\n")
	}
	d.add("</g>\n")
}

// hairWidth is the width of the lines between leaves in tenths of a px: with a
// thousand leaves a line of half a px would hide what it divides.
func (d *drawing) hairWidth() string {
	if d.m.LeafCount() > leavesFine {
		return "1"
	}
	return "5"
}

// outlineWidth is the width of the lines around inner units in tenths of a px,
// heavier the further out.
func (d *drawing) outlineWidth(rank int) string {
	if d.m.LeafCount() > leavesFine {
		return strconv.Itoa(min(4*rank-1, 12))
	}
	return strconv.Itoa(min(9+5*rank, 30))
}

// leavesFine is how many leaves a picture may have before its lines get finer.
const leavesFine = 400
