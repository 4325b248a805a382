package dispatch

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
)

// List is the responsibility list (职责清单), compiled: which party answers for
// which matter, where, when. It is immutable and safe for concurrent use. Compile
// makes one; a nil List has no rules.
type List struct {
	m         *grid.Map
	calendar  *worktime.Calendar
	zone      *time.Location
	matters   map[Code]Matter
	standards *Standards
	directory Sum       // its hash; zero without one
	versions  []Version // by From
	hash      [32]byte

	rules   []Rule                // in order of precedence, then id; indexes into it are positions
	duties  []Duty                // by position
	ranks   []Rank                // by position
	entries []entry               // by position
	byID    []uint32              // positions by rule id
	served  map[uint32]Code       // by position: the area that its party serves
	tended  map[uint32]Code       // by position: the area that its post looks after
	forces  map[uint32]Interval   // by position: when its version is in force
	owners  map[uint32]string     // by position: the layer of a rule that names owner(layer)
	absent  map[uint32][]Interval // by position: when its party does not exist

	classes, conditions, channels map[string]uint32 // numbered from 1, all in one series
	labels                        uint32            // how many numbers that is
	windows                       []timeWindow      // entry.window - 1

	prefixes map[Code]uint32 // matter of some rule to its number; Any is 0
	byMatter matterIndex     // of the matter table to the deepest prefix that covers it; without a table, prefixes
	up       []uint32        // by prefix: the next shorter one; nowhere above Any
	roles    [len(rolesInOrder)]roleIndexes
	tables   []table
	buckets  []bucket
	slots    []slot
	starts   []uint32 // by table: the units at which the innermost bucket changes, ascending, from 0
	inner    []uint32 // by table: the bucket from there on, counted from 1; 0 is none
	cells    cells
	parent   []uint32 // of every unit; 0 above the outermost
	last     []uint32 // last unit of the subtree; [0] is the number of units
}

// Rules yields every rule by id.
func (l *List) Rules() iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		if l == nil {
			return
		}
		for _, pos := range l.byID {
			if !yield(l.rules[pos]) {
				return
			}
		}
	}
}

// Rule answers a rule by id. O(log n).
func (l *List) Rule(id Code) (Rule, bool) {
	if l == nil {
		return Rule{}, false
	}
	i, ok := slices.BinarySearchFunc(l.byID, id, func(pos uint32, id Code) int {
		return compareCodes(l.rules[pos].ID, id)
	})
	if !ok {
		return Rule{}, false
	}
	return l.rules[l.byID[i]], true
}

// Len is the number of rules.
func (l *List) Len() int {
	if l == nil {
		return 0
	}
	return len(l.rules)
}

// Matter answers a matter by code. Without a matter table every code that a
// Query may ask for is known and has neither name nor kind.
func (l *List) Matter(c Code) (Matter, bool) {
	switch {
	case l == nil || !askable(c):
		return Matter{}, false
	case len(l.matters) == 0:
		return Matter{Code: c}, true
	}
	m, ok := l.matters[c]
	m.Skills, m.Evidence, m.Outcomes = cloneOrNil(m.Skills), cloneOrNil(m.Evidence), cloneOrNil(m.Outcomes)
	return m, ok
}

// Matters yields the matter table by code. It is empty when every matter is
// known.
func (l *List) Matters() iter.Seq[Matter] {
	return func(yield func(Matter) bool) {
		if l == nil {
			return
		}
		for _, c := range slices.Sorted(maps.Keys(l.matters)) {
			if m, _ := l.Matter(c); !yield(m) {
				return
			}
		}
	}
}

// Map is the map whose units the list speaks of.
func (l *List) Map() *grid.Map {
	if l == nil {
		return nil
	}
	return l.m
}

// Standards are the limits that the list falls back to.
func (l *List) Standards() *Standards {
	if l == nil {
		return nil
	}
	return l.standards
}

// Hash identifies what the list says: its matters, its rules with the party
// each resolved to, its versions and standards, the zone, and the calendar when a window needs it. It does
// not depend on the order in which matters and rules were given, nor on the
// map, which has a hash of its own.
func (l *List) Hash() [32]byte {
	if l == nil {
		return [32]byte{}
	}
	return l.hash
}

// sum computes Hash.
func (l *List) sum() [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "gridgov responsibility list 1\n")
	for m := range l.Matters() {
		fmt.Fprintf(h, "matter %q %q %q %q\n", m.Code, m.Name, m.Kind, m.Risk)
		m.digestWork(h)
	}
	for _, pos := range l.byID {
		r, d := l.rules[pos], l.duties[pos]
		fmt.Fprintf(h, "rule %q %q %q %q %q %q\n", r.ID, r.Role, r.Matter, cmp.Or(d.Party, r.Party), d.Post, r.Area)
		fmt.Fprintf(h, "%q %q %q %q %d %d\n", r.Class, r.Condition, r.Channel, r.Window, r.MinCost, r.MaxCost)
		fmt.Fprintf(h, "%s %s %q %q %d %q %q\n", hashTime(r.During.From), hashTime(r.During.Until),
			r.Mode, r.Budget.String(), r.Precedence, r.Basis, r.Version)
	}
	for _, v := range l.versions {
		fmt.Fprintf(h, "version %q %s %s %q %q %q\n", v.Code, hashTime(v.From), hashTime(v.Until), v.ApprovedBy, v.Reason, v.Notice)
	}
	if l.standards != nil {
		fmt.Fprintf(h, "standards %x\n", l.standards.Hash())
	}
	if slices.ContainsFunc(l.windows, func(w timeWindow) bool { return w.kind == clockWindow }) {
		fmt.Fprintf(h, "zone %q\n", l.zone)
	}
	if slices.ContainsFunc(l.windows, func(w timeWindow) bool { return w.kind != clockWindow }) {
		fmt.Fprintf(h, "calendar %x\n", l.calendar.Hash())
	}
	return [32]byte(h.Sum(nil))
}

func hashTime(at time.Time) string {
	if at.IsZero() {
		return "open"
	}
	return fmt.Sprintf("%d.%09d", at.Unix(), at.Nanosecond())
}
