package grid

import (
	"cmp"
	"slices"
)

// ranking makes the hierarchy of an edited Map from that of the old one. What
// stays in place is copied in stretches.
type ranking struct {
	d       *draft
	old     *ranks
	skip    map[Ref]bool       // old units that go, or come out elsewhere
	in      map[Code][]*sketch // units that come in, by parent, by code; of "" the outermost
	open    map[Ref]bool       // old units in whose subtree anything changes
	slots   []uint32
	parents []Ref
}

// rank answers the hierarchy after the edits; size is the number of slots.
// O(n), with a few steps a unit.
func (d *draft) rank(touched []*sketch, size int) *ranks {
	n := d.m.Len() + len(touched)
	k := &ranking{
		d: d, old: d.m.ranks, skip: map[Ref]bool{}, in: map[Code][]*sketch{}, open: map[Ref]bool{},
		slots: make([]uint32, 0, n), parents: make([]Ref, 0, n),
	}
	for _, s := range touched { // by code, so that in is
		r, old := Ref(0), s.kept != nil
		if old {
			r = d.m.ranks.ref(s.slot)
		}
		if old && !s.gone && s.kept.info.Parent == s.Parent {
			continue
		}
		if old {
			k.skip[r] = true
			k.opens(r)
		}
		if !s.gone {
			parent := s.Parent
			if _, in := d.levelOf(parent); !in {
				parent = "" // outside the Map
			} else if slot, old := d.m.codes.slot(parent); old {
				k.opens(d.m.ranks.ref(slot))
			}
			k.in[parent] = append(k.in[parent], s)
		}
	}
	k.children("", 0, 0)
	return newRanks(k.parents, k.slots, size)
}

// opens marks r and the units that it lies in.
func (k *ranking) opens(r Ref) {
	for ; r != 0 && !k.open[r]; r = k.old.parents[r-1] {
		k.open[r] = true
	}
}

// unit puts out a unit and its subtree: old is its old Ref, or 0.
func (k *ranking) unit(c Code, slot uint32, old, parent Ref) {
	k.slots, k.parents = append(k.slots, slot), append(k.parents, parent)
	now := Ref(len(k.slots))
	if old != 0 && !k.open[old] && k.in[c] == nil {
		k.copy(old+1, k.old.last[old-1], old, now)
		return
	}
	k.children(c, old, now)
}

// children puts out the units in a unit: those that were there and stay, and
// those that come in, by code. old and now are the unit's Refs, 0 for the
// outermost units.
func (k *ranking) children(c Code, old, now Ref) {
	in := k.in[c]
	from := Ref(1) // of old units not put out yet
	last := Ref(0)
	switch {
	case old != 0:
		from, last = old+1, k.old.last[old-1]
	case c == "":
		last = Ref(len(k.old.parents))
	}
	var starts []Ref // the old children
	for r := from; r <= last; r = k.old.last[r-1] + 1 {
		starts = append(starts, r)
	}
	codeOf := func(r Ref) Code { return k.d.m.units.at(k.old.slot(r)).info.Code }
	at := 0
	for _, s := range in {
		next, _ := slices.BinarySearchFunc(starts[at:], s.Code, func(r Ref, c Code) int { return cmp.Compare(codeOf(r), c) })
		k.stay(starts[at:at+next], old, now)
		at += next
		was := Ref(0)
		if s.kept != nil {
			was = k.d.m.ranks.ref(s.slot)
		}
		k.unit(s.Code, s.slot, was, now)
	}
	k.stay(starts[at:], old, now)
}

// stay puts out old children that follow each other, but for those to be skipped.
func (k *ranking) stay(starts []Ref, old, now Ref) {
	for i := 0; i < len(starts); {
		r := starts[i]
		switch {
		case k.skip[r]:
			i++
		case k.open[r]:
			slot := k.old.slot(r)
			k.unit(k.d.m.units.at(slot).info.Code, slot, r, now)
			i++
		default:
			for i++; i < len(starts) && !k.skip[starts[i]] && !k.open[starts[i]]; i++ {
			}
			k.copy(r, k.old.last[starts[i-1]-1], old, now)
		}
	}
}

// copy puts out the old units from, …, to as they are: whole subtrees of the
// unit that was old and is now.
func (k *ranking) copy(from, to, old, now Ref) {
	shift := Ref(len(k.slots)) + 1 - from // may wrap round, and back
	for r := from; r <= to; r++ {
		p := k.old.parents[r-1]
		if p == old {
			p = now
		} else {
			p += shift
		}
		k.slots, k.parents = append(k.slots, k.old.slot(r)), append(k.parents, p)
	}
}
