// Package duplicate finds the open reports (在办案件) that a new report may be about
// once more (重复上报): the same asset (部件), else the same matter or a sibling of it,
// near by and not long ago. It shows a score and why; it merges nothing.
//
// An Index holds what is open. It lives in memory with a single writer: Add, Remove
// and Move change it and must not run beside any other call. Every other method
// only reads; any number of them may run side by side. There are no snapshots: the
// index is derived from the open cases and can be built again from them, and one
// report changes every few seconds while a copy would cost all of them.
//
// # Who is a candidate
//
// Let r be the new report and p the Policy of its matter. An open report o with
// another id is a candidate of r when
//
//   - both name the same asset, whatever their matters, places and instants: an
//     asset id is of one thing, and the report on it is still open; or else
//   - its matter is that of r, or has the same Policy.Group, its place is no more
//     than p.Radius from r's and its instant no more than p.Window from r's, earlier
//     or later. What is exactly at either limit is within.
//
// The policy of r decides, not that of o: where matters of one group have other
// limits, o may be a candidate of r and r none of o. Where it is Off r has none; the
// open reports of such a matter are candidates of others all the same.
//
// # The score
//
// In basis points, 0 to 10,000, in integers, rounded down at each division:
//
//	near  = 10,000 - 10,000·away/Radius     millimetres; 10,000 for one asset
//	fresh = 10,000 - 10,000·apart/Window    milliseconds; 0 beyond the window
//	score = kin·(6·near + 4·fresh) / 100,000
//
// with kin 10,000 for the same matter, 8,000 for a sibling, 5,000 for another matter
// on one asset. So it falls from 10,000 here and now to 0 at both limits. The weights
// are this package's own; what a city wants merged is in Policy.Threshold.
//
// Distances are geodesic, in whole millimetres, of places at a map's resolution
// (see grid.Snap), across ±180 degrees and the poles as anywhere.
//
// # The order
//
// Candidates with the same asset come first, then the higher score, then the earlier
// instant, then the id. So of many reports of one thing the oldest is offered, the
// one into which the others should go.
package duplicate
