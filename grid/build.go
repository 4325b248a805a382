package grid

import (
	"maps"
	"slices"

	"github.com/gridgov/gridgov/internal/spatial"
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
	surveys := surveyAll(o, opts.Parallel)
	var found []*Error
	for _, s := range surveys {
		f.add(s.faults...)
		found = append(found, s.findings...)
	}
	for pos := range o.sorted {
		switch u := o.unit(pos); {
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
	return assemble(o, surveys, found, opts.Levels), nil
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
		for _, polygon := range units[i].Boundary {
			// A polygon or ring of no points still costs memory, so each counts as one.
			vertices++
			for _, ring := range polygon {
				vertices += 1 + len(ring)
			}
			if vertices > VerticesMax {
				f.add(faultOf("", ErrVertices))
				return false
			}
		}
	}
	return true
}

// surveyAll surveys the units by code, chunk by chunk.
func surveyAll(o *order, parallel func(n int, do func(i int))) []*survey {
	surveys := make([]*survey, (len(o.sorted)+chunk-1)/chunk)
	do := func(i int) {
		s := &survey{shapes: newShapes()}
		for pos := i * chunk; pos < min((i+1)*chunk, len(o.sorted)); pos++ {
			s.unit(o.unit(pos))
		}
		s.edges, s.open, s.from, s.rings = nil, nil, nil, nil
		surveys[i] = s
	}
	if parallel != nil && len(surveys) > 1 {
		parallel(len(surveys), func(i int) {
			if i >= 0 && i < len(surveys) {
				do(i)
			}
		})
	}
	for i, s := range surveys {
		if s == nil {
			do(i)
		}
	}
	return surveys
}

// assemble puts the checked units together in hierarchy order.
func assemble(o *order, surveys []*survey, found []*Error, levels []string) *Map {
	n := len(o.sorted)
	m := &Map{
		levels: slices.Clone(levels), infos: make([]Info, n), parents: make([]Ref, n), last: make([]Ref, n),
		byCode: make(map[Code]Ref, n), counts: make([]map[string]int64, n), attrs: make([]map[string]string, n),
		shapes: newShapes(),
	}
	refs := make([]Ref, n) // by position
	var folded []Ref
	for i, pos := range o.walk() {
		r, u := Ref(i+1), o.unit(int(pos))
		refs[pos] = r
		m.infos[i] = Info{Code: u.Code, Parent: u.Parent, Name: u.Name, Level: u.Level, Leaf: !o.inner[pos]}
		m.byCode[u.Code] = r
		m.counts[i], m.attrs[i] = maps.Clone(u.Counts), maps.Clone(u.Attrs)
		if p := o.parents[pos]; p >= 0 {
			m.parents[i] = refs[p] // a parent comes before its subtree
		}
		s := surveys[pos/chunk]
		m.shapes.copyUnit(&s.shapes, int(pos%chunk))
		if !o.inner[pos] {
			m.leaves = append(m.leaves, r)
			if s.folded[pos%chunk] {
				folded = append(folded, r)
			}
		}
	}
	for i := n - 1; i >= 0; i-- {
		r := Ref(i + 1)
		m.last[i] = max(m.last[i], r)
		if p := m.parents[i]; p != 0 {
			m.last[p-1] = max(m.last[p-1], m.last[i])
		}
	}
	slices.SortStableFunc(found, compareFindings)
	for _, e := range found {
		m.findings = append(m.findings, e.finding())
	}
	m.hash = m.digest()
	m.index = newTreeIndex(m, folded, codeRanks(o, refs))
	return m
}

// codeRanks answers, by Ref, how many units have a smaller code.
func codeRanks(o *order, refs []Ref) []uint32 {
	ranks := make([]uint32, len(refs)+1)
	for pos := range o.sorted {
		ranks[refs[pos]] = uint32(pos)
	}
	return ranks
}

// treeOf is the R-tree of items whose boxes come from int32 points, so that
// every one of them is valid.
func treeOf(items []spatial.Item) *spatial.Tree {
	t, err := spatial.Build(items)
	if err != nil { // impossible: the corners are finite and in order
		return nil
	}
	return t
}
