package grid

import (
	"cmp"
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/phrase"
)

// Finding is something odd in a unit's boundary that leaves every answer
// defined, so Build accepts it unless Options.Strict is set.
type Finding struct {
	Kind  FindingKind
	Unit  Code
	At    orb.Point // where on the ground, when HasAt
	HasAt bool
	Args  []string // polygon and ring of the unit's boundary, counted from 0; none for Hollow
}

// FindingKind says what was found.
type FindingKind string

// The kinds, in the order in which those of one place are sorted.
const (
	// SnapCrossing is a crossing of two edges of one unit where an end of one lies
	// within 2 units (1e-7 degree, 1.1 cm each) of the other. Snapping two edges
	// that do not cross can make no other crossing: see near.
	SnapCrossing FindingKind = "snap-crossing"
	// Collapsed is a ring with fewer than 3 different points after snapping. It is dropped.
	Collapsed FindingKind = "collapsed"
	// Touch is a point of a boundary that lies on another point or edge of the
	// same unit: two parts that meet in a corner, a ring that comes back.
	Touch FindingKind = "touch"
	// Fold is a stretch that edges of one unit cover more than once: a spike, a
	// doubled ring, two parts of a unit that were not merged. Pairs cancel, as
	// even-odd says. At is where the stretch begins, westernmost first.
	Fold FindingKind = "fold"
	// Hollow is a unit with children and without a boundary.
	Hollow FindingKind = "hollow"
)

// findingKinds is every kind with its error, in sorting order.
var findingKinds = []struct {
	kind FindingKind
	err  error
}{
	{SnapCrossing, ErrSnapCrossing}, {Collapsed, ErrCollapsed}, {Touch, ErrTouch}, {Fold, ErrFold}, {Hollow, ErrHollow},
}

// FindingKinds is every kind of finding, in sorting order.
func FindingKinds() []FindingKind {
	kinds := make([]FindingKind, len(findingKinds))
	for i, k := range findingKinds {
		kinds[i] = k.kind
	}
	return kinds
}

// texts takes {0} the unit, {1} the place, {2} the polygon, {3} the ring.
var texts = phrase.Catalog{
	string(SnapCrossing): {
		"{0} crosses itself by less than 3 cm at {1} (polygon {2}, ring {3})",
		"{0} 的边界在 {1} 处自相交,不足 3 厘米(第 {2} 个多边形,第 {3} 个环,从 0 起数)",
	},
	string(Collapsed): {
		"{0} has a ring of less than about 1 cm near {1}; it was dropped (polygon {2}, ring {3})",
		"{0} 在 {1} 附近有一个不足约 1 厘米的环,已略去(第 {2} 个多边形,第 {3} 个环,从 0 起数)",
	},
	string(Touch): {
		"{0} touches itself at {1} (polygon {2}, ring {3})",
		"{0} 的边界在 {1} 处自相接触(第 {2} 个多边形,第 {3} 个环,从 0 起数)",
	},
	string(Fold): {
		"{0} runs over its own boundary from {1}; the doubled stretch cancels (polygon {2}, ring {3})",
		"{0} 的边界自 {1} 起重复,重复部分相互抵消(第 {2} 个多边形,第 {3} 个环,从 0 起数)",
	},
	string(Hollow): {
		"{0} has units below it and no boundary of its own",
		"{0} 有下级单元,但没有自己的边界",
	},
}

// Text is the finding as a sentence in lang: "zh" is Chinese, anything else English.
func (f Finding) Text(lang string) string {
	return texts.Text(lang, string(f.Kind), append([]string{string(f.Unit), place(f.At)}, f.Args...)...)
}

// place writes a point as people copy it: longitude, latitude, at most 7
// decimals.
func place(p orb.Point) string { return decimal(p[0]) + "," + decimal(p[1]) }

func decimal(v float64) string {
	if math.Abs(v) > 360 { // not on the globe: a fault that shows what was given
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 7, 64), "0"), ".")
}

// finding is the error as the finding it stands for.
func (e *Error) finding() Finding {
	f := Finding{Unit: e.Unit, At: e.At, HasAt: e.HasAt}
	for _, k := range findingKinds {
		if errors.Is(e.Err, k.err) {
			f.Kind = k.kind
		}
	}
	if e.Polygon >= 0 {
		f.Args = []string{strconv.Itoa(e.Polygon), strconv.Itoa(e.Ring)}
	}
	return f
}

// compareFindings orders by unit, place on the ground, rule.
func compareFindings(a, b *Error) int {
	return cmp.Or(
		cmp.Compare(a.Unit, b.Unit),
		cmp.Compare(a.At[0], b.At[0]), cmp.Compare(a.At[1], b.At[1]),
		cmp.Compare(a.rule(), b.rule()),
		a.compare(b))
}
