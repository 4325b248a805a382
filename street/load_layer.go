package street

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
	"github.com/gridgov/gridgov/internal/code"
)

// layerConfig is one of the layers of street.json. Classes is the order in which
// classes at one place are answered; equals when it is empty.
type layerConfig struct {
	Name    string   `json:"name"`
	File    string   `json:"file"`
	Classes []string `json:"classes"`
}

// layers reads the layer files that street.json names.
func (l *loader) layers(c config) {
	l.layered = len(c.Layers) > 0
	var built []*grid.Layer
	before := len(l.faults)
	for i, lc := range c.Layers {
		if lc.Name == "" || lc.File == "" {
			l.configFault("bad-layer", "layers", fmt.Sprint(i+1))
			continue
		}
		if layer := l.layer(lc, c.Strict); layer != nil {
			built = append(built, layer)
		}
	}
	if !l.layered || len(l.faults) > before {
		return
	}
	layers, err := grid.NewLayers(built)
	if err != nil {
		l.configFault("bad-overlay", "layers", err.Error())
		return
	}
	l.out.Layers = layers
}

// configFault is a fault of a key of street.json.
func (l *loader) configFault(code, key string, args ...string) {
	f := Finding{Code: code, File: configName, Args: args}
	f.Line, f.Column = keyPlace(l.configText, key)
	l.fault(f)
}

func (l *loader) layer(lc layerConfig, strict bool) *grid.Layer {
	data, found, ok := l.open(lc.File)
	if !ok {
		l.fault(Finding{Code: "missing-file", File: lc.File})
		return nil
	}
	if data == nil {
		return nil
	}
	before := len(l.faults) + l.left
	list, err := geofile.Decode(found, bytes.NewReader(data), geofile.Options{Transform: l.toWGS84()})
	l.fileFaults(err)
	features := make([]grid.Feature, 0, len(list))
	place := map[Code]*geofile.Feature{}
	for i := range list {
		r := layerReader{load: l, feature: &list[i], file: found}
		features = append(features, r.read())
		if _, twice := place[features[i].Code]; !twice {
			place[features[i].Code] = &list[i]
		}
	}
	if len(l.faults)+l.left > before {
		return nil
	}
	layer, err := grid.BuildLayer(lc.Name, features, grid.LayerOptions{Classes: lc.Classes, Strict: strict})
	if fault, ok := errors.AsType[*grid.OverlayError](err); ok {
		l.overlayFaults(fault, found, func(c Code) *geofile.Feature { return place[c] })
		return nil
	}
	for _, f := range layer.Findings() {
		note := Finding{Level: Warning, Code: string(f.Kind), File: found, Unit: f.Unit, At: f.At, HasAt: f.HasAt, Said: map[string]string{"en": f.Text("en"), "zh": f.Text("zh")}}
		if feature := place[f.Unit]; feature != nil {
			note.setPosition(feature.Position())
		}
		l.note(note)
	}
	l.strayClasses(lc, found, list)
	return layer
}

// overlayFaults puts the faults of a layer or hierarchy where they stand in its
// file; feature may answer nil.
func (l *loader) overlayFaults(list *grid.OverlayError, file string, feature func(Code) *geofile.Feature) {
	for _, e := range list.Faults {
		f := Finding{Code: "bad-overlay", File: file, Unit: e.Code, Err: e, Said: map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}}
		if at := feature(e.Code); at != nil {
			f.setPosition(at.Position())
			if inner, ok := errors.AsType[*grid.Error](e.Err); ok {
				f.setPosition(at.Fault(inner))
			}
		}
		l.fault(f)
	}
	l.left += list.Left
}

// layerReader reads the properties of one feature of a layer file.
type layerReader struct {
	load    *loader
	feature *geofile.Feature
	file    string
}

// layerNames are the properties of a feature of a layer, with their Chinese names
// in the order in which they are looked for.
var layerNames = map[string][]string{
	"code": {"code", "编码", "代码"}, "class": {"class", "类别", "分类"}, "name": {"name", "名称"}, "party": {"party", "单位", "责任单位"},
	"from": {"from", "开始"}, "until": {"until", "结束"}, "width_m": {"width_m", "宽度"}, "radius_m": {"radius_m", "半径"},
}

// lookup is a property by its name or a Chinese one.
func (r *layerReader) lookup(name string) (geofile.Property, bool) {
	for _, n := range layerNames[name] {
		if p, ok := r.feature.Lookup(n); ok {
			return p, p.Value.Kind != geofile.Null
		}
	}
	return geofile.Property{}, false
}

func (r *layerReader) text(name string) string {
	p, _ := r.lookup(name)
	return strings.TrimSpace(p.Value.Text)
}

func (r *layerReader) fault(code, name string, err error, more ...string) {
	f := Finding{Code: code, File: r.file, Err: err, Args: append([]string{name, r.text(name)}, more...)}
	f.setPosition(r.feature.Position())
	if p, ok := r.lookup(name); ok && p.Line > 0 {
		f.Line, f.Column = p.Line, p.Column
	}
	r.load.fault(f)
}

func (r *layerReader) read() grid.Feature {
	f := grid.Feature{Code: Code(r.text("code")), Class: r.text("class"), Name: r.text("name"), Owner: Code(r.text("party"))}
	if err := code.Check(f.Code); err != nil {
		name := "bad-code"
		if errors.Is(err, code.ErrEmpty) {
			name = "empty-cell"
		}
		r.fault(name, "code", err)
	}
	if f.Class == "" {
		r.fault("empty-cell", "class", nil)
	}
	f.During.From, f.During.Until = r.instant("from"), r.instant("until")
	f.Width, f.Radius = r.metres("width_m"), r.metres("radius_m")
	switch from := r.feature; {
	case len(from.Polygons) > 0:
		f.Geometry = from.Polygons
	case len(from.Lines) > 0:
		f.Geometry = from.Lines
	case len(from.Points) == 1:
		f.Geometry = from.Points[0]
	default:
		f.Geometry = orb.MultiPolygon(nil) // which the layer refuses
	}
	return f
}

func (r *layerReader) instant(name string) time.Time {
	text := r.text(name)
	if text == "" {
		return time.Time{}
	}
	at, _, err := parseTime(text, r.load.zone)
	if err != nil {
		r.fault("bad-time", name, err)
	}
	return at
}

func (r *layerReader) metres(name string) grid.Meters {
	p, ok := r.lookup(name)
	if !ok {
		return 0
	}
	v, ok := p.Value.Float()
	if !ok {
		r.fault("bad-metres", name, nil)
	}
	return grid.Meters(v)
}

// hierarchyConfig is one of the hierarchies of street.json.
type hierarchyConfig struct {
	Name string `json:"name"`
	File string `json:"file"`
}

// hierarchies reads the other trees over the leaves.
func (l *loader) hierarchies(c config) {
	if !l.areasOK {
		return
	}
	var built []*grid.Hierarchy
	before := len(l.faults)
	for i, hc := range c.Hierarchies {
		if hc.Name == "" || hc.File == "" {
			l.configFault("bad-hierarchy", "hierarchies", fmt.Sprint(i+1))
			continue
		}
		if h := l.hierarchy(hc); h != nil {
			built = append(built, h)
		}
	}
	if len(c.Hierarchies) == 0 || len(l.faults) > before {
		return
	}
	all, err := grid.NewHierarchies(built)
	if err != nil {
		l.configFault("bad-overlay", "hierarchies", err.Error())
		return
	}
	l.out.Hierarchies = all
}

func (l *loader) hierarchy(hc hierarchyConfig) *grid.Hierarchy {
	spec := &fileSpec{Name: hc.File, Columns: hierarchyColumns}
	var levels []string
	var nodes []grid.Node
	lines := map[Code]columnOf{}
	before := len(l.faults) + l.left
	found := l.rows(spec, func(r *row) {
		n := grid.Node{Code: r.code("code"), Parent: r.optional("parent"), Name: r.cell("name")}
		level := r.required("level")
		if n.Level = slices.Index(levels, level); n.Level < 0 {
			n.Level, levels = len(levels), append(levels, level)
		}
		nodes = append(nodes, n)
		lines[n.Code] = r.remember("code", "parent", "level")
	})
	if !found {
		l.fault(Finding{Code: "missing-file", File: hc.File})
	}
	if len(l.faults)+l.left > before || !found {
		return nil
	}
	h, err := grid.NewHierarchy(l.out.Map, hc.Name, levels, nodes)
	list, ok := errors.AsType[*grid.OverlayError](err)
	if !ok {
		return h
	}
	for _, e := range list.Faults {
		f := Finding{File: hc.File}
		if at, known := lines[e.Code]; known {
			f = at.finding("code")
		}
		f.Code, f.Unit, f.Err, f.Said = "bad-overlay", e.Code, e, map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}
		f.Args = []string{cmp.Or(string(e.Code), hc.Name), e.Text("en")}
		l.fault(f)
	}
	l.left += list.Left
	return nil
}

// hierarchyColumns are those of a hierarchy's file. Levels are outermost first in
// the order in which the file comes to them.
var hierarchyColumns = []columnSpec{
	codeColumn,
	need("parent", "node it lies in; empty on the outermost level", "上级", "上级编码"),
	need("level", "name of its level; levels are outermost first as the file comes to them", "层级", "级别"),
	may("name", "name shown to people", "名称"),
}
