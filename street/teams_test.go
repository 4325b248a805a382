package street_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// A team that is a post is whoever holds it, as they come and go; one of
// visit_teams.csv is there from its first row's day to its last one's.
func TestTeamsHaveDates(t *testing.T) {
	folder := roundsFolder()
	set(folder, "people.csv", "code,name\np1,陈一\np2,林二\np3,黄三\np4,何四\n")
	edit(folder, "posts.csv", "houses:H25", "houses:H25,2")
	edit(folder, "posts.csv", "area,limit", "area,quota,limit")
	edit(folder, "posts.csv", "G1,2000", "G1,,2000")
	set(folder, "appointments.csv", "person,post,kind,from,until\np1,lead1,resident,2021-01-01,\np2,captain,volunteer,2021-01-01,2021-08-20\np3,captain,volunteer,2021-08-20 08:00,\np2,captain,mobile,2021-08-20,2021-08-25\n")
	set(folder, "visit_plans.csv", "area,class,every,teams,start\nNH,key,1mo,lead1;captain,2021-08-01\n")
	set(folder, "visit_teams.csv", "区域,分类,班组,人员,开始,结束\nNH,重点,t3,p4,2021-08-10,2021-09-05\nNH,key,lead1,p4,2021-09-05,\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
	require.NoError(t, s.Rounds(t.Context(), func(l *rounds.Log) {
		on := func(team street.Code, month time.Month, day int) []street.Code {
			return l.Members("NH.key", team, rounds.DateOf(time.Date(2021, month, day, 0, 0, 0, 0, time.UTC)))
		}
		require.Equal(t, []street.Code{"p2"}, on("captain", 8, 20), "the appointments touch")
		require.Equal(t, []street.Code{"p2", "p3"}, on("captain", 8, 21), "p3 holds it at midnight")
		require.Equal(t, []street.Code{"p3"}, on("captain", 8, 25))
		require.Equal(t, []street.Code{"p4"}, on("t3", 8, 10))
		require.Empty(t, on("t3", 9, 5))
		require.Equal(t, []street.Code{"p1", "p4"}, on("lead1", 9, 5))
		plan, ok := l.Plan("NH.key")
		require.True(t, ok)
		require.ElementsMatch(t, []street.Code{"lead1", "captain"}, plan.Teams)
	}))
}

func TestFaultsOfTeams(t *testing.T) {
	for name, c := range map[string]struct{ row, want string }{
		"plan":     {"G1,key,t3,p1,,", "visit_teams.csv:2:1: visit_plans.csv has no plan of area G1 and class key"},
		"person":   {"NH,key,t3,p9,,", "visit_teams.csv:2:11: person p9 is not in people.csv"},
		"two":      {"NH,key,t3,p1,,", "visit_teams.csv:2:11: person p1 is in team t1 at that time"},
		"interval": {"NH,key,t3,p1,2021-09-02,2021-09-01", "visit_teams.csv:2:25: until 2021-09-01 is not after from 2021-09-02"},
	} {
		folder := roundsFolder()
		set(folder, "visit_teams.csv", "area,class,team,person,from,until\n"+c.row+"\n")
		_, err := street.Load(folder, options)
		require.EqualError(t, err, c.want, name)
	}
	folder := roundsFolder()
	edit(folder, "visit_plans.csv", "t1=p1", "t1")
	_, err := street.Load(folder, options)
	require.EqualError(t, err, "visit_plans.csv:2:12: teams t1 is no post, and neither it nor visit_teams.csv names its people: write t1=p1+p2")
}

// TestTeamsEqualAScan lives random rows and compares who is in which team on each
// day with a scan of the rows.
func TestTeamsEqualAScan(t *testing.T) { rapid.Check(t, teamsEqualAScan) }

func FuzzTeamsEqualAScan(f *testing.F) { f.Fuzz(rapid.MakeFuzz(teamsEqualAScan)) }

func teamsEqualAScan(t *rapid.T) {
	zone := time.FixedZone("", 8*3600)
	start := time.Date(2021, 8, 1, 0, 0, 0, 0, zone)
	instant := func(label string) time.Time {
		if rapid.IntRange(0, 3).Draw(t, label+" open") == 0 {
			return time.Time{}
		}
		return start.Add(time.Duration(rapid.IntRange(-6, 40).Draw(t, label)) * 12 * time.Hour)
	}
	type line struct {
		team, person string
		from, until  time.Time
	}
	// A day counts when its midnight lies in the interval.
	holds := func(l line, day time.Time) bool {
		return !day.Before(l.from) && (l.until.IsZero() || day.Before(l.until))
	}
	var lines []line
	var text strings.Builder
	text.WriteString("area,class,team,person,from,until\n")
	stamp := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.Format("2006-01-02 15:04")
	}
	for range rapid.IntRange(0, 8).Draw(t, "rows") {
		l := line{
			rapid.SampledFrom([]string{"t1", "t2", "t3", "t4"}).Draw(t, "team"), rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(t, "person"),
			instant("from"), instant("until"),
		}
		clash := !l.from.IsZero() && !l.until.IsZero() && !l.until.After(l.from)
		for day := start; day.Before(start.AddDate(0, 0, 60)); day = day.AddDate(0, 0, 1) {
			for _, o := range lines {
				clash = clash || o.person == l.person && holds(o, day) && holds(l, day)
			}
		}
		if !clash {
			lines = append(lines, l)
			fmt.Fprintf(&text, "NH,key,%s,%s,%s,%s\n", l.team, l.person, stamp(l.from), stamp(l.until))
		}
	}
	teams := "t1=p4"
	if strings.Contains(text.String(), "t2") {
		teams = "t2;t1=p4" // t2 is there from the start, whenever its people come
	}
	folder := roundsFolder()
	set(folder, "people.csv", "code,name\np1,一\np2,二\np3,三\np4,四\n")
	set(folder, "visit_plans.csv", "area,class,every,teams,start\nNH,key,1mo,"+teams+",2021-08-01\n")
	set(folder, "visit_teams.csv", text.String())
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), start.AddDate(0, 0, 60), nil))
	require.NoError(t, s.Rounds(t.Context(), func(log *rounds.Log) {
		for day := start; day.Before(start.AddDate(0, 0, 60)); day = day.AddDate(0, 0, 1) {
			for _, team := range []string{"t1", "t2", "t3", "t4"} {
				var want []street.Code
				for _, person := range []string{"p1", "p2", "p3", "p4"} {
					in := team == "t1" && person == "p4"
					for _, l := range lines {
						in = in || l.team == team && l.person == person && holds(l, day)
					}
					if in {
						want = append(want, street.Code(person))
					}
				}
				got := log.Members("NH.key", street.Code(team), rounds.DateOf(day))
				require.Empty(t, cmp.Diff(want, got), "%s on %s\n%s", team, day, text.String())
			}
		}
	}))
	refused, err := s.Refused(t.Context())
	require.NoError(t, err)
	require.Empty(t, refused)
}
