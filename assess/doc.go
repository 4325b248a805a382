// Package assess says how well work was done: in rates that never lose their
// counts, and in scores that add up to the ten-thousandth of a point.
//
// # Rates
//
// Every Rate carries numerator, denominator and exclusions, an empty denominator is
// "no data" and never 0 or 100 %, and every count is explained by the facts that
// entered it. The caller turns what happened into Facts: named true things ("due",
// "closed_on_time", "deferred") about one undertaking at one instant, with the
// groups it counts for (its area and all areas above it, its party and all
// parties above that). A Scheme says which marks form which Indicator (指标):
// cities define the same rate by different denominators, so a denominator is
// data here. Score counts, and the ScoreBoard (评价榜) it answers is immutable
// and safe for concurrent use. Rates are never averaged: the rate of a whole is
// the rate of its summed counts, which Rate.Plus gives.
//
// # Scores
//
// A Scheme may have indicator trees (指标体系). A leaf turns a rate, or a value that
// the caller measured (ScoreBoard.With), into 0 to 100 points by a Curve; an inner
// node weighs its children by basis points that add up to 10,000; an Adjustment
// adds or deducts points for each of a number of things, up to a cap. A node
// without data does what its policy says (Missing), and the zero policy makes
// nothing up: the nodes above then have no score.
//
//	total ──┬─ 60 % work ──────┬─ 70 % on time   rate  ── curve ── points
//	        │                  └─ 30 % rework    rate  ── falling curve
//	        ├─ 40 % discipline                   value ── curve
//	        └─ complaints: −1 each, 20 at most
//
// There is no floating point. A leaf's score is rounded half up to a ten-thousandth
// of a point; sums of leaves are exact and rounded once, for the node that is
// asked for. So every score is within 0 and 100; raising the score of one leaf
// lowers no score, as long as the same leaves have data (a leaf that gets data for
// the first time may lower a total from which it was left out, or in which it
// counted as full); and the score of a member depends on nobody else, so that
// another member never turns the order of two. Breakdown explains a score part by
// part, Ranking ranks, Formulas are published formulas.
//
// Points that are given and taken one by one (积分) are kept by assess/points.
package assess
