package main

import (
	"fmt"
	"time"
)

// The figures of the report on 观澜街道.
const (
	blocksCount   = 20
	redGrids      = 68
	redMembers    = 468
	meetingsCount = 145
	topicsCount   = 272
	topicsDone    = 231 // the other 41 are being tracked
	parkCost      = 750_000
	pilotBegan    = "2021-04-15"
	reportedOn    = "2022-05-20"
	guanlanYear   = 2021
)

// pilots are the three communities with the names of their blocks: those of the
// communities and of four blocks are the report's, the others are made up.
var pilots = []struct {
	code, name string
	blocks     []string
}{
	{"DF", "大富", []string{"陂老", "桂月", "富南", "富北", "东门", "西坊", "工业里"}},
	{"LG", "黎光", []string{"新围", "黎明", "光华", "荔园", "桥头", "云岭"}},
	{"NH", "牛湖", []string{"石一", "石二", "石三", "湖东", "湖西", "老墟", "裕新"}},
}

// shiyi is the block of the park: its number among all blocks.
const shiyi = 13

// redGrid is a red grid with the members that report in to it.
type redGrid struct {
	*area
	members []string
	staff   []string // basic grid staff who go with them
}

// block is a block with its grids, head and council.
type block struct {
	*area
	pilot int
	head  string // person
	grids []*redGrid
	seats []seat

	topics int // so far
}

// guanlanTown is everything that the files are made from.
type guanlanTown struct {
	*folder
	ground      *ground
	street      *area
	communities []*area
	blocks      []*block
	grids       []*redGrid
	sheets      sheets
}

// sheets are the tables that several parts of the town write to.
type sheets struct{ parties, people, posts, held, registrations *table }

func guanlan() *folder {
	t := &guanlanTown{folder: newFolder()}
	t.config()
	t.areas()
	t.parties()
	t.people()
	t.councils()
	t.meetings()
	t.visiting()
	t.duties()
	t.month()
	t.money()
	return t.folder
}

func (t *guanlanTown) config() {
	t.object("street.json", map[string]any{
		"format": 1, "name": "观澜街道三个试点社区(示意)", "time_zone": "Asia/Shanghai", "crs": "WGS84", "counts": []string{"households", "people"},
		"levels": []map[string]string{
			{"name": "subdistrict", "file": "areas/subdistrict.geojson"},
			{"name": "community", "file": "areas/community.geojson"},
			{"name": "block", "file": "areas/block.geojson"},
			{"name": "grid", "file": "areas/grid.geojson"},
		},
		"hours":     map[string]any{"windows": []string{"09:00-12:00", "14:00-18:00"}, "week": "Mon-Fri", "holidays": "cn"},
		"policy":    map[string]any{"desk": "ZHZX"},
		"structure": []string{"guanlan"},
		"attribution": "数字取自2022年关于观澜街道“党建引领 精治街区”试点的公开报道(3个社区、20个街区、68个红色网格、468名党员、理事会145次、议题272个=办结231+跟踪41、康乐园75万元);" +
			"边界、多数名称、全部人员、户数、会议内容、票数、事件以及各街区的分布均为虚构生成",
	})
	since := pilotBegan + "T00:00:00+08:00"
	t.object("structure.json", map[string]any{"rules": []map[string]any{
		{"id": "gl.heads", "role": "block-head", "per": "street", "count": blocksCount, "from": since, "basis": "三个试点社区共划分20个街区"},
		{"id": "gl.leads", "role": "grid-lead", "per": "street", "count": redGrids, "from": since, "basis": "68个红色网格各有一名牵头人"},
		{"id": "gl.visit-teams", "kind": "posts", "role": "visit-team", "per": "area:grid", "count": map[string]int{"min": 3, "max": 4}, "basis": "网格组员分组轮流联户走访"},
	}})
}

// areas draws the pilot communities, blocks and red grids.
func (t *guanlanTown) areas() {
	d := newDraw("guanlan/areas")
	t.ground = site{
		lng: 114.036, lat: 22.727, halfX: 2600, halfY: 2300, w: 48, h: 42,
		round: 0.45, bend: 0.06, turn: 0.5, phase: 4.4, phase2: 1.2,
	}.ground()
	t.street = &area{code: "GL", name: "观澜街道(试点片区)", cells: t.ground.town(d, 4)}
	sizes := make([]float64, len(pilots))
	for i, p := range pilots {
		sizes[i] = float64(len(p.blocks))
	}
	perBlock := share(redGrids, newDraw("guanlan/grids").uneven(blocksCount))
	households, people := d.spread(41_000, redGrids), d.spread(103_000, redGrids)
	n := 0
	for i, cells := range divide(d, t.street.cells, sizes) {
		p := pilots[i]
		c := &area{code: p.code, name: p.name + "社区", parent: "GL", cells: cells}
		first := len(t.blocks)
		weights := make([]float64, len(p.blocks))
		for k := range weights {
			weights[k] = float64(perBlock[first+k])
		}
		for k, part := range divide(d, cells, weights) {
			b := &block{area: &area{code: fmt.Sprintf("%s%d", p.code, k+1), name: p.blocks[k] + "街区", parent: c.code, cells: part}, pilot: i}
			for _, cells := range divide(d, part, d.uneven(perBlock[first+k])) {
				g := &area{
					code: fmt.Sprintf("%s-%02d", b.code, len(b.grids)+1), name: fmt.Sprintf("%s社区第%d红色网格", p.name, n-t.before(i)+1), parent: b.code,
					more: counted(households[n], people[n]), cells: cells,
				}
				b.grids, b.below = append(b.grids, &redGrid{area: g}), append(b.below, g)
				n++
			}
			b.more = total(b.below)
			t.blocks, t.grids, c.below = append(t.blocks, b), append(t.grids, b.grids...), append(c.below, b.area)
		}
		c.more = total(c.below)
		t.communities = append(t.communities, c)
	}
	t.street.more = total(t.communities)
	blocks, grids := make([]*area, len(t.blocks)), make([]*area, len(t.grids))
	for i, b := range t.blocks {
		blocks[i] = b.area
	}
	for i, g := range t.grids {
		grids[i] = g.area
	}
	t.level("areas/subdistrict.geojson", t.ground, []*area{t.street})
	t.level("areas/community.geojson", t.ground, t.communities)
	t.level("areas/block.geojson", t.ground, blocks)
	t.level("areas/grid.geojson", t.ground, grids)
}

// before is how many red grids lie in the communities before the i-th.
func (t *guanlanTown) before(i int) int {
	n := 0
	for _, b := range t.blocks {
		if b.pilot < i {
			n += len(b.grids)
		}
	}
	return n
}

// total is the counts of areas, added up.
func total(areas []*area) []property {
	households, people := 0, 0
	for _, a := range areas {
		households, people = households+a.more[0].value.(int), people+a.more[1].value.(int)
	}
	return counted(households, people)
}

// began is the first day of the pilot.
func began() time.Time { return day(pilotBegan) }
