package assess

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridgov/gridgov/internal/apportion"
)

// Breakdown is a score with everything that it came from (得分明细). To the
// ten-thousandth of a point, Score = Stands + Σ Adjusted.Given + Held, and where the
// parts have effective weights Stands = Σ Parts.Contribution. Without a score all
// of these are 0.
type Breakdown struct {
	Node     Code       `json:"node"`
	By       string     `json:"by"`
	Code     Code       `json:"code"`
	State    State      `json:"state"`
	Score    Points     `json:"score"`
	Input    *Input     `json:"input,omitempty"`    // of a leaf with data
	Stands   Points     `json:"stands,omitzero"`    // before adjustments
	Parts    []Part     `json:"parts,omitempty"`    // of an inner node, its children by code
	Adjusted []Adjusted `json:"adjusted,omitempty"` // by code
	Held     Points     `json:"held,omitzero"`      // what holding the score within 0 and 100 came to
	Gaps     []Gap      `json:"gaps,omitempty"`     // leaves below, or this one, without data
}

// Input is what went into a leaf: its rate with counts, or a measured value, and
// the two knots of the curve on whose line it lies. The knots are the same where
// the curve is flat: at a knot, at an end, and everywhere when it is stepped.
type Input struct {
	Rate  *Rate `json:"rate,omitempty"`
	Value int64 `json:"value"` // the measured value; of a rate, its basis points
	From  Knot  `json:"from"`
	To    Knot  `json:"to"`
}

// Part is one child in the sum of a node. Effective is its weight after those left
// out have given theirs away; effective weights add up to 10,000 and are all 0 when
// the node has no sum. The Contributions share out the sum by effective weight ×
// Score with the largest remainders rounded up, so they add up to it and each lies
// within two ten-thousandths of a point of the exact product.
type Part struct {
	Node         Code        `json:"node"`
	State        State       `json:"state"`
	Score        Points      `json:"score"`
	Weight       BasisPoints `json:"weight"`
	Effective    BasisPoints `json:"effective"`
	Contribution Points      `json:"contribution"`
}

// Adjusted is what an adjustment gave: of Asked = Count × Each, Given is what its
// cap left. Known is false when the caller gave no count, which then is 0.
type Adjusted struct {
	Adjustment Code   `json:"adjustment"`
	Count      int64  `json:"count"`
	Known      bool   `json:"known"`
	Asked      Points `json:"asked"`
	Given      Points `json:"given"`
}

// Gap is a leaf without data and what its policy did.
type Gap struct {
	Node  Code  `json:"node"`
	State State `json:"state"`
}

// Breakdown explains the score of a node for a member of a kind; it is false when
// the board knows no such node or member. What stands for a leaf or its facts is
// explained further by Explain of its rate. Time as for Total.
func (b *ScoreBoard) Breakdown(node Code, by string, code Code) (Breakdown, bool) {
	n, known := b.node(node)
	m, listed := b.member(Group{by, code})
	if !known || !listed {
		return Breakdown{}, false
	}
	t := b.scheme.tree
	grades, first := b.grades(&m, n, nil), t.first[n]
	own := grades[n-first]
	out := Breakdown{Node: node, By: by, Code: code, State: own.state}
	for at := first; at <= n; at++ {
		if len(t.children[at]) == 0 && grades[at-first].state != Scored {
			out.Gaps = append(out.Gaps, Gap{t.nodes[at].Code, grades[at-first].state})
		}
	}
	slices.SortFunc(out.Gaps, func(a, b Gap) int { return cmp.Compare(a.Node, b.Node) })
	if own.state.Has() {
		out.Score = own.sum.points(t.level[n])
	}
	if len(t.children[n]) == 0 {
		bare := b.leaf(&m, n)
		out.Stands = bare.sum.points(t.level[n])
		out.Input = b.input(&m, n, bare.state)
	} else {
		bare := t.sum(n, grades, first)
		out.Stands = bare.sum.points(t.level[n])
		out.Parts = t.parts(n, grades, first, bare, out.Stands)
	}
	if !own.state.Has() {
		return out, true
	}
	out.Held = out.Score - out.Stands
	for _, a := range t.adjusts[n] {
		count, known := b.adjustCount(&m, a)
		asked, given := t.adjustments[a].given(count)
		out.Adjusted = append(out.Adjusted, Adjusted{t.adjustments[a].Code, count, known, asked, given})
		out.Held -= given
	}
	return out, true
}

// input is what a leaf with data was scored from.
func (b *ScoreBoard) input(m *member, n int, state State) *Input {
	t := b.scheme.tree
	if state != Scored {
		return nil
	}
	in := new(Input)
	if t.indicator[n] < 0 {
		in.Value, _ = m.value(n)
		_, in.From, in.To = t.nodes[n].Curve.at(in.Value, 1, true)
		return in
	}
	rate := b.rate(b.counts(t.indicator[n], m))
	value, _ := rate.Value()
	in.Rate, in.Value = &rate, int64(value)
	_, in.From, in.To = t.nodes[n].Curve.at(int64(Whole)*rate.Numerator, rate.Denominator, false)
	return in
}

// parts are the children of an inner node; bare is its grade without adjustments
// and stands that in points.
func (t *tree) parts(n int, grades []grade, first int, bare grade, stands Points) []Part {
	parts := make([]Part, len(t.children[n]))
	products := make([]int64, len(parts))
	summed := bare.state == Scored
	var weights []BasisPoints
	if summed {
		weights = t.spread(n, grades, first)
	}
	for i, child := range t.children[n] {
		g := grades[child-first]
		parts[i] = Part{Node: t.nodes[child].Code, State: g.state, Weight: t.nodes[child].Weight}
		if g.state.Has() {
			parts[i].Score = g.sum.points(t.level[child])
		}
		if summed {
			parts[i].Effective = weights[i]
			products[i] = int64(weights[i]) * int64(parts[i].Score)
		}
	}
	if stands == 0 || !summed {
		return parts
	}
	shares, err := apportion.Append(nil, stands, products)
	if err != nil {
		return parts // cannot be: a sum above 0 has a part above 0
	}
	for i := range shares {
		parts[i].Contribution = shares[i]
	}
	return parts
}

// Text says the breakdown in lang, one line for the score, one for each part,
// adjustment and gap: "zh" is Chinese, anything else English.
func (d Breakdown) Text(lang string) string {
	lines := []string{texts.Text(lang, "score", string(d.Node), d.By, string(d.Code), d.Score.String())}
	if !d.State.Has() {
		lines[0] = texts.Text(lang, "no_score", string(d.Node), d.By, string(d.Code))
	}
	if in := d.Input; in != nil {
		said := strconv.FormatInt(in.Value, 10)
		if in.Rate != nil {
			said = strconv.FormatInt(in.Rate.Numerator, 10) + "/" + strconv.FormatInt(in.Rate.Denominator, 10)
		}
		lines = append(lines, texts.Text(lang, "input", said, knotText(in.From), knotText(in.To), d.Stands.String()))
	}
	for _, p := range d.Parts {
		message := "part"
		switch {
		case !p.State.Has():
			message = "part_without"
		case !d.State.Has():
			message = "part_alone" // there is no sum that it could be a part of
		case p.Effective != p.Weight:
			message = "part_spread"
		}
		lines = append(lines, texts.Text(lang, message, string(p.Node), p.Score.String(), p.Weight.String(), p.Effective.String(), p.Contribution.String()))
	}
	for _, a := range d.Adjusted {
		message := "adjusted"
		if a.Asked != a.Given {
			message = "adjusted_cap"
		}
		lines = append(lines, texts.Text(lang, message, string(a.Adjustment), strconv.FormatInt(a.Count, 10), a.Asked.String(), a.Given.String()))
	}
	if d.Held != 0 {
		lines = append(lines, texts.Text(lang, "held", d.Held.String()))
	}
	for _, g := range d.Gaps {
		lines = append(lines, texts.Text(lang, "gap_"+string(g.State), string(g.Node)))
	}
	return strings.Join(lines, "\n")
}

func knotText(k Knot) string { return strconv.FormatInt(k.At, 10) + ":" + k.Score.String() }
