package grid

import (
	"maps"

	"github.com/paulmach/orb"
)

// Edit is one change of a Map, made by Add, Remove, Move, Describe, Reshape,
// Split or Merge and carried out by Map.Apply. The zero Edit changes nothing. An
// Edit keeps the slices and maps it was given: leave them alone until it has
// been applied.
type Edit struct {
	kind  editKind
	code  Code
	unit  Unit // for Merge the new unit, for Move its parent, for Reshape its boundary
	units []Unit
	codes []Code
}

type editKind uint8

const (
	nothing editKind = iota
	addUnit
	removeUnit
	moveUnit
	describeUnit
	reshapeUnit
	splitUnit
	mergeUnits
)

// Add puts a unit in. Its code must be free: ErrDuplicate.
func Add(u Unit) Edit { return Edit{kind: addUnit, code: u.Code, unit: u} }

// Remove takes a unit out. What lies in it must be taken out or moved by the
// same Apply: ErrParent. A unit that loses its last child becomes a leaf.
func Remove(code Code) Edit { return Edit{kind: removeUnit, code: code} }

// Move puts a unit, with all that lies in it, under another parent. Levels stay
// as they are.
func Move(code, parent Code) Edit {
	return Edit{kind: moveUnit, code: code, unit: Unit{Parent: parent}}
}

// Describe replaces a unit's name, counts and attributes, all three: nil counts
// or attributes are none.
func Describe(code Code, name string, counts map[string]int64, attrs map[string]string) Edit {
	return Edit{kind: describeUnit, code: code, unit: Unit{Name: name, Counts: counts, Attrs: attrs}}
}

// Reshape replaces a unit's boundary.
func Reshape(code Code, boundary orb.MultiPolygon) Edit {
	return Edit{kind: reshapeUnit, code: code, unit: Unit{Boundary: boundary}}
}

// Split replaces a leaf by two or more, which get its parent and level: what the
// parts say of those is not read. One part may keep the code. The parts must
// share out the leaf's region, to within what snapping can do along their
// borders: ErrParts, with a place on the border of what none or two of them hold.
// Parts cut in a projected plane may bend away from it by centimetres along edges
// of kilometres: see Conform. Counts are not shared out: see Changes.Carry.
func Split(code Code, parts ...Unit) Edit { return Edit{kind: splitUnit, code: code, units: parts} }

// Merge replaces two or more leaves with the same parent and level by one, whose
// Parent and Level are not read: ErrMerge. Its code may be one of theirs. What
// it leaves empty is taken from them: the name of the first, the attributes of
// the first, the sum of the counts (ErrCounts when that overflows), and as
// boundary their union, in which borders between them are gone. Leaves that
// overlap have no union by even-odd and need a boundary: ErrMergeOverlap.
func Merge(into Unit, codes ...Code) Edit {
	return Edit{kind: mergeUnits, code: into.Code, unit: into, codes: codes}
}

// Apply answers a Map with the edits made, one after the other: the Map that
// Build would make of the changed units with the options of m. m stays as it is;
// the two share what did not change, so that keeping every version is cheap.
//
// Edits may pass through states that are no Map, since only the end is checked: a
// unit may be removed and its children moved away afterwards. If there is any
// fault, of an edit or of the Map that they make together, no Map is made and a
// *BuildError lists all of them, Error.Edit saying where each comes from.
//
// The cost is that of the units changed and of those next to them, and, when
// units come, go or move, a pass over the numbers of all units.
func (m *Map) Apply(edits ...Edit) (*Map, error) {
	if m == nil || m.ranks == nil {
		return nil, &BuildError{Faults: []*Error{faultOf("", ErrLevels)}}
	}
	d := newDraft(m)
	for i, e := range edits {
		d.edit = i + 1
		d.do(e)
	}
	d.edit = 0
	next := d.finish()
	if err := d.faults.err(); err != nil {
		return nil, err
	}
	return next, nil
}

// draft is a Map while it is edited: what differs from the Map it comes from.
type draft struct {
	named  map[Code]bool // units that came, and that units not touched name as their parent
	m      *Map
	units  map[Code]*sketch
	edit   int // number of the edit in hand, from 1
	faults faults
}

// sketch is a unit that edits touched.
type sketch struct {
	Unit         // Boundary only when shaped
	kept   *unit // what the Map has under this code; nil for none
	slot   uint32
	shaped bool // the boundary is new
	gone   bool
	edit   int // the last edit that touched it
}

func newDraft(m *Map) *draft { return &draft{m: m, units: map[Code]*sketch{}} }

// fault is a fault of a unit in the edit in hand.
func (d *draft) fault(c Code, err error) {
	e := faultOf(c, err)
	e.Edit = d.edit
	d.faults.add(e)
}

// find answers the sketch of a unit that is there now, or nil.
func (d *draft) find(c Code) *sketch {
	s := d.touch(c)
	if s == nil || s.gone {
		return nil
	}
	return s
}

// touch answers the sketch of a unit that is or was there, or nil.
func (d *draft) touch(c Code) *sketch {
	if s, ok := d.units[c]; ok {
		return s
	}
	slot, ok := d.m.codes.slot(c)
	if !ok {
		return nil
	}
	u := d.m.units.at(slot)
	s := &sketch{kept: u, slot: slot, edit: d.edit, Unit: Unit{
		Code: c, Parent: u.info.Parent, Name: u.info.Name, Level: u.info.Level, Counts: u.counts, Attrs: u.attrs,
	}}
	d.units[c] = s
	return s
}

// known is find with a fault when there is no such unit.
func (d *draft) known(c Code) *sketch {
	s := d.find(c)
	if s == nil {
		d.fault(c, ErrUnknown)
		return nil
	}
	s.edit = d.edit
	return s
}

// do makes one edit.
func (d *draft) do(e Edit) {
	switch e.kind {
	case addUnit:
		d.add(e.unit)
	case splitUnit:
		d.split(e.code, e.units)
	case mergeUnits:
		d.merge(e.unit, e.codes)
	case removeUnit, moveUnit, describeUnit, reshapeUnit:
		s := d.known(e.code)
		if s == nil {
			return
		}
		switch e.kind {
		case removeUnit:
			s.gone = true
		case moveUnit:
			s.Parent = e.unit.Parent
		case describeUnit:
			s.Name, s.Counts, s.Attrs = e.unit.Name, maps.Clone(e.unit.Counts), maps.Clone(e.unit.Attrs)
		case reshapeUnit:
			s.Boundary, s.shaped = e.unit.Boundary, true
		}
	}
}

// add puts a unit in, in the place of one that was removed if it has its code.
func (d *draft) add(u Unit) {
	s := d.touch(u.Code)
	if s != nil && !s.gone {
		d.fault(u.Code, ErrDuplicate)
		return
	}
	if s == nil {
		s = &sketch{}
		d.units[u.Code] = s
	}
	u.Counts, u.Attrs = maps.Clone(u.Counts), maps.Clone(u.Attrs)
	s.Unit, s.shaped, s.gone, s.edit = u, true, false, d.edit
}
