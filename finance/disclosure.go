package finance

import (
	"slices"
	"strings"
)

// Disclosure is what the public may read about one mandate (公示): who paid,
// for what, how much was paid and what went back. It holds codes and amounts
// only.
type Disclosure struct {
	Mandate   Code    `json:"mandate"`
	Purpose   Code    `json:"purpose"`
	Year      int     `json:"year"`
	Community Code    `json:"community"`
	Approver  Code    `json:"approver"`
	Granted   Fen     `json:"granted"`
	Paid      Fen     `json:"paid"`
	Returned  Fen     `json:"returned"`
	Settled   bool    `json:"settled"`
	Payers    []Payer `json:"payers"` // by line
	Deals     []Deal  `json:"deals"`  // by commitment
}

// Payer is one party's line in a mandate. When the mandate is settled, Paid +
// Returned = Granted.
type Payer struct {
	Line     Code   `json:"line"`
	Name     string `json:"name"`
	Party    Code   `json:"party"`
	Source   Source `json:"source"`
	Special  bool   `json:"special"`
	Granted  Fen    `json:"granted"`
	Paid     Fen    `json:"paid"`
	Returned Fen    `json:"returned"`
}

// Deal is one commitment of a mandate.
type Deal struct {
	Commitment Code `json:"commitment"`
	Payee      Code `json:"payee"`
	Purpose    Code `json:"purpose"`
	Amount     Fen  `json:"amount"`
	Paid       Fen  `json:"paid"`
	Released   Fen  `json:"released"`
}

// Disclosure answers the public account of a mandate. O(lots + commitments ·
// log commitments).
func (b *Book) Disclosure(mandate Code) (Disclosure, bool) {
	m := b.mandates[mandate]
	if m == nil {
		return Disclosure{}, false
	}
	d := Disclosure{
		Mandate: m.Mandate, Purpose: m.Purpose, Year: m.Year, Community: m.Community, Approver: m.Approver,
		Paid: m.out, Settled: m.settled,
		Payers: make([]Payer, 0, len(m.lots)), Deals: make([]Deal, 0, len(m.commitments)),
	}
	for _, l := range m.lots {
		d.Granted += l.granted
		d.Returned += l.returned
		d.Payers = append(d.Payers, Payer{l.code, l.line.Name, l.line.Party, l.line.Source, l.line.Special, l.granted, l.spent, l.returned})
	}
	for _, c := range m.commitments {
		d.Deals = append(d.Deals, Deal{c.code, c.payee, c.purpose, c.amount, c.paid, c.released})
	}
	slices.SortFunc(d.Deals, func(a, b Deal) int { return strings.Compare(string(a.Commitment), string(b.Commitment)) })
	return d, true
}
