// Package finance guarantees that no fen is created or lost: every entry moves
// money between accounts by postings that add up to zero, no balance ever goes
// below zero, and a mandate handed to a community carries its own money
// (费随事转, money follows the matter).
//
// # Money
//
// Fen is a whole number of fen (分), read and written as yuan text. There is no
// floating point and no rounding: an amount that does not fit is an error.
// Split shares an amount by weights without losing a fen.
//
// # The book
//
// Book is a deterministic machine with one writer. Money comes from outside
// into a fund line (指标), is earmarked for one mandate (准入事项), is committed
// to a payee (合同), is paid (支付), and what is left goes back to the lines it
// came from when the mandate is settled (决算):
//
//	outside --Appropriate--> line --Fund--> lot --Commit--> commitment --Pay--> spent
//	                          ^              ^ |                 |
//	                          +---Settle-----|-+                 |
//	                                         +-----Release-------+
//
// A lot is the money of one line in one mandate, so the book always knows
// whose money was spent. Several lines can fund one mandate (共同出资); every
// commitment and payment draws on the lots by largest remainder, and Settle
// trues the lots up so that each payer bears within one fen of its share of
// what was spent.
//
// # Commands and entries
//
// Decide is pure: it answers the entries that a command leads to, or a Refusal,
// and changes nothing. Apply folds an entry into the book; the state is the
// fold of the entries. Entries hold every split that was decided, so replay
// does no arithmetic of its own choosing. A command with a Key may be sent any
// number of times: it takes effect once, for ever.
//
// A Book is not safe for concurrent use: the host lets one goroutine decide and
// apply, and readers wait.
package finance
