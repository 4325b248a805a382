package main

import (
	"strconv"

	"github.com/paulmach/orb"
	"github.com/ringsaturn/tzf"
	tzfpb "github.com/ringsaturn/tzf/gen/go/tzf/v1"
)

func tzfPeers() []peer {
	return []peer{{
		name: "tzf", what: "ringsaturn/tzf Finder fed with the leaves", closed: true, rounds: true,
		leavesMax: 200_000,
		why:       "it asks every leaf in turn, which takes several ms a point",
		build:     func(t *tiling) (index, error) { return newTZFIndex(t) },
	}}
}

// tzfIndex asks tzf, whose answer is the name of a leaf.
type tzfIndex struct {
	finder tzf.F
	bytes  int
}

func newTZFIndex(t *tiling) (*tzfIndex, error) {
	zones := &tzfpb.Timezones{Version: "bench"}
	for i, leaf := range t.leaves {
		zone := &tzfpb.Timezone{Name: string(leafCode(i))}
		for _, polygon := range leaf {
			p := &tzfpb.Polygon{Points: tzfRing(polygon[0])}
			for _, hole := range polygon[1:] {
				p.Holes = append(p.Holes, &tzfpb.Polygon{Points: tzfRing(hole)})
			}
			zone.Polygons = append(zone.Polygons, p)
		}
		zones.Timezones = append(zones.Timezones, zone)
	}
	finder, err := tzf.NewFinderFromPB(zones, tzf.SetDropPBTZ)
	if err != nil {
		return nil, err
	}
	return &tzfIndex{finder: finder, bytes: coordinatesOf(t, 16, true)}, nil
}

func tzfRing(ring orb.Ring) []*tzfpb.Point {
	points := make([]*tzfpb.Point, len(ring))
	for i, p := range ring {
		points[i] = &tzfpb.Point{Lng: float32(p[0]), Lat: float32(p[1])}
	}
	return points
}

// at is the last digit of the first leaf's name that holds p; 0 for none. It is
// only there so that no answer can be left out.
func (x *tzfIndex) at(p orb.Point) uint32 {
	name := x.finder.GetTimezoneName(p[0], p[1])
	if name == "" {
		return 0
	}
	return uint32(name[len(name)-1])
}

func (x *tzfIndex) each(points []orb.Point) uint64  { return sum(points, x.at) }
func (x *tzfIndex) chain(points []orb.Point) uint64 { return follow(points, x.at) }
func (x *tzfIndex) coordinates() int                { return x.bytes }

func (x *tzfIndex) owner(p orb.Point) int {
	i, err := strconv.Atoi(x.finder.GetTimezoneName(p[0], p[1]))
	if err != nil {
		return -1
	}
	return i
}
