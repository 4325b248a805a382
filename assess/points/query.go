package points

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"sort"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

// Balance is what a subject has in a year: Base + Awards + Deductions + Held =
// Balance. Held is what floor and ceiling came to.
type Balance struct {
	Base       Points `json:"base"`
	Awards     Points `json:"awards"`     // that stand
	Deductions Points `json:"deductions"` // that stand; below zero, or zero
	Held       Points `json:"held"`
	Balance    Points `json:"balance"`
}

// Kind is the kind of a Line.
type Kind string

// The kinds.
const (
	KindBase    Kind = "base"
	KindAward   Kind = "award"
	KindDeduct  Kind = "deduct"
	KindReverse Kind = "reverse" // a mark taken back
	KindRefill  Kind = "refill"  // what a cut mark got when another was taken back
	KindFloor   Kind = "floor"
	KindCeiling Kind = "ceiling"
)

// Line is one line of a statement. Award, Item, On and Basis are those of the mark
// that it is about. The first line is the base, the last may be the floor or the
// ceiling; both have no Seq and no At.
type Line struct {
	Seq     uint64    `json:"seq,omitzero"` // of the entry
	At      time.Time `json:"at,omitzero"`  // of the entry
	Kind    Kind      `json:"kind"`
	Award   Code      `json:"award,omitzero"`
	Item    Code      `json:"item,omitzero"`
	On      Date      `json:"on,omitzero"`
	Basis   Code      `json:"basis,omitzero"`
	Asked   Points    `json:"asked,omitzero"` // of an award or a deduction
	Given   Points    `json:"given"`          // what the line adds
	Cut     Cut       `json:"cut,omitzero"`   // the cap that cut it
	Cap     Points    `json:"cap,omitzero"`   // and its size
	Of      Code      `json:"of,omitzero"`    // of a refill: the mark that was taken back
	Reason  Code      `json:"reason,omitzero"`
	Balance Points    `json:"balance"` // the sum of the lines so far
}

// Text says the line in lang: "zh" is Chinese, anything else English.
func (l Line) Text(lang string) string {
	args := []string{string(l.Award), string(l.Item), l.On.String(), l.Asked.String(), l.Given.String(), l.Cap.String(), string(l.Of)}
	switch l.Kind {
	case KindAward, KindDeduct:
		if l.Cut == NotCut {
			return catalog.Text(lang, "award", args...)
		}
		return catalog.Text(lang, "cut", args...) + catalog.Text(lang, string(l.Cut), args...)
	}
	return catalog.Text(lang, string(l.Kind), args...)
}

// Balance is the balance of a subject in a natural year as of an instant: what was
// recorded at or before it. Everybody has the base points, heard of or not. It is
// false when no plan was adopted for the year by then. O(plans); before the last
// entry, also O(log lines + lines up to then).
func (m *Marks) Balance(subject Code, year int, at time.Time) (Balance, bool) {
	plan := m.plan(year, civil.Millis(at))
	if plan == nil {
		return Balance{}, false
	}
	b := Balance{Base: plan.Base}
	if a := m.accounts[accountKey{subject, year}]; a != nil && civil.Millis(at) >= m.last {
		b.Awards, b.Deductions = a.sums[0], -a.sums[1]
	} else if a != nil {
		for _, l := range a.until(at) {
			if m.marks[l.Award].deducts {
				b.Deductions += l.Given
			} else {
				b.Awards += l.Given
			}
		}
	}
	sum := b.Base + b.Awards + b.Deductions
	b.Balance = plan.held(sum)
	b.Held = b.Balance - sum
	return b, true
}

// until is the lines that were written at or before an instant.
func (a *account) until(at time.Time) []Line {
	return a.lines[:sort.Search(len(a.lines), func(i int) bool { return a.lines[i].At.After(at) })]
}

// Statement is the lines of a subject's account in a natural year as of an instant,
// in the order of recording, the base first and what floor or ceiling came to last.
// What they give adds up to the balance. It is nil when no plan was adopted for the
// year by then. O(plans + lines).
func (m *Marks) Statement(subject Code, year int, at time.Time) []Line {
	plan := m.plan(year, civil.Millis(at))
	if plan == nil {
		return nil
	}
	lines := []Line{{Kind: KindBase, Given: plan.Base}}
	if a := m.accounts[accountKey{subject, year}]; a != nil {
		lines = append(lines, a.until(at)...)
	}
	sum := Points(0)
	for i := range lines {
		sum += lines[i].Given
		lines[i].Balance = sum
	}
	switch held := plan.held(sum); {
	case held > sum:
		lines = append(lines, Line{Kind: KindFloor, Given: held - sum, Balance: held})
	case held < sum:
		lines = append(lines, Line{Kind: KindCeiling, Given: held - sum, Balance: held})
	}
	return lines
}

// Mark is an award or a deduction as it stands.
type Mark struct {
	Awarded         // Given, Cut and Cap are as they were recorded
	Stands   Points // what it gives now, after refills; 0 when it is reversed
	Reversed bool
}

// Mark is the award or deduction with the id, and whether there is one. O(1).
func (m *Marks) Mark(id Code) (Mark, bool) {
	mk := m.marks[id]
	if mk == nil {
		return Mark{}, false
	}
	return Mark{mk.Awarded, signed(mk.given, mk.deducts), mk.reversed}, true
}

// Subjects lists who has something recorded in a natural year, by code. It may be
// ranged over any number of times. O(accounts log accounts).
func (m *Marks) Subjects(year int) iter.Seq[Code] {
	return func(yield func(Code) bool) {
		keys := slices.Collect(maps.Keys(m.accounts))
		keys = slices.DeleteFunc(keys, func(k accountKey) bool { return k.year != year })
		slices.SortFunc(keys, func(a, b accountKey) int { return cmp.Compare(a.subject, b.subject) })
		for _, k := range keys {
			if !yield(k.subject) {
				return
			}
		}
	}
}

// Version is the number of entries about a subject's account in a year.
func (m *Marks) Version(subject Code, year int) uint64 {
	if a := m.accounts[accountKey{subject, year}]; a != nil {
		return a.version
	}
	return 0
}

// PlanOf is the plan of a natural year with its items by code, and whether there is
// one. O(plans + items).
func (m *Marks) PlanOf(year int) (Plan, bool) {
	plan := m.plan(year, lastMilli)
	if plan == nil {
		return Plan{}, false
	}
	return plan.own(), true
}
