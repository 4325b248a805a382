package finance_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/finance"
)

func TestPrecedence(t *testing.T) { require.Equal(t, precedence, finance.RefusalCodes()) }

// TestTexts: every code has an English and a Chinese text, and each uses
// exactly the arguments the code is given with.
func TestTexts(t *testing.T) {
	slot := regexp.MustCompile(`\{(\d)\}`)
	for _, code := range finance.RefusalCodes() {
		en, zh := finance.Refusal{Code: code}.Text("en"), finance.Refusal{Code: code}.Text("zh")
		require.NotEqual(t, en, zh)
		require.NotEqual(t, code, en)
		require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), zh)
		require.False(t, strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }), en)
		used := func(s string) []string {
			var list []string
			for _, m := range slot.FindAllStringSubmatch(s, -1) {
				list = append(list, m[1])
			}
			return slices.Compact(slices.Sorted(slices.Values(list)))
		}
		require.Equal(t, used(en), used(zh), code)
		require.NotEmpty(t, used(en))
		args := make([]string, len(used(en)))
		for i := range args {
			require.Equal(t, strconv.Itoa(i), used(en)[i])
		}
	}
	h := park(t)
	r := h.no("mandate-short", finance.Commit{Mandate: "park", Commitment: "c", Payee: "p", Amount: 75_000_001})
	require.Equal(t, "mandate park has 750000.00 yuan available, not 750000.01", r.Text("en"))
	require.Equal(t, "事项park可用750000.00元，不足750000.01元", r.Text("zh"))
	require.Equal(t, "other x", finance.Refusal{Code: "other", Args: []string{"x"}}.Text("zh"))
}

// TestPairs: for every verb and every two reasons that can apply at once, the
// first in the documented order is given.
func TestPairs(t *testing.T) {
	h := fresh(t)
	for _, c := range []finance.Code{"a", "b"} {
		for _, do := range line(c, 1000) {
			h.ok(do)
		}
	}
	h.ok(finance.Open{Line: "old", Party: "p", Purpose: "road", Year: 2025, Source: finance.Social, Special: true})
	h.ok(funds("m", finance.Share{Line: "a", Amount: 500}))
	h.ok(funds("done", finance.Share{Line: "a", Amount: 10}))
	h.ok(finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: 100})
	h.ok(finance.Commit{Mandate: "m", Commitment: "shut", Payee: "p", Amount: 100})
	h.ok(finance.Pay{Commitment: "c", Payment: "v", Amount: 10})
	h.ok(finance.Release{Commitment: "shut"})
	h.ok(finance.Settle{Mandate: "done"})
	h.ok(finance.Appropriate{Line: "b", Amount: finance.FenMax - 2000}) // nothing more fits

	bad := func(mandate finance.Code, year int, purpose finance.Code, shares ...finance.Share) finance.Fund {
		f := funds(mandate, shares...)
		f.Year, f.Purpose = year, purpose
		return f
	}
	for _, c := range []struct {
		expect uint64
		do     finance.Do
		want   string
	}{
		{9, finance.Open{Line: "a", Party: "p", Purpose: "q", Year: 2026, Source: finance.Social}, "line-exists"},
		{9, finance.Open{Line: "new", Party: "p", Purpose: "q", Year: 2026, Source: finance.Social}, "stale"},
		{9, finance.Appropriate{Line: "none", Amount: finance.FenMax}, "no-line"},
		{9, finance.Appropriate{Line: "a", Amount: finance.FenMax}, "stale"},
		{0, finance.Appropriate{Line: "a", Amount: finance.FenMax}, "too-much"},
		{9, bad("m", 2024, "x", finance.Share{Line: "none", Amount: 1}, finance.Share{Line: "a", Amount: finance.FenMax}), "no-line"},
		{9, bad("m", 2024, "x", finance.Share{Line: "a", Amount: finance.FenMax}), "mandate-exists"},
		{9, bad("n", 2024, "x", finance.Share{Line: "a", Amount: finance.FenMax}), "stale"},
		{0, bad("n", 2024, "x", finance.Share{Line: "a", Amount: finance.FenMax}), "wrong-year"},
		{0, bad("n", 2026, "x", finance.Share{Line: "a", Amount: finance.FenMax}), "wrong-purpose"},
		{0, bad("n", 2026, "park", finance.Share{Line: "a", Amount: finance.FenMax}), "line-short"},
		{0, bad("n", 2026, "x", finance.Share{Line: "old", Amount: 1}, finance.Share{Line: "a", Amount: 1}), "wrong-year"},    // a's purpose is wrong too
		{0, bad("n", 2025, "road", finance.Share{Line: "old", Amount: 1}, finance.Share{Line: "a", Amount: 1}), "wrong-year"}, // old is empty too
		{9, finance.Commit{Mandate: "none", Commitment: "c", Payee: "p", Amount: finance.FenMax}, "no-mandate"},
		{9, finance.Commit{Mandate: "done", Commitment: "c", Payee: "p", Purpose: "x", Amount: 1}, "commitment-exists"},
		{9, finance.Commit{Mandate: "done", Commitment: "d", Payee: "p", Purpose: "x", Amount: 1}, "stale"},
		{0, finance.Commit{Mandate: "done", Commitment: "d", Payee: "p", Purpose: "x", Amount: 1}, "settled"},
		{0, finance.Commit{Mandate: "m", Commitment: "d", Payee: "p", Purpose: "x", Amount: 1000}, "wrong-purpose"},
		{0, finance.Commit{Mandate: "m", Commitment: "d", Payee: "p", Amount: 1000}, "mandate-short"},
		{9, finance.Pay{Commitment: "none", Payment: "v", Amount: 1}, "no-commitment"},
		{99, finance.Pay{Commitment: "shut", Payment: "v", Amount: 1}, "payment-exists"},
		{99, finance.Pay{Commitment: "shut", Payment: "w", Amount: 1}, "stale"},
		{0, finance.Pay{Commitment: "shut", Payment: "w", Amount: 1}, "commitment-closed"}, // and nothing left for it
		{0, finance.Pay{Commitment: "c", Payment: "w", Amount: 91}, "commitment-short"},
		{9, finance.Release{Commitment: "none"}, "no-commitment"},
		{99, finance.Release{Commitment: "shut"}, "stale"},
		{9, finance.Settle{Mandate: "none"}, "no-mandate"},
		{9, finance.Settle{Mandate: "done"}, "stale"},
		{99, finance.Settle{Mandate: "m"}, "stale"},
		{0, finance.Settle{Mandate: "m"}, "commitments-open"},
		{9, finance.Assert{Line: "none"}, "no-line"},
		{9, finance.Assert{Mandate: "none"}, "no-mandate"},
		{9, finance.Assert{Line: "a", Balance: 1}, "stale"},
	} {
		o := h.try(finance.Command{Expect: c.expect, Do: c.do})
		require.NotNil(t, o.Refusal, "%#v", c.do)
		require.Equal(t, c.want, o.Refusal.Code, "%#v", c.do)
	}
	// The share named is the first by line, whatever order they came in.
	r := h.no("line-short", funds("n", finance.Share{Line: "b", Amount: finance.FenMax}, finance.Share{Line: "a", Amount: 5000}))
	require.Equal(t, "a", r.Args[0])
}

// TestOrderOfFunders: the shares of a co-funded mandate may come in any order:
// entries, amounts and state are the same.
func TestOrderOfFunders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "payers")
		var shares []finance.Share
		for i := range n {
			shares = append(shares, finance.Share{Line: finance.Code("l" + strconv.Itoa(i)), Amount: finance.Fen(rapid.Int64Range(1, 50).Draw(t, "amount"))})
		}
		total := finance.Fen(0)
		for _, s := range shares {
			total += s.Amount
		}
		bought := finance.Fen(rapid.Int64Range(1, int64(total)).Draw(t, "bought"))
		paid := finance.Fen(rapid.Int64Range(1, int64(bought)).Draw(t, "paid"))
		run := func(order []finance.Share) *hand {
			h := fresh(t)
			for _, s := range shares {
				for _, do := range line(s.Line, s.Amount) {
					h.ok(do)
				}
			}
			h.ok(funds("m", order...))
			h.ok(finance.Commit{Mandate: "m", Commitment: "c", Payee: "p", Amount: bought})
			h.ok(finance.Pay{Commitment: "c", Payment: "v", Amount: paid})
			h.ok(finance.Settle{Mandate: "m", Release: true})
			return h
		}
		a, b := run(shares), run(rapid.Permutation(shares).Draw(t, "order"))
		require.Equal(t, a.book.Hash(), b.book.Hash())
		require.Equal(t, a.entries, b.entries)
	})
}

// TestCommute: commands on different mandates give the same state in any order.
func TestCommute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		script := func(id finance.Code, amount finance.Fen) []finance.Do {
			return []finance.Do{
				funds("m"+id, finance.Share{Line: "a", Amount: amount}, finance.Share{Line: "b", Amount: amount + 3}),
				finance.Commit{Mandate: "m" + id, Commitment: "c" + id, Payee: "p", Amount: amount},
				finance.Pay{Commitment: "c" + id, Payment: "v" + id, Amount: amount - 1},
				finance.Settle{Mandate: "m" + id, Release: true},
			}
		}
		one, two := script("1", finance.Fen(rapid.IntRange(2, 99).Draw(t, "one"))), script("2", finance.Fen(rapid.IntRange(2, 99).Draw(t, "two")))
		run := func(pattern []bool) *hand {
			h, i, j := fresh(t), 0, 0
			for _, c := range []finance.Code{"a", "b"} {
				for _, do := range line(c, 1000) {
					h.ok(do)
				}
			}
			for _, first := range pattern {
				if first && i < 4 || j == 4 {
					h.ok(one[i])
					i++
				} else {
					h.ok(two[j])
					j++
				}
			}
			return h
		}
		pattern := rapid.SliceOfN(rapid.Bool(), 8, 8)
		require.Equal(t, run(pattern.Draw(t, "first")).book.Hash(), run(pattern.Draw(t, "second")).book.Hash())
	})
}

// TestRefusedForEver: a refused key stays refused when the reason is gone, also
// in a book replayed from JSON; a new key is carried out.
func TestRefusedForEver(t *testing.T) {
	h := park(t)
	buy := finance.Commit{Mandate: "park", Commitment: "c", Payee: "p", Amount: 75_000_000}
	h.ok(finance.Commit{Mandate: "park", Commitment: "first", Payee: "p", Amount: 1})
	o := h.try(finance.Command{Key: "buy", Do: buy})
	require.Equal(t, "mandate-short", o.Refusal.Code)
	h.ok(finance.Release{Commitment: "first"})
	data, err := json.Marshal(h.entries)
	require.NoError(t, err)
	var entries []finance.Entry
	require.NoError(t, json.Unmarshal(data, &entries))
	h.book = finance.NewBook()
	for _, e := range entries {
		require.NoError(t, h.book.Apply(e))
	}
	again := h.try(finance.Command{Key: "buy", Do: buy})
	require.Equal(t, finance.Outcome{Seq: o.Seq, Replayed: true, Refusal: o.Refusal}, again)
	again.Refusal.Args[0] = "changed"
	require.Equal(t, o.Refusal, h.try(finance.Command{Key: "buy", Do: buy}).Refusal, "an outcome aliases the book")
	require.Nil(t, h.try(finance.Command{Key: "buy 2", Do: buy}).Refusal)
}
