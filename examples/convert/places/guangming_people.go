package main

import "fmt"

// member is one of those who were sent from the departments to the squads.
type member struct {
	code              string
	department, squad int
	resident          bool
}

// The members that change on the way: so many, from these numbers on.
const (
	dutyOfficers = 6 // of each squad
	movers       = 4 // residents who change their squad in December
	switchers    = 3 // residents who become mobile in January, and the other way round
	borrowed     = 6 // mobile members who are back in their departments in February
)

// people writes who there is, the posts and who holds them when.
func (t *guangmingTown) people() {
	d := newDraw("guangming/people")
	people := t.table("people.csv", "code", "name", "home", "kinds", "skills", "phone", "consent")
	posts := t.table("posts.csv", "code", "name", "party", "role", "area", "quota", "deputy", "public_contact", "limit", "duties_text")
	held := t.table("appointments.csv", "person", "post", "kind", "from", "until")
	t.officials(people, posts, held)
	t.draft(d)
	skills := [departmentsCount][]string{{"调解", "巡逻"}, {"安全检查"}, {"市容执法"}, {"水电", "保洁"}, {"信息采集"}, {"消防"}}
	for i, m := range t.members {
		kinds := "establishment"
		if d.percent(35) {
			kinds += ";member"
		}
		people.add(m.code, fmt.Sprintf("队员%03d", i+1), department(m.department), kinds, pick(d, skills[m.department]...), phone(1000+i), "false")
	}
	registrations := t.table("registrations.csv", "person", "area", "kind", "branch", "from", "until")
	for i, row := range people.rows {
		if home := i % squadsCount; row[3] == "establishment;member" {
			registrations.add(row[0], t.communities[home].code, "membership", fmt.Sprintf("%s社区第%d支部", guangmingNames[home], 1+i%4), "2018-01-01", "")
			if d.percent(60) {
				registrations.add(row[0], t.communities[home].code, "volunteer", "", "2018-11-05", "")
			}
		}
	}
	t.postings(held)
	t.rosters()
}

// officials writes the group, its office, the centre, departments and communities.
func (t *guangmingTown) officials(people, posts, held *table) {
	post := func(code, name, party, role, area string, quota int, deputy string, limit any) {
		posts.add(code, name, party, role, area, quota, deputy, fmt.Sprintf("0755-0000 %04d", len(posts.rows)), limit, "")
	}
	hire := func(code, name, home, kinds string, from string, codes ...string) {
		people.add(code, name, home, kinds, "", phone(len(people.rows)+1), "false")
		for _, p := range codes {
			held.add(code, p, "resident", from, "")
		}
	}
	post("GW-SEC", "党工委书记", "GW", "street-secretary", "GM", 1, "", "500000.00")
	post("LG-HEAD", "领导小组组长", "LG", "group-head", "GM", 1, "", "500000.00")
	post("LGO-CHIEF", "领导小组办公室主任", "LGO", "office-chief", "GM", 1, "", "")
	post("IC-CHIEF", "信息化管理中心主任", "IC", "centre-chief", "GM", 1, "", "")
	post("IC-NIGHT", "夜间调度岗", "IC", "dispatcher", "GM", 4, "IC-CHIEF", "")
	hire("S001", "党工委书记(示意)", "GW", "civil-servant;member", "2017-01-01", "GW-SEC")
	held.add("S001", "LG-HEAD", "resident", reformed, "")
	hire("S002", "综合治理办主任(示意)", "GB", "civil-servant;member", reformed, "LGO-CHIEF")
	hire("S003", "信息中心主任(示意)", "IC", "civil-servant;member", "2017-01-01", "IC-CHIEF")
	for i := range 4 {
		hire(fmt.Sprintf("S01%d", i+1), fmt.Sprintf("调度员%02d", i+1), "IC", "establishment", "2017-06-01", "IC-NIGHT")
	}
	for i, l := range lines {
		post(l.code+"-HEAD", l.name+"负责人", l.code, "department-head", "GM", 1, "", "50000.00")
		post(l.code+"-STAFF", l.name+"工作人员", l.code, "department-staff", "GM", 200, "", "")
		hire(fmt.Sprintf("S02%d", i+1), l.name+"负责人(示意)", l.code, "civil-servant;member", "2017-01-01", l.code+"-HEAD")
	}
	for i, c := range t.communities {
		w, q, name := committee(i), squad(i), guangmingNames[i]
		j, z := fmt.Sprintf("C%dJ", i+1), fmt.Sprintf("C%dZ", i+1)
		post(w+"-SEC", name+"社区党委书记", w, "secretary", c.code, 1, w+"-DEP", "50000.00")
		post(w+"-DEP", name+"社区党委副书记", w, "deputy-secretary", c.code, 2, "", "")
		post(j+"-HEAD", name+"社区居委会主任", j, "residents-head", c.code, 1, "", "")
		post(z+"-CHIEF", name+"社区工作站站长", z, "station-chief", c.code, 1, z+"-VICE", "")
		post(z+"-VICE", name+"社区工作站副站长(日常政务)", z, "station-deputy", c.code, 1, "", "10000.00")
		post(q+"-LEAD", name+"中队长", q, "squad-leader", c.code, 1, q+"-EXEC", "")
		post(q+"-EXEC", name+"常务副中队长", q, "executive-deputy", c.code, 1, "", "")
		post(q+"-DUTY", name+"中队值班员", q, "duty-officer", c.code, dutyOfficers, q+"-EXEC", "")
		post(q+"-MEM", name+"中队队员", q, "squad-member", c.code, 120, "", "")
		secretary, executive := fmt.Sprintf("K1%d", i+1), fmt.Sprintf("K2%d", i+1)
		hire(secretary, name+"书记(示意)", w, "member", "2017-01-01", w+"-SEC", z+"-CHIEF")
		held.add(secretary, q+"-LEAD", "resident", reformed, "")
		hire(executive, name+"常务副中队长(示意)", "GB", "civil-servant;member", reformed, q+"-EXEC", w+"-DEP")
		hire(fmt.Sprintf("K3%d", i+1), name+"副站长(示意)", z, "establishment;member", "2018-10-29", z+"-VICE")
		hire(fmt.Sprintf("K4%d", i+1), name+"居委会主任(示意)", j, "elected", "2017-04-01", j+"-HEAD")
	}
}

// draft chooses who goes where: 275 residents and 219 mobile ones, mixed over
// departments and squads.
func (t *guangmingTown) draft(d *draw) {
	homes, squads := deal(d.spread(squadMembers, departmentsCount)), deal(d.spread(squadMembers, squadsCount))
	home, place := d.shuffled(squadMembers), d.shuffled(squadMembers)
	for i := range squadMembers {
		t.members = append(t.members, member{
			code: fmt.Sprintf("W%03d", i+1), department: homes[home[i]], squad: squads[place[i]], resident: i < residentMembers,
		})
	}
}

// deal is the index of each part, as often as it counts.
func deal(parts []int) []int {
	var list []int
	for i, n := range parts {
		for range n {
			list = append(list, i)
		}
	}
	return list
}

// postings writes where each member serves and when: in the department until the
// reform, then in a squad. Transfers keep the sum of residents and of mobile
// members; in February some mobile ones are back in their departments.
func (t *guangmingTown) postings(held *table) {
	const moved, switched, back, again = "2018-12-10", "2019-01-07", "2019-02-01", "2019-03-01"
	kind := map[bool]string{true: "resident", false: "mobile"}
	for i, m := range t.members {
		from, own, post := reformed, department(m.department)+"-STAFF", squad(m.squad)+"-MEM"
		if !m.resident && i%3 == 0 {
			from = complete
		}
		held.add(m.code, own, "resident", "2017-01-01", from)
		n := i - t.changers()
		mobile := i - residentMembers
		switch {
		case n >= 0 && n < movers:
			held.add(m.code, post, kind[m.resident], from, moved)
			held.add(m.code, squad((m.squad+1)%squadsCount)+"-MEM", kind[m.resident], moved, "")
		case n >= movers && n < movers+switchers, mobile >= 0 && mobile < switchers:
			held.add(m.code, post, kind[m.resident], from, switched)
			held.add(m.code, post, kind[!m.resident], switched, "")
		case mobile >= switchers && mobile < switchers+borrowed:
			held.add(m.code, post, kind[m.resident], from, back)
			held.add(m.code, own, "resident", back, again)
			held.add(m.code, post, kind[m.resident], again, "")
		default:
			held.add(m.code, post, kind[m.resident], from, "")
		}
	}
	for i := range squadsCount {
		for _, m := range t.onDuty(i) {
			held.add(m.code, squad(i)+"-DUTY", "part-time", reformed, "")
		}
	}
}

// changers is the number of the first member who changes squads or kind: the last
// of the residents, none of whom is a duty officer.
func (t *guangmingTown) changers() int { return residentMembers - movers - switchers }

// onDuty is the duty officers of a squad: its first residents.
func (t *guangmingTown) onDuty(squad int) []member {
	var list []member
	for _, m := range t.members {
		if m.squad == squad && m.resident && len(list) < dutyOfficers {
			list = append(list, m)
		}
	}
	return list
}
