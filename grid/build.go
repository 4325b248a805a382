package grid

import (
	"maps"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// chunk is the number of units that one call of Options.Parallel's do surveys.
const chunk = 256

// Build makes a Map of units given in any order, or answers a *BuildError with
// every fault and no Map. No units make an empty Map. The Map keeps nothing of
// the caller's memory.
//
// A leaf is a unit that no other names as its parent, at any level; it needs a
// boundary. A unit on level 0 may name a parent that is not among the units; a
// deeper one must name a unit on some level further out, not needfully the next.
// Coordinates are snapped (see Snap), points that then repeat the one before
// left out, and rings left with fewer than 3 different points dropped with a
// finding; a leaf that loses all its rings so owns no place. An edge may touch
// or run over another of the same unit (a finding) but not cross it, unless by
// so little that snapping may have done it (a finding too).
//
// ErrUnits and ErrVertices are answered alone, before anything is looked at;
// otherwise all faults are found, but no more than 16 crossings of one unit.
// With Options.Strict every finding is a fault as well.
//
// The cost is O(n log n) in units and points. A boundary that crosses itself
// costs at most 4,096 comparisons a point before it is refused as ErrTangled.
func Build(units []Unit, opts Options) (*Map, error) {
	var f faults
	checkLevels(opts.Levels, &f)
	if !checkSize(units, &f) {
		return nil, f.err()
	}
	// Without usable level names, levels are still checked against the limit, so
	// that the other faults come out too.
	levels := len(opts.Levels)
	if levels == 0 || levels > LevelsMax {
		levels = LevelsMax
	}
	o := arrange(units, levels, &f)
	kept := surveyAll(o, opts.Parallel, &f)
	var found []*Error
	for pos := range o.sorted {
		u := o.unit(pos)
		found = append(found, kept[pos].odd...)
		switch {
		case len(u.Boundary) > 0:
		case o.inner[pos]:
			found = append(found, faultOf(u.Code, ErrHollow))
		default:
			f.add(faultOf(u.Code, ErrNoBoundary))
		}
	}
	if opts.Strict {
		f.add(found...)
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return assemble(o, kept, opts), nil
}

// checkLevels refuses no, too many, empty or repeated level names.
func checkLevels(levels []string, f *faults) {
	seen := map[string]bool{"": true}
	bad := len(levels) == 0 || len(levels) > LevelsMax
	for _, name := range levels[:min(len(levels), LevelsMax)] {
		bad = bad || seen[name]
		seen[name] = true
	}
	if bad {
		f.add(faultOf("", ErrLevels))
	}
}

// checkSize refuses more units or points than a Map may have.
func checkSize(units []Unit, f *faults) bool {
	if len(units) > UnitsMax {
		f.add(faultOf("", ErrUnits))
		return false
	}
	vertices := 0
	for i := range units {
		if vertices += weight(units[i].Boundary); vertices > VerticesMax {
			f.add(faultOf("", ErrVertices))
			return false
		}
	}
	return true
}

// weight is the number of points of a boundary. A polygon or ring of no points
// still costs memory, so each counts as one.
func weight(b orb.MultiPolygon) int {
	n := len(b)
	for _, polygon := range b {
		n += len(polygon)
		for _, ring := range polygon {
			n += len(ring)
		}
	}
	return n
}

// surveyAll surveys the units chunk by chunk and answers what a Map keeps of
// each, by position.
func surveyAll(o *order, parallel func(n int, do func(i int)), f *faults) []*unit {
	kept := make([]*unit, len(o.sorted))
	chunks := (len(o.sorted) + chunk - 1) / chunk
	faults := make([][]*Error, chunks)
	do := func(i int) {
		from, to := i*chunk, min((i+1)*chunk, len(o.sorted))
		s := newSurvey()
		for pos := from; pos < to; pos++ {
			s.unit(o.unit(pos))
		}
		faults[i] = s.faults
		for k, u := range s.kept() {
			pos := from + k
			given := o.unit(pos)
			u.info = Info{Code: given.Code, Parent: given.Parent, Name: given.Name, Level: given.Level}
			u.counts, u.attrs = maps.Clone(given.Counts), maps.Clone(given.Attrs)
			if !o.inner[pos] {
				u.region = newRegion(u.outline, u.folded)
			}
			kept[pos] = u
		}
	}
	if parallel != nil && chunks > 1 {
		parallel(chunks, func(i int) {
			if i >= 0 && i < chunks {
				do(i)
			}
		})
	}
	for i := range chunks {
		if kept[i*chunk] == nil {
			do(i)
		}
		f.add(faults[i]...)
	}
	return kept
}

// assemble puts the checked units together in hierarchy order.
func assemble(o *order, kept []*unit, opts Options) *Map {
	n := len(o.sorted)
	m := &Map{
		levels: slices.Clone(opts.Levels), strict: opts.Strict, parallel: opts.Parallel,
		outside: map[Code]int{},
		codes:   codebook{base: make(map[Code]uint32, n)},
	}
	refs := make([]Ref, n) // by position
	parents := make([]Ref, n)
	for i, pos := range o.walk() {
		u := kept[pos]
		refs[pos] = Ref(i + 1)
		m.units.put(uint32(i), u)
		m.codes.base[u.info.Code] = uint32(i)
		m.vertices += u.weight
		if u.info.Level == 0 && u.info.Parent != "" {
			m.outside[u.info.Parent]++
		}
		if p := o.parents[pos]; p >= 0 {
			parents[i] = refs[p] // a parent comes before its subtree
		}
	}
	m.ranks = newRanks(parents, nil, n)
	m.index = newIndex(m, opts.Parallel)
	m.finish()
	return m
}

// finish sets what is worked out when it is first asked for.
func (m *Map) finish() {
	m.findings = sync.OnceValue(m.collect)
	m.hash = sync.OnceValue(m.digest)
}

// collect is the findings of all units.
func (m *Map) collect() []Finding {
	var found []*Error
	for r := range m.All() {
		u := m.unit(r)
		found = append(found, u.odd...)
		if u.hollow && !m.ranks.isLeaf(r) {
			found = append(found, faultOf(u.info.Code, ErrHollow))
		}
	}
	slices.SortStableFunc(found, compareFindings)
	findings := make([]Finding, len(found))
	for i, e := range found {
		findings[i] = e.finding()
	}
	return findings
}
