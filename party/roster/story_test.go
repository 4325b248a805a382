package roster_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/party/roster"
)

// date reads a date that is written rightly.
func date(text string) roster.Date {
	d, err := roster.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// local reads a local time of the zone.
func local(zone *time.Location, text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func hours(text string) []roster.Window {
	list, err := roster.ParseHours(text)
	if err != nil {
		panic(err)
	}
	return list
}

func days(text string) roster.Days {
	d, err := roster.ParseDays(text)
	if err != nil {
		panic(err)
	}
	return d
}

func turn(text string) roster.Turn {
	v, err := roster.ParseTurn(text)
	if err != nil {
		panic(err)
	}
	return v
}

func members(codes ...roster.Code) []roster.Member {
	var list []roster.Member
	for _, c := range codes {
		list = append(list, roster.Member{Person: c})
	}
	return list
}

func build(t testing.TB, zone *time.Location, plan roster.Plan) *roster.Roster {
	t.Helper()
	r, err := roster.New(zone, plan)
	require.NoError(t, err)
	return r
}

// names lists who serves on the post at each of the local times.
func names(r *roster.Roster, zone *time.Location, post roster.Code, times ...string) []string {
	var list []string
	for _, text := range times {
		name := ""
		for i, s := range r.At(post, local(zone, text)).On {
			if i > 0 {
				name += "+"
			}
			name += string(s.Person)
		}
		list = append(list, name)
	}
	return list
}

// TestGoAlert4548EmptyStep: a post that nobody serves says so at once, and why.
func TestGoAlert4548EmptyStep(t *testing.T) {
	sh := zone("Asia/Shanghai")
	r := build(t, sh, roster.Plan{
		Teams: []roster.Team{{Code: "crew"}},
		Rotations: []roster.Rotation{
			{Post: "empty", Start: date("2026-01-01")},
			{Post: "crew", Start: date("2026-01-01"), Members: []roster.Member{{Team: "crew"}}},
			{Post: "desk", Start: date("2026-01-01"), Members: members("an"), Hours: hours("08:00-18:00")},
		},
		Exceptions: []roster.Exception{{Post: "desk", Date: date("2026-06-01"), Kind: roster.Remove, Person: "an"}},
	})
	for _, row := range []struct {
		post roster.Code
		at   string
		want roster.Absence
	}{
		{"empty", "2026-06-01 09:00", roster.Absence{Reason: roster.EmptyRotation}},
		{"crew", "2026-06-01 09:00", roster.Absence{Team: "crew", Reason: roster.EmptyTeam}},
		{"desk", "2026-06-01 09:00", roster.Absence{Person: "an", Reason: roster.Removed}},
		{"desk", "2026-06-02 07:59", roster.Absence{Reason: roster.OffHours}},
		{"desk", "2025-12-31 09:00", roster.Absence{Reason: roster.NoRotation}},
		{"nowhere", "2026-06-01 09:00", roster.Absence{Reason: roster.NoRotation}},
	} {
		status := r.At(row.post, local(sh, row.at))
		require.Empty(t, status.On)
		require.Equal(t, []roster.Absence{row.want}, status.Off, row.post)
		require.NotEqual(t, string(row.want.Reason), row.want.Reason.Text("zh"))
	}
}

// TestGoAlert55SkippedDays: with three people on a weekday rota nobody has every
// Monday, as a turn of calendar days would make it.
func TestGoAlert55SkippedDays(t *testing.T) {
	sh := zone("Asia/Shanghai")
	r := build(t, sh, roster.Plan{Rotations: []roster.Rotation{{
		Post: "desk", Days: days("Mon-Fri"), Start: date("2026-06-01"), Hours: hours("09:00-17:00"),
		Members: members("an", "bo", "cai", "dan", "er", "fu", "gu"), // seven, as the week has days
	}}})
	require.Equal(t, []string{"an", "er", "fu", "gu", "an", ""}, names(r, sh, "desk",
		"2026-06-01 09:00", "2026-06-05 09:00", "2026-06-08 09:00", "2026-06-09 09:00", "2026-06-10 09:00", "2026-06-06 09:00"))
	f := r.Fairness("desk", local(sh, "2026-06-01 00:00"), local(sh, "2026-07-20 00:00"), nil) // seven weeks
	require.Zero(t, f.Total, "35 worked days over seven people")
	require.Equal(t, int64(5*8*60), f.Shares[0].Total)
	require.Equal(t, f.Shares[0].Total, f.Shares[0].Expected)
}

// TestGoAlert2196DatedJoins: a join and a leave change no shift before their date,
// and the turn goes on after the last server.
func TestGoAlert2196DatedJoins(t *testing.T) {
	sh := zone("Asia/Shanghai")
	times := []string{"2026-06-01 09:00", "2026-06-02 09:00", "2026-06-03 09:00", "2026-06-04 09:00", "2026-06-05 09:00", "2026-06-06 09:00", "2026-06-07 09:00"}
	list := func(members ...roster.Member) []string {
		r := build(t, sh, roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-06-01"), Members: members}}})
		return names(r, sh, "desk", times...)
	}
	an, bo, cai := roster.Member{Person: "an"}, roster.Member{Person: "bo"}, roster.Member{Person: "cai"}
	require.Equal(t, []string{"an", "bo", "cai", "an", "bo", "cai", "an"}, list(an, bo, cai))
	dan := roster.Member{Person: "dan", During: roster.Interval{From: local(sh, "2026-06-04 00:00")}}
	require.Equal(t, []string{"an", "bo", "cai", "dan", "an", "bo", "cai"}, list(an, bo, cai, dan))
	require.Equal(t, []string{"an", "bo", "cai", "an", "dan", "bo", "cai"}, list(an, dan, bo, cai))
	bo.During.Until = local(sh, "2026-06-05 00:00")
	require.Equal(t, []string{"an", "bo", "cai", "an", "cai", "an", "cai"}, list(an, bo, cai))
}

// TestGrafana3261DST: consecutive shifts leave no gap and no overlap at a change of
// the clocks, and last as long as they really last.
func TestGrafana3261DST(t *testing.T) {
	for _, row := range []struct{ zone, change, hours string }{
		{"Asia/Shanghai", "1986-05-04", ""}, {"Asia/Shanghai", "1991-09-15", "00:00-08:00;08:00-20:00;20:00-24:00"},
		{"Europe/Berlin", "2026-03-29", "02:30-02:30"}, {"Europe/Berlin", "2026-10-25", "20:00-08:00;08:00-20:00"},
		{"America/New_York", "2026-03-08", "02:00-02:00"}, {"America/New_York", "2026-11-01", "01:30-13:30;13:30-01:30"},
		{"Australia/Lord_Howe", "2026-04-05", ""}, {"Australia/Lord_Howe", "2026-10-04", "02:15-02:15"},
		{"Africa/Cairo", "2026-04-24", ""}, {"Africa/Cairo", "2026-10-30", "00:00-12:00;12:00-24:00"},
		{"America/Santiago", "2026-09-06", ""}, {"America/Santiago", "2026-04-05", "23:30-23:30"},
		{"Asia/Tehran", "2022-03-22", ""}, {"Asia/Tehran", "2022-09-22", "00:00-00:00"},
	} {
		loc := zone(row.zone)
		change := local(loc, row.change+" 12:00")
		from, until := change.AddDate(0, 0, -3), change.AddDate(0, 0, 3)
		_, before := from.Zone()
		_, after := until.Zone()
		require.NotEqual(t, before, after, "the clocks of %s change", row.zone)
		r := build(t, loc, roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("1980-01-01"), Hours: hours(row.hours), Members: members("an", "bo")}}})
		shifts := slices.Collect(r.Shifts("desk", from, until))
		sum := time.Duration(0)
		for i, s := range shifts {
			if i > 0 {
				require.Equal(t, shifts[i-1].Until, s.From, "%s %s", row.zone, s.From)
			}
			sum += s.Until.Sub(s.From)
		}
		first, last := shifts[0].From, shifts[len(shifts)-1].Until
		byTheClock := time.Duration(shown(last, loc)-shown(first, loc)) * time.Minute
		require.Equal(t, byTheClock-time.Duration(after-before)*time.Second, sum, row.zone)
		require.Empty(t, slices.Collect(r.Gaps("desk", from, until, true)))
	}
}

// TestGrafana322Leave: nobody on leave is on shift, on any post, nor is the gap
// silent.
func TestGrafana322Leave(t *testing.T) {
	sh := zone("Asia/Shanghai")
	plan := roster.Plan{
		Rotations: []roster.Rotation{
			{Post: "desk", Start: date("2026-06-01"), Hours: hours("08:00-20:00"), Members: members("an")},
			{Post: "gate", Start: date("2026-06-01"), Hours: hours("20:00-08:00"), Members: members("an", "bo"), Together: 2},
		},
		Exceptions: []roster.Exception{
			{Kind: roster.Leave, Person: "an", Date: date("2026-06-03")},
			{Post: "desk", Kind: roster.Add, Person: "an", Date: date("2026-06-03")},
		},
	}
	r := build(t, sh, plan)
	require.Equal(t, []string{"an", ""}, names(r, sh, "desk", "2026-06-02 09:00", "2026-06-03 09:00"))
	require.Equal(t, []string{"an+bo", "an+bo", "bo"}, names(r, sh, "gate", "2026-06-02 21:00", "2026-06-03 07:00", "2026-06-03 21:00"))
	require.Equal(t, []roster.Absence{{Person: "an", Reason: roster.OnLeave}}, r.At("desk", local(sh, "2026-06-03 09:00")).Off)
	gaps := slices.Collect(r.Gaps("desk", local(sh, "2026-06-02 00:00"), local(sh, "2026-06-05 00:00"), false))
	require.Equal(t, []roster.Gap{{
		Post: "desk", From: local(sh, "2026-06-03 08:00").UTC(), Until: local(sh, "2026-06-03 20:00").UTC(),
		Off: []roster.Absence{{Person: "an", Reason: roster.OnLeave}},
	}}, gaps)
	require.Equal(t, roster.Twice, r.Findings()[0].Code, "an is in turn already")

	// The night that begins on 2 June reaches eight hours into the leave.
	found, _ := r.Check(roster.Rules{}, local(sh, "2026-06-01 00:00"), local(sh, "2026-07-01 00:00"))
	require.Equal(t, []roster.Finding{{
		Code: roster.LeaveOverlap, Person: "an", Post: "gate", Minutes: 480,
		From: local(sh, "2026-06-03 00:00").UTC(), Until: local(sh, "2026-06-03 08:00").UTC(),
	}}, found)

	plan.Exceptions = nil
	require.Equal(t, []string{"an"}, names(build(t, sh, plan), sh, "desk", "2026-06-03 09:00"), "removing the leave restores the shift")
}

// TestLinkedin296SwapNeedsConsent: without the other side's consent a swap does
// nothing but leave a finding; with it the two shifts change hands.
func TestLinkedin296SwapNeedsConsent(t *testing.T) {
	sh := zone("Asia/Shanghai")
	swap := roster.Exception{Post: "desk", Kind: roster.Swap, Person: "an", Date: date("2026-06-01"), With: "bo", WithDate: date("2026-06-02")}
	plan := roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-06-01"), Members: members("an", "bo", "cai")}}, Exceptions: []roster.Exception{swap}}
	times := []string{"2026-06-01 09:00", "2026-06-02 09:00", "2026-06-03 09:00", "2026-06-04 09:00"}
	r := build(t, sh, plan)
	require.Equal(t, []string{"an", "bo", "cai", "an"}, names(r, sh, "desk", times...))
	require.Len(t, r.Findings(), 1)
	require.Equal(t, roster.NoConsent, r.Findings()[0].Code)

	plan.Exceptions[0].Consent = true
	r = build(t, sh, plan)
	require.Equal(t, []string{"bo", "an", "cai", "an"}, names(r, sh, "desk", times...))
	require.Empty(t, r.Findings())
	require.Equal(t, []roster.Serving{{Person: "bo", Why: roster.Swapped, For: "an"}}, r.At("desk", local(sh, times[0])).On)
}

// TestTeamsOfAMonth: eleven members and two grid staff in four teams, one a month.
func TestTeamsOfAMonth(t *testing.T) {
	sh := zone("Asia/Shanghai")
	plan := roster.Plan{}
	rotation := roster.Rotation{Post: "patrol", Turn: turn("1m"), Start: date("2026-01-05"), Hours: hours("19:00-21:00")}
	for i, people := range [][]roster.Code{{"m1", "m2", "m3", "g1"}, {"m4", "m5", "m6"}, {"m7", "m8", "g2"}, {"m9", "m10", "m11"}} {
		team := roster.Team{Code: roster.Code("team" + string(rune('1'+i)))}
		for _, p := range people {
			team.People = append(team.People, roster.Mate{Person: p})
		}
		plan.Teams = append(plan.Teams, team)
		rotation.Members = append(rotation.Members, roster.Member{Team: team.Code})
	}
	plan.Teams[1].People[0].During.Until = local(sh, "2026-02-10 00:00")
	plan.Rotations = []roster.Rotation{rotation}
	r := build(t, sh, plan)
	require.Equal(t, []string{"m1+m2+m3+g1", "m4+m5+m6", "m5+m6", "m7+m8+g2", "m9+m10+m11", "m1+m2+m3+g1", ""}, names(r, sh, "patrol",
		"2026-01-31 20:00", "2026-02-01 20:00", "2026-02-10 20:00", "2026-03-31 20:00", "2026-04-15 20:00", "2026-05-01 20:00", "2026-01-04 20:00"))
	require.Equal(t, roster.Code("team3"), r.At("patrol", local(sh, "2026-03-01 20:00")).On[0].Team)
	on, until := r.Duty("g2", local(sh, "2026-01-10 12:00"))
	require.False(t, on)
	require.Equal(t, local(sh, "2026-03-01 19:00").UTC(), until)
}

// TestReplacements: all at once, so that they may form a chain or a ring.
func TestReplacements(t *testing.T) {
	sh := zone("Asia/Shanghai")
	with := func(pairs ...[2]roster.Code) (string, []roster.Finding) {
		plan := roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-06-01"), Members: members("an", "bo", "cai"), Together: 2}}}
		for _, p := range pairs {
			plan.Exceptions = append(plan.Exceptions, roster.Exception{Post: "desk", Kind: roster.Replace, Date: date("2026-06-01"), Person: p[0], With: p[1]})
		}
		r := build(t, sh, plan)
		return names(r, sh, "desk", "2026-06-01 09:00")[0], r.Findings()
	}
	for _, row := range []struct {
		pairs [][2]roster.Code
		want  string
		found []roster.FindingCode
	}{
		{[][2]roster.Code{{"an", "dan"}}, "dan+bo", nil},
		{[][2]roster.Code{{"bo", "dan"}, {"an", "bo"}}, "bo+dan", nil},
		{[][2]roster.Code{{"an", "bo"}, {"bo", "an"}}, "bo+an", nil},
		{[][2]roster.Code{{"an", "bo"}}, "bo", []roster.FindingCode{roster.Twice}},
		{[][2]roster.Code{{"an", "er"}, {"an", "dan"}}, "dan+bo", []roster.FindingCode{roster.NoShift}},
		{[][2]roster.Code{{"cai", "dan"}}, "an+bo", []roster.FindingCode{roster.NoShift}},
		{[][2]roster.Code{{"an", "dan"}, {"bo", "dan"}}, "dan", []roster.FindingCode{roster.Twice}},
	} {
		got, found := with(row.pairs...)
		require.Equal(t, row.want, got, "%v", row.pairs)
		require.Len(t, found, len(row.found), "%v", row.pairs)
		for i, f := range found {
			require.Equal(t, row.found[i], f.Code)
			require.NotContains(t, f.Text("zh", sh), "{")
		}
	}
}

// TestEdges: the ends of the calendar and of what is known.
func TestEdges(t *testing.T) {
	sh := zone("Asia/Shanghai")
	r := build(t, sh, roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("1970-01-01"), Members: members("an"), Hours: hours("20:00-08:00")}}})
	require.Equal(t, []string{"", "an", "an", ""}, names(r, sh, "desk", "1969-12-31 21:00", "1970-01-01 21:00", "2101-01-01 07:59", "2101-01-01 20:00"))
	for _, at := range []time.Time{{}, time.Unix(-1<<62, 0), time.Unix(1<<62, 0), time.Unix(1<<40, 999)} {
		require.Empty(t, r.At("desk", at).On)
		on, _ := r.Duty("an", at)
		require.False(t, on)
		r.Next("desk", at)
	}
	require.True(t, r.At("desk", time.Unix(1<<40, 0)).Until.IsZero())
	var zero roster.Roster
	require.Equal(t, []roster.Absence{{Reason: roster.NoRotation}}, zero.At("desk", time.Time{}).Off)
	require.Empty(t, slices.Collect(zero.Shifts("desk", time.Time{}, time.Time{})))
	found, more := zero.Check(roster.Rules{Manned: true}, time.Time{}, time.Time{})
	require.Empty(t, found)
	require.Zero(t, more)
	require.Empty(t, zero.Fairness("desk", time.Time{}, time.Time{}, nil).Shares)
	on, until := zero.Duty("an", time.Time{})
	require.False(t, on)
	require.True(t, until.IsZero())
}

// TestSkippedDate: a date that never came uses up no turn. Apia skipped Friday,
// 30 December 2011.
func TestSkippedDate(t *testing.T) {
	apia := zone("Pacific/Apia")
	for _, text := range []string{"", "Mon-Sun", "1-31", "Wed-Sat"} {
		r := build(t, apia, roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2011-12-28"), Days: days(text), Members: members("an", "bo", "cai")}}})
		require.Equal(t, []string{"an", "bo", "cai"}, names(r, apia, "desk", "2011-12-28 12:00", "2011-12-29 12:00", "2011-12-31 12:00"), "%q", text)
		for s := range r.Shifts("desk", local(apia, "2011-12-28 00:00"), local(apia, "2012-01-05 00:00")) {
			require.NotEqual(t, date("2011-12-30"), s.Date)
		}
	}
}

// TestNext: a hand-over is a change of people, not of windows.
func TestNext(t *testing.T) {
	sh := zone("Asia/Shanghai")
	r := build(t, sh, roster.Plan{Rotations: []roster.Rotation{
		{Post: "desk", Turn: turn("1w"), Start: date("2026-06-01"), Hours: hours("00:00-08:00;08:00-24:00"), Members: members("an", "bo")},
		{Post: "alone", Start: date("2026-06-01"), Members: members("an")},
	}})
	next, ok := r.Next("desk", local(sh, "2026-06-02 07:00"))
	require.True(t, ok)
	require.Equal(t, local(sh, "2026-06-08 00:00").UTC(), next)
	_, ok = r.Next("alone", local(sh, "2026-06-02 07:00"))
	require.False(t, ok)
	next, ok = r.Next("alone", local(sh, "2026-05-02 07:00"))
	require.True(t, ok)
	require.Equal(t, local(sh, "2026-06-01 00:00").UTC(), next)
}

// TestAddOnASkippedDate: a date that never came has no shift, also not by exception,
// and that is said.
func TestAddOnASkippedDate(t *testing.T) {
	for _, text := range []string{"20:00-08:00", "00:00-24:00", "08:00-12:00"} {
		r := build(t, zone("Pacific/Apia"), roster.Plan{
			Rotations:  []roster.Rotation{{Post: "desk", Start: date("2011-12-01"), Days: days("Sun"), Hours: hours(text), Members: []roster.Member{{Person: "an"}}}},
			Exceptions: []roster.Exception{{Post: "desk", Date: date("2011-12-30"), Kind: roster.Add, Person: "bo"}},
		})
		for s := range r.Shifts("desk", time.Date(2011, 12, 26, 0, 0, 0, 0, time.UTC), time.Date(2012, 1, 5, 0, 0, 0, 0, time.UTC)) {
			require.NotEqual(t, roster.Code("bo"), s.Person, text)
		}
		require.Len(t, r.Findings(), 1, text)
		require.Equal(t, roster.NoShift, r.Findings()[0].Code)
	}
}

// TestHashTellsNeverFromAlways: an end at the epoch is not an open one; a swap without
// a second date is one on the same date; the order of exceptions does not show.
func TestHashTellsNeverFromAlways(t *testing.T) {
	plan := func(until time.Time, exceptions ...roster.Exception) roster.Plan {
		return roster.Plan{
			Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-03-02"), Hours: hours("08:00-12:00"), Together: 1,
				Members: []roster.Member{{Person: "an"}, {Person: "bo"}}, During: roster.Interval{Until: until}}},
			Exceptions: exceptions,
		}
	}
	hash := func(p roster.Plan) [32]byte { return build(t, time.UTC, p).Hash() }
	require.NotEqual(t, hash(plan(time.Time{})), hash(plan(time.Unix(0, 0))))
	swap := roster.Exception{Post: "desk", Date: date("2026-03-02"), Kind: roster.Swap, Person: "an", With: "bo", Consent: true}
	same, refused := swap, swap
	same.WithDate, refused.Consent = swap.Date, false
	require.Equal(t, hash(plan(time.Time{}, swap)), hash(plan(time.Time{}, same)))
	require.Equal(t, hash(plan(time.Time{}, swap, refused)), hash(plan(time.Time{}, refused, swap)))
}

// TestFairnessCountsAnInstantOnce: who is in two teams on duty together is there once.
func TestFairnessCountsAnInstantOnce(t *testing.T) {
	r := build(t, time.UTC, roster.Plan{
		Teams: []roster.Team{{Code: "T", People: []roster.Mate{{Person: "an"}}}, {Code: "U", People: []roster.Mate{{Person: "an"}, {Person: "bo"}}}},
		Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-03-02"), Hours: hours("08:00-12:00"), Together: 2,
			Members: []roster.Member{{Team: "T"}, {Team: "U"}}}},
	})
	f := r.Fairness("desk", time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC), nil)
	for _, s := range f.Shares {
		require.EqualValues(t, 240, s.Total, s.Person)
	}
}

// Leave everywhere also reaches somebody added to a post that no rotation works.
func TestLeaveOfSomebodyAdded(t *testing.T) {
	shanghai := zone("Asia/Shanghai")
	r, err := roster.New(shanghai, roster.Plan{
		Rotations: []roster.Rotation{{Post: "gate", Start: date("2026-03-02"), Days: days("31"), Hours: hours("00:00-24:00"), Members: members("an")}},
		Exceptions: []roster.Exception{
			{Kind: roster.Leave, Date: date("2026-03-05"), Person: "bo"},
			{Kind: roster.Add, Post: "gate", Date: date("2026-03-05"), Person: "bo"},
			{Kind: roster.Add, Post: "gate", Date: date("2026-03-06"), Person: "bo"},
		},
	})
	require.NoError(t, err)
	away := r.At("gate", local(shanghai, "2026-03-05 09:00"))
	require.Empty(t, away.On)
	require.Equal(t, []roster.Absence{{Person: "bo", Reason: roster.OnLeave}}, away.Off)
	there := r.At("gate", local(shanghai, "2026-03-06 09:00"))
	require.Equal(t, []roster.Serving{{Person: "bo", Why: roster.Added}}, there.On)
}
