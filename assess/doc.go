// Package assess says how well work was done, in rates that never lose their
// counts: every Rate carries numerator, denominator and exclusions, an empty
// denominator is "no data" and never 0 or 100 %, and every count is explained
// by the facts that entered it.
//
// The caller turns what happened into Facts: named true things ("due",
// "closed_on_time", "deferred") about one undertaking at one instant, with the
// groups it counts for (its area and all areas above it, its party and all
// parties above that). A Scheme says which marks form which Indicator (指标):
// cities define the same rate by different denominators, so a denominator is
// data here. Score counts, and the ScoreBoard (评价榜) it answers is immutable
// and safe for concurrent use.
//
// Rates are never averaged: the rate of a whole is the rate of its summed
// counts, which Rate.Plus gives.
package assess
