package worktime_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

func china(t testing.TB) *worktime.Calendar {
	calendar, err := worktime.New(worktime.China(zone("Asia/Shanghai")))
	require.NoError(t, err)
	return calendar
}

func noon(t testing.TB, date string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", date+" 12:00", zone("Asia/Shanghai"))
	require.NoError(t, err)
	return at
}

// TestChinaEveryDay compares 2,922 days with the published table.
func TestChinaEveryDay(t *testing.T) {
	file, err := os.Open("testdata/cn_workday_2019_2026.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+2922)
	calendar := china(t)
	var disputed []string
	for _, row := range rows[1:] {
		work, err := calendar.IsWorkday(noon(t, row[0]))
		require.NoError(t, err)
		require.Equal(t, row[2] == "1", work, row[0])
		if row[2] != row[3] {
			disputed = append(disputed, row[0])
		}
	}
	require.Equal(t, []string{"2020-01-31", "2020-02-01", "2023-01-03"}, disputed)
}

func TestChinaDays(t *testing.T) {
	calendar := china(t)
	for date, want := range map[string]worktime.Kind{
		"2025-09-28": worktime.Work, // a Sunday worked for the National Day holiday
		"2026-01-04": worktime.Work, // a Sunday worked for New Year
		"2020-01-31": worktime.Off,  // by a later notice
		"2020-02-01": worktime.Off,
		"2020-02-02": worktime.Off,
		"2026-05-09": worktime.Work,
		"2026-01-10": worktime.Off, // a Saturday that no notice lists
		"2026-01-12": worktime.Work,
	} {
		kind, err := calendar.DayKind(noon(t, date))
		require.NoError(t, err)
		require.Equal(t, want, kind, date)
	}
	day, err := calendar.Day(noon(t, "2026-01-04"))
	require.NoError(t, err)
	require.Equal(t, worktime.Day{
		Date: worktime.Date{Year: 2026, Month: time.January, Day: 4}, Kind: worktime.Work, Name: "元旦",
		Notice: "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
	}, day)
}

// TestChinaText proves that every line of the embedded text is read.
func TestChinaText(t *testing.T) {
	text, err := os.ReadFile("data/cn_2007_2026.txt")
	require.NoError(t, err)
	notices := map[string]bool{}
	lines := 0
	for line := range strings.Lines(string(text)) {
		switch word, _, _ := strings.Cut(line, " "); word {
		case "notice":
			notices[strings.Fields(line)[2]] = true
		case "off", "work":
			lines++
		default:
			require.Equal(t, "#", word)
		}
	}
	days := worktime.ChinaDays()
	require.Len(t, days, 678)
	require.Len(t, notices, worktime.ChinaLast-worktime.ChinaFirst+1)
	runs := 0
	var last worktime.Day
	for _, d := range days {
		require.True(t, notices[d.Notice], d)
		require.NotEmpty(t, d.Name)
		require.Negative(t, last.Date.Compare(d.Date), d)
		tomorrow := worktime.DateOf(time.Date(last.Date.Year, last.Date.Month, last.Date.Day+1, 0, 0, 0, 0, time.UTC), nil)
		if last.Kind != d.Kind || last.Name != d.Name || last.Notice != d.Notice || tomorrow != d.Date {
			runs++
		}
		last = d
	}
	require.Equal(t, lines, runs)
}

func TestChinaHorizon(t *testing.T) {
	strict := china(t)
	config := worktime.China(zone("Asia/Shanghai"))
	config.Provisional = true
	loose, err := worktime.New(config)
	require.NoError(t, err)

	end := time.Date(2027, 1, 1, 0, 0, 0, 0, zone("Asia/Shanghai"))
	eve := end.AddDate(0, 0, -1).Add(9 * time.Hour) // Thursday, a working day
	year := func(err error, want int) {
		t.Helper()
		fault := new(worktime.Error)
		require.ErrorAs(t, err, &fault)
		require.ErrorIs(t, err, worktime.ErrCalendarHorizon)
		require.Equal(t, want, fault.Year)
	}
	_, err = strict.IsWorkday(end)
	year(err, 2027)
	_, err = strict.Next(eve.Add(8 * time.Hour))
	year(err, 2027)
	_, err = strict.Add(eve, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	year(err, 2027)
	_, err = strict.Add(eve, worktime.Budget{N: 9, Unit: worktime.WorkingHours})
	year(err, 2027)
	_, err = strict.Between(eve, end.Add(time.Millisecond))
	year(err, 2027)
	_, err = strict.Between(noon(t, "2006-12-31"), eve)
	year(err, 2006)

	worked, err := strict.Between(eve, end)
	require.NoError(t, err, "the end of the last year is still an end")
	require.Equal(t, 8*time.Hour, worked)
	due, err := strict.Due(eve, worktime.Budget{N: 8, Unit: worktime.WorkingHours})
	require.NoError(t, err)
	require.Equal(t, worktime.Due{At: eve.Add(8 * time.Hour).UTC()}, due)

	due, err = loose.Due(eve, worktime.Budget{N: 1, Unit: worktime.WorkingDays})
	require.NoError(t, err)
	require.Equal(t, worktime.Due{At: end.Add(17 * time.Hour).UTC(), Provisional: true}, due, "New Year's Day is a Friday")
	due, err = loose.Due(eve, worktime.Budget{N: 1, Unit: worktime.Days})
	require.NoError(t, err)
	require.False(t, due.Provisional, "elapsed time needs no calendar")
	require.True(t, strict.Working(end.Add(10*time.Hour)), "asked for no more than the weekly rule")
	require.False(t, strict.Covers(end))
	require.True(t, strict.Covers(end.Add(-1)))
	_, err = loose.Add(eve, worktime.Budget{N: 100_000, Unit: worktime.WorkingDays})
	year(err, worktime.YearMax+1)
	worked, err = loose.Between(noon(t, "2006-12-31"), noon(t, "2006-12-31").Add(5*time.Hour))
	require.NoError(t, err)
	require.Equal(t, 5*time.Hour, worked, "the notice for 2007 made this Sunday a working day")
}
