// Package worktime counts legal working time exactly: a Calendar is immutable,
// safe for concurrent use, and adds or measures working hours and working days
// without walking them, at any change of the clocks and in any time zone.
//
// A Calendar is built once by New from the weekly rule, the daily windows
// (several a day, as with a lunch break) and the listed days: public holidays
// and the weekend days that are worked instead (调休). China lists those of
// 2007 to 2026 with the link of every notice.
//
// # The law
//
// Let W(t) be the working time before the instant t. Between(a, b) is
// W(b) - W(a), and adding d of working time to a gives the least t, not before
// a, with W(t) - W(a) >= d. Working days (工作日, "wd") do not count the day on
// which they start and end at the close of the last window of the n-th working
// day after it. Windows are half-open, and what is due on an instant is in time
// on that instant.
//
// # Clocks that change
//
// A window is a pair of local clock times. Each stands for the first instant at
// which the local clock, having reached that date, shows that time or a later
// one: a time that the clocks skip is the instant after the gap, a time that
// comes twice is the earlier one. So an hour lost inside a window is lost
// working time and an hour repeated inside it is worked twice. A day lasts from
// its own first midnight to that of the next day; a date that a zone skipped
// altogether is no day at all.
package worktime
