package audit

import "github.com/gridgov/gridgov/grid"

// Kind says what was found.
type Kind string

// The kinds about who owns a place. Where they lie is in Finding.Geometry, and
// pieces of it that are wider than Options.SliverMeters are errors, unless it
// says otherwise here; thinner ones are warnings, in a finding of their own.
const (
	// Overlap is where several units with one parent are (重叠).
	Overlap Kind = "overlap"
	// Across is where several units are that have different parents: leaves, or
	// units of one level and leaves further out (跨上级重叠). Such a place is also Outside for all but one of them, or
	// else their parents overlap.
	Across Kind = "overlap-across"
	// Gap is where a unit is and none of its children, all the way round between
	// the children (空隙).
	Gap Kind = "gap"
	// Uncovered is where a unit is and none of its children, along its own border:
	// the children do not reach it (未覆盖).
	Uncovered Kind = "uncovered"
	// Outside is where a unit is outside its parent (越界).
	Outside Kind = "outside"
	// Hole is a place that no unit covers, enclosed by two or more outermost units:
	// a gap, or a lake that nobody has. It is a warning.
	Hole Kind = "hole"
	// Tangled is a unit whose children's borders, or outermost units whose borders,
	// cross so often that they were not examined. An error.
	Tangled Kind = "tangled"
)

// The kinds about single units and their numbers.
const (
	// Empty is a leaf that has no place at all, or a unit whose boundary cancels
	// to nothing and so counts as none. An error.
	Empty Kind = "empty"
	// Sliver is a leaf that is thinner than Options.UnitMeters (狭长单元). A warning.
	Sliver Kind = "sliver"
	// Junction is a unit with vertices inside an edge of another that runs along
	// it, where the other has none (T形接边). A note: the border is the same, but a
	// change of the other unit may open it. Borders that only almost coincide show
	// as thin gaps and overlaps.
	Junction Kind = "junction"
	// Misplaced is a unit more than a degree from its parent, or from the middle
	// half of all leaves; Args says if longitude and latitude are swapped or if it
	// is where missing coordinates lead. A warning.
	Misplaced Kind = "misplaced"
	// Sum is a count of a unit that is not that of its children together. An
	// error; a warning when some children have no such count.
	Sum Kind = "sum"
	// Coded is a division code that denies that the unit lies in its parent. An error.
	Coded Kind = "code"
	// Prefix is a code that does not begin as its parent's, though those of nine in
	// ten siblings do. A warning.
	Prefix Kind = "prefix"
	// Childless is a unit without children though others on its level have some. A note.
	Childless Kind = "childless"
)

// The kinds that grid.Build found in a single boundary, as they are there.
// Touch and Hollow are notes, the others warnings.
const (
	SnapCrossing = Kind(grid.SnapCrossing)
	Collapsed    = Kind(grid.Collapsed)
	Touch        = Kind(grid.Touch)
	Fold         = Kind(grid.Fold)
	Hollow       = Kind(grid.Hollow)
)

// kinds is every kind in sorting order.
var kinds = []Kind{
	Overlap, Across, Gap, Uncovered, Outside, Hole, Tangled,
	Empty, Sliver, Misplaced, Sum, Coded, Prefix, Junction, Childless,
	SnapCrossing, Collapsed, Touch, Fold, Hollow,
}

// Severity is how much a finding matters.
type Severity uint8

// The severities, in sorting order.
const (
	// Error: some place has no owner or several, or data contradict each other.
	Error Severity = iota
	// Warning: the same by less than a surveyor's tolerance, or a likely mistake.
	Warning
	// Note: nothing is wrong, but the next change may make it so.
	Note
)

// String names the severity.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Note:
		return "note"
	}
	return "unknown"
}
