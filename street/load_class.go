package street

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gridgov/gridgov/grid/geofile"
)

// strayClasses tells, once a class, of features of a layer whose class is not among
// those that street.json gives the layer, and remembers every class there is.
func (l *loader) strayClasses(lc layerConfig, file string, list []geofile.Feature) {
	classes := slices.Clone(lc.Classes)
	stray := map[string][]*layerReader{}
	for i := range list {
		r := &layerReader{load: l, feature: &list[i], file: file}
		class := r.text("class")
		if class == "" || slices.Contains(lc.Classes, class) {
			continue
		}
		stray[class] = append(stray[class], r)
	}
	for _, class := range slices.Sorted(maps.Keys(stray)) {
		classes = append(classes, class)
		if len(lc.Classes) == 0 {
			continue
		}
		r := stray[class][0]
		f := Finding{Level: l.strictly(), Code: "stray-class", File: file, Unit: Code(r.text("code"))}
		f.Args = []string{"class", class, lc.Name, strings.Join(lc.Classes, ", "), fmt.Sprint(len(stray[class]))}
		f.setPosition(r.feature.Position())
		if p, ok := r.lookup("class"); ok && p.Line > 0 {
			f.Line, f.Column = p.Line, p.Column
		}
		l.note(f)
	}
	if l.classes == nil {
		l.classes = map[string][]string{}
	}
	l.classes[lc.Name] = classes
}

// checkClass tells of a rule for a class that no place of the street has: one that its
// layer neither declares nor holds, or one of a layer that street.json does not name.
func (r *row) checkClass() {
	layer, class, ok := strings.Cut(r.cell("class"), "=")
	if !ok || layer == "" || class == "" || r.load.layered && r.load.out.Layers == nil {
		return // not written as a class, or the layers are at fault themselves
	}
	f := r.place("class")
	f.Level, f.Code, f.Unit, f.Args = r.load.strictly(), "idle-class", Code(r.cell("id")), []string{"class", r.cell("class")}
	classes, known := r.load.classes[layer]
	switch {
	case len(r.load.classes) == 0:
		f.Code = "no-layers"
	case !known:
		f.Code, f.Args = "idle-layer", append(f.Args, layer, strings.Join(r.load.out.Layers.Names(), ", "))
	case slices.Contains(classes, class):
		return
	default:
		f.Args = append(f.Args, layer, class, strings.Join(classes, ", "))
	}
	r.load.note(f)
}

// strictly is the level of what a strict street does not let pass.
func (l *loader) strictly() Level {
	if l.out.Strict {
		return Error
	}
	return Warning
}
