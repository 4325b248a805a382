package dispatch

import (
	"cmp"
	"math"
	"slices"
)

// The strengths of belief, in cases: how many cases of its own a cell must have
// before they weigh as much as what is known of the cell around it. They were
// chosen on the first 70 % of the Boston reports by learning on a beginning of
// them and testing on what followed, over four beginnings; half and twice each
// value change the right answers there by less than 1 %.
const (
	matterPrior    = 0.5 // a matter against the matter above it
	territoryPrior = 2.0 // a party's cases in an area against the ground's
)

// areaPriors are the strengths tried for a matter's own cases in an area against
// the territories of the parties. A small one suits a list that has been kept to,
// a large one a place where many cases were sent round. Learn takes the one that
// does best on the later part of the history, the first of equals.
var areaPriors = [...]float64{5, 20, 80}

// The bounds of belief keep the work per cell small.
const (
	candidatesMax = 1024   // parties considered for one matter
	candidateMin  = 0.0001 // a party that never handled a matter and is less likely than this to do so is not considered
)

// mass is a party with its probability.
type mass struct {
	party int32
	p     float64
}

// belief answers how likely each party is to handle a matter in an area.
type belief struct {
	past     *past
	tree     *areaTree
	counts   *cellCounts
	strength float64  // one of areaPriors
	priors   [][]mass // by matter: everywhere, by party
}

func newBelief(p *past, t *areaTree, strength float64) *belief {
	c := countCells(p, t)
	b := &belief{past: p, tree: t, counts: c, strength: strength, priors: make([][]mass, len(p.matters))}
	for m := range b.priors {
		b.priors[m] = b.prior(int32(m)) // the matter above sorts before: it is a prefix, or Any
	}
	return b
}

// prior is who handles a matter wherever it happens: its own cases, leaning on
// the matter above. Parties in order.
func (b *belief) prior(m int32) []mass {
	own := b.counts.of(m, 0)
	var up []mass
	lean := 0.0
	if m > 0 {
		up, lean = b.priors[b.past.above[m]], matterPrior
	}
	whole := cases(own.weight) + lean
	var out []mass
	i, j := 0, 0
	for i < len(own.parties) || j < len(up) {
		var x mass
		switch {
		case j == len(up) || i < len(own.parties) && own.parties[i].party < up[j].party:
			x = mass{own.parties[i].party, cases(own.parties[i].weight) / whole}
			i++
		case i == len(own.parties) || up[j].party < own.parties[i].party:
			x = mass{up[j].party, float64(lean*up[j].p) / whole}
			j++
		default:
			x = mass{up[j].party, (cases(own.parties[i].weight) + float64(lean*up[j].p)) / whole}
			i, j = i+1, j+1
		}
		if x.p >= candidateMin || own.of(x.party).cases > 0 {
			out = append(out, x)
		}
	}
	return mostLikely(out, candidatesMax)
}

func cases(weight int64) float64 { return float64(weight) / weightOne }

// lift puts into dst how much more than its share each candidate handles in area
// a: from, the same for the area around it, times the share of a in what the
// candidate handled there, around, compared with the ground's. The territory of
// a party is what it handles of all matters together.
func (b *belief) lift(candidates []mass, from, around []float64, a int32, dst []float64) {
	b.counts.of(0, a).spread(candidates, dst)
	ground := b.tree.ground[a]
	for i, n := range dst {
		share := (n + float64(territoryPrior*ground)) / (around[i] + territoryPrior)
		dst[i] = from[i] * share / ground
	}
}

// posterior is how likely each candidate is for matter m in area a, given the
// lifts there: the prior by the lift to the power ¾ (parties' cases are not
// independent of each other, so their evidence counts for less than its face),
// then the matter's own cases in each area from the outermost to a.
func (b *belief) posterior(m, a int32, lifts, dst []float64) {
	candidates := b.priors[m]
	sum := 0.0
	for i, c := range candidates {
		root := math.Sqrt(lifts[i])
		dst[i] = c.p * root * math.Sqrt(root)
		sum += dst[i]
	}
	for i := range dst {
		dst[i] /= sum
	}
	b.ownCases(m, a, dst)
}

func (b *belief) ownCases(m, a int32, dst []float64) {
	if a == 0 {
		return
	}
	b.ownCases(m, b.tree.parent[a], dst)
	own := b.counts.of(m, a)
	if own.weight == 0 {
		return
	}
	whole := cases(own.weight) + b.strength
	for i := range dst {
		dst[i] *= b.strength / whole
	}
	candidates, i := b.priors[m], 0
	for _, t := range own.parties {
		i = skipTo(candidates, i, t.party)
		if i < len(candidates) && candidates[i].party == t.party {
			dst[i] += cases(t.weight) / whole
		}
	}
}

// mostLikely keeps at most n parties, the likelier and then the smaller code,
// and puts them back in order.
func mostLikely(list []mass, n int) []mass {
	if len(list) <= n {
		return list
	}
	slices.SortFunc(list, func(a, b mass) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.party, b.party)) })
	list = slices.Clip(list[:n])
	slices.SortFunc(list, func(a, b mass) int { return cmp.Compare(a.party, b.party) })
	return list
}
