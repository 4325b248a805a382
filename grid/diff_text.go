package grid

import (
	"fmt"
	"strings"

	"github.com/gridgov/gridgov/internal/phrase"
)

// changeTexts take {0} the old code, {1} the new code, {2} where the land went,
// {3} where it came from.
var changeTexts = phrase.Catalog{
	string(Kept):     {"{0} is as it was", "{0} 未变"},
	string(Recoded):  {"{0} has the code {1} now", "{0} 重新编码为 {1}"},
	string(Renamed):  {"{1} has another name", "{1} 更名"},
	string(Restated): {"{1} has other counts or attributes", "{1} 的数据或属性有变"},
	string(Moved):    {"{1} has another parent or level", "{1} 改换上级或层级"},
	string(Reshaped): {"{1} has other land: from {3}", "{1} 调整边界,现由 {3} 组成"},
	string(Redrawn):  {"{1} was drawn anew around the same land", "{1} 边界重绘,范围不变"},
	string(Divided):  {"{0} was split: {2}", "{0} 拆分为 {2}"},
	string(Merged):   {"{1} was merged from {3}", "{1} 由 {3} 合并而成"},
	string(Added):    {"{1} is new: from {3}", "{1} 新设,来自 {3}"},
	string(Gone):     {"{0} is gone: to {2}", "{0} 撤销,并入 {2}"},
	"replaced":       {"its code is not used any more", "原编码停用"},
	"share":          {"{0} {1}%", "{0} {1}%"},
	"nobody":         {"no unit {0}%", "图外 {0}%"},
	"none":           {"no land", "无土地"},
	"comma":          {", ", "、"},
	"semicolon":      {"; ", "；"},
}

// Text is the change in words, one clause a kind: "zh" is Chinese, anything else
// English.
func (c Change) Text(lang string) string {
	var clauses []string
	for _, kind := range c.Kinds {
		if kind == Gone && c.Has(Divided) {
			kind = "replaced" // where its land went has been said
		}
		clauses = append(clauses, changeTexts.Text(lang, string(kind), string(c.Old), string(c.New), sharesText(lang, c.To), sharesText(lang, c.From)))
	}
	return strings.Join(clauses, changeTexts.Text(lang, "semicolon"))
}

func sharesText(lang string, shares []Share) string {
	if len(shares) == 0 {
		return changeTexts.Text(lang, "none")
	}
	parts := make([]string, len(shares))
	for i, s := range shares {
		percent := fmt.Sprintf("%d.%02d", s.BasisPoints/100, s.BasisPoints%100)
		if s.Unit == "" {
			parts[i] = changeTexts.Text(lang, "nobody", percent)
		} else {
			parts[i] = changeTexts.Text(lang, "share", string(s.Unit), percent)
		}
	}
	return strings.Join(parts, changeTexts.Text(lang, "comma"))
}
