package dispatch

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gridgov/gridgov/party"
)

// Agreement counts right answers: Right of Of.
type Agreement struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

func (a *Agreement) add(right bool) {
	a.Of++
	if right {
		a.Right++
	}
}

// Result is how far a List agrees with what happened. The caller owns it.
type Result struct {
	Party     Agreement         // the same party
	Top       Agreement         // the same top party: the party at the end of the chain of parents
	Untested  int               // cases that do not say who handled them
	Undecided []Undecided       // by status, in the order of the statuses; each counts as wrong
	Confusion []Confused        // most cases first, then by expected, then by got
	ByMatter  []MatterAgreement // by matter
	Cases     []Tested          // the tested cases, in the order given
}

// Undecided is how many cases ended in a status other than Decided.
type Undecided struct {
	Status Status
	Cases  int
}

// Confused is a party that handled cases and what the List said instead.
type Confused struct {
	Expected Code // who handled it
	Got      Code // the List's lead; empty when it decided nothing
	Cases    int
}

// MatterAgreement is the Agreement over the cases of one matter.
type MatterAgreement struct {
	Matter     Code
	Party, Top Agreement
}

// Tested is one case put to the List.
type Tested struct {
	ID       Code
	Matter   Code
	Expected Code
	Got      Code // empty when Status is not Decided
	Status   Status
	Rule     Code // the rule that decided
	Right    bool // the same party
	TopRight bool // the same top party
}

// Backtest asks the List about cases that were handled and compares the lead it
// names with the party that handled each. A case that is not decided is wrong;
// one without a Party is not tested. A post, as lead or as the one who handled
// it, counts as its party. With a nil Directory, or for a party it does not
// know, the party is its own top. The same cases in another order give the same
// Result but for the order of Cases.
//
// Errors: ErrNoList for a nil List, ErrTooManyHandled, then a *HistoryError with
// every faulty case; the areas are not checked, one that the List's Map lacks is
// outside. O(n) Matches.
func Backtest(list *List, cases []Handled, dir *party.Directory) (*Result, error) {
	if list == nil {
		return nil, ErrNoList
	}
	if err := checkHistory(cases, anyUnits); err != nil {
		return nil, err
	}
	r := &Result{}
	lost, confused, matters := map[Status]int{}, map[[2]Code]int{}, map[Code]MatterAgreement{}
	for _, h := range cases {
		if h.Party == "" {
			r.Untested++
			continue
		}
		t := test(list, h, dir)
		r.Cases = append(r.Cases, t)
		r.Party.add(t.Right)
		r.Top.add(t.TopRight)
		if t.Status != Decided {
			lost[t.Status]++
		}
		if !t.Right {
			confused[[2]Code{t.Expected, t.Got}]++
		}
		by := matters[t.Matter]
		by.Matter = t.Matter
		by.Party.add(t.Right)
		by.Top.add(t.TopRight)
		matters[t.Matter] = by
	}
	r.Undecided = undecided(lost)
	r.Confusion = confusion(confused)
	for _, m := range slices.Sorted(maps.Keys(matters)) {
		r.ByMatter = append(r.ByMatter, matters[m])
	}
	return r, nil
}

func test(list *List, h Handled, dir *party.Directory) Tested {
	d := list.Match(Query{Matter: h.Matter, Area: h.Area, Condition: h.Condition, Channel: h.Channel, At: h.At})
	t := Tested{ID: h.ID, Matter: h.Matter, Expected: partyOf(dir, h.Party), Status: d.Status}
	if d.Status != Decided {
		return t
	}
	t.Got, t.Rule = partyOf(dir, d.Lead.Party), d.Lead.Rule
	t.Right = t.Got == t.Expected
	t.TopRight = dir.Top(t.Got) == dir.Top(t.Expected)
	return t
}

// partyOf is the party of a post, or c itself when it is no post.
func partyOf(dir *party.Directory, c Code) Code {
	if _, ok := dir.Party(c); ok {
		return c
	}
	if post, ok := dir.Post(c); ok {
		return post.Party
	}
	return c
}

func undecided(lost map[Status]int) []Undecided {
	var out []Undecided
	for _, s := range []Status{UnknownMatter, Outside, NoList, NoRule, Tied, Unowned} {
		if lost[s] > 0 {
			out = append(out, Undecided{s, lost[s]})
		}
	}
	return out
}

func confusion(confused map[[2]Code]int) []Confused {
	var out []Confused
	for k, n := range confused {
		out = append(out, Confused{k[0], k[1], n})
	}
	slices.SortFunc(out, func(a, b Confused) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Expected, b.Expected), cmp.Compare(a.Got, b.Got))
	})
	return out
}
