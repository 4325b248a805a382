package roster_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/roster"
)

// TestFill: two nights without anybody go to whoever has the least duty and rests
// enough, each with who was passed over and why.
func TestFill(t *testing.T) {
	sh := zone("Asia/Shanghai")
	plan := roster.Plan{
		Rotations: []roster.Rotation{
			{Post: "night", Start: date("2026-06-01"), Hours: hours("20:00-08:00"), Members: members("an", "bo", "cai", "dan")},
			{Post: "gate", Start: date("2026-06-08"), Days: days("8"), Hours: hours("09:00-12:00")},
		},
		Exceptions: []roster.Exception{
			{Kind: roster.Leave, Person: "an", Date: date("2026-06-05")},
			{Kind: roster.Leave, Person: "dan", Date: date("2026-06-06")},
		},
	}
	o := roster.Filling{
		From: time.Date(2026, 6, 1, 0, 0, 0, 0, sh), Until: time.Date(2026, 6, 9, 0, 0, 0, 0, sh),
		Rules: roster.Rules{Rest: 24 * time.Hour}, People: []roster.Code{"er"},
		Fit: func(person, post roster.Code, _, _ time.Time) bool { return post == "gate" || person != "er" },
	}
	got, more, err := roster.Fill(sh, plan, o)
	require.NoError(t, err)
	require.Zero(t, more)
	require.Len(t, got, 2)
	require.Equal(t, roster.Exception{Post: "night", Date: date("2026-06-05"), Kind: roster.Replace, Person: "an", With: "cai"}, got[0].Exception)
	require.Equal(t, []roster.Candidate{{Person: "er", Against: []roster.FindingCode{roster.Unfit}}}, got[0].Passed)
	require.Equal(t, roster.Candidate{Person: "cai", Minutes: 7 * 720}, got[0].Chosen, "as dan, who was on duty later")
	o.Rules.Rest = 36*time.Hour + 1
	none, _, err := roster.Fill(sh, plan, o)
	require.NoError(t, err)
	require.Zero(t, none[0].Exception)
	require.Equal(t, "would rest too little, is on leave", none[0].Passed[2].Text("en"), "dan: the night of the 5th ends on the 6th")
	require.Equal(t, "休息时间不足、请假", none[0].Passed[2].Text("zh"))
	require.Equal(t, roster.Exception{Post: "gate", Date: date("2026-06-08"), Kind: roster.Add, Person: "er"}, got[1].Exception, "er fits here")
	require.Equal(t, roster.EmptyRotation, got[1].Off[0].Reason)

	_, _, err = roster.Fill(sh, plan, roster.Filling{From: o.From})
	require.ErrorIs(t, err, roster.ErrInterval)
	_, _, err = roster.Fill(nil, plan, o)
	require.ErrorIs(t, err, roster.ErrZone)
	o.Rules, o.Fit, o.Order = roster.Rules{Month: time.Hour}, nil, roster.LeastRecent
	got, _, err = roster.Fill(sh, plan, o)
	require.NoError(t, err)
	require.Zero(t, got[0].Exception, "nobody has an hour left")
	require.Len(t, got[0].Passed, 4, "everybody but an")
	require.Equal(t, roster.Code("er"), got[0].Passed[0].Person, "never on duty before")
}

// TestFillEqualsCheck: what Fill proposes does what it says and breaks nothing, and
// what it leaves nobody could take.
func TestFillEqualsCheck(t *testing.T) { rapid.Check(t, fillEqualsCheck) }

func FuzzFillEqualsCheck(f *testing.F) { f.Fuzz(rapid.MakeFuzz(fillEqualsCheck)) }

func fillEqualsCheck(t *rapid.T) {
	loc, at, plan, r := drawRoster(t, 8)
	o := roster.Filling{
		From: at.AddDate(0, 0, -rapid.IntRange(0, 4).Draw(t, "before")), Until: at.AddDate(0, 0, rapid.IntRange(1, 4).Draw(t, "after")),
		People: drawPeople(t, 6), Order: rapid.SampledFrom([]roster.Order{roster.Fairest, roster.LeastRecent}).Draw(t, "order"),
	}
	plain := rapid.Bool().Draw(t, "plain")
	if !plain {
		o.Rules.Rest = time.Duration(rapid.IntRange(0, 30).Draw(t, "rest")) * time.Hour
		o.Rules.Longest = time.Duration(rapid.IntRange(0, 30).Draw(t, "longest")) * time.Hour
	}
	o.Rules.Month = time.Duration(rapid.IntRange(0, 400).Draw(t, "month")) * time.Hour
	unfit := rapid.SampledFrom(people).Draw(t, "unfit")
	o.Fit = func(person, post roster.Code, _, _ time.Time) bool { return person != unfit || post == "gate" }

	list, more, err := roster.Fill(loc, plan, o)
	require.NoError(t, err)
	require.Zero(t, more)
	slices.Reverse(o.People)
	again, _, _ := roster.Fill(loc, plan, o)
	require.Empty(t, diff.Diff(list, again), "who is named first gets nothing for it")

	filled := plan
	filled.Exceptions = slices.Clone(plan.Exceptions)
	want := shiftsOf(r, at)
	for _, x := range list {
		if x.Exception.Kind != "" {
			filled.Exceptions = append(filled.Exceptions, x.Exception)
			require.True(t, o.Fit(x.Chosen.Person, x.Post, x.From, x.Until))
			require.Empty(t, x.Chosen.Against)
		}
	}
	after, err := roster.New(loc, filled)
	require.NoError(t, err)
	got := shiftsOf(after, at)
	for _, x := range list {
		taken := 0
		got = slices.DeleteFunc(got, func(s roster.Shift) bool {
			its := s.Post == x.Post && s.Rotation == x.Rotation && s.Date == x.Date
			if its {
				require.Equal(t, x.Chosen.Person, s.Person)
				taken++
			}
			return its
		})
		if x.Exception.Kind == "" {
			require.Zero(t, taken)
			requireNobody(t, loc, filled, x, o, plain)
			continue
		}
		require.Positive(t, taken)
		around, _ := after.Check(roster.Rules{Rest: o.Rules.Rest, Longest: o.Rules.Longest}, x.From.Add(-time.Millisecond), x.Until.Add(time.Millisecond))
		within, _ := after.Check(roster.Rules{Month: o.Rules.Month}, x.From, x.Until)
		for _, f := range slices.Concat(around, within) {
			require.NotEqual(t, x.Chosen.Person, f.Person, "%s of %s", f.Code, x.Chosen.Person)
		}
	}
	require.Empty(t, diff.Diff(want, got, cmpopts.EquateEmpty()), "every other shift is as it was")
}

// requireNobody tries everybody who might have been asked: none of them can be put
// there without breaking something. Rests are left out: a later shift may close one.
func requireNobody(t *rapid.T, loc *time.Location, plan roster.Plan, x roster.Filled, o roster.Filling, plain bool) {
	for i, c := range x.Passed {
		require.NotEmpty(t, c.Against)
		if o.Order == roster.Fairest && i > 0 {
			require.LessOrEqual(t, x.Passed[i-1].Minutes, c.Minutes)
		}
	}
	for _, person := range o.People {
		absent := slices.ContainsFunc(x.Off, func(a roster.Absence) bool { return a.Person == person })
		if !plain || absent || !o.Fit(person, x.Post, x.From, x.Until) {
			continue
		}
		changed := plan
		changed.Exceptions = append(slices.Clone(plan.Exceptions), roster.Exception{Post: x.Post, Date: x.Date, Kind: roster.Add, Person: person})
		after, err := roster.New(loc, changed)
		require.NoError(t, err)
		served := false
		for s := range after.Shifts(x.Post, x.From, x.Until) {
			served = served || s.Rotation == x.Rotation && s.Date == x.Date && s.Person == person
		}
		found, _ := after.Check(o.Rules, x.From, x.Until)
		breaks := slices.ContainsFunc(found, func(f roster.Finding) bool { return f.Person == person })
		require.True(t, !served || breaks, "%s could have served on %s", person, x.Date)
	}
}

// shiftsOf is every shift near the instant, in a total order.
func shiftsOf(r *roster.Roster, at time.Time) []roster.Shift {
	var all []roster.Shift
	for _, c := range r.Posts() {
		all = slices.AppendSeq(all, r.Shifts(c, at.AddDate(0, 0, -20), at.AddDate(0, 0, 20)))
	}
	slices.SortFunc(all, func(a, b roster.Shift) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Post, b.Post), cmp.Compare(a.Rotation, b.Rotation), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Team, b.Team))
	})
	return all
}
