package grid

import (
	"slices"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/spatial"
)

// Limits of a layer.
const (
	FeaturesMax = 1 << 20        // features of a Layer: every shop, building and street of a city
	ReachMax    = Meters(10_000) // from the middle of a line or point to its edge: a wide river
	ClassLenMax = 256            // bytes of "layer=class"
)

// Feature is one thing of a layer as the caller describes it: a street (大街、
// 小巷), a park, an industrial park, a key enterprise, a building, an estate.
type Feature struct {
	Code  Code   // required, unique in its layer
	Class string // required: main, lane, park, …
	Name  string // shown to people
	Owner Code   // the party that answers for it; empty when nobody is known to
	// Geometry in WGS84 degrees: orb.Polygon or orb.MultiPolygon, under the rules of
	// Unit.Boundary; orb.LineString or orb.MultiLineString, edges straight in
	// longitude and latitude; or orb.Point.
	Geometry orb.Geometry
	Width    Meters   // of a line, across: more than 0, up to twice ReachMax; of others 0
	Radius   Meters   // of a point: more than 0, up to ReachMax; of others 0
	During   Interval // when it is there, in whole milliseconds; the zero Interval is always
}

// LayerOptions configures BuildLayer.
type LayerOptions struct {
	// Classes in the order in which features at one place are answered, main streets
	// before lanes; the classes not named come after all that are, as equals. nil
	// makes all classes equal.
	Classes []string
	Strict  bool // every Finding becomes an error
}

// FeatureInfo describes a feature without its geometry.
type FeatureInfo struct {
	Layer  string
	Code   Code
	Class  string
	Label  string // "layer=class", as responsibility lists name it
	Name   string
	Owner  Code
	During Interval // in UTC
}

// Layer is features of one kind (图层): the streets, the parks or the buildings
// of a place. It is immutable and safe for concurrent use. It is asked through
// Layers. A nil and a zero Layer are empty and without a name.
type Layer struct {
	name     string
	features []feature // in the order of answers
	parts    []part
	tree     *spatial.Tree // of parts
	codes    map[Code]uint32
	classes  map[string][]uint32 // ascending
	findings []Finding
}

// feature is what a Layer keeps of a Feature.
type feature struct {
	info        FeatureInfo
	outline     outline // of polygons
	region      *region // of polygons; nil for lines, points and what vanished
	first, next uint32  // its parts
	reach       Meters  // of lines and points: how far from the middle, inclusive
	dims        int8    // 0, 1 or 2
}

// part is one feature's region, or one edge of its line, or its point twice.
type part struct {
	feature uint32
	a, b    point
}

// Name is the layer's name.
func (l *Layer) Name() string {
	if l == nil {
		return ""
	}
	return l.name
}

// Len is the number of features.
func (l *Layer) Len() int {
	if l == nil {
		return 0
	}
	return len(l.features)
}

// Findings is a copy of what BuildLayer found odd in polygons and accepted,
// sorted as Map.Findings. Unit is the feature's code.
func (l *Layer) Findings() []Finding {
	if l == nil {
		return nil
	}
	out := slices.Clone(l.findings)
	for i := range out {
		out[i].Args = slices.Clone(out[i].Args)
	}
	return out
}

// geometry is a copy of the feature's geometry, snapped: an orb.MultiPolygon, an
// orb.MultiLineString or an orb.Point.
func (l *Layer) geometry(i uint32) orb.Geometry {
	f := &l.features[i]
	switch f.dims {
	case 0:
		return l.parts[f.first].a.degrees()
	case 2:
		return f.outline.boundary()
	}
	var lines orb.MultiLineString
	for k := f.first; k < f.next; k++ {
		e := l.parts[k]
		if k == f.first || l.parts[k-1].b != e.a {
			lines = append(lines, orb.LineString{e.a.degrees()})
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], e.b.degrees())
	}
	return lines
}
