// Package audit proves that every place in a map of units has exactly one owner,
// or lists every place where it has not (边界核查): overlaps, gaps, units outside
// their parent, and beside them counts that do not add up, codes that contradict
// the hierarchy, slivers and misplaced units. A Report is immutable and safe for
// concurrent use.
//
// # The proof
//
// A grid.Map holds whole units of 1e-7 degree. The border of a unit is the sum of
// its edges, each directed so that the unit is on its left. The borders of a
// unit's children, added up, less its own, leave nothing exactly when the
// children share it out: each place in it is in one of them and none of theirs
// is outside. Opposite edges cancel by hashing, and edges on one straight line
// whose vertices differ cancel along it, so data that are clean are proved in
// O(n) without any geometry, and the answer is yes or no, not up to a tolerance.
// By the border rule of package grid it is true of places on borders too.
//
// # What is not clean
//
// What the sum leaves is where the defects' borders are. Around there the borders
// are drawn as an arrangement: crossings are exact fractions, and which units a
// face lies in follows from the edges between it and its neighbours, so a face is
// found however thin it is, and no face is invented. Only the answer is rounded:
// areas (m² on the WGS84 ellipsoid) and polygons are float64, a place is a whole
// multiple of 1e-7 degree. Units whose boundaries cross themselves where snapping
// made them are drawn without the sum.
//
// Finding says how findings are bundled, Kind what each means, and Severity how
// much it matters. Audit's comment says what is compared with what, and the
// limits: FindingsMax, and crossings beyond reason (Tangled).
package audit
