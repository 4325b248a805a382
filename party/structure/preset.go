package structure

import (
	"cmp"
	"slices"
)

// PresetOptions says how a preset is written for one subdistrict.
type PresetOptions struct {
	// Lang is the language of Basis: "zh" is Chinese, anything else English.
	Lang string
	// Levels is the names that the map has for the levels of the presets,
	// "community", "block" and "grid"; one that is missing keeps its name.
	Levels map[string]string
}

// preset is one published scheme.
type preset struct {
	name  string
	rules []Rule
	basis [][2]string // of each rule, English and Chinese
}

// demand adds a rule with the sentence it rests on.
func (p *preset) demand(r Rule, en, zh string) {
	r.ID, r.Kind = Code(p.name)+"."+r.ID, cmp.Or(r.Kind, People)
	p.rules = append(p.rules, r)
	p.basis = append(p.basis, [2]string{en, zh})
}

// presets is every preset, in the order of Presets.
func presets() []preset {
	return []preset{onePlusOnePlusSix(), majiang(), guanlan(), shenzhenCommunity(), partTime()}
}

// Presets is the name of every preset: the schemes of five published accounts.
//
//   - "1+1+6": a subdistrict with one leading group, one information centre and a
//     squad in each community (光明街道, 2018).
//   - "majiang": service centres, stations, grids with a team of eight and a captain
//     for each building (麻江县三到社区, from 2015). Its figures are that county's.
//   - "guanlan": communities, blocks and red grids (观澜街道精治街区, 2021).
//   - "shenzhen-community": three boards, four rights, two premises (深圳, 2018).
//   - "part-time": who may be a part-time grid worker (罗湖区, 2022).
func Presets() []string {
	var all []string
	for _, p := range presets() {
		all = append(all, p.name)
	}
	return all
}

// Preset answers the rules of a preset; false when there is none of that name. A
// preset is data: change the copy where the local rule differs. The ids of
// different presets differ, so several can be compiled together.
func Preset(name string, o PresetOptions) ([]Rule, bool) {
	all := presets()
	i := slices.IndexFunc(all, func(p preset) bool { return p.name == name })
	if i < 0 {
		return nil, false
	}
	p, lang := all[i], 0
	if o.Lang == "zh" {
		lang = 1
	}
	for k := range p.rules {
		r := &p.rules[k]
		r.Basis = p.basis[k][lang]
		if level, ok := o.Levels[r.Per.Name]; ok && r.Per.By == PerArea {
			r.Per.Name = level
		}
	}
	return p.rules, true
}
