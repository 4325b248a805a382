package assess

// The limits of the trees of one Plan: an appraisal book has a few hundred nodes
// on three or four levels. Eight weights along a path, each of four digits, are
// what exact sums of 128 bits have room for.
const (
	NodesMax       = 1024
	LevelsMax      = 8
	KnotsMax       = 64
	AdjustmentsMax = 256
	InputMax       = 1_000_000_000_000 // the largest input of a Knot, either way
)

// Node is a node of an indicator tree (指标体系). A node that others name as their
// Parent is an inner node: its score is the sum of its children's scores, each by
// its Weight. Any other is a leaf: its score is what its Curve makes of its input,
// which is the rate of an Indicator or, when Measured, a value that the caller
// gives for a member by With. A node without a Parent is the root of a tree; a
// Plan may have several. Every score is from 0 to Full.
type Node struct {
	Code      Code        `json:"code"`
	Name      string      `json:"name,omitzero"`
	Parent    Code        `json:"parent,omitzero"`
	Weight    BasisPoints `json:"weight,omitzero"`    // of its parent; siblings add up to 10,000, a root has none
	Indicator Code        `json:"indicator,omitzero"` // of a leaf: its input is this rate, in basis points
	Measured  bool        `json:"measured,omitzero"`  // of a leaf: its input is a Measure
	Curve     Curve       `json:"curve,omitzero"`     // of a leaf
	Missing   Missing     `json:"missing,omitzero"`   // what happens without data
}

// Curve is a table from input to score (评分标准). It rises or falls, never both:
// one that falls is for rates of which less is better. Below its first knot the
// score is that knot's, beyond its last that one's; between two knots it is on
// the straight line, rounded half up to a ten-thousandth of a point, or with Step
// that of the lower one. The zero Curve gives a rate its per cent as points, and a
// measured value itself, in Points.
type Curve struct {
	Knots []Knot `json:"knots,omitempty"` // none, or 2 to KnotsMax by ascending At
	Step  bool   `json:"step,omitzero"`
}

// IsZero reports whether there is no curve.
func (c Curve) IsZero() bool { return len(c.Knots) == 0 && !c.Step }

// Knot is a point of a Curve: the input At has this score. At is basis points,
// from 0 to 10,000, for a rate, and the caller's unit for a measured value.
type Knot struct {
	At    int64  `json:"at"`
	Score Points `json:"score"`
}

// Missing is what happens with a node that has no data: a leaf whose rate has an
// empty denominator or whose value was not given, an inner node of which every
// child is left out.
type Missing string

// The policies. The zero Missing makes up nothing: whoever is above the node has
// no score either.
const (
	Incomplete Missing = ""       // the nodes above have no score
	Spread     Missing = "spread" // left out; its siblings share its weight in proportion to theirs
	CountZero  Missing = "zero"   // 0 points
	CountFull  Missing = "full"   // Full
)

// Adjustment adds to the score of a node, or takes from it, for each of a number
// of things (加分项, 扣分项): Each points for every fact that counts in the
// numerator of Indicator or, when Measured, for a number that the caller gives by
// With. It moves the score by Cap at most. A node's adjustments are added up
// first; then the score is held within 0 and Full, so that their order does not
// matter.
type Adjustment struct {
	Code      Code   `json:"code"` // none of a Node's
	Name      string `json:"name,omitzero"`
	Node      Code   `json:"node"`
	Indicator Code   `json:"indicator,omitzero"`
	Measured  bool   `json:"measured,omitzero"`
	Each      Points `json:"each"`         // below 0 deducts; from -Full to Full, not 0
	Cap       Points `json:"cap,omitzero"` // from 0 to Full; 0: Full
}

// most is how far the adjustment moves a score.
func (a *Adjustment) most() Points {
	if a.Cap == 0 {
		return Full
	}
	return a.Cap
}

// given is what count things ask for, and what of it the cap leaves. The count is
// from 0 to InputMax.
func (a *Adjustment) given(count int64) (asked, given Points) {
	asked = a.Each * Points(count)
	return asked, max(-a.most(), min(asked, a.most()))
}
