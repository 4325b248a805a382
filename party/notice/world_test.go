package notice_test

import (
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

var shenzhen = time.FixedZone("CST", 8*3600)

func day(n int) time.Time { return time.Date(2022, 5, n, 0, 0, 0, 0, shenzhen) }

func from(n int) party.Interval { return party.Interval{From: day(n)} }

func square(x float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, 22}, {x + 0.01, 22}, {x + 0.01, 22.01}, {x, 22.01}, {x, 22}}}}
}

// units is a community of two blocks; the first has two red grids (all made up).
func units() []grid.Unit {
	return []grid.Unit{
		{Code: "dahe", Name: "大河社区", Level: 0},
		{Code: "dahe.old", Parent: "dahe", Name: "老街街区", Level: 1,
			Counts: map[string]int64{"people": 3120, "buildings": 86}, Attrs: map[string]string{"market": "大河集市"}},
		{Code: "dahe.new", Parent: "dahe", Name: "新街街区", Level: 1, Boundary: square(114.5)},
		{Code: "g1", Parent: "dahe.old", Name: "第1红色网格", Level: 2, Boundary: square(114.0)},
		{Code: "g2", Parent: "dahe.old", Name: "第2红色网格", Level: 2, Boundary: square(114.2)},
	}
}

func plan() party.Plan {
	return party.Plan{
		Parties: []party.Party{{Code: "committee", Name: "大河社区党委"}, {Code: "station", Parent: "committee", Name: "社区工作站"}},
		People: []party.Person{
			{Code: "p1", Name: "何小婷", Phone: "138 0013 8001"}, {Code: "p2", Name: "黄大标", Phone: "13800138002"},
			{Code: "p3", Name: "朱远华", Phone: "13800138003"}, {Code: "p4", Name: "郑晚霞", Phone: "13800138004", Consent: true},
			{Code: "p5", Name: "陈一锋", Phone: "0755-28001235"}, {Code: "p6", Name: "吴双"},
		},
		Posts: []party.Post{
			{Code: "head", Party: "committee", Name: "老街街区负责人", Role: "block-head", Area: "dahe.old", Deputy: "vice",
				Public: "0755-28001000", Duties: "统筹街区治理，召集理事会"},
			{Code: "vice", Party: "committee", Name: "老街街区副负责人", Role: "block-vice", Area: "dahe.old"},
			{Code: "lead1", Party: "committee", Name: "牵头人", Role: "grid-lead", Area: "g1", Public: "0755-28001001"},
			{Code: "lead2", Party: "committee", Name: "牵头人", Role: "grid-lead", Area: "g2", Public: "13800138004"},
			{Code: "clerk", Party: "station", Name: "专职工作者", Role: "clerk", Area: "dahe.old", Quota: 2,
				Public: "0755-28001002", Duties: "党群服务、城市管理、安全管理"},
		},
		Appointments: []party.Appointment{
			{Person: "p1", Post: "head", During: party.Interval{From: day(1), Until: day(25)}},
			{Person: "p2", Post: "vice", During: from(1)},
			{Person: "p3", Post: "lead1", During: from(1)}, {Person: "p4", Post: "lead2", Kind: party.PartTime, During: from(1)},
			{Person: "p5", Post: "clerk", During: from(1)}, {Person: "p6", Post: "clerk", Kind: party.Mobile, During: from(1)},
			{Person: "p3", Post: "clerk", Kind: party.Volunteer, During: from(1)},
		},
	}
}

func boards() []notice.Board {
	return []notice.Board{{
		Area: "dahe.old", Facts: "东至河堤，西至老街口。\n以出租楼为主。", Goals: "共建共治共享", During: from(1),
	}}
}

func seats(area notice.Code, _ time.Time) []notice.Seat {
	if area != "dahe.old" {
		return nil
	}
	return []notice.Seat{{Person: "p1", Capacity: "街区负责人"}, {Person: "p3", Capacity: "红色网格牵头人"}, {Person: "p6"}}
}

// world is everything a test may spoil before an Input is made of it.
type world struct {
	units  []grid.Unit
	plan   party.Plan
	boards []notice.Board
	rules  map[string]notice.Rule
	in     notice.Input
}

func newWorld() world {
	return world{units: units(), plan: plan(), boards: boards(),
		rules: map[string]notice.Rule{"block": {
			Head: "block-head", Below: "redgrid", Lead: "grid-lead", Staff: []string{"clerk"},
			Counts: []string{"people", "buildings"}, Attributes: []string{"market"}, Council: true,
		}},
		in: notice.Input{Council: seats, Zone: shenzhen, Terms: []notice.Term{
			{Key: "people", En: "People", Zh: "人口"}, {Key: "buildings", En: "Buildings", Zh: "楼栋"},
			{Key: "market", En: "Market", Zh: "集市"}, {Key: "redgrid", En: "Red grids", Zh: "红色网格"}, {Key: "block", En: "Block", Zh: "街区"},
		}}}
}

func (w world) input(t require.TestingT) notice.Input {
	m, err := grid.Build(w.units, grid.Options{Levels: []string{"community", "block", "redgrid"}})
	require.NoError(t, err)
	d, err := party.NewDirectory(m, w.plan)
	require.NoError(t, err)
	texts, err := notice.NewTexts(w.boards)
	require.NoError(t, err)
	w.in.Map, w.in.Directory, w.in.Texts, w.in.Rules = m, d, texts, w.rules
	return w.in
}

func kinds(n notice.Notice) []notice.MissingKind {
	var list []notice.MissingKind
	for _, m := range n.Missing {
		list = append(list, m.Kind)
	}
	return list
}

func block(t *testing.T, spoil func(*world)) notice.Notice {
	w := newWorld()
	spoil(&w)
	return notice.Build(w.input(t), "dahe.old", day(20))
}
