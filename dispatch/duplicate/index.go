package duplicate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// Index is the open reports, by asset and by matter and place. It has one writer;
// see the package.
type Index struct {
	policies *policies
	matters  names
	channels names
	rules    []rule // by number of the matter
	alone    []lattice
	slots    []entry
	free     []uint32
	byID     map[Code]uint32
	byAsset  map[Code][]uint32
	byPlace  map[cell][]uint32
}

// cell is a piece of the lattice of a group, or of a matter that has none. What is
// in it is ordered by instant and id, and so is what has one asset.
type cell struct {
	of       int32 // the group, or -1 less the number of the matter
	row, col int32
}

func newIndex(p *policies) *Index {
	return &Index{
		policies: p,
		matters:  names{index: map[string]uint32{}}, channels: names{index: map[string]uint32{}},
		byID: map[Code]uint32{}, byAsset: map[Code][]uint32{}, byPlace: map[cell][]uint32{},
	}
}

// Len is how many reports are open.
func (x *Index) Len() int { return len(x.byID) }

// Add takes in a report. It is refused with every fault as *Errors: of the fields in
// their order, then ErrTwice for an id that is open (see Remove) and ErrMany from
// ReportsMax on. O(log n), and the moving of the numbers of what is later in its
// cell and of what has its asset, 4 bytes each.
func (x *Index) Add(r Report) error {
	var faults Errors
	e := read(&r, &faults)
	if _, open := x.byID[r.ID]; open {
		faults.add(&Error{Field: "ID", Value: string(r.ID), Err: ErrTwice})
	}
	if len(x.byID) >= ReportsMax {
		faults.add(&Error{Field: "ID", Value: fmt.Sprint(ReportsMax), Err: ErrMany})
	}
	if err := faults.err(); err != nil {
		return err
	}
	e.id, e.asset = Code(strings.Clone(string(e.id))), Code(strings.Clone(string(e.asset)))
	e.matter, e.channel = x.matters.use(string(r.Matter)), x.channels.use(r.Channel)
	if n := int(e.matter); n >= len(x.rules) {
		x.rules, x.alone = append(x.rules, rule{}), append(x.alone, lattice{})
	}
	if x.matters.list[e.matter].uses == 1 {
		x.rules[e.matter] = x.policies.rule(r.Matter)
		x.alone[e.matter] = latticeOf(x.rules[e.matter].radius)
	}
	slot := uint32(len(x.slots))
	if last := len(x.free) - 1; last >= 0 {
		slot, x.free = x.free[last], x.free[:last]
		x.slots[slot] = e
	} else {
		x.slots = append(x.slots, e)
	}
	x.byID[e.id] = slot
	if e.asset != "" {
		x.byAsset[e.asset] = x.with(x.byAsset[e.asset], slot)
	}
	x.settle(slot)
	return nil
}

// Remove takes out a report that is no longer open; false when it was not. It costs
// what Add does.
func (x *Index) Remove(id Code) bool {
	slot, ok := x.byID[id]
	if !ok {
		return false
	}
	x.unsettle(slot)
	e := &x.slots[slot]
	if e.asset != "" {
		if rest := x.without(x.byAsset[e.asset], slot); len(rest) > 0 {
			x.byAsset[e.asset] = rest
		} else {
			delete(x.byAsset, e.asset)
		}
	}
	delete(x.byID, id)
	x.matters.drop(e.matter)
	x.channels.drop(e.channel)
	*e = entry{}
	x.free = append(x.free, slot)
	return true
}

// Move gives an open report another place, nil for none. It is refused with ErrPlace
// or else ErrUnknown and then changes nothing. It costs what Add does.
func (x *Index) Move(id Code, to *orb.Point) error {
	var p place
	if to != nil {
		var ok bool
		if p, ok = placeOf(*to); !ok {
			return &Error{Field: "Point", Err: ErrPlace}
		}
	}
	slot, ok := x.byID[id]
	if !ok {
		return &Error{Field: "ID", Value: string(id[:min(len(id), ChannelLenMax)]), Err: ErrUnknown}
	}
	x.unsettle(slot)
	x.slots[slot].place, x.slots[slot].placed = p, to != nil
	x.settle(slot)
	return nil
}

// Report answers an open report as it is kept: instants in UTC, places snapped.
func (x *Index) Report(id Code) (Report, bool) {
	slot, ok := x.byID[id]
	if !ok {
		return Report{}, false
	}
	e := &x.slots[slot]
	r := Report{
		ID: e.id, Matter: Code(x.matters.list[e.matter].text), At: time.UnixMilli(e.at).UTC(),
		Asset: e.asset, Channel: x.channels.list[e.channel].text,
	}
	if e.placed {
		p := e.place.degrees()
		r.Point = &p
	}
	return r, true
}

// bucket is whose lattice a report with that rule and matter is in.
func (x *Index) bucket(r *rule, matter uint32) (of int32, l lattice) {
	if r.group >= 0 {
		return r.group, x.policies.groups[r.group].lattice
	}
	return -1 - int32(matter), x.alone[matter]
}

func (x *Index) cellOf(e *entry) cell {
	of, l := x.bucket(&x.rules[e.matter], e.matter)
	row, col := l.at(e.place)
	return cell{of, row, col}
}

// settle puts a report into its cell.
func (x *Index) settle(slot uint32) {
	if e := &x.slots[slot]; e.placed {
		c := x.cellOf(e)
		x.byPlace[c] = x.with(x.byPlace[c], slot)
	}
}

func (x *Index) unsettle(slot uint32) {
	e := &x.slots[slot]
	if !e.placed {
		return
	}
	c := x.cellOf(e)
	if rest := x.without(x.byPlace[c], slot); len(rest) > 0 {
		x.byPlace[c] = rest
	} else {
		delete(x.byPlace, c)
	}
}

// compare orders by instant, then id.
func (x *Index) compare(a, b uint32) int {
	p, q := &x.slots[a], &x.slots[b]
	return cmp.Or(cmp.Compare(p.at, q.at), cmp.Compare(p.id, q.id))
}

func (x *Index) with(list []uint32, slot uint32) []uint32 {
	i, _ := slices.BinarySearchFunc(list, slot, x.compare)
	return slices.Insert(list, i, slot)
}

func (x *Index) without(list []uint32, slot uint32) []uint32 {
	if i, ok := slices.BinarySearchFunc(list, slot, x.compare); ok {
		return slices.Delete(list, i, i+1)
	}
	return list
}
