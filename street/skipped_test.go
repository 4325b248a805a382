package street_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// TestSkippedMidnight: a date is the one that is written also where the clocks skip
// its midnight, in zones before and behind UTC.
func TestSkippedMidnight(t *testing.T) {
	for zone, day := range map[string]string{"Asia/Shanghai": "2026-04-24", "Africa/Cairo": "2026-04-24", "America/Santiago": "2026-09-06", "America/Havana": "2026-03-08"} {
		f := wholeFolder()
		delete(f, "commands.jsonl")
		edit(f, "street.json", "Asia/Shanghai", zone)
		set(f, "households.csv", "code,area,class\nh1,G1,重点\n")
		set(f, "visits.csv", "household,at,people,kind\nh1,"+day+" 10:00,p1,上门\n")
		set(f, "visit_plans.csv", "area,class,every,teams,start\nNH,key,1d,t1=p1,"+day+"\n")
		first := "01:00"
		if zone == "Asia/Shanghai" {
			first = "00:00"
		}
		set(f, "visit_teams.csv", "area,class,team,person,from,until\nNH,key,t1,p2,"+day+" "+first+",\n")
		set(f, "tasks.csv", "id,squad,shift,text,result,reason,当班人员\nk1,squad,"+day+" 00:00-08:00,巡查,已完成,,p1\n")
		set(f, "attendance.csv", "person,date,in,out,status\np1,"+day+",08:10,18:00,迟到\np2,"+day+",,,缺勤\n")
		folder, err := street.Load(f, options)
		require.NoError(t, err, zone)
		s, err := street.Open(t.Context(), folder, journal.NewMemory())
		require.NoError(t, err)
		var date rounds.Date
		require.NoError(t, date.UnmarshalText([]byte(day)))
		_ = s.Play(t.Context(), folder.Latest().AddDate(0, 0, 3), nil)
		require.NoError(t, s.Rounds(t.Context(), func(l *rounds.Log) {
			seen := map[string]int{}
			for _, who := range []rounds.Code{"p1", "p2"} {
				for r := range l.Records(who) {
					require.Equal(t, date, r.Date, "%s: attendance of %s", zone, who)
					seen["records"]++
				}
			}
			for s := range l.Shifts() {
				require.Equal(t, date, s.Date, "%s: shift", zone)
				require.Equal(t, day+" "+first, s.From.In(folder.Zone).Format("2006-01-02 15:04"))
				seen["shifts"]++
			}
			for p := range l.Plans() {
				require.Equal(t, date, p.From, "%s: plan", zone)
				seen["plans"]++
			}
			require.Equal(t, map[string]int{"records": 2, "shifts": 1, "plans": 1}, seen, zone)
			require.Contains(t, l.Members("NH.key", "t1", date), rounds.Code("p2"), "%s: a member from the first instant of the day", zone)
		}))
	}
}
