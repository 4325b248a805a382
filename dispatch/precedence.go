package dispatch

import (
	"cmp"
	"math"
	"time"
)

// Rank is everything that decides between two rules that both apply, and
// nothing else does: not the id, not the channel, not the cost, not the order
// in which rules were given.
type Rank struct {
	Precedence int   `json:"precedence,omitzero"` // as given; higher goes first
	Matter     int   `json:"matter,omitzero"`     // MatterDepth; deeper goes first
	Area       int   `json:"area,omitzero"`       // level of the area + 1, 0 for everywhere; deeper goes first
	Class      bool  `json:"class,omitzero"`      // names a class of place; goes before not
	Condition  bool  `json:"condition,omitzero"`  // names a condition; goes before not
	Minutes    int   `json:"minutes"`             // in an ordinary week; fewer go first; MinutesPerWeek without a window
	Validity   int64 `json:"validity,omitzero"`   // ms from beginning to end; shorter goes first, 0 (an open end) last
}

// MinutesPerWeek is Rank.Minutes of a rule without a window.
const MinutesPerWeek = 7 * 24 * 60

// The steps of precedence, in the order in which Compare takes them.
const (
	ByPrecedence = "precedence"
	ByMatter     = "matter"
	ByArea       = "area"
	ByClass      = "class"
	ByCondition  = "condition"
	ByWindow     = "window"
	ByValidity   = "validity"
)

// Compare is negative when a goes before b, positive when b goes before a, and
// 0 when nothing decides: then two different parties tie. The step is the first
// one that told them apart, "" when none did.
func (a Rank) Compare(b Rank) (order int, step string) {
	steps := [...]struct {
		name  string
		order int
	}{
		{ByPrecedence, cmp.Compare(b.Precedence, a.Precedence)},
		{ByMatter, cmp.Compare(b.Matter, a.Matter)},
		{ByArea, cmp.Compare(b.Area, a.Area)},
		{ByClass, trueFirst(a.Class, b.Class)},
		{ByCondition, trueFirst(a.Condition, b.Condition)},
		{ByWindow, cmp.Compare(a.Minutes, b.Minutes)},
		{ByValidity, cmp.Compare(uint64(a.Validity)-1, uint64(b.Validity)-1)}, // 0 becomes the largest
	}
	for _, s := range steps {
		if s.order != 0 {
			return s.order, s.name
		}
	}
	return 0, ""
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// validity is Rank.Validity of an interval: 0 when an end is open.
func validity(i Interval) int64 {
	if i.From.IsZero() || i.Until.IsZero() {
		return 0
	}
	from, until := listMillis(i.From), listMillis(i.Until)
	if from < 0 && until > math.MaxInt64+from {
		return math.MaxInt64
	}
	return until - from
}

// listMillis is the whole millisecond that holds at, since 1970 UTC; instants
// some 146 million years away are all the same.
func listMillis(at time.Time) int64 {
	const farSeconds = math.MaxInt64 / 2000
	seconds := max(-farSeconds, min(at.Unix(), farSeconds))
	return seconds*1000 + int64(at.Nanosecond()/int(time.Millisecond))
}
