package finance

import (
	"cmp"
	"time"
)

func (b *Book) applyOpened(f Opened) string {
	if fault := Open(f).check(); fault != nil {
		return fault.Field
	}
	if b.lines[f.Line] != nil {
		return "line"
	}
	put(&b.lines, f.Line, &line{Open: Open(f), version: 1})
	return ""
}

func (b *Book) applyAppropriated(f Appropriated) string {
	if fault := Appropriate(f).check(); fault != nil {
		return fault.Field
	}
	l := b.lines[f.Line]
	if l == nil {
		return "line"
	}
	total, err := b.total.appropriated.Add(f.Amount)
	if err != nil {
		return "amount"
	}
	b.total.appropriated = total
	l.appropriated += f.Amount
	l.version++
	return ""
}

func (b *Book) applyFunded(f Funded, at int64) string {
	if fault := Fund(f).check(); fault != nil {
		return fault.Field
	}
	if b.mandates[f.Mandate] != nil {
		return "mandate"
	}
	total := b.total.earmarked
	for i, s := range f.Shares {
		l := b.lines[s.Line]
		if l == nil || s.Amount > l.available() || i > 0 && f.Shares[i-1].Line >= s.Line {
			return "shares"
		}
		var err error
		if total, err = total.Add(s.Amount); err != nil {
			return "shares"
		}
	}
	m := &mandate{Fund: Fund(f), lots: make([]lot, len(f.Shares)), fundedAt: at, version: 1}
	m.Shares = nil
	for i, s := range f.Shares {
		l := b.lines[s.Line]
		l.earmarked += s.Amount
		l.version++
		m.lots[i] = lot{code: l.Line, line: l, granted: s.Amount, available: s.Amount}
		m.available += s.Amount
		m.special = m.special || l.Special
	}
	b.total.earmarked = total
	b.lots += len(m.lots)
	put(&b.mandates, f.Mandate, m)
	return ""
}

// fits reports whether parts name lots of m in lot order, each with an amount
// above zero and at most most(lot), adding up to sum. The sum cannot overflow:
// every caller's limits add up to money that is in the book.
func (m *mandate) fits(parts []Share, sum Fen, most func(lot int) Fen) bool {
	last := -1
	for _, p := range parts {
		last = m.after(last, p.Line)
		if last < 0 || p.Amount <= 0 || p.Amount > most(last) {
			return false
		}
		sum -= p.Amount
	}
	return sum == 0
}

func (b *Book) applyCommitted(f Committed, at int64) string {
	do := Commit{f.Mandate, f.Commitment, f.Payee, f.Purpose, f.Amount}
	if fault := cmp.Or(do.check(), required("purpose", f.Purpose)); fault != nil {
		return fault.Field
	}
	m := b.mandates[f.Mandate]
	switch {
	case m == nil || m.settled:
		return "mandate"
	case b.commitments[f.Commitment] != nil:
		return "commitment"
	case !m.fits(f.Parts, f.Amount, func(i int) Fen { return m.lots[i].available }):
		return "parts"
	}
	c := &commitment{mandate: m, code: f.Commitment, payee: f.Payee, purpose: f.Purpose,
		amount: f.Amount, rem: f.Amount, rest: make([]Fen, len(m.lots)), at: at}
	i := -1
	for _, p := range f.Parts {
		i = m.after(i, p.Line)
		m.lots[i].available -= p.Amount
		m.lots[i].bound += p.Amount
		c.rest[i] = p.Amount
	}
	m.available -= f.Amount
	m.bound += f.Amount
	b.total.bound += f.Amount
	m.open++
	m.version++
	m.commitments = append(m.commitments, c)
	put(&b.commitments, f.Commitment, c)
	return ""
}

func (b *Book) applyPaid(f Paid, at int64) string {
	if fault := (Pay{f.Commitment, f.Payment, f.Amount}).check(); fault != nil {
		return fault.Field
	}
	c := b.commitments[f.Commitment]
	if c == nil {
		return "commitment"
	}
	m := c.mandate
	if m.Mandate != f.Mandate {
		return "mandate"
	}
	if !m.fits(f.Parts, f.Amount, func(i int) Fen { return c.rest[i] }) {
		return "parts"
	}
	if _, ok := b.payments[f.Payment]; ok {
		return "payment"
	}
	put(&b.payments, f.Payment, payment{c, f.Amount, at})
	i := -1
	for _, p := range f.Parts {
		i = m.after(i, p.Line)
		c.rest[i] -= p.Amount
		m.lots[i].bound -= p.Amount
		m.lots[i].spent += p.Amount
	}
	c.rem -= f.Amount
	c.paid += f.Amount
	m.bound -= f.Amount
	m.out += f.Amount
	b.total.bound -= f.Amount
	b.total.spent += f.Amount
	if c.rem == 0 {
		m.open--
	}
	m.version++
	return ""
}

func (b *Book) applyReleased(f Released) string {
	c := b.commitments[f.Commitment]
	switch {
	case c == nil || c.rem == 0:
		return "commitment"
	case c.mandate.Mandate != f.Mandate:
		return "mandate"
	case !c.mandate.fits(f.Parts, c.rem, func(i int) Fen { return c.rest[i] }):
		return "parts"
	}
	m := c.mandate
	for i := range m.lots {
		m.lots[i].bound -= c.rest[i]
		m.lots[i].available += c.rest[i]
		c.rest[i] = 0
	}
	m.bound -= c.rem
	m.available += c.rem
	b.total.bound -= c.rem
	c.released += c.rem
	c.rem = 0
	m.open--
	m.version++
	return ""
}

// burdens answers what each lot will have spent after the true-ups, ok when
// they name lots in lot order, add up to zero and leave every lot between
// nothing and what it was granted.
func (m *mandate) burdens(trueUps []Share) (after []Fen, ok bool) {
	after = make([]Fen, len(m.lots))
	for i := range m.lots {
		after[i] = m.lots[i].spent
	}
	last, sum := -1, Fen(0)
	for _, t := range trueUps {
		last = m.after(last, t.Line)
		if last < 0 || t.Amount == 0 {
			return nil, false
		}
		after[last] += t.Amount // a wrap ends below zero
		if after[last] < 0 || after[last] > m.lots[last].granted {
			return nil, false
		}
		sum += t.Amount
	}
	return after, sum == 0
}

func (b *Book) applySettled(f Settled, at int64) string {
	m := b.mandates[f.Mandate]
	switch {
	case m == nil || m.settled || m.open > 0:
		return "mandate"
	case f.Spent != m.out:
		return "spent"
	}
	after, ok := m.burdens(f.TrueUps)
	if !ok {
		return "true_ups"
	}
	if !m.fits(f.Returned, m.available, func(i int) Fen { return m.lots[i].granted - after[i] }) {
		return "returned"
	}
	for i := range m.lots {
		l := &m.lots[i]
		l.spent = after[i]
		l.returned = l.granted - after[i]
		l.available = 0
		l.line.returned += l.returned
		b.total.returned += l.returned
		if l.returned > 0 {
			l.line.version++
		}
	}
	m.available, m.settled, m.settledAt = 0, true, at
	m.version++
	return ""
}

func (b *Book) applyAsserted(f Asserted, at int64) string {
	if fault := (Assert{f.Line, f.Mandate, f.Stated}).check(); fault != nil {
		return fault.Field
	}
	s := &Statement{At: time.UnixMilli(at).UTC(), Stated: f.Stated, Held: f.Held}
	if f.Line != "" {
		l := b.lines[f.Line]
		if l == nil || l.available() != f.Held {
			return "line"
		}
		l.stated = s
		l.version++
		return ""
	}
	m := b.mandates[f.Mandate]
	if m == nil || m.available+m.bound != f.Held {
		return "mandate"
	}
	m.stated = s
	m.version++
	return ""
}
