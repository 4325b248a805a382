package main

import "fmt"

// districts are the departments of the subdistrict that topics and cases go to.
var districts = [][3]string{
	{"ZHZX", "街道智慧指挥中心", "指挥"}, {"CGB", "街道城管办", "城市管理"}, {"CJB", "街道城建办", "城市建设"},
	{"YJB", "街道应急办", "安全管理"}, {"DJB", "街道党建办", "党群服务"},
}

// newOrganisations is how many firms and societies members report in from.
const newOrganisations = 24

// parties writes the organisations, rights and premises.
func (t *guanlanTown) parties() {
	s := &t.sheets
	p := t.table("parties.csv", "code", "name", "kind", "parent", "area", "line")
	s.parties = p
	p.add("GLGW", "观澜街道党工委", "street-committee", "", "GL", "")
	p.add("GLB", "观澜街道办事处", "street-office", "GLGW", "GL", "")
	for _, x := range districts {
		p.add(x[0], x[1], "department", "GLB", "GL", x[2])
	}
	rights := t.table("rights.csv", "holder", "right", "scope", "from", "until")
	for i, c := range t.communities {
		name := pilots[i].name
		p.add(c.code+"-W", name+"社区党委", "committee", "GLGW", c.code, "")
		p.add(c.code+"-Z", name+"社区工作站", "station", c.code+"-W", c.code, "")
		p.add(c.code+"-B1", name+"社区党群服务办", "community-office", c.code+"-W", c.code, "党群服务")
		p.add(c.code+"-B2", name+"社区综合治理办", "community-office", c.code+"-W", c.code, "城市管理")
		p.add(c.code+"-ZX", name+"社区党群服务中心", "service-centre", c.code+"-W", c.code, "便民服务")
		p.add(c.code+"-GF", name+"股份合作公司", "company", "", c.code, "")
		for _, right := range []string{"decide", "manage", "assess"} {
			rights.add(c.code+"-W", right, c.code, pilotBegan, "")
		}
	}
	for _, b := range t.blocks {
		p.add(b.code+"-LSH", b.name+"理事会", "council", t.communities[b.pilot].code+"-W", b.code, "")
	}
	for i := range newOrganisations {
		p.add(fmt.Sprintf("LX%02d", i+1), fmt.Sprintf("“两新”组织%02d", i+1), "company", "", "", "")
	}
	p.add("HW", "环卫公司(示意)", "contractor", "", "", "")
	p.add("GX", "城市更新单位(示意)", "company", "", "", "")
	f := t.table("facilities.csv", "code", "party", "kind", "area_m2", "from", "until")
	f.add("KLY", t.blocks[shiyi].code+"-LSH", "recreation-ground", 2100, "2021-12-01", "")
	for i := range 6 {
		f.add(fmt.Sprintf("XY%d", i+1), t.blocks[0].code+"-LSH", "courtyard", 40+5*i, fmt.Sprintf("2021-%02d-15", 6+i), "")
	}
}

// people writes committees, staff and the members who report in.
func (t *guanlanTown) people() {
	s := &t.sheets
	s.people = t.table("people.csv", "code", "name", "home", "kinds", "phone", "consent")
	s.posts = t.table("posts.csv", "code", "name", "party", "role", "area", "quota", "deputy", "public_contact", "duties_text")
	s.held = t.table("appointments.csv", "person", "post", "kind", "from", "until")
	for i, c := range t.communities {
		t.committee(i, c)
	}
	for i, b := range t.blocks {
		t.staff(i, b)
	}
	s.registrations = t.table("registrations.csv", "person", "area", "kind", "branch", "from", "until")
	t.reportIn(newDraw("guanlan/members"))
	rosters := t.table("rosters.csv", "post", "cycle", "days", "start", "hours", "people", "from", "until")
	exceptions := t.table("exceptions.csv", "post", "date", "kind", "person", "with")
	for i, c := range t.communities {
		list := ""
		for k := range pilots[i].blocks {
			list += fmt.Sprintf(";%s-P%d", c.code, k+1)
		}
		rosters.add(c.code+"-DUTY", "1d", "", "2022-04-18", "18:00-08:00", list[1:], "2022-04-18", "")
		exceptions.add(c.code+"-DUTY", "2022-04-20", "replace", c.code+"-P3", c.code+"-P5") // the third of the rotation
		exceptions.add(c.code+"-DUTY", "2022-04-22", "leave", c.code+"-P5", "")
		exceptions.add(c.code+"-DUTY", "2022-05-01", "add", c.code+"-P1", "")
	}
}

func (t *guanlanTown) post(code, name, party, role, area string, quota int, deputy, text string) {
	t.sheets.posts.add(code, name, party, role, area, quota, deputy, fmt.Sprintf("0755-0000 %04d", len(t.sheets.posts.rows)+1), text)
}

func (t *guanlanTown) person(code, name, home, kinds string) {
	t.sheets.people.add(code, name, home, kinds, phone(len(t.sheets.people.rows)+1), "false")
}

// committee writes the members of a community's committee, each of whom heads a
// block beside the line that is his (条块结合).
func (t *guanlanTown) committee(i int, c *area) {
	duty := []string{"全面工作", "党群服务", "安全生产", "城市管理", "综合治理", "民生服务", "集体经济"}
	w := c.code + "-W"
	for k, name := range pilots[i].blocks {
		person, role, title := fmt.Sprintf("%s-P%d", c.code, k+1), "committee-member", "党委委员"
		switch k {
		case 0:
			role, title = "secretary", "党委书记"
		case 1:
			role, title = "deputy-secretary", "党委副书记"
		}
		t.person(person, fmt.Sprintf("%s班子成员%d", pilots[i].name, k+1), w, "member")
		t.post(fmt.Sprintf("%s-W%d", c.code, k+1), pilots[i].name+"社区"+title, w, role, c.code, 1, "", "分管"+duty[k])
		t.sheets.held.add(person, fmt.Sprintf("%s-W%d", c.code, k+1), "resident", "2020-12-01", "")
		for _, b := range t.blocks {
			if b.pilot == i && b.name == name+"街区" {
				b.head = person
			}
		}
	}
	t.post(c.code+"-DUTY", pilots[i].name+"社区夜间值班", w, "duty-officer", c.code, len(pilots[i].blocks), c.code+"-W1", "夜间值班")
	for k := range pilots[i].blocks {
		t.sheets.held.add(fmt.Sprintf("%s-P%d", c.code, k+1), c.code+"-DUTY", "part-time", "2021-01-01", "")
	}
}

// staff writes a block's head, the staff of the two offices and the centre who are
// matched to it, and its two basic grid workers.
func (t *guanlanTown) staff(i int, b *block) {
	c := t.communities[b.pilot]
	t.post(b.code+"-HEAD", b.name+"负责人", c.code+"-W", "block-head", b.code, 1, "", "“1+3+N”:党建引领;党群服务、城市管理、安全管理;便民服务")
	t.sheets.held.add(b.head, b.code+"-HEAD", "resident", pilotBegan, "")
	for k, office := range []string{"-B1", "-B2", "-ZX"} {
		person, post := fmt.Sprintf("ZZ%02d%d", i+1, k+1), b.code+office
		t.person(person, fmt.Sprintf("社区专职%02d-%d", i+1, k+1), c.code+office, "establishment")
		t.post(post, b.name+"社区专职", c.code+office, "block-staff", b.code, 2, "", "对应街区工作")
		t.sheets.held.add(person, post, "resident", pilotBegan, "")
	}
	t.post(b.code+"-JC", b.name+"基础网格员", c.code+"-Z", "basic-grid-worker", b.code, 2, "", "基础网格巡查")
	for k := range 2 {
		person := fmt.Sprintf("JC%02d%d", i+1, k+1)
		t.person(person, fmt.Sprintf("网格员%02d-%d", i+1, k+1), c.code+"-Z", "")
		t.sheets.held.add(person, b.code+"-JC", "resident", "2020-01-01", "")
	}
}

// reportIn writes the 468 members: eleven in the first grid, where two grid
// workers go with them, six or seven in the others. Three change grids later.
func (t *guanlanTown) reportIn(d *draw) {
	s, n := &t.sheets, 0
	const first = 11
	counts := append([]int{first}, share(redMembers-first, even(redGrids-1))...)
	for i, g := range t.grids {
		c := t.communities[t.blockOf(i).pilot]
		for range counts[i] {
			n++
			code := fmt.Sprintf("DY%03d", n)
			home, kinds := pick(d, districts...)[0], "member;in-service"
			switch n % 3 {
			case 1:
				home, kinds = c.code+"-W", "member;community"
			case 2:
				home, kinds = fmt.Sprintf("LX%02d", d.between(1, newOrganisations)), "member;new-organisation"
			}
			t.person(code, fmt.Sprintf("党员%03d", n), home, kinds)
			since := date(began().AddDate(0, 0, d.below(15)))
			branch := fmt.Sprintf("第%d红色网格党支部", i+1)
			if len(g.members) == counts[i]-1 && leaves(i) {
				s.registrations.add(code, g.code, "report-in", branch, since, moved)
				s.registrations.add(code, t.grids[i+1].code, "report-in", fmt.Sprintf("第%d红色网格党支部", i+2), moved, "")
			} else {
				s.registrations.add(code, g.code, "report-in", branch, since, "")
			}
			g.members = append(g.members, code)
		}
		if i == 0 {
			g.staff = []string{"JC011", "JC012"}
		}
		t.redTeams(i, g)
	}
}

// moved is the day on which the last member of some grids goes over to the next.
const moved = "2021-10-08"

// leaves reports whether the last member of the i-th grid does.
func leaves(i int) bool { return i == 7 || i == 27 || i == 47 }

// even is n equal weights.
func even(n int) []float64 {
	weights := make([]float64, n)
	for i := range weights {
		weights[i] = 1
	}
	return weights
}

// blockOf is the block of the i-th red grid.
func (t *guanlanTown) blockOf(i int) *block {
	for _, b := range t.blocks {
		if i < len(b.grids) {
			return b
		}
		i -= len(b.grids)
	}
	return nil
}

// changed is the day on which every thirtieth grid has another lead.
const changed = "2021-11-01"

// leads is who leads a red grid, from when until when.
func (g *redGrid) leads(i int) []seat {
	const capacity = "红色网格牵头人"
	if i%30 == 5 {
		return []seat{{g.members[0], capacity, true, pilotBegan, changed}, {g.members[1], capacity, true, changed, ""}}
	}
	return []seat{{g.members[0], capacity, true, pilotBegan, ""}}
}

// redTeams writes a grid's lead and its visiting teams.
func (t *guanlanTown) redTeams(i int, g *redGrid) {
	w := t.communities[t.blockOf(i).pilot].code + "-W"
	t.post(g.code+"-LEAD", g.name+"牵头人", w, "grid-lead", g.code, 1, "", "牵头联户走访,收集民情民意")
	for _, l := range g.leads(i) {
		t.sheets.held.add(l.person, g.code+"-LEAD", "part-time", l.from, l.until)
	}
	for k, people := range g.teams() {
		post := visitTeam(g, k)
		t.post(post, fmt.Sprintf("%s走访%d组", g.name, k+1), w, "visit-team", g.code, 5, "", "轮流每期带队联户走访")
		for _, p := range people {
			until := ""
			if leaves(i) && p == g.members[len(g.members)-1] {
				until = moved
			}
			t.sheets.held.add(p, post, "part-time", "2021-05-01", until)
		}
	}
}

func visitTeam(g *redGrid, k int) string { return fmt.Sprintf("%s-T%d", g.code, k+1) }

// teams is the visiting teams: four where grid workers go with the members, three
// elsewhere.
func (g *redGrid) teams() [][]string {
	n := 3
	if len(g.staff) > 0 {
		n = 4
	}
	teams := make([][]string, n)
	for i, p := range append(append([]string{}, g.members...), g.staff...) {
		teams[i%n] = append(teams[i%n], p)
	}
	return teams
}
