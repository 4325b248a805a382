package main

import (
	"github.com/paulmach/orb"
	"github.com/tidwall/geojson/geometry"
	"github.com/tidwall/rtree"
)

// geojsonMinPoints is the length from which tidwall/geojson indexes a ring; it is
// that package's own default.
const geojsonMinPoints = 64

func geojsonPeers() []peer {
	of := func(name, what string, kind geometry.IndexKind) peer {
		return peer{
			name: name, what: "tidwall/rtree, tidwall/geojson " + what, closed: true,
			build: func(t *tiling) (index, error) { return newGeojsonIndex(t, kind), nil },
		}
	}
	return []peer{
		of("geojson", "without index", geometry.None),
		of("geojson-quad", "QuadTree(64)", geometry.QuadTree),
		of("geojson-rtree", "RTree(64)", geometry.RTree),
	}
}

type geojsonIndex struct {
	tree  rtree.RTreeG[uint32]
	leaf  [][]*geometry.Poly
	bytes int
}

func newGeojsonIndex(t *tiling, kind geometry.IndexKind) *geojsonIndex {
	x := &geojsonIndex{bytes: coordinatesOf(t, 16, true)}
	opts := &geometry.IndexOptions{Kind: kind, MinPoints: geojsonMinPoints}
	for i, leaf := range t.leaves {
		polys := make([]*geometry.Poly, len(leaf))
		for k, polygon := range leaf {
			var holes [][]geometry.Point
			for _, hole := range polygon[1:] {
				holes = append(holes, geojsonRing(hole))
			}
			polys[k] = geometry.NewPoly(geojsonRing(polygon[0]), holes, opts)
		}
		x.leaf = append(x.leaf, polys)
		b := leaf.Bound()
		x.tree.Insert(b.Min, b.Max, uint32(i))
	}
	return x
}

func geojsonRing(ring orb.Ring) []geometry.Point {
	points := make([]geometry.Point, len(ring))
	for i, p := range ring {
		points[i] = geometry.Point{X: p[0], Y: p[1]}
	}
	return points
}

// at is the first leaf found that holds p, plus 1; 0 for none.
func (x *geojsonIndex) at(p orb.Point) uint32 {
	var found uint32
	x.tree.Search(p, p, func(_, _ [2]float64, i uint32) bool {
		for _, poly := range x.leaf[i] {
			if poly.ContainsPoint(geometry.Point{X: p[0], Y: p[1]}) {
				found = i + 1
				return false
			}
		}
		return true
	})
	return found
}

func (x *geojsonIndex) each(points []orb.Point) uint64  { return sum(points, x.at) }
func (x *geojsonIndex) chain(points []orb.Point) uint64 { return follow(points, x.at) }
func (x *geojsonIndex) owner(p orb.Point) int           { return int(x.at(p)) - 1 }
func (x *geojsonIndex) coordinates() int                { return x.bytes }
