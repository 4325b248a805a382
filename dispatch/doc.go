// Package dispatch finds the one party that answers for a thing that happened
// and keeps it answerable until the thing is done: the responsibility list is
// proved total and unambiguous over every matter, every area and every instant,
// and every open case has exactly one answerable party and a next due instant.
//
// # Nouns
//
// A Matter (事项) is a category of things that can happen or be asked. A Rule is
// one line of the responsibility list (职责清单): in this Role, for this matter
// and all below it, in this area and all in it, under these conditions, this
// party answers. Compile makes a List of them. A Query asks it about one thing
// at one place and instant, a Decision answers. Lead, regulator and rectifier
// (主办、监管主体、整改责任主体) have one party each; assist and notify (协办、知会)
// collect every party that a rule names.
//
// A Desk is the machine that takes a case from its report to its archive.
// Learn mines a list from cases handled in the past, Backtest measures how far a
// list agrees with them.
//
// List is immutable and safe for concurrent use. Desk is deterministic and has
// one writer. Nothing here reads a clock.
//
// # Which rule is first
//
// Of the rules that apply, these decide, in this order, and nothing else does:
//
//  1. Precedence, higher first.
//  2. Matter, longer first: segments of a dotted code, digits of an all-digit
//     code, 1 for any other, 0 for "*".
//  3. Area, deeper first: the level of the unit, and everywhere last.
//  4. Class: a rule that names a class of place before one that does not.
//  5. Condition: a rule that names one before one that does not.
//  6. Window, narrower first: its minutes in an ordinary week.
//  7. Validity, shorter first: from beginning to end; an open end is last.
//
// Channel and cost restrict a rule and give it no precedence. Rules that nothing
// tells apart must name the same party and post, and then the first by id is
// quoted; otherwise they tie, and nobody is named. Rank holds these values and
// Explain shows them for every candidate.
//
// # Which answer is given
//
// The Status of a Decision is the first that holds of: unknown matter, outside,
// no list, no rule, tie, decided.
//
// # When a rule applies
//
// Intervals are [From, Until) to the millisecond. A window of clock times means
// what a clock of the zone shows: it may run over midnight, an hour that the
// clocks skip is in no window, one that they repeat is in its window twice.
// "work" and "rest" go by the working windows of the Calendar, holidays and
// exchanged days included. Costs lie in [MinCost, MaxCost); an unknown cost is 0
// and so counts as small. A place may have several classes; a rule needs one.
//
// # What a list is proved against
//
// Findings looks at every matter × leaf × class × condition × channel × window ×
// cost × instant that rules tell apart. It reports in this order: gap, tie,
// expired (errors), crossing, dead (warnings). A list without findings never
// answers a query about a known matter and a leaf with no rule or a tie.
package dispatch
