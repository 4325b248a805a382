package audit

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/spatial"
)

// aim is what is asked of a group of units.
type aim uint8

const (
	// partition: the members share out their parent's region exactly.
	partition aim = iota
	// enclosing: the members, which lie in no unit with a boundary, do not overlap
	// and enclose nothing that no member covers.
	enclosing
	// apart: the members do not overlap.
	apart
)

// group is units that are compared with each other.
type group struct {
	aim     aim
	parent  grid.Ref // 0 if there is none
	level   int      // of a layer
	members []grid.Ref
	borders []*border // of the members
	outer   *border   // of the parent; nil unless aim is partition
}

// outcome is what became of a group.
type outcome struct {
	clean   bool // what was asked holds everywhere
	tangled bool // borders cross too often to be examined; there are no patches
	patches []patch
	tees    []tee
}

// examine compares the members. The parent has the number len(members).
//
// Clean groups end at the chain. What the chain leaves is drawn and shows exactly
// where members are missing or too many; then the borders of the members there
// are drawn as well, which tells who is in each place.
func (g *group) examine() outcome {
	if slices.ContainsFunc(g.all(), func(b *border) bool { return b.crossed }) {
		return g.whole()
	}
	c := sum(g.borders, g.outer)
	out := outcome{tees: c.tees}
	boxes, ok := g.faulty(c.rest)
	if len(boxes) > 0 {
		out.patches, ok = g.patches(c.rest, g.near(boxes), weighed)
	}
	out.tangled = !ok
	out.clean = ok && len(out.patches) == 0
	return out
}

// whole compares the members without the chain.
func (g *group) whole() outcome {
	patches, ok := g.patches(nil, g.all(), g.counted)
	return outcome{clean: ok && len(patches) == 0, tangled: !ok, patches: patches}
}

// all is the members' borders and the parent's.
func (g *group) all() []*border {
	if g.outer == nil {
		return g.borders
	}
	return append(slices.Clip(g.borders), g.outer)
}

// excess is how many members too many a face lies in.
type excess func(p *plane, l label) int32

// weighed is the excess as the chain says it.
func weighed(_ *plane, l label) int32 { return l.weight }

// counted is the excess as the cover says it.
func (g *group) counted(p *plane, l label) int32 {
	n := int32(0)
	for _, u := range p.covers[l.cover] {
		if int(u) < len(g.members) {
			n++
		} else {
			n-- // the parent
		}
	}
	return n
}

// wrong reports whether a bounded face with that excess is not as it should be.
func (g *group) wrong(n int32) bool {
	switch g.aim {
	case partition:
		return n != 0
	case enclosing:
		return n != 1
	}
	return n > 1
}

// box is a closed box.
type box struct{ low, high point }

func (b box) holds(p point) bool {
	return b.low.x <= p.x && p.x <= b.high.x && b.low.y <= p.y && p.y <= b.high.y
}

// faulty draws what the chain left and answers boxes round every face that is
// not as it should be; false when it cannot be drawn.
func (g *group) faulty(rest []stroke) ([]box, bool) {
	if len(rest) == 0 {
		return nil, true
	}
	p, ok := draw(slices.Clone(rest))
	if !ok {
		return nil, false
	}
	var boxes []box
	for i := range p.loops {
		if l := &p.loops[i]; !l.outer && g.wrong(l.weight) {
			boxes = append(boxes, p.box(l))
		}
	}
	return boxes, true
}

// near is the borders whose boxes meet one of the boxes, and the parent's; nil
// in the place of the others.
func (g *group) near(boxes []box) []*border {
	var items []spatial.Item
	for i, b := range g.borders {
		if b.known() {
			items = append(items, spatial.Item{Box: treeBox(box{b.low, b.high}), ID: uint32(i)})
		}
	}
	tree, err := spatial.Build(items)
	if err != nil { // impossible: the corners are finite and in order
		return g.all()
	}
	near := make([]*border, len(g.borders), len(g.borders)+1)
	var ids []uint32
	for _, b := range boxes {
		ids = tree.Search(treeBox(b), ids[:0])
		for _, id := range ids {
			near[id] = g.borders[id]
		}
	}
	if g.outer != nil {
		near = append(near, g.outer)
	}
	return near
}

func treeBox(b box) spatial.Box {
	return spatial.Box{Min: [2]float64{float64(b.low.x), float64(b.low.y)}, Max: [2]float64{float64(b.high.x), float64(b.high.y)}}
}
