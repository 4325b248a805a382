package main

import "fmt"

// team is the eight who look after a grid: role, name, party of the post, source,
// how appointed, how many people share the 45 grids.
var team = []struct {
	role, name, party, kinds, as string
	people                       int
}{
	{"grid-assistant", "网格协管员", "", "", "常驻", majiangGrids},
	{"police-officer", "片区民警", "PCS", "establishment", "常驻", 9},
	{"fire-liaison", "消防联络员", "XFD", "establishment", "兼职", 15},
	{"legal-officer", "法律服务员", "SFJ", "seconded;member", "兼职", 10},
	{"mass-worker", "群众工作员", "", "", "常驻", majiangGrids},
	{"livelihood-supervisor", "民生监督员", "", "elected", "志愿", majiangGrids},
	{"grid-cleaner", "网格保洁员", "", "", "常驻", majiangGrids},
}

// trades are the skills of the service teams.
var trades = []string{"夜间巡逻", "法律咨询", "社区保洁", "水电维修", "医疗健康", "文艺辅导", "学习辅导", "就业指导", "邻里调解", "助老帮扶"}

// parties writes the organisations and their premises.
func (t *majiangTown) parties() {
	p := t.table("parties.csv", "编码", "名称", "类型", "上级", "区域", "条线")
	p.add("XW", "县委城市社区工作机构", "county-committee", "", "MJ", "")
	p.add("ZHB", "社区综合指挥办", "unit", "XW", "MJ", "")
	for _, x := range [][3]string{
		{"ZJJ", "县住建部门", "住建"}, {"CZJ", "县财政部门", "财政"}, {"SFJ", "县政法司法部门", "政法"},
		{"PCS", "城区派出所", "公安"}, {"XFD", "消防救援站", "消防"}, {"MZJ", "县民政部门", "民政"}, {"WGJ", "县文广部门", "文广"},
	} {
		p.add(x[0], x[1], "部门", "XW", "MJ", x[2])
	}
	for _, c := range centres {
		p.add(c.code, c.name, "service-centre", "XW", "", "")
	}
	for i, s := range stations {
		p.add(station(i), s.name+"网格工作站", "工作站", s.centre, t.communities[i].code, "")
		p.add(fmt.Sprintf("JW%d", i+1), s.name+"社区居民委员会", "residents-committee", s.centre, t.communities[i].code, "")
	}
	for i := range sharingUnits {
		p.add(fmt.Sprintf("U%02d", i+1), fmt.Sprintf("驻区单位%02d", i+1), "单位", "", "", "")
	}
	for i := range serviceTeams {
		k := i % len(stations)
		p.add(serviceTeam(i), fmt.Sprintf("%s%s队", stations[k].name, trades[i/len(stations)]), "service-team", station(k), t.communities[k].code, trades[i/len(stations)])
	}
	p.add("WY", "移民小区物业公司", "物业", "", "", "")
	t.premises()
}

func serviceTeam(i int) string { return fmt.Sprintf("FW%02d", i+1) }

// premises writes rooms, care centres, reading rooms and plazas, and the boards.
func (t *majiangTown) premises() {
	d := newDraw("majiang/premises")
	f := t.table("facilities.csv", "编码", "单位", "类型", "面积", "开始", "结束")
	boards := t.table("boards.csv", "area", "facts", "goals")
	for i, s := range stations {
		f.add(fmt.Sprintf("YF%d", i+1), station(i), "办公用房", s.area, majiangSince, "")
		f.add(fmt.Sprintf("YD%d", i+1), station(i), "reading-room", "", majiangSince, "")
		c := t.communities[i]
		boards.add(c.code, fmt.Sprintf("%s社区,网格%d个,%v户%v人", s.name, s.grids, c.more[0].value, c.more[1].value), s.home)
	}
	for _, c := range centres {
		f.add("YL-"+c.code, c.code, "care-centre", "", "2017-01-01", "")
	}
	for i := range 17 {
		f.add(fmt.Sprintf("GC%02d", i+1), station(d.below(len(stations))), "plaza", d.between(300, 900), "2017-01-01", "")
	}
}

// people writes the establishment, the teams of the grids, the captains of the
// houses, those who report in and the service teams.
func (t *majiangTown) people() {
	d := newDraw("majiang/people")
	people := t.table("people.csv", "编码", "姓名", "所属单位", "身份", "技能", "电话", "同意公开")
	posts := t.table("posts.csv", "编码", "名称", "单位", "角色", "区域", "编制", "副职", "公开联系方式", "职责")
	held := t.table("appointments.csv", "人员", "岗位", "类型", "开始", "结束")
	t.establishment(people, posts, held)
	t.teams(people, posts, held)
	for i := range captains {
		code, at := fmt.Sprintf("LDZ%03d", i+1), "houses:"+house(i)
		grid := ""
		people.add(code, fmt.Sprintf("楼栋长%03d", i+1), grid, "elected", "", phone(5000+i), "否")
		posts.add(house(i)+"-Z", fmt.Sprintf("%d栋楼栋长", i+1), "ZHB", "building-captain", at, 1, "", "", "收集社情民意")
		posts.add(house(i)+"-X", fmt.Sprintf("%d栋治安信息员", i+1), "ZHB", "security-informant", at, 1, "", "", "报告治安信息")
		held.add(code, house(i)+"-Z", "志愿", majiangSince, "")
		held.add(code, house(i)+"-X", "志愿", majiangSince, "")
	}
	t.reportIn(d, people, posts, held)
	t.nights()
}

// establishment writes the 44 places, all filled, and who heads which grids: two
// each, and one of them three.
func (t *majiangTown) establishment(people, posts, held *table) {
	n := 0
	places := func(code, name, party, role, area string, quota int) {
		posts.add(code, name, party, role, area, quota, "", fmt.Sprintf("0855-0000 %04d", len(posts.rows)+1), "")
		for range quota {
			n++
			person := fmt.Sprintf("B%02d", n)
			people.add(person, fmt.Sprintf("在编干部%02d", n), party, "establishment;member", "", phone(n), "否")
			held.add(person, code, "常驻", majiangSince, "")
		}
	}
	for _, c := range centres {
		places(c.code+"-LD", c.name+"领导", c.code, "centre-leader", "", 5)
		places(c.code+"-GZ", c.name+"工作人员", c.code, "centre-staff", "", 2)
	}
	for i, s := range stations {
		places(station(i)+"-ZZ", s.name+"网格站长", station(i), "station-chief", t.communities[i].code, 2)
	}
	for i, s := range stations {
		first := n
		places(station(i)+"-WGZ", s.name+"网格长(编制)", station(i), "grid-leader", t.communities[i].code, s.leaders)
		for k, g := range t.communities[i].below {
			leader := fmt.Sprintf("B%02d", first+1+min(k/2, s.leaders-1))
			posts.add(g.code+"-WGZ", g.name+"网格长", station(i), "grid-head", g.code, 1, g.code+"-grid-assistant", fmt.Sprintf("0855-0001 %04d", len(posts.rows)+1), "牵头管家团队")
			held.add(leader, g.code+"-WGZ", "常驻", majiangSince, "")
		}
	}
}

// teams writes the seven others of each grid's team; some serve several grids.
func (t *majiangTown) teams(people, posts, held *table) {
	for r, role := range team {
		for i := range role.people {
			people.add(fmt.Sprintf("T%d%02d", r+1, i+1), fmt.Sprintf("%s%02d", role.name, i+1), role.party, role.kinds, "", phone(2000+100*r+i), "否")
		}
	}
	n := 0
	for i, c := range t.communities {
		for _, g := range c.below {
			for r, role := range team {
				party := role.party
				if party == "" {
					party = station(i)
				}
				code := g.code + "-" + role.role
				posts.add(code, g.name+role.name, party, role.role, g.code, 1, "", "", "")
				held.add(fmt.Sprintf("T%d%02d", r+1, n*role.people/majiangGrids+1), code, role.as, majiangSince, "")
			}
			n++
		}
	}
}

// reportIn writes the members in service who report in to a community, those of
// them who volunteer, and the service teams made of them by skill.
func (t *majiangTown) reportIn(d *draw, people, posts, held *table) {
	registrations := t.table("registrations.csv", "人员", "区域", "类型", "支部", "开始", "结束")
	for i := range serviceTeams {
		posts.add(serviceTeam(i)+"-DY", trades[i/len(stations)]+"队员", serviceTeam(i), "team-member", t.communities[i%len(stations)].code, 20, "", "", "")
	}
	volunteering := d.shuffled(reportedIn)[:volunteers]
	isVolunteer := map[int]bool{}
	for _, i := range volunteering {
		isVolunteer[i] = true
	}
	for i := range reportedIn {
		code, unit := fmt.Sprintf("DY%04d", i+1), fmt.Sprintf("U%02d", i%sharingUnits+1)
		community, skill := i%len(stations), ""
		if i < 5*serviceTeams { // five in each team, who live where they serve
			community, skill = i%serviceTeams%len(stations), trades[i%serviceTeams/len(stations)]
			held.add(code, serviceTeam(i%serviceTeams)+"-DY", "志愿", majiangSince, "")
		}
		people.add(code, fmt.Sprintf("在职党员%04d", i+1), unit, "member;establishment", skill, "", "否")
		since := fmt.Sprintf("2016-%02d-01", 1+i%12)
		registrations.add(code, t.communities[community].code, "报到", unit+"支部", since, "")
		if isVolunteer[i] {
			registrations.add(code, t.communities[community].code, "志愿服务", "", "2017-03-01", "")
		}
	}
}

// nights writes the turns of the night patrols, week by week.
func (t *majiangTown) nights() {
	rosters := t.table("rosters.csv", "post", "cycle", "days", "start", "hours", "people", "from", "until")
	exceptions := t.table("exceptions.csv", "post", "date", "kind", "person", "with")
	for i := range stations {
		var codes string
		for k := range 5 {
			codes += fmt.Sprintf(";DY%04d", i+1+k*serviceTeams)
		}
		rosters.add(serviceTeam(i)+"-DY", "1w", "", "2018-10-01", "20:00-00:00", codes[1:], "2018-10-01", "")
		exceptions.add(serviceTeam(i)+"-DY", fmt.Sprintf("2018-10-%02d", 10+i), "replace", fmt.Sprintf("DY%04d", i+1+serviceTeams), fmt.Sprintf("DY%04d", i+1+2*serviceTeams))
	}
}
