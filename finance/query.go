package finance

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Line is a fund line as it stands. Available = Appropriated − Earmarked +
// Returned. Version is the number of entries that touched it.
type Line struct {
	Code         Code       `json:"line"`
	Name         string     `json:"name"`
	Party        Code       `json:"party"`
	Purpose      Code       `json:"purpose"`
	Year         int        `json:"year"`
	Source       Source     `json:"source"`
	Special      bool       `json:"special"`
	Appropriated Fen        `json:"appropriated"`
	Earmarked    Fen        `json:"earmarked"` // to mandates, in all
	Returned     Fen        `json:"returned"`  // from settled mandates, in all
	Available    Fen        `json:"available"`
	Stated       *Statement `json:"stated,omitempty"` // the latest
	Version      uint64     `json:"version"`
}

// Mandate is a funded mandate as it stands; its amounts are the sums over its
// lots. SettledAt is zero until it is settled. Version is the number of entries
// that touched it.
type Mandate struct {
	Code      Code       `json:"mandate"`
	Purpose   Code       `json:"purpose"`
	Year      int        `json:"year"`
	Community Code       `json:"community"`
	Approver  Code       `json:"approver"`
	Special   bool       `json:"special"` // holds money of a special line
	Granted   Fen        `json:"granted"`
	Available Fen        `json:"available"`
	Committed Fen        `json:"committed"`
	Spent     Fen        `json:"spent"`
	Returned  Fen        `json:"returned"`
	Open      int        `json:"open"` // commitments with something left
	Settled   bool       `json:"settled"`
	FundedAt  time.Time  `json:"funded_at"`
	SettledAt time.Time  `json:"settled_at,omitzero"`
	Stated    *Statement `json:"stated,omitempty"` // the latest
	Version   uint64     `json:"version"`
}

// Lot is the money of one line in one mandate. Granted = Available + Committed
// + Spent + Returned, and none is below zero.
type Lot struct {
	Line      Code `json:"line"`
	Granted   Fen  `json:"granted"`
	Available Fen  `json:"available"`
	Committed Fen  `json:"committed"`
	Spent     Fen  `json:"spent"`
	Returned  Fen  `json:"returned"`
}

// Commitment is a commitment as it stands. Amount = Paid + Released + Rest;
// Parts is the rest by lot, in lot order, without zeros.
type Commitment struct {
	Code     Code      `json:"commitment"`
	Mandate  Code      `json:"mandate"`
	Payee    Code      `json:"payee"`
	Purpose  Code      `json:"purpose"`
	Amount   Fen       `json:"amount"`
	Paid     Fen       `json:"paid"`
	Released Fen       `json:"released"`
	Rest     Fen       `json:"rest"`
	Parts    []Share   `json:"parts,omitempty"`
	At       time.Time `json:"at"`
}

// Payment is a payment that was made.
type Payment struct {
	Code       Code      `json:"payment"`
	Commitment Code      `json:"commitment"`
	Mandate    Code      `json:"mandate"`
	Payee      Code      `json:"payee"`
	Amount     Fen       `json:"amount"`
	At         time.Time `json:"at"`
}

// Statement is what an outside statement said, and what the book held then.
type Statement struct {
	At     time.Time `json:"at"`
	Stated Fen       `json:"stated"`
	Held   Fen       `json:"held"`
}

// Totals is the whole book. Appropriated = Available + InLots + Committed +
// Spent: every fen that came in is in one of the four places.
type Totals struct {
	Lines        int `json:"lines"`
	Mandates     int `json:"mandates"`
	Lots         int `json:"lots"`
	Commitments  int `json:"commitments"`
	Payments     int `json:"payments"`
	Appropriated Fen `json:"appropriated"`
	Earmarked    Fen `json:"earmarked"` // to mandates, in all
	Returned     Fen `json:"returned"`  // from settled mandates, in all
	Available    Fen `json:"available"` // on lines
	InLots       Fen `json:"in_lots"`   // available in mandates
	Committed    Fen `json:"committed"`
	Spent        Fen `json:"spent"`
}

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

func (s *Statement) copy() *Statement {
	if s == nil {
		return nil
	}
	return new(*s)
}

func (l *line) view() Line {
	return Line{
		Code: l.Line, Name: l.Name, Party: l.Party, Purpose: l.Purpose, Year: l.Year, Source: l.Source, Special: l.Special,
		Appropriated: l.appropriated, Earmarked: l.earmarked, Returned: l.returned, Available: l.available(),
		Stated: l.stated.copy(), Version: l.version,
	}
}

func (m *mandate) view() Mandate {
	v := Mandate{
		Code: m.Mandate, Purpose: m.Purpose, Year: m.Year, Community: m.Community, Approver: m.Approver,
		Special: m.special, Available: m.available, Committed: m.bound, Spent: m.out, Open: m.open,
		Settled: m.settled, FundedAt: instant(m.fundedAt), Stated: m.stated.copy(), Version: m.version,
	}
	if m.settled {
		v.SettledAt = instant(m.settledAt)
	}
	for i := range m.lots {
		v.Granted += m.lots[i].granted
		v.Returned += m.lots[i].returned
	}
	return v
}

// Line answers the fund line of that code.
func (b *Book) Line(c Code) (Line, bool) {
	l := b.lines[c]
	if l == nil {
		return Line{}, false
	}
	return l.view(), true
}

// Mandate answers the mandate of that id. O(lots).
func (b *Book) Mandate(id Code) (Mandate, bool) {
	m := b.mandates[id]
	if m == nil {
		return Mandate{}, false
	}
	return m.view(), true
}

// Lots answers the lots of a mandate in lot order, which is by the code of the
// line; none when there is no such mandate.
func (b *Book) Lots(mandate Code) []Lot {
	m := b.mandates[mandate]
	if m == nil {
		return nil
	}
	lots := make([]Lot, len(m.lots))
	for i, l := range m.lots {
		lots[i] = Lot{l.code, l.granted, l.available, l.bound, l.spent, l.returned}
	}
	return lots
}

// Commitment answers the commitment of that id. O(lots).
func (b *Book) Commitment(id Code) (Commitment, bool) {
	c := b.commitments[id]
	if c == nil {
		return Commitment{}, false
	}
	return c.view(), true
}

func (c *commitment) view() Commitment {
	parts := c.mandate.shares(func(i int) Fen { return c.rest[i] })
	return Commitment{c.code, c.mandate.Mandate, c.payee, c.purpose, c.amount, c.paid, c.released, c.rem, parts, instant(c.at)}
}

// Payment answers the payment of that id.
func (b *Book) Payment(id Code) (Payment, bool) {
	p, ok := b.payments[id]
	if !ok {
		return Payment{}, false
	}
	c := p.commitment
	return Payment{id, c.code, c.mandate.Mandate, c.payee, p.amount, instant(p.at)}, true
}

// Totals answers the whole book. O(1).
func (b *Book) Totals() Totals {
	t := &b.total
	available := t.appropriated - t.earmarked + t.returned
	return Totals{
		Lines: len(b.lines), Mandates: len(b.mandates), Lots: b.lots, Commitments: len(b.commitments), Payments: len(b.payments),
		Appropriated: t.appropriated, Earmarked: t.earmarked, Returned: t.returned, Available: available,
		InLots: t.appropriated - available - t.bound - t.spent, Committed: t.bound, Spent: t.spent,
	}
}

// Lines ranges over every fund line by code. Each range sorts, O(n log n); the
// book must not be changed meanwhile.
func (b *Book) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, c := range sorted(b.lines) {
			if !yield(b.lines[c].view()) {
				return
			}
		}
	}
}

// Mandates ranges over every mandate by id. Each range sorts, O(n log n); the
// book must not be changed meanwhile.
func (b *Book) Mandates() iter.Seq[Mandate] {
	return func(yield func(Mandate) bool) {
		for _, c := range sorted(b.mandates) {
			if !yield(b.mandates[c].view()) {
				return
			}
		}
	}
}

// Difference is a line or mandate whose latest statement did not agree with the
// book when it was recorded.
type Difference struct {
	Line    Code `json:"line,omitzero"`
	Mandate Code `json:"mandate,omitzero"`
	Statement
}

// Differences lists lines, then mandates, whose latest statement did not agree,
// each by code. O(n log n).
func (b *Book) Differences() []Difference {
	var list []Difference
	for _, c := range sorted(b.lines) {
		if s := b.lines[c].stated; s != nil && s.Stated != s.Held {
			list = append(list, Difference{Line: c, Statement: *s})
		}
	}
	for _, c := range sorted(b.mandates) {
		if s := b.mandates[c].stated; s != nil && s.Stated != s.Held {
			list = append(list, Difference{Mandate: c, Statement: *s})
		}
	}
	return list
}

// sorted lists the keys of a map in order.
func sorted[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
