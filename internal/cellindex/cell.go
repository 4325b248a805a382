package cellindex

import "slices"

const (
	splitFrom   = 16 // edges, shared ones counted twice, from which a cell becomes a block
	budgetBase  = 256
	budgetEdge  = 64 // words that a root cell may use for each of its edges before blocks stop
	workBase    = 1 << 16
	workEdge    = 256 // looks at edges that a root cell may cost for each of its edges, likewise
	narrowShift = 14  // narrow entries count from the cell in 16 bits
	linesMax    = 64  // lines that a record puts in order, which takes their square
)

// span is the leaves that hold the places at some x in the rows from y to the
// next span's, or to the end of the rows in question.
type span struct {
	y int64
	s set
}

// addSpan appends a span unless the last one says the same.
func addSpan(spans []span, y int64, s set) []span {
	if n := len(spans); n > 0 && spans[n-1].s == s {
		return spans
	}
	return append(spans, span{y, s})
}

// clipped is an edge of a cell with the rows in which its first place is in the cell.
type clipped struct {
	edge
	mask      uint16 // while the cell becomes a block: the small cells it may be in
	from, end int64
}

// cellScratch is the stacks on which cells keep what they still need while
// their parts are built.
type cellScratch struct {
	clips []clipped
	spans []span
	limit int // length of the row at which blocks stop
	work  int // looks at edges left until blocks stop
	rec   record
}

// leftSpans is the leaves that hold what is just left of column from.
func (w *worker) leftSpans(edges []edge, x0, y0, y1 int64, from uint32) []span {
	spans := append(w.spans[0][:0], span{y0, 0})
	if from > 0 {
		var cuts []clipped
		rows := []int64{y0}
		for _, e := range edges {
			if a, b := e.within(minPlace, x0, y0, y1); a < b {
				cuts = append(cuts, clipped{edge: e, from: a, end: b})
				rows = append(rows, a, b)
			}
		}
		slices.Sort(rows)
		spans = spans[:0]
		for _, y := range slices.Compact(rows) {
			if y == y1 {
				break
			}
			s := set(0)
			for i := range cuts {
				if cuts[i].from <= y && y < cuts[i].end {
					s = w.sets.toggle2(s, cuts[i].leaf, 0)
				}
			}
			spans = addSpan(spans, y, s)
		}
	}
	w.spans[0] = spans
	return spans
}

// minPlace is left of every place, and not so far that products overflow.
const minPlace = -1 << 31

// root builds one root cell at the end of w.out and answers its word and the
// leaves at its right side.
func (w *worker) root(bucket []edge, x0, y0 int64, in []span) (uint32, []span) {
	if len(bucket) == 0 && len(in) == 1 {
		return w.sets.label(in[0].s)<<kindBits | owned, in
	}
	c := &w.cells
	c.clips, c.spans = c.clips[:0], c.spans[:0]
	for i := range bucket {
		c.clips = append(c.clips, clipped{edge: bucket[i]})
	}
	start := len(w.out)
	c.work = workBase + workEdge*len(bucket)
	c.limit = start + budgetBase + budgetEdge*len(bucket)
	c.spans = append(c.spans, in...)
	word, from := w.cell(0, len(c.clips), 0, 0, len(c.spans), x0, y0, w.x.shift, start)
	if points(word) {
		word += uint32(start) << kindBits // offsets of a root cell count from the row
	}
	// The two span buffers take turns: in is one of them.
	other := &w.spans[1]
	if len(w.spans[1]) > 0 && &in[0] == &w.spans[1][0] {
		other = &w.spans[0]
	}
	*other = append((*other)[:0], c.spans[from:]...)
	return word, *other
}

// cell builds a cell of 1<<shift units a side from those of some clips that have
// its bit in their mask, 0 for all of them, and the spans at its left, all of
// them on the stacks. It answers the cell's word, with offsets counted from base,
// and where on the stack the spans at its right begin.
func (w *worker) cell(clipFrom, clipEnd int, bit uint16, spanFrom, spanEnd int, x0, y0 int64, shift uint32, base int) (uint32, int) {
	c := &w.cells
	side := int64(1) << shift
	mark := len(c.clips) // the caller takes them off
	for i := clipFrom; i < clipEnd; i++ {
		e := &c.clips[i]
		if bit != 0 && e.mask&bit == 0 {
			continue
		}
		if from, end := e.within(x0, x0+side, y0, y0+side); from < end {
			c.clips = append(c.clips, clipped{edge: e.edge, from: from, end: end})
		}
	}
	n := len(c.clips) - mark
	if n == 0 && spanEnd-spanFrom == 1 {
		s := c.spans[spanFrom].s
		c.spans = append(c.spans, span{y0, s})
		return w.sets.label(s)<<kindBits | owned, len(c.spans) - 1
	}
	if side == 1 {
		s := c.spans[spanFrom].s
		for i := mark; i < len(c.clips); i++ {
			s = w.sets.toggle2(s, c.clips[i].leaf, 0)
		}
		c.spans = append(c.spans, span{y0, s})
		return w.sets.label(s)<<kindBits | owned, len(c.spans) - 1
	}
	if shift >= blockBits && n >= splitFrom && w.mayBlock() {
		return w.block(mark, len(c.clips), spanFrom, spanEnd, x0, y0, shift, base)
	}
	outFrom := len(c.spans)
	start := len(w.out)
	if n > 2*linesMax {
		c.spans = w.rightSpans(c.spans, c.clips[mark:], spanFrom, spanEnd, y0+side)
		return Ask<<kindBits | owned, outFrom
	}
	c.rec.prepare(w, c.clips[mark:], c.spans[spanFrom:spanEnd], x0, y0, side)
	kind, ok := c.rec.write(shift)
	c.spans = append(c.spans, c.rec.right...)
	switch {
	case ok && kind == owned:
		return c.rec.base<<kindBits | owned, outFrom
	case ok:
		return uint32(start-base)<<kindBits | kind, outFrom
	case shift >= blockBits && w.mayBlock():
		c.spans = c.spans[:outFrom]
		return w.block(mark, len(c.clips), spanFrom, spanEnd, x0, y0, shift, base)
	}
	return Ask<<kindBits | owned, outFrom
}

// rightSpans appends the leaves at the right side of a cell with too many clips
// to put in order, which only toggling does not need.
func (w *worker) rightSpans(spans []span, clips []clipped, from, end int, top int64) []span {
	type turn struct {
		y    int64
		leaf uint32 // 0: the left side changes
		left set
	}
	turns := make([]turn, 0, 2*len(clips)+end-from)
	for _, s := range spans[from:end] {
		turns = append(turns, turn{y: s.y, left: s.s})
	}
	for i := range clips {
		turns = append(turns, turn{y: clips[i].from, leaf: clips[i].leaf}, turn{y: clips[i].end, leaf: clips[i].leaf})
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp64(a.y, b.y) })
	odd := map[uint32]bool{}
	left := set(0)
	at := len(spans)
	for i := 0; i < len(turns); {
		y := turns[i].y
		for ; i < len(turns) && turns[i].y == y; i++ {
			switch t := turns[i]; {
			case t.leaf == 0:
				left = t.left
			case odd[t.leaf]:
				delete(odd, t.leaf)
			default:
				odd[t.leaf] = true
			}
		}
		if y >= top {
			break
		}
		s := left
		if len(odd) > setMax {
			s = askSet
		} else {
			for leaf := range odd {
				s = w.sets.toggle2(s, leaf, 0)
			}
		}
		if n := len(spans); n == at || spans[n-1].s != s {
			spans = append(spans, span{y, s})
		}
	}
	return spans
}

// mayBlock reports whether the root cell in hand may be cut further.
func (w *worker) mayBlock() bool { return len(w.out) < w.cells.limit && w.cells.work > 0 }

// block builds a cell as a block.
func (w *worker) block(clipFrom, clipEnd, spanFrom, spanEnd int, x0, y0 int64, shift uint32, base int) (uint32, int) {
	c := &w.cells
	w.cells.work -= blockLen * (clipEnd - clipFrom)
	at := len(w.out)
	w.out = append(w.out, make([]uint32, blockLen)...)
	small := shift - blockBits
	side := int64(1) << small
	for i := clipFrom; i < clipEnd; i++ {
		c.clips[i].mask = c.clips[i].smallCells(x0, y0, small)
	}
	// The spans at the right side of the block's rows gather here, one after the other.
	right := w.takeSpans()
	same, first := true, uint32(0)
	for j := range int64(blockSide) {
		low := y0 + j*side
		mark, clips := len(c.spans), len(c.clips)
		from := mark
		c.spans = appendSpans(c.spans, spanFrom, spanEnd, low, low+side)
		end := len(c.spans)
		for i := range int64(blockSide) {
			var word uint32
			word, from = w.cell(clipFrom, clipEnd, 1<<(j*blockSide+i), from, end, x0+i*side, low, small, base)
			end = len(c.spans)
			c.clips = c.clips[:clips]
			w.out[at+int(j*blockSide+i)] = word
			if i == 0 && j == 0 {
				first = word
			}
			same = same && word == first && word&kindMask == owned
		}
		for _, s := range c.spans[from:end] {
			right = addSpan(right, s.y, s.s)
		}
		c.spans = c.spans[:mark]
	}
	outFrom := len(c.spans)
	c.spans = append(c.spans, right...)
	w.giveSpans(right)
	if same {
		w.out = w.out[:at]
		return first, outFrom
	}
	return uint32(at-base)<<kindBits | split, outFrom
}

// smallCells is a bit for each cell of a block that e may be in, row by row, and
// perhaps for some more.
func (e *clipped) smallCells(x0, y0 int64, shift uint32) uint16 {
	row := func(y int64) int64 { return (y - y0) >> shift }
	column := func(x int64) int64 { return min(max((x-x0)>>shift, 0), blockSide-1) }
	first, last := row(e.from), row(e.end-1)
	a, b := column(int64(e.x1)), column(int64(e.x2))
	mask := uint16(0)
	for j := first; j <= last; j++ {
		from, to := min(a, b), max(a, b)
		if to > from && last > first { // a long one, so look closer
			low := column(e.at(max(e.from, y0+j<<shift)))
			high := column(e.at(min(e.end, y0+(j+1)<<shift) - 1))
			from, to = min(low, high), max(low, high)
		}
		mask |= (1<<(to+1) - 1<<from) << (j * blockSide)
	}
	return mask
}

// appendSpans appends the part of the spans from, …, end-1 that is on the rows
// from low to high-1.
func appendSpans(spans []span, from, end int, low, high int64) []span {
	for i := from; i < end; i++ {
		s := spans[i]
		if s.y >= high {
			break
		}
		if i+1 < end && spans[i+1].y <= low {
			continue
		}
		spans = append(spans, span{max(s.y, low), s.s})
	}
	return spans
}

// takeSpans and giveSpans keep empty span slices for blocks.
func (w *worker) takeSpans() []span {
	if n := len(w.spare); n > 0 {
		s := w.spare[n-1]
		w.spare = w.spare[:n-1]
		return s[:0]
	}
	return nil
}

func (w *worker) giveSpans(s []span) { w.spare = append(w.spare, s) }
