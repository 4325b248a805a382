package grid

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/gridgov/gridgov/internal/apportion"
)

// The faults of counts that are to be carried over, in the order in which those
// of one unit are found.
var (
	ErrUnknownUnit = errors.New("unit is not in the earlier map")
	ErrNegative    = errors.New("count is negative")
	ErrOverflow    = errors.New("counts add up to more than an int64 holds")
)

// CarryError is every count that could not be carried over.
type CarryError struct {
	Faults []CarryFault // the first FaultsMax by unit
	Left   int          // how many more there are
}

// CarryFault is one of them.
type CarryFault struct {
	Unit Code
	Err  error // one of ErrUnknownUnit, ErrNegative, ErrOverflow
}

// Error is the number of faults and the first of them.
func (e *CarryError) Error() string {
	if len(e.Faults) == 0 {
		return "grid: counts not carried"
	}
	return fmt.Sprintf("grid: %d counts not carried, first unit %q: %v", len(e.Faults)+e.Left, string(e.Faults[0].Unit), e.Faults[0].Err)
}

// Unwrap is the faults' sentinels, for errors.Is.
func (e *CarryError) Unwrap() []error {
	out := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		out[i] = f.Err
	}
	return out
}

// Carry hands counts of old units (households, cases, fen) on to the new units by
// the shares of land in Change.To, each by largest remainder, so that nothing is
// lost: the answer adds up to what was given. What falls to land that no new unit
// has, and the count of a unit without land whose code is gone, is under the
// empty code. Counts on several levels are best carried level by level: a
// household counted for its grid and for its community is carried twice. A nil
// Changes knows no units. O(counts × shares).
func (c *Changes) Carry(counts map[Code]int64) (map[Code]int64, error) {
	out := map[Code]int64{}
	var faults []CarryFault
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		if err := c.carry(code, counts[code], out); err != nil {
			faults = append(faults, CarryFault{code, err})
		}
	}
	if n := len(faults); n > 0 {
		return nil, &CarryError{Faults: slices.Clip(faults[:min(n, FaultsMax)]), Left: max(0, n-FaultsMax)}
	}
	return out, nil
}

// carry adds one unit's count to out.
func (c *Changes) carry(code Code, count int64, out map[Code]int64) error {
	to, err := c.heirsOf(code)
	if err != nil {
		return err
	}
	if count < 0 {
		return ErrNegative
	}
	weights := make([]int64, len(to))
	for i, s := range to {
		weights[i] = s.Area
	}
	parts, err := apportion.Append([]int64(nil), count, weights)
	if err != nil { // impossible: no area is negative and some are above zero
		return err
	}
	for i, s := range to {
		if out[s.Unit] > math.MaxInt64-parts[i] {
			return ErrOverflow
		}
		out[s.Unit] += parts[i]
	}
	return nil
}

// heirsOf is Change.To without measuring what is kept.
func (c *Changes) heirsOf(code Code) ([]Share, error) {
	if c == nil {
		return nil, ErrUnknownUnit
	}
	if _, ok := c.old.Lookup(code); !ok {
		return nil, ErrUnknownUnit
	}
	i, changed := c.byOld[code]
	switch {
	case !changed:
		return []Share{{Unit: code, Area: 1}}, nil
	case len(c.list[i].To) == 0: // no land: the unit keeps what it has
		return []Share{{Unit: c.list[i].New, Area: 1}}, nil
	}
	return c.list[i].To, nil
}
