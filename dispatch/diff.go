package dispatch

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/party"
)

// The reasons why two lists cannot be compared.
var (
	ErrOtherMap   = errors.New("the lists speak of different maps")
	ErrOtherClock = errors.New("the lists' windows go by different calendars or time zones")
)

// ImpactMax is how many changes, and how many cases, an Impact lists; the rest
// are counted.
const ImpactMax = 1000

// Holder is who leads: a party and, when the rule names one, its post. With
// neither nobody does, and Status says why. A rule that names owner(layer) holds
// under that name.
type Holder struct {
	Party  Code   `json:"party,omitzero"`
	Post   Code   `json:"post,omitzero"`
	Status Status `json:"status"`
}

// DiffOptions is what Diff looks at besides the two lists.
type DiffOptions struct {
	Open      []OpenCase       // cases that are open
	History   []Handled        // cases handled, such as last year's, for a back-test
	Directory *party.Directory // for the back-test
}

// OpenCase is a case as a list would be asked about it.
type OpenCase struct {
	Case  Code
	Query Query
	Lead  Holder // who leads it now; the zero Holder is whom the old list names
	Bound bool   // a final ruling says who leads it, so no list moves it
}

// Impact is what would change if one list took the place of another (影响分析). A
// cell is one matter and one leaf.
type Impact struct {
	From, To Sum // the hashes of the lists

	// Cells is how many cells there are, Changed for how many of them some query
	// has another lead.
	Cells, Changed int
	// Changes are the changes, the most cells first, then by From, To, matter and
	// area.
	Changes []Change
	Left    int // changes beyond ImpactMax

	Added, Removed []Code // matters that only the new list knows, and only the old one

	Open     []CaseChange // open cases that would have another lead, by case
	OpenLeft int          // beyond ImpactMax

	Backtest *BacktestChange // nil without History
}

// Change is one holder's cells going to another, as few and as wide as whole
// matters and whole areas allow.
type Change struct {
	Matter   Code // this and all below it; Any is every matter
	Area     Code // this and all in it; Any is everywhere
	From, To Holder
	Cells    int
	Witness  Query // Match of the old list answers From, of the new one To
	Place    Code  // code of the Witness's area
}

// CaseChange is an open case that would have another lead: the lists differ about it, and
// the new one does not name who leads it now.
type CaseChange struct {
	Case     Code
	From, To Holder
}

// BacktestChange sets the two lists' agreement with the past side by side.
type BacktestChange struct {
	Before, After *Result
	Better, Worse int // cases that only the new list, and only the old one, gets right
}

// Diff compares two lists over every matter known to both, every leaf, class,
// condition, channel and cost, and all instants. Exact like Findings when neither
// list has ties; where rules tie, the first by id counts, and a change is listed
// only when Match shows it. Which party or post leads is compared, not budgets,
// standards or other roles; nor, for a rule that names owner(layer), who the
// owner is. Without a matter table in either list the matters are those that a
// rule of either names and one that none does.
//
// Errors: ErrNoList when a list is nil, ErrOtherMap when their maps' hashes
// differ, ErrOtherClock when both have windows and they go by another calendar or
// zone, then those of Backtest. O(c·a) for c classes of matters and a intervals
// of areas in which a rule is only in one list.
func Diff(old, new *List, opts DiffOptions) (*Impact, error) {
	switch {
	case old == nil || new == nil:
		return nil, ErrNoList
	case old.m.Hash() != new.m.Hash():
		return nil, ErrOtherMap
	case !sameClock(old, new):
		return nil, ErrOtherClock
	}
	impact := &Impact{From: Sum(old.hash), To: Sum(new.hash)}
	impact.Added, impact.Removed = onlyIn(new, old), onlyIn(old, new)
	newJoint(old, new).compare(impact)
	impact.cases(old, new, opts.Open)
	if opts.History == nil {
		return impact, nil
	}
	before, err := Backtest(old, opts.History, opts.Directory)
	if err != nil {
		return nil, err
	}
	after, err := Backtest(new, opts.History, opts.Directory)
	if err != nil {
		return nil, err
	}
	impact.Backtest = &BacktestChange{Before: before, After: after}
	for i := range before.Cases {
		switch a, b := before.Cases[i].Right, after.Cases[i].Right; {
		case b && !a:
			impact.Backtest.Better++
		case a && !b:
			impact.Backtest.Worse++
		}
	}
	return impact, nil
}

func sameClock(a, b *List) bool {
	if len(a.windows) == 0 || len(b.windows) == 0 {
		return true
	}
	if a.calendar != nil && b.calendar != nil && a.calendar.Hash() != b.calendar.Hash() {
		return false
	}
	return a.zone == b.zone || a.zone != nil && b.zone != nil && a.zone.String() == b.zone.String()
}

// onlyIn are the matters of one table that the other has not.
func onlyIn(l, other *List) []Code {
	if len(l.matters) == 0 || len(other.matters) == 0 {
		return nil
	}
	var out []Code
	for _, m := range slices.Sorted(maps.Keys(l.matters)) {
		if _, ok := other.matters[m]; !ok {
			out = append(out, m)
		}
	}
	return out
}

// holder is who leads by a decision.
func holder(d Decision) Holder {
	return Holder{Party: d.Lead.Party, Post: d.Lead.Post, Status: d.Status}
}

func compareHolders(a, b Holder) int {
	return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Post, b.Post), cmp.Compare(a.Status, b.Status))
}

// cases puts the open cases to both lists.
func (x *Impact) cases(old, new *List, open []OpenCase) {
	for _, c := range open {
		from, to := holder(old.Match(c.Query)), holder(new.Match(c.Query))
		if c.Bound || from == to || c.Lead.Party != "" && c.Lead.Party == to.Party && c.Lead.Post == to.Post {
			continue
		}
		if c.Lead.Party != "" {
			from = c.Lead
		}
		x.Open = append(x.Open, CaseChange{c.Case, from, to})
	}
	slices.SortStableFunc(x.Open, func(a, b CaseChange) int { return cmp.Compare(a.Case, b.Case) })
	x.OpenLeft = max(0, len(x.Open)-ImpactMax)
	x.Open = x.Open[:len(x.Open)-x.OpenLeft]
}
