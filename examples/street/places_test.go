package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// embedded loads a place that is built in.
func embedded(t *testing.T, name string) *street.Folder {
	t.Helper()
	fsys, err := fs.Sub(places, "places/"+name)
	require.NoError(t, err)
	f, err := street.Load(fsys, street.LoadOptions{Zone: time.LoadLocation})
	require.NoError(t, err)
	return f
}

// TestGuangming: 494 people in the squads, 275 resident and 219 mobile, as of dates.
func TestGuangming(t *testing.T) {
	f := embedded(t, "guangming")
	on := func(year, month, day int) (resident, mobile int) {
		at := time.Date(year, time.Month(month), day, 12, 0, 0, 0, f.Zone)
		for post := range f.Directory.Posts() {
			if post.Role != "squad-member" {
				continue
			}
			for a := range f.Directory.Appointments(post.Code) {
				switch {
				case !a.During.Holds(at):
				case a.Kind == party.Mobile:
					mobile++
				default:
					resident++
				}
			}
		}
		return resident, mobile
	}
	for _, c := range []struct{ year, month, day, resident, mobile int }{
		{2018, 10, 1, 0, 0}, {2018, 11, 1, 275, 219}, {2019, 1, 1, 275, 219},
	} {
		resident, mobile := on(c.year, c.month, c.day)
		require.Equal(t, [2]int{c.resident, c.mobile}, [2]int{resident, mobile}, c)
	}
	resident, mobile := on(2019, 2, 15)
	require.NotEqual(t, 494, resident+mobile, "a month that differs on purpose")
	require.Equal(t, 150, f.Map.LeafCount())
	require.Empty(t, f.AuditStructure(time.Date(2019, 1, 15, 0, 0, 0, 0, f.Zone)), "set up as 1+1+6")
	require.NotEmpty(t, f.AuditStructure(time.Date(2018, 10, 1, 0, 0, 0, 0, f.Zone)), "not before the reform")
}

// TestMajiang: 44 posts, 22 grid leaders for 45 grids, 251 building captains.
func TestMajiang(t *testing.T) {
	f := embedded(t, "majiang")
	at := f.Latest()
	quota, captains, leaders := map[string]int{}, 0, map[street.Code]bool{}
	for p := range f.Directory.Posts() {
		if p.Quota > 0 {
			quota[p.Role] += p.Quota
		}
		if p.Role == "building-captain" {
			_, ok := f.Directory.Captain(p.Place, at)
			require.True(t, ok)
			captains++
		}
	}
	require.Equal(t, 251, captains)
	require.Equal(t, [4]int{10, 4, 8, 22}, [4]int{quota["centre-leader"], quota["centre-staff"], quota["station-chief"], quota["grid-leader"]})
	grids := 0
	for r := range f.Map.All() {
		info := f.Map.Info(r)
		if !info.Leaf {
			continue
		}
		grids++
		for m := range f.Directory.Team(info.Code, at) {
			if m.Role == "grid-head" {
				leaders[m.Person] = true
			}
		}
	}
	require.Equal(t, 45, grids)
	require.Len(t, leaders, 22)
	require.Empty(t, f.AuditStructure(at))
}

// TestGuanlan: 20 blocks, 68 red grids, 468 people registered, and what the councils
// did: 145 meetings, 272 topics, 231 done and 41 tracking.
func TestGuanlan(t *testing.T) {
	f := embedded(t, "guanlan")
	levels := map[int]int{}
	for r := range f.Map.All() {
		levels[f.Map.Info(r).Level]++
	}
	at := time.Date(2022, 5, 20, 12, 0, 0, 0, f.Zone)
	require.Equal(t, 68, f.Map.LeafCount())
	require.Equal(t, 20, levels[len(f.Levels)-2])
	require.Equal(t, 468, f.Directory.Registered("", party.ReportIn, at))
	require.Zero(t, f.Directory.Registered("", party.ReportIn, time.Date(2020, 1, 1, 0, 0, 0, 0, f.Zone)))
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), at, nil))
	var n council.Counts
	require.NoError(t, s.Rounds(t.Context(), func(l *rounds.Log) {
		n := l.Count(rounds.Filter{}, rounds.DateOf(at))
		require.Equal(t, n.Due, n.Made+n.Missed+n.Open)
		require.Positive(t, n.Made)
		require.Positive(t, n.Missed, "a month was missed, and stays so")
		require.GreaterOrEqual(t, n.PersonVisits, 4000)
		t.Logf("%+v", n)
	}))
	require.NoError(t, s.Councils(t.Context(), func(m *council.Minutes) {
		var all []council.Code
		for c := range m.Councils() {
			all = append(all, c.Code)
		}
		n = m.Count(all, council.Interval{}, at)
	}))
	require.Equal(t, council.Counts{Meetings: 145, Raised: 272, Done: 231, Tracking: 41}, n)
	for r := range f.Map.All() {
		if info := f.Map.Info(r); info.Level == len(f.Levels)-2 {
			board, err := s.Notice(t.Context(), info.Code, at)
			require.NoError(t, err)
			require.NotEmpty(t, board.Head.Name, info.Code)
			require.NotEmpty(t, board.Leads)
		}
	}
}

// TestNoPersonalNumberIsShown: no result of a run and no notice of any area at any
// of several dates has the number of a person who did not consent.
func TestNoPersonalNumberIsShown(t *testing.T) {
	for _, name := range []string{"guangming", "majiang", "guanlan"} {
		f := embedded(t, name)
		var numbers []string
		for p := range f.Directory.People() {
			if number, ok := f.Directory.Call(p.Code); ok && !p.Consent {
				numbers = append(numbers, digits(number))
			}
		}
		require.NotEmpty(t, numbers, name)
		clean := func(what, text string) {
			text = digits(text)
			for _, n := range numbers {
				require.False(t, strings.Contains(text, n), "%s shows a number", what)
			}
		}
		dir := t.TempDir()
		code, stdout, stderr := command("-quiet", "-street", name, "-lang", "zh", "-out", dir)
		require.Equal(t, exitDone, code, stderr)
		clean(name+" stdout", stdout+stderr)
		for _, file := range []string{"decisions.csv", "summary.json", "report.html"} {
			data, err := os.ReadFile(filepath.Join(dir, file))
			require.NoError(t, err)
			clean(name+" "+file, string(data))
		}
		s, err := street.Open(t.Context(), f, journal.NewMemory())
		require.NoError(t, err)
		for _, at := range []time.Time{f.Latest(), f.Latest().AddDate(-1, 0, 0), f.Latest().AddDate(-5, 0, 0)} {
			require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
			for r := range f.Map.All() {
				board, err := s.Notice(t.Context(), f.Map.Info(r).Code, at)
				require.NoError(t, err)
				data, err := json.Marshal(board)
				require.NoError(t, err)
				clean(name+" notice", string(data)+board.Text("zh")+board.Text("en"))
			}
		}
	}
}

// digits is what is left of a text without all else.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// What the runner answers about people, from the command line.
func TestPeopleOnTheCommandLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"duty", "-street", "guangming", "-at", "2019-01-15 22:00", "IC"}, exitDone, []string{"2019-01-15T22:00:00+08:00", "IC"}},
		{[]string{"worklist", "-street", "luohu", "nobody"}, exitBadInput, []string{"street: bad input: there is no post, party, person or area nobody"}},
		{[]string{"worklist", "-street", "luohu", "-lang", "zh", "nobody"}, exitBadInput, []string{"street：输入有误：没有编码为nobody的岗位、单位、人员或区域"}},
		{[]string{"trace", "-street", "luohu", "-lang", "zh", "nothing"}, exitBadInput, []string{"street：输入有误：没有案件nothing（截至"}},
		{[]string{"duty", "-street", "guangming", "nobody"}, exitBadInput, []string{"there is no post, party or area nobody"}},
		{[]string{"duty", "-street", "guangming", "-at", "soon", "IC"}, exitBadInput, []string{"-at"}},
		{[]string{"duty", "-street", "guangming"}, exitBadInput, []string{"want one post, party or area"}},
		{[]string{"council", "-street", "guanlan", "-lang", "zh"}, exitDone, []string{"145", "272", "231", "41"}},
		{[]string{"council", "-street", "guanlan", "nowhere"}, exitBadInput, []string{"there is no council nowhere"}},
		{[]string{"visits", "-street", "guanlan"}, exitDone, []string{"6460", "5674", "38", "748"}},
		{[]string{"visits", "-street", "guanlan", "nowhere"}, exitBadInput, []string{"there is no area nowhere"}},
		{[]string{"notice", "-street", "majiang", "-lang", "zh", "MJ1"}, exitDone, []string{"城江社区公示牌", "2728"}},
		{[]string{"notice", "-street", "majiang", "nowhere"}, exitBadInput, []string{"there is no area nowhere"}},
		{[]string{"notice", "-street", "guangming", "-at", "2010-01-01", "IC"}, exitBadInput, []string{"there is no area IC"}},
	} {
		code, stdout, stderr := command(c.args...)
		require.Equal(t, c.code, code, "%v: %s", c.args, stderr)
		for _, want := range c.want {
			require.Contains(t, stdout+stderr, want, "%v", c.args)
		}
	}
	code, stdout, stderr := command("council", "-street", "guanlan")
	require.Equal(t, exitDone, code, stderr)
	require.Equal(t, 1+1+24, strings.Count(stdout, "\n"), "a head, the total and every council, however many a page shows")
	code, stdout, stderr = command("check", "-json", "-street", "guanlan")
	require.Equal(t, exitDone, code, stderr)
	var listed struct{ Findings []finding }
	require.NoError(t, json.Unmarshal([]byte(stdout), &listed))
	require.Len(t, listed.Findings, 2)
}

// A run tells what was refused: on the terminal, in summary.json and on the page.
func TestRefusalsAreShown(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("places/guanlan-mini")))
	file := filepath.Join(dir, "commands.jsonl")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	more := `{"at":"2026-03-20 10:00","key":"too-much","machine":"book","do":"pay","commitment":"none","payment":"P9","amount":"1.00"}` + "\n"
	require.NoError(t, os.WriteFile(file, append(data, more...), 0o600))
	out := t.TempDir()
	code, stdout, stderr := command("-dir", dir, "-out", out)
	require.Equal(t, exitDone, code, stderr)
	line := fmt.Sprintf("commands.jsonl:%d: there is no commitment none", strings.Count(string(data), "\n")+1)
	require.Contains(t, stdout, line)
	text, err := os.ReadFile(filepath.Join(out, "summary.json"))
	require.NoError(t, err)
	var sum summary
	require.NoError(t, json.Unmarshal(text, &sum))
	require.Equal(t, "refused.no-commitment", sum.Findings[0].Code)
	page, err := os.ReadFile(filepath.Join(out, "report.html"))
	require.NoError(t, err)
	require.Contains(t, string(page), "there is no commitment none")
}

// The page has a section for each thing about people that the folder has.
func TestSectionsAboutPeople(t *testing.T) {
	for name, want := range map[string][]string{
		"guangming": {"当前值班"}, "guanlan": {"当前值班", "议事会", "走访"}, "majiang": {"当前值班"}, "boston": nil,
	} {
		dir := t.TempDir()
		code, _, stderr := command("-quiet", "-street", name, "-lang", "zh", "-out", dir)
		require.Equal(t, exitDone, code, stderr)
		page, err := os.ReadFile(filepath.Join(dir, "report.html"))
		require.NoError(t, err)
		for _, title := range []string{"当前值班", "议事会", "走访", "需求与资源", "尚不能公示的公示牌", "机构设置与规则不符"} {
			require.Equal(t, slices.Contains(want, title), strings.Contains(string(page), "<h2>"+title+"</h2>"), "%s: %s", name, title)
		}
	}
}

// TestLuohu: one entrance for five channels, two parties pushed at once, repeats that
// become reports of one case, disputes of one, two and three levels, matters handed down
// with their money.
func TestLuohu(t *testing.T) {
	f := embedded(t, "luohu")
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	pushed, attached, outcomes := 0, 0, map[string]int{}
	for r := range s.Rows(f.Latest()) {
		c, ok := s.CaseOf(r.Event)
		require.True(t, ok)
		if c.ID != r.Event {
			attached++
			require.NotEmpty(t, c.Reports)
		}
		if c.Event.Matter == "市容.门前三包" {
			pushed++
			require.NotNil(t, c.Push, "both are told at once")
			owner, ok := f.Directory.Party(c.Rectifier.Party)
			require.True(t, ok)
			require.Contains(t, []string{"shop", "property", "company"}, owner.Kind)
			require.Equal(t, street.Code("CGB"), c.Regulator.Party)
			require.True(t, c.State != dispatch.StateClosed || c.Push.Accepted, "it ends when the regulator accepts")
		}
		if c.Event.Matter == "民生.调解" && c.State == dispatch.StateClosed {
			outcomes[c.Outcome]++
		}
	}
	require.Equal(t, 24, attached)
	require.Greater(t, pushed, 50)
	require.Len(t, outcomes, 4)
	require.Greater(t, outcomes["settled"], outcomes["judicially_confirmed"])
	for id, want := range map[street.Code]dispatch.Contention{
		"ZY01": {Level: 1, Body: "SJ", Ruled: 1}, "ZY02": {Level: 2, Body: "QCG", Ruled: 2}, "ZY03": {Level: 3, Body: "WYH", Ruled: 3, Final: true},
	} {
		c, _ := s.Case(id)
		require.NotNil(t, c.Contention, id)
		got := *c.Contention
		require.Equal(t, want, dispatch.Contention{Level: got.Level, Body: got.Body, Ruled: got.Ruled, Final: got.Final}, id)
		require.Equal(t, dispatch.StateClosed, c.State)
	}
	states := map[street.Code]dispatch.MandateState{}
	require.NoError(t, s.View(t.Context(), func(d *dispatch.Desk, _ *finance.Book) {
		for m := range d.Mandates() {
			states[m.ID] = m.State
		}
	}))
	require.Equal(t, map[street.Code]dispatch.MandateState{
		"ZR01": dispatch.MandateInForce, "ZR02": dispatch.MandateEnded, "ZR03": dispatch.MandateInForce, "ZR04": dispatch.MandateRefused, "ZR05": dispatch.MandateApplication,
	}, states)
	granted := map[street.Code]string{}
	for _, d := range s.Disclosures() {
		granted[d.Mandate] = d.Granted.String()
	}
	require.Equal(t, map[street.Code]string{"ZR01": "180000.00", "ZR02": "120000.00", "ZR03": "260000.00"}, granted)
}
