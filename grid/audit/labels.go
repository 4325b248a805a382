package audit

import (
	"encoding/binary"
	"slices"
)

// label is what is known of every place of a face.
type label struct {
	weight int32
	cover  int32 // index into covers
}

// memberships numbers the different sets of units that faces lie in.
type memberships struct {
	covers  [][]int32 // the first is empty
	coverOf map[string]int32
	covered int // units that labels were made of, together
}

// name labels all loops: the outer ones by what lies around them, the others by
// the pieces between them and their neighbours.
func (p *plane) name() {
	p.covers, p.coverOf = [][]int32{nil}, map[string]int32{"": 0}
	known := make([]bool, len(p.loops))
	around := make([][]int32, len(p.loops)) // half-edges by loop
	for half, l := range p.loop {
		around[l] = append(around[l], int32(half))
	}
	outside := p.outside()
	var todo []int32
	for i := range p.loops {
		if l := &p.loops[i]; l.outer {
			l.label = outside[p.part[l.anchor]]
			known[i] = true
			todo = append(todo, int32(i))
		}
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, half := range around[at] {
			if other := p.loop[half^1]; !known[other] {
				known[other] = true
				p.loops[other].label = p.over(p.loops[at].label, half)
				todo = append(todo, other)
			}
		}
	}
}

// over is the label on the right of a half-edge, given that on its left.
func (p *plane) over(l label, half int32) label {
	c := &p.pieces[half/2]
	if half%2 == 0 {
		l.weight -= c.weight
	} else {
		l.weight += c.weight
	}
	l.cover = p.toggled(l.cover, c.units)
	return l
}

// toggled is the cover after entering or leaving units.
func (p *plane) toggled(cover int32, units []int32) int32 {
	p.covered += len(p.covers[cover]) + len(units)
	if len(units) == 0 || p.covered > coversMax {
		return cover // in the second case draw refuses the plane
	}
	return p.coverID(odd(nil, slices.Concat(p.covers[cover], units)))
}

func (p *plane) coverID(units []int32) int32 {
	var key []byte
	for _, u := range units {
		key = binary.LittleEndian.AppendUint32(key, uint32(u))
	}
	id, ok := p.coverOf[string(key)]
	if !ok {
		id = int32(len(p.covers))
		p.coverOf[string(key)] = id
		p.covers = append(p.covers, units)
	}
	return id
}

// outside labels the face around each part: what the pieces of other parts at or
// left of its first vertex, on that row, enter and leave.
func (p *plane) outside() []label {
	labels := make([]label, p.parts)
	if p.parts < 2 {
		return labels
	}
	strips := newRows(len(p.pieces), func(i int) (int64, int64) {
		low, high := p.rise(&p.pieces[i])
		return low.y.whole, high.y.whole + 1
	})
	var units []int32
	for _, l := range p.loops {
		if !l.outer {
			continue
		}
		v, _ := p.vertices[l.anchor].point()
		part := p.part[l.anchor]
		units = units[:0]
		var sum label
		for _, id := range strips.at(int64(v.y)) {
			c := &p.pieces[id]
			if p.part[c.lo] == part || !p.passes(c, v) {
				continue
			}
			if k := &p.carriers[c.carrier]; k.hi.y > k.lo.y {
				sum.weight -= c.weight
			} else {
				sum.weight += c.weight
			}
			units = append(units, c.units...)
		}
		sum.cover = p.coverID(odd(nil, units))
		labels[part] = sum
	}
	return labels
}
