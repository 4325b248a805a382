package crs

import "github.com/paulmach/orb"

// BoundaryToWGS84 is a boundary with every point converted by ToWGS84, as new
// memory with the same polygons, rings and points; nil stays nil. Points alone
// are converted: an edge that is straight in one system is bent in the other,
// by some 2 cm in the middle for an edge of 1 km at 40°N and four times as much
// for each doubling of its length. O(points).
//
// If a point is refused there is no boundary, and the error is a *BoundaryError
// with every refused point, the first FaultsMax of them in full.
func (s System) BoundaryToWGS84(b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return s.boundary(b, System.toWGS84)
}

// BoundaryFromWGS84 is BoundaryToWGS84 the other way.
func (s System) BoundaryFromWGS84(b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return s.boundary(b, System.fromWGS84)
}

func (s System) boundary(b orb.MultiPolygon, convert func(System, orb.Point) (orb.Point, error)) (orb.MultiPolygon, error) {
	if b == nil {
		return nil, nil
	}
	refused := BoundaryError{}
	out := make(orb.MultiPolygon, len(b))
	for i, polygon := range b {
		out[i] = make(orb.Polygon, len(polygon))
		for j, ring := range polygon {
			out[i][j] = make(orb.Ring, len(ring))
			for k, p := range ring {
				q, err := convert(s, p)
				if err != nil {
					refused.add(s, err, p, [3]int{i, j, k})
				}
				out[i][j][k] = q
			}
		}
	}
	if len(refused.Faults) > 0 {
		return nil, &refused
	}
	return out, nil
}

// add notes a refused point, or only counts it.
func (e *BoundaryError) add(s System, err error, p orb.Point, place [3]int) {
	if len(e.Faults) == FaultsMax {
		e.Left++
		return
	}
	f := s.refuse(err, p)
	f.Polygon, f.Ring, f.Vertex = place[0], place[1], place[2]
	e.Faults = append(e.Faults, f)
}
