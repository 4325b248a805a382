package finance_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/finance"
)

// views is everything a book answers, in one value.
type views struct {
	Lines       []finance.Line
	Mandates    []finance.Mandate
	Lots        map[finance.Code][]finance.Lot
	Commitments map[finance.Code]finance.Commitment
	Payments    map[finance.Code]finance.Payment
	Disclosures map[finance.Code]finance.Disclosure
	Differences []finance.Difference
	Totals      finance.Totals
}

// ledger is the balance of every account: the postings added up.
type ledger map[finance.Account]finance.Fen

// scan answers what a book must answer after these entries, from nothing but
// the entries: names from the facts, every amount from the postings.
func scan(t require.TestingT, entries []finance.Entry) views {
	v := views{Lots: map[finance.Code][]finance.Lot{}, Commitments: map[finance.Code]finance.Commitment{},
		Payments: map[finance.Code]finance.Payment{}, Disclosures: map[finance.Code]finance.Disclosure{}}
	lines, mandates := map[finance.Code]*finance.Line{}, map[finance.Code]*finance.Mandate{}
	funded := map[finance.Code][]finance.Code{}
	given, back := ledger{}, ledger{}
	balance := ledger{}
	for _, e := range entries {
		var zero finance.Fen
		touched := map[finance.Code]bool{}
		for _, p := range e.Postings() {
			require.NotZero(t, p.Amount)
			var err error
			zero, err = zero.Add(p.Amount)
			require.NoError(t, err)
			balance[p.Account], err = balance[p.Account].Add(p.Amount)
			require.NoError(t, err)
			if _, settled := e.Fact.(finance.Settled); p.Account.Kind == finance.LineHeld {
				touched[p.Account.Line] = true
				if settled {
					back[p.Account] += p.Amount
				} else if p.Amount < 0 {
					given[p.Account] -= p.Amount
				}
			}
		}
		require.Zero(t, zero, "entry %d: postings add up to %v", e.Seq, zero)
		for account, amount := range balance {
			require.True(t, amount >= 0 || account.Kind == finance.Outside, "entry %d: %v is %v", e.Seq, account, amount)
		}
		for c := range touched {
			lines[c].Version++
		}
		switch f := e.Fact.(type) {
		case finance.Opened:
			lines[f.Line] = &finance.Line{Code: f.Line, Name: f.Name, Party: f.Party, Purpose: f.Purpose, Year: f.Year, Source: f.Source, Special: f.Special, Version: 1}
		case finance.Funded:
			m := &finance.Mandate{Code: f.Mandate, Purpose: f.Purpose, Year: f.Year, Community: f.Community, Approver: f.Approver, FundedAt: e.At, Version: 1}
			mandates[f.Mandate] = m
			for _, s := range f.Shares {
				m.Special = m.Special || lines[s.Line].Special
				m.Granted += s.Amount
				funded[f.Mandate] = append(funded[f.Mandate], s.Line)
				v.Lots[f.Mandate] = append(v.Lots[f.Mandate], finance.Lot{Line: s.Line, Granted: s.Amount})
			}
		case finance.Committed:
			v.Commitments[f.Commitment] = finance.Commitment{Code: f.Commitment, Mandate: f.Mandate, Payee: f.Payee, Purpose: f.Purpose, Amount: f.Amount, At: e.At}
			mandates[f.Mandate].Version++
		case finance.Paid:
			c := v.Commitments[f.Commitment]
			c.Paid += f.Amount
			v.Commitments[f.Commitment] = c
			v.Payments[f.Payment] = finance.Payment{Code: f.Payment, Commitment: f.Commitment, Mandate: f.Mandate, Payee: c.Payee, Amount: f.Amount, At: e.At}
			mandates[f.Mandate].Version++
		case finance.Released:
			c := v.Commitments[f.Commitment]
			c.Released = c.Amount - c.Paid
			v.Commitments[f.Commitment] = c
			mandates[f.Mandate].Version++
		case finance.Settled:
			m := mandates[f.Mandate]
			m.Settled, m.SettledAt = true, e.At
			m.Version++
		case finance.Asserted:
			s := &finance.Statement{At: e.At, Stated: f.Stated, Held: f.Held}
			if f.Line != "" {
				lines[f.Line].Stated = s
				lines[f.Line].Version++
			} else {
				mandates[f.Mandate].Stated = s
				mandates[f.Mandate].Version++
			}
		}
	}
	for _, c := range slices.Sorted(maps.Keys(lines)) {
		l, held := lines[c], finance.Account{Kind: finance.LineHeld, Line: c}
		l.Earmarked, l.Returned, l.Available = given[held], back[held], balance[held]
		l.Appropriated = l.Available + l.Earmarked - l.Returned
		v.Lines = append(v.Lines, *l)
		if l.Stated != nil && l.Stated.Stated != l.Stated.Held {
			v.Differences = append(v.Differences, finance.Difference{Line: c, Statement: *l.Stated})
		}
	}
	v.scanLots(balance)
	v.scanMandates(mandates, lines)
	v.Totals = totals(v, balance)
	return v
}

func (v *views) scanLots(balance ledger) {
	for id, lots := range v.Lots {
		for i := range lots {
			l := &lots[i]
			l.Available = balance[finance.Account{Kind: finance.LotHeld, Line: l.Line, Mandate: id}]
			l.Spent = balance[finance.Account{Kind: finance.SpentHere, Line: l.Line, Mandate: id}]
			for account, amount := range balance {
				if account.Kind == finance.Bound && account.Mandate == id && account.Line == l.Line {
					l.Committed += amount
					if amount > 0 {
						c := v.Commitments[account.Commitment]
						c.Parts = append(c.Parts, finance.Share{Line: l.Line, Amount: amount})
						c.Rest += amount
						v.Commitments[account.Commitment] = c
					}
				}
			}
			l.Returned = l.Granted - l.Available - l.Committed - l.Spent
		}
	}
}

func (v *views) scanMandates(mandates map[finance.Code]*finance.Mandate, lines map[finance.Code]*finance.Line) {
	for _, id := range slices.Sorted(maps.Keys(mandates)) {
		m := mandates[id]
		d := finance.Disclosure{Mandate: id, Purpose: m.Purpose, Year: m.Year, Community: m.Community, Approver: m.Approver,
			Granted: m.Granted, Settled: m.Settled, Payers: []finance.Payer{}, Deals: []finance.Deal{}}
		for _, l := range v.Lots[id] {
			m.Available += l.Available
			m.Committed += l.Committed
			m.Spent += l.Spent
			m.Returned += l.Returned
			of := lines[l.Line]
			d.Payers = append(d.Payers, finance.Payer{Line: l.Line, Name: of.Name, Party: of.Party, Source: of.Source, Special: of.Special, Granted: l.Granted, Paid: l.Spent, Returned: l.Returned})
		}
		d.Paid, d.Returned = m.Spent, m.Returned
		for _, code := range slices.Sorted(maps.Keys(v.Commitments)) {
			if c := v.Commitments[code]; c.Mandate == id {
				if c.Rest > 0 {
					m.Open++
				}
				d.Deals = append(d.Deals, finance.Deal{Commitment: code, Payee: c.Payee, Purpose: c.Purpose, Amount: c.Amount, Paid: c.Paid, Released: c.Released})
			}
		}
		v.Mandates = append(v.Mandates, *m)
		v.Disclosures[id] = d
		if m.Stated != nil && m.Stated.Stated != m.Stated.Held {
			v.Differences = append(v.Differences, finance.Difference{Mandate: id, Statement: *m.Stated})
		}
	}
}

func totals(v views, balance ledger) finance.Totals {
	sum := finance.Totals{Lines: len(v.Lines), Mandates: len(v.Mandates), Commitments: len(v.Commitments), Payments: len(v.Payments)}
	for _, lots := range v.Lots {
		sum.Lots += len(lots)
	}
	for _, l := range v.Lines {
		sum.Earmarked += l.Earmarked
		sum.Returned += l.Returned
	}
	sum.Appropriated = -balance[finance.Account{Kind: finance.Outside}]
	for account, amount := range balance {
		switch account.Kind {
		case finance.LineHeld:
			sum.Available += amount
		case finance.LotHeld:
			sum.InLots += amount
		case finance.Bound:
			sum.Committed += amount
		case finance.SpentHere:
			sum.Spent += amount
		}
	}
	return sum
}

// ask puts every query to a book.
func ask(t require.TestingT, book *finance.Book, entries []finance.Entry) views {
	v := views{Lots: map[finance.Code][]finance.Lot{}, Commitments: map[finance.Code]finance.Commitment{},
		Payments: map[finance.Code]finance.Payment{}, Disclosures: map[finance.Code]finance.Disclosure{}}
	for l := range book.Lines() {
		v.Lines = append(v.Lines, l)
		one, ok := book.Line(l.Code)
		require.True(t, ok)
		require.Equal(t, l, one)
	}
	for m := range book.Mandates() {
		v.Mandates = append(v.Mandates, m)
		one, ok := book.Mandate(m.Code)
		require.True(t, ok)
		require.Equal(t, m, one)
		v.Lots[m.Code] = book.Lots(m.Code)
		v.Disclosures[m.Code], ok = book.Disclosure(m.Code)
		require.True(t, ok)
	}
	for _, e := range entries {
		if f, ok := e.Fact.(finance.Committed); ok {
			v.Commitments[f.Commitment], ok = book.Commitment(f.Commitment)
			require.True(t, ok)
		}
		if f, ok := e.Fact.(finance.Paid); ok {
			v.Payments[f.Payment], ok = book.Payment(f.Payment)
			require.True(t, ok)
		}
	}
	v.Differences, v.Totals = book.Differences(), book.Totals()
	return v
}

// TestQueriesEmpty: unknown codes are not there, and an empty book has nothing.
func TestQueriesEmpty(t *testing.T) {
	var book finance.Book
	_, ok := book.Line("x")
	require.False(t, ok)
	_, ok = book.Mandate("x")
	require.False(t, ok)
	_, ok = book.Commitment("x")
	require.False(t, ok)
	_, ok = book.Payment("x")
	require.False(t, ok)
	_, ok = book.Disclosure("x")
	require.False(t, ok)
	require.Empty(t, book.Lots("x"))
	require.Zero(t, book.Totals())
	require.Zero(t, book.Seq())
	require.Equal(t, finance.NewBook().Hash(), book.Hash())
	require.Empty(t, cmp.Diff(scan(t, nil), ask(t, &book, nil)))
}

// TestRangeTwice: an iterator can be ranged over again and stopped early, and
// what a view holds is a copy.
func TestRangeTwice(t *testing.T) {
	h := park(t)
	h.ok(finance.Assert{Line: "a", Balance: 5})
	for _, id := range []finance.Code{"m4", "m2", "m1", "m3"} {
		h.ok(finance.Appropriate{Line: "a", Amount: 1})
		h.ok(funds(id, finance.Share{Line: "a", Amount: 1}))
		h.ok(finance.Assert{Mandate: id, Balance: 9})
	}
	h.ok(finance.Assert{Line: "b", Balance: 1}) // agrees
	var differ []finance.Code
	for _, d := range h.book.Differences() {
		differ = append(differ, d.Line+d.Mandate)
		require.NotEqual(t, d.Stated, d.Held)
	}
	require.Equal(t, []finance.Code{"a", "m1", "m2", "m3", "m4"}, differ)
	seq := h.book.Lines()
	for range 2 {
		var codes []finance.Code
		for l := range seq {
			codes = append(codes, l.Code)
		}
		require.Equal(t, []finance.Code{"a", "b", "c"}, codes)
	}
	for l := range seq {
		l.Stated.Stated = 77
		break
	}
	for range h.book.Mandates() {
		break
	}
	line, _ := h.book.Line("a")
	require.Equal(t, &finance.Statement{At: noon, Stated: 5, Held: 1}, line.Stated)
	h.book.Lots("park")[0].Granted = 1
	require.NotEqual(t, finance.Fen(1), h.book.Lots("park")[0].Granted)
	require.Equal(t, time.UTC, line.Stated.At.Location())
}
