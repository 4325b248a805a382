package main

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/geofile"
	"github.com/gridgov/gridgov/street"
)

// mapStyle says how the leaves of a map are filled.
type mapStyle struct {
	leaf   func(t *tally, w map[string]string) (fill, value string)
	legend func(w map[string]string) []geofile.Entry
}

const noData = "#eceff3"

// blues run from few events to many; each step is a fifth of the leaves that
// have any.
var blues = []string{"#dbe9f6", "#b3d3ea", "#7fb5d9", "#4690c4", "#1f6aa5"}

// eventsStyle fills leaves by how many events they had.
func eventsStyle(m *grid.Map, byArea map[street.Code]*tally) mapStyle {
	var counts []int
	for r := range m.Leaves(0) {
		if t := byArea[m.Info(r).Code]; t != nil {
			counts = append(counts, t.events)
		}
	}
	slices.Sort(counts)
	var bounds []int // the smallest count of each step
	for i := range blues {
		if len(counts) > 0 {
			b := counts[len(counts)*i/len(blues)]
			if len(bounds) == 0 || b > bounds[len(bounds)-1] {
				bounds = append(bounds, b)
			}
		}
	}
	colour := func(step int) string { return blues[len(blues)-len(bounds)+step] }
	return mapStyle{
		leaf: func(t *tally, w map[string]string) (string, string) {
			step := -1
			for i, b := range bounds {
				if t.events >= b {
					step = i
				}
			}
			if t.events == 0 || step < 0 {
				return noData, w["map.none"]
			}
			return colour(step), fmt.Sprintf("%s %s", w["map.events"], grouped(t.events))
		},
		legend: func(w map[string]string) []geofile.Entry {
			list := []geofile.Entry{{Fill: noData, Text: w["map.none"]}}
			for i, b := range bounds {
				last := counts[len(counts)-1]
				if i+1 < len(bounds) {
					last = bounds[i+1] - 1
				}
				text := fmt.Sprintf("%d–%d", b, last)
				if b == last {
					text = fmt.Sprint(b)
				}
				list = append(list, geofile.Entry{Fill: colour(i), Text: grouped(text)})
			}
			return list
		},
	}
}

// verdicts are the steps of the on-time rate, lowest first.
var verdicts = []struct {
	from assess.BasisPoints
	fill string
	text string
	tone string
}{
	{0, "#d7604c", "< 70 %", "bad"},
	{7_000, "#f0a36b", "70–85 %", "fair"},
	{8_500, "#f6e3a1", "85–95 %", "fair"},
	{9_500, "#9fd0a4", "95–99.9 %", "good"},
	{assess.Whole, "#4f9d69", "100 %", "good"},
}

func verdict(v assess.BasisPoints) int {
	step := 0
	for i, s := range verdicts {
		if v >= s.from {
			step = i
		}
	}
	return step
}

func tone(v assess.BasisPoints) string { return verdicts[verdict(v)].tone }

// onTimeStyle fills leaves by the share of their cases that was closed on time.
func onTimeStyle() mapStyle {
	return mapStyle{
		leaf: func(t *tally, w map[string]string) (string, string) {
			v, ok := t.rate[string(assess.OnTimeRate)].Value()
			if !ok {
				return noData, w["map.no_data"]
			}
			return verdicts[verdict(v)].fill, fmt.Sprintf("%s %s", w["map.on_time"], v)
		},
		legend: func(w map[string]string) []geofile.Entry {
			list := []geofile.Entry{{Fill: noData, Text: w["map.no_data"]}}
			for _, s := range verdicts {
				list = append(list, geofile.Entry{Fill: s.fill, Text: s.text})
			}
			return list
		},
	}
}

// drawMap draws the leaves in the colours of style. It is drawn for a phone, where a page
// shows it in about its own size, and the legend stands beside it as text; a
// picture that stands alone is wider, with legend and whole names.
func drawMap(f *street.Folder, byArea map[street.Code]*tally, w map[string]string, lang string, style mapStyle, alone bool) (template.HTML, error) {
	var b bytes.Buffer
	levels, label, _ := mapLabels(f.Map, w)
	width, legend := mapWidthPx, []geofile.Entry(nil)
	if alone {
		width, legend, label = pictureWidthPx, style.legend(w), nil
	}
	hide := f.Directory.Redactor() // a drawing is no text in which discreet could look
	name := func(r grid.Ref) string { return hide.Hide(f.Map.Info(r).Name) }
	if label == nil {
		label = name
	}
	err := geofile.WriteSVG(&b, f.Map, geofile.SVG{
		Width: width, Lang: cmp.Or(lang, "en"), Labels: levels, Label: label, Legend: legend, Desc: f.PlacesText(lang),
		Style: func(r grid.Ref) geofile.Style {
			info := f.Map.Info(r)
			t := byArea[info.Code]
			if t == nil {
				t = &tally{}
			}
			fill, value := style.leaf(t, w)
			return geofile.Style{Fill: fill, Title: fmt.Sprintf("%s · %s", cmp.Or(name(r), string(info.Code)), value)}
		},
	})
	return template.HTML(b.String()), err // the drawing escapes every text itself
}

// How wide a map is drawn, on the page and alone: labels have their size at this width.
const (
	mapWidthPx     = 300
	pictureWidthPx = 440
)

// labelledMax is how many units of a level can be told apart by their names on a map.
const labelledMax = 12

// labelLevels is the level to name on the map: the innermost of which there are few, but
// not one alone; else the outermost, unless they are so many that a name among many
// without one only misleads.
func labelLevels(m *grid.Map) []int {
	counts := make([]int, len(m.Levels()))
	for r := range m.All() {
		counts[m.Info(r).Level]++
	}
	for level := len(counts) - 1; level >= 0; level-- {
		if n := counts[level]; n > 1 && n <= labelledMax {
			return []int{level}
		}
	}
	if counts[0] > 40 {
		return nil
	}
	return []int{0}
}

// shortNames are the names of a level without what all of them begin and end with, when
// what is left is a short number: 22 of Ward 22. It is nil when that cannot be.
func shortNames(m *grid.Map, level int) map[grid.Ref]string {
	var full []string
	var refs []grid.Ref
	for r := range m.All() {
		if info := m.Info(r); info.Level == level {
			full, refs = append(full, info.Name), append(refs, r)
		}
	}
	short := map[grid.Ref]string{}
	number := regexp.MustCompile(`^(\D*)(\d{1,3})(\D*)$`)
	around := ""
	for i, name := range full {
		part := number.FindStringSubmatch(name)
		if part == nil || i > 0 && part[1]+"…"+part[3] != around {
			return nil
		}
		around = part[1] + "…" + part[3]
		short[refs[i]] = part[2]
	}
	return short
}

// mapLabels are what is written on a map, and what that means when it is short for a name.
func mapLabels(m *grid.Map, w map[string]string) (levels []int, label func(grid.Ref) string, note string) {
	levels = labelLevels(m)
	if len(levels) == 0 {
		return levels, nil, ""
	}
	short := shortNames(m, levels[0])
	if len(short) < 2 {
		return levels, nil, ""
	}
	first := slices.Min(slices.Collect(maps.Keys(short)))
	return levels, func(r grid.Ref) string { return short[r] }, fmt.Sprintf(w["map.short"], short[first], m.Info(first).Name)
}
