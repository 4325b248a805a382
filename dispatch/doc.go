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
// no list, no rule, tie, no owner, decided.
//
// A rule may name owner(layer) instead of a party: whoever owns the feature of
// that layer at the place, as the Query says. Without one a lead falls to the
// regulator alone, and the Duty says so; the status is "no owner" only when there
// is no regulator either.
//
// The lead's time limit is its rule's budget, else that of the Standards (立案、
// 处置和结案标准) for the matter, condition and season; the Decision names it. A due
// that the event brings goes before both. What evidence finishing needs is said by that
// Standard, whoever gives the limit, and by the Matter; the Desk keeps it with the
// dispatch as the case's Terms, which later rules leave alone, and the end of the case
// names the Standard.
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
// Dated Versions of one list (清单版本) hold side by side: a rule that names one is
// in force while that one is. What is published for later changes no answer
// before.
//
// # What a list is proved against
//
// Findings looks at every matter × leaf × class × condition × channel × window ×
// cost × instant that rules tell apart. It reports in this order: gap, hand-over
// between versions, tie, no owner, expired (errors), crossing, dead (warnings). A
// list without errors answers every query about a known matter and a leaf with
// Decided. Prove makes that a Certificate over the hashes of list, map, matters
// and directory and adds advice; ProveStaffed asks the directory whether the posts
// it names are manned; Diff says what another list would change.
//
// # How it is looked up
//
// The rules of one role, precedence and matter prefix make a table. A unit is a
// number in the pre-order of the map, an area an interval of numbers; the areas of
// one table are nested or apart, so one binary search finds the innermost, which
// points to the next one outwards. Classes, conditions and channels are bits of
// one word. A rule that always applies is the last of its bucket and ends the
// search. The whole is linear in the rules.
package dispatch
