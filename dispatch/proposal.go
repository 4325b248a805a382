package dispatch

import (
	"iter"
	"time"
)

// Proposal is the rule that a ruling suggests for the responsibility list (裁定先例).
// The Desk changes no list: whoever keeps it takes the proposal into a new version,
// so that the same matter is not fought over twice.
type Proposal struct {
	PrecedentProposed
	Case  Code      `json:"case"`
	At    time.Time `json:"at"`
	Level int       `json:"level"`
	Body  Code      `json:"body"`
}

// Proposals yields every proposal in the order of the rulings.
func (d *Desk) Proposals() iter.Seq[Proposal] {
	return func(yield func(Proposal) bool) {
		for _, p := range d.proposals {
			if !yield(p) {
				return
			}
		}
	}
}

// Rule is the proposal as a line of a responsibility list, without an id.
func (p Proposal) Rule() Rule {
	return Rule{Role: p.Role, Matter: p.Matter, Area: p.Area, Party: p.Party, Basis: "ruling on case " + string(p.Case)}
}
