package geofile

import (
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// degreeDecimals is the resolution of a Map, 1e-7 degree.
const degreeDecimals = 7

// WriteGeoJSON writes the units of m to w in hierarchy order as a GeoJSON
// FeatureCollection: code, name, parent and level as properties, then counts,
// then attributes, both by name; coordinates with at most 7 decimals, which is
// all that a Map holds. Equal maps give equal bytes. A unit without a boundary
// has a null geometry. Decode, Units with OwnLevel and grid.Build make a Map of
// the same Hash again, if no outermost unit names a parent outside the Map.
//
// Nothing is written when a unit cannot be: *Errors holds ErrDuplicate (a count
// or an attribute with a name that is taken) or ErrValue (a name that is not
// UTF-8), with the Ref as ordinal. An error of w ends the writing as it is.
func WriteGeoJSON(w io.Writer, m *grid.Map) error {
	var faults faultList
	for r := range m.All() {
		for _, fault := range check(unitFeature(m, r)) {
			fault.Feature = int(r)
			faults.add(fault)
		}
	}
	if err := faults.err(); err != nil {
		return err
	}
	one := func(i int) *Feature { return unitFeature(m, grid.Ref(i+1)) }
	return writeCollection(w, m.Len(), one, degreeDecimals)
}

// unitFeature is the unit r of m as a feature.
func unitFeature(m *grid.Map, r grid.Ref) *Feature {
	info := m.Info(r)
	f := &Feature{Polygons: slices.DeleteFunc(m.Boundary(r), func(p orb.Polygon) bool { return len(p) == 0 })}
	add := func(name string, kind Kind, text string) {
		f.Properties = append(f.Properties, Property{Name: name, Value: Value{Kind: kind, Text: text}})
	}
	attrs := m.Attrs(r)
	add("code", String, string(info.Code))
	add("name", String, info.Name)
	if info.Parent != "" {
		add("parent", String, string(info.Parent))
		if info.Level == 0 {
			delete(attrs, "parent") // what Units kept of it
		}
	}
	add("level", Number, strconv.Itoa(info.Level))
	counts := m.Counts(r)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		add(name, Number, strconv.FormatInt(counts[name], 10))
	}
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		add(name, String, attrs[name])
	}
	return f
}
