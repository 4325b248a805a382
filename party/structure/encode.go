package structure

import (
	"cmp"
	"encoding/json"
	"time"

	"github.com/gridgov/gridgov/party"
)

// written is a rule as files have it. Decode reads it.
type written struct {
	ID           Code                    `json:"id"`
	Kind         Kind                    `json:"kind"`
	Role         []string                `json:"role,omitempty"`
	In           []string                `json:"in,omitempty"`
	Parties      []string                `json:"parties,omitempty"`
	Per          string                  `json:"per,omitempty"`
	Count        any                     `json:"count,omitempty"`
	Source       []string                `json:"source,omitempty"`
	As           []party.AppointmentKind `json:"as,omitempty"`
	SameAs       []string                `json:"same_as,omitempty"`
	SameIn       []string                `json:"same_in,omitempty"`
	Through      []string                `json:"through,omitempty"`
	Who          []string                `json:"who,omitempty"`
	Registration party.RegistrationKind  `json:"registration,omitempty"`
	Facilities   []string                `json:"facilities,omitempty"`
	SquareMeters int                     `json:"square_meters,omitempty"`
	Dated        bool                    `json:"dated,omitempty"`
	Rights       []party.RightKind       `json:"rights,omitempty"`
	From         time.Time               `json:"from,omitzero"`
	Until        time.Time               `json:"until,omitzero"`
	Basis        string                  `json:"basis,omitempty"`
}

// MarshalJSON writes the rule as Decode reads it.
func (r Rule) MarshalJSON() ([]byte, error) {
	w := written{
		ID: r.ID, Kind: cmp.Or(r.Kind, People), Role: r.Role, In: r.In, Parties: r.Parties, Per: r.Per.String(),
		Source: r.Source, As: r.As, SameAs: r.SameAs, SameIn: r.SameIn, Through: r.Through, Who: r.Who,
		Registration: r.Registration, Facilities: r.Facilities, SquareMeters: r.SquareMeters, Dated: r.Dated,
		Rights: r.Rights, From: r.During.From, Until: r.During.Until, Basis: r.Basis,
	}
	switch c := r.Count; {
	case c == nil:
	case c.Min == c.Max:
		w.Count = c.Min
	case c.Max == Unlimited:
		w.Count = map[string]int{"min": c.Min}
	default:
		w.Count = map[string]int{"min": c.Min, "max": c.Max}
	}
	return json.Marshal(w)
}

// String is the unit as files write it; empty for none.
func (p Per) String() string {
	if p.Name == "" {
		return string(p.By)
	}
	return string(p.By) + ":" + p.Name
}
