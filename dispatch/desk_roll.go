package dispatch

import (
	"cmp"
	"slices"
)

// rollBlock is the most places in one block of a roll: two kilobytes, which are moved
// in less time than a look into other memory takes.
const rollBlock = 128

// roll is open cases of one heading in the order of (next due, id), in blocks, of which
// only a single one may be empty. A change costs O(log n) looks and moves within one block.
type roll struct {
	of     heading
	blocks [][]placed
}

// placed is a case at its place in the order. The due is the one by which it was put
// there.
type placed struct {
	due instant
	c   *caseState
}

// cursorAt is a place in the order.
type cursorAt struct {
	due instant
	id  Code
}

func (p placed) place() cursorAt { return cursorAt{p.due, p.c.id} }

func (p placed) compare(at cursorAt) int {
	if p.due != at.due {
		return cmp.Compare(p.due, at.due)
	}
	return cmp.Compare(p.c.id, at.id)
}

// find is where a place belongs: a block, and how many of it come before.
func (r *roll) find(at cursorAt) (block, before int) {
	low, high := 1, len(r.blocks) // the last block that begins there or before, or the first
	for low < high {
		if mid := (low + high) / 2; r.blocks[mid][0].compare(at) <= 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	block = low - 1
	places := r.blocks[block]
	low, high = 0, len(places)
	for low < high {
		if mid := (low + high) / 2; places[mid].compare(at) < 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return block, low
}

func (r *roll) empty() bool { return len(r.blocks) == 0 || len(r.blocks[0]) == 0 }

// put adds a case. A full block is cut in two, but at the end of the roll, where dues
// mostly come, a new one begins.
func (r *roll) put(p placed) {
	if len(r.blocks) == 0 {
		r.blocks = make([][]placed, 1)
	}
	b, at := r.find(p.place())
	places := r.blocks[b]
	if len(places) == rollBlock {
		if b == len(r.blocks)-1 && at == rollBlock {
			r.blocks = append(r.blocks, append(make([]placed, 0, rollBlock), p))
			return
		}
		const half = rollBlock / 2
		upper := append(make([]placed, 0, rollBlock), places[half:]...)
		clear(places[half:])
		r.blocks[b] = places[:half]
		r.blocks = slices.Insert(r.blocks, b+1, upper)
		if at > half {
			b, at = b+1, at-half
		}
	}
	r.blocks[b] = slices.Insert(r.blocks[b], at, p)
}

// drop takes a case away that is there. Blocks that fit into half of one are joined.
func (r *roll) drop(p placed) {
	b, at := r.find(p.place())
	r.blocks[b] = slices.Delete(r.blocks[b], at, at+1)
	switch left := len(r.blocks[b]); {
	case left == 0 && len(r.blocks) > 1:
		r.blocks = slices.Delete(r.blocks, b, b+1)
	case b+1 < len(r.blocks) && left+len(r.blocks[b+1]) <= rollBlock/2:
		r.blocks[b] = append(r.blocks[b], r.blocks[b+1]...)
		r.blocks = slices.Delete(r.blocks, b+1, b+2)
	}
}

// rest is what of a roll comes behind a place.
type rest struct {
	blocks [][]placed
	at     int
}

// behind is what comes behind a place, false when nothing does. The roll has a block.
func (r *roll) behind(at cursorAt) (rest, bool) {
	b, i := r.find(at)
	out := rest{r.blocks[b:], i}
	for out.at < len(out.blocks[0]) && out.blocks[0][out.at].compare(at) <= 0 {
		out.at++
	}
	return out, out.at < len(out.blocks[0]) || out.turn()
}

func (r *rest) head() placed { return r.blocks[0][r.at] }

// next goes on to the next case, false when there is none.
func (r *rest) next() bool {
	r.at++
	return r.at < len(r.blocks[0]) || r.turn()
}

// turn goes on to the next block.
func (r *rest) turn() bool {
	r.blocks, r.at = r.blocks[1:], 0
	return len(r.blocks) > 0
}

// rests is what is left of some rolls, as a heap by the first case of each.
type rests []rest

func (h rests) Len() int { return len(h) }
func (h rests) Less(i, j int) bool {
	a, b := h[i].head(), h[j].head()
	return a.due < b.due || a.due == b.due && a.c.id < b.c.id
}
func (h rests) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push is for container/heap.
func (h *rests) Push(x any) { *h = append(*h, x.(rest)) }

// Pop is for container/heap.
func (h *rests) Pop() any {
	last := len(*h) - 1
	r := (*h)[last]
	*h = (*h)[:last]
	return r
}
