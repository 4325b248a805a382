package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMajiang counts the figures of the report from the files.
func TestMajiang(t *testing.T) {
	const place = "majiang"
	grids := properties(t, place, "areas/grid.geojson")
	require.Len(t, grids, 45)
	require.Len(t, properties(t, place, "areas/community.geojson"), 4)
	households, people := 0.0, 0.0
	for _, g := range grids {
		households, people = households+g["households"].(float64), people+g["people"].(float64)
	}
	same(t, [2]float64{10479, 24868}, [2]float64{households, people})
	same(t, map[string]int{"服务中心": 2, "网格工作站": 4, "网格": 45}, count(read(t, place, "areas/service.csv"), "层级"))
	require.Len(t, properties(t, place, "layers/houses.geojson"), 251)
	classes := map[any]bool{}
	for _, s := range properties(t, place, "layers/streets.geojson") {
		classes[s["class"]] = true
	}
	same(t, map[any]bool{"main": true, "lane": true}, classes)
	require.Len(t, where(read(t, place, "parties.csv"), "类型", "service-team"), 39)
	registrations := count(read(t, place, "registrations.csv"), "类型")
	require.Greater(t, registrations["报到"], 1500)
	require.Equal(t, 167, registrations["志愿服务"])
	require.Equal(t, 1700, registrations["报到"]+registrations["志愿服务"], "members and volunteers who patrol")
	funds := map[string]int{}
	for _, f := range read(t, place, "funds.csv") {
		funds[f["用途"]] = number(t, f["金额"])
	}
	same(t, map[string]int{
		"阵地建设": 24_000_000, "公共设施": 32_480_000, "社区运转": 4 * 50_000, "社区服务": 2_000_000, "购买服务": 2_000_000,
		"公益岗位": 6_000_000 - 1_600_000, "岗位五险": 1_600_000, "居民服务业": 3_000_000,
	}, funds)
	facilities := count(read(t, place, "facilities.csv"), "类型")
	same(t, [3]int{2, 4, 17}, [3]int{facilities["care-centre"], facilities["reading-room"], facilities["plaza"]})
}

// TestMajiangPosts counts 44 = 10 + 4 + 8 + 22 places, all filled, 22 leaders for 45
// grids, eight roles in each, and one captain for each of 251 houses.
func TestMajiangPosts(t *testing.T) {
	const place = "majiang"
	posts, quota := map[string]line{}, map[string]int{}
	for _, p := range read(t, place, "posts.csv") {
		posts[p["编码"]] = p
		quota[p["角色"]] += number(t, p["编制"])
	}
	filled, grids, team, captains := map[string]int{}, map[string]int{}, map[string]map[string]bool{}, map[string]string{}
	informants := map[string]string{}
	for _, a := range read(t, place, "appointments.csv") {
		p := posts[a["岗位"]]
		filled[p["角色"]]++
		switch p["角色"] {
		case "grid-head":
			grids[a["人员"]]++
		case "building-captain":
			captains[p["区域"]] = a["人员"]
		case "security-informant":
			informants[p["区域"]] = a["人员"]
		}
		if len(p["区域"]) == len("MJ101") {
			if team[p["区域"]] == nil {
				team[p["区域"]] = map[string]bool{}
			}
			team[p["区域"]][p["角色"]] = true
		}
	}
	for _, n := range []map[string]int{quota, filled} {
		same(t, [4]int{10, 4, 8, 22}, [4]int{n["centre-leader"], n["centre-staff"], n["station-chief"], n["grid-leader"]})
	}
	require.Len(t, grids, 22)
	shares := map[int]int{}
	for _, n := range grids {
		shares[n]++
	}
	same(t, map[int]int{2: 21, 3: 1}, shares)
	require.Len(t, team, 45)
	for grid, roles := range team {
		require.Len(t, roles, 8, "team of %s", grid)
	}
	require.Len(t, captains, 251)
	same(t, captains, informants)
	persons := map[string]bool{}
	for at, person := range captains {
		require.True(t, strings.HasPrefix(at, "houses:"))
		persons[person] = true
	}
	require.Len(t, persons, 251)
}

// TestMajiangSources holds those of the teams who must come from somewhere to it.
func TestMajiangSources(t *testing.T) {
	const place = "majiang"
	kinds, skills, roles := map[string]string{}, map[string]string{}, map[string]string{}
	for _, p := range read(t, place, "people.csv") {
		kinds[p["编码"]], skills[p["编码"]] = p["身份"], p["技能"]
	}
	trade, party := map[string]string{}, map[string]string{}
	for _, p := range read(t, place, "parties.csv") {
		trade[p["编码"]] = p["条线"]
	}
	for _, p := range read(t, place, "posts.csv") {
		roles[p["编码"]], party[p["编码"]] = p["角色"], p["单位"]
	}
	teams := map[string]int{}
	for _, a := range read(t, place, "appointments.csv") {
		switch of := kinds[a["人员"]]; roles[a["岗位"]] {
		case "grid-head":
			require.Contains(t, of, "establishment")
		case "legal-officer":
			require.Contains(t, of, "seconded")
			require.Equal(t, "兼职", a["类型"])
		case "livelihood-supervisor":
			require.Contains(t, of, "elected")
		case "team-member":
			teams[party[a["岗位"]]]++
			require.Equal(t, trade[party[a["岗位"]]], skills[a["人员"]])
		}
	}
	require.Len(t, teams, 39)
}
