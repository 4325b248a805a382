package dispatch

import (
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

// Query is what the responsibility list is asked: this matter, at this place,
// at this instant.
type Query struct {
	Matter    Code
	Area      grid.Ref // any unit of the List's Map; 0 is outside
	Classes   []string // "layer=class" of the place
	Condition string
	Channel   string
	At        time.Time
	Cost      int64 // fen, estimated; 0 when unknown

	Owners []LayerOwner // who owns what lies there, as grid.Place.Owner says; of two for one layer the first
}

// LayerOwner is who owns the feature of a layer at a place (权属主体). The Owner
// is taken as it is; the list does not know the features.
type LayerOwner struct {
	Layer string `json:"layer"`
	Owner Code   `json:"owner,omitzero"` // none: the place has no feature of the layer with an owner
}

// Status says whether a lead was found, and if not why.
type Status string

// The statuses, in the order in which they are looked for.
const (
	Decided       Status = "decided"
	UnknownMatter Status = "unknown matter"
	Outside       Status = "outside"
	NoList        Status = "no list" // the list has no lead rule at all
	NoRule        Status = "no rule"
	Tied          Status = "tie"
	Unowned       Status = "no owner" // the lead is the owner of a feature, there is none, and no regulator either
)

// DutyReason says why a Duty is not quite what its rule says; empty when it is.
type DutyReason string

// ReasonNoOwner: the rule names owner(layer) and the place has no feature of that
// layer with an owner. A lead is then the regulator (监管主体单独处置).
const ReasonNoOwner DutyReason = "no owner"

// Duty is one role filled by one rule.
type Duty struct {
	Rule   Code            `json:"rule,omitzero"`
	Party  Code            `json:"party,omitzero"`
	Post   Code            `json:"post,omitzero"` // when the rule named a post
	Mode   Mode            `json:"mode,omitzero"`
	Budget worktime.Budget `json:"budget,omitzero"`
	Reason DutyReason      `json:"reason,omitzero"`
}

// Decision is the answer to a Query. Lead is filled only when Status is
// Decided; Standard is where its limit comes from when not from the rule.
// Regulator and Rectifier are zero when no rule names one, or when two
// equal rules name different parties. Assist and Notify are in rule order, one
// per party, and must not be modified.
type Decision struct {
	Status    Status
	Lead      Duty
	Regulator Duty
	Rectifier Duty
	Assist    []Duty
	Notify    []Duty
	Standard  string // name of the standard that gave the lead's Budget
	Tie       []Code // the rules that tie, by id, when Status is Tied
}
