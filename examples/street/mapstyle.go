package main

import (
	"fmt"
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
			return colour(step), fmt.Sprintf("%s %d", w["map.events"], t.events)
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
				list = append(list, geofile.Entry{Fill: colour(i), Text: text})
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
