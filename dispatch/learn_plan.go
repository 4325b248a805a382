package dispatch

// trafficPrior is how many cases of the ground's spread a matter's own spread
// over the areas inside an area starts with.
const trafficPrior = 30.0

// lookCloser is the share of the gain that a whole area must promise before the
// areas inside it are looked at one by one.
const lookCloser = 0.5

// even is the least difference of two sums of worths that is more than rounding.
const even = 1e-9

// planner chooses the rules, matter by matter from the top.
type planner struct {
	belief  *belief
	set     learnSettings
	rules   []map[int32]int32 // by matter: area → party
	dropped int
}

func newPlanner(b *belief, set learnSettings) *planner {
	return &planner{belief: b, set: set, rules: make([]map[int32]int32, len(b.past.matters))}
}

func (p *planner) solve() {
	for m := range p.rules {
		p.rules[m] = map[int32]int32{}
		w := &plan{planner: p, matter: int32(m), candidates: p.belief.priors[m]}
		lifts := make([]float64, len(w.candidates))
		for i := range lifts {
			lifts[i] = 1
		}
		root := w.node(0, cases(weightOne)*float64(p.belief.counts.of(int32(m), 0).cases), lifts)
		if m == 0 {
			w.force(root)
			continue
		}
		w.choose(root, inherit)
	}
}

// plan is the work on one matter: of all lists for it, find one whose expected
// right answers, less the gain asked of each rule, are the most.
type plan struct {
	*planner
	matter     int32
	candidates []mass
}

// planNode is an area as the plan sees it.
type planNode struct {
	area  int32
	kids  []*planNode
	right []float64 // by candidate: right answers when it is the answer on arrival, with the best rules below
	keep  float64   // the same when the matter above answers
	best  int       // the candidate with the most right that has the support; -1 none
}

// inherit is the state in which the matter above answers.
const inherit = -1

// node builds the plan below area from the leaves up. traffic is the number of
// cases of the matter that the area is expected to have.
func (w *plan) node(area int32, traffic float64, lifts []float64) *planNode {
	n := &planNode{area: area, right: make([]float64, len(w.candidates))}
	kids := w.belief.tree.kids[area]
	if len(kids) > 0 && traffic > w.set.gain*lookCloser {
		w.inside(n, kids, traffic, lifts)
	} else {
		w.whole(n, traffic, lifts)
	}
	n.best = w.supported(n)
	return n
}

func (w *plan) inside(n *planNode, kids []int32, traffic float64, lifts []float64) {
	b := w.belief
	all := float64(0)
	for _, k := range kids {
		all += float64(b.counts.of(w.matter, k).cases)
	}
	below, around := make([]float64, len(lifts)), make([]float64, len(lifts))
	b.counts.of(0, n.area).spread(w.candidates, around)
	for _, k := range kids {
		b.lift(w.candidates, lifts, around, k, below)
		own := float64(b.counts.of(w.matter, k).cases)
		share := (own + float64(trafficPrior*b.tree.ground[k])) / (all + trafficPrior)
		kid := w.node(k, traffic*share, below)
		n.kids = append(n.kids, kid)
		for i := range n.right {
			n.right[i] += w.withRule(kid, kid.right[i])
		}
		n.keep += w.withRule(kid, kid.keep)
	}
	if q := b.tree.quiet[n.area]; q.count > 0 {
		b.lift(w.candidates, lifts, around, q.first, below)
		share := float64(trafficPrior*b.tree.ground[q.first]) * float64(q.count) / (all + trafficPrior)
		kid := &planNode{area: q.first, right: make([]float64, len(lifts))}
		w.whole(kid, traffic*share, below)
		for i, right := range kid.right {
			n.right[i] += right
		}
		n.keep += kid.keep
	}
}

// withRule is the better of leaving the node's answer and paying for a rule.
func (w *plan) withRule(n *planNode, without float64) float64 {
	if n.best < 0 {
		return without
	}
	return max(without, n.right[n.best]-w.set.gain)
}

func (w *plan) whole(n *planNode, traffic float64, lifts []float64) {
	b := w.belief
	b.posterior(w.matter, n.area, lifts, n.right)
	above := int32(-1)
	if w.matter > 0 {
		above = w.answer(b.past.above[w.matter], n.area)
	}
	for i, c := range w.candidates {
		n.right[i] *= traffic
		if c.party == above {
			n.keep = n.right[i]
		}
	}
}

func (w *plan) supported(n *planNode) int {
	best, i := -1, 0
	for _, t := range w.belief.counts.of(w.matter, n.area).parties {
		if t.cases < w.set.support {
			continue
		}
		i = skipTo(w.candidates, i, t.party)
		if i == len(w.candidates) {
			break
		}
		if w.candidates[i].party == t.party && (best < 0 || n.right[i] > n.right[best]+even) {
			best = i
		}
	}
	return best
}

// choose walks down and writes the rules that pay.
func (w *plan) choose(n *planNode, state int) {
	now := n.keep
	if state != inherit {
		now = n.right[state]
	}
	if n.best >= 0 && n.best != state {
		if n.right[n.best]-w.set.gain > now+even {
			state = n.best
			w.rules[w.matter][n.area] = w.candidates[state].party
		} else {
			w.dropped++
		}
	}
	for _, k := range n.kids {
		w.choose(k, state)
	}
}

// force makes the fallback, which needs neither support nor gain.
func (w *plan) force(root *planNode) {
	best := 0
	for i := range root.right {
		if root.right[i] > root.right[best]+even {
			best = i
		}
	}
	w.rules[0][0] = w.candidates[best].party
	root.best = best
	w.choose(root, best)
}

// answer is the party that the rules so far name for a matter in an area, by
// longer matter first, then deeper area; -1 when none does.
func (p *planner) answer(matter, area int32) int32 {
	m, a := p.decider(matter, area)
	if m < 0 {
		return -1
	}
	return p.rules[m][a]
}

// decider is the rule that decides, as its matter and area; -1, -1 for none.
func (p *planner) decider(matter, area int32) (int32, int32) {
	for m := matter; m >= 0; m = p.belief.past.above[m] {
		for a := area; a >= 0; a = p.belief.tree.parent[a] {
			if _, ok := p.rules[m][a]; ok {
				return m, a
			}
		}
	}
	return -1, -1
}
