package audit

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/phrase"
)

// Finding is one thing that is not as it should be, in all places where it is so.
// Places of which the same can be said (same kind, units, parent and thinness)
// are one finding with several polygons.
type Finding struct {
	Kind     Kind
	Severity Severity
	// Units are the units concerned, by code: those that share a place, those
	// round a gap, the one that is outside. For Junction the one with the vertex is first.
	Units  []grid.Code
	Parent grid.Code // the unit in which, or against whose boundary, it was found; empty for none
	// In are the units on the parent's level that At lies in, for Outside.
	In []grid.Code
	// At is a place on the ground, when HasAt: of a geometry, in its largest
	// polygon. Inside is false when At only lies next to it, because no whole
	// multiple of 1e-7 degree was found in a polygon so thin.
	At            orb.Point
	HasAt, Inside bool
	// Geometry is where it is so, exact but for the rounding of crossings to
	// float64; polygons by area, the largest first. Nil for kinds without extent.
	Geometry     orb.MultiPolygon
	SquareMeters float64 // of Geometry, on the ellipsoid
	// WidthMeters is the shorter side of a rectangle with the area and perimeter
	// of the largest polygon; of Sliver, of the unit.
	WidthMeters float64
	Thin        bool // every polygon is narrower than Options.SliverMeters
	// Args are further arguments of Text: for Sum the count's name, the children's
	// sum, the parent's count, and how many children have none; for Coded the
	// contradiction in English and in Chinese; for Junction the number of
	// vertices; for Misplaced null-island, swapped or far; for the kinds of grid.Finding those of that.
	Args []string
}

// compare orders by severity, kind, units, parent, thinness, place, arguments.
func (f *Finding) compare(g *Finding) int {
	return cmp.Or(
		cmp.Compare(f.Severity, g.Severity),
		cmp.Compare(slices.Index(kinds, f.Kind), slices.Index(kinds, g.Kind)),
		slices.Compare(f.Units, g.Units), cmp.Compare(f.Parent, g.Parent),
		cmp.Compare(boolean(f.Thin), boolean(g.Thin)),
		cmp.Compare(f.At[0], g.At[0]), cmp.Compare(f.At[1], g.At[1]),
		slices.Compare(f.Args, g.Args))
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// texts takes {0} the units, {1} the parent, {2} the place, {3} square metres,
// {4} pieces, {5} metres of width, {6} the units in In, {7} … Args.
var texts = phrase.Catalog{
	string(Overlap):   {"{0} overlap by {3} m² at {2} (places: {4}, width: {5} m)", "{0} 相互重叠 {3} 平方米，位于 {2}（共 {4} 处，宽 {5} 米）"},
	string(Across):    {"{0}, which have different parents, overlap by {3} m² at {2} (places: {4}, width: {5} m)", "{0} 分属不同上级，相互重叠 {3} 平方米，位于 {2}（共 {4} 处，宽 {5} 米）"},
	string(Gap):       {"{1} has {3} m² between {0} that nobody owns, at {2} (places: {4}, width: {5} m)", "{1} 内 {0} 之间有 {3} 平方米无人负责，位于 {2}（共 {4} 处，宽 {5} 米）"},
	string(Uncovered): {"{1} is not covered by its units along {3} m² at {2}, next to {0} (places: {4}, width: {5} m)", "{1} 沿边界有 {3} 平方米未被下级覆盖，位于 {2}，邻近 {0}（共 {4} 处，宽 {5} 米）"},
	string(Outside):   {"{0} reaches out of {1} by {3} m² at {2}, which is in {6} (places: {4}, width: {5} m)", "{0} 超出 {1} 达 {3} 平方米，位于 {2}，该处属 {6}（共 {4} 处，宽 {5} 米）"},
	string(Hole):      {"{0} enclose {3} m² that no unit covers, at {2} (places: {4}, width: {5} m)", "{0} 之间有 {3} 平方米不属任何单元，位于 {2}（共 {4} 处，宽 {5} 米）"},
	string(Tangled):   {"the borders of {0} cross too often to be examined", "{0} 的边界交叉过多，无法检查"},
	string(Empty):     {"{0} owns no place", "{0} 没有任何地面"},
	string(Sliver):    {"{0} is {5} m wide, {3} m² in all, at {2}", "{0} 宽仅 {5} 米，共 {3} 平方米，位于 {2}"},
	string(Misplaced): {"{0} is far from the other units, at {2}{7}", "{0} 远离其他单元，位于 {2}{7}"},
	string(Junction):  {"{0} share a border on which only one has {7} of the vertices, the first at {2}", "{0} 的公共边上有 {7} 个顶点只属一方，首个位于 {2}"},
	string(Sum):       {"{7} of {1} is {9}, its units together have {8} ({10} of them have none)", "{1} 的 {7} 为 {9}，下级合计 {8}（{10} 个下级未填）"},
	string(Coded):     {"{7}", "{8}"},
	string(Prefix):    {"{0} does not begin as {1}, as the codes of its siblings do", "{0} 的编码不以上级 {1} 开头，与其同级单元不同"},
	string(Childless): {"{0} has no units below it, though others on its level do", "{0} 没有下级单元，而同层其他单元有"},
}

// unitsShown is how many units a text names; the rest is counted.
const unitsShown = 8

// Text is the finding as a sentence in lang: "zh" is Chinese, anything else English.
func (f *Finding) Text(lang string) string {
	switch f.Kind {
	case SnapCrossing, Collapsed, Touch, Fold, Hollow:
		own := grid.Finding{Kind: grid.FindingKind(f.Kind), At: f.At, HasAt: f.HasAt, Args: f.Args}
		if len(f.Units) > 0 {
			own.Unit = f.Units[0]
		}
		return own.Text(lang)
	}
	args := []string{
		listed(f.Units, lang), listed([]grid.Code{f.Parent}, lang), place(f.At), size(f.SquareMeters),
		strconv.Itoa(len(f.Geometry)), size(f.WidthMeters), listed(f.In, lang),
	}
	if f.Kind == Misplaced && len(f.Args) > 0 {
		return texts.Text(lang, string(f.Kind), append(args, causes.Text(lang, f.Args[0]))...)
	}
	return texts.Text(lang, string(f.Kind), append(args, f.Args...)...)
}

// causes are why a unit is Misplaced.
var causes = phrase.Catalog{
	misplacedNull: {": its coordinates are missing", "：坐标缺失，为零"},
	misplacedSwap: {": longitude and latitude are swapped", "：经纬度颠倒"},
	misplacedFar:  {"", ""},
}

// listed writes units as a list.
func listed(units []grid.Code, lang string) string {
	comma, more, none := ", ", " and {0} more", "no other unit"
	if lang == "zh" {
		comma, more, none = "、", "等另外 {0} 个", "地图之外"
	}
	var names []string
	for _, u := range units[:min(len(units), unitsShown)] {
		if u != "" {
			names = append(names, string(u))
		}
	}
	if len(names) == 0 {
		return none
	}
	text := strings.Join(names, comma)
	if left := len(units) - unitsShown; left > 0 {
		text += strings.ReplaceAll(more, "{0}", strconv.Itoa(left))
	}
	return text
}

// place writes a point as people copy it: longitude, latitude.
func place(p orb.Point) string { return decimal(p[0], 7) + "," + decimal(p[1], 7) }

// size writes an area or a width to the hundredth.
func size(v float64) string {
	if v > 0 && v < 0.01 {
		return "<0.01"
	}
	return decimal(v, 2)
}

// decimal writes v with at most that many decimals.
func decimal(v float64, decimals int) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', decimals, 64), "0"), ".")
}
