package dispatch

import (
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
	m        *grid.Map
	calendar *worktime.Calendar
	zone     *time.Location
	matters  map[Code]Matter
	hash     [32]byte

	rules   []Rule                // in order of precedence, then id; indexes into it are positions
	duties  []Duty                // by position
	ranks   []Rank                // by position
	entries []entry               // by position
	byID    []uint32              // positions by rule id
	leads   int                   // rules with the role lead
	absent  map[uint32][]Interval // by position: when its party does not exist

	classes, conditions, channels map[string]uint32 // numbered from 1
	windows                       []timeWindow      // entry.window - 1

	prefixes map[Code]uint32 // matter of some rule to its number; Any is 0
	buckets  map[uint64]bucket
	runs     []uint32 // positions, by bucket, role, position
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
			if !yield(l.matters[c]) {
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

// Hash identifies what the list says: its matters, its rules with the party
// each resolved to, the zone, and the calendar when a window needs it. It does
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
	}
	for _, pos := range l.byID {
		r, d := l.rules[pos], l.duties[pos]
		fmt.Fprintf(h, "rule %q %q %q %q %q %q\n", r.ID, r.Role, r.Matter, d.Party, d.Post, r.Area)
		fmt.Fprintf(h, "%q %q %q %q %d %d\n", r.Class, r.Condition, r.Channel, r.Window, r.MinCost, r.MaxCost)
		fmt.Fprintf(h, "%s %s %q %q %d %q %q\n", hashTime(r.During.From), hashTime(r.During.Until),
			r.Mode, r.Budget.String(), r.Precedence, r.Basis, r.Version)
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
