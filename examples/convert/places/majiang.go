package main

import (
	"fmt"
	"slices"
)

// The figures of the report on 麻江县.
const (
	majiangGrids      = 45
	majiangHouseholds = 10_479
	majiangPeople     = 24_868
	captains          = 251
	gridLeaders       = 22
	reportedIn        = 1_533 // the report says 1500 余; with the volunteers 1700
	volunteers        = 167
	serviceTeams      = 39
	sharingUnits      = 76
	majiangSince      = "2016-01-01"
)

// stations are the communities with their grids, places for grid leaders and
// centre. The names are the report's; the rest is made up.
var stations = []struct {
	name, home           string
	centre               string
	grids, leaders, area int
}{
	{"城江", "儿童“温馨家园”", "ZXD", 12, 6, 510},
	{"群英", "下岗职工“和谐家园”", "ZXD", 12, 6, 490},
	{"凤凰", "流动人口“乐业家园”", "ZXX", 10, 5, 520},
	{"新兴", "进城移民“安居家园”", "ZXX", 11, 5, 480},
}

// centres are the two service centres.
var centres = []struct{ code, name string }{{"ZXD", "城东社区服务中心"}, {"ZXX", "城西社区服务中心"}}

// majiangTown is everything that the files are made from.
type majiangTown struct {
	*folder
	ground      *ground
	town        *area
	communities []*area
	grids       []*area
	streets     []road
}

// road is a line between two areas, main or lane.
type road struct {
	code, class string
	width       int
	line        []cell
}

func majiang() *folder {
	t := &majiangTown{folder: newFolder()}
	t.config()
	t.areas()
	t.layers()
	t.parties()
	t.people()
	t.duties()
	t.month()
	t.money()
	return t.folder
}

func (t *majiangTown) config() {
	t.object("street.json", map[string]any{
		"format": 1, "name": "麻江县城区(示意)", "time_zone": "Asia/Shanghai", "crs": "WGS84", "counts": []string{"households", "people"},
		"levels": []map[string]string{
			{"name": "town", "file": "areas/town.geojson"},
			{"name": "community", "file": "areas/community.geojson"},
			{"name": "grid", "file": "areas/grid.geojson"},
		},
		"hierarchies": []map[string]string{{"name": "service", "file": "areas/service.csv"}},
		"layers": []map[string]any{
			{"name": "streets", "file": "layers/streets.geojson", "classes": []string{"main", "lane"}},
			{"name": "houses", "file": "layers/houses.geojson", "classes": []string{"residential"}},
		},
		"hours":     map[string]any{"windows": []string{"08:30-12:00", "14:30-18:00"}, "week": "Mon-Fri", "holidays": "cn"},
		"policy":    map[string]any{"desk": "ZHB"},
		"structure": []string{"majiang"},
		"notices":   map[string]any{"community": map[string]any{"head": "station-chief", "counts": []string{"households", "people"}}},
		"attribution": "数字取自2018年关于麻江县“三到社区”的公开报道(2个服务中心、4个网格工作站、45个网格、10479户24868人、44个编制、251名楼栋长、39支服务团队);" +
			"边界、街巷、楼栋、人员、事件均为虚构,户数和人数在各网格的分布为生成;报道中的“余”按整数计",
	})
	t.object("structure.json", map[string]any{"rules": []map[string]any{
		{"id": "mj.centres", "kind": "parties", "parties": "service-centre", "per": "street", "count": len(centres), "basis": "城东、城西两个社区服务中心"},
		{"id": "mj.captains", "role": "building-captain", "per": "street", "count": captains, "basis": "明确251名楼栋长"},
		{"id": "mj.teams", "kind": "parties", "parties": "service-team", "per": "street", "count": serviceTeams, "basis": "组建服务团队39支"},
	}})
}

// areas draws the town, its communities and grids, and the tree of the centres.
func (t *majiangTown) areas() {
	d := newDraw("majiang/areas")
	t.ground = site{
		lng: 107.589, lat: 26.496, halfX: 1500, halfY: 1050, w: 40, h: 28,
		round: 0.3, bend: 0.075, turn: -0.35, phase: 2.9, phase2: 0.4,
	}.ground()
	t.town = &area{code: "MJ", name: "麻江县城区", cells: t.ground.town(d, 3)}
	households, people := d.spread(majiangHouseholds, majiangGrids), d.spread(majiangPeople, majiangGrids)
	sizes := make([]float64, len(stations))
	for i, s := range stations {
		sizes[i] = float64(s.grids)
	}
	n := 0
	for i, cells := range divide(d, t.town.cells, sizes) {
		c := &area{code: fmt.Sprintf("MJ%d", i+1), name: stations[i].name + "社区", parent: "MJ", cells: cells}
		for k, part := range divide(d, cells, d.uneven(stations[i].grids)) {
			c.below = append(c.below, &area{
				code: fmt.Sprintf("%s%02d", c.code, k+1), name: fmt.Sprintf("%s第%02d网格", stations[i].name, k+1), parent: c.code,
				more: counted(households[n], people[n]), cells: part,
			})
			n++
		}
		h, p := 0, 0
		for _, g := range c.below {
			h, p = h+g.more[0].value.(int), p+g.more[1].value.(int)
		}
		c.more = counted(h, p)
		t.communities, t.grids = append(t.communities, c), append(t.grids, c.below...)
	}
	t.town.more = counted(majiangHouseholds, majiangPeople)
	t.level("areas/town.geojson", t.ground, []*area{t.town})
	t.level("areas/community.geojson", t.ground, t.communities)
	t.level("areas/grid.geojson", t.ground, t.grids)
	service := t.table("areas/service.csv", "编码", "上级", "层级", "名称")
	for _, c := range centres {
		service.add(c.code, "", "服务中心", c.name)
	}
	for i, s := range stations {
		service.add(station(i), s.centre, "网格工作站", s.name+"网格工作站")
	}
	for i, c := range t.communities {
		for _, g := range c.below {
			service.add(g.code, station(i), "网格", g.name)
		}
	}
}

func counted(households, people int) []property {
	return []property{{"households", households}, {"people", people}}
}

func station(i int) string { return fmt.Sprintf("ZD%d", i+1) }

// layers draws main streets between communities, lanes between grids, and the
// houses of the captains.
func (t *majiangTown) layers() {
	d := newDraw("majiang/layers")
	parts := make([][]cell, len(t.communities))
	for i, c := range t.communities {
		parts[i] = c.cells
	}
	for _, b := range borders(parts) {
		t.streets = append(t.streets, road{fmt.Sprintf("DJ%02d", len(t.streets)+1), "main", 24, b.line})
	}
	mains := len(t.streets)
	for _, c := range t.communities {
		var blocks [][]cell
		for _, g := range c.below {
			blocks = append(blocks, g.cells)
		}
		for _, b := range borders(blocks) {
			t.streets = append(t.streets, road{fmt.Sprintf("XX%03d", len(t.streets)-mains+1), "lane", 6, b.line})
		}
	}
	var streets, houses []feature
	for i, s := range t.streets {
		line := make([]point, len(s.line))
		for k, c := range s.line {
			line[k] = t.ground.at[c.x][c.y]
		}
		name, owner := fmt.Sprintf("示意大街%02d", i+1), "ZJJ"
		if s.class == "lane" {
			name, owner = fmt.Sprintf("示意巷%03d", i-mains+1), ""
		}
		properties := []property{{"code", s.code}, {"class", s.class}, {"name", name}, {"width_m", s.width}}
		if owner != "" {
			properties = append(properties, property{"party", owner})
		}
		streets = append(streets, feature{properties, lineGeometry(line)})
	}
	for i, c := range t.plots(d) {
		houses = append(houses, feature{
			[]property{{"code", house(i)}, {"class", "residential"}, {"name", fmt.Sprintf("%d栋", i+1)}},
			polygonGeometry(t.ground.box(c, d.within(0.25, 0.35), d.within(0.25, 0.35), d.within(0.6, 0.75), d.within(0.6, 0.75))),
		})
	}
	t.features("layers/streets.geojson", streets)
	t.features("layers/houses.geojson", houses)
}

// plots is the quads with a house: at least five in every grid, grid by grid.
func (t *majiangTown) plots(d *draw) []cell {
	var plots []cell
	for i, n := range d.spread(captains, len(t.grids)) {
		cells := t.grids[i].cells
		order := d.shuffled(len(cells))[:n]
		slices.Sort(order)
		for _, k := range order {
			plots = append(plots, cells[k])
		}
	}
	return plots
}

func house(i int) string { return fmt.Sprintf("LD%03d", i+1) }
