package grid

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/internal/phrase"
)

// The faults of layers and hierarchies, in the order in which those of one
// feature or node are sorted, with ErrNotMillis and ErrInterval after ErrOwner;
// those that Build has too come after them, in its order.
var (
	ErrOverlays    = errors.New("too many layers or hierarchies")
	ErrOverlayName = errors.New("name of a layer or hierarchy is not usable")
	ErrOverlayMap  = errors.New("hierarchy is of another map")
	ErrFeatures    = errors.New("too many features or points")
	ErrClasses     = errors.New("order of classes names one twice or an empty one")
	ErrClass       = errors.New("class is empty, too long or not plain text")
	ErrOwner       = errors.New("bad code of the owner")
	ErrGeometry    = errors.New("geometry is none of point, line, polygon, or has no part")
	ErrLine        = errors.New("line has fewer than 2 different points")
	ErrWidth       = errors.New("width or radius is not what the geometry needs")
	ErrLeafMissing = errors.New("leaf of the map is in no node")
	ErrLeafUnknown = errors.New("no such leaf in the map")
	ErrLeafParent  = errors.New("leaf of the map has something below it")
	ErrNodeEmpty   = errors.New("node has no leaf below it")
	ErrOverlapping = errors.New("leaves overlap or cross themselves, so there is no union of them")
)

// overlayRules is every one of them with its Chinese text, in sorting order.
var overlayRules = []struct {
	err     error
	chinese string
}{
	{ErrOverlays, "图层或层级体系过多"},
	{ErrOverlayName, "图层或层级体系的名称不可用"},
	{ErrOverlayMap, "层级体系属于另一幅地图"},
	{ErrFeatures, "要素或坐标点过多"},
	{ErrClasses, "类别顺序中有重复或空的类别"},
	{ErrClass, "类别为空、过长或不是普通文本"},
	{ErrOwner, "责任主体编码不合规"},
	{ErrNotMillis, "时刻须为整毫秒"},
	{ErrInterval, "时段为空"},
	{ErrGeometry, "几何不是点、线、面，或没有内容"},
	{ErrLine, "线的不同点少于2个"},
	{ErrWidth, "宽度或半径与几何不符"},
	{ErrLeafMissing, "地图的末级单元未归入任何节点"},
	{ErrLeafUnknown, "地图中没有这个末级单元"},
	{ErrLeafParent, "地图的末级单元之下还有下级"},
	{ErrNodeEmpty, "节点之下没有末级单元"},
	{ErrOverlapping, "末级单元重叠或自相交，无法合并边界"},
}

// OverlayFault is one fault of what lies over a Map: a layer or a hierarchy.
type OverlayFault struct {
	Overlay string // name of the layer or hierarchy
	Code    Code   // the feature, node or leaf; empty when the fault is of none
	Err     error  // wraps one of the sentinels above, or is an *Error of Build's checks
}

// Error says what is wrong and where.
func (e *OverlayFault) Error() string {
	s := fmt.Sprintf("%q: ", e.Overlay)
	if e.Code != "" {
		s += fmt.Sprintf("%q: ", string(e.Code))
	}
	return s + e.Err.Error()
}

// Unwrap is what is wrong.
func (e *OverlayFault) Unwrap() error { return e.Err }

var overlayPhrases = phrase.Catalog{
	"overlay": {"{0}: {1}", "{0}：{1}"},
	"code":    {"{0}, {1}: {2}", "{0}，{1}：{2}"},
}

// Text is the fault in words: "zh" is Chinese, anything else English.
func (e *OverlayFault) Text(lang string) string {
	text := e.what(lang)
	if e.Code == "" {
		return overlayPhrases.Text(lang, "overlay", e.Overlay, text)
	}
	return overlayPhrases.Text(lang, "code", e.Overlay, string(e.Code), text)
}

func (e *OverlayFault) what(lang string) string {
	if fault, ok := errors.AsType[*Error](e.Err); ok {
		return fault.Text(lang)
	}
	for _, rule := range overlayRules {
		if errors.Is(e.Err, rule.err) {
			if lang == "zh" {
				return rule.chinese
			}
			return rule.err.Error()
		}
	}
	return (&Error{Polygon: -1, Ring: -1, Vertex: -1, Err: e.Err}).Text(lang)
}

// compare orders faults by overlay, code, rule, place in the geometry.
func (e *OverlayFault) compare(f *OverlayFault) int {
	if c := cmp.Or(cmp.Compare(e.Overlay, f.Overlay), cmp.Compare(e.Code, f.Code), cmp.Compare(e.rule(), f.rule())); c != 0 {
		return c
	}
	a, _ := errors.AsType[*Error](e.Err)
	b, _ := errors.AsType[*Error](f.Err)
	if a != nil && b != nil {
		return a.compare(b)
	}
	return cmp.Compare(e.Err.Error(), f.Err.Error())
}

// rule is the place of the fault's sentinel in the order.
func (e *OverlayFault) rule() int {
	for i, rule := range overlayRules {
		if errors.Is(e.Err, rule.err) {
			return i
		}
	}
	if errors.As(e.Err, new(*Error)) {
		return len(overlayRules) + len(rules) // sorted by place among themselves
	}
	return len(overlayRules) + (&Error{Err: e.Err}).rule()
}

// OverlayError is every fault that kept a layer, a hierarchy or a set of them
// from being made.
type OverlayError struct {
	// Faults are the first FaultsMax faults, sorted by name of the layer or
	// hierarchy, then code, rule in the order of the sentinels above, place.
	Faults []*OverlayFault
	Left   int // how many more there are
}

// Error is the number of faults and the first of them.
func (e *OverlayError) Error() string {
	switch n := len(e.Faults) + e.Left; {
	case len(e.Faults) == 0:
		return "grid: no overlay"
	case n == 1:
		return "grid: " + e.Faults[0].Error()
	default:
		return fmt.Sprintf("grid: %d faults, first %v", n, e.Faults[0])
	}
}

// Unwrap is the listed faults, for errors.Is and errors.As.
func (e *OverlayError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// overlayFaults collects the faults of one overlay and keeps the FaultsMax
// smallest of them.
type overlayFaults struct {
	overlay string
	kept    []*OverlayFault
	left    int
}

func (f *overlayFaults) add(c Code, err error) {
	f.kept = append(f.kept, &OverlayFault{f.overlay, c, err})
	if len(f.kept) >= 4*FaultsMax {
		f.trim()
	}
}

// merge takes over the faults in err, an *OverlayError or nil.
func (f *overlayFaults) merge(err error) {
	if e, ok := errors.AsType[*OverlayError](err); ok {
		f.kept = append(f.kept, e.Faults...)
		f.left += e.Left
		f.trim()
	}
}

func (f *overlayFaults) trim() {
	slices.SortStableFunc(f.kept, (*OverlayFault).compare)
	if n := len(f.kept) - FaultsMax; n > 0 {
		clear(f.kept[FaultsMax:])
		f.kept = f.kept[:FaultsMax]
		f.left += n
	}
}

// err is nil when there is no fault.
func (f *overlayFaults) err() error {
	if len(f.kept) == 0 {
		return nil
	}
	f.trim()
	return &OverlayError{Faults: f.kept, Left: f.left}
}
