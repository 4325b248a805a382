package duplicate

import (
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
)

// Code identifies a case, a matter, an asset or a group.
type Code = code.Code

// Mode is what may be done with a candidate without asking anybody.
type Mode uint8

// The modes.
const (
	Suggest Mode = iota // 提示: a person decides
	Auto                // 自动: from Policy.Threshold on it may be merged unasked
	Off                 // 不查重: a report of the matter has no candidates, even of its asset
	modesEnd
)

// String is "suggest", "auto" or "off"; "" for what is no mode.
func (m Mode) String() string {
	return [...]string{"suggest", "auto", "off", ""}[min(m, modesEnd)]
}

// What holds for a matter without a Policy, and for a zero in one. 50 m and 24 h
// are the defaults of smart_cityguard (database/init.sql), an open city management
// system.
const (
	RadiusDefault    grid.Meters = 50
	WindowDefault                = 24 * time.Hour
	ThresholdDefault             = 9000
)

// Limits.
const (
	// RadiusMax is 5 km, more than a subdistrict: farther off is another thing.
	RadiusMax grid.Meters = 5000
	// WindowMax is a year: longer is a history.
	WindowMax = 366 * 24 * time.Hour
	// PoliciesMax is ten times the matters of the longest published list.
	PoliciesMax = 10_000
	// ReportsMax is what may be open at once: a year of a large city.
	ReportsMax = 10_000_000
	// ChannelLenMax is that of a dispatch.Event, in bytes.
	ChannelLenMax = 256
	// CandidatesMax is how many candidates are answered: what somebody can read.
	CandidatesMax = 32
)

// ScoreMax is the score of the same matter here and now, in basis points.
const ScoreMax = 10_000

// Policy is what counts as a duplicate in one matter (查重规则). A zero Radius, Window
// or Threshold stands for the default.
type Policy struct {
	Matter    Code          // see Config.Parent
	Radius    grid.Meters   // above 0, to the millimetre, rounded; at most RadiusMax
	Window    time.Duration // above 0, whole milliseconds; at most WindowMax
	Group     Code          // matters with one group are siblings (同类事项); empty: it has none
	Mode      Mode
	Threshold int // the least score for Auto, 1 to ScoreMax
}

func (p Policy) withDefaults() Policy {
	if p.Radius == 0 {
		p.Radius = RadiusDefault
	}
	if p.Window == 0 {
		p.Window = WindowDefault
	}
	if p.Threshold == 0 {
		p.Threshold = ThresholdDefault
	}
	return p
}

// Config is what New needs.
type Config struct {
	// Policies, at most one for a matter, in any order.
	Policies []Policy
	// Default holds for a matter without one. Its Matter and Group must be empty.
	Default Policy
	// Parent answers the matter above one, "" at the top, so that a policy holds for
	// all matters below its own that have none; dispatch.ParentMatter is one. The
	// answer must be shorter than the question, else it is taken for "". It must be
	// pure. Nil: a policy holds for its own matter alone. Matters below one policy
	// with a group are siblings; without one they are not.
	Parent func(matter Code) Code
}

// rule is a Policy in the units that are reckoned in.
type rule struct {
	radius    int64 // millimetres
	window    int64 // milliseconds
	group     int32 // -1: none
	mode      Mode
	threshold int
}

// policies answers the rule of a matter. It never changes.
type policies struct {
	of     map[Code]rule
	other  rule
	parent func(Code) Code
	groups []group
}

// group is the matters that are looked up together.
type group struct {
	code    Code
	lattice lattice
}

func (p *policies) rule(matter Code) rule {
	for {
		if r, ok := p.of[matter]; ok {
			return r
		}
		if p.parent == nil {
			return p.other
		}
		above := p.parent(matter)
		if above == "" || len(above) >= len(matter) {
			return p.other
		}
		matter = above
	}
}
