package grid

import (
	"cmp"
	"iter"
	"slices"
)

// Changes is what became of the units of one Map in another (沿革). It is
// immutable and safe for concurrent use; a nil Changes is of two empty maps.
type Changes struct {
	old, new *Map
	list     []Change // what is not Kept, by Old, then New
	byOld    map[Code]int32
	byNew    map[Code]int32
}

// ChangeKind says in what way a unit changed; one unit may have several.
type ChangeKind string

// The kinds, in the order in which Change.Kinds lists them.
const (
	Kept     ChangeKind = "kept"     // nothing below holds
	Recoded  ChangeKind = "recoded"  // the same land under another code (重新编码)
	Renamed  ChangeKind = "renamed"  // another name (更名)
	Restated ChangeKind = "restated" // other counts or attributes
	Moved    ChangeKind = "moved"    // in another parent, or on a level of another name (改隶)
	Reshaped ChangeKind = "reshaped" // the same code for other land (调整边界)
	Redrawn  ChangeKind = "redrawn"  // a boundary of other points around the same land
	Divided  ChangeKind = "split"    // two or more new units got more than half of their land from it (拆分)
	Merged   ChangeKind = "merged"   // two or more old units gave it more than half of their land (合并)
	Added    ChangeKind = "new"      // neither its code nor its land was one unit's before
	Gone     ChangeKind = "gone"     // neither its code nor its land is one unit's any more (撤销)
)

// ChangeKinds is every kind in order.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{Kept, Recoded, Renamed, Restated, Moved, Reshaped, Redrawn, Divided, Merged, Added, Gone}
}

// Change is what became of one unit: Old in the earlier map, New in the later
// one. They are the same code unless the unit is Recoded, Added (no Old) or Gone
// (no New).
type Change struct {
	Old, New Code
	Kinds    []ChangeKind
	To       []Share // where the land of Old went; empty without Old or land
	From     []Share // where the land of New came from; empty without New or land
}

// Share is a part of a unit's land and the unit of the other map that has it.
type Share struct {
	Unit Code // empty: land that no unit of the other map has; it comes last
	// Area in whole cm² (1e-4 m²) on the WGS84 ellipsoid. Those of one list add
	// up to the unit's area.
	Area        int64
	BasisPoints int // of the unit's area; those of one list add up to 10,000
}

// SquareMeters is the share's area in m².
func (s Share) SquareMeters() float64 { return float64(s.Area) / 1e4 }

// Has reports whether kind is among the change's kinds.
func (c Change) Has(kind ChangeKind) bool { return slices.Contains(c.Kinds, kind) }

// Diff compares two maps. Units are the same when they have the same code;
// otherwise when they are leaves, or lie on levels of the same name, and have
// the same land. A unit's land is the places that its leaves own, as Locate
// answers, so shares hold in maps whose leaves overlap, too. The land of a leaf is
// shared out among the other map's leaves, that of an inner unit among the units
// on the level of the same name (among leaves, when there is no such level).
//
// A piece of land that passed from one leaf to another makes no link when it is
// smaller than a strip of 1e-7 degree, the resolution of a Map, along the shorter
// of the two boundaries, and less than half of either leaf: snapping alone makes
// such slivers. Its area counts with the unit's largest share. Shares are of
// whole cm² and basis points, rounded by largest remainder.
//
// Leaves with the same snapped rings on both sides are recognised without
// measuring; of the rest and of what lies beside them, only those whose boxes
// meet are compared. An unchanged leaf counts by its boundary, also where it
// overlaps another unchanged one. O(points), and some tenths of a millisecond a
// changed leaf.
func Diff(old, new *Map) *Changes {
	d := &differ{old: newEdition(old), new: newEdition(new)}
	d.pair()
	d.stir()
	d.measure()
	d.identify()
	return d.changes()
}

// All yields every change that is not Kept, by Old, then New: added units, which
// have no Old, come first.
func (c *Changes) All() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		if c == nil {
			return
		}
		for _, change := range c.list {
			if !yield(change.clone()) {
				return
			}
		}
	}
}

// Len is the number of changes that All yields.
func (c *Changes) Len() int {
	if c == nil {
		return 0
	}
	return len(c.list)
}

// Of is what became of the unit that had the code in the earlier map, or else of
// the one that has it in the later one. It is false when neither map knows it.
func (c *Changes) Of(code Code) (Change, bool) {
	if c == nil {
		return Change{}, false
	}
	if i, ok := c.byOld[code]; ok {
		return c.list[i].clone(), true
	}
	if _, ok := c.old.Lookup(code); ok {
		return c.kept(code), true
	}
	if i, ok := c.byNew[code]; ok {
		return c.list[i].clone(), true
	}
	return Change{}, false
}

// Successors are the shares of the old unit's land, by the new unit's code, land
// that none has last. It is empty for a code the earlier map does not know.
func (c *Changes) Successors(code Code) []Share {
	if c == nil {
		return nil
	}
	if _, ok := c.old.Lookup(code); !ok {
		return nil
	}
	change, _ := c.Of(code)
	return change.To
}

// Predecessors are the shares of the new unit's land, by the old unit's code, land
// that none had last. It is empty for a code the later map does not know.
func (c *Changes) Predecessors(code Code) []Share {
	if c == nil {
		return nil
	}
	if i, ok := c.byNew[code]; ok {
		return slices.Clone(c.list[i].From)
	}
	if _, ok := c.new.Lookup(code); !ok {
		return nil
	}
	return c.kept(code).From
}

// kept is the change of a unit that has none. Its area is measured here.
func (c *Changes) kept(code Code) Change {
	r, _ := c.old.Lookup(code)
	s, area := newEdition(c.old), int64(0)
	for leaf := range c.old.Leaves(r) {
		area += s.areaOf(leaf)
	}
	change := Change{Old: code, New: code, Kinds: []ChangeKind{Kept}}
	if area > 0 {
		change.To = []Share{{code, area, whole}}
		change.From = slices.Clone(change.To)
	}
	return change
}

func (c Change) clone() Change {
	c.Kinds, c.To, c.From = slices.Clone(c.Kinds), slices.Clone(c.To), slices.Clone(c.From)
	return c
}

func compareChanges(a, b Change) int {
	return cmp.Or(cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New))
}
