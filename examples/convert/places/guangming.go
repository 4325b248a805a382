package main

import (
	"fmt"
	"slices"
)

// The figures of the report on 光明街道.
const (
	squadsCount      = 6
	basicGrids       = 150
	industrialParks  = 75
	keyEnterprises   = 104
	residentMembers  = 275
	mobileMembers    = 219
	squadMembers     = residentMembers + mobileMembers
	reformed         = "2018-10-26" // the day the squads began
	complete         = "2018-11-01" // the day all of them had come
	guangmingYear    = 2018
	departmentsCount = 6
)

// lines are the six functional lines with their departments.
var lines = [departmentsCount]struct{ code, name, line string }{
	{"D1", "综治办", "政法"}, {"D2", "安监办", "安监"}, {"D3", "执法队", "执法"},
	{"D4", "市政中心", "市政"}, {"D5", "网格中心", "网格"}, {"D6", "消安办", "消安"},
}

// guangmingNames are the communities, made up.
var guangmingNames = [squadsCount]string{"东曦", "西岭", "南塘", "北坡", "荷湾", "松岗里"}

// guangmingTown is everything that the files are made from.
type guangmingTown struct {
	*folder
	ground      *ground
	street      *area
	communities []*area
	grids       []*area
	members     []member
}

func guangming() *folder {
	t := &guangmingTown{folder: newFolder()}
	t.config()
	t.structure()
	t.areas()
	t.layers()
	t.parties()
	t.people()
	t.duties()
	t.month()
	t.shifts()
	t.money()
	return t.folder
}

func (t *guangmingTown) config() {
	t.object("street.json", map[string]any{
		"format": 1, "name": "光明街道(示意)", "time_zone": "Asia/Shanghai", "crs": "WGS84",
		"levels": []map[string]string{
			{"name": "subdistrict", "file": "areas/subdistrict.geojson"},
			{"name": "community", "file": "areas/community.geojson"},
			{"name": "grid", "file": "areas/grid.geojson"},
		},
		"layers": []map[string]any{
			{"name": "enterprises", "file": "layers/enterprises.geojson", "classes": []string{"key"}},
			{"name": "parks", "file": "layers/parks.geojson", "classes": []string{"industrial"}},
		},
		"hours":     map[string]any{"windows": []string{"09:00-12:00", "14:00-18:00"}, "week": "Mon-Fri", "holidays": "cn"},
		"policy":    map[string]any{"desk": "IC"},
		"structure": []string{"1+1+6"},
		"attribution": "数字取自2018年关于光明街道“1+1+6”改革的公开报道(6个社区、150个基础网格、75个工业园区、104家重点企业、494人=常驻275+机动219);" +
			"边界、名称、人员、事件、金额以及494人在各社区和各部门的分布均为虚构生成",
	})
}

// structure writes what the report says beyond the preset.
func (t *guangmingTown) structure() {
	since := complete + "T00:00:00+08:00"
	t.object("structure.json", map[string]any{"rules": []map[string]any{
		{"id": "gm.departments", "kind": "parties", "parties": "department", "per": "street", "count": departmentsCount, "basis": "政法、安监、执法、市政、网格、消安6个部门"},
		{"id": "gm.members", "role": "squad-member", "per": "street", "count": squadMembers, "from": since, "basis": "6个部门共494名工作人员全部下沉至社区一线"},
		{"id": "gm.member-source", "role": "squad-member", "per": "area:community", "source": "establishment", "as": []string{"resident", "mobile"}, "basis": "队员为部门在编人员,常驻或机动"},
		{"id": "gm.residents-committee", "kind": "parties", "parties": "residents-committee", "per": "area:community", "count": 1, "basis": "每个社区一个居委会"},
		{"id": "gm.station", "kind": "parties", "parties": "station", "per": "area:community", "count": 1, "basis": "每个社区一个工作站"},
		{"id": "gm.vice", "role": "station-deputy", "per": "area:community", "count": 1, "from": since, "basis": "设立负责日常政务工作的副站长"},
	}})
}

// areas draws the subdistrict, its communities and their basic grids.
func (t *guangmingTown) areas() {
	d := newDraw("guangming/areas")
	t.ground = site{
		lng: 113.936, lat: 22.772, halfX: 3600, halfY: 2900, w: 62, h: 50,
		round: 0.62, bend: 0.045, turn: 0.22, phase: 0.8, phase2: 2.1,
	}.ground()
	t.street = &area{code: "GM", name: "光明街道", cells: t.ground.town(d, 4)}
	sizes := []float64{1.15, 0.9, 1.05, 0.95, 1.1, 0.85}
	perCommunity := share(basicGrids, sizes)
	for i, cells := range divide(d, t.street.cells, sizes) {
		c := &area{code: fmt.Sprintf("GM%d", i+1), name: guangmingNames[i] + "社区", parent: "GM", cells: cells}
		for k, part := range divide(d, cells, d.uneven(perCommunity[i])) {
			c.below = append(c.below, &area{
				code: fmt.Sprintf("%s%03d", c.code, k+1), name: fmt.Sprintf("%s第%02d网格", guangmingNames[i], k+1), parent: c.code, cells: part,
			})
		}
		t.communities, t.grids = append(t.communities, c), append(t.grids, c.below...)
	}
	t.street.below = t.communities
	t.level("areas/subdistrict.geojson", t.ground, []*area{t.street})
	t.level("areas/community.geojson", t.ground, t.communities)
	t.level("areas/grid.geojson", t.ground, t.grids)
}

// parkCells is the quads that have a park; no enterprise outside a park stands on
// one.
type parkCells map[cell]bool

// layers places a park in every second grid, and the key enterprises: most in
// parks, the others by themselves.
func (t *guangmingTown) layers() {
	d := newDraw("guangming/layers")
	taken := parkCells{}
	var parks, enterprises []feature
	var inPark []cell
	order := d.shuffled(len(t.grids))[:industrialParks]
	slices.Sort(order)
	for i, n := range order {
		g := t.grids[n]
		c := g.cells[d.below(len(g.cells))]
		taken[c], inPark = true, append(inPark, c)
		parks = append(parks, feature{
			[]property{{"code", fmt.Sprintf("P%03d", i+1)}, {"class", "industrial"}, {"name", fmt.Sprintf("第%02d工业园区", i+1)}, {"party", parkOwner(i)}},
			polygonGeometry(t.ground.box(c, d.within(0.05, 0.15), d.within(0.05, 0.15), d.within(0.8, 0.95), d.within(0.8, 0.95))),
		})
	}
	for i := range keyEnterprises {
		var at point
		if i < industrialParks {
			at = t.ground.in(inPark[i], d.within(0.35, 0.65), d.within(0.35, 0.65))
		} else {
			at = t.loose(d, taken)
		}
		enterprises = append(enterprises, feature{
			[]property{{"code", fmt.Sprintf("E%03d", i+1)}, {"class", "key"}, {"name", fmt.Sprintf("重点企业%03d", i+1)}, {"party", enterprise(i)}, {"radius_m", 25}},
			pointGeometry(at),
		})
	}
	t.features("layers/parks.geojson", parks)
	t.features("layers/enterprises.geojson", enterprises)
}

// loose is a point in a quad that nothing stands on yet.
func (t *guangmingTown) loose(d *draw, taken parkCells) point {
	for {
		c := t.street.cells[d.below(len(t.street.cells))]
		if !taken[c] {
			taken[c] = true
			return t.ground.in(c, d.within(0.35, 0.65), d.within(0.35, 0.65))
		}
	}
}

func parkOwner(i int) string  { return fmt.Sprintf("YQ%03d", i+1) }
func enterprise(i int) string { return fmt.Sprintf("QY%03d", i+1) }

func squad(i int) string      { return fmt.Sprintf("SQ%d", i+1) }
func committee(i int) string  { return fmt.Sprintf("C%dW", i+1) }
func department(i int) string { return lines[i].code }

// parties writes the organisations, their rights, premises and notice boards.
func (t *guangmingTown) parties() {
	p := t.table("parties.csv", "code", "name", "kind", "class", "parent", "area", "line", "from", "until")
	rights := t.table("rights.csv", "holder", "right", "scope", "from", "until")
	facilities := t.table("facilities.csv", "code", "party", "kind", "area_m2", "from", "until")
	boards := t.table("boards.csv", "area", "facts", "goals")
	p.add("GW", "光明街道党工委", "street-committee", "", "", "GM", "", "", "")
	p.add("GB", "光明街道办事处", "street-office", "", "GW", "GM", "", "", "")
	p.add("LG", "社区综合治理领导小组", "leading-group", "", "GW", "GM", "", reformed, "")
	p.add("LGO", "领导小组办公室", "unit", "", "LG", "GM", "", reformed, "")
	p.add("IC", "信息化管理中心", "information-centre", "", "LG", "GM", "", "", "")
	rights.add("GW", "approve", "GM", "", "")
	for _, l := range lines {
		p.add(l.code, l.name, "department", "", "GB", "GM", l.line, "", "")
		rights.add(l.code, "assess", l.code, reformed, "")
	}
	for i, c := range t.communities {
		name, w := guangmingNames[i], committee(i)
		p.add(w, name+"社区党委", "committee", "", "GW", c.code, "", "", "")
		p.add(fmt.Sprintf("C%dJ", i+1), name+"社区居民委员会", "residents-committee", "", w, c.code, "", "", "")
		p.add(fmt.Sprintf("C%dZ", i+1), name+"社区工作站", "station", "", w, c.code, "", "", "")
		p.add(squad(i), name+"社区综合治理中队", "squad", "", w, c.code, "", reformed, "")
		for _, right := range []string{"command", "assess"} {
			rights.add(w, right, squad(i), reformed, "")
			rights.add(w, right, c.code, reformed, "")
		}
		for k, kind := range []string{"unified-management", "unified-insignia", "unified-equipment", "unified-support"} {
			facilities.add(fmt.Sprintf("F%d%d", i+1, k+1), squad(i), kind, "", reformed, "")
		}
		facilities.add(fmt.Sprintf("F%d5", i+1), w, "office", 260+10*i, "", "")
		facilities.add(fmt.Sprintf("F%d6", i+1), w, "service-centre", 420+15*i, "", "")
		boards.add(c.code, fmt.Sprintf("%s社区,基础网格%d个", name, len(c.below)), "看得见、听得到、认得清、管得住")
	}
	for i := range industrialParks {
		p.add(parkOwner(i), fmt.Sprintf("第%02d工业园区管理处", i+1), "property", "工业园区", "", "", "", "", "")
	}
	for i := range keyEnterprises {
		p.add(enterprise(i), fmt.Sprintf("重点企业%03d", i+1), "company", "重点企业", "", "", "", "", "")
	}
}
