package assess

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/internal/code"
)

// MeasuresMax bounds the measured values of one board: 20 for each member of the
// largest city.
const MeasuresMax = 1 << 20

// Measure is a value that the caller measured (测量值) for one member: the input of
// a measured leaf in the unit of its curve (in Points when it has none), or the
// count of a measured adjustment.
type Measure struct {
	Of    Code  `json:"of"` // the leaf or the adjustment
	Group Group `json:"group"`
	Value int64 `json:"value"`
}

// measured is the values of a board; the zero one is empty.
type measured struct {
	rows   map[Group]row
	groups []Group // that have one, by kind, then code
	count  int     // values
}

// row is the values of one member, by slot.
type row []slotted

type slotted struct {
	slot  int // of the leaf or adjustment: see tree.measured
	value int64
}

// find is the place of a slot in the row, and whether it has a value.
func (r row) find(slot int) (int, bool) {
	return slices.BinarySearchFunc(r, slot, func(v slotted, slot int) int { return v.slot - slot })
}

// With is a board of the same rates on which the measured values count, too; b
// does not change. A member is on the board when it has a fact of the period that
// enters an indicator, counted, missed or excluded, or a measured value.
//
// All faults are reported at once as *Faults, in the order of the values: of one
// value ErrUnknown (no measured leaf or adjustment has that code), ErrCode of the
// group, ErrTwice (also when b has one already), ErrScore (a count below 0 or above
// InputMax). ErrNoScheme and too many values stand alone.
//
// O(values × (log + w) + g log g) for g members with measured values, those of b
// among them, and w values of one member, at most NodesMax + AdjustmentsMax; so a
// board that gets many values gets them by one call.
func (b *ScoreBoard) With(values []Measure) (*ScoreBoard, error) {
	faults := new(Faults)
	switch {
	case b.scheme == nil:
		faults.add(ErrNoScheme, "Scheme", -1, "")
	case len(values)+b.measured.count > MeasuresMax:
		faults.add(ErrTooMany, "Measures", -1, fmt.Sprintf("%d > %d", len(values)+b.measured.count, MeasuresMax))
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	next := *b
	next.measured = measured{maps.Clone(b.measured.rows), slices.Clone(b.measured.groups), b.measured.count + len(values)}
	if next.measured.rows == nil {
		next.measured.rows = map[Group]row{}
	}
	own := map[Group]bool{} // rows that are no longer b's
	for i, v := range values {
		slot, counts, known := b.scheme.tree.measured(v.Of)
		if !known {
			faults.add(ErrUnknown, "Measures", i, string(v.Of))
		}
		if code.Check(Code(v.Group.By)) != nil || code.Check(v.Group.Code) != nil {
			faults.add(ErrCode, "Measures", i, v.Group.By+" "+string(v.Group.Code))
		}
		r := next.measured.rows[v.Group]
		at, twice := r.find(slot)
		if known && twice {
			faults.add(ErrTwice, "Measures", i, string(v.Of)+" "+v.Group.By+" "+string(v.Group.Code))
		}
		if counts && (v.Value < 0 || v.Value > InputMax) {
			faults.add(ErrScore, "Measures", i, strconv.FormatInt(v.Value, 10))
		}
		if !known || twice {
			continue // no row gets longer than the slots there are, whatever the faults
		}
		if r == nil {
			next.measured.groups = append(next.measured.groups, v.Group)
		} else if !own[v.Group] {
			r = slices.Clone(r)
		}
		own[v.Group] = true
		next.measured.rows[v.Group] = slices.Insert(r, at, slotted{slot, v.Value})
	}
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	slices.SortFunc(next.measured.groups, byKind)
	return &next, nil
}

// measured is the slot of a measured leaf or adjustment: the place among all nodes
// and, behind them, adjustments; whether it is a count, and whether it is one.
func (t *tree) measured(c Code) (slot int, counts, known bool) {
	if t == nil {
		return -1, false, false
	}
	if i, ok := t.index[c]; ok {
		return i, false, t.nodes[i].Measured
	}
	if i, ok := t.adjusted[c]; ok {
		return len(t.nodes) + i, true, t.adjustments[i].Measured
	}
	return -1, false, false
}

// byKind orders groups by kind, then code.
func byKind(a, b Group) int { return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Code, b.Code)) }

// member is a group of a board: its place among those that have facts, -1 for none,
// and its measured values.
type member struct {
	group Group
	at    int
	row   row
}

// value is the member's in a slot, and whether it has one.
func (m *member) value(slot int) (int64, bool) {
	i, ok := m.row.find(slot)
	if !ok {
		return 0, false
	}
	return m.row[i].value, true
}

// member is a group of the board, and whether it is on it.
func (b *ScoreBoard) member(g Group) (member, bool) {
	i, ok := slices.BinarySearchFunc(b.groups, g, byKind)
	r := b.measured.rows[g]
	if ok && b.starts[i] < b.starts[i+1] {
		return member{g, i, r}, true
	}
	return member{g, -1, r}, r != nil
}

// membersOf are the members of a kind, by code.
func (b *ScoreBoard) membersOf(by string) []member {
	var list []member
	first, _ := slices.BinarySearchFunc(b.groups, by, func(g Group, by string) int { return cmp.Compare(g.By, by) })
	for i := first; i < len(b.groups) && b.groups[i].By == by; i++ {
		if b.starts[i] < b.starts[i+1] {
			list = append(list, member{b.groups[i], i, b.measured.rows[b.groups[i]]})
		}
	}
	facts := len(list)
	for _, g := range b.measured.groups {
		if g.By != by {
			continue
		}
		if m, _ := b.member(g); m.at < 0 {
			list = append(list, m)
		}
	}
	if len(list) > facts {
		slices.SortFunc(list, func(a, b member) int { return cmp.Compare(a.group.Code, b.group.Code) })
	}
	return list
}

// counts are those of an indicator for a member; all zero when it has no fact of it.
func (b *ScoreBoard) counts(indicator int, m *member) cell {
	i, ok := slices.BinarySearchFunc(b.rates, m.at, func(c cell, at int) int {
		return cmp.Or(cmp.Compare(int(c.in), indicator), cmp.Compare(int(c.group), at))
	})
	if !ok {
		return cell{in: int32(indicator), group: int32(m.at)}
	}
	return b.rates[i]
}
