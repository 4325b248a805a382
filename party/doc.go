// Package party answers who: the organisations of a subdistrict, their posts
// and the people on them, at every instant.
//
// A Directory is immutable and safe for concurrent use. NewDirectory checks a
// Plan once and reports every fault at once; queries never fail.
//
//   - Party: an organisation (主体), in a tree, with a functional line (条) and
//     an area (块).
//   - Post: a position (岗位) of a party, whoever holds it.
//   - Appointment: a person on a post for an interval [From, Until).
//
// Every order is by code, byte for byte. Nobody holds a post before the
// appointment's From or at its Until.
package party
