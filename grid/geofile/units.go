package geofile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
)

// UnitOptions says how Units reads properties. The zero value is usable.
type UnitOptions struct {
	// Counts names the properties that are whole numbers from 0, such as
	// households, which go to Unit.Counts; by the file's name or its alias.
	Counts []string
	// Aliases gives the name that a property of the file stands for, such as
	// 编码 for code.
	Aliases map[string]string
}

// OwnLevel as the level of Units means that each feature has its own: the
// property level, a whole number from 0.
const OwnLevel = -1

// Units makes the units of one level from features: code and parent by their
// properties, the polygons as boundary. Property by property:
//
//	code         required; a string, or a whole number whose digits are kept
//	name         a string; a number or bool as it is written
//	parent       as code; required on every level but 0, where it stays an attribute
//	level        required if level is OwnLevel, otherwise an attribute
//	from, until  left to the caller, who finds them with Lookup
//	opts.Counts  whole numbers from 0; null is absent
//	all others   attributes: a string's characters, anything else as it is written; null is absent
//
// Unit i is that of features[i] when there is no error. A feature without a
// geometry gives a unit without a boundary. The strings of the units are copies;
// their points are those of the features. O(properties).
//
// An error is *Errors with all faults; of one feature ErrGeometry (lines or
// points), ErrMissing, ErrDuplicate (two aliases of one name), ErrKind, ErrCode
// or ErrCount. A code that a spreadsheet
// or a float made unreadable (4.40309E+14, 440309001.0) is an ErrCode.
func Units(features []Feature, level int, opts UnitOptions) ([]grid.Unit, error) {
	units := make([]grid.Unit, 0, len(features))
	opts.Counts = opts.countNames()
	var faults faultList
	for i := range features {
		r := unitReader{feature: &features[i], opts: opts, level: level}
		r.read()
		for _, fault := range r.faults {
			if fault.Feature = features[i].ordinal; fault.Feature == 0 {
				fault.Feature = i + 1
			}
			faults.add(fault)
		}
		if len(r.faults) == 0 {
			units = append(units, r.unit)
		}
	}
	return units, faults.err()
}

// countNames is Counts with those that the file calls otherwise under the names
// they stand for.
func (o UnitOptions) countNames() []string {
	names := slices.Clone(o.Counts)
	for _, name := range o.Counts {
		if alias, ok := o.Aliases[name]; ok {
			names = append(names, alias)
		}
	}
	return names
}

// unitReader makes the unit of one feature.
type unitReader struct {
	feature *Feature
	opts    UnitOptions
	level   int
	unit    grid.Unit
	faults  []*Error
	// coded and parented: the property is there, though perhaps faulty.
	coded, parented bool
	leveled         bool // the level is the feature's own
}

func (r *unitReader) read() {
	f := r.feature
	if r.level == OwnLevel {
		r.ownLevel()
	}
	r.unit = grid.Unit{Level: r.level, Boundary: f.Polygons}
	if len(f.Lines)+len(f.Points) > 0 {
		r.fault(f.Position(), ErrGeometry, nil, "LineString, Point")
	}
	var seen []string
	for _, p := range f.Properties {
		name := p.Name
		if alias, ok := r.opts.Aliases[name]; ok {
			name = alias
		}
		if slices.Contains(seen, name) {
			r.fault(r.feature.at(p), ErrDuplicate, nil, p.Name)
			continue
		}
		if len(r.opts.Aliases) > 0 {
			seen = append(seen, name)
		}
		r.property(name, p)
	}
	if !r.coded {
		r.fault(f.Position(), ErrMissing, nil, "code")
	}
	if r.level > 0 && !r.parented {
		r.fault(f.Position(), ErrMissing, nil, "parent")
	}
}

// ownLevel takes the level from the feature, 0 when it has none.
func (r *unitReader) ownLevel() {
	r.level, r.leveled = 0, true
	p, ok := r.feature.Lookup("level")
	n, whole := p.Value.Int()
	switch {
	case !ok:
		r.fault(r.feature.Position(), ErrMissing, nil, "level")
	case !whole || n < 0 || n >= grid.LevelsMax:
		r.fault(r.feature.at(p), ErrKind, nil, "level", p.Value.Text)
	default:
		r.level = int(n)
	}
}

func (r *unitReader) fault(at Position, err, cause error, args ...string) {
	r.faults = append(r.faults, &Error{Position: at, Err: err, Cause: cause, Args: args})
}

// property puts one property in its place.
func (r *unitReader) property(name string, p Property) {
	switch {
	case name == "code":
		r.coded = p.Value.Kind != Null
		r.unit.Code = r.code(p)
	case name == "parent" && r.level > 0:
		r.parented = p.Value.Kind != Null
		r.unit.Parent = r.code(p)
	case name == "name":
		if p.Value.Kind == Nested {
			r.fault(r.feature.at(p), ErrKind, nil, p.Name)
		}
		r.unit.Name = strings.Clone(p.Value.Text)
	case name == "from" || name == "until" || (name == "level" && r.leveled) || p.Value.Kind == Null:
	case slices.Contains(r.opts.Counts, name):
		n, ok := p.Value.Int()
		if !ok || n < 0 {
			r.fault(r.feature.at(p), ErrCount, nil, p.Name, p.Value.Text)
			return
		}
		if r.unit.Counts == nil {
			r.unit.Counts = map[string]int64{}
		}
		r.unit.Counts[strings.Clone(name)] = n
	default:
		if r.unit.Attrs == nil {
			r.unit.Attrs = map[string]string{}
		}
		r.unit.Attrs[strings.Clone(name)] = strings.Clone(p.Value.Text)
	}
}

// code reads a code; null is none.
func (r *unitReader) code(p Property) code.Code {
	v := p.Value
	switch v.Kind {
	case Null:
		return ""
	case Number:
		if strings.ContainsAny(v.Text, ".eE") {
			r.fault(r.feature.at(p), ErrCode, fmt.Errorf("%w: %s", code.ErrBroken, clip(v.Text)), p.Name)
			return ""
		}
	case String:
	default:
		r.fault(r.feature.at(p), ErrKind, nil, p.Name)
		return ""
	}
	c := code.Code(strings.Clone(v.Text))
	if err := code.Check(c); err != nil {
		r.fault(r.feature.at(p), ErrCode, err, p.Name)
		return ""
	}
	return c
}
