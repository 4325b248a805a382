package grid

import (
	"errors"
	"fmt"

	"github.com/gridgov/gridgov/internal/phrase"
)

// chineseFaults are the faults and the strict findings in Chinese, by sentinel;
// the sentinels themselves are the English.
var chineseFaults = map[error]string{
	ErrLevels:       "层级须为1至8个不同的名称",
	ErrUnits:        "单元过多",
	ErrVertices:     "边界点过多",
	ErrCode:         "编码不合规",
	ErrDuplicate:    "编码重复",
	ErrLevel:        "层级不在地图的层级内",
	ErrParent:       "上级不在地图中",
	ErrParentLevel:  "上级的层级不高于本单元",
	ErrNoBoundary:   "末级单元没有边界",
	ErrPolygon:      "多边形没有环",
	ErrCoordinate:   "坐标不是±180、±90度以内的数",
	ErrRing:         "环的不同点少于3个",
	ErrCrossing:     "边界自相交",
	ErrTangled:      "边界自相交过多，无法检查",
	ErrUnknown:      "没有这个单元",
	ErrNotLeaf:      "单元有下级",
	ErrParts:        "拆分后的各部分与原区域不吻合",
	ErrMerge:        "要合并的不是同一上级、同一层级的两个以上末级单元",
	ErrMergeOverlap: "要合并的单元相互重叠",
	ErrCounts:       "数量之和过大",
	ErrSnapCrossing: "边界自相交，不超过2个1e-7度单位",
	ErrCollapsed:    "环在1e-7度精度下消失",
	ErrTouch:        "边界自接触",
	ErrFold:         "边界来回重合，相互抵消",
	ErrHollow:       "有下级的单元没有边界",
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
			text = rule.Error()
			if lang == "zh" {
				text = chineseFaults[rule]
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
