package cellindex

import (
	"fmt"
	"math"
	"testing"
)

// lattice is n × n leaves with wavy shared borders of per edges a side.
type lattice struct{ n, per int }

const pitch = 10_000

func (l lattice) at(i, j int) (int32, int32) {
	x, y := float64(i), float64(j)
	x, y = x+0.3*math.Sin(y/2+x), y+0.3*math.Cos(x/2-y)
	x, y = x+3*math.Sin(y/23), y+3*math.Sin(x/19)
	unit := float64(pitch) / float64(l.per)
	return int32(x * unit), int32(y * unit)
}

func (l lattice) Edges(leaf uint32, yield func(x1, y1, x2, y2 int32)) {
	i, j := int(leaf)/l.n*l.per, int(leaf)%l.n*l.per
	x1, y1 := l.at(i, j)
	step := func(di, dj int) {
		for range l.per {
			i, j = i+di, j+dj
			x2, y2 := l.at(i, j)
			yield(x1, y1, x2, y2)
			x1, y1 = x2, y2
		}
	}
	step(1, 0)
	step(0, 1)
	step(-1, 0)
	step(0, -1)
}

func (l lattice) Box(leaf uint32) (Box, bool) {
	x, y := l.at(int(leaf)/l.n*l.per, int(leaf)%l.n*l.per)
	b := Box{x, y, x, y}
	l.Edges(leaf, func(_, _, x, y int32) {
		b = Box{min(b.MinX, x), min(b.MinY, y), max(b.MaxX, x), max(b.MaxY, y)}
	})
	return b, true
}

func (l lattice) Size(leaf uint32) (edges int, length int64) {
	return 4 * l.per, 4 * pitch
}

func (lattice) Before(a, b uint32) bool { return a < b }

func (l lattice) leaves() []uint32 {
	out := make([]uint32, l.n*l.n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

func (l lattice) build() *Index { return Build(l, l.leaves(), nil) }

// scatter is places all over the lattice, the same in every run.
func (l lattice) scatter(count int) []spot {
	places := make([]spot, count)
	for i := range places {
		u, v := math.Mod(float64(i)*0.7548776662466927, 1), math.Mod(float64(i)*0.5698402909980532, 1)
		places[i] = spot{int32(u * float64(l.n*pitch)), int32(v * float64(l.n*pitch))}
	}
	return places
}

var latticeSizes = []int{10, 71, 316}

func BenchmarkFind(b *testing.B) {
	for _, n := range latticeSizes {
		l := lattice{n, 18}
		x := l.build()
		places := l.scatter(1 << 20)
		b.Run(fmt.Sprint(n*n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				p := places[i&(1<<20-1)]
				x.Find(p.x, p.y)
			}
			b.ReportMetric(float64(x.Words()*4)/float64(n*n*72), "B/vertex")
		})
	}
}

func BenchmarkFindAll(b *testing.B) {
	for _, n := range latticeSizes {
		l := lattice{n, 18}
		x := l.build()
		places := make([]Place, 1<<20)
		for i, p := range l.scatter(1 << 20) {
			places[i] = Place{p.x, p.y}
		}
		found := make([]uint32, 1<<16)
		b.Run(fmt.Sprint(n*n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				from := i % 16 << 16
				x.FindAll(places[from:from+1<<16], found)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(1<<16), "ns/place")
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range latticeSizes[:2] {
		l := lattice{n, 18}
		points := make([][][4]int32, n*n)
		for i := range points {
			l.Edges(uint32(i), func(x1, y1, x2, y2 int32) { points[i] = append(points[i], [4]int32{x1, y1, x2, y2}) })
		}
		src := stored{l, points}
		b.Run(fmt.Sprint(n*n), func(b *testing.B) {
			for b.Loop() {
				Build(src, l.leaves(), nil)
			}
			b.ReportMetric(float64(72*n*n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mvertices/s")
		})
	}
}

// stored is a lattice whose edges are looked up, not computed.
type stored struct {
	lattice
	edges [][][4]int32
}

func (s stored) Edges(leaf uint32, yield func(x1, y1, x2, y2 int32)) {
	for _, e := range s.edges[leaf] {
		yield(e[0], e[1], e[2], e[3])
	}
}

func (s stored) Box(leaf uint32) (Box, bool) {
	e := s.edges[leaf]
	b := Box{e[0][0], e[0][1], e[0][0], e[0][1]}
	for _, e := range e {
		b = Box{min(b.MinX, e[0]), min(b.MinY, e[1]), max(b.MaxX, e[0]), max(b.MaxY, e[1])}
	}
	return b, true
}

func (x *Index) stats() string {
	var owned_, narrow_, wide_, split_, entries int
	var walk func(row []uint32, base, w uint32)
	walk = func(row []uint32, base, w uint32) {
		switch w & kindMask {
		case owned:
			owned_++
		case split:
			split_++
			for _, c := range row[base+w>>2 : base+w>>2+16] {
				walk(row, base, c)
			}
		case narrow:
			narrow_++
			entries += int(row[base+w>>2] >> labelBits)
		case wide:
			wide_++
		}
	}
	roots, rootSplit := 0, 0
	for _, row := range x.rows {
		for c := range x.cols {
			w := row[c]
			roots++
			if w&kindMask == split {
				rootSplit++
				for _, c := range row[w>>2 : w>>2+16] {
					walk(row, w>>2, c)
				}
			} else {
				walk(row, 0, w)
			}
		}
	}
	return fmt.Sprintf("roots %d split %d; owned %d narrow %d (%.2f entries) wide %d split %d", roots, rootSplit, owned_, narrow_, float64(entries)/float64(narrow_), wide_, split_)
}

func TestStats(t *testing.T) {
	for _, n := range latticeSizes[:2] {
		t.Log(lattice{n, 18}.build().stats())
	}
}
