package roster_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/roster"
)

// moment is a stretch of at most half an hour in which nothing changes.
type moment struct {
	from, until time.Time
	date        roster.Date
	on          map[roster.Code]map[roster.Code]int // person, post: shifts
	hours       map[roster.Code]bool                // posts in hours
}

// moments walks from half hour to half hour, or to where a Status ends.
func moments(r *roster.Roster, loc *time.Location, from, until time.Time) []moment {
	var list []moment
	latest := shown(from.Add(-3*time.Hour), loc)
	for t := from.Add(-3 * time.Hour).Truncate(30 * time.Minute); t.Before(until); {
		m := moment{from: t, until: t.Truncate(30 * time.Minute).Add(30 * time.Minute), on: map[roster.Code]map[roster.Code]int{}, hours: map[roster.Code]bool{}}
		for _, post := range posts {
			status := r.At(post, t)
			if !status.Until.IsZero() && status.Until.Before(m.until) {
				m.until = status.Until
			}
			for _, s := range status.On {
				if m.on[s.Person] == nil {
					m.on[s.Person] = map[roster.Code]int{}
				}
				m.on[s.Person][post]++
			}
			m.hours[post] = len(status.On) > 0 || status.Off[0].Reason != roster.OffHours && status.Off[0].Reason != roster.NoRotation
		}
		latest = max(latest, shown(t, loc))
		y, month, d := time.Unix(latest*60, 0).UTC().Date()
		m.date = roster.Date{Year: y, Month: month, Day: d}
		if !t.Before(from) {
			list = append(list, m)
		}
		t = m.until
	}
	return list
}

func (m moment) minutes() int64 { return int64(m.until.Sub(m.from) / time.Minute) }

func (m moment) in(from, until time.Time) bool { return !m.from.Before(from) && m.from.Before(until) }

// TestFindings: what Check finds is what a walk over the moments finds.
func TestFindings(t *testing.T) { rapid.Check(t, findings) }

func FuzzFindings(f *testing.F) { f.Fuzz(rapid.MakeFuzz(findings)) }

func findings(t *rapid.T) {
	loc, at, plan, r := drawRoster(t, 8)
	rules := roster.Rules{
		Rest:    time.Duration(rapid.IntRange(0, 30).Draw(t, "rest")) * time.Hour,
		Longest: time.Duration(rapid.IntRange(0, 30).Draw(t, "longest")) * time.Hour,
		Month:   time.Duration(rapid.IntRange(0, 400).Draw(t, "month")) * time.Hour,
		Manned:  rapid.Bool().Draw(t, "manned"),
		Strength: []roster.Strength{{
			Name: "street", Posts: []roster.Code{"gate", "desk", "gate"}, Least: rapid.IntRange(0, 4).Draw(t, "least"), InHours: rapid.Bool().Draw(t, "in hours"),
		}},
	}
	at = at.Truncate(30 * time.Minute)
	from, until := at.Add(-50*time.Hour), at.Add(50*time.Hour)
	got, more := r.Check(rules, from, until)
	require.Zero(t, more)
	require.True(t, slices.IsSortedFunc(got, func(a, b roster.Finding) int { return a.From.Compare(b.From) }))
	sums := map[string]int64{}
	for _, f := range got {
		require.NotContains(t, f.Text("en", loc)+f.Text("zh", loc), "{", "%v", f)
		if f.Code != roster.OverHours {
			require.Equal(t, int64(f.Until.Sub(f.From)/time.Minute), f.Minutes)
		}
		if f.Code != roster.ShortRest && f.Code != roster.OverHours {
			require.False(t, f.From.Before(from) || f.Until.After(until), "%v", f)
		}
		sums[key(f)] += f.Minutes
	}
	want := map[string]int64{}
	begin := reach(loc, time.Date(from.In(loc).Year(), from.In(loc).Month()-1, 1, 0, 0, 0, 0, time.UTC))
	all := moments(r, loc, begin, reach(loc, time.Date(until.In(loc).Year(), until.In(loc).Month()+2, 1, 0, 0, 0, 0, time.UTC)))
	for _, m := range all {
		if m.in(from, until) {
			walkMoment(m, plan, rules, want)
		}
	}
	walkRests(r, all, rules, from, until, want)
	walkDuties(all, rules, from, until, want)
	walkMonths(all, rules, from, until, want)
	require.Empty(t, cmp.Diff(want, sums, cmpopts.EquateEmpty()))
}

// key is what a finding says but for when it begins.
func key(f roster.Finding) string {
	switch f.Code {
	case roster.Understaffed:
		return fmt.Sprint(f.Code, f.Post, f.Have, f.Limit)
	case roster.Unmanned:
		return fmt.Sprint(f.Code, f.Post)
	case roster.ShortRest, roster.OverHours:
		return fmt.Sprint(f.Code, f.Person, f.From.Unix(), f.Until.Unix(), f.Limit)
	case roster.LeaveOverlap:
		return fmt.Sprint(f.Code, f.Person, f.Post)
	}
	return fmt.Sprint(f.Code, f.Person)
}

func walkMoment(m moment, plan roster.Plan, rules roster.Rules, want map[string]int64) {
	open := false
	for _, post := range posts {
		open = open || m.hours[post]
		manned := false
		for _, on := range m.on {
			manned = manned || on[post] > 0
		}
		if rules.Manned && m.hours[post] && !manned {
			want[key(roster.Finding{Code: roster.Unmanned, Post: post})] += m.minutes()
		}
	}
	if s := rules.Strength[0]; len(m.on) < s.Least && (open || !s.InHours) {
		want[key(roster.Finding{Code: roster.Understaffed, Post: s.Name, Have: int64(len(m.on)), Limit: int64(s.Least)})] += m.minutes()
	}
	leaves := map[roster.Exception]bool{}
	for _, e := range plan.Exceptions {
		if e.Kind == roster.Leave && e.Date == m.date {
			leaves[e] = true
		}
	}
	for person, on := range m.on {
		shifts := 0
		for post, n := range on {
			shifts += n
			for e := range leaves {
				if e.Person == person && (e.Post == "" || e.Post == post) {
					want[key(roster.Finding{Code: roster.LeaveOverlap, Person: person, Post: post})] += int64(n) * m.minutes()
				}
			}
		}
		if shifts > 1 {
			want[key(roster.Finding{Code: roster.DoubleBooked, Person: person})] += int64(shifts*(shifts-1)/2) * m.minutes()
		}
	}
}

func walkRests(r *roster.Roster, all []moment, rules roster.Rules, from, until time.Time, want map[string]int64) {
	for _, person := range people {
		var off time.Time // since when the person is off after a duty
		for i, m := range all {
			switch on := m.on[person] != nil; {
			case on && !off.IsZero():
				if rest := m.from.Sub(off); rest < rules.Rest && off.Before(until) && m.from.After(from) && !oneDay(r, person, off, m.from) {
					f := roster.Finding{Code: roster.ShortRest, Person: person, From: off, Until: m.from, Limit: int64(rules.Rest / time.Minute)}
					want[key(f)] += int64(rest / time.Minute)
				}
				off = time.Time{}
			case !on && i > 0 && all[i-1].on[person] != nil:
				off = m.from
			}
		}
	}
}

// walkDuties adds up the moments of each person that follow one another.
func walkDuties(all []moment, rules roster.Rules, from, until time.Time, want map[string]int64) {
	if rules.Longest == 0 {
		return
	}
	for _, person := range people {
		var length time.Duration
		inside := int64(0)
		for i, m := range all {
			if m.on[person] != nil {
				length += m.until.Sub(m.from)
				if m.in(from, until) {
					inside += m.minutes()
				}
			}
			if m.on[person] == nil || i == len(all)-1 {
				if length > rules.Longest && inside > 0 {
					want[key(roster.Finding{Code: roster.LongDuty, Person: person})] += inside
				}
				length, inside = 0, 0
			}
		}
	}
}

// oneDay reports whether shifts of one rotation and date end and begin at the two
// instants.
func oneDay(r *roster.Roster, person roster.Code, from, until time.Time) bool {
	type of struct {
		rotation int
		date     roster.Date
	}
	ended, begun := map[of]bool{}, map[of]bool{}
	for _, post := range posts {
		for s := range r.Shifts(post, from.Add(-time.Hour), until.Add(time.Hour)) {
			if s.Person == person {
				ended[of{s.Rotation, s.Date}] = ended[of{s.Rotation, s.Date}] || s.Until.Equal(from)
				begun[of{s.Rotation, s.Date}] = begun[of{s.Rotation, s.Date}] || s.From.Equal(until)
			}
		}
	}
	for k := range ended {
		if ended[k] && begun[k] {
			return true
		}
	}
	return false
}

func walkMonths(all []moment, rules roster.Rules, from, until time.Time, want map[string]int64) {
	type month struct {
		person roster.Code
		year   int
		month  time.Month
	}
	sums := map[month]int64{}
	begins, ends, meets := map[month]time.Time{}, map[month]time.Time{}, map[month]bool{}
	for _, m := range all {
		of := month{"", m.date.Year, m.date.Month}
		if _, known := begins[of]; !known {
			begins[of] = m.from
		}
		ends[of] = m.until
		meets[of] = meets[of] || m.in(from, until)
		for person := range m.on {
			sums[month{person, of.year, of.month}] += m.minutes()
		}
	}
	for k := range maps.Keys(sums) {
		of := month{"", k.year, k.month}
		if limit := int64(rules.Month / time.Minute); limit > 0 && sums[k] > limit && meets[of] {
			want[key(roster.Finding{Code: roster.OverHours, Person: k.person, From: begins[of], Until: ends[of], Limit: limit})] += sums[k]
		}
	}
}

// TestFairShares: minutes by kind of date are those of a walk, and the expected
// shares add up.
func TestFairShares(t *testing.T) { rapid.Check(t, fairShares) }

func FuzzFairShares(f *testing.F) { f.Fuzz(rapid.MakeFuzz(fairShares)) }

func fairShares(t *rapid.T) {
	loc, at, _, r := drawRoster(t, 6)
	at = at.Truncate(30 * time.Minute)
	from, until := at.Add(-80*time.Hour), at.Add(80*time.Hour)
	y, month, d := at.Date()
	holiday := drawDate(t, roster.Date{Year: y, Month: month, Day: d}, 3)
	f := r.Fairness("desk", from, until, []roster.Date{holiday})
	want := map[roster.Code][3]int64{}
	for _, m := range moments(r, loc, from, until) {
		kind := roster.Weekday
		if day := m.date.Weekday(); day == time.Saturday || day == time.Sunday {
			kind = roster.Weekend
		}
		if m.date == holiday {
			kind = roster.Holiday
		}
		for person, on := range m.on {
			sum := want[person]
			if on["desk"] > 0 { // twice there is there once
				sum[kind] += m.minutes()
			}
			want[person] = sum
		}
	}
	total, expected := int64(0), int64(0)
	for i, s := range f.Shares {
		require.True(t, i == 0 || f.Shares[i-1].Person < s.Person)
		require.Equal(t, want[s.Person], s.Minutes, s.Person)
		require.Equal(t, s.Minutes[0]+s.Minutes[1]+s.Minutes[2], s.Total)
		require.GreaterOrEqual(t, s.Expected, int64(0))
		total, expected = total+s.Total, expected+s.Expected
		delete(want, s.Person)
	}
	for person, left := range want {
		require.Zero(t, left, "%s is not listed", person)
	}
	require.True(t, expected == total || expected == 0, "%d of %d", expected, total)
}

// TestTimefold481MonthEnd: a night over the end of a month counts in both months,
// each its part.
func TestTimefold481MonthEnd(t *testing.T) {
	sh := zone("Asia/Shanghai")
	r := build(t, sh, roster.Plan{Rotations: []roster.Rotation{{
		Post: "desk", Days: days("last"), Start: date("2026-06-01"), Hours: hours("20:00-08:00"), Members: members("an"),
	}}})
	check := func(limit time.Duration) []roster.Finding {
		found, _ := r.Check(roster.Rules{Month: limit}, local(sh, "2026-07-10 00:00"), local(sh, "2026-07-11 00:00"))
		return found
	}
	require.Empty(t, check(12*time.Hour), "8 h of 1 July and 4 h of 31 July; at the limit is within it")
	found := check(12*time.Hour - time.Minute)
	require.Len(t, found, 1)
	require.Equal(t, int64(720), found[0].Minutes)
	require.Equal(t, local(sh, "2026-07-01 00:00").UTC(), found[0].From)
}

// TestRestOverDST: the night on which the clocks go forward is an hour shorter, and
// so is the rest in it.
func TestRestOverDST(t *testing.T) {
	berlin := zone("Europe/Berlin")
	r := build(t, berlin, roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-03-01"), Hours: hours("08:00-21:00"), Members: members("an")}}})
	found, _ := r.Check(roster.Rules{Rest: 11 * time.Hour}, local(berlin, "2026-03-25 00:00"), local(berlin, "2026-04-02 00:00"))
	require.Len(t, found, 1)
	require.Equal(t, int64(10*60), found[0].Minutes)
	require.Equal(t, local(berlin, "2026-03-28 21:00").UTC(), found[0].From)
	within, _ := r.Check(roster.Rules{Rest: 11 * time.Hour}, local(berlin, "2026-03-28 23:00"), local(berlin, "2026-03-29 00:00"))
	require.Equal(t, found, within, "a rest that meets the interval is found whole, though both shifts lie outside")
}

// TestFindingsAreCapped: what is left out is counted.
func TestFindingsAreCapped(t *testing.T) {
	sh := zone("Asia/Shanghai")
	plan := roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2000-01-01"), Hours: hours("08:00-18:00")}}}
	found, more := build(t, sh, plan).Check(roster.Rules{Manned: true}, local(sh, "2000-01-01 00:00"), local(sh, "2030-01-01 00:00"))
	require.Len(t, found, roster.FindingsMax)
	require.Equal(t, 10958-roster.FindingsMax, more)
}

// TestDutyWithoutABreak: a day shift and the night after it touch, so nothing is
// between them to be too short, and the duty is of 24 hours.
func TestDutyWithoutABreak(t *testing.T) {
	start, err := roster.ParseDate("2026-03-02")
	require.NoError(t, err)
	one := func(post roster.Code, hours string) roster.Rotation {
		w, err := roster.ParseHours(hours)
		require.NoError(t, err)
		return roster.Rotation{Post: post, Start: start, Hours: w, Members: []roster.Member{{Person: "b"}, {Person: "c"}}}
	}
	r, err := roster.New(time.UTC, roster.Plan{Rotations: []roster.Rotation{one("day", "08:00-20:00"), one("night", "20:00-08:00")}})
	require.NoError(t, err)
	from := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	found, _ := r.Check(roster.Rules{Rest: 10 * time.Hour}, from, from.AddDate(0, 0, 2))
	require.Empty(t, found)
	found, _ = r.Check(roster.Rules{Longest: 24 * time.Hour}, from, from.AddDate(0, 0, 2))
	require.Empty(t, found, "as long as allowed")
	found, _ = r.Check(roster.Rules{Longest: 24*time.Hour - time.Minute}, from, from.Add(24*time.Hour))
	require.Equal(t, []roster.Finding{{
		Code: roster.LongDuty, Person: "b", Post: "day", Other: "night", From: from.Add(8 * time.Hour), Until: from.Add(24 * time.Hour), Minutes: 16 * 60, Limit: 24*60 - 1,
	}}, found)
	inside, _ := r.Check(roster.Rules{Longest: 13 * time.Hour}, from.Add(21*time.Hour), from.Add(22*time.Hour))
	require.Len(t, inside, 1, "the shift before belongs to the duty, though it does not meet the interval")
	require.Equal(t, "2026-03-02 08:00 to 2026-03-03 00:00: b is on duty from day to night for more than 1439 min without a break", found[0].Text("en", time.UTC))
}
