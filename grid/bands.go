package grid

// bands lists the edges of a big leaf by the rows they are on, so that a place
// is tested against few of them. The zero bands is not in use.
type bands struct {
	low    int32    // lowest row
	rows   int64    // number of rows
	starts []uint32 // where each band starts in edges, and one more
	edges  []uint32 // index of an edge's first point
}

const (
	bandsFrom    = 1024 // edges from which bands pay
	edgesPerBand = 8    // aimed at, edges counted once
	bandsSpread  = 4    // entries an edge may have on average
)

// newBands makes the bands of the paths from, …, to-1, or none for few edges.
// When edges are so long that they would fill too many bands, there are fewer.
func newBands(s *shapes, from, to uint32, low, high int32) bands {
	first, end := s.rings[from], s.rings[to]
	n := int(end-first) - int(to-from)
	if n < bandsFrom {
		return bands{}
	}
	b := bands{low: low, rows: int64(high) - int64(low) + 1}
	each := func(visit func(band int, edge uint32), k int) {
		for r := from; r < to; r++ {
			for i := s.rings[r]; i+1 < s.rings[r+1]; i++ {
				lower, upper := s.points[i].y, s.points[i+1].y
				if lower == upper {
					continue
				}
				lower, upper = min(lower, upper), max(lower, upper)
				for band := b.band(lower, k); band <= b.band(upper-1, k); band++ {
					visit(band, i)
				}
			}
		}
	}
	k := n / edgesPerBand
	for ; k > 1; k /= 2 {
		entries := 0
		for r := from; r < to; r++ {
			for i := s.rings[r]; i+1 < s.rings[r+1]; i++ {
				lower, upper := s.points[i].y, s.points[i+1].y
				entries += b.band(max(lower, upper), k) - b.band(min(lower, upper), k) + 1
			}
		}
		if entries <= bandsSpread*n {
			break
		}
	}
	b.starts = make([]uint32, k+1)
	each(func(band int, _ uint32) { b.starts[band+1]++ }, k)
	for i := range k {
		b.starts[i+1] += b.starts[i]
	}
	b.edges = make([]uint32, b.starts[k])
	next := make([]uint32, k)
	copy(next, b.starts)
	each(func(band int, edge uint32) {
		b.edges[next[band]] = edge
		next[band]++
	}, k)
	return b
}

// band is the band of a row when there are k. Below 1.8e9 rows and 1.7e7 bands,
// the product fits an int64.
func (b *bands) band(y int32, k int) int {
	return int((int64(y) - int64(b.low)) * int64(k) / b.rows)
}

// holds is shapes.holds by way of the bands.
func (b *bands) holds(points []point, p point) bool {
	if row := int64(p.y) - int64(b.low); row < 0 || row >= b.rows {
		return false
	}
	k := b.band(p.y, len(b.starts)-1)
	in := false
	for _, i := range b.edges[b.starts[k]:b.starts[k+1]] {
		if toggles(points[i], points[i+1], p) {
			in = !in
		}
	}
	return in
}
