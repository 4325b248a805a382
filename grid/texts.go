package grid

import (
	"errors"
	"fmt"

	"github.com/gridgov/gridgov/internal/phrase"
)

// faultTexts are the faults and the strict findings in English and Chinese, by
// sentinel.
var faultTexts = map[error][2]string{
	ErrLevels:       {"levels must be 1 to 8 different names", "层级须为1至8个不同的名称"},
	ErrUnits:        {"too many units", "单元过多"},
	ErrVertices:     {"too many points in boundaries", "边界点过多"},
	ErrCode:         {"bad code", "编码不合规"},
	ErrDuplicate:    {"code is used more than once", "编码重复"},
	ErrLevel:        {"level is not one of the map's levels", "层级不在地图的层级内"},
	ErrParent:       {"parent is not in the map", "上级不在地图中"},
	ErrParentLevel:  {"parent is not further out", "上级的层级不高于本单元"},
	ErrNoBoundary:   {"unit without children has no boundary", "末级单元没有边界"},
	ErrPolygon:      {"polygon has no ring", "多边形没有环"},
	ErrCoordinate:   {"coordinate is not a number within ±180, ±90 degrees", "坐标不是±180、±90度以内的数"},
	ErrRing:         {"ring has fewer than 3 different points", "环的不同点少于3个"},
	ErrCrossing:     {"boundary crosses itself", "边界自相交"},
	ErrTangled:      {"boundary crosses itself too often to be examined", "边界自相交过多，无法检查"},
	ErrSnapCrossing: {"boundary crosses itself by at most 2 units of 1e-7 degree", "边界自相交，不超过2个1e-7度单位"},
	ErrCollapsed:    {"ring vanishes at 1e-7 degree", "环在1e-7度精度下消失"},
	ErrTouch:        {"boundary touches itself", "边界自接触"},
	ErrFold:         {"boundary runs over itself, which cancels", "边界来回重合，相互抵消"},
	ErrHollow:       {"unit with children has no boundary", "有下级的单元没有边界"},
}

var errorPhrases = phrase.Catalog{
	"unit": {"area {0}: {1}", "区域{0}：{1}"},
	"at":   {"{0} at {1}", "{0}，位于{1}"},
}

// Text is the fault in words, with its unit and coordinate: "zh" is Chinese,
// anything else English.
func (e *Error) Text(lang string) string {
	text := e.Err.Error()
	for _, rule := range rules {
		if errors.Is(e.Err, rule) {
			text = faultTexts[rule][0]
			if lang == "zh" {
				text = faultTexts[rule][1]
			}
			break
		}
	}
	if e.HasAt {
		text = errorPhrases.Text(lang, "at", text, fmt.Sprintf("%.7f,%.7f", e.At[0], e.At[1]))
	}
	if e.Unit == "" {
		return text
	}
	return errorPhrases.Text(lang, "unit", string(e.Unit), text)
}
