package grid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/spatial"
)

// BuildLayer makes a Layer of features given in any order, or answers an
// *OverlayError with every fault and no Layer. No features make an empty Layer.
// The Layer keeps nothing of the caller's memory.
//
// The name is a code (see Build) without '=', '(' and ')', since lists write
// "layer=class" and "owner(layer)". Polygons are checked and snapped exactly as
// Build does with boundaries, and what it would find odd is a Finding here too.
// Points of lines are snapped and repeated ones left out; a line shorter than
// the snapping remains as a point. ErrFeatures is answered alone.
//
// The cost is O(n log n) in features and points.
func BuildLayer(name string, features []Feature, opts LayerOptions) (*Layer, error) {
	b := &layerBuilder{opts: opts, faults: overlayFaults{overlay: name}, layer: &Layer{name: name}}
	if !featuresFit(features) {
		b.faults.add("", ErrFeatures)
		return nil, b.faults.err()
	}
	b.checkNames()
	sorted := make([]int, len(features))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortStableFunc(sorted, func(i, j int) int { return cmp.Compare(features[i].Code, features[j].Code) })
	for k, i := range sorted {
		again := k > 0 && features[sorted[k-1]].Code == features[i].Code
		b.check(&features[i], again)
	}
	b.survey(features, sorted)
	if err := b.faults.err(); err != nil {
		return nil, err
	}
	return b.finish(), nil
}

// layerBuilder gathers a Layer; everything is in the order of codes until finish.
type layerBuilder struct {
	opts   LayerOptions
	faults overlayFaults
	layer  *Layer
}

// featuresFit reports whether there are no more features and points than allowed.
func featuresFit(features []Feature) bool {
	if len(features) > FeaturesMax {
		return false
	}
	n := 0
	for i := range features {
		switch g := features[i].Geometry.(type) {
		case orb.Polygon:
			n += weight(orb.MultiPolygon{g})
		case orb.MultiPolygon:
			n += weight(g)
		case orb.LineString:
			n += len(g)
		case orb.MultiLineString:
			for _, line := range g {
				n += 1 + len(line)
			}
		}
		if n > VerticesMax {
			return false
		}
	}
	return true
}

// checkNames checks the layer's name and the order of classes.
func (b *layerBuilder) checkNames() {
	b.faults.checkName("=()")
	seen := map[string]bool{"": true}
	for _, class := range b.opts.Classes {
		if seen[class] {
			b.faults.add("", fmt.Errorf("%w: %q", ErrClasses, class))
		}
		seen[class] = true
	}
}

// checkName checks that the overlay's name is a code without some characters.
func (f *overlayFaults) checkName(without string) {
	if err := code.Check(Code(f.overlay)); err != nil {
		f.add("", fmt.Errorf("%w: %w", ErrOverlayName, err))
	} else if strings.ContainsAny(f.overlay, without) {
		f.add("", fmt.Errorf("%w: it has one of %s", ErrOverlayName, without))
	}
}

// check checks what is not geometry and keeps the feature's description.
func (b *layerBuilder) check(f *Feature, again bool) {
	add := func(err error) { b.faults.add(f.Code, err) }
	label := b.layer.name + "=" + f.Class
	if err := code.Check(f.Code); err != nil {
		add(fmt.Errorf("%w: %w", ErrCode, err))
	} else if again {
		add(ErrDuplicate)
	}
	if f.Class == "" || len(label) > ClassLenMax || !utf8.ValidString(f.Class) || strings.ContainsFunc(f.Class, unicode.IsControl) {
		add(ErrClass)
	}
	if f.Owner != "" {
		if err := code.Check(f.Owner); err != nil {
			add(fmt.Errorf("%w: %w", ErrOwner, err))
		}
	}
	checkInterval(f.During, add)
	b.layer.features = append(b.layer.features, feature{info: FeatureInfo{
		Layer: b.layer.name, Code: f.Code, Class: f.Class, Label: label, Name: f.Name, Owner: f.Owner,
		During: Interval{From: utc(f.During.From), Until: utc(f.During.Until)},
	}})
}

// survey checks and snaps the geometry of the features, in the order of codes.
func (b *layerBuilder) survey(features []Feature, sorted []int) {
	s := newSurvey()
	var polygons []int // position by code of what s surveyed
	for k, i := range sorted {
		f := &features[i]
		into := &b.layer.features[k]
		into.first = uint32(len(b.layer.parts))
		boundary := b.geometry(f, uint32(k))
		into.next = uint32(len(b.layer.parts))
		if boundary != nil {
			into.dims = 2
			s.unit(&Unit{Code: f.Code, Boundary: boundary})
			polygons = append(polygons, k)
		}
	}
	for _, e := range s.faults {
		b.geometryFault(e)
	}
	var odd []*Error
	for i, u := range s.kept() {
		into := &b.layer.features[polygons[i]]
		into.outline, into.region = u.outline, newRegion(u.outline, u.folded)
		odd = append(odd, u.odd...)
	}
	slices.SortStableFunc(odd, compareFindings)
	for _, e := range odd {
		if b.opts.Strict {
			b.geometryFault(e)
		}
		b.layer.findings = append(b.layer.findings, e.finding())
	}
}

// geometryFault adds a fault that names its feature as a unit.
func (b *layerBuilder) geometryFault(e *Error) {
	of := e.Unit
	e = new(*e)
	e.Unit = ""
	b.faults.add(of, e)
}

// finish puts the features in the order of answers and indexes their parts.
func (b *layerBuilder) finish() *Layer {
	l := b.layer
	b.order()
	l.codes = make(map[Code]uint32, len(l.features))
	l.classes = map[string][]uint32{}
	var items []spatial.Item
	for i := range l.features {
		f := &l.features[i]
		l.codes[f.info.Code] = uint32(i)
		l.classes[f.info.Class] = append(l.classes[f.info.Class], uint32(i))
		if f.region != nil {
			l.parts = append(l.parts, part{feature: uint32(i)})
			items = append(items, spatial.Item{Box: f.region.box(), ID: uint32(len(l.parts) - 1)})
		}
		for k := f.first; k < f.next; k++ {
			l.parts[k].feature = uint32(i)
			for _, box := range l.parts[k].boxes(f.reach) {
				items = append(items, spatial.Item{Box: box, ID: k})
			}
		}
	}
	tree, err := spatial.Build(items)
	if err != nil { // impossible: the corners are finite and in order
		tree = nil
	}
	l.tree = tree
	return l
}

// order sorts the features by class, size and code.
func (b *layerBuilder) order() {
	l := b.layer
	ranks := make(map[string]int, len(b.opts.Classes))
	for i, class := range b.opts.Classes {
		ranks[class] = i
	}
	type key struct {
		rank, at int
		size     float64
	}
	keys := make([]key, len(l.features))
	for i := range keys {
		rank, named := ranks[l.features[i].info.Class]
		if !named {
			rank = len(ranks)
		}
		keys[i] = key{rank, i, l.size(&l.features[i])}
	}
	slices.SortFunc(keys, func(j, k key) int { // at is the order of codes
		return cmp.Or(cmp.Compare(j.rank, k.rank), cmp.Compare(j.size, k.size), cmp.Compare(j.at, k.at))
	})
	sorted := make([]feature, len(keys))
	for i, k := range keys {
		sorted[i] = l.features[k.at]
	}
	l.features = sorted
}
