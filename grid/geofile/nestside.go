package geofile

import "github.com/paulmach/orb"

// bandsMin is how many points a ring needs before its edges are put into bands.
const bandsMin = 64

// bands lists the edges of a ring by the strips of latitude that they cross, so
// that a place is compared with those beside it.
type bands struct {
	low, scale float64
	starts     []int32 // where each band begins in edges, and one more
	edges      []int32 // by their second point, counted in the ring
}

// side is 1 when p lies in ring j, -1 when it lies outside, and 0 when it lies on
// the ring or too near to tell.
func (n *nester) side(j int, p orb.Point) int {
	r := &n.rings[j]
	ring := n.points[r.from:r.to]
	if p[1] < r.box.Min[1] || p[1] > r.box.Max[1] {
		return -1
	}
	in := false
	if len(ring) < bandsMin {
		n.budget -= len(ring)
		a := ring[len(ring)-1]
		for _, b := range ring {
			switch crosses(a, b, p) {
			case 0:
				return 0
			case 1:
				in = !in
			}
			a = b
		}
	} else {
		if r.bands == nil {
			r.bands = newBands(ring, r.box.Min[1], r.box.Max[1])
			n.budget -= len(r.bands.edges)
		}
		k := r.bands.of(p[1])
		edges := r.bands.edges[r.bands.starts[k]:r.bands.starts[k+1]]
		n.budget -= len(edges)
		for _, e := range edges {
			a := ring[len(ring)-1]
			if e > 0 {
				a = ring[e-1]
			}
			switch crosses(a, ring[e], p) {
			case 0:
				return 0
			case 1:
				in = !in
			}
		}
	}
	if in {
		return 1
	}
	return -1
}

// crosses is 1 when the edge from a to b crosses the ray that goes east from p,
// -1 when it does not, and 0 when p lies on the edge or too near to tell.
func crosses(a, b, p orb.Point) int {
	if p == a || p == b {
		return 0
	}
	if (a[1] <= p[1]) == (b[1] <= p[1]) {
		if a[1] == p[1] && b[1] == p[1] && (a[0] <= p[0]) != (b[0] <= p[0]) {
			return 0
		}
		return -1
	}
	left, right := float64((b[0]-a[0])*(p[1]-a[1])), float64((p[0]-a[0])*(b[1]-a[1]))
	det := left - right
	// The error of det is below (3+16u)u(|left|+|right|), u = 2^-53 (Shewchuk
	// 1997, "ccwerrboundA").
	const bound = 3.3306690738754716e-16
	if bound := float64(bound * (max(left, -left) + max(right, -right))); det <= bound && det >= -bound {
		return 0
	}
	if (det > 0) == (b[1] > a[1]) {
		return 1
	}
	return -1
}

// newBands sorts the edges of a ring into bands, of which there are as many as
// keep the list under four entries an edge.
func newBands(ring orb.Ring, low, high float64) *bands {
	for count := len(ring) / 8; ; count /= 2 {
		b := &bands{low: low, starts: make([]int32, count+1)}
		if high > low {
			b.scale = float64(count) / (high - low)
		}
		total := 0
		b.each(ring, func(_, from, to int) {
			total += to - from + 1
			for k := from; k <= to && total <= 4*len(ring); k++ {
				b.starts[k]++
			}
		})
		if total > 4*len(ring) && count > 1 {
			continue
		}
		sum := int32(0)
		for k, size := range b.starts {
			b.starts[k], sum = sum, sum+size
		}
		b.edges = make([]int32, total)
		next := append([]int32(nil), b.starts...)
		b.each(ring, func(edge, from, to int) {
			for k := from; k <= to; k++ {
				b.edges[next[k]] = int32(edge)
				next[k]++
			}
		})
		return b
	}
}

// each visits the edges with their first and last band.
func (b *bands) each(ring orb.Ring, visit func(edge, from, to int)) {
	previous := b.of(ring[len(ring)-1][1])
	for i, p := range ring {
		k := b.of(p[1])
		visit(i, min(previous, k), max(previous, k))
		previous = k
	}
}

// of is the band of a latitude; it never falls as y rises.
func (b *bands) of(y float64) int {
	last := len(b.starts) - 2
	k := (y - b.low) * b.scale
	if !(k < float64(last)) {
		return last
	}
	return max(int(k), 0)
}
