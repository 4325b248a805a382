// Package grid answers which grid (网格) owns a place: exactly one leaf of a Map
// if the place lies in any leaf's region, none otherwise, and always the same
// one, on borders and corners too. A Map is immutable and safe for concurrent
// use.
//
// Build takes the units of a subdistrict (街道), from the outermost level to the
// grids, in any order, checks them all at once and answers a Map or every fault.
// Places are WGS84 degrees, orb.Point{lng, lat}, snapped once to whole units of
// 1e-7 degree; everything after that is exact integer arithmetic. Edges are
// straight lines in longitude and latitude. A boundary that crosses the 180th
// meridian must be cut there by the caller.
//
// What one unit's boundary does to itself is checked here. What units do to each
// other is not: two leaves may overlap, in which case the smaller code owns what
// both claim, and there may be gaps between them, which nobody owns. Package
// grid/audit proves that there is neither, or says where.
//
// A Map does not change. Map.Apply makes another one, which shares with it what
// the edits left alone; a Timeline keeps the versions and answers each instant
// with the map that was in force, and Diff says what became of every unit.
// References (Ref) number the units of one Map in hierarchy order, so that the
// units inside a unit are one interval of numbers: see Map.Contains and Map.Last.
//
// Layers lay features over a Map: main streets and lanes, parks, buildings, with
// class and owner. A Hierarchy is another tree over the same leaves, proved to
// hold each of them once.
//
// Distances are metres on the WGS84 ellipsoid: see Nearest, Radius, Neighbors and
// Map.Snap, which is for a place just outside and never silent about how far.
package grid
