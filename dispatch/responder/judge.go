package responder

import (
	"math"
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// verdict is what is found of somebody for a need.
type verdict struct {
	reason   Reason
	what     Code
	measured bool
	away     grid.Meters
	cost     int64
}

// judge goes through the reasons in order of precedence.
func (c *checked) judge(n *need, p *person) verdict {
	if r, what := c.suits(n, p); r != 0 {
		return verdict{reason: r, what: what}
	}
	var v verdict
	if n.placed {
		switch {
		case !p.placed:
			return verdict{reason: Unplaced}
		case p.age > c.options.StaleAfter || p.age < -c.options.StaleAfter:
			return verdict{reason: Stale}
		}
		mm := math.Round(n.at.Distance(p.at) * 1000)
		v.measured, v.away = true, grid.Meters(mm/1000)
		v.cost = (int64(mm) + 500) / 1000
		if c.options.Within > 0 && v.away > c.options.Within {
			v.reason = TooFar
			return v
		}
	}
	if c.options.Cost != nil {
		var ok bool
		if v.cost, ok = c.options.Cost(n.Need, p.Responder, v.away); !ok || v.cost < 0 || v.cost > CostMax {
			v.cost, v.reason = 0, Refused
		}
	}
	return v
}

// suits judges what needs no position.
func (c *checked) suits(n *need, p *person) (Reason, Code) {
	switch {
	case !p.OnDuty:
		return OffDuty, ""
	case n.Party != "" && p.Party != n.Party:
		return NotOfParty, ""
	case n.Enforcement && p.Kind != Regular:
		return NoPowers, ""
	}
	for _, skill := range n.Skills {
		if !slices.Contains(p.Skills, skill) {
			return Unskilled, skill
		}
	}
	if n.Area != "" && len(p.Areas) > 0 && !slices.ContainsFunc(p.Areas, func(a Code) bool { return c.covers(a, n.Area) }) {
		return NotOfArea, ""
	}
	if p.Load >= p.capacity {
		return Full, ""
	}
	return 0, ""
}

func (c *checked) covers(serves, area Code) bool {
	return serves == area || c.options.Covers != nil && c.options.Covers(serves, area)
}
