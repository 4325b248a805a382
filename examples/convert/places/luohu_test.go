package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLuohu compares the files with what is said about them.
func TestLuohu(t *testing.T) {
	events := read(t, "luohu", "events.csv")
	require.Len(t, events, luohuEvents+luohuRepeats+3)
	channels := count(events, "渠道")
	require.Len(t, channels, 5)
	for _, c := range []string{"12345", "信访", "网格采集", "妇儿维权", "协同监管"} {
		require.Positive(t, channels[c], c)
	}
	kinds := count(read(t, "luohu", "parties.csv"), "类型")
	for _, k := range entityClasses {
		require.GreaterOrEqual(t, kinds[k.kind], entitiesPerClass, k.name)
	}
	rungs := where(read(t, "luohu", "ladders.csv"), "阶梯", "争议裁定")
	same(t, map[string]int{"1": 4, "2": 1, "3": 1}, count(rungs, "级别"))
	same(t, map[string]int{"": 5, "是": 1}, count(rungs, "终局"))
	require.Equal(t, "WYH", where(rungs, "终局", "是")[0]["单位"])
	require.Len(t, properties(t, "luohu", "layers/premises.geojson"), luohuGrids*premisesPerGrid)
	standards := read(t, "luohu", "standards.csv")
	same(t, map[string]int{"before;after": 2, "after": 2, "": 2}, count(standards, "证据"))
	same(t, map[string]int{"": 4, "困人": 1, "故障": 1}, count(standards, "情形"))
	require.Greater(t, len(where(events, "情形", "困人")), 3)
	require.Greater(t, len(where(events, "情形", "故障")), 3)
	for _, m := range where(events, "事项", "民生.调解") {
		require.Contains(t, []string{"", "达成调解", "司法确认", "调解不成", "移送"}, m["结果"])
	}
}
