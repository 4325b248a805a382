package grid

// unit is what a Map keeps of one unit, under the unit's slot: a number that
// stays the same from one version of a Map to the next.
type unit struct {
	info    Info // Leaf is not kept: it follows from the hierarchy
	counts  map[string]int64
	attrs   map[string]string
	outline outline
	digest  [32]byte // of the outline
	odd     []*Error // what was found odd in the boundary
	folded  bool     // some of its edges cancel
	hollow  bool     // it was given without a boundary
	weight  int      // of the boundary as it was given
	region  *region  // of a leaf
}

const (
	chunkBits = 8
	chunkLen  = 1 << chunkBits
)

// table is units by slot, in chunks that versions share. A nil unit is a free slot.
type table struct {
	chunks []*[chunkLen]*unit
}

func (t *table) at(slot uint32) *unit { return t.chunks[slot>>chunkBits][slot&(chunkLen-1)] }

// size is the number of slots there is room for.
func (t *table) size() int { return len(t.chunks) << chunkBits }

// put stores u, in a table whose chunks nobody else has.
func (t *table) put(slot uint32, u *unit) {
	for t.size() <= int(slot) {
		t.chunks = append(t.chunks, new([chunkLen]*unit))
	}
	t.chunks[slot>>chunkBits][slot&(chunkLen-1)] = u
}

// with answers the table with some slots changed. t stays as it is; chunks
// without a change are shared.
func (t *table) with(changes map[uint32]*unit) table {
	next := table{chunks: make([]*[chunkLen]*unit, len(t.chunks))}
	copy(next.chunks, t.chunks)
	fresh := map[uint32]bool{}
	for slot, u := range changes {
		c := slot >> chunkBits
		for int(c) >= len(next.chunks) {
			fresh[uint32(len(next.chunks))] = true
			next.chunks = append(next.chunks, new([chunkLen]*unit))
		}
		if !fresh[c] {
			fresh[c] = true
			clone := *next.chunks[c]
			next.chunks[c] = &clone
		}
		next.chunks[c][slot&(chunkLen-1)] = u
	}
	return next
}

// codebook finds slots by code. Versions share base and keep what differs in delta.
type codebook struct {
	base  map[Code]uint32
	delta map[Code]uint32 // slot, or gone
}

const (
	gone     = 1<<32 - 1
	deltaMax = 1024 // differences from which a new base is made
)

func (c *codebook) slot(code Code) (uint32, bool) {
	if s, ok := c.delta[code]; ok {
		return s, s != gone
	}
	s, ok := c.base[code]
	return s, ok
}

// with answers the codebook with some codes changed; gone takes one out.
func (c *codebook) with(changes map[Code]uint32) codebook {
	if len(changes) == 0 {
		return *c
	}
	next := codebook{base: c.base, delta: make(map[Code]uint32, len(c.delta)+len(changes))}
	for _, from := range []map[Code]uint32{c.delta, changes} {
		for code, s := range from {
			next.delta[code] = s
		}
	}
	if len(next.delta) <= deltaMax+len(c.base)/64 {
		return next
	}
	base := make(map[Code]uint32, len(c.base)+len(next.delta))
	for code, s := range c.base {
		base[code] = s
	}
	for code, s := range next.delta {
		if delete(base, code); s != gone {
			base[code] = s
		}
	}
	return codebook{base: base}
}
