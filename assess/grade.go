package assess

import (
	"math/bits"

	"github.com/gridgov/gridgov/internal/apportion"
)

// State is how a node of a member came by its score, or why it has none.
type State string

// The states. The last two have no score.
const (
	Scored      State = "scored"
	StoodZero   State = "zero"       // no data, 0 by its policy
	StoodFull   State = "full"       // no data, Full by its policy
	LeftOut     State = "left_out"   // no data, its weight went to its siblings
	NotComplete State = "incomplete" // no data and no policy for it, here or below
)

// Has reports whether a node in this state has a score.
func (s State) Has() bool { return s == Scored || s == StoodZero || s == StoodFull }

// grade is the exact score of a node: sum / 10,000^level points of the ten-thousandth,
// where the level is the node's. It is at most Full; eight levels of Full are 10^38,
// with a bonus twice that, and 128 bits hold 3.4·10^38.
type grade struct {
	state State
	sum   exact
}

// exact is an unsigned number of 128 bits.
type exact struct{ hi, lo uint64 }

// times is e·by, which must fit.
func (e exact) times(by uint64) exact {
	hi, lo := bits.Mul64(e.lo, by)
	return exact{e.hi*by + hi, lo}
}

// plus is e + f, which must fit.
func (e exact) plus(f exact) exact {
	lo, carry := bits.Add64(e.lo, f.lo, 0)
	return exact{e.hi + f.hi + carry, lo}
}

// less reports whether e is below f.
func (e exact) less(f exact) bool { return e.hi < f.hi || e.hi == f.hi && e.lo < f.lo }

// minus is e - f, 0 when f is more.
func (e exact) minus(f exact) exact {
	if e.less(f) {
		return exact{}
	}
	lo, borrow := bits.Sub64(e.lo, f.lo, 0)
	return exact{e.hi - f.hi - borrow, lo}
}

// scaled is n points of the ten-thousandth at a level.
func scaled(n uint64, level int) exact {
	e := exact{lo: n}
	for range level {
		e = e.times(uint64(Whole))
	}
	return e
}

// points is the score, rounded half up: the one time that a sum is rounded.
func (e exact) points(level int) Points {
	if level > 0 {
		e = e.plus(scaled(uint64(Whole)/2, level-1))
	}
	for range level {
		hi := e.hi / uint64(Whole)
		lo, _ := bits.Div64(e.hi%uint64(Whole), e.lo, uint64(Whole))
		e = exact{hi, lo}
	}
	return Points(e.lo)
}

// grades are the exact scores of node n of a member and of all that is below it,
// by place from t.first[n] on. room is used again.
func (b *ScoreBoard) grades(m *member, n int, room []grade) []grade {
	t := b.scheme.tree
	first := t.first[n]
	room = room[:0]
	for at := first; at <= n; at++ {
		var g grade
		if len(t.children[at]) == 0 {
			g = b.leaf(m, at)
		} else {
			g = t.sum(at, room, first)
		}
		if g.state.Has() && len(t.adjusts[at]) > 0 {
			g.sum = t.adjust(g.sum, t.level[at], b.adjustments(m, at))
		}
		room = append(room, g)
	}
	return room
}

// leaf is the grade of a leaf before adjustments.
func (b *ScoreBoard) leaf(m *member, at int) grade {
	t := b.scheme.tree
	score, ok := Points(0), false
	if in := t.indicator[at]; in >= 0 {
		c := b.counts(in, m)
		if all := c.counts[counted] + c.counts[missed]; all > 0 {
			score, _, _ = t.nodes[at].Curve.at(int64(Whole)*c.counts[counted], all, false)
			ok = true
		}
	} else if v, given := m.value(at); given {
		score, _, _ = t.nodes[at].Curve.at(v, 1, true)
		ok = true
	}
	if !ok {
		return t.without(at)
	}
	return grade{Scored, exact{lo: uint64(score)}}
}

// without is the grade of a node that has no data.
func (t *tree) without(at int) grade {
	switch t.nodes[at].Missing {
	case Spread:
		return grade{state: LeftOut}
	case CountZero:
		return grade{state: StoodZero}
	case CountFull:
		return grade{StoodFull, scaled(uint64(Full), t.level[at])}
	}
	return grade{state: NotComplete}
}

// sum is the grade of an inner node before adjustments.
func (t *tree) sum(at int, below []grade, first int) grade {
	children, left := t.children[at], 0
	for _, child := range children {
		switch below[child-first].state {
		case NotComplete:
			return grade{state: NotComplete}
		case LeftOut:
			left++
		}
	}
	if left == len(children) {
		return t.without(at)
	}
	var spread []BasisPoints
	if left > 0 {
		spread = t.spread(at, below, first)
	}
	sum := exact{}
	for i, child := range children {
		weight := t.nodes[child].Weight
		if spread != nil {
			weight = spread[i]
		}
		part := below[child-first].sum
		for range t.level[at] - 1 - t.level[child] {
			part = part.times(uint64(Whole))
		}
		sum = sum.plus(part.times(uint64(weight)))
	}
	return grade{Scored, sum}
}

// spread is the weights of the children of a node when those that are left out
// have none: they add up to 10,000 by largest remainder. At least one is left.
func (t *tree) spread(at int, below []grade, first int) []BasisPoints {
	children := t.children[at]
	weights := make([]BasisPoints, len(children))
	for i, child := range children {
		if below[child-first].state != LeftOut {
			weights[i] = t.nodes[child].Weight
		}
	}
	spread, err := apportion.Append(make([]BasisPoints, 0, len(weights)), Whole, weights)
	if err != nil {
		return weights // cannot be: every weight of a plan is above zero
	}
	return spread
}

// adjust adds points to an exact score, which stays within 0 and Full. More than
// Full either way changes nothing, and AdjustmentsMax times Full would not fit.
func (t *tree) adjust(sum exact, level int, by Points) exact {
	if by = max(-Full, min(by, Full)); by < 0 {
		return sum.minus(scaled(uint64(-by), level))
	}
	full := scaled(uint64(Full), level)
	if sum = sum.plus(scaled(uint64(by), level)); full.less(sum) {
		return full
	}
	return sum
}

// adjustments adds up what the adjustments of a node give a member.
func (b *ScoreBoard) adjustments(m *member, at int) Points {
	sum := Points(0)
	for _, a := range b.scheme.tree.adjusts[at] {
		count, _ := b.adjustCount(m, a)
		_, given := b.scheme.tree.adjustments[a].given(count)
		sum += given
	}
	return sum
}

// adjustCount is the number that an adjustment counts for a member, and whether
// it is known: a rate's facts always are.
func (b *ScoreBoard) adjustCount(m *member, a int) (int64, bool) {
	t := b.scheme.tree
	if in := t.counts[a]; in >= 0 {
		return b.counts(in, m).counts[counted], true
	}
	return m.value(len(t.nodes) + a)
}

// grade is the exact score of one node of a member.
func (b *ScoreBoard) grade(m *member, n int, room []grade) (grade, []grade) {
	room = b.grades(m, n, room)
	return room[len(room)-1], room
}

// node is the place of a node, and whether the board has one of that code.
func (b *ScoreBoard) node(c Code) (int, bool) {
	if b.scheme == nil || b.scheme.tree == nil {
		return 0, false
	}
	i, ok := b.scheme.tree.index[c]
	return i, ok
}

// Total is the score of a node (a tree's root, or any part of it) for a member of
// a kind. It is false when there is none: the node or the member is unknown to the
// board, or its data are missing and no policy stands in.
//
// Leaves are rounded half up to a ten-thousandth of a point; sums of them are exact
// and rounded once. O(nodes below × log rates).
func (b *ScoreBoard) Total(node Code, by string, code Code) (Points, bool) {
	n, known := b.node(node)
	m, listed := b.member(Group{by, code})
	if !known || !listed {
		return 0, false
	}
	g, _ := b.grade(&m, n, nil)
	if !g.state.Has() {
		return 0, false
	}
	return g.sum.points(b.scheme.tree.level[n]), true
}
