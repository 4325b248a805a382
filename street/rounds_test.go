package street_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// roundsFolder is wholeFolder with households, visits, a shift and attendance.
func roundsFolder() fstest.MapFS {
	f := wholeFolder()
	delete(f, "commands.jsonl")
	set(f, "households.csv", "code,area,class\nh1,G1,重点\nh2,G2,key\n")
	set(f, "visit_plans.csv", "area,class,every,teams,start\nNH,key,1mo,t1=p1;t2=p2,2021-08-01\n")
	set(f, "visits.csv", "household,at,people,kind\nh1,2021-08-05 10:00,p1,上门\nh1,2021-09-06 10:00,p1;p2,上门\nh2,2021-09-07 10:00,p2,\n")
	set(f, "tasks.csv", "id,squad,shift,text,result,reason\nk1,squad,2021-09-06,巡查,已完成,\nk2,squad,2021-09-06,登记,未完成,下雨\nk3,squad,2021-09-07 20:00-08:00,夜查,,\n")
	set(f, "attendance.csv", "person,date,in,out,status\np1,2021-09-06,08:10,18:00,迟到\np1,2021-09-07,20:00,08:00,\np2,2021-09-06,,,缺勤\n")
	return f
}

// Visits, shifts and attendance of a folder are lived through; playing again
// changes nothing, and a missed month is a gap.
func TestRoundsAreLived(t *testing.T) {
	f, err := street.Load(roundsFolder(), options)
	require.NoError(t, err)
	require.Empty(t, f.Findings)
	store := journal.NewMemory()
	for range 2 {
		s, err := street.Open(t.Context(), f, store)
		require.NoError(t, err)
		require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
		refused, err := s.Refused(t.Context())
		require.NoError(t, err)
		require.Empty(t, refused)
		require.NoError(t, s.Rounds(t.Context(), func(l *rounds.Log) {
			today := rounds.DateOf(f.Latest().In(f.Zone))
			require.Equal(t, rounds.Counts{Due: 4, Made: 3, Missed: 1, Visits: 3, PersonVisits: 4}, l.Count(rounds.Filter{}, today))
			require.Equal(t, rounds.Counts{Due: 2, Made: 1, Missed: 1, Visits: 1, PersonVisits: 1}, l.Count(rounds.Filter{Area: "G2"}, today))
			require.Equal(t, rounds.TaskCounts{Shifts: 2, Debriefed: 1, Overdue: 1, Tasks: 3, Done: 1, Undone: 1, Open: 1}, l.CountTasks("squad", 0, 0))
			require.Equal(t, rounds.Attendance{Attended: 590 + 720, Records: 2, Present: 1, Lates: 1}, l.Attended("p1", "", 0, 0), "no shift names its people")
		}))
	}
}

// Attendance is held against the shifts that name their people.
func TestShiftsNameTheirPeople(t *testing.T) {
	folder := roundsFolder()
	set(folder, "tasks.csv", "id,squad,shift,text,result,reason,当班人员\nk1,squad,2021-09-06,巡查,已完成,,p1\nk2,squad,2021-09-06,登记,未完成,下雨,p1；p2\nk3,squad,2021-09-07 20:00-08:00,夜查,,,p2\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	s, err := street.Open(t.Context(), f, journal.NewMemory())
	require.NoError(t, err)
	require.NoError(t, s.Play(t.Context(), f.Latest().AddDate(0, 0, 3), nil))
	require.NoError(t, s.Rounds(t.Context(), func(l *rounds.Log) {
		require.Equal(t, rounds.Attendance{Shifts: 1, Planned: 600, Attended: 590 + 720, Records: 2, Present: 1, Lates: 1}, l.Attended("p1", "", 0, 0))
		require.Equal(t, rounds.Attendance{Shifts: 2, Planned: 1320, Records: 1, Absences: 1, Unexcused: 1}, l.Attended("p2", "", 0, 0))
	}))
	edit(folder, "tasks.csv", "p1；p2", "p1；p9")
	_, err = street.Load(folder, options)
	require.EqualError(t, err, "tasks.csv:3:31: people p9 is not in people.csv")
}

func TestFaultsOfRoundsHaveTheirPlace(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, place, code string }{
		"area":      {"households.csv", "h2,G2", "h2,G9", "households.csv:3:4", "unknown-area"},
		"twice":     {"households.csv", "h2,", "h1,", "households.csv:3:1", "duplicate"},
		"every":     {"visit_plans.csv", "1mo", "monthly", "visit_plans.csv:2:8", "bad-every"},
		"team":      {"visit_plans.csv", "t1=p1", "t1=p9", "visit_plans.csv:2:12", "unknown-person"},
		"household": {"visits.csv", "h2,2021", "h9,2021", "visits.csv:4:1", "unknown-household"},
		"people":    {"visits.csv", "p2,\n", "p9,\n", "visits.csv:4:21", "unknown-person"},
		"shift":     {"tasks.csv", "2021-09-07 20:00-08:00", "night", "tasks.csv:4:10", "bad-shift"},
		"result":    {"tasks.csv", "已完成", "好", "tasks.csv:2:24", "bad-choice"},
		"status":    {"attendance.csv", "缺勤", "在", "attendance.csv:4:17", "bad-choice"},
		"in":        {"attendance.csv", "08:10", "8点", "attendance.csv:2:15", "bad-time"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := roundsFolder()
			edit(folder, c.file, c.old, c.new)
			_, err := street.Load(folder, options)
			var load *street.LoadError
			require.ErrorAs(t, err, &load)
			require.Equal(t, c.place+" "+c.code, load.Faults[0].Place()+" "+load.Faults[0].Code, "%v", err)
		})
	}
}

// A run ends at the last instant that the folder states, not at the end of a shift
// or of a day of attendance.
func TestLatestIsStated(t *testing.T) {
	folder := roundsFolder()
	set(folder, "events.csv", "id,at,matter,lng,lat\nE1,2021-09-06 09:00,waste,114.01,22.71\n")
	f, err := street.Load(folder, options)
	require.NoError(t, err)
	require.Equal(t, "2021-09-07 10:00", f.Latest().In(f.Zone).Format("2006-01-02 15:04"), "the last visit")
}
