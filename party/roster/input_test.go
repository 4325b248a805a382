package roster_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/roster"
)

// TestFaults: every fault is found, with its place, and all at once.
func TestFaults(t *testing.T) {
	sh := zone("Asia/Shanghai")
	june := local(sh, "2026-06-01 00:00")
	start := date("2026-06-01")
	sound := func() roster.Plan {
		return roster.Plan{
			Teams:     []roster.Team{{Code: "crew", People: []roster.Mate{{Person: "bo"}}}},
			Rotations: []roster.Rotation{{Post: "desk", Start: start, Members: []roster.Member{{Person: "an"}, {Team: "crew"}}}},
		}
	}
	build(t, sh, sound())
	ex := func(e roster.Exception) func(*roster.Plan) {
		return func(p *roster.Plan) { p.Exceptions = []roster.Exception{e} }
	}
	first := func(change func(*roster.Rotation)) func(*roster.Plan) {
		return func(p *roster.Plan) { change(&p.Rotations[0]) }
	}
	long := make([]roster.Member, roster.MembersMax+1)
	for _, row := range []struct {
		change func(*roster.Plan)
		place  string
		err    error
	}{
		{first(func(r *roster.Rotation) { r.Post = "" }), "rotations[0].post", roster.ErrCode},
		{first(func(r *roster.Rotation) { r.Start = roster.Date{} }), "rotations[0].start", roster.ErrDate},
		{first(func(r *roster.Rotation) { r.Start.Year = 2101 }), "rotations[0].start", roster.ErrDate},
		{first(func(r *roster.Rotation) { r.Turn.N = -1 }), "rotations[0].turn", roster.ErrTurn},
		{first(func(r *roster.Rotation) { r.Turn = roster.Turn{N: 1, Unit: 3} }), "rotations[0].turn", roster.ErrTurn},
		{first(func(r *roster.Rotation) { r.Days.Month[0] = true }), "rotations[0].days", roster.ErrDays},
		{first(func(r *roster.Rotation) { r.Together = -1 }), "rotations[0].together", roster.ErrTogether},
		{first(func(r *roster.Rotation) { r.Hours = []roster.Window{{Start: 60, End: 60}} }), "rotations[0].hours[0]", roster.ErrWindow},
		{first(func(r *roster.Rotation) { r.Hours = []roster.Window{{Start: 60, End: 1501}} }), "rotations[0].hours[0]", roster.ErrWindow},
		{first(func(r *roster.Rotation) { r.Hours = hours("08:00-12:00;11:59-13:00") }), "rotations[0].hours", roster.ErrOverlap},
		{first(func(r *roster.Rotation) { r.Hours = hours("20:00-08:00;07:59-09:00") }), "rotations[0].hours", roster.ErrOverlap},
		{first(func(r *roster.Rotation) { r.Hours = make([]roster.Window, roster.WindowsMax+1) }), "rotations[0].hours", roster.ErrTooMany},
		{first(func(r *roster.Rotation) { r.During = roster.Interval{From: june, Until: june} }), "rotations[0].during", roster.ErrInterval},
		{first(func(r *roster.Rotation) { r.During.From = june.Add(1) }), "rotations[0].during", roster.ErrNotMillis},
		{first(func(r *roster.Rotation) { r.Members[0] = roster.Member{} }), "rotations[0].members[0]", roster.ErrMember},
		{first(func(r *roster.Rotation) { r.Members[0].Team = "crew" }), "rotations[0].members[0]", roster.ErrMember},
		{first(func(r *roster.Rotation) { r.Members[1].Team = "crow" }), "rotations[0].members[1].team", roster.ErrTeam},
		{first(func(r *roster.Rotation) { r.Members[1] = roster.Member{Person: "an"} }), "rotations[0].members[1].person", roster.ErrDuplicate},
		{first(func(r *roster.Rotation) { r.Members = append(r.Members, r.Members[1]) }), "rotations[0].members[2].team", roster.ErrDuplicate},
		{first(func(r *roster.Rotation) { r.Members = long }), "rotations[0].members", roster.ErrTooMany},
		{first(func(r *roster.Rotation) { r.Members[0].During.Until = june.Add(-1) }), "rotations[0].members[0].during", roster.ErrNotMillis},
		{func(p *roster.Plan) { p.Teams = append(p.Teams, p.Teams[0]) }, "teams[1].code", roster.ErrDuplicate},
		{func(p *roster.Plan) { p.Teams[0].People[0].Person = "b o" }, "teams[0].people[0].person", roster.ErrCode},
		{func(p *roster.Plan) { p.Teams[0].People = make([]roster.Mate, roster.MembersMax+1) }, "teams[0].people", roster.ErrTooMany},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an"}), "exceptions[0].kind", roster.ErrKind},
		{ex(roster.Exception{Post: "task", Date: start, Person: "an", Kind: roster.Add}), "exceptions[0].post", roster.ErrPost},
		{ex(roster.Exception{Date: start, Person: "an", Kind: roster.Remove}), "exceptions[0].post", roster.ErrPost},
		{ex(roster.Exception{Post: "desk", Person: "an", Kind: roster.Add}), "exceptions[0].date", roster.ErrDate},
		{ex(roster.Exception{Post: "desk", Date: start, Kind: roster.Leave}), "exceptions[0].person", roster.ErrCode},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an", Kind: roster.Replace}), "exceptions[0].with", roster.ErrCode},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an", With: "an", Kind: roster.Replace}), "exceptions[0].with", roster.ErrSelf},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an", With: "bo", Kind: roster.Leave}), "exceptions[0].with", roster.ErrField},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an", WithDate: start, Kind: roster.Add}), "exceptions[0].with_date", roster.ErrField},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an", With: "bo", WithDate: roster.Date{Year: 1}, Kind: roster.Swap}), "exceptions[0].with_date", roster.ErrDate},
		{ex(roster.Exception{Post: "desk", Date: start, Person: "an", Consent: true, Kind: roster.Add}), "exceptions[0].consent", roster.ErrField},
	} {
		plan := sound()
		row.change(&plan)
		r, err := roster.New(sh, plan)
		require.Nil(t, r)
		require.ErrorIs(t, err, row.err, row.place)
		faults, ok := errors.AsType[*roster.Faults](err)
		require.True(t, ok)
		if len(plan.Rotations[0].Members) <= roster.MembersMax && len(plan.Rotations[0].Hours) < roster.WindowsMax {
			require.Len(t, faults.All, 1, "%s: %v", row.place, err)
		}
		one := faults.All[0]
		require.Equal(t, row.place, fmt.Sprintf("%s[%d].%s", one.List, one.Index, one.Field))
		require.NotEqual(t, one.Text("en"), one.Text("zh"))
		require.NotContains(t, one.Text("en")+one.Text("zh"), "unknown {")
	}
}

// TestManyFaults: New reports all faults in order, up to its limit.
func TestManyFaults(t *testing.T) {
	plan := roster.Plan{Rotations: make([]roster.Rotation, 60), Exceptions: make([]roster.Exception, 3)}
	_, err := roster.New(nil, plan)
	faults, ok := errors.AsType[*roster.Faults](err)
	require.True(t, ok)
	require.Equal(t, "zone", faults.All[0].List)
	require.ErrorIs(t, err, roster.ErrZone)
	require.Len(t, faults.All, roster.FaultsMax)
	require.Equal(t, 1+2*60+3-roster.FaultsMax, faults.More)
	require.True(t, strings.HasSuffix(err.Error(), "roster: 24 more faults"))
	_, err = roster.New(time.UTC, roster.Plan{Rotations: make([]roster.Rotation, roster.RotationsMax+1)})
	require.ErrorIs(t, err, roster.ErrTooMany)
}

// TestRejoin: who leaves may come back, as a second member.
func TestRejoin(t *testing.T) {
	sh := zone("Asia/Shanghai")
	june := local(sh, "2026-06-01 00:00")
	plan := roster.Plan{Rotations: []roster.Rotation{{Post: "desk", Start: date("2026-05-01"), Members: []roster.Member{
		{Person: "an", During: roster.Interval{From: june}}, {Person: "bo"}, {Person: "an", During: roster.Interval{Until: june}},
	}}}}
	build(t, sh, plan)
	plan.Rotations[0].Members[2].During.Until = june.Add(time.Millisecond)
	_, err := roster.New(sh, plan)
	require.ErrorIs(t, err, roster.ErrDuplicate)
}

// TestCopies: the caller's memory is not kept, nor is the Roster's given out.
func TestCopies(t *testing.T) {
	sh := zone("Asia/Shanghai")
	plan := roster.Plan{
		Teams:      []roster.Team{{Code: "crew", People: []roster.Mate{{Person: "cai"}}}},
		Rotations:  []roster.Rotation{{Post: "desk", Start: date("2026-06-01"), Hours: hours("08:00-09:00"), Members: members("an", "bo")}},
		Exceptions: []roster.Exception{{Post: "desk", Date: date("2026-06-01"), Kind: roster.Add, Person: "cai"}, {Post: "desk", Date: date("2026-06-02"), Kind: roster.Remove, Person: "cai"}},
	}
	r := build(t, sh, plan)
	plan.Rotations[0].Members[0].Person, plan.Rotations[0].Hours[0].Start, plan.Exceptions[0].Person = "x", 0, "x"
	at := local(sh, "2026-06-01 08:30")
	status := r.At("desk", at)
	require.Equal(t, []roster.Serving{{Person: "an", Why: roster.InTurn}, {Person: "cai", Why: roster.Added}}, status.On)
	status.On[0].Person = "x"
	_ = append(status.On[:1], roster.Serving{Person: "y"})
	require.Equal(t, roster.Code("an"), r.At("desk", at).On[0].Person)
	require.Equal(t, roster.Code("cai"), r.At("desk", at).On[1].Person)
	r.Posts()[0], r.Findings()[0].Person = "x", "x"
	require.Equal(t, roster.Code("desk"), r.Posts()[0])
	require.Equal(t, roster.Code("cai"), r.Findings()[0].Person)
}

func TestTexts(t *testing.T) {
	for text, want := range map[string]roster.Turn{"3": {N: 3}, "3d": {N: 3}, "2w": {N: 2, Unit: roster.Weeks}, "1m": {N: 1, Unit: roster.Months}, "366": {N: 366}} {
		require.Equal(t, want, turn(text))
	}
	for _, text := range []string{"", "0", "d", "-1", "367", "1y", "1.5", "1 d", "99999"} {
		_, err := roster.ParseTurn(text)
		require.ErrorIs(t, err, roster.ErrTurn, "%q", text)
	}
	for text, want := range map[string]string{
		"": "", "Mon-Fri": "Mon-Fri", "mon;WED": "Mon;Wed", "Sat-Mon": "Mon;Sat;Sun", "1; 15 ;last": "1;15;last", "10-12;Sun": "Sun;10-12", "Mon-Sun": "Mon-Sun",
	} {
		require.Equal(t, want, days(text).String(), "%q", text)
	}
	for _, text := range []string{";", "Mon;", "0", "32", "5-3", "Mon-5", "5-Mon", "Monday", "last-1", "-", "1-2-3"} {
		_, err := roster.ParseDays(text)
		require.ErrorIs(t, err, roster.ErrDays, "%q", text)
	}
	for text, want := range map[string]roster.Window{
		"08:00-12:00": {Start: 480, End: 720}, "20:00-08:00": {Start: 1200, End: 1920}, "00:00-24:00": {Start: 0, End: 1440},
		"00:00-00:00": {Start: 0, End: 1440}, "08:00-08:00": {Start: 480, End: 1920}, "20:00-00:00": {Start: 1200, End: 1440}, "23:59-23:58": {Start: 1439, End: 2878},
	} {
		require.Equal(t, []roster.Window{want}, hours(text), "%q", text)
	}
	for _, text := range []string{"8:00-9:00", "24:00-08:00", "08:60-09:00", "08:00", "08:00-24:01", "08:00-09:00;", "0+:00-09:00"} {
		_, err := roster.ParseHours(text)
		require.ErrorIs(t, err, roster.ErrWindow, "%q", text)
	}
	plan := roster.Plan{
		Rotations:  []roster.Rotation{{Post: "desk", Turn: turn("2w"), Days: days("Mon-Fri"), Start: date("2026-06-01"), Hours: hours("20:00-08:00")}},
		Exceptions: []roster.Exception{{Kind: roster.Leave, Date: date("2026-06-01"), Person: "an"}},
	}
	text, err := json.Marshal(plan)
	require.NoError(t, err)
	require.Contains(t, string(text), `"Turn":"2w","Days":"Mon-Fri","Start":"2026-06-01","Hours":["20:00-08:00"]`)
	var back roster.Plan
	require.NoError(t, json.Unmarshal(text, &back))
	require.Empty(t, cmp.Diff(plan, back))
}

// TestTextsComeBack: whatever is written is read as the same.
func TestTextsComeBack(t *testing.T) { rapid.Check(t, textsComeBack) }

func FuzzTextsComeBack(f *testing.F) { f.Fuzz(rapid.MakeFuzz(textsComeBack)) }

func textsComeBack(t *rapid.T) {
	var d roster.Days
	for i := range d.Week {
		d.Week[i] = rapid.Bool().Draw(t, "weekday")
	}
	for i := range 31 {
		d.Month[i+1] = rapid.Bool().Draw(t, "day")
	}
	d.Last = rapid.Bool().Draw(t, "last")
	require.Equal(t, d, days(d.String()))
	start := rapid.IntRange(0, 1439).Draw(t, "start")
	w := roster.Window{Start: start, End: start + rapid.IntRange(1, 1440).Draw(t, "length")}
	require.Equal(t, []roster.Window{w}, hours(w.String()))
	v := roster.Turn{N: rapid.IntRange(1, 366).Draw(t, "n"), Unit: roster.Unit(rapid.IntRange(0, 2).Draw(t, "unit"))}
	require.Equal(t, v, turn(v.String()))
}

// FuzzParse: no text stops the parsers, and what they accept they write back.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"3d", "2w", "Mon-Fri;1;last", "20:00-08:00;09:00-10:00", "2026-06-01", "00:00-24:00", "Sat-Mon", "-", ";", "31", "\xff:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if v, err := roster.ParseTurn(text); err == nil {
			require.Equal(t, v, turn(v.String()))
		}
		if d, err := roster.ParseDays(text); err == nil {
			require.Equal(t, d, days(d.String()))
		}
		if list, err := roster.ParseHours(text); err == nil {
			for _, w := range list {
				require.Equal(t, []roster.Window{w}, hours(w.String()))
			}
		}
		if d, err := roster.ParseDate(text); err == nil {
			require.Equal(t, text, d.String())
		}
	})
}

// A post has at most so many rotations one after the other.
func TestRotationsOfOnePost(t *testing.T) {
	start, err := roster.ParseDate("2026-03-02")
	require.NoError(t, err)
	hours, err := roster.ParseHours("08:00-12:00")
	require.NoError(t, err)
	var plan roster.Plan
	for i := range roster.OfPostMax {
		from := time.Date(2020, 1, 1+i, 0, 0, 0, 0, time.UTC)
		plan.Rotations = append(plan.Rotations, roster.Rotation{
			Post: "desk", Start: start, Hours: hours, Members: []roster.Member{{Person: "an"}},
			During: roster.Interval{From: from, Until: from.AddDate(0, 0, 1)},
		})
	}
	_, err = roster.New(time.UTC, plan)
	require.NoError(t, err)
	plan.Rotations = append(plan.Rotations, plan.Rotations[0], plan.Rotations[0])
	_, err = roster.New(time.UTC, plan)
	require.ErrorIs(t, err, roster.ErrTooMany)
	require.Equal(t, 1, strings.Count(err.Error(), "rotations["), err)
}
