package dispatch

import (
	"cmp"
	"slices"
)

// FindingsMax is how many findings Findings lists; the rest are counted in one
// more.
const FindingsMax = 1000

// Severity says how bad a Finding is.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"   // a case would be left without its one answerable party
	SeverityWarning Severity = "warning" // the list does not say what its author may have meant
)

// FindingCode says what a Finding is about.
type FindingCode string

// The findings of a list, in the order in which they are reported within one
// severity.
const (
	// FindingGap: some query about the matter in the area has no lead.
	FindingGap FindingCode = "gap"
	// FindingTie: some query has two first rules of one role with different
	// parties.
	FindingTie FindingCode = "tie"
	// FindingExpired: some query goes to a party that does not exist at its
	// instant, by the directory.
	FindingExpired FindingCode = "expired"
	// FindingCrossing is a tie that needs a place with two classes of one layer,
	// such as the corner of a main street and a lane. Only a warning: most maps
	// give a place one class of each layer.
	FindingCrossing FindingCode = "crossing"
	// FindingDead: the rule is first for no query, so it changes nothing.
	FindingDead FindingCode = "dead"
	// FindingUnowned: some query goes to the owner of a feature, there is none, and
	// no regulator takes its place.
	FindingUnowned FindingCode = "unowned"
	// FindingHandover is a gap that opens where one version of the list takes over
	// from another (换版空档): a lead rule in force at the last instant of the version
	// before applies to such a query, with the windows as at the query's instant. Any
	// other gap of the same matter and area is a FindingGap of its own, and the witness
	// of each shows that kind.
	FindingHandover FindingCode = "handover"
	// FindingJurisdiction: the rule's area reaches outside its party's.
	FindingJurisdiction FindingCode = "jurisdiction"
	// FindingSelfWide: who finds may handle, but in a wider area than its post
	// looks after.
	FindingSelfWide FindingCode = "self wide"
	// FindingNoBudget: neither the rule nor a standard says how long it may take.
	FindingNoBudget FindingCode = "no budget"
	// FindingUnstaffed: a lead's post has nobody on duty, nor anybody in its place.
	FindingUnstaffed FindingCode = "unstaffed"
	// FindingMore counts what FindingsMax leaves out.
	FindingMore FindingCode = "more"
)

// findingOrder is the order of the codes within a severity.
var findingOrder = []FindingCode{
	FindingGap, FindingHandover, FindingTie, FindingUnowned, FindingExpired, FindingUnstaffed, FindingCrossing, FindingDead,
	FindingJurisdiction, FindingSelfWide, FindingNoBudget, FindingMore,
}

// Finding is something that its author should know about a list.
type Finding struct {
	Severity Severity
	Code     FindingCode
	Role     Role
	Matter   Code     // the matters concerned: this one and all below it; Any is every matter
	Area     Code     // the area concerned, with all in it; Any is everywhere
	Rules    []Code   // the rules concerned, by id; none for a gap
	By       Code     // FindingDead: a rule that goes before it
	Party    Code     // the party, when the finding is about one
	Post     Code     // its post, when the rule names one
	During   Interval // FindingUnstaffed: when
	Count    int      // FindingMore: how many
	// Witness is a query that shows the finding: Match answers it with NoRule or
	// NoList for a gap, Tied for a tie of leads, the absent party for an expired
	// one, Unowned for an unowned one, another rule for a dead one, a lead without
	// a budget for that; for the others the rule applies there. Place is the code of its area.
	// HasWitness is false for FindingMore, and for a dead rule that no instant
	// fits.
	Witness    Query
	Place      Code
	HasWitness bool
}

// Findings proves the list over every matter, every leaf of the map, every
// class, condition, channel and cost, and all instants: what it does not report
// cannot happen. It reports gaps, ties, leads that nobody owns, rules that go to
// an absent party and rules that are never first, each with a witness and, for gaps, as few and as
// wide as whole matters and whole areas allow. Errors come first, then by code,
// role, matter, area and rules; at most FindingsMax, the rest counted in one
// last FindingMore.
//
// Every matter is every matter of the table; without one, every matter that a
// rule names and one that none does. A query about an area that is not a leaf,
// about a matter unknown to the table, or with a negative cost is not covered;
// and when a window is work or rest, no instant before 2 January of
// worktime.YearMin or from 31 December of worktime.YearMax on, since no calendar
// knows of work there.
//
// Nothing is sampled: an answer can change only where a matter or an area is
// named, at the beginning or end of a rule, a party or a window, at a cost
// bound, or by a class, condition or channel that a rule names; and naming fewer
// of these never makes more rules apply.
//
// About O(r·log r) for r rules when most are first somewhere outside the areas of
// those before them; at worst O(r·a) for a areas that rules tell apart.
func (l *List) Findings() []Finding {
	if l == nil || len(l.parent) == 1 {
		return nil
	}
	all := newCheck(l).answers()
	return capFindings(all, sortFindings(all))
}

// answers is everything about which rule answers, in no order.
func (c *check) answers() []Finding {
	for role := range singleRoles {
		c.buckets(role)
	}
	if s, ok := c.free(everything, nil, nil); ok {
		c.open(0, []hole{{witness: s, gaps: new(gapSpots)}})
	}
	c.absentEverywhere()
	return slices.Concat(c.gaps(), c.ties(), c.unowned, c.expired, c.dead())
}

// sortFindings is the order of findings, as Findings says, by index: a Finding is
// too large to be moved about.
func sortFindings(all []Finding) []int {
	order, keys := make([]int, len(all)), make([][2]int, len(all))
	for i := range all {
		order[i], keys[i] = i, [2]int{slices.Index(findingOrder, all[i].Code), roleIndex(all[i].Role)}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &all[i], &all[j]
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), slices.Compare(keys[i][:], keys[j][:]), cmp.Compare(a.Matter, b.Matter),
			cmp.Compare(a.Area, b.Area), slices.Compare(a.Rules, b.Rules), cmp.Compare(a.Post, b.Post), a.During.From.Compare(b.During.From))
	})
	return order
}

// capFindings takes the first FindingsMax in order, nil for as they are, and
// counts the rest.
func capFindings(all []Finding, order []int) []Finding {
	var out []Finding
	for n := range min(len(all), FindingsMax+1) {
		f := &all[n]
		if order != nil {
			f = &all[order[n]]
		}
		if n == FindingsMax {
			return append(out, Finding{Severity: f.Severity, Code: FindingMore, Count: len(all) - n})
		}
		out = append(out, *f)
	}
	return out
}
