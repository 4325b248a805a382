package roster_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/roster"
)

// TestSuggest: rested people with the least duty first, each with what speaks
// against them.
func TestSuggest(t *testing.T) {
	sh := zone("Asia/Shanghai")
	r := build(t, sh, roster.Plan{
		Rotations: []roster.Rotation{
			{Post: "night", Start: date("2026-06-01"), Hours: hours("20:00-08:00"), Members: members("an", "bo", "cai", "dan", "er")},
			{Post: "day", Start: date("2026-06-08"), Days: days("8"), Hours: hours("09:00-12:00"), Members: members("er")},
		},
		Exceptions: []roster.Exception{
			{Kind: roster.Leave, Person: "an", Date: date("2026-06-06")},
			{Kind: roster.Leave, Person: "dan", Date: date("2026-06-07")},
		},
	})
	rules := roster.Rules{Rest: 12 * time.Hour}
	require.Equal(t, []roster.Candidate{
		{Person: "er", Minutes: 5*720 + 240 + 180}, // the night of 30 June is July's from midnight on
		{Person: "bo", Minutes: 6 * 720},
		{Person: "cai", Minutes: 6 * 720},
		{Person: "dan", Minutes: 6 * 720, Against: []roster.FindingCode{roster.LeaveOverlap}},
	}, r.Suggest("night", "an", date("2026-06-06"), rules), "an is on leave, and the shift is still theirs")
	rules.Rest++ // er has the night before, bo the night after
	require.Equal(t, []roster.Candidate{
		{Person: "cai", Minutes: 6 * 720},
		{Person: "er", Minutes: 5*720 + 240 + 180, Against: []roster.FindingCode{roster.ShortRest}},
		{Person: "bo", Minutes: 6 * 720, Against: []roster.FindingCode{roster.ShortRest}},
		{Person: "dan", Minutes: 6 * 720, Against: []roster.FindingCode{roster.LeaveOverlap}},
	}, r.Suggest("night", "an", date("2026-06-06"), rules))
	require.Empty(t, r.Suggest("night", "bo", date("2026-06-06"), rules), "not bo's shift")
	require.Empty(t, r.Suggest("none", "an", date("2026-06-06"), rules))
	require.Empty(t, r.Suggest("night", "an", roster.Date{}, rules))
}

// TestSuggestedAsChecked: what speaks against a candidate is what Check finds once
// the replacement is made.
func TestSuggestedAsChecked(t *testing.T) { rapid.Check(t, suggestedAsChecked) }

func FuzzSuggestedAsChecked(f *testing.F) { f.Fuzz(rapid.MakeFuzz(suggestedAsChecked)) }

func suggestedAsChecked(t *rapid.T) {
	loc, at, plan, _ := drawRoster(t, 8)
	plan.Exceptions = slices.DeleteFunc(plan.Exceptions, func(e roster.Exception) bool { return e.Kind != roster.Leave })
	r, err := roster.New(loc, plan)
	require.NoError(t, err)
	rules := roster.Rules{
		Rest:    time.Duration(rapid.IntRange(0, 30).Draw(t, "rest")) * time.Hour,
		Longest: time.Duration(rapid.IntRange(0, 30).Draw(t, "longest")) * time.Hour,
		Month:   time.Duration(rapid.IntRange(0, 400).Draw(t, "month")) * time.Hour,
	}
	shifts := week(r, "desk", at)
	if len(shifts) == 0 {
		return
	}
	s := rapid.SampledFrom(shifts).Draw(t, "shift")
	first, last, there := s.From, s.Until, map[roster.Code]bool{}
	for o := range r.Shifts("desk", s.From.Add(-50*time.Hour), s.From.Add(50*time.Hour)) {
		if o.Date != s.Date {
			continue
		}
		there[o.Person] = true
		if o.Person == s.Person {
			first, last = minTime(first, o.From), maxTime(last, o.Until)
		}
	}
	var earlier roster.Candidate
	for i, c := range r.Suggest("desk", s.Person, s.Date, rules) {
		require.NotEqual(t, s.Person, c.Person)
		require.True(t, i == 0 || len(earlier.Against) < len(c.Against) || len(earlier.Against) == len(c.Against) &&
			(earlier.Minutes < c.Minutes || earlier.Minutes == c.Minutes && earlier.Person < c.Person))
		earlier = c
		onLeave := slices.ContainsFunc(plan.Exceptions, func(e roster.Exception) bool {
			return e.Person == c.Person && e.Date == s.Date && e.Post != "gate"
		})
		if there[c.Person] {
			continue // a replacement by somebody who already serves leaves one of the two
		}
		if onLeave {
			require.Contains(t, c.Against, roster.LeaveOverlap)
			continue
		}
		changed := plan
		changed.Exceptions = append(slices.Clone(plan.Exceptions), roster.Exception{Post: "desk", Kind: roster.Replace, Date: s.Date, Person: s.Person, With: c.Person})
		after, err := roster.New(loc, changed)
		require.NoError(t, err)
		around, _ := after.Check(roster.Rules{Rest: rules.Rest, Longest: rules.Longest}, first.Add(-time.Millisecond), last.Add(time.Millisecond))
		within, _ := after.Check(roster.Rules{Month: rules.Month}, first, last)
		for _, code := range []roster.FindingCode{roster.DoubleBooked, roster.ShortRest, roster.LongDuty, roster.OverHours} {
			found := slices.ContainsFunc(append(around, within...), func(f roster.Finding) bool { return f.Code == code && f.Person == c.Person })
			require.Equal(t, found, slices.Contains(c.Against, code), "%s %s", code, c.Person)
		}
	}
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
