package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// seat is a place in a council.
type seat struct {
	person, capacity string
	vote             bool
	from, until      string
}

// on reports whether the seat is held on the date.
func (s seat) on(date string) bool { return s.from <= date && (s.until == "" || date < s.until) }

// councils writes the councils of blocks, which rise to those of communities, and
// these to the subdistrict's, and who sits on them.
func (t *guanlanTown) councils() {
	councils := t.table("councils.csv", "code", "name", "area", "quorum", "pass", "base", "strict", "abstain", "rises_to")
	seats := t.table("council_members.csv", "council", "person", "capacity", "vote", "from", "until")
	boards := t.table("boards.csv", "area", "facts", "goals")
	council := func(code, name, area, up string, list []seat) {
		councils.add(code, name, area, "2/3", "1/2", "present", "true", "against", up)
		for _, s := range list {
			seats.add(code, s.person, s.capacity, s.vote, s.from, s.until)
		}
	}
	var top []seat
	for i, x := range districts {
		person := fmt.Sprintf("JD%d", i+1)
		t.person(person, x[1]+"负责人(示意)", x[0], "civil-servant;member")
		top = append(top, seat{person, "街道部门", true, pilotBegan, ""})
	}
	for i, c := range t.communities {
		top = append(top, seat{c.code + "-P1", "社区党委书记", true, pilotBegan, ""})
		var list []seat
		for k := range pilots[i].blocks {
			list = append(list, seat{fmt.Sprintf("%s-P%d", c.code, k+1), "街区负责人", true, pilotBegan, ""})
		}
		council("LSH-"+c.code, c.name+"议事会", c.code, "LSH-GL", list)
	}
	council("LSH-GL", "街道联席会议", "GL", "", top)
	for i, b := range t.blocks {
		b.seats = t.seated(i, b)
		council(b.council(), b.name+"理事会", b.code, "LSH-"+b.parent, b.seats)
		t.post(b.code+"-LS", b.name+"理事", b.code+"-LSH", "council-member", b.code, 20, "", "议事协商")
		for _, s := range b.seats {
			t.sheets.held.add(s.person, b.code+"-LS", "part-time", s.from, s.until)
		}
		members := 0
		for _, g := range b.grids {
			members += len(g.members)
		}
		boards.add(b.code, fmt.Sprintf("红色网格%d个,%v户%v人,报到党员%d名", len(b.grids), b.more[0].value, b.more[1].value, members),
			"1:做实红色网格;3:党群服务、城市管理、安全管理;N:便民服务")
	}
}

func (b *block) council() string { return "LSH-" + b.code }

// seated is the council of a block: its head, the leads of all its red grids, and
// those whom people there know.
func (t *guanlanTown) seated(i int, b *block) []seat {
	list := []seat{{b.head, "街区负责人", true, pilotBegan, ""}}
	for _, g := range b.grids {
		list = append(list, g.leads(slices.Index(t.grids, g))...)
	}
	for k, capacity := range []string{"股份合作公司“三会”成员", "企业负责人", "环卫公司代表", "居民代表", "居民代表", "商户代表", "楼栋红马甲"} {
		person := fmt.Sprintf("LS%02d%d", i+1, k+1)
		t.person(person, fmt.Sprintf("理事%02d-%d", i+1, k+1), "", "")
		list = append(list, seat{person, capacity, true, pilotBegan, ""})
	}
	return append(list,
		seat{fmt.Sprintf("ZZ%02d2", i+1), "工作组负责人", true, pilotBegan, ""},
		seat{fmt.Sprintf("JC%02d1", i+1), "基础网格员", false, pilotBegan, ""})
}

// titles are what councils discuss.
var titles = []string{
	"疫情防控卡点值守安排", "核酸检测点秩序维护", "楼栋外墙乱张贴整治", "占道经营疏导点设置", "垃圾分类投放点调整", "背街小巷清洁排班",
	"增设电动车充电桩", "路口防撞柱安装", "晾晒区规划", "路灯增补", "健身器材维修", "公共停车位划线", "儿童游乐设施增设",
	"引入周末电影放映", "邻里节活动安排", "燃气入户动员", "消防通道清理", "出租楼共治小院建设", "门前三包公约修订", "积水点整治",
}

// topic is a topic of a meeting.
type topic struct {
	id, title     string
	block         *block
	at            time.Time
	yes, no, abst int
	tracking      bool
	meeting       string
}

// meetings writes the 145 meetings of the block councils, the 272 topics they
// passed, and who voted how.
func (t *guanlanTown) meetings() {
	d := newDraw("guanlan/meetings")
	meetings := t.table("meetings.csv", "id", "council", "at", "present")
	votes := t.table("votes.csv", "topic", "person", "vote")
	const shiyiMeetings, shiyiTopics = 12, 22
	perBlock := share(meetingsCount-shiyiMeetings, even(blocksCount-1))
	perMeeting := d.spread(topicsCount-shiyiTopics, meetingsCount-shiyiMeetings)
	shiyiPer := share(shiyiTopics, even(shiyiMeetings))
	var list []*topic
	for i, b := range t.blocks {
		counts := shiyiPer
		if i != shiyi {
			n := perBlock[0]
			perBlock, counts, perMeeting = perBlock[1:], perMeeting[:n], perMeeting[n:]
		}
		for k, at := range sessions(d, len(counts)) {
			id := fmt.Sprintf("HY-%s-%02d", b.code, k+1)
			voters, present := b.attend(d, date(at))
			meetings.add(id, b.council(), minute(at), strings.Join(present, ";"))
			for range counts[k] {
				x := &topic{id: fmt.Sprintf("YT-%s-%02d", b.code, b.next()), title: pick(d, titles...), block: b, at: at, meeting: id}
				if i == shiyi && k == 2 && x.id == "YT-"+b.code+"-05" {
					x.title = "荒废空地改建公益康乐园"
				}
				x.vote(d, voters, votes)
				list = append(list, x)
			}
		}
	}
	t.topics(d, list)
}

// next is the number of the block's next topic.
func (b *block) next() int {
	b.topics++
	return b.topics
}

// sessions is n evenings from the beginning of the pilot to the report, in order.
func sessions(d *draw, n int) []time.Time {
	const days = 390
	var list []time.Time
	for k := range n {
		at := began().AddDate(0, 0, 5+k*days/n+d.below(days/n-2))
		list = append(list, at.Add(19*time.Hour+time.Duration(15*d.below(4))*time.Minute))
	}
	return list
}

// attend is who comes on the date: two thirds of those who may vote, or more.
func (b *block) attend(d *draw, date string) (voters, present []string) {
	var may []string
	for _, s := range b.seats {
		switch {
		case !s.on(date):
		case s.vote:
			may = append(may, s.person)
		case d.percent(80):
			present = append(present, s.person)
		}
	}
	least := (2*len(may) + 2) / 3
	order := d.shuffled(len(may))[:d.between(least, len(may))]
	slices.Sort(order)
	for _, i := range order {
		voters = append(voters, may[i])
	}
	return voters, append(slices.Clone(voters), present...)
}

// vote lets those present vote until more than half of them are in favour.
func (x *topic) vote(d *draw, voters []string, votes *table) {
	var cast []string
	for 2*x.yes <= len(voters) {
		cast, x.yes, x.no, x.abst = nil, 0, 0, 0
		for range voters {
			switch n := d.below(100); {
			case n < 84:
				cast, x.yes = append(cast, "yes"), x.yes+1
			case n < 92:
				cast, x.no = append(cast, "no"), x.no+1
			default:
				cast, x.abst = append(cast, "abstain"), x.abst+1
			}
		}
	}
	for i, v := range voters {
		votes.add(x.id, v, cast[i])
	}
}

// topics writes every topic with its owner and due. Of the latest most, and of the
// earlier ones some, are still being tracked: 41 in all.
func (t *guanlanTown) topics(d *draw, list []*topic) {
	table := t.table("topics.csv", "id", "meeting", "title", "matter", "yes", "no", "abstain", "result", "owner", "due", "state", "done_at", "case", "project")
	tracked, latest := topicsCount-topicsDone, 30
	byTime := slices.Clone(list)
	slices.SortStableFunc(byTime, func(a, b *topic) int { return b.at.Compare(a.at) })
	for _, x := range byTime[:latest] {
		x.tracking = true
	}
	for _, i := range d.shuffled(len(byTime) - latest)[:tracked-latest] {
		byTime[latest+i].tracking = true
	}
	end := day(reportedOn)
	for _, x := range list {
		owner := x.block.code + "-HEAD"
		if d.percent(18) { // what the block cannot do by itself
			owner = pick(d, t.communities[x.block.pilot].code+"-Z", "CGB", "CJB", "YJB")
		}
		days := pick(d, 14, 30, 30, 60, 90)
		due := x.at.AddDate(0, 0, days)
		state, doneAt := "tracking", ""
		if !x.tracking {
			done := x.at.AddDate(0, 0, d.between(2, days-1)).Add(-9 * time.Hour)
			if d.percent(7) {
				done = due.AddDate(0, 0, d.between(1, 12))
			}
			if !done.Before(end) {
				done = end.Add(-time.Duration(d.between(8, 30)) * time.Hour)
			}
			state, doneAt = "done", minute(done)
		}
		table.add(x.id, x.meeting, x.title, "", x.yes, x.no, x.abst, "passed", owner, date(due)+" 18:00", state, doneAt, "", "")
	}
}
