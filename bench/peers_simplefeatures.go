package main

import (
	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
	"github.com/peterstace/simplefeatures/rtree"
)

func simplefeaturesPeers() []peer {
	of := func(name, what string, holds func(leaf, p geom.Geometry) bool) peer {
		return peer{
			name: name, what: "simplefeatures rtree, " + what, closed: true,
			build: func(t *tiling) (index, error) { return newSimplefeaturesIndex(t, holds), nil },
		}
	}
	intersects := of("simplefeatures", "Intersects", geom.Intersects)
	contains := of("simplefeatures-contains", "Contains (DE-9IM)", func(leaf, p geom.Geometry) bool {
		ok, err := geom.Contains(leaf, p)
		return ok && err == nil
	})
	return []peer{intersects, contains}
}

type simplefeaturesIndex struct {
	tree   *rtree.RTree
	leaves []geom.Geometry
	holds  func(leaf, p geom.Geometry) bool
	bytes  int
}

func newSimplefeaturesIndex(t *tiling, holds func(leaf, p geom.Geometry) bool) *simplefeaturesIndex {
	x := &simplefeaturesIndex{holds: holds, bytes: coordinatesOf(t, 16, true)}
	var items []rtree.BulkItem
	for i, leaf := range t.leaves {
		var polygons []geom.Polygon
		for _, polygon := range leaf {
			var rings []geom.LineString
			for _, ring := range polygon {
				floats := make([]float64, 0, 2*len(ring))
				for _, p := range ring {
					floats = append(floats, p[0], p[1])
				}
				rings = append(rings, geom.NewLineString(geom.NewSequence(floats, geom.DimXY)))
			}
			polygons = append(polygons, geom.NewPolygon(rings))
		}
		g := geom.NewMultiPolygon(polygons).AsGeometry()
		if len(polygons) == 1 {
			g = polygons[0].AsGeometry()
		}
		x.leaves = append(x.leaves, g)
		b := leaf.Bound()
		items = append(items, rtree.BulkItem{
			Box: rtree.Box{MinX: b.Min[0], MinY: b.Min[1], MaxX: b.Max[0], MaxY: b.Max[1]}, RecordID: i,
		})
	}
	x.tree = rtree.BulkLoad(items)
	return x
}

// at is the first leaf found that holds p, plus 1; 0 for none.
func (x *simplefeaturesIndex) at(p orb.Point) uint32 {
	point := geom.XY{X: p[0], Y: p[1]}.AsPoint().AsGeometry()
	var found uint32
	box := rtree.Box{MinX: p[0], MinY: p[1], MaxX: p[0], MaxY: p[1]}
	// RangeSearch answers no error but the callback's own, which is Stop.
	_ = x.tree.RangeSearch(box, func(i int) error {
		if x.holds(x.leaves[i], point) {
			found = uint32(i + 1)
			return rtree.Stop
		}
		return nil
	})
	return found
}

func (x *simplefeaturesIndex) each(points []orb.Point) uint64  { return sum(points, x.at) }
func (x *simplefeaturesIndex) chain(points []orb.Point) uint64 { return follow(points, x.at) }
func (x *simplefeaturesIndex) owner(p orb.Point) int           { return int(x.at(p)) - 1 }
func (x *simplefeaturesIndex) coordinates() int                { return x.bytes }
