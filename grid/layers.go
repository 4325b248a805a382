package grid

import (
	"iter"
	"slices"

	"github.com/paulmach/orb"
)

// LayersMax is how many layers a Layers may have; a subdistrict has about ten.
const LayersMax = 64

// Layers is the layers of one place (专题图层) in an order that the caller gives:
// what lies at a place is answered in that order. It is immutable and safe for
// concurrent use. A nil and a zero Layers are empty.
type Layers struct {
	list   []*Layer
	bases  []FeatureRef // the last feature before each layer
	byName map[string]int
	owned  map[Code][]FeatureRef // ascending
}

// FeatureRef is a feature of one Layers: 1 … Len, layer by layer; in a layer by
// class in the order of LayerOptions.Classes, then the smaller area in whole m²
// first (of a line: length by width), then by code. 0 is no feature. It means
// nothing in another Layers and is never stored.
type FeatureRef uint32

// NewLayers makes a set of layers, or answers an *OverlayError: more than
// LayersMax layers (ErrOverlays, alone), a layer that is nil or zero, two of one name
// (ErrOverlayName). It keeps the layers, which never change, not the slice.
func NewLayers(layers []*Layer) (*Layers, error) {
	s := &Layers{byName: map[string]int{}, owned: map[Code][]FeatureRef{}}
	var f overlayFaults
	if len(layers) > LayersMax {
		f.add("", ErrOverlays)
		return nil, f.err()
	}
	for i, l := range layers {
		f.overlay = l.Name()
		if _, again := s.byName[f.overlay]; again || f.overlay == "" {
			f.add("", ErrOverlayName)
			continue
		}
		base := FeatureRef(s.Len())
		s.list, s.bases = append(s.list, l), append(s.bases, base)
		s.byName[f.overlay] = i
		for k := range l.features {
			if owner := l.features[k].info.Owner; owner != "" {
				s.owned[owner] = append(s.owned[owner], base+FeatureRef(k)+1)
			}
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return s, nil
}

// Len is the number of features of all layers. FeatureRefs run from 1 to Len.
func (s *Layers) Len() int {
	if s == nil || len(s.list) == 0 {
		return 0
	}
	last := len(s.list) - 1
	return int(s.bases[last]) + s.list[last].Len()
}

// Names are the names of the layers in their order.
func (s *Layers) Names() []string {
	if s == nil {
		return nil
	}
	names := make([]string, len(s.list))
	for i, l := range s.list {
		names[i] = l.name
	}
	return names
}

// find is the layer of a feature and the feature's index there; nil for none.
func (s *Layers) find(f FeatureRef) (*Layer, uint32) {
	if f == 0 || int64(f) > int64(s.Len()) {
		return nil, 0
	}
	i, _ := slices.BinarySearch(s.bases, f) // the first base that is not before f
	return s.list[i-1], uint32(f - s.bases[i-1] - 1)
}

// Info describes f. It is zero for 0 and for a FeatureRef beyond Len.
func (s *Layers) Info(f FeatureRef) FeatureInfo {
	l, i := s.find(f)
	if l == nil {
		return FeatureInfo{}
	}
	return l.features[i].info
}

// Geometry is a copy of f's geometry, snapped: an orb.MultiPolygon as of
// Map.Boundary, an orb.MultiLineString or an orb.Point. It is nil for 0 and for a
// FeatureRef beyond Len.
func (s *Layers) Geometry(f FeatureRef) orb.Geometry {
	l, i := s.find(f)
	if l == nil {
		return nil
	}
	return l.geometry(i)
}

// Lookup answers the feature of a layer with code c. O(1).
func (s *Layers) Lookup(layer string, c Code) (FeatureRef, bool) {
	i, ok := s.layer(layer)
	if !ok {
		return 0, false
	}
	k, ok := s.list[i].codes[c]
	if !ok {
		return 0, false
	}
	return s.bases[i] + FeatureRef(k) + 1, true
}

func (s *Layers) layer(name string) (int, bool) {
	if s == nil {
		return 0, false
	}
	i, ok := s.byName[name]
	return i, ok
}

// All yields every feature, ascending.
func (s *Layers) All() iter.Seq[FeatureRef] { return refs(1, FeatureRef(s.Len())) }

// Layer yields the features of a layer, ascending; none for a layer that is not
// there.
func (s *Layers) Layer(name string) iter.Seq[FeatureRef] {
	i, ok := s.layer(name)
	if !ok {
		return refs(1, 0)
	}
	return refs(s.bases[i]+1, s.bases[i]+FeatureRef(s.list[i].Len()))
}

func refs(from, to FeatureRef) iter.Seq[FeatureRef] {
	return func(yield func(FeatureRef) bool) {
		for f := from; f <= to && f != 0; f++ {
			if !yield(f) {
				return
			}
		}
	}
}

// Class yields the features of a class of a layer, ascending.
func (s *Layers) Class(layer, class string) iter.Seq[FeatureRef] {
	return func(yield func(FeatureRef) bool) {
		i, ok := s.layer(layer)
		if !ok {
			return
		}
		for _, k := range s.list[i].classes[class] {
			if !yield(s.bases[i] + FeatureRef(k) + 1) {
				return
			}
		}
	}
}

// Owned yields the features that a party answers for, ascending.
func (s *Layers) Owned(owner Code) iter.Seq[FeatureRef] {
	return func(yield func(FeatureRef) bool) {
		if s == nil {
			return
		}
		for _, f := range s.owned[owner] {
			if !yield(f) {
				return
			}
		}
	}
}
