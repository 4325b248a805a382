package cellindex

// Place is a place to be looked up.
type Place struct{ X, Y int32 }

// batch is how many places are looked up together.
const batch = 32

// probes is how far the look-ups of some places have come. Each step is taken
// for all of them before the next one, so that the processor waits for many words
// at a time, and no branch waits for a word that is not there yet.
type probes struct {
	row    [batch][]uint32
	word   [batch]uint32
	base   [batch]uint32
	shift  [batch]uint32
	cx, cy [batch]uint32
	head   [batch]uint32
}

// outside is the row of places outside the raster: one cell that nobody owns.
var outside = []uint32{None<<kindBits | owned}

// FindAll answers the owner of each place in the same place of found, which is
// as long.
func (x *Index) FindAll(places []Place, found []uint32) {
	if x == nil || len(x.rows) == 0 {
		clear(found)
		return
	}
	var p probes
	for len(places) > 0 {
		n := min(batch, len(places))
		x.enter(places[:n], &p)
		p.descend(n)
		p.touch(n)
		p.settle(places[:n], found[:n])
		places, found = places[n:], found[n:]
	}
}

// enter reads the words of the root cells.
func (x *Index) enter(places []Place, p *probes) {
	shift := x.shift & 31
	for i, at := range places {
		cx, cy := uint32(at.X-x.minX), uint32(at.Y-x.minY)
		r, c := cy>>shift, cx>>shift
		row := outside
		if r < uint32(len(x.rows)) && c < x.cols {
			row = x.rows[r]
		} else {
			c = 0
		}
		p.row[i], p.word[i], p.base[i], p.shift[i], p.cx[i], p.cy[i] = row, row[c], 0, shift, cx, cy
	}
}

// descend goes down the blocks.
func (p *probes) descend(n int) {
	for i := range n {
		w := p.word[i]
		if w&kindMask != split {
			continue
		}
		base, shift := w>>kindBits, p.shift[i]
		w &= kindMask
		for w&kindMask == split {
			shift = (shift - blockBits) & 31
			w = p.row[i][base+w>>kindBits+(p.cy[i]>>shift&(blockSide-1))<<blockBits+p.cx[i]>>shift&(blockSide-1)]
		}
		p.word[i], p.base[i], p.shift[i] = w, base, shift
	}
}

// touch reads the first word of each record; a word that leads to none counts as
// leading to the row's first.
func (p *probes) touch(n int) {
	for i := range n {
		at := p.base[i] + p.word[i]>>kindBits
		if p.word[i]&kindMask == owned {
			at = 0
		}
		p.base[i] = at
		p.head[i] = p.row[i][at] // resolve reads it again, from near by
	}
}

// settle reads the records.
func (p *probes) settle(places []Place, found []uint32) {
	for i, at := range places {
		mask := uint32(1)<<(p.shift[i]&31) - 1
		switch w := p.word[i]; w & kindMask {
		case owned:
			found[i] = w >> kindBits
		case narrow:
			found[i] = resolve(p.row[i], p.base[i], int64(p.cx[i]&mask), int64(p.cy[i]&mask))
		default:
			found[i] = resolveWide(p.row[i], p.base[i], int64(at.X), int64(at.Y), int64(p.cy[i]&mask))
		}
	}
}
