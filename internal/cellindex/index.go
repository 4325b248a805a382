package cellindex

// None is the answer where no leaf owns the place, Ask the answer where the
// index does not know: the edges or the leaves at that place are too many. All
// other answers are leaf + 1.
const (
	None uint32 = 0
	Ask  uint32 = labelMask
)

// LeafMax is the largest number a leaf may have.
const LeafMax = Ask - 2

// The kinds of word, in the lowest two bits; the rest is the payload.
const (
	owned  = 0 // payload: the answer
	narrow = 1 // payload: offset of a record of narrow entries, from the cell's base
	wide   = 2 // the same, wide entries
	split  = 3 // payload: offset of a block of 16 words

	kindBits  = 2
	kindMask  = 1<<kindBits - 1
	labelBits = 24
	labelMask = 1<<labelBits - 1

	blockBits = 2 // a block is 1<<blockBits cells a side
	blockSide = 1 << blockBits
	blockLen  = blockSide * blockSide

	narrowLen = 3             // words of an entry: x1 y1 relative to the cell; x2-x1 y2-y1; owner
	pairLen   = 2 * narrowLen // narrow entries come in pairs; one of zeros never applies
	wideLen   = 7             // x1, y1, x2, y2 as they are; first and end row relative to the cell; owner
	countMax  = 1<<(32-labelBits) - 1
)

// Index is immutable and safe for concurrent use. A nil and a zero Index own
// nothing.
type Index struct {
	minX, minY int32
	shift      uint32 // a root cell is 1<<shift units a side
	cols       uint32
	// rows are the rows of root cells from south to north. A row is a word for
	// each column, then what the words lead to, by column.
	rows [][]uint32
}

// Find answers the owner of a place.
func (x *Index) Find(px, py int32) uint32 {
	if x == nil {
		return None
	}
	// The differences are modulo 2^32. A place outside does not come in again: on
	// a globe 3.6e9 units wide it is at least 2^32 - 3.6e9 past the last cell.
	cx, cy := uint32(px-x.minX), uint32(py-x.minY)
	shift := x.shift & 31
	r, c := cy>>shift, cx>>shift
	if r >= uint32(len(x.rows)) || c >= x.cols {
		return None
	}
	row := x.rows[r]
	w := row[c]
	base := uint32(0)
	if w&kindMask == split { // offsets inside a root cell count from its first block
		base = w >> kindBits
		w &= kindMask
		for w&kindMask == split {
			shift = (shift - blockBits) & 31
			w = row[base+w>>kindBits+(cy>>shift&(blockSide-1))<<blockBits+cx>>shift&(blockSide-1)]
		}
	}
	switch w & kindMask {
	case owned:
		return w >> kindBits
	case narrow:
		mask := uint32(1)<<shift - 1
		return resolve(row, base+w>>kindBits, int64(cx&mask), int64(cy&mask))
	}
	return resolveWide(row, base+w>>kindBits, int64(px), int64(py), int64(cy&(1<<shift-1)))
}

// resolve reads a record of narrow entries. The owner is chosen with masks
// instead of branches, which the processor would guess wrong every other time.
func resolve(row []uint32, at uint32, x, y int64) uint32 {
	head := row[at]
	owner := head & labelMask
	rec := row[at+1:]
	rec = rec[:head>>labelBits*narrowLen]
	for i := pairLen - 1; i < len(rec); i += pairLen { // two at a time: half as many ends to guess
		owner = pass(owner, rec[i-5], rec[i-4], rec[i-3], x, y)
		owner = pass(owner, rec[i-2], rec[i-1], rec[i], x, y)
	}
	return owner
}

// pass is label if the entry applies to the place, else owner.
func pass(owner, from, way, label uint32, x, y int64) uint32 {
	left, up := x-int64(int16(from)), y-int64(int32(from)>>16)
	dx, dy := int64(int16(way)), int64(int32(way)>>16)
	// Negative when y is below the edge's rows, above them, or x left of the edge.
	out := up | (dy - 1 - up) | (left*dy - dx*up)
	return owner ^ (owner^label)&^uint32(out>>63)
}

// resolveWide reads a record of wide entries: edges too long to count from the
// cell, or with different owners along them, or that cross.
func resolveWide(row []uint32, at uint32, x, y, inCell int64) uint32 {
	head := row[at]
	owner := head & labelMask
	rec := row[at+1:]
	rec = rec[:head>>labelBits*wideLen]
	for ; len(rec) >= wideLen; rec = rec[wideLen:] {
		if from, end := int64(rec[4]), int64(rec[5]); inCell < from || inCell >= end {
			continue
		}
		x1, y1 := int64(int32(rec[0])), int64(int32(rec[1]))
		x2, y2 := int64(int32(rec[2])), int64(int32(rec[3]))
		// Each product is at most 3.6e9 · 1.8e9 and fits; their difference may not.
		if (x-x1)*(y2-y1) >= (x2-x1)*(y-y1) {
			owner = rec[6]
		}
	}
	return owner
}

// Words is the number of 4-byte words in the index.
func (x *Index) Words() int {
	if x == nil {
		return 0
	}
	n := 0
	for _, row := range x.rows {
		n += len(row)
	}
	return n
}
