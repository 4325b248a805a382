// Package resource matches what is offered with what is needed: the three lists of
// resources, needs and projects (资源清单、需求清单、项目清单).
//
// Lists is immutable and safe for concurrent use: NewLists checks everything once
// and reports every fault at once. Match gives offers to needs; the same lists in
// any order give the same answer.
//
//   - Offer: units of a kind that a party brings, to an area, for an interval.
//   - Need: units of a kind that somebody asks for, in an area, for an interval.
//   - Project: needs and offers that belong together. An offer of a project serves
//     its needs only.
//
// Kinds are dotted: venue.hall lies below venue. No offer is ever given away beyond
// its quantity at any instant, and a unit may serve one need after another.
//
// # What fits
//
// An offer fits a need when its kind is the same, more special or, unless
// Options.Sure, more general (WhyKind), it has the skills (WhySkills), its area holds the
// need's area or is near enough in the tree of areas (WhyArea), the two share an instant
// (WhyTime), and no other project has it (WhyReserved). What stops first is the reason; an
// offer that fits and is not taken was WhySpent, WhyNotNeeded or WhyBeyond. Fits are ranked:
// the need's own project first, then by kind (the same, more special, more general),
// by area (holding it, then by steps through the tree), by the whole of the time, by
// the whole of the quantity, by the fewer earlier matches of the party, by the longer
// time shared, and by code.
//
// # What is guaranteed
//
// Needs come in order of their beginning, then of their code. First each is met in
// full by the best ranked offers if these are left, several together if one is not
// enough. Then needs left over are met by moving others that have a single offer
// (shortest augmenting paths). Last what is left is given in part. When all needs ask
// for one unit and no two that could use the same offer follow each other in time,
// the number of needs met in full is the greatest there is, and Result.Maximal says
// so; otherwise it is no fewer than the first step gives, and may be below the best,
// which is hard to find.
package resource
