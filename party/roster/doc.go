// Package roster turns the rotations of posts (值班表) into exact shifts: who is on
// duty at an instant or why nobody is, when the next hand-over comes, where the
// gaps are, and whether the rules of rest, strength and hours are kept.
//
// A Roster is immutable and safe for concurrent use. New checks a Plan once and
// reports every fault at once; queries never fail.
//
// # The law of a rotation
//
// A rotation serves on worked dates: those of its Days from Start on, inside
// During, that its zone did not skip. Its dates are cut into turns: N worked days
// (dates that are not worked do not use up a turn, so a weekday rota stays fair),
// or N calendar weeks from the Monday of Start's week, or N calendar months from
// the first of Start's month. At the beginning of a turn the next Together members
// after the last server, in the cyclic order of Members, take over.
//
// Membership counts by whole dates: a member serves on the dates whose first
// instant lies in the member's During, and so does a rotation. When a server
// leaves within a turn, or fewer than Together serve and somebody joins, the next
// member after the last server who is not serving steps in for what is left of the
// turn. Nothing before that date changes, whoever joins or leaves later. Turns are
// not walked one by one: between two changes of membership they are arithmetic.
//
// # The law of exceptions
//
// Exceptions of one post and date apply in five steps, whatever their order in the
// Plan: swaps one after the other in the order of date, person, other date and
// other person; replacements all at once, so that "A by B" and "B by C" put B in
// A's place and C in B's; additions; then leave; then removals. Nobody on leave
// serves. An exception never moves the rotation itself: a person on leave misses
// the turn. One that changes nothing is a Finding of the Roster.
//
// # Clocks that change
//
// A clock time of a date stands for the first instant at which the local clock,
// having reached that date, shows that time or a later one. A shift over a change
// of the clocks lasts as long as it really lasts, one inside a skipped hour does
// not exist, and a shift that ends where the next begins leaves no gap and no
// overlap. Answers are in UTC and whole milliseconds, for 1970 to 2100.
package roster
