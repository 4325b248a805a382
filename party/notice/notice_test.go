package notice_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

func golden(t *testing.T, file, got string) {
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(string(want), got), file)
}

func TestABlockAsItIsPutUp(t *testing.T) {
	n := block(t, func(*world) {})
	require.True(t, n.Publishable(), n.Missing)
	golden(t, "testdata/block.zh.txt", n.Text("zh"))
	golden(t, "testdata/block.en.txt", n.Text("en"))
	data, err := json.MarshalIndent(n, "", " ")
	require.NoError(t, err)
	golden(t, "testdata/block.json", string(data)+"\n")
	var again notice.Notice
	require.NoError(t, json.Unmarshal(data, &again))
	require.Equal(t, n.Hash(), again.Hash(), "a notice survives its JSON")
}

// TestEachThingMissingIsSaidAlone plants every kind once and finds nothing else.
func TestEachThingMissingIsSaidAlone(t *testing.T) {
	type missing = notice.Missing
	old := notice.Code("dahe.old")
	unstaffed := func(post party.Code) func(*world) {
		return func(w *world) {
			w.plan.Appointments = slices.DeleteFunc(w.plan.Appointments, func(a party.Appointment) bool { return a.Post == post })
		}
	}
	cases := map[notice.MissingKind]struct {
		spoil func(*world)
		want  missing
	}{
		notice.NoRule:  {func(w *world) { w.rules = nil }, missing{Area: old, Args: []string{"block"}}},
		notice.NoLevel: {func(w *world) { w.rules = rule(func(r *notice.Rule) { r.Below = "block" }) }, missing{Area: old, Args: []string{"block"}}},
		notice.NoFacts: {func(w *world) {
			w.boards[0].Facts = ""
			w.rules = rule(func(r *notice.Rule) { r.Counts, r.Attributes = []string{"dogs"}, []string{"kennel"} })
		}, missing{Area: old}},
		notice.NoGoals: {func(w *world) { w.boards[0].Goals = "" }, missing{Area: old}},
		notice.NoHead: {func(w *world) {
			unstaffed("head")(w)
			unstaffed("vice")(w)
		}, missing{Area: old, Post: "head"}},
		notice.NoContact:  {func(w *world) { w.plan.Posts[0].Public = "" }, missing{Area: old, Post: "head"}},
		notice.NoLead:     {unstaffed("lead2"), missing{Area: "g2", Post: "lead2"}},
		notice.VacantPost: {func(w *world) { w.plan.Posts[4].Quota = 4 }, missing{Area: old, Post: "clerk", Args: []string{"2"}}},
		notice.NoCouncil:  {func(w *world) { w.in.Council = nil }, missing{Area: old}},
		notice.NoName:     {func(w *world) { w.plan.People[4].Name = "" }, missing{Area: old, Post: "clerk"}},
		notice.TooLong: {func(w *world) { w.boards[0].Goals = strings.Repeat("治", notice.TextMaxDefault+1) },
			missing{Area: old, Field: "goals", Args: []string{"601", "600"}}},
		notice.PersonalNumber: {func(w *world) { w.plan.Posts[4].Public = "(0755) 2800 1235" },
			missing{Area: old, Post: "clerk", Field: "contact"}},
	}
	for kind, c := range cases {
		t.Run(string(kind), func(t *testing.T) {
			c.want.Kind = kind
			n := block(t, c.spoil)
			require.Empty(t, cmp.Diff([]missing{c.want}, n.Missing))
			require.False(t, n.Publishable())
			require.NotContains(t, n.Missing[0].Text("zh")+n.Missing[0].Text("en"), "{")
		})
	}
	n := notice.Build(newWorld().input(t), "nowhere", day(20))
	require.Equal(t, []missing{{Kind: notice.UnknownArea, Area: "nowhere"}}, n.Missing)
	require.Len(t, notice.MissingKinds(), len(cases)+1, "every kind was planted")
}

func rule(change func(*notice.Rule)) map[string]notice.Rule {
	r := newWorld().rules["block"]
	change(&r)
	return map[string]notice.Rule{"block": r}
}

func TestTheLongestTextIsNotTooLong(t *testing.T) {
	n := block(t, func(w *world) {
		w.in.TextMax = 12
		w.boards[0].Facts, w.boards[0].Goals = "", strings.Repeat("治", 12)
		w.plan.Posts[0].Duties, w.plan.Posts[4].Duties = "", ""
	})
	require.Empty(t, n.Missing)
}

// Who stands in is shown as such, and only while nobody is appointed.
func TestActing(t *testing.T) {
	in := newWorld().input(t)
	before, on := notice.Build(in, "dahe.old", day(25).Add(-time.Millisecond)), notice.Build(in, "dahe.old", day(25))
	require.Equal(t, notice.Held, before.Head.State)
	require.Equal(t, notice.Acting, on.Head.State)
	require.Equal(t, "黄大标", on.Head.Name)
	require.Equal(t, notice.Code("vice"), on.Head.Deputy)
	require.Equal(t, "0755-28001000", on.Head.Contact, "the contact is the post's")
	require.Contains(t, on.Text("zh"), "老街街区负责人：黄大标（代：岗位空缺，由老街街区副负责人代理）")
	require.True(t, on.Publishable(), on.Missing)
	require.Empty(t, cmp.Diff([]notice.Change{
		{Part: notice.PartHead, Area: "dahe.old", Old: "何小婷", New: "黄大标"},
		{Part: notice.PartActing, Area: "dahe.old", Post: "head", New: "vice 老街街区副负责人", Came: true},
	}, notice.Diff(before, on)))
}

// A post of a party that does not exist at the instant is not on the board.
func TestInactivePosts(t *testing.T) {
	n := block(t, func(w *world) { w.plan.Parties[1].During = party.Interval{Until: day(20)} })
	require.Empty(t, n.Staff)
	n = block(t, func(w *world) { w.plan.Parties[1].During = party.Interval{From: day(20)} })
	require.Len(t, n.Staff, 2)
}

func TestErasureKeepsThePlaceAndTheHash(t *testing.T) {
	in := newWorld().input(t)
	old := notice.Build(in, "dahe.old", day(20))
	in.Directory = in.Directory.Erase("p3")
	n := notice.Build(in, "dahe.old", day(20))
	require.Equal(t, old.Hash(), n.Hash())
	require.Equal(t, []notice.Missing{
		{Kind: notice.NoName, Area: "dahe.old", Field: "council"}, {Kind: notice.NoName, Area: "g1", Post: "lead1"},
	}, n.Missing)
	require.Equal(t, notice.Held, n.Leads[0].State)
	require.Contains(t, n.Text("zh"), "第1红色网格牵头人："+notice.NameErased)
	require.NotContains(t, n.Text("zh"), "朱远华")
}

func TestAnOldNoticeIsMadeAgain(t *testing.T) {
	in := newWorld().input(t)
	changed := newWorld()
	changed.plan.Appointments = append(changed.plan.Appointments, party.Appointment{Person: "p6", Post: "vice", During: from(21)})
	changed.boards[0].During.Until = day(21)
	changed.boards = append(changed.boards, notice.Board{Area: "dahe.old", Goals: "新目标", During: from(21)})
	later := changed.input(t)
	bytes := func(in notice.Input, at time.Time) string {
		data, err := json.Marshal(notice.Build(in, "dahe.old", at))
		require.NoError(t, err)
		return string(data)
	}
	require.Equal(t, bytes(in, day(20)), bytes(later, day(20)), "what came later changes nothing")
	require.Equal(t, bytes(in, day(20)), bytes(in, day(20).UTC()), "the zone is the Input's")
	require.NotEqual(t, bytes(in, day(22)), bytes(later, day(22)))
}

func TestAnEmptyInputIsNoPanic(t *testing.T) {
	n := notice.Build(notice.Input{}, "x", time.Time{})
	require.Equal(t, []notice.MissingKind{notice.UnknownArea}, kinds(n))
	require.NotEmpty(t, n.Text("zh"))
	require.Empty(t, slices.Collect(notice.All(notice.Input{}, day(1))))
	require.NotZero(t, n.Hash())
	m, err := grid.Build(units(), grid.Options{Levels: []string{"community", "block", "redgrid"}})
	require.NoError(t, err)
	n = notice.Build(notice.Input{Map: m, Rules: map[string]notice.Rule{"block": {}}}, "dahe.new", day(1))
	require.Equal(t, []notice.MissingKind{notice.NoFacts, notice.NoGoals, notice.NoHead}, kinds(n))
	require.Equal(t, "Notice of 新街街区\n大河社区 / 新街街区\nAs of 2022-04-30\n\nHead\n  post: vacant\n", n.Text("en"))
}

func TestEveryTextExists(t *testing.T) {
	for _, kind := range notice.MissingKinds() {
		m := notice.Missing{Kind: kind, Area: "a", Args: []string{"1", "2"}}
		require.NotContains(t, m.Text("zh"), string(kind))
		require.NotEqual(t, m.Text("zh"), m.Text("en"))
	}
	for _, part := range notice.Parts() {
		c := notice.Change{Part: part, Old: "1", New: "2"}
		require.NotEqual(t, c.Text("zh"), c.Text("en"), part)
		require.NotContains(t, c.Text("zh"), string(part))
	}
}
