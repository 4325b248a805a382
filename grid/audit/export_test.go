package audit

import (
	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
)

// Patch is a patch of a group, made visible.
type Patch struct {
	Units, Around []int32
	Inside, Edge  bool
	Area          float64
	At            orb.Point
	Hit           bool
}

// BothWays examines each family of m by the chain and without it.
func BothWays(m *grid.Map) (chained, whole [][]Patch) {
	a := &auditor{m: m, opts: Options{}.withDefaults()}
	a.prepare()
	for _, g := range a.families() {
		chained = append(chained, visible(g.examine()))
		whole = append(whole, visible(g.whole()))
	}
	return chained, whole
}

func visible(o outcome) []Patch {
	out := []Patch{}
	for _, p := range o.patches {
		out = append(out, Patch{p.units, p.around, p.inside, p.edge, p.area, p.at, p.hit})
	}
	return out
}

// Tangle reports whether strokes between so many places are too many crossings.
func Tangle(lines [][2][2]int32) (ok bool, cuts int) {
	var strokes []stroke
	for i, l := range lines {
		strokes = append(strokes, strokeOf(point{l[0][0], l[0][1]}, point{l[1][0], l[1][1]}, 0, int32(i)))
	}
	p, ok := draw(strokes)
	if !ok {
		return false, 0
	}
	return true, len(p.cuts)
}

// Kinds is every kind; CauseCodes every cause of Misplaced.
var (
	Kinds      = kinds
	Catalogues = []map[string][2]string{texts, causes, certificateTexts}
)

// Wide is the decimal sum of numbers.
func Wide(numbers ...int64) string {
	var w wide
	for _, n := range numbers {
		w = w.plus(wideOf(n))
	}
	return w.String()
}

// Crossing is where two crossing segments cross, as whole, numerator and
// denominator of x and of y.
func Crossing(a, b, p, q [2]int32) [6]int64 {
	to := func(v [2]int32) point { return point{v[0], v[1]} }
	s := crossing(to(a), to(b), to(p), to(q))
	return [6]int64{s.x.whole, int64(s.x.num), int64(s.x.den), s.y.whole, int64(s.y.num), int64(s.y.den)}
}
