package track

import (
	"slices"

	"github.com/paulmach/orb"
)

// cells is a quadtree of the latest places, whose leaves hold a few people each,
// so it is as fine as the crowd is dense. It has one root, the whole globe; a cell
// with people in one quarter only is passed through. Somebody who stays within a
// leaf costs a store.
type cells struct {
	all  []cell
	free []int32
}

// cell is a leaf when it has no quarters. An inner cell has more than mergeAt
// people, a leaf at most splitAt unless it is of the least size.
type cell struct {
	x, y     uint32 // of the south-west corner, in units from 180° west and 90° south
	bits     uint8  // its side has 2^bits units
	inner    bool
	parent   int32
	quarters [4]int32 // none where nobody is
	count    int32
	people   []spotted // of a leaf
}

// spotted is somebody in a leaf.
type spotted struct {
	place
	id uint32
}

const (
	none     = -1
	splitAt  = 16
	mergeAt  = 8
	bitsMost = 32 // the root: 429 degrees
	bitsLess = 4  // the least leaf: 16 units, 1.8 m, which fixes cannot tell apart
)

// corner is a place in the units of cells.
func (p place) corner() (x, y uint32) {
	return uint32(int64(p.x) + 180*unitsPerDegree), uint32(int64(p.y) + 90*unitsPerDegree)
}

func (c *cell) holds(x, y uint32) bool { return (x^c.x)>>c.bits == 0 && (y^c.y)>>c.bits == 0 }

// quarter is which quarter of an inner cell holds x, y.
func (c *cell) quarter(x, y uint32) int {
	half := c.bits - 1
	return int(x>>half&1 | y>>half&1<<1)
}

// box is the closed box of a cell in degrees, on the globe.
func (c *cell) box() (low, high orb.Point) {
	side := int64(1)<<c.bits - 1
	x, y := int64(c.x)-180*unitsPerDegree, int64(c.y)-90*unitsPerDegree
	low = orb.Point{float64(x) / unitsPerDegree, float64(y) / unitsPerDegree}
	high = orb.Point{
		float64(min(x+side, 180*unitsPerDegree)) / unitsPerDegree,
		float64(min(y+side, 90*unitsPerDegree)) / unitsPerDegree,
	}
	return low, high
}

// slot is where somebody of a leaf stands in it. To look is quicker than to keep
// it, which would write to others when one leaves.
func (c *cell) slot(id uint32) int {
	return slices.IndexFunc(c.people, func(s spotted) bool { return s.id == id })
}

// move puts somebody, new or not, at a place.
func (t *cells) move(people []person, id uint32, to place) {
	x, y := to.corner()
	at := people[id].leaf
	switch {
	case at == none:
		if len(t.all) == 0 {
			t.all = append(t.all, cell{bits: bitsMost, parent: none, quarters: nobody})
		}
		t.all[0].count++
		t.descend(people, 0, spotted{to, id})
	case t.all[at].holds(x, y):
		leaf := &t.all[at]
		leaf.people[leaf.slot(id)].place = to
	default:
		common := t.leave(people, id, func(c *cell) bool { return c.holds(x, y) })
		t.descend(people, common, spotted{to, id})
	}
}

// remove takes somebody out.
func (t *cells) remove(people []person, id uint32) {
	t.leave(people, id, func(*cell) bool { return false })
}

// leave takes somebody out of the cells below the first that is to be kept, and
// answers that; none when it is left altogether.
func (t *cells) leave(people []person, id uint32, kept func(*cell) bool) int32 {
	i := people[id].leaf
	leaf := &t.all[i]
	last := len(leaf.people) - 1
	leaf.people[leaf.slot(id)], leaf.people[last] = leaf.people[last], spotted{}
	leaf.people = leaf.people[:last]
	people[id].leaf = none
	for i != none && !kept(&t.all[i]) {
		c := &t.all[i]
		parent := c.parent
		if c.count--; c.count == 0 && parent != none {
			above := &t.all[parent]
			above.quarters[slices.Index(above.quarters[:], i)] = none
			t.release(i)
		} else if c.inner && c.count <= mergeAt {
			t.merge(people, i)
		}
		i = parent
	}
	return i
}

// merge turns an inner cell with leaves only into a leaf.
func (t *cells) merge(people []person, i int32) {
	c := &t.all[i]
	c.inner = false
	for _, q := range c.quarters {
		if q == none {
			continue
		}
		for _, s := range t.all[q].people {
			people[s.id].leaf = i
			c.people = append(c.people, s)
		}
		t.release(q)
	}
	c.quarters = nobody
}

// descend puts somebody into a leaf below a cell that has counted them already.
func (t *cells) descend(people []person, i int32, s spotted) {
	x, y := s.corner()
	for t.all[i].inner {
		q := t.all[i].quarter(x, y)
		below := t.all[i].quarters[q]
		if below == none {
			below = t.below(i, q)
		}
		t.all[below].count++
		i = below
	}
	c := &t.all[i]
	people[s.id].leaf = i
	c.people = append(c.people, s)
	if len(c.people) > splitAt && c.bits > bitsLess {
		t.split(people, i)
	}
}

// split turns a leaf into an inner cell; those below may split in turn, by at
// most bitsMost levels.
func (t *cells) split(people []person, i int32) {
	t.all[i].inner = true
	for _, s := range t.all[i].people {
		t.descendOne(people, i, s)
	}
	c := &t.all[i]
	clear(c.people)
	c.people = c.people[:0]
	for _, q := range c.quarters {
		if q != none && len(t.all[q].people) > splitAt && t.all[q].bits > bitsLess {
			t.split(people, q)
		}
	}
}

// descendOne puts somebody into the leaf right below an inner cell.
func (t *cells) descendOne(people []person, i int32, s spotted) {
	x, y := s.corner()
	q := t.all[i].quarter(x, y)
	below := t.all[i].quarters[q]
	if below == none {
		below = t.below(i, q)
	}
	c := &t.all[below]
	c.count++
	people[s.id].leaf = below
	c.people = append(c.people, s)
}

var nobody = [4]int32{none, none, none, none}

// below makes an empty leaf in a quarter. It may move all cells in memory.
func (t *cells) below(i int32, quarter int) int32 {
	var q int32
	if last := len(t.free) - 1; last >= 0 {
		q, t.free = t.free[last], t.free[:last]
	} else {
		q = int32(len(t.all))
		t.all = append(t.all, cell{})
	}
	c := &t.all[i]
	half := uint32(1) << (c.bits - 1)
	t.all[q] = cell{
		x: c.x + half*uint32(quarter&1), y: c.y + half*uint32(quarter>>1), bits: c.bits - 1,
		parent: i, quarters: nobody, people: t.all[q].people[:0],
	}
	c.quarters[quarter] = q
	return q
}

func (t *cells) release(i int32) {
	c := &t.all[i]
	clear(c.people)
	*c = cell{people: c.people[:0]}
	t.free = append(t.free, i)
}
