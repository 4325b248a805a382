package duplicate

import (
	"fmt"
	"math"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
)

// New answers an empty Index, or every fault of the Config as *Errors: of Policies,
// by position, then of Default; of one policy in the order of its fields. Above
// PoliciesMax only ErrMany is answered.
func New(c Config) (*Index, error) {
	var faults Errors
	if len(c.Policies) > PoliciesMax {
		faults.add(&Error{Field: "Policies", Value: fmt.Sprint(len(c.Policies)), Err: ErrMany})
		return nil, &faults
	}
	seen := make(map[Code]bool, len(c.Policies))
	for i, p := range c.Policies {
		p = p.withDefaults()
		field := fmt.Sprintf("Policies[%d].", i)
		switch {
		case code.Check(p.Matter) != nil:
			faults.code(field+"Matter", p.Matter)
		case seen[p.Matter]:
			faults.add(&Error{Field: field + "Matter", Value: string(p.Matter), Err: ErrTwice})
		}
		seen[p.Matter] = true
		p.check(field, &faults)
	}
	other := c.Default.withDefaults()
	if other.Matter != "" || other.Group != "" {
		faults.add(&Error{Field: "Default", Err: ErrDefault})
		other.Group = ""
	}
	other.check("Default.", &faults)
	if err := faults.err(); err != nil {
		return nil, err
	}
	return newIndex(c.compile(other)), nil
}

func (e *Errors) code(field string, c Code) {
	if err := code.Check(c); err != nil {
		shown := string(c[:min(len(c), code.LenMax)])
		e.add(&Error{Field: field, Value: shown, Err: ErrCode, Cause: err})
	}
}

// check adds the faults of a policy that has its defaults, but for its matter.
func (p *Policy) check(field string, faults *Errors) {
	add := func(name string, value any, err error) {
		faults.add(&Error{Field: field + name, Value: fmt.Sprint(value), Err: err})
	}
	// What rounds to no millimetre at all is no radius.
	if !(p.Radius >= 0.0005 && p.Radius <= RadiusMax) {
		add("Radius", float64(p.Radius), ErrRange)
	}
	switch {
	case p.Window <= 0 || p.Window > WindowMax:
		add("Window", p.Window, ErrRange)
	case p.Window%time.Millisecond != 0:
		add("Window", p.Window, ErrNotMillis)
	}
	if p.Group != "" {
		faults.code(field+"Group", p.Group)
	}
	if p.Mode >= modesEnd {
		add("Mode", uint8(p.Mode), ErrRange)
	}
	if p.Threshold < 1 || p.Threshold > ScoreMax {
		add("Threshold", p.Threshold, ErrRange)
	}
}

// compile is the checked policies by matter, and the groups with their lattices.
func (c *Config) compile(other Policy) *policies {
	out := &policies{of: make(map[Code]rule, len(c.Policies)), other: other.rule(-1), parent: c.Parent}
	numbers := map[Code]int32{}
	widest := []int64{}
	for _, p := range c.Policies {
		p = p.withDefaults()
		number := int32(-1)
		if p.Group != "" {
			var ok bool
			if number, ok = numbers[p.Group]; !ok {
				number = int32(len(widest))
				numbers[p.Group] = number
				widest = append(widest, 0)
				out.groups = append(out.groups, group{code: p.Group})
			}
			widest[number] = max(widest[number], millimetres(p.Radius))
		}
		out.of[p.Matter] = p.rule(number)
	}
	for i, r := range widest {
		out.groups[i].lattice = latticeOf(r)
	}
	return out
}

func (p *Policy) rule(group int32) rule {
	return rule{
		radius: millimetres(p.Radius), window: p.Window.Milliseconds(),
		group: group, mode: p.Mode, threshold: p.Threshold,
	}
}

// millimetres rounds halves away from zero, as grid's distances are.
func millimetres(m grid.Meters) int64 { return int64(math.Round(float64(m) * 1000)) }
