package geofile

import "github.com/paulmach/orb"

// shape collects the coordinates of one geometry. Its memory is used again for
// the next one.
type shape struct {
	points []orb.Point
	ends   []int // where each ring or line ends in points
	starts []int // where it begins in the text
	parts  []int // where each polygon ends in ends
	// tangled: the coordinates are not nested as their type says.
	tangled bool
}

func (g *shape) reset() {
	g.points, g.ends, g.starts, g.parts = g.points[:0], g.ends[:0], g.starts[:0], g.parts[:0]
	g.tangled = false
}

// copied is the points in memory of their own.
func (g *shape) copied() []orb.Point { return append([]orb.Point(nil), g.points...) }

func (g *shape) polygons() orb.MultiPolygon { return g.polygonsOf(g.copied()) }

// polygonsOf cuts points, which are those of g, into the polygons.
func (g *shape) polygonsOf(points []orb.Point) orb.MultiPolygon {
	if len(g.parts) == 0 {
		return nil
	}
	rings := make([]orb.Ring, len(g.ends))
	from := 0
	for i, end := range g.ends {
		rings[i] = points[from:end:end]
		from = end
	}
	polygons := make(orb.MultiPolygon, len(g.parts))
	from = 0
	for i, end := range g.parts {
		polygons[i] = rings[from:end:end]
		from = end
	}
	return polygons
}

func (g *shape) lines() orb.MultiLineString { return g.linesOf(g.copied()) }

// linesOf cuts points, which are those of g, into the lines.
func (g *shape) linesOf(points []orb.Point) orb.MultiLineString {
	if len(g.ends) == 0 {
		return nil
	}
	lines := make(orb.MultiLineString, len(g.ends))
	from := 0
	for i, end := range g.ends {
		lines[i] = points[from:end:end]
		from = end
	}
	return lines
}
