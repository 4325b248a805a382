package finance_test

import (
	"math/big"
	"slices"

	"github.com/gridgov/gridgov/finance"
)

// model is the rules of the book in the plainest form: maps of big numbers,
// written from the rules and sharing nothing with the engine but the verbs.
type model struct {
	lines       map[finance.Code]*modelLine
	mandates    map[finance.Code]*modelMandate
	commitments map[finance.Code]*modelCommitment
	payments    map[finance.Code]*big.Int
}

type modelLine struct {
	finance.Open
	in, earmarked, back *big.Int
	version             int
}

type modelMandate struct {
	finance.Fund
	order                          []finance.Code // lines by code
	granted, free, bound, out, ret map[finance.Code]*big.Int
	settled                        bool
	version                        int
}

type modelCommitment struct {
	mandate, payee, purpose finance.Code
	amount, paid, released  *big.Int
	rest                    map[finance.Code]*big.Int
}

func newModel() *model {
	return &model{map[finance.Code]*modelLine{}, map[finance.Code]*modelMandate{}, map[finance.Code]*modelCommitment{}, map[finance.Code]*big.Int{}}
}

func large(f finance.Fen) *big.Int { return big.NewInt(int64(f)) }

func sum(ns ...*big.Int) *big.Int {
	total := new(big.Int)
	for _, n := range ns {
		total.Add(total, n)
	}
	return total
}

func sumOf(m map[finance.Code]*big.Int) *big.Int {
	total := new(big.Int)
	for _, n := range m {
		total.Add(total, n)
	}
	return total
}

func minus(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }

func (l *modelLine) free() *big.Int { return minus(sum(l.in, l.back), l.earmarked) }

var most = large(finance.FenMax)

// fairly is largest remainder with ties to the front, one unit at a time.
func fairly(total *big.Int, weights []*big.Int) []*big.Int {
	all := sum(weights...)
	parts, rests, left := make([]*big.Int, len(weights)), make([]*big.Int, len(weights)), new(big.Int).Set(total)
	for i, w := range weights {
		parts[i], rests[i] = new(big.Int).QuoRem(new(big.Int).Mul(total, w), all, new(big.Int))
		left.Sub(left, parts[i])
	}
	for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
		best := 0
		for i := range rests {
			if rests[i].Cmp(rests[best]) > 0 {
				best = i
			}
		}
		parts[best].Add(parts[best], big.NewInt(1))
		rests[best] = big.NewInt(-1)
	}
	return parts
}

// byShare shares total over the lots by weight.
func (m *modelMandate) byShare(total *big.Int, weight map[finance.Code]*big.Int) map[finance.Code]*big.Int {
	parts := map[finance.Code]*big.Int{}
	if total.Sign() == 0 {
		for _, c := range m.order {
			parts[c] = new(big.Int)
		}
		return parts
	}
	var weights []*big.Int
	for _, c := range m.order {
		weights = append(weights, weight[c])
	}
	for i, p := range fairly(total, weights) {
		parts[m.order[i]] = p
	}
	return parts
}

// below reports whether b is a or under it by dots.
func below(a, b finance.Code) bool {
	return a == b || len(b) > len(a) && b[:len(a)] == a && b[len(a)] == '.'
}

// why lists every refusal that applies to a command, in no order: what the
// book answers must be the first of them in the documented order.
func (m *model) why(do finance.Do, expect uint64) []string {
	var codes []string
	say := func(when bool, code string) {
		if when {
			codes = append(codes, code)
		}
	}
	version := 0
	switch d := do.(type) {
	case finance.Open:
		l := m.lines[d.Line]
		say(l != nil, "line-exists")
		if l != nil {
			version = l.version
		}
	case finance.Appropriate:
		l := m.lines[d.Line]
		say(l == nil, "no-line")
		if l != nil {
			version = l.version
		}
		total := large(d.Amount)
		for _, l := range m.lines {
			total.Add(total, l.in)
		}
		say(total.Cmp(most) > 0, "too-much")
	case finance.Fund:
		if f := m.mandates[d.Mandate]; f != nil {
			say(true, "mandate-exists")
			version = f.version
		}
		total := new(big.Int)
		for _, l := range m.lines {
			total.Add(total, l.earmarked)
		}
		for _, s := range d.Shares {
			total.Add(total, large(s.Amount))
			l := m.lines[s.Line]
			say(l == nil, "no-line")
			if l != nil {
				say(l.Year != d.Year, "wrong-year")
				say(l.Special && !below(l.Purpose, d.Purpose), "wrong-purpose")
				say(large(s.Amount).Cmp(l.free()) > 0, "line-short")
			}
		}
		say(total.Cmp(most) > 0, "too-much")
	case finance.Commit:
		f := m.mandates[d.Mandate]
		say(f == nil, "no-mandate")
		say(m.commitments[d.Commitment] != nil, "commitment-exists")
		if f != nil {
			version = f.version
			say(f.settled, "settled")
			special := slices.ContainsFunc(f.order, func(c finance.Code) bool { return m.lines[c].Special })
			say(special && d.Purpose != "" && !below(f.Purpose, d.Purpose), "wrong-purpose")
			say(large(d.Amount).Cmp(sumOf(f.free)) > 0, "mandate-short")
			say(m.open(d.Mandate) >= finance.OpenMax, "too-many")
		}
	case finance.Pay:
		c := m.commitments[d.Commitment]
		say(c == nil, "no-commitment")
		say(m.payments[d.Payment] != nil, "payment-exists")
		if c != nil {
			version = m.mandates[c.mandate].version
			say(sumOf(c.rest).Sign() == 0, "commitment-closed")
			say(large(d.Amount).Cmp(sumOf(c.rest)) > 0, "commitment-short")
		}
	case finance.Release:
		c := m.commitments[d.Commitment]
		say(c == nil, "no-commitment")
		if c != nil {
			version = m.mandates[c.mandate].version
			say(sumOf(c.rest).Sign() == 0, "commitment-closed")
		}
	case finance.Settle:
		f := m.mandates[d.Mandate]
		say(f == nil, "no-mandate")
		if f != nil {
			version = f.version
			say(f.settled, "settled")
			say(!d.Release && m.open(d.Mandate) > 0, "commitments-open")
		}
	case finance.Assert:
		l, f := m.lines[d.Line], m.mandates[d.Mandate]
		say(d.Line != "" && l == nil, "no-line")
		say(d.Line == "" && f == nil, "no-mandate")
		if l != nil {
			version = l.version
		} else if f != nil {
			version = f.version
		}
	}
	say(expect != 0 && expect != uint64(version), "stale")
	return codes
}

func (m *model) open(mandate finance.Code) int {
	n := 0
	for _, c := range m.commitments {
		if c.mandate == mandate && sumOf(c.rest).Sign() > 0 {
			n++
		}
	}
	return n
}

// do carries out a command that nothing speaks against.
func (m *model) do(do finance.Do) {
	switch d := do.(type) {
	case finance.Open:
		m.lines[d.Line] = &modelLine{d, new(big.Int), new(big.Int), new(big.Int), 1}
	case finance.Appropriate:
		l := m.lines[d.Line]
		l.in = sum(l.in, large(d.Amount))
		l.version++
	case finance.Fund:
		m.fund(d)
	case finance.Commit:
		f := m.mandates[d.Mandate]
		purpose := d.Purpose
		if purpose == "" {
			purpose = f.Purpose
		}
		parts := f.byShare(large(d.Amount), f.free)
		for c, p := range parts {
			f.free[c], f.bound[c] = minus(f.free[c], p), sum(f.bound[c], p)
		}
		m.commitments[d.Commitment] = &modelCommitment{d.Mandate, d.Payee, purpose, large(d.Amount), new(big.Int), new(big.Int), parts}
		f.version++
	case finance.Pay:
		c := m.commitments[d.Commitment]
		f := m.mandates[c.mandate]
		for line, p := range f.byShare(large(d.Amount), c.rest) {
			c.rest[line] = minus(c.rest[line], p)
			f.bound[line], f.out[line] = minus(f.bound[line], p), sum(f.out[line], p)
		}
		c.paid = sum(c.paid, large(d.Amount))
		m.payments[d.Payment] = large(d.Amount)
		f.version++
	case finance.Release:
		m.release(d.Commitment)
	case finance.Settle:
		m.settle(d.Mandate)
	case finance.Assert:
		if d.Line != "" {
			m.lines[d.Line].version++
		} else {
			m.mandates[d.Mandate].version++
		}
	}
}

func (m *model) fund(d finance.Fund) {
	f := &modelMandate{Fund: d, granted: map[finance.Code]*big.Int{}, free: map[finance.Code]*big.Int{}, bound: map[finance.Code]*big.Int{},
		out: map[finance.Code]*big.Int{}, ret: map[finance.Code]*big.Int{}, version: 1}
	for _, s := range d.Shares {
		f.order = append(f.order, s.Line)
		f.granted[s.Line], f.free[s.Line] = large(s.Amount), large(s.Amount)
		f.bound[s.Line], f.out[s.Line], f.ret[s.Line] = new(big.Int), new(big.Int), new(big.Int)
		l := m.lines[s.Line]
		l.earmarked = sum(l.earmarked, large(s.Amount))
		l.version++
	}
	slices.Sort(f.order)
	m.mandates[d.Mandate] = f
}

func (m *model) release(commitment finance.Code) {
	c := m.commitments[commitment]
	f := m.mandates[c.mandate]
	for line, rest := range c.rest {
		f.bound[line], f.free[line] = minus(f.bound[line], rest), sum(f.free[line], rest)
		c.released = sum(c.released, rest)
		c.rest[line] = new(big.Int)
	}
	f.version++
}

func (m *model) settle(mandate finance.Code) {
	f := m.mandates[mandate]
	for id, c := range m.commitments {
		if c.mandate == mandate && sumOf(c.rest).Sign() > 0 {
			m.release(id)
		}
	}
	f.out = f.byShare(sumOf(f.out), f.granted)
	for _, c := range f.order {
		back := minus(f.granted[c], f.out[c])
		f.free[c], f.ret[c] = new(big.Int), back
		l := m.lines[c]
		l.back = sum(l.back, back)
		if back.Sign() > 0 {
			l.version++
		}
	}
	f.settled = true
	f.version++
}
