package audit

import (
	"slices"

	"github.com/gridgov/gridgov/grid"
)

// Report is what an audit found. It is immutable: do not change its slices.
type Report struct {
	// Findings are the first FindingsMax findings by severity, kind, units, parent,
	// thinness and place.
	Findings    []Finding
	Left        int     // how many more there are
	Totals      []Total // of every kind that was found, Findings or not, by kind
	Certificate Certificate

	proved   map[grid.Code]bool
	complete bool
}

// Total is all findings of one kind.
type Total struct {
	Kind                    Kind
	Errors, Warnings, Notes int
	Polygons                int
	SquareMeters            float64
}

// Proved reports whether the units in the unit with that code share it out
// exactly: each of its places lies in one of them, by the border rule of grid,
// and none of theirs outside it. It is false for a leaf, for a unit without a
// boundary and for a code that is not in the map.
func (r *Report) Proved(parent grid.Code) bool { return r.proved[parent] }

// Complete reports whether every unit that has children and a boundary is proved
// and the outermost units do not overlap. Then each place in a unit is owned by
// exactly one leaf, which lies in that unit: a unit without a boundary is where
// the units in it are.
func (r *Report) Complete() bool { return r.complete }

// Unproved are the units that have children and a boundary and are not proved,
// by code.
func (r *Report) Unproved() []grid.Code {
	var out []grid.Code
	for c, ok := range r.proved {
		if !ok {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// certify sorts and counts the findings and fills in the certificate.
func (r *Report) certify(a *auditor, found []Finding) {
	slices.SortFunc(found, func(f, g Finding) int { return f.compare(&g) })
	for _, kind := range kinds {
		t := Total{Kind: kind}
		for i := range found {
			if f := &found[i]; f.Kind == kind {
				t.add(f)
			}
		}
		if t.Errors+t.Warnings+t.Notes > 0 {
			r.Totals = append(r.Totals, t)
		}
	}
	if n := len(found) - FindingsMax; n > 0 {
		found, r.Left = slices.Clone(found[:FindingsMax]), n
	}
	r.Findings = found
	r.Certificate = a.certificate(r)
}

func (t *Total) add(f *Finding) {
	switch f.Severity {
	case Error:
		t.Errors++
	case Warning:
		t.Warnings++
	default:
		t.Notes++
	}
	t.Polygons += len(f.Geometry)
	t.SquareMeters += f.SquareMeters
}
