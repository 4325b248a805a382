package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
