package main

import "fmt"

// luohuTown is everything that the files of luohu are made from.
type luohuTown struct {
	*folder
	ground      *ground
	street      *area
	communities []*area
	grids       []*area
	premises    []premise
}

// premise is a place whose owner has to mend what is wrong in front of it.
type premise struct {
	code, class, owner string
	cell               cell
	grid               *area
}

// Sizes of the made-up subdistrict.
const (
	luohuCommunities = 5
	luohuGrids       = 30
	premisesPerGrid  = 4
	entitiesPerClass = 12
)

// entityClasses are the six classes of entities that an event may be pushed to beside
// the regulator; three of them own premises.
var entityClasses = []struct{ kind, name, prefix string }{
	{"shop", "三小场所", "SX"}, {"property", "物业服务企业", "WY"}, {"contractor", "外包服务单位", "WB"},
	{"gas", "燃气公司", "RQ"}, {"social", "社会组织", "SH"}, {"company", "企业", "QY"},
}

func luohu() *folder {
	t := &luohuTown{folder: newFolder()}
	t.config()
	t.areas()
	t.parties()
	t.front()
	t.duties()
	t.standards()
	t.ladders()
	t.events()
	t.handedDown()
	return t.folder
}

func (t *luohuTown) config() {
	t.object("street.json", map[string]any{
		"format": 1, "name": "罗湖一体化分拨(示意)", "time_zone": "Asia/Shanghai", "crs": "WGS84",
		"levels": []map[string]string{
			{"name": "subdistrict", "file": "areas/subdistrict.geojson"},
			{"name": "community", "file": "areas/community.geojson"},
			{"name": "grid", "file": "areas/grid.geojson"},
		},
		"layers": []map[string]any{{"name": "premises", "file": "layers/premises.geojson", "classes": []string{"shop", "property", "company"}}},
		"hours":  map[string]any{"windows": []string{"09:00-12:00", "14:00-18:00"}, "week": "Mon-Fri", "holidays": "cn"},
		"policy": map[string]any{"desk": "FB", "duplicates": "automatic", "duplicate_score": 9000, "admission": "15wd"},
		"attribution": "机制取自2022年关于罗湖区基层治理一体化改革的公开报道(五类渠道统一分拨、监管主体与整改责任主体同步推送、采办合一与采办分离、三级递增协调、非诉解纷);" +
			"边界、单位名称、人员、数量、事件、争议和经费均为虚构生成",
	})
}

// areas draws the subdistrict, its communities and its grids.
func (t *luohuTown) areas() {
	d := newDraw("luohu/areas")
	t.ground = site{
		lng: 114.128, lat: 22.556, halfX: 1900, halfY: 1500, w: 34, h: 28,
		round: 0.4, bend: 0.05, turn: 0.3, phase: 2.1, phase2: 0.7,
	}.ground()
	t.street = &area{code: "LH", name: "示意街道", cells: t.ground.town(d, 3)}
	names := []string{"东园", "南塘", "西湖塘", "北站", "中兴"}
	n := 0
	for i, cells := range divide(d, t.street.cells, d.uneven(luohuCommunities)) {
		c := &area{code: fmt.Sprintf("LH%d", i+1), name: names[i] + "社区", parent: "LH", cells: cells}
		for k, part := range divide(d, cells, d.uneven(luohuGrids/luohuCommunities)) {
			n++
			g := &area{code: fmt.Sprintf("%s-%02d", c.code, k+1), name: fmt.Sprintf("第%d综合网格", n), parent: c.code, cells: part}
			c.below, t.grids = append(c.below, g), append(t.grids, g)
		}
		t.communities = append(t.communities, c)
	}
	t.level("areas/subdistrict.geojson", t.ground, []*area{t.street})
	t.level("areas/community.geojson", t.ground, t.communities)
	t.level("areas/grid.geojson", t.ground, t.grids)
}

// parties writes the bodies of the dispute ladder, the offices of the subdistrict, the
// communities and the entities of six classes, and the heads of the communities.
func (t *luohuTown) parties() {
	parties := t.table("parties.csv", "编码", "名称", "类型", "上级", "区域")
	for _, p := range [][3]string{
		{"WYH", "区综合行政执法委员会", "committee"}, {"QCG", "区城管和综合执法局", "district"}, {"ZJ", "区住房和建设局", "district"},
		{"SJ", "区市场监管局", "district"}, {"YJJ", "区应急管理局", "district"},
	} {
		parties.add(p[0], p[1], p[2], "", "")
	}
	parties.add("JD", "街道办事处", "committee", "", "LH")
	for _, p := range [][3]string{
		{"FB", "街道事件分拨中心", "unit"}, {"CGB", "街道城市管理办公室", "department"}, {"ZF", "街道综合行政执法队", "squad"}, {"YJ", "街道应急管理办公室", "department"},
		{"XF", "街道信访办公室", "department"}, {"FL", "街道妇联", "department"}, {"TJ", "商圈诉源治理非诉解纷中心", "unit"},
	} {
		parties.add(p[0], p[1], p[2], "JD", "LH")
	}
	people := t.table("people.csv", "编码", "姓名", "所属单位", "电话")
	posts := t.table("posts.csv", "编码", "名称", "单位", "角色", "区域", "公开联系方式")
	held := t.table("appointments.csv", "人员", "岗位", "类型", "开始")
	for i, c := range t.communities {
		station := "GZZ" + c.code[2:]
		parties.add(station, c.name+"工作站", "station", "JD", c.code)
		person, post := fmt.Sprintf("ZZ%d", i+1), "fenbo-"+c.code
		people.add(person, []string{"甲一", "乙二", "丙三", "丁四", "戊五"}[i], station, phone(100+i))
		posts.add(post, c.name+"综合网格队长", station, "grid-captain", c.code, fmt.Sprintf("0755-0000 01%02d", i+1))
		held.add(person, post, "常驻", "2022-01-01")
	}
	for _, k := range entityClasses {
		for i := range entitiesPerClass {
			parties.add(fmt.Sprintf("%s%02d", k.prefix, i+1), fmt.Sprintf("%s%d号(示意)", k.name, i+1), k.kind, "", "")
		}
	}
}

// front draws the premises whose owners answer for the ground in front of them (门前三包).
func (t *luohuTown) front() {
	d := newDraw("luohu/premises")
	owners := []struct{ class, prefix string }{{"shop", "SX"}, {"property", "WY"}, {"company", "QY"}}
	var list []feature
	for _, g := range t.grids {
		order := d.shuffled(len(g.cells))
		for i := range min(premisesPerGrid, len(order)) {
			k := owners[d.below(len(owners))]
			p := premise{
				code: fmt.Sprintf("P%03d", len(t.premises)+1), class: k.class, owner: fmt.Sprintf("%s%02d", k.prefix, d.between(1, entitiesPerClass)),
				cell: g.cells[order[i]], grid: g,
			}
			t.premises = append(t.premises, p)
			list = append(list, feature{
				[]property{{"code", p.code}, {"class", p.class}, {"name", "门前责任区"}, {"party", p.owner}},
				polygonGeometry(t.ground.box(p.cell, 0.25, 0.25, 0.75, 0.75)),
			})
		}
	}
	t.features("layers/premises.geojson", list)
}
