package main

import (
	"slices"

	"github.com/golang/geo/s2"
	"github.com/paulmach/orb"
)

func s2Peers() []peer {
	return []peer{{
		name: "s2", what: "golang/geo ShapeIndex of lax polygons, semi-open",
		build: func(t *tiling) (index, error) { return newS2Index(t), nil },
	}}
}

// s2Index answers on the sphere: edges are great circles, which leave the straight
// line in longitude and latitude by (length² · tan latitude) / 8 radians: 0.3 mm for
// an edge of 200 m at 22.5° north.
type s2Index struct {
	query *s2.ContainsPointQuery
	bytes int
}

// s2Leaf is a shape that knows its leaf.
type s2Leaf struct {
	*s2.LaxPolygon
	number uint32 // ordinal plus 1
}

func newS2Index(t *tiling) *s2Index {
	shapes := s2.NewShapeIndex()
	for i, leaf := range t.leaves {
		var loops [][]s2.Point
		for _, polygon := range leaf {
			for k, ring := range polygon {
				loops = append(loops, s2Loop(ring, k > 0))
			}
		}
		shapes.Add(&s2Leaf{s2.LaxPolygonFromPoints(loops), uint32(i + 1)})
	}
	shapes.Build()
	return &s2Index{
		query: s2.NewContainsPointQuery(shapes, s2.VertexModelSemiOpen),
		bytes: coordinatesOf(t, 24, false),
	}
}

// s2Loop is a ring with the leaf on its left, as S2 wants it, and not closed.
func s2Loop(ring orb.Ring, hole bool) []s2.Point {
	loop := make([]s2.Point, len(ring)-1)
	for i := range loop {
		loop[i] = s2Point(ring[i])
	}
	if (ring.Orientation() == orb.CW) != hole {
		slices.Reverse(loop)
	}
	return loop
}

func s2Point(p orb.Point) s2.Point {
	return s2.PointFromLatLng(s2.LatLngFromDegrees(p[1], p[0]))
}

// at is the first leaf that holds p, plus 1; 0 for none.
func (x *s2Index) at(p orb.Point) uint32 {
	for _, shape := range x.query.ContainingShapes(s2Point(p)) {
		return shape.(*s2Leaf).number
	}
	return 0
}

func (x *s2Index) each(points []orb.Point) uint64  { return sum(points, x.at) }
func (x *s2Index) chain(points []orb.Point) uint64 { return follow(points, x.at) }
func (x *s2Index) owner(p orb.Point) int           { return int(x.at(p)) - 1 }
func (x *s2Index) coordinates() int                { return x.bytes }
