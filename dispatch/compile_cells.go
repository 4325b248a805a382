package dispatch

import "encoding/binary"

// cells is what Match reads for one role: for every class of matters, which is
// the deepest prefix that covers them, the units fall into intervals in which the
// same rules can be first, and each has those rules in order. They are cut after
// the first rule that always applies, so most are one or two rules long, and
// equal ones are kept once.
//
// The tables say the same in linear size; a class for which cells would be too
// large is left to them.
type cells struct {
	starts []uint32 // by interval: its first unit, ascending within a class, from 0
	lists  []uint32 // by interval: where its rules begin in slots; nowhere when there are none
	slots  []slot
}

// cellRange is the intervals of one class; none when it is left to the tables.
type cellRange struct{ at, n uint32 }

// Bounds on cells, which keep memory and time linear in the rules: some thousand
// rules of any shape fit, and of larger lists those that do not multiply every
// matter with every area.
const (
	cellBytesLeast   = 4 << 20
	cellBytesPerRule = 256
	cellStepsLeast   = 4 << 20
	cellStepsPerRule = 512
)

// list is the rules that can be first in a unit, as an index of slots, nowhere
// when there are none. O(log n) for n intervals of the class.
func (c *cells) list(r cellRange, unit uint32) uint32 {
	base, n := r.at, r.n // starts[base] <= unit, and the answer is among the next n
	for n > 1 {
		half := n / 2
		if c.starts[base+half] <= unit {
			base += half
		}
		n -= half
	}
	return c.lists[base]
}

// rest is the rules after one of a list.
func (c *cells) rest(at uint32) []slot {
	end := at
	for !c.slots[end].last {
		end++
	}
	return c.slots[at+1 : end+1]
}

// cellBuilder makes the cells of all single roles.
type cellBuilder struct {
	list  *List
	shut  []bool            // by bucket: it or one around it in its table has a rule that always applies
	known map[string]uint32 // innermost buckets in order of rank to their list
	key   []byte
	open  []*table
	next  []uint32 // by table of open: the interval after the one reached
	bytes int
	steps int
	full  bool // of bytes
}

// addCells makes cells for the classes that a query can have.
func (l *List) addCells() {
	b := cellBuilder{
		list: l, shut: make([]bool, len(l.buckets)), known: map[string]uint32{},
		bytes: cellBytesLeast + cellBytesPerRule*len(l.rules), steps: cellStepsLeast + cellStepsPerRule*len(l.rules),
	}
	for i := range l.buckets {
		n := &l.buckets[i]
		b.shut[i] = n.closed || n.outer != 0 && b.shut[n.outer-1]
	}
	asked := make([]bool, len(l.up))
	for m := range l.matters {
		prefix, _ := l.byMatter.find(m)
		asked[prefix] = true
	}
	for role := range singleRoles {
		r := &l.roles[role]
		r.cells = make([]cellRange, len(l.up))
		done := make([]bool, len(l.up))
		for prefix := range l.up {
			if len(l.matters) > 0 && !asked[prefix] {
				continue
			}
			home := uint32(prefix) // whose tables are all there are for the class
			if r.links[home].n == 0 {
				home = r.links[home].up
			}
			if home == nowhere {
				continue
			}
			if !done[home] {
				done[home] = true
				r.cells[home] = b.class(role, home)
			}
			r.cells[prefix] = r.cells[home]
		}
	}
}

// class makes the cells of one class, none when they would be too large.
func (b *cellBuilder) class(role int, prefix uint32) cellRange {
	l := b.list
	b.open, b.next = b.open[:0], b.next[:0]
	intervals := 0
	for tour := l.tour(role, prefix); ; {
		t := tour.table()
		if t == nil {
			break
		}
		b.open, b.next = append(b.open, t), append(b.next, t.at+1)
		intervals += int(t.end - t.at)
	}
	if b.full || intervals*len(b.open) > b.steps {
		return cellRange{}
	}
	b.steps -= intervals * len(b.open)
	c := &l.cells
	r := cellRange{at: uint32(len(c.starts))}
	for unit, more := uint32(0), true; more; unit, more = b.advance() {
		list := b.intern()
		if n := len(c.lists); n > int(r.at) && c.lists[n-1] == list {
			continue
		}
		c.starts, c.lists = append(c.starts, unit), append(c.lists, list)
	}
	r.n = uint32(len(c.starts)) - r.at
	if b.bytes -= 8 * int(r.n); b.bytes < 0 {
		b.full = true
		c.starts, c.lists = c.starts[:r.at], c.lists[:r.at]
		return cellRange{}
	}
	return r
}

// advance goes to the next unit at which some table changes, false when there is
// none.
func (b *cellBuilder) advance() (uint32, bool) {
	l, unit := b.list, nowhere
	for i, t := range b.open {
		if b.next[i] < t.end {
			unit = min(unit, l.starts[b.next[i]])
		}
	}
	if unit > l.last[0] {
		return 0, false
	}
	for i, t := range b.open {
		if b.next[i] < t.end && l.starts[b.next[i]] == unit {
			b.next[i]++
		}
	}
	return unit, true
}

// intern is the list of the interval reached.
func (b *cellBuilder) intern() uint32 {
	b.key = b.key[:0]
	for i := range b.open {
		if n := b.list.inner[b.next[i]-1]; n != 0 {
			b.key = binary.LittleEndian.AppendUint32(b.key, n)
			if b.shut[n-1] {
				break
			}
		}
	}
	if len(b.key) == 0 {
		return nowhere
	}
	list, ok := b.known[string(b.key)]
	if !ok {
		list = b.add()
		b.known[string(b.key)] = list
	}
	return list
}

// add lays out the rules of the buckets in the key and all around them, up to the
// first that always applies and those equal to it.
func (b *cellBuilder) add() uint32 {
	l, c := b.list, &b.list.cells
	at := len(c.slots)
	for key := b.key; len(key) > 0; key = key[4:] {
		for n := binary.LittleEndian.Uint32(key); n != 0; {
			own := &l.buckets[n-1]
			n = own.outer
			end := own.end
			if own.closed {
				end = own.at
				for end < own.end && l.entries[l.slots[end].pos].rank <= l.entries[own.sure].rank {
					end++
				}
				n = 0 // a bucket that is shut ends the key
			}
			c.slots = append(c.slots, l.slots[own.at:end]...)
		}
	}
	added := c.slots[at:]
	for i := len(added) - 1; i >= 0; i-- {
		s := &added[i]
		if i == len(added)-1 {
			s.last = true
			continue
		}
		x, y := &l.entries[s.pos], &l.entries[added[i+1].pos]
		s.rival = x.rank == y.rank && (x.who != y.who || added[i+1].rival)
	}
	b.bytes -= 16 * len(added)
	return uint32(at)
}
