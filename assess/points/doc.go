// Package points keeps the points (积分) that are given and taken one by one: of a
// party member, a volunteer, a branch, a shop. No points come or go without an
// entry that says for what, and a cap is never exceeded, in whatever order the
// commands come.
//
// # The ledger
//
// Marks is a deterministic machine with one writer. A Plan (积分办法) is adopted for a
// natural year and those after it: base points that everybody begins the year with,
// a floor, if need be a ceiling, and Items (积分项) of so many points each, above zero
// or below, with a cap for each period of the item and caps for the year over all
// items. An account is one subject in one year; the date of the deed, not that of
// the entry, says which.
//
//	balance = base + awards − deductions, held within floor and ceiling
//
// An award or a deduction is recorded with what was asked and what was given: what
// the caps leave room for, if need be in part or nothing ("5 asked, 2 given: the cap
// of the item is reached"). The caps are on what stands: deductions make no room for
// awards, nor awards for deductions.
//
// # Reversal
//
// An award is taken back, once, by a new entry; nothing is edited. What that frees
// under a cap goes to the awards of the same account that the cap had cut, the
// earliest recorded first, and the entry lists these refills. After it every mark
// stands as if the reversed one had never been made. So, whatever the order of the
// same commands:
//
//   - no cap is ever exceeded, at no step;
//   - the awards of a year, its deductions and its balance come out the same: awards
//     are the least of the cap of the year and of the sum, over items and periods, of
//     the least of the item's cap and of what was asked;
//   - without a cap for the year, so does what each item gives in each period.
//
// Which of two marks a cap cuts is the one thing that does depend on the order: it
// is the later recorded. Floor and ceiling hold the sum, not each step, so that they
// do not depend on the order either; what holding came to is a line of the
// statement, and the lines always add up to the balance.
//
// # Plans and years
//
// The plan of a year in which something is recorded may still get items, another
// name for an item and another source. Nothing else of it may change: else other
// caps would judge old marks, or others than before might add to them and take them
// back.
//
// # Commands and entries
//
// Decide is pure: it answers the entries that a command leads to, or a Refusal, and
// changes nothing. Apply folds an entry; the state is the fold of the entries, which
// hold every date, part and refill that was decided. A command with a Key takes
// effect once, for ever. Entries hold codes and no personal text. Marks has no due
// instants: nothing happens by itself.
//
// Marks is not safe for concurrent use: the host lets one goroutine decide and
// apply, and readers wait.
package points
