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
)

// Duty is one role filled by one rule.
type Duty struct {
	Rule   Code            `json:"rule,omitzero"`
	Party  Code            `json:"party,omitzero"`
	Post   Code            `json:"post,omitzero"` // when the rule named a post
	Mode   Mode            `json:"mode,omitzero"`
	Budget worktime.Budget `json:"budget,omitzero"`
}

// Decision is the answer to a Query. Lead is filled only when Status is
// Decided; Regulator and Rectifier are zero when no rule names one, or when two
// equal rules name different parties. Assist and Notify are in rule order, one
// per party, and must not be modified.
type Decision struct {
	Status    Status
	Lead      Duty
	Regulator Duty
	Rectifier Duty
	Assist    []Duty
	Notify    []Duty
	Tie       []Code // the rules that tie, by id, when Status is Tied
}
