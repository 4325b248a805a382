// Package civil is the calendar and the wall clock of a place: dates without a
// zone, and a Clock that turns local clock times into instants and back.
//
// # The law of clock times
//
// A clock time of a date stands for the first instant at which the local clock,
// having reached that date, shows that time or a later one. A time that the
// clocks skip is the instant after the gap, a time that comes twice is the earlier
// one, and a date that a zone skipped altogether has no length.
//
// Seen from the other side, the latest wall time that the local clock has ever
// shown by an instant (Wall) never goes back, and an instant lies between two
// clock times exactly when its Wall does.
package civil
