package assess

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/code"
)

// tree is the trees of a Scheme. Nodes are in post-order, siblings by code, so
// that what is below a node lies right before it.
type tree struct {
	nodes       []Node
	first       []int   // per node: the first one of its subtree
	level       []int   // per node: the weights between it and its deepest leaf
	children    [][]int // per node, by code
	indicator   []int   // per node: the index of a leaf's indicator, else -1
	adjusts     [][]int // per node, by code
	adjustments []Adjustment
	counts      []int // per adjustment: the index of its indicator, else -1
	index       map[Code]int
	adjusted    map[Code]int
}

// newTree checks the trees of a plan, and lays them out when nothing is wrong.
func newTree(faults *Faults, plan *Plan, s *Scheme) *tree {
	if len(plan.Nodes) > NodesMax || len(plan.Adjustments) > AdjustmentsMax {
		faults.add(ErrTooMany, "Nodes", -1, fmt.Sprintf("%d nodes, %d adjustments", len(plan.Nodes), len(plan.Adjustments)))
		return nil
	}
	d := newDraft(plan, s)
	for i := range plan.Nodes {
		d.checkNode(faults, i)
	}
	for i := range plan.Adjustments {
		d.checkAdjustment(faults, i)
	}
	if len(faults.All) > 0 {
		return nil
	}
	return d.lay()
}

// draft is the nodes of a plan as the caller gave them.
type draft struct {
	plan     *Plan
	scheme   *Scheme
	index    map[Code]int   // the first node of each code
	children map[Code][]int // by the parent's code
	seen     map[Code]bool
	looped   []bool // the node is above itself, or above one that was told
	depth    []int  // weights above the node; -1 when there is no end
}

func newDraft(plan *Plan, s *Scheme) *draft {
	d := &draft{plan: plan, scheme: s, index: map[Code]int{}, children: map[Code][]int{}, seen: map[Code]bool{}}
	for i, n := range plan.Nodes {
		if _, twice := d.index[n.Code]; !twice {
			d.index[n.Code] = i
		}
		if n.Parent != "" {
			d.children[n.Parent] = append(d.children[n.Parent], i)
		}
	}
	d.looped = make([]bool, len(plan.Nodes))
	d.depth = make([]int, len(plan.Nodes))
	for i := range plan.Nodes {
		d.depth[i] = d.depthOf(i)
	}
	return d
}

// depthOf counts the weights above node i, -1 when its parents go round.
func (d *draft) depthOf(i int) int {
	for depth := 0; depth <= len(d.plan.Nodes); depth++ {
		up, ok := d.index[d.plan.Nodes[i].Parent]
		if d.plan.Nodes[i].Parent == "" || !ok {
			return depth
		}
		i = up
	}
	return -1
}

// loop reports whether node i is the first of the plan on a ring of parents.
func (d *draft) loop(i int) bool {
	if d.depth[i] >= 0 || d.looped[i] {
		return false
	}
	var ring []int
	for at := d.index[d.plan.Nodes[i].Parent]; len(ring) < len(d.plan.Nodes); at = d.index[d.plan.Nodes[at].Parent] {
		ring = append(ring, at)
		if at == i {
			for _, each := range ring {
				d.looped[each] = true
			}
			return true
		}
	}
	return false // below a ring, not on it
}

func (d *draft) checkNode(faults *Faults, i int) {
	n := &d.plan.Nodes[i]
	fault := func(err error, value string) { faults.add(err, "Nodes", i, value) }
	if code.Check(n.Code) != nil {
		fault(ErrCode, string(n.Code))
	} else if d.seen[n.Code] {
		fault(ErrTwice, string(n.Code))
	}
	d.seen[n.Code] = true
	if _, ok := d.index[n.Parent]; n.Parent != "" && !ok {
		fault(ErrUnknown, string(n.Parent))
	}
	if _, ok := d.scheme.find(n.Indicator); n.Indicator != "" && !ok {
		fault(ErrUnknown, string(n.Indicator))
	}
	inputs, inner := inputsOf(n.Indicator, n.Measured), len(d.children[n.Code]) > 0
	if inner && (inputs > 0 || !n.Curve.IsZero()) || !inner && inputs != 1 {
		fault(ErrInput, string(n.Code))
	}
	if (n.Parent == "" && n.Weight != 0) || (n.Parent != "" && (n.Weight < 1 || n.Weight > Whole)) {
		fault(ErrWeight, fmt.Sprintf("%s: %d", n.Code, n.Weight))
	}
	switch n.Missing {
	case Incomplete, Spread, CountZero, CountFull:
	default:
		fault(ErrMissing, string(n.Missing))
	}
	if err := n.Curve.fault(n.Measured); err != nil {
		fault(err, string(n.Code))
	}
	if d.loop(i) {
		fault(ErrCycle, string(n.Code))
	}
	if d.depth[i] > LevelsMax {
		fault(ErrDeep, string(n.Code))
	}
	if sum := d.weights(n.Code); inner && sum != Whole && d.index[n.Code] == i {
		fault(ErrWeights, fmt.Sprintf("%s: %d", n.Code, sum))
	}
}

// inputsOf is how many inputs a leaf or an adjustment names; it needs one.
func inputsOf(indicator Code, measured bool) int {
	n := 0
	if indicator != "" {
		n++
	}
	if measured {
		n++
	}
	return n
}

// weights adds up the weights of the children of a node. What is out of range was
// told and counts as it would at most, so that nothing overflows.
func (d *draft) weights(parent Code) BasisPoints {
	sum := BasisPoints(0)
	for _, i := range d.children[parent] {
		sum += max(-Whole, min(d.plan.Nodes[i].Weight, 2*Whole))
	}
	return sum
}

func (d *draft) checkAdjustment(faults *Faults, i int) {
	a := &d.plan.Adjustments[i]
	fault := func(err error, value string) { faults.add(err, "Adjustments", i, value) }
	if code.Check(a.Code) != nil {
		fault(ErrCode, string(a.Code))
	} else if d.seen[a.Code] {
		fault(ErrTwice, string(a.Code))
	}
	d.seen[a.Code] = true
	if _, ok := d.index[a.Node]; !ok {
		fault(ErrUnknown, string(a.Node))
	}
	if _, ok := d.scheme.find(a.Indicator); a.Indicator != "" && !ok {
		fault(ErrUnknown, string(a.Indicator))
	}
	if inputsOf(a.Indicator, a.Measured) != 1 {
		fault(ErrInput, string(a.Code))
	}
	if a.Each == 0 || a.Each < -Full || a.Each > Full || a.Cap < 0 || a.Cap > Full {
		fault(ErrScore, fmt.Sprintf("%s: %s, %s", a.Code, a.Each, a.Cap))
	}
}

// lay puts the nodes of a sound plan in post-order.
func (d *draft) lay() *tree {
	t := &tree{index: map[Code]int{}, adjusted: map[Code]int{}}
	var roots []int
	for i, n := range d.plan.Nodes {
		if n.Parent == "" {
			roots = append(roots, i)
		}
	}
	d.byCode(roots)
	for _, i := range roots {
		d.put(t, i)
	}
	t.adjustments = slices.Clone(d.plan.Adjustments)
	slices.SortFunc(t.adjustments, func(a, b Adjustment) int { return cmp.Compare(a.Code, b.Code) })
	t.adjusts = make([][]int, len(t.nodes))
	for i, a := range t.adjustments {
		t.adjusted[a.Code] = i
		t.counts = append(t.counts, d.indicator(a.Indicator))
		n := t.index[a.Node]
		t.adjusts[n] = append(t.adjusts[n], i)
	}
	return t
}

// put lays node i behind what is below it and answers its place. It nests no
// deeper than LevelsMax.
func (d *draft) put(t *tree, i int) int {
	n := d.plan.Nodes[i]
	first, level := len(t.nodes), 0
	below := d.children[n.Code]
	d.byCode(below)
	var children []int
	for _, child := range below {
		at := d.put(t, child)
		children = append(children, at)
		level = max(level, t.level[at]+1)
	}
	n.Curve = n.Curve.clone()
	t.index[n.Code] = len(t.nodes)
	t.nodes = append(t.nodes, n)
	t.first = append(t.first, first)
	t.level = append(t.level, level)
	t.children = append(t.children, children)
	t.indicator = append(t.indicator, d.indicator(n.Indicator))
	return len(t.nodes) - 1
}

func (d *draft) byCode(list []int) {
	slices.SortFunc(list, func(i, j int) int { return cmp.Compare(d.plan.Nodes[i].Code, d.plan.Nodes[j].Code) })
}

func (d *draft) indicator(c Code) int {
	if i, ok := d.scheme.find(c); ok {
		return i
	}
	return -1
}
