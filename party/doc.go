// Package party answers who: the organisations of a subdistrict, their posts and
// the people on them, what each may do, and who is on duty at every instant.
//
// A Directory is immutable and safe for concurrent use. NewDirectory checks a Plan
// once and reports every fault at once; queries never fail.
//
//   - Party: an organisation (主体), in a tree, with a functional line (条) and an
//     area (块); also a regulated entity, by class.
//   - Post: a position (岗位) of a party, whoever holds it.
//   - Appointment: a person on a post for an interval [From, Until).
//   - Registration: a person who reports in to an area (报到), apart from membership.
//   - Right: what a post or party may do, and where (统一指挥、监督考核 …).
//   - Group, Facility, Field: ad-hoc groups, premises and the owners of data.
//
// Every order is by code, byte for byte. Nobody holds a post before the
// appointment's From or at its Until.
//
// # Personal data
//
// A Directory holds names and telephone numbers in memory only. No machine's entry
// has any of it, Hash does not cover it, and Person answers a number masked unless
// its owner has consented to showing it. Erase answers a Directory without a
// person's name and number that has the same structure, counts and Hash, so what
// was journalled under the old one still stands.
//
// # Below this package
//
// Package roster turns rotations into shifts, structure checks how a subdistrict
// is set up, track follows who is where, council and rounds are the machines of
// meetings and of visits and shifts, and notice and resource answer what is shown
// on a board and whose offer meets whose need.
package party
