package grid

// ranks is the hierarchy of a Map: the numbers of its units in hierarchy order,
// by Ref-1 where nothing else is said. It never changes; versions with the same
// hierarchy share it.
type ranks struct {
	slots   []uint32 // nil when the unit r has slot r-1
	refs    []Ref    // by slot + 1, 0 for a free one and at 0; nil as slots
	parents []Ref
	last    []Ref // last Ref of the subtree
	leaves  []Ref // ascending
}

func (k *ranks) slot(r Ref) uint32 {
	if k.slots == nil {
		return uint32(r - 1)
	}
	return k.slots[r-1]
}

// ref is the unit in a slot that is in use.
func (k *ranks) ref(slot uint32) Ref {
	if k.refs == nil {
		return Ref(slot + 1)
	}
	return k.refs[slot+1]
}

// isLeaf reports whether r has no children.
func (k *ranks) isLeaf(r Ref) bool { return k.last[r-1] == r }

// newRanks completes a hierarchy from the parents in hierarchy order. slots is
// nil when slots are Refs less one; otherwise size is the number of slots.
func newRanks(parents []Ref, slots []uint32, size int) *ranks {
	k := &ranks{parents: parents, slots: slots, last: make([]Ref, len(parents))}
	leaves := 0
	for i := len(parents) - 1; i >= 0; i-- {
		r := Ref(i + 1)
		if k.last[i] == 0 {
			k.last[i] = r
			leaves++
		}
		if p := parents[i]; p != 0 {
			k.last[p-1] = max(k.last[p-1], k.last[i])
		}
	}
	k.leaves = make([]Ref, 0, leaves)
	for i := range parents {
		if r := Ref(i + 1); k.last[i] == r {
			k.leaves = append(k.leaves, r)
		}
	}
	if slots != nil {
		k.refs = make([]Ref, size+1)
		for i, s := range slots {
			k.refs[s+1] = Ref(i + 1)
		}
	}
	return k
}
