// Package span holds the half-open interval of time that every dated fact uses.
package span

import "time"

// Interval is [From, Until): From is in it, Until is not. A zero From has no
// beginning, a zero Until no end; the zero Interval is always.
type Interval struct {
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
}

// Holds reports whether at lies in the interval.
func (i Interval) Holds(at time.Time) bool {
	return (i.From.IsZero() || !at.Before(i.From)) && (i.Until.IsZero() || at.Before(i.Until))
}

// Valid reports whether the interval holds at least one instant.
func (i Interval) Valid() bool {
	return i.From.IsZero() || i.Until.IsZero() || i.From.Before(i.Until)
}

// Meets reports whether some instant lies in both intervals.
func (i Interval) Meets(j Interval) bool {
	return before(i.From, j.Until) && before(j.From, i.Until) && i.Valid() && j.Valid()
}

// And is the instants that lie in both intervals, which must meet.
func (i Interval) And(j Interval) Interval {
	if j.From.After(i.From) {
		i.From = j.From
	}
	if i.Until.IsZero() || !j.Until.IsZero() && j.Until.Before(i.Until) {
		i.Until = j.Until
	}
	return i
}

// before reports whether a beginning comes before an end, zero being unbounded.
func before(from, until time.Time) bool {
	return from.IsZero() || until.IsZero() || from.Before(until)
}
