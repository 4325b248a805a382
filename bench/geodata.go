package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// readTiling makes a tiling of the areas of a GeoJSON file, plain or gzip, in the
// order of their codes. Every point is snapped to 1e-7 degree, so all peers see
// the same places, and points that then repeat the one before are left out.
func readTiling(path string) (*tiling, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	features, err := geofile.Decode(filepath.Base(path), f, geofile.Options{})
	if err != nil {
		return nil, err
	}
	units, err := geofile.Units(features, 0, geofile.UnitOptions{})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(units, func(a, b grid.Unit) int { return strings.Compare(string(a.Code), string(b.Code)) })
	var leaves []orb.MultiPolygon
	for _, u := range units {
		if leaf := snapped(u.Boundary); len(leaf) > 0 {
			leaves = append(leaves, leaf)
		}
	}
	if len(leaves) == 0 {
		return nil, fmt.Errorf("%s: no areas", path)
	}
	return newTiling(filepath.Base(path), leaves), nil
}

// snapped is a boundary at 1e-7 degree, without rings that vanish there.
func snapped(boundary orb.MultiPolygon) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, polygon := range boundary {
		var rings orb.Polygon
		for i, ring := range polygon {
			r := make(orb.Ring, 0, len(ring)+1)
			for _, p := range ring {
				if q, ok := grid.Snap(p); ok && (len(r) == 0 || r[len(r)-1] != q) {
					r = append(r, q)
				}
			}
			if len(r) > 0 && r[0] != r[len(r)-1] {
				r = append(r, r[0])
			}
			if len(r) < 4 && i == 0 {
				break // a polygon without its outer ring is none
			}
			if len(r) >= 4 {
				rings = append(rings, r)
			}
		}
		if len(rings) > 0 {
			out = append(out, rings)
		}
	}
	return out
}
