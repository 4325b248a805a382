package grid

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
)

// order is the hierarchy of the input, found before any geometry is looked at.
type order struct {
	units   []Unit
	sorted  []int32        // indices of units by code, then level, then parent
	first   map[Code]int32 // code → position in sorted of its first unit
	inner   []bool         // per position in sorted: some unit names it as parent
	parents []int32        // per position in sorted: position of the parent, -1 for none
}

// arrange sorts the units, resolves their parents and reports what is wrong
// with codes, levels and parents. levels is the number of levels.
func arrange(units []Unit, levels int, f *faults) *order {
	o := &order{
		units: units, sorted: make([]int32, len(units)), first: make(map[Code]int32, len(units)),
		inner: make([]bool, len(units)), parents: make([]int32, len(units)),
	}
	for i := range o.sorted {
		o.sorted[i] = int32(i)
	}
	slices.SortFunc(o.sorted, func(a, b int32) int {
		u, v := &units[a], &units[b]
		return cmp.Or(cmp.Compare(u.Code, v.Code), cmp.Compare(u.Level, v.Level), cmp.Compare(u.Parent, v.Parent))
	})
	for pos := range o.sorted {
		u := o.unit(pos)
		if err := code.Check(u.Code); err != nil {
			f.add(faultOf(u.Code, fmt.Errorf("%w: %w", ErrCode, err)))
		} else if _, again := o.first[u.Code]; again {
			f.add(faultOf(u.Code, ErrDuplicate))
		}
		if _, again := o.first[u.Code]; !again && u.Code != "" { // an empty Parent is none
			o.first[u.Code] = int32(pos)
		}
	}
	for pos := range o.sorted {
		if err := o.adopt(pos, levels); err != nil {
			f.add(faultOf(o.unit(pos).Code, err))
		}
	}
	return o
}

func (o *order) unit(pos int) *Unit { return &o.units[o.sorted[pos]] }

// adopt resolves the parent of one unit. A level is always smaller on the
// parent's side, so no chain of parents comes back to where it started.
func (o *order) adopt(pos, levels int) error {
	u := o.unit(pos)
	o.parents[pos] = -1
	if u.Level < 0 || u.Level >= levels {
		return fmt.Errorf("%w: %d of %d", ErrLevel, u.Level, levels)
	}
	parent, found := o.first[u.Parent]
	switch {
	case u.Level == 0 && !found:
		return nil
	case !found:
		return fmt.Errorf("%w: %q", ErrParent, string(u.Parent))
	}
	o.inner[parent] = true
	if o.unit(int(parent)).Level >= u.Level {
		return fmt.Errorf("%w: %q", ErrParentLevel, string(u.Parent))
	}
	o.parents[pos] = parent
	return nil
}

// walk answers the positions in hierarchy order: a unit, then its subtree,
// siblings by code. It is called only when there was no fault.
func (o *order) walk() []int32 {
	n := len(o.sorted)
	child, sibling := make([]int32, n), make([]int32, n) // first child, next sibling; -1 is none
	root := int32(-1)
	for i := range child {
		child[i] = -1
	}
	for pos := int32(n) - 1; pos >= 0; pos-- { // from behind, so lists come out by code
		head := &root
		if p := o.parents[pos]; p >= 0 {
			head = &child[p]
		}
		sibling[pos], *head = *head, pos
	}
	out := make([]int32, 0, n)
	for at := root; at >= 0; {
		out = append(out, at)
		if child[at] >= 0 {
			at = child[at]
			continue
		}
		for at >= 0 && sibling[at] < 0 {
			at = o.parents[at]
		}
		if at >= 0 {
			at = sibling[at]
		}
	}
	return out
}
