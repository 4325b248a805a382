package grid

import "slices"

// Classes writes the labels "layer=class" of the place's features over dst from
// its beginning, each once, in the order of the features: everything a
// responsibility list may ask of the place. Where a main street and a lane cross
// both are there, so rules for each of them may tie; see FirstClasses.
func (p Place) Classes(dst []string) []string {
	dst = dst[:0]
	for _, f := range p.Features {
		l, i := p.layers.find(f)
		if l == nil {
			continue
		}
		if label := l.features[i].info.Label; !slices.Contains(dst, label) {
			dst = append(dst, label)
		}
	}
	return dst
}

// FirstClasses is Classes with one label a layer, that of the layer's first
// feature there, whose owner Owner answers: the crossing of a main street and a
// lane is main street, and a key enterprise in an industrial park is that. No two
// rules tie for classes of one layer then.
func (p Place) FirstClasses(dst []string) []string {
	dst = dst[:0]
	var last *Layer
	for _, f := range p.Features {
		if l, i := p.layers.find(f); l != nil && l != last {
			dst, last = append(dst, l.features[i].info.Label), l
		}
	}
	return dst
}

// First is the first of a layer's features at the place; false when there is none.
func (p Place) First(layer string) (FeatureRef, bool) {
	n, ok := p.layers.layer(layer)
	if !ok {
		return 0, false
	}
	i, _ := slices.BinarySearch(p.Features, p.layers.bases[n]+1)
	if i == len(p.Features) || int(p.Features[i]-p.layers.bases[n]) > p.layers.list[n].Len() {
		return 0, false
	}
	return p.Features[i], true
}

// Owner is the party that answers for the place as far as a layer goes: the owner
// of the first of the layer's features there. It is false when there is none, and
// also when that first one has no owner: another one's is no substitute for it.
// Responsibility lists are to write it owner(layer), which dispatch does not read
// yet: until then write a rule for each class, or ask here.
func (p Place) Owner(layer string) (Code, bool) {
	f, ok := p.First(layer)
	if !ok {
		return "", false
	}
	owner := p.layers.Info(f).Owner
	return owner, owner != ""
}
