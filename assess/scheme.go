package assess

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/span"
)

// Code identifies a fact, an indicator or a member of a group.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Interval is [From, Until) with open ends when zero.
// It is a struct of From and Until, both time.Time, with Holds(at) and Valid.
type Interval = span.Interval

// IndicatorsMax and MarksMax bound one Scheme: a yearly appraisal book of a
// large city has below 200 indicators, each naming a handful of marks.
const (
	IndicatorsMax = 256
	MarksMax      = 256
)

// Indicator is one rate (率): of the facts that bear the mark Of and none of the
// marks in Except, the share that bears the mark Counts. Facts with Of that
// bear a mark in Except are excluded (剔除) and counted as such.
type Indicator struct {
	Code   Code     `json:"code"`
	Name   string   `json:"name,omitzero"`
	Of     string   `json:"of"`              // puts a fact in the denominator
	Counts string   `json:"counts"`          // puts it in the numerator too
	Except []string `json:"except,omitzero"` // each takes it out of both
}

// Plan is the input of NewScheme.
type Plan struct {
	Period     Interval    // facts count by Fact.At; zero is always
	Indicators []Indicator // in any order

	Nodes       []Node       // of the indicator trees, in any order; none: there are rates and no scores
	Adjustments []Adjustment // in any order
}

// Scheme is a validated Plan (评价方案). It is immutable and safe for concurrent
// use. The zero Scheme has no indicator.
type Scheme struct {
	period     Interval
	indicators []Indicator // by code
	rules      []rule      // one per indicator
	marks      map[string]uint8
	tree       *tree // nil when there is no node
}

// rule is an Indicator with its marks numbered.
type rule struct {
	of, counts uint8
	except     markSet
}

// markSet is a set of mark numbers.
type markSet [MarksMax / 64]uint64

func (s *markSet) add(n uint8)      { s[n/64] |= 1 << (n % 64) }
func (s *markSet) has(n uint8) bool { return s[n/64]&(1<<(n%64)) != 0 }

func (s *markSet) meets(t *markSet) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

// NewScheme copies and validates plan and reports all faults at once as *Faults,
// in this order:
//
// The period. The indicators in the caller's order, each with ErrCode, ErrTwice,
// ErrNoMark, ErrSelf (Of is also in Except, so that nothing could ever count).
// Too many indicators stand alone, too many marks come after the indicators.
//
// The nodes in the caller's order, each with ErrCode, ErrTwice, ErrUnknown of its
// parent and of its indicator, ErrInput (a leaf needs one input, an inner node has
// none and no curve), ErrWeight, ErrMissing, one fault of its curve (ErrTooMany,
// ErrCurve, ErrScore, ErrTurns), ErrCycle (once for a ring of parents, at the first
// node that is on it), ErrDeep, ErrWeights (those of its children do not add up to
// 10,000). Too many nodes or adjustments are told once instead of theirs.
//
// The adjustments in the caller's order, each with ErrCode, ErrTwice, ErrUnknown
// of its node and of its indicator, ErrInput, ErrScore.
func NewScheme(plan Plan) (*Scheme, error) {
	faults := new(Faults)
	if !plan.Period.Valid() {
		faults.add(ErrPeriod, "Period", -1, fmt.Sprintf("%s – %s", plan.Period.From, plan.Period.Until))
	}
	if len(plan.Indicators) > IndicatorsMax {
		faults.add(ErrTooMany, "Indicators", -1, fmt.Sprintf("%d > %d", len(plan.Indicators), IndicatorsMax))
		return nil, faults
	}
	s := &Scheme{period: plan.Period, marks: map[string]uint8{}}
	seen := map[Code]bool{}
	for i, in := range plan.Indicators {
		checkIndicator(faults, seen, i, in)
		in.Except = slices.Clone(in.Except)
		slices.Sort(in.Except)
		in.Except = slices.Compact(in.Except)
		s.indicators = append(s.indicators, in)
	}
	slices.SortStableFunc(s.indicators, func(a, b Indicator) int { return cmp.Compare(a.Code, b.Code) })
	if !s.number() {
		faults.add(ErrTooMany, "Indicators", -1, fmt.Sprintf("marks > %d", MarksMax))
	}
	if len(plan.Nodes) > 0 || len(plan.Adjustments) > 0 {
		s.tree = newTree(faults, &plan, s)
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	return s, nil
}

func checkIndicator(faults *Faults, seen map[Code]bool, i int, in Indicator) {
	if code.Check(in.Code) != nil {
		faults.add(ErrCode, "Indicators", i, string(in.Code))
	} else if seen[in.Code] {
		faults.add(ErrTwice, "Indicators", i, string(in.Code))
	}
	seen[in.Code] = true
	if in.Of == "" || in.Counts == "" || slices.Contains(in.Except, "") {
		faults.add(ErrNoMark, "Indicators", i, string(in.Code))
	}
	if in.Of != "" && slices.Contains(in.Except, in.Of) {
		faults.add(ErrSelf, "Indicators", i, in.Of)
	}
}

// number gives every mark that an indicator names a number, and is false when
// there are too many.
func (s *Scheme) number() bool {
	fits := true
	number := func(mark string) uint8 {
		n, known := s.marks[mark]
		if !known && len(s.marks) < MarksMax {
			n = uint8(len(s.marks))
			s.marks[mark] = n
		} else if !known {
			fits = false
		}
		return n
	}
	for _, in := range s.indicators {
		r := rule{of: number(in.Of), counts: number(in.Counts)}
		for _, mark := range in.Except {
			r.except.add(number(mark))
		}
		s.rules = append(s.rules, r)
	}
	return fits
}

// Period is the interval in which facts count.
func (s *Scheme) Period() Interval { return s.period }

// Indicators are the indicators by code, each with Except sorted.
func (s *Scheme) Indicators() []Indicator {
	list := slices.Clone(s.indicators)
	for i := range list {
		list[i].Except = slices.Clone(list[i].Except)
	}
	return list
}

// Indicator is the indicator with the code, and whether there is one.
func (s *Scheme) Indicator(c Code) (Indicator, bool) {
	i, ok := s.find(c)
	if !ok {
		return Indicator{}, false
	}
	in := s.indicators[i]
	in.Except = slices.Clone(in.Except)
	return in, true
}

func (s *Scheme) find(c Code) (int, bool) {
	return slices.BinarySearchFunc(s.indicators, c, func(in Indicator, want Code) int { return cmp.Compare(in.Code, want) })
}

// Nodes are the nodes of all trees by code.
func (s *Scheme) Nodes() []Node {
	if s.tree == nil {
		return nil
	}
	list := slices.Clone(s.tree.nodes)
	for i := range list {
		list[i].Curve = list[i].Curve.clone()
	}
	slices.SortFunc(list, func(a, b Node) int { return cmp.Compare(a.Code, b.Code) })
	return list
}

// Adjustments are the adjustments by code.
func (s *Scheme) Adjustments() []Adjustment {
	if s.tree == nil {
		return nil
	}
	return slices.Clone(s.tree.adjustments)
}
