package cellindex

import (
	"slices"
	"sync"
)

// Source is the leaves to be indexed.
type Source interface {
	// Box is a box that holds every edge of a leaf; false for a leaf without edges.
	Box(leaf uint32) (Box, bool)
	// Size is the number of edges of a leaf and the sum of their lengths, each as
	// far as it goes east or west plus as far as it goes north or south.
	Size(leaf uint32) (edges int, length int64)
	// Edges yields the edges of a leaf in any order and direction. An edge that is
	// yielded twice is no edge.
	Edges(leaf uint32, yield func(x1, y1, x2, y2 int32))
	// Before reports whether a owns what both a and b hold. It is a strict total order.
	Before(a, b uint32) bool
}

// Box is a closed box.
type Box struct{ MinX, MinY, MaxX, MaxY int32 }

const (
	edgesPerCell = 0.5     // root cells are so large that they have so many edges on average, or more
	cellsPerEdge = 3       // and that an edge is at most so many of them long on average
	rowsPerGroup = 8       // rows that are built together, at least
	groupsMax    = 64      // a leaf in all rows is read at most so often
	shiftMin     = 4       // the smallest root cells are 16 units a side
	shiftMax     = 28      // the largest, whose sides do not wrap round: see Find
	rootCellsMax = 1 << 26 // 256 MiB of words
)

// Build indexes leaves. parallel runs do(0) … do(n-1) in any order on any
// goroutines and returns when all are done; nil is one after the other.
//
// O(n log n) in edges. How long they are does not matter: root cells are so
// large that an edge passes through a few of them on average, and what a root
// cell may use is bounded by its edges.
func Build(src Source, leaves []uint32, parallel func(n int, do func(i int))) *Index {
	return build(src, leaves, edgesPerCell, parallel)
}

func build(src Source, leaves []uint32, perCell float64, parallel func(n int, do func(i int))) *Index {
	type item struct {
		leaf uint32
		box  Box
	}
	var items []item
	var all Box
	edges, length := 0, int64(0)
	for _, leaf := range leaves {
		box, ok := src.Box(leaf)
		if !ok {
			continue
		}
		if len(items) == 0 {
			all = box
		}
		all = Box{min(all.MinX, box.MinX), min(all.MinY, box.MinY), max(all.MaxX, box.MaxX), max(all.MaxY, box.MaxY)}
		items = append(items, item{leaf, box})
		n, far := src.Size(leaf)
		edges, length = edges+n, length+far
	}
	if len(items) == 0 {
		return &Index{}
	}
	x := raster(all, float64(edges)/perCell, float64(length)/float64(edges))
	groups := min(groupsMax, (len(x.rows)+rowsPerGroup-1)/rowsPerGroup)
	byGroup := make([][]uint32, groups)
	first := func(g int) int { return g * len(x.rows) / groups }
	group := func(y int32) int {
		r := int(uint32(y-x.minY) >> x.shift)
		g := r * groups / len(x.rows)
		for g+1 < groups && first(g+1) <= r {
			g++
		}
		return g
	}
	for _, it := range items {
		for g := group(it.box.MinY); g <= group(it.box.MaxY); g++ {
			byGroup[g] = append(byGroup[g], it.leaf)
		}
	}
	var mu sync.Mutex
	var idle []*worker // keep their memory from group to group
	take := func() *worker {
		mu.Lock()
		defer mu.Unlock()
		if n := len(idle); n > 0 {
			w := idle[n-1]
			idle = idle[:n-1]
			return w
		}
		return newWorker(x, src)
	}
	do := func(g int) {
		w := take()
		w.load(byGroup[g], first(g), first(g+1))
		for r := first(g); r < first(g+1); r++ {
			x.rows[r] = slices.Clone(w.row(r, 0, x.cols, nil))
		}
		mu.Lock()
		idle = append(idle, w)
		mu.Unlock()
	}
	if parallel != nil && groups > 1 {
		parallel(groups, func(g int) {
			if g >= 0 && g < groups {
				do(g)
			}
		})
	}
	for g := range groups {
		if x.rows[first(g)] == nil {
			do(g)
		}
	}
	return x
}

// raster is an Index with empty rows over a box: of about so many root cells, but
// such that edges, on average of that length, do not cross too many each.
func raster(all Box, cells, length float64) *Index {
	wide, high := uint64(int64(all.MaxX)-int64(all.MinX))+1, uint64(int64(all.MaxY)-int64(all.MinY))+1
	want := uint64(max(1, min(cells, rootCellsMax)))
	shift := uint32(shiftMin)
	for shift < shiftMax && (cellsOf(wide, shift)*cellsOf(high, shift) > want || length > cellsPerEdge*float64(int64(1)<<shift)) {
		shift++
	}
	return &Index{
		minX: all.MinX, minY: all.MinY, shift: shift,
		cols: uint32(cellsOf(wide, shift)), rows: make([][]uint32, cellsOf(high, shift)),
	}
}

func cellsOf(units uint64, shift uint32) uint64 { return (units + 1<<shift - 1) >> shift }

// worker builds rows. It is used by one goroutine and keeps its scratch memory.
type worker struct {
	x    *Index
	src  Source
	sets sets

	raw   []edge   // of some rows
	edges []edge   // the same by row, in each that they are on
	start []uint32 // where each row starts in edges, and one more
	first int      // number of the first of these rows

	byCol []edge   // the edges of one row, by column
	cols  []uint32 // where each column starts in byCol, and one more
	spans [2][]span
	out   []uint32 // the row

	cells cellScratch
	spare [][]span
}

func newWorker(x *Index, src Source) *worker {
	return &worker{x: x, src: src, sets: sets{before: src.Before}}
}

// load sorts the edges of some leaves into the rows from, …, to-1.
func (w *worker) load(leaves []uint32, from, to int) {
	w.first = from
	w.start = append(w.start[:0], make([]uint32, to-from+2)...)
	low := int64(w.x.minY) + int64(from)<<w.x.shift
	rows := func(y1, y2 int32) (int, int) {
		a, b := (int64(y1)-low)>>w.x.shift, (int64(y2)-1-low)>>w.x.shift
		return int(max(a, 0)), int(min(b, int64(to-from-1)))
	}
	w.raw = w.raw[:0]
	for _, leaf := range leaves {
		w.src.Edges(leaf, func(x1, y1, x2, y2 int32) {
			switch {
			case y1 > y2:
				x1, y1, x2, y2 = x2, y2, x1, y1
			case y1 == y2:
				return
			}
			a, b := rows(y1, y2)
			if a > b {
				return
			}
			w.raw = append(w.raw, edge{x1, y1, x2, y2, leaf + 1})
			for ; a <= b; a++ {
				w.start[a+2]++
			}
		})
	}
	for i := 2; i < len(w.start); i++ {
		w.start[i] += w.start[i-1]
	}
	n := int(w.start[len(w.start)-1])
	w.edges = slices.Grow(w.edges[:0], n)[:n]
	for i := range w.raw {
		e := &w.raw[i]
		for a, b := rows(e.y1, e.y2); a <= b; a++ {
			w.edges[w.start[a+1]] = *e
			w.start[a+1]++
		}
	}
}

// row builds the cells from, …, to-1 of a row that was loaded, and keeps the
// others of old, which is nil when there are no others. The answer is the
// worker's and lasts until the next call.
func (w *worker) row(r int, from, to uint32, old []uint32) []uint32 {
	edges := w.edges[w.start[r-w.first]:w.start[r-w.first+1]]
	y0 := int64(w.x.minY) + int64(r)<<w.x.shift
	y1 := y0 + 1<<w.x.shift
	w.toColumns(edges, y0, y1, from, to)
	in := w.leftSpans(edges, int64(w.x.minX)+int64(from)<<w.x.shift, y0, y1, from)
	w.out = append(w.out[:0], make([]uint32, w.x.cols)...)
	for c := range w.x.cols {
		var word uint32
		if c < from || c >= to {
			word = w.keep(old, c)
		} else {
			x0 := int64(w.x.minX) + int64(c)<<w.x.shift
			word, in = w.root(w.byCol[w.cols[c-from]:w.cols[c-from+1]], x0, y0, in)
		}
		w.out[c] = word
	}
	return w.out
}

// toColumns sorts the edges of a row by the columns they pass through.
func (w *worker) toColumns(edges []edge, y0, y1 int64, from, to uint32) {
	n := int(to - from)
	w.cols = append(w.cols[:0], make([]uint32, n+2)...)
	shift, minX := w.x.shift, w.x.minX
	span := func(e *edge) (int, int) {
		a, b := uint32(e.x1-minX)>>shift, uint32(e.x2-minX)>>shift
		if a != b {
			low, high := max(int64(e.y1), y0), min(int64(e.y2), y1)-1
			// Columns of the first place it toggles in the lowest and highest row.
			a, b = uint32(e.at(low)-int64(minX))>>shift, uint32(e.at(high)-int64(minX))>>shift
		}
		a, b = min(a, b), max(a, b)
		if b < from || a >= to {
			return 1, 0
		}
		return int(max(a, from) - from), int(min(b, to-1) - from)
	}
	for i := range edges {
		for a, b := span(&edges[i]); a <= b; a++ {
			w.cols[a+2]++
		}
	}
	for i := 2; i < len(w.cols); i++ {
		w.cols[i] += w.cols[i-1]
	}
	total := int(w.cols[n+1])
	w.byCol = slices.Grow(w.byCol[:0], total)[:total]
	for i := range edges {
		for a, b := span(&edges[i]); a <= b; a++ {
			w.byCol[w.cols[a+1]] = edges[i]
			w.cols[a+1]++
		}
	}
}
