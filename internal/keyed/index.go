package keyed

import (
	"fmt"
	"hash/maphash"
	"math/bits"
)

// Slot is what is kept of a keyed command: the digest of its body and the
// sequence number of its first entry. What a refusal said is kept by the machine, by
// sequence number.
type Slot struct {
	Body Sum
	Seq  uint64
}

// Index holds every key ever used. The zero Index is empty and ready; it is not
// safe for concurrent use, but Find alone is. It holds no pointer for each key, so the
// collector walks one for a thousand of them: 72 bytes a key and 11 to 21 of cells.
// Find is O(1), and so is Put, which moves no more than a few cells to make room. But
// the one Put in each doubling of the keys that begins with twice the cells allocates
// and zeroes them: O(keys), 2 to 50 ms at some millions of them.
//
// Keys stand in slabs as they came and are numbered. Cells find the number: a table of
// open addressing in which a cell is 0, or has the upper bits of the key's hash and the
// number plus 1. These bits say where to look first, so that a cell can move without its
// key being hashed again. Keys themselves are compared: no hash decides an answer. Its
// seed is each Index's own, so that nobody who chooses keys can crowd them, and shows
// nowhere.
type Index struct {
	seed  maphash.Seed // made with the first cells
	cells []uint64     // a power of two of them, at most three quarters taken
	old   []uint64     // the cells before, until all of them were copied; nil then
	moved int          // of old
	count uint64
	slabs [][]record
}

type record struct {
	key Sum
	Slot
}

const (
	slabBits   = 10 // of the number, for the place in a slab; a slab is whole pages of memory
	numberBits = 36 // of a cell: more keys than any memory holds
	numberMask = 1<<numberBits - 1
	cellsMin   = 16
	movedEach  = 16 // cells that a Put moves, so that old is gone long before cells are full
)

// Find answers the slot of key. A slot with another body is ErrReused.
func (x *Index) Find(key, body Sum) (Slot, bool, error) {
	if x.count == 0 {
		return Slot{}, false, nil
	}
	r := x.find(x.hash(&key), &key)
	if r == nil {
		return Slot{}, false, nil
	}
	if r.Body != body {
		return r.Slot, true, fmt.Errorf("%w (first used at sequence %d)", ErrReused, r.Seq)
	}
	return r.Slot, true, nil
}

// Put keeps a key's slot; the first one stands.
func (x *Index) Put(key Sum, slot Slot) {
	x.grow()
	h := x.hash(&key)
	if x.find(h, &key) != nil {
		return
	}
	last := int(x.count >> slabBits)
	if last == len(x.slabs) {
		var slab []record // the first grows as it fills: most have few keys
		if last > 0 {
			slab = make([]record, 0, 1<<slabBits)
		}
		x.slabs = append(x.slabs, slab)
	}
	x.slabs[last] = append(x.slabs[last], record{key, slot})
	x.count++
	put(x.cells, h&^numberMask|x.count)
}

// Len is the number of keys.
func (x *Index) Len() int { return int(x.count) }

func (x *Index) hash(key *Sum) uint64 { return maphash.Bytes(x.seed, key[:]) }

// find is the record of a key with its hash, nil when there is none.
func (x *Index) find(h uint64, key *Sum) *record {
	r := x.look(x.cells, h, key)
	if r == nil && x.old != nil {
		r = x.look(x.old, h, key)
	}
	return r
}

func (x *Index) look(cells []uint64, h uint64, key *Sum) *record {
	mask := len(cells) - 1
	for at := home(cells, h); cells[at] != 0; at = (at + 1) & mask {
		if c := cells[at]; (c^h)>>numberBits == 0 {
			number := c&numberMask - 1
			if r := &x.slabs[number>>slabBits][number&(1<<slabBits-1)]; r.key == *key {
				return r
			}
		}
	}
	return nil
}

// home is where a hash, or the cell of a key that has it, is looked for first. Neighbours
// stay neighbours in a table of another size, so that growing writes one behind the other.
func home(cells []uint64, h uint64) int {
	return int(h &^ numberMask >> (bits.LeadingZeros64(uint64(len(cells))) + 1))
}

// put gives a cell the first free place behind its home.
func put(cells []uint64, c uint64) {
	at, mask := home(cells, c), len(cells)-1
	for cells[at] != 0 {
		at = (at + 1) & mask
	}
	cells[at] = c
}

// grow makes room for one more key: it begins with twice the cells when three quarters
// are taken, and then moves a few cells each time.
func (x *Index) grow() {
	if int(x.count) == len(x.cells)/4*3 {
		if x.cells == nil {
			x.seed = maphash.MakeSeed()
		}
		x.old, x.moved = x.cells, 0
		x.cells = make([]uint64, max(2*len(x.cells), cellsMin))
	}
	if x.old == nil {
		return
	}
	for _, c := range x.old[x.moved : x.moved+movedEach] {
		if c != 0 {
			put(x.cells, c)
		}
	}
	if x.moved += movedEach; x.moved == len(x.old) {
		x.old = nil
	}
}
