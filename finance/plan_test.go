package finance_test

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/finance"
)

var purposes = []finance.Code{"park", "park.lights", "road"}

// amount draws from 1 to a limit that may be beyond int64, with the ends often.
func amount(t *rapid.T, limit *big.Int) finance.Fen {
	top := finance.FenMax
	if limit.IsInt64() {
		top = finance.Fen(limit.Int64())
	}
	return rapid.OneOf(rapid.Just(top), rapid.Just(finance.Fen(1)), rapid.Custom(func(t *rapid.T) finance.Fen {
		return finance.Fen(rapid.Int64Range(1, int64(min(top, 1000))).Draw(t, "small"))
	}), rapid.Custom(func(t *rapid.T) finance.Fen {
		return finance.Fen(rapid.Int64Range(1, int64(top)).Draw(t, "any"))
	})).Draw(t, "amount")
}

// pick draws a key of a map for which keep holds, "" when there is none.
func pick[V any](t *rapid.T, m map[finance.Code]V, keep func(finance.Code, V) bool) finance.Code {
	var codes []finance.Code
	for _, c := range slices.Sorted(maps.Keys(m)) {
		if keep(c, m[c]) {
			codes = append(codes, c)
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return rapid.SampledFrom(codes).Draw(t, "code")
}

func any2[V any](finance.Code, V) bool { return true }

// valid draws a verb that nothing speaks against.
func (w *world) valid(t *rapid.T) finance.Do {
	tries := []func(*rapid.T) finance.Do{w.settle, w.release, w.assert, w.pay, w.pay, w.commit, w.commit, w.fund, w.fund, w.appropriate, w.open}
	from := rapid.IntRange(0, len(tries)-1).Draw(t, "verb")
	for i := range tries {
		if do := tries[(from+i)%len(tries)](t); do != nil {
			return do
		}
	}
	panic("a line can always be opened")
}

func (w *world) open(t *rapid.T) finance.Do {
	return finance.Open{Line: w.id("l"), Name: rapid.SampledFrom([]string{"", "公园“专项”", "a<b>&\"c\"\\"}).Draw(t, "name"), Party: "street",
		Purpose: rapid.SampledFrom(purposes).Draw(t, "purpose"), Year: rapid.IntRange(2026, 2027).Draw(t, "year"),
		Source: rapid.SampledFrom([]finance.Source{finance.Treasury, finance.Department, finance.Social}).Draw(t, "source"), Special: rapid.Bool().Draw(t, "special")}
}

func (w *world) appropriate(t *rapid.T) finance.Do {
	room := new(big.Int).Set(most)
	for _, l := range w.model.lines {
		room.Sub(room, l.in)
	}
	c := pick(t, w.model.lines, any2)
	if c == "" || room.Sign() == 0 {
		return nil
	}
	// Large amounts would use up the whole range at once and leave no room.
	limit := room
	if rapid.IntRange(0, 20).Draw(t, "modest") > 0 {
		limit = new(big.Int).Div(room, big.NewInt(1<<20))
		if limit.Sign() == 0 {
			limit = big.NewInt(1)
		}
	}
	return finance.Appropriate{Line: c, Amount: amount(t, limit), Basis: rapid.SampledFrom([]string{"", "深府办"}).Draw(t, "basis")}
}

func (w *world) fund(t *rapid.T) finance.Do {
	first := pick(t, w.model.lines, func(_ finance.Code, l *modelLine) bool { return l.free().Sign() > 0 })
	if first == "" {
		return nil
	}
	f := funds(w.id("m"))
	f.Year, f.Purpose = w.model.lines[first].Year, w.model.lines[first].Purpose
	if rapid.Bool().Draw(t, "below") {
		f.Purpose += ".x"
	}
	total := new(big.Int)
	for _, l := range w.model.lines {
		total.Add(total, l.earmarked)
	}
	room := minus(most, total)
	for _, c := range rapid.Permutation(slices.Sorted(maps.Keys(w.model.lines))).Draw(t, "lines") {
		l := w.model.lines[c]
		limit := l.free()
		if limit.Cmp(room) > 0 {
			limit = room
		}
		if l.Year == f.Year && (!l.Special || below(l.Purpose, f.Purpose)) && limit.Sign() > 0 && (c == first || rapid.IntRange(0, 3).Draw(t, "joins") > 0) {
			s := finance.Share{Line: c, Amount: amount(t, limit)}
			room = minus(room, large(s.Amount))
			f.Shares = append(f.Shares, s)
		}
	}
	if len(f.Shares) == 0 {
		return nil
	}
	return f
}

func (w *world) commit(t *rapid.T) finance.Do {
	c := pick(t, w.model.mandates, func(_ finance.Code, m *modelMandate) bool { return sumOf(m.free).Sign() > 0 })
	if c == "" {
		return nil
	}
	m := w.model.mandates[c]
	purpose := rapid.SampledFrom([]finance.Code{"", m.Purpose, m.Purpose + ".y"}).Draw(t, "purpose")
	return finance.Commit{Mandate: c, Commitment: w.id("c"), Payee: "builder", Purpose: purpose, Amount: amount(t, sumOf(m.free))}
}

func (w *world) pay(t *rapid.T) finance.Do {
	c := pick(t, w.model.commitments, func(_ finance.Code, c *modelCommitment) bool { return sumOf(c.rest).Sign() > 0 })
	if c == "" {
		return nil
	}
	return finance.Pay{Commitment: c, Payment: w.id("v"), Amount: amount(t, sumOf(w.model.commitments[c].rest))}
}

func (w *world) release(t *rapid.T) finance.Do {
	c := pick(t, w.model.commitments, func(_ finance.Code, c *modelCommitment) bool { return sumOf(c.rest).Sign() > 0 })
	if c == "" {
		return nil
	}
	return finance.Release{Commitment: c}
}

func (w *world) settle(t *rapid.T) finance.Do {
	c := pick(t, w.model.mandates, func(_ finance.Code, m *modelMandate) bool { return !m.settled })
	if c == "" {
		return nil
	}
	return finance.Settle{Mandate: c, Release: w.model.open(c) > 0 || rapid.Bool().Draw(t, "release")}
}

func (w *world) assert(t *rapid.T) finance.Do {
	balance := finance.Fen(rapid.Int64Range(-5, 5).Draw(t, "balance"))
	if c := pick(t, w.model.mandates, any2); c != "" && rapid.Bool().Draw(t, "mandate") {
		return finance.Assert{Mandate: c, Balance: finance.Fen(sum(sumOf(w.model.mandates[c].free), sumOf(w.model.mandates[c].bound)).Int64()) - finance.Fen(rapid.IntRange(0, 2).Draw(t, "off"))}
	}
	if c := pick(t, w.model.lines, any2); c != "" {
		return finance.Assert{Line: c, Balance: balance}
	}
	return nil
}

// version is what Expect must be for a command.
func (w *world) version(do finance.Do) uint64 {
	var line, mandate finance.Code
	switch d := do.(type) {
	case finance.Appropriate:
		line = d.Line
	case finance.Assert:
		line, mandate = d.Line, d.Mandate
	case finance.Commit:
		mandate = d.Mandate
	case finance.Settle:
		mandate = d.Mandate
	case finance.Pay:
		mandate = w.model.commitments[d.Commitment].mandate
	case finance.Release:
		mandate = w.model.commitments[d.Commitment].mandate
	}
	if l := w.model.lines[line]; l != nil {
		return uint64(l.version)
	}
	if m := w.model.mandates[mandate]; m != nil {
		return uint64(m.version)
	}
	return 0
}

// invalid draws a refusal code and a command meant to meet it and no other. The
// caller checks that it does.
func (w *world) invalid(t *rapid.T) (string, finance.Command) {
	code := rapid.SampledFrom(planned).Draw(t, "code")
	if code == "stale" {
		c := w.wrap(t, w.valid(t))
		c.Expect = w.version(c.Do) + rapid.Uint64Range(1, 3).Draw(t, "ahead")
		return code, c
	}
	base := map[string][]func(*rapid.T) finance.Do{
		"line-exists": {w.open}, "no-line": {w.appropriate, w.fund, w.assert}, "mandate-exists": {w.fund}, "no-mandate": {w.commit, w.settle, w.assert},
		"no-commitment": {w.pay, w.release}, "commitment-exists": {w.commit}, "payment-exists": {w.pay}, "settled": {w.settle},
		"commitment-closed": {w.release}, "wrong-year": {w.fund}, "wrong-purpose": {w.fund, w.commit}, "line-short": {w.fund}, "mandate-short": {w.commit},
		"commitment-short": {w.pay}, "commitments-open": {w.settle}, "too-many": {w.commit}, "too-much": {w.appropriate, w.fund},
	}[code]
	do := rapid.SampledFrom(base).Draw(t, "base")(t)
	switch code { // these need no valid verb of their kind to begin with
	case "settled":
		do = finance.Settle{}
	case "commitment-closed":
		do = finance.Release{}
	}
	if do == nil {
		do = w.valid(t)
	}
	return code, w.wrap(t, w.spoil(t, code, do))
}

// spoil changes one thing about a valid verb.
func (w *world) spoil(t *rapid.T, code string, do finance.Do) finance.Do {
	or := func(c finance.Code) finance.Code { return cmp.Or(c, "none") }
	unknown := w.id("unknown")
	switch d := do.(type) {
	case finance.Open:
		d.Line = or(pick(t, w.model.lines, any2))
		return d
	case finance.Appropriate:
		if code == "no-line" {
			d.Line = unknown
			return d
		}
		d.Amount = finance.FenMax
		return d
	case finance.Fund:
		i := rapid.IntRange(0, len(d.Shares)-1).Draw(t, "share")
		switch code {
		case "no-line":
			d.Shares[i].Line = unknown
		case "mandate-exists":
			d.Mandate = or(pick(t, w.model.mandates, any2))
		case "wrong-year":
			d.Year++
		case "wrong-purpose":
			d.Purpose = rapid.SampledFrom([]finance.Code{"other", "par", "park2", "parks.x"}).Draw(t, "purpose")
		case "line-short":
			d.Shares[i].Amount = finance.Fen(w.model.lines[d.Shares[i].Line].free().Int64()) + 1
		case "too-much":
			// Only lines whose money went round and round can get here.
			d.Shares[i].Amount = finance.Fen(w.model.lines[d.Shares[i].Line].free().Int64())
		}
		return d
	case finance.Commit:
		switch code {
		case "no-mandate":
			d.Mandate = unknown
		case "commitment-exists":
			d.Commitment = or(pick(t, w.model.commitments, any2))
		case "wrong-purpose":
			d.Purpose = "other"
		case "mandate-short":
			d.Amount = finance.Fen(sumOf(w.model.mandates[d.Mandate].free).Int64())
			if d.Amount < finance.FenMax {
				d.Amount++
			}
		}
		return d
	case finance.Pay:
		switch code {
		case "no-commitment":
			d.Commitment = unknown
		case "payment-exists":
			d.Payment = or(pick(t, w.model.payments, any2))
		case "commitment-short":
			d.Amount = finance.Fen(sumOf(w.model.commitments[d.Commitment].rest).Int64())
			if d.Amount < finance.FenMax {
				d.Amount++
			}
		}
		return d
	case finance.Release:
		d.Commitment = unknown
		if code == "commitment-closed" {
			d.Commitment = or(pick(t, w.model.commitments, func(_ finance.Code, c *modelCommitment) bool { return sumOf(c.rest).Sign() == 0 }))
		}
		return d
	case finance.Settle:
		switch code {
		case "no-mandate":
			d.Mandate = unknown
		case "settled":
			d.Mandate = or(pick(t, w.model.mandates, func(_ finance.Code, m *modelMandate) bool { return m.settled }))
		case "commitments-open":
			d.Mandate = or(pick(t, w.model.mandates, func(c finance.Code, m *modelMandate) bool { return w.model.open(c) > 0 }))
			d.Release = false
		}
		return d
	case finance.Assert:
		if code == "no-line" {
			return finance.Assert{Line: unknown, Balance: d.Balance}
		}
		return finance.Assert{Mandate: unknown, Balance: d.Balance}
	}
	return do
}
