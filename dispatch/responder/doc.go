// Package responder says who should go (就近派遣): Rank orders the people for one case,
// with the reason for everybody passed over; AssignBatch gives a batch of cases to
// people at the least total cost.
//
// Both are pure functions of what they are given; nothing is kept, nothing is
// decided. They may be called from anywhere at once.
//
// # Who is fit
//
// Somebody is fit for a need unless one of these holds; the first is the Reason:
//
//	OffDuty     not on duty
//	NotOfParty  of another party than Need.Party
//	NoPowers    the need is enforcement (执法) and the person part-time or a volunteer,
//	            who may report it but not deal with it
//	Unskilled   lacks a skill; What is the first of Need.Skills that is missing
//	NotOfArea   has areas, and none of them covers Need.Area
//	Full        has as much to do as Capacity allows
//	Unplaced    nobody knows where; only for a need with a place
//	Stale       the place is older than Options.StaleAfter, or as much ahead; likewise
//	TooFar      beyond Options.Within; likewise
//	Refused     Options.Cost said no
//
// Those above Unplaced come before any look at a position, so the distance of people
// off duty is neither measured nor answered.
//
// # Cost
//
// An integer of at least 0: the geodesic distance in whole metres, halves up, or 0
// when the need has no place; or what Options.Cost says, in a unit of the host's own.
// Distances are in whole millimetres between places at a map's resolution, see
// grid.Snap.
//
// # The plan
//
// A Plan leaves a need unassigned at a penalty (Need.Penalty, else Options.Penalty,
// else one so high that as many needs are assigned as can be). Up to Options.Exact
// needs it is optimal: no plan has a lower total of costs and penalties. Of several
// such plans it is the first when the people are written down in the order of their
// needs' ids and compared by code, an unassigned need coming last. So it is one plan,
// whatever the order of the input.
//
// It is found by shortest augmenting paths (R. Jonker and A. Volgenant, A shortest
// augmenting path algorithm for dense and sparse linear assignment problems,
// Computing 38, 1987) over people of some capacity, all in int64; then, along edges
// of no reduced cost, the first of the optimal plans. O(needs²·people) at worst.
//
// Above Options.Exact it is greedy and Plan.Optimal says that it is not optimal: of
// all pairs that are fit the cheapest first, ties by person and then need, each
// person up to the capacity. A pair above the need's penalty is not made.
// O(pairs·log pairs).
package responder
