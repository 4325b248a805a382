package cellindex

import "slices"

// set is a number for a set of leaves: 0 is none, a leaf + 1 is that leaf alone,
// and anything from bigSet is a set of two or more that the sets keep.
type set = uint32

const (
	bigSet = 1 << labelBits
	// askSet is a set that is not known. It stays so up to the end of the row.
	askSet  = 1<<32 - 1
	setMax  = 64      // leaves of a set that is known
	setsMax = 1 << 16 // sets that a worker knows
)

// sets are the sets of two or more leaves that one worker has met.
type sets struct {
	before func(a, b uint32) bool
	leaves [][]uint32 // leaf + 1, ascending
	owner  []uint32   // of each, the leaf + 1 that comes first
	known  map[string]set
	key    []byte
}

// label is the owner of places that the leaves of s hold.
func (t *sets) label(s set) uint32 {
	switch {
	case s < bigSet:
		return s
	case s == askSet:
		return Ask
	}
	return t.owner[s-bigSet]
}

// toggle2 toggles one leaf or two; b may be 0.
func (t *sets) toggle2(s set, a, b uint32) set {
	switch {
	case s < bigSet && b == 0:
		switch s {
		case 0:
			return a
		case a:
			return 0
		}
	case s == a && s < bigSet:
		return b
	case s == b && s < bigSet:
		return a
	}
	s = t.toggle(s, a)
	if b != 0 {
		s = t.toggle(s, b)
	}
	return s
}

// toggle takes the leaf out of s or puts it in; leaf is a number + 1.
func (t *sets) toggle(s set, leaf uint32) set {
	var now []uint32
	switch {
	case s == 0:
		return leaf
	case s == leaf:
		return 0
	case s == askSet:
		return askSet
	case s < bigSet:
		now = []uint32{min(s, leaf), max(s, leaf)}
	default:
		old := t.leaves[s-bigSet]
		at, in := slices.BinarySearch(old, leaf)
		if in {
			now = slices.Delete(slices.Clone(old), at, at+1)
		} else {
			now = slices.Insert(slices.Clone(old), at, leaf)
		}
	}
	if len(now) == 1 {
		return now[0]
	}
	return t.intern(now)
}

func (t *sets) intern(leaves []uint32) set {
	t.key = t.key[:0]
	for _, l := range leaves {
		t.key = append(t.key, byte(l), byte(l>>8), byte(l>>16))
	}
	if s, ok := t.known[string(t.key)]; ok {
		return s
	}
	if len(leaves) > setMax || len(t.leaves) == setsMax {
		return askSet
	}
	if t.known == nil {
		t.known = map[string]set{}
	}
	first := leaves[0]
	for _, l := range leaves[1:] {
		if t.before(l-1, first-1) {
			first = l
		}
	}
	s := set(bigSet + len(t.leaves))
	t.leaves, t.owner = append(t.leaves, leaves), append(t.owner, first)
	t.known[string(t.key)] = s
	return s
}
