// Package rounds guarantees that a household that must be visited is, in every
// period, exactly one of visited, missed or open: a period that ends without a
// visit is a named gap for ever, and no later visit re-dates it (联户走访).
//
// # The log
//
// Log is a deterministic machine with one writer. It keeps three books of the
// people on the ground:
//
//   - Visits. A plan says which classes of household in which areas are owed a
//     visit, how often, and which teams take turns to lead. Each household of a
//     plan owes one visit in each period [From, Until) of local dates.
//   - Shifts (勤务). A squad is briefed (岗前训示) with tasks and debriefed
//     (岗后规整); each task ends done, undone with a reason, or carried to the
//     squad's next shift under the same id.
//   - Attendance (考勤). Records of who was in from when to when, corrected only
//     by counter-entries.
//
// # Who owes a visit, and when
//
// A period of months is whole calendar months, counted from the month in which
// the plan starts; a period of days or weeks is counted from the day of the
// start. A household that comes to a plan within a period, or a plan that starts
// within one, owes a visit in it when at least Least percent of the period's
// days are left, that day included; 50 unless the plan says otherwise. What is
// due stays due: amending or ending a plan takes effect with the next period,
// and a household that changes its class still owes the old plan the period it is in.
// Only a household that is withdrawn is let off a visit that is still open.
//
// # Commands and entries
//
// Decide is pure: it answers the entries that a command leads to, or a Refusal,
// and changes nothing. Apply folds an entry; the state is the fold of the
// entries. Entries hold the local dates, the periods and the instants that were
// decided, so a replay needs no time zone. Tick answers what time alone leads
// to: Missed and Closed at the end of a period, NotDebriefed when a debrief is
// overdue. Decide brings along whatever is due first, so any cadence of ticks
// leads to the same state.
//
// Entries hold codes, dates and numbers. The only text is that of a task, and no
// personal text belongs there.
package rounds
