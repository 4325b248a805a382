package audit

import (
	"encoding/hex"
	"strconv"

	"github.com/gridgov/gridgov/internal/phrase"
)

// Certificate is what an audit proved about one map. Its Hash is that of the
// map, so anybody who has the data can run the audit again.
type Certificate struct {
	Hash     [32]byte
	Units    int
	Leaves   int
	Vertices int // of all boundaries, closing points not counted
	Families int // units that have children and a boundary
	// FamiliesProved of them share their area out exactly.
	FamiliesProved int
	// Level areas in m², outermost first: of all units on the level. Where a unit
	// has no boundary it adds nothing.
	LevelSquareMeters       []float64
	LeafSquareMeters        float64
	Errors, Warnings, Notes int
	Complete                bool // see Report.Complete
}

func (a *auditor) certificate(r *Report) Certificate {
	c := Certificate{
		Hash: a.m.Hash(), Units: a.m.Len(), Leaves: a.m.LeafCount(), Families: len(r.proved),
		LevelSquareMeters: make([]float64, len(a.m.Levels())), Complete: r.complete,
	}
	for _, ok := range r.proved {
		if ok {
			c.FamiliesProved++
		}
	}
	for unit := range a.m.All() {
		b := &a.borders[unit]
		c.Vertices += len(b.darts)
		c.LevelSquareMeters[a.infos[unit].Level] += b.area
		if a.infos[unit].Leaf {
			c.LeafSquareMeters += b.area
		}
	}
	for _, t := range r.Totals {
		c.Errors, c.Warnings, c.Notes = c.Errors+t.Errors, c.Warnings+t.Warnings, c.Notes+t.Notes
	}
	return c
}

// certificateTexts take {0} the hash, {1} units, {2} leaves, {3} vertices, {4}
// families, {5} proved, {6} m² of the leaves, {7} errors, {8} warnings, {9} notes.
var certificateTexts = phrase.Catalog{
	"complete": {
		"Map {0}: every place in its {1} units belongs to exactly one of its {2} leaves, {6} m² in all; proved in whole numbers from {3} edges, for {5} of {4} units with units in them. {7} errors, {8} warnings, {9} notes.",
		"地图 {0}：{1} 个单元内的每一处地面都有且仅有一个末级单元负责；末级单元 {2} 个，共 {6} 平方米；以整数运算由 {3} 条边证明，{4} 个有下级的单元中 {5} 个得证。错误 {7} 项，警告 {8} 项，提示 {9} 项。",
	},
	"incomplete": {
		"Map {0}: not every place is proved to have exactly one owner, but {5} of {4} units with units in them are shared out exactly among these; {2} leaves, {6} m², {3} edges. {7} errors, {8} warnings, {9} notes.",
		"地图 {0}：未能证明每一处地面有且仅有一个末级单元负责；{4} 个有下级的单元中 {5} 个已证明由下级不重不漏地划分；末级单元 {2} 个，共 {6} 平方米，{3} 条边。错误 {7} 项，警告 {8} 项，提示 {9} 项。",
	},
}

// Text is the certificate as a sentence in lang: "zh" is Chinese, anything else English.
func (c Certificate) Text(lang string) string {
	code := "incomplete"
	if c.Complete {
		code = "complete"
	}
	args := []string{hex.EncodeToString(c.Hash[:])}
	for _, n := range []int{c.Units, c.Leaves, c.Vertices, c.Families, c.FamiliesProved} {
		args = append(args, strconv.Itoa(n))
	}
	args = append(args, decimal(c.LeafSquareMeters, 2))
	for _, n := range []int{c.Errors, c.Warnings, c.Notes} {
		args = append(args, strconv.Itoa(n))
	}
	return certificateTexts.Text(lang, code, args...)
}
