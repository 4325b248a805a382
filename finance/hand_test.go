package finance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/finance"
)

// hand drives a book by hand and keeps its journal.
type hand struct {
	t       require.TestingT
	book    *finance.Book
	at      time.Time
	entries []finance.Entry
}

func fresh(t require.TestingT) *hand { return &hand{t: t, book: finance.NewBook(), at: noon} }

// try decides, proves that deciding changed nothing, and applies.
func (h *hand) try(c finance.Command) finance.Outcome {
	hash, seq := h.book.Hash(), h.book.Seq()
	o, err := h.book.Decide(h.at, c)
	require.NoError(h.t, err)
	require.Equal(h.t, hash, h.book.Hash(), "Decide changed the book")
	require.Equal(h.t, seq, h.book.Seq(), "Decide changed the sequence")
	for _, e := range o.Entries {
		require.NoError(h.t, h.book.Apply(e))
		h.entries = append(h.entries, e)
	}
	return o
}

// ok carries out an unkeyed command that must not be refused.
func (h *hand) ok(do finance.Do) []finance.Entry {
	o := h.try(finance.Command{Do: do})
	require.Nil(h.t, o.Refusal)
	require.NotEmpty(h.t, o.Entries)
	return o.Entries
}

// no gives an unkeyed command that must be refused with code.
func (h *hand) no(code string, do finance.Do) *finance.Refusal {
	o := h.try(finance.Command{Do: do})
	require.NotNil(h.t, o.Refusal, "%#v was carried out", do)
	require.Equal(h.t, code, o.Refusal.Code)
	require.Empty(h.t, o.Entries)
	require.Zero(h.t, o.Seq)
	return o.Refusal
}

func line(c finance.Code, amount finance.Fen) []finance.Do {
	return []finance.Do{
		finance.Open{Line: c, Name: "指标" + string(c), Party: "party-" + c, Purpose: "park", Year: 2026, Source: finance.Treasury, Special: true},
		finance.Appropriate{Line: c, Amount: amount, Basis: "深府办〔2026〕1号"},
	}
}

func funds(mandate finance.Code, shares ...finance.Share) finance.Fund {
	return finance.Fund{Mandate: mandate, Purpose: "park", Year: 2026, Community: "xincheng", Approver: "secretary", Shares: shares}
}

// park is a book in which lines a, b and c give 400,000.00, 250,000.00 and
// 100,000.00 yuan to the mandate park and keep a fen each.
func park(t require.TestingT) *hand {
	h := fresh(t)
	for _, s := range []finance.Share{{"a", 40_000_000}, {"b", 25_000_000}, {"c", 10_000_000}} {
		for _, do := range line(s.Line, s.Amount+1) {
			h.ok(do)
		}
	}
	h.ok(funds("park", finance.Share{"a", 40_000_000}, finance.Share{"b", 25_000_000}, finance.Share{"c", 10_000_000}))
	return h
}

// TestPark: the seed's case, three parties and 750,000 yuan, to the fen.
func TestPark(t *testing.T) {
	h := park(t)
	h.ok(finance.Commit{Mandate: "park", Commitment: "build", Payee: "builder", Amount: 59_999_999})
	h.ok(finance.Commit{Mandate: "park", Commitment: "trees", Payee: "garden", Amount: 2})
	h.ok(finance.Pay{Commitment: "build", Payment: "v1", Amount: 1})
	h.ok(finance.Pay{Commitment: "build", Payment: "v2", Amount: 33_333_333})
	h.no("commitments-open", finance.Settle{Mandate: "park"})
	h.ok(finance.Release{Commitment: "trees"})
	h.no("commitment-closed", finance.Release{Commitment: "trees"})
	entries := h.ok(finance.Settle{Mandate: "park", Release: true})
	require.Len(t, entries, 2) // the release of build, then the settlement
	require.IsType(t, finance.Released{}, entries[0].Fact)

	m, _ := h.book.Mandate("park")
	require.True(t, m.Settled)
	require.Equal(t, []finance.Fen{75_000_000, 0, 0, 33_333_334, 41_666_666}, []finance.Fen{m.Granted, m.Available, m.Committed, m.Spent, m.Returned})
	want, err := finance.Split(33_333_334, []int64{40_000_000, 25_000_000, 10_000_000})
	require.NoError(t, err)
	for i, l := range h.book.Lots("park") {
		require.Equal(t, want[i], l.Spent)
		require.Equal(t, l.Granted-want[i], l.Returned)
		of, _ := h.book.Line(l.Line)
		require.Equal(t, l.Returned+1, of.Available)
	}
	for _, do := range []finance.Do{finance.Settle{Mandate: "park"}, finance.Commit{Mandate: "park", Commitment: "late", Payee: "p", Amount: 1}} {
		h.no("settled", do)
	}
	require.NotEmpty(t, h.entries)
	require.Equal(t, scan(t, h.entries), ask(t, h.book, h.entries))
}

// TestTrueUp: each of five commitments binds a fen of each payer and pays one
// fen, which by the tie rule is always the first payer's. Settling brings every
// payer back to its exact share.
func TestTrueUp(t *testing.T) {
	h := fresh(t)
	shares := []finance.Share{{Line: "a", Amount: 100}, {Line: "b", Amount: 100}, {Line: "c", Amount: 100}}
	for _, s := range shares {
		for _, do := range line(s.Line, s.Amount) {
			h.ok(do)
		}
	}
	h.ok(funds("m", shares...))
	for _, id := range []finance.Code{"1", "2", "3", "4", "5"} {
		h.ok(finance.Commit{Mandate: "m", Commitment: "p" + id, Payee: "p", Amount: 3})
		h.ok(finance.Pay{Commitment: "p" + id, Payment: "v" + id, Amount: 1})
	}
	require.Equal(t, finance.Fen(5), h.book.Lots("m")[0].Spent)
	entries := h.ok(finance.Settle{Mandate: "m", Release: true})
	require.Equal(t, finance.Settled{
		Mandate: "m", Spent: 5,
		TrueUps:  []finance.Share{{Line: "a", Amount: -3}, {Line: "b", Amount: 2}, {Line: "c", Amount: 1}},
		Returned: []finance.Share{{Line: "a", Amount: 98}, {Line: "b", Amount: 98}, {Line: "c", Amount: 99}},
	}, entries[len(entries)-1].Fact)
	require.Equal(t, []finance.Lot{
		{Line: "a", Granted: 100, Spent: 2, Returned: 98},
		{Line: "b", Granted: 100, Spent: 2, Returned: 98},
		{Line: "c", Granted: 100, Spent: 1, Returned: 99},
	}, h.book.Lots("m"))
	require.Equal(t, scan(t, h.entries), ask(t, h.book, h.entries))
}

// TestSettleNothingSpent: everything goes back.
func TestSettleNothingSpent(t *testing.T) {
	h := park(t)
	h.ok(finance.Settle{Mandate: "park"})
	total := h.book.Totals()
	require.Equal(t, total.Appropriated, total.Available)
	require.Equal(t, total.Earmarked, total.Returned)
}

// TestOpenMax: the limit on open commitments is on open ones.
func TestOpenMax(t *testing.T) {
	h := fresh(t)
	for _, do := range line("a", 5000) {
		h.ok(do)
	}
	h.ok(funds("m", finance.Share{"a", 5000}))
	id := func(i int) finance.Code {
		return finance.Code("k" + string(rune('a'+i/676)) + string(rune('a'+i/26%26)) + string(rune('a'+i%26)))
	}
	for i := range finance.OpenMax {
		o, err := h.book.Decide(h.at, finance.Command{Do: finance.Commit{Mandate: "m", Commitment: id(finance.OpenMax - 1 - i), Payee: "p", Amount: 1}})
		require.NoError(t, err)
		require.Nil(t, o.Refusal)
		require.NoError(t, h.book.Apply(o.Entries[0]))
	}
	next := finance.Commit{Mandate: "m", Commitment: "next", Payee: "p", Amount: 1}
	h.no("too-many", next)
	h.ok(finance.Pay{Commitment: id(7), Payment: "v", Amount: 1})
	h.ok(next)
	entries := h.ok(finance.Settle{Mandate: "m", Release: true})
	require.Len(t, entries, finance.OpenMax+1)
	for i := 1; i < len(entries)-1; i++ {
		require.Less(t, entries[i-1].Fact.(finance.Released).Commitment, entries[i].Fact.(finance.Released).Commitment)
	}
}
