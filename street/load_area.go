package street

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
)

// areas reads the area files of every level and builds the Map.
func (l *loader) areas(c config) {
	if l.noSystem {
		return // every vertex would be one more fault
	}
	before := len(l.faults) + l.left
	var units []grid.Unit
	spoilt := make([]bool, len(c.Levels)) // levels of which units are missing
	features := map[Code]*geofile.Feature{}
	for level, lc := range c.Levels {
		begin := len(l.faults) + l.left
		if lc.Name == "" || lc.File == "" {
			l.fault(Finding{Code: "bad-level", File: configName, Args: []string{fmt.Sprint(level)}})
			spoilt[level] = true
			continue
		}
		units = append(units, l.level(lc.File, level, c.Counts, features)...)
		spoilt[level] = len(l.faults)+l.left > begin
	}
	whole := len(l.faults)+l.left == before
	levels := make(map[Code]int, len(units))
	for _, u := range units {
		levels[u.Code] = u.Level
	}
	if whole {
		l.areaCodes = make(map[Code]bool, len(units))
		for _, u := range units {
			l.areaCodes[u.Code] = true
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: l.out.Levels, Strict: c.Strict, Parallel: l.opts.Parallel})
	if build, ok := errors.AsType[*grid.BuildError](err); ok {
		if !whole {
			build = apart(build, levels, spoilt)
		}
		l.areaFaults(build, features)
		return
	}
	if !whole {
		return
	}
	if err != nil {
		l.fault(Finding{Code: "bad-areas", File: configName, Err: err, Args: []string{err.Error()}})
		return
	}
	l.out.Map, l.areasOK = m, true
	for _, f := range m.Findings() {
		finding := Finding{Level: Warning, Code: string(f.Kind), Unit: f.Unit, At: f.At, HasAt: f.HasAt, Said: map[string]string{"en": f.Text("en"), "zh": f.Text("zh")}}
		if feature := features[f.Unit]; feature != nil {
			finding.setPosition(feature.Position())
		}
		l.note(finding)
	}
	l.countsAddUp(c.Counts, features)
	if c.Strict || l.opts.Audit {
		l.audit(features)
	}
}

// apart is the Map's faults without those that may only follow from units which the
// files hold and which could not be read: a parent that is not there while a level
// further out lacks units, or a unit without boundary while one further in does.
// Names of levels wait, too.
func apart(build *grid.BuildError, levels map[Code]int, spoilt []bool) *grid.BuildError {
	own := &grid.BuildError{Left: build.Left}
	for _, e := range build.Faults {
		level := min(levels[e.Unit], len(spoilt))
		switch {
		case errors.Is(e, grid.ErrLevels) && slices.Contains(spoilt, true), // a level without a name is told
			errors.Is(e, grid.ErrParent) && slices.Contains(spoilt[:level], true),
			(errors.Is(e, grid.ErrNoBoundary) || errors.Is(e, grid.ErrHollow)) && slices.Contains(spoilt[level:], true):
			own.Left = 0 // what is not listed may be more of the same
		default:
			own.Faults = append(own.Faults, e)
		}
	}
	return own
}

// level reads one area file as the units of a level.
func (l *loader) level(file string, level int, counts []string, features map[Code]*geofile.Feature) []grid.Unit {
	data, found, ok := l.open(file)
	if !ok {
		l.fault(Finding{Code: "missing-file", File: path.Clean(file)})
		return nil
	}
	if data == nil {
		return nil
	}
	list, err := geofile.Decode(found, bytes.NewReader(data), geofile.Options{Transform: l.toWGS84()})
	l.fileFaults(err)
	units, err := geofile.Units(list, level, geofile.UnitOptions{Counts: counts, Aliases: areaAliases})
	l.fileFaults(err)
	for i := range list {
		if p, ok := areaCode(&list[i]); ok {
			if _, twice := features[p]; twice {
				l.twins[p] = &list[i]
			} else {
				features[p] = &list[i]
			}
		}
	}
	for _, u := range units {
		if u.Attrs["from"] != "" || u.Attrs["until"] != "" {
			f := Finding{Level: Warning, Code: "area-dates-later", File: found, Unit: u.Code}
			l.note(f)
			break
		}
	}
	return units
}

// areaAliases are the Chinese names of the properties of an area.
var areaAliases = map[string]string{"编码": "code", "代码": "code", "名称": "name", "上级": "parent", "上级编码": "parent"}

func areaCode(f *geofile.Feature) (Code, bool) {
	for _, name := range []string{"code", "编码", "代码"} {
		if p, ok := f.Lookup(name); ok {
			return Code(p.Value.Text), true
		}
	}
	return "", false
}

// fileFaults takes over the faults of a GeoJSON file.
func (l *loader) fileFaults(err error) {
	list, ok := errors.AsType[*geofile.Errors](err)
	if !ok {
		if err != nil {
			l.fault(Finding{Code: "bad-areas", Err: err, Args: []string{err.Error()}})
		}
		return
	}
	for _, e := range list.Faults {
		if !noJSON(e) && slices.ContainsFunc(list.Faults, func(o *geofile.Error) bool { return noJSON(o) && o.Position == e.Position }) {
			continue // of a word that is no JSON that alone is told
		}
		f := Finding{Code: e.Code(), Err: e, Said: map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}}
		f.setPosition(e.Position)
		if errors.Is(e, geofile.ErrTransform) {
			f.refused(e)
		}
		l.fault(f)
	}
	l.left += list.Left
}

// noJSON reports whether a fault is one of the JSON itself.
func noJSON(e *geofile.Error) bool {
	return errors.Is(e, geofile.ErrToken) || errors.Is(e, geofile.ErrSyntax)
}

// areaFaults puts the Map's faults where they stand in the area files.
func (l *loader) areaFaults(build *grid.BuildError, features map[Code]*geofile.Feature) {
	for _, e := range build.Faults {
		f := Finding{File: configName, Unit: e.Unit, At: e.At, HasAt: e.HasAt, Err: e}
		f.Code, f.Said = "bad-area", map[string]string{"en": e.Text("en"), "zh": e.Text("zh")}
		feature := features[e.Unit]
		if twin := l.twins[e.Unit]; twin != nil && errors.Is(e, grid.ErrDuplicate) {
			feature = twin // the code's second use, not its first
		}
		if feature != nil {
			f.setPosition(feature.Fault(e))
		}
		l.fault(f)
	}
	l.left += build.Left
}

func (f *Finding) setPosition(p geofile.Position) {
	f.File, f.Line, f.Column = p.File, p.Line, p.Column
}

// countsAddUp compares each unit's counts with the sum over its children.
func (l *loader) countsAddUp(counts []string, features map[Code]*geofile.Feature) {
	m := l.out.Map
	for r := range m.All() {
		if m.Info(r).Leaf {
			continue
		}
		own := m.Counts(r)
		for _, name := range slices.Sorted(slices.Values(counts)) {
			stated, ok := own[name]
			if !ok {
				continue
			}
			var total int64
			for child := range m.Children(r) {
				total += m.Counts(child)[name]
			}
			if total == stated {
				continue
			}
			f := Finding{Level: Warning, Code: "counts", Unit: m.Info(r).Code, Args: []string{string(m.Info(r).Code), name, fmt.Sprint(stated), fmt.Sprint(total)}}
			if feature := features[m.Info(r).Code]; feature != nil {
				f.setPosition(feature.Position())
			}
			l.note(f)
		}
	}
}
