package points_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/assess/points"
)

func TestPrecedence(t *testing.T) { require.Equal(t, precedence, points.RefusalCodes()) }

// TestTexts: every code has an English and a Chinese text, and both use all the
// arguments that the code is given with.
func TestTexts(t *testing.T) {
	slot := regexp.MustCompile(`\{(\d)\}`)
	for _, code := range points.RefusalCodes() {
		en, zh := points.Refusal{Code: code}.Text("en"), points.Refusal{Code: code}.Text("zh")
		require.NotEqual(t, code, en)
		require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), zh)
		require.False(t, strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }), en)
		used := func(s string) []string {
			var list []string
			for _, m := range slot.FindAllStringSubmatch(s, -1) {
				list = append(list, m[1])
			}
			return slices.Compact(slices.Sorted(slices.Values(list)))
		}
		require.Equal(t, used(en), used(zh), code)
		require.NotEmpty(t, used(en))
		for i, arg := range used(en) {
			require.Equal(t, strconv.Itoa(i), arg, code)
		}
	}
	r := open(t, office()).no("wrong-sign", points.Deduct{Award: "a", Subject: "li", Item: "rescue"})
	require.Equal(t, "item rescue of 10 points is not to deduct", r.Text("en"))
	require.Equal(t, "积分项rescue为10分，不能用于扣分", r.Text("zh"))
}

// nobody has no right; only over one scope.
type only points.Code

func (o only) Allows(_, _ points.Code, right string, scope points.Code, _ time.Time) bool {
	return right == "assess" && scope == points.Code(o)
}

// TestPairs: for every verb and every two reasons that can apply at once, the first
// in the documented order is given.
func TestPairs(t *testing.T) {
	clerk := points.Actor{Person: "zhang", Post: "clerk"}
	h := open(t, office())
	h.ok(points.Award{Award: "a", Subject: "li", Item: "volunteer"})
	h.ok(points.Award{Award: "gone", Subject: "li", Item: "volunteer"})
	h.ok(points.Reverse{Award: "gone"})
	tomorrow := day(6, 2)
	other := office()
	other.Base++
	none := only("none")
	right := only("party-committee")
	for i, c := range []struct {
		right  points.Authority
		expect uint64
		do     points.Do
		want   string
	}{
		{none, 9, points.Award{Award: "a", Subject: "li", Item: "none", On: points.Date{Year: 2024, Month: 1, Day: 1}}, "award-exists"},
		{none, 9, points.Award{Award: "a", Subject: "li", Item: "none", On: tomorrow}, "award-exists"},
		{none, 9, points.Award{Award: "b", Subject: "li", Item: "none", On: points.Date{Year: 2024, Month: 1, Day: 1}}, "no-plan"},
		{none, 9, points.Award{Award: "b", Subject: "li", Item: "none", On: tomorrow}, "no-item"},
		{none, 9, points.Award{Award: "b", Subject: "li", Item: "absent", On: tomorrow}, "no-right"},
		{right, 9, points.Award{Award: "b", Subject: "li", Item: "absent", On: tomorrow}, "stale"},
		{right, 1, points.Award{Award: "b", Subject: "new", Item: "absent", On: tomorrow}, "stale"},
		{right, 3, points.Award{Award: "b", Subject: "li", Item: "absent", On: tomorrow}, "wrong-sign"},
		{right, 3, points.Deduct{Award: "b", Subject: "li", Item: "rescue", On: tomorrow}, "wrong-sign"},
		{right, 3, points.Award{Award: "b", Subject: "li", Item: "rescue", On: tomorrow}, "future"},
		{none, 9, points.Reverse{Award: "none"}, "no-award"},
		{none, 9, points.Reverse{Award: "gone"}, "no-right"},
		{right, 9, points.Reverse{Award: "gone"}, "stale"},
		{right, 3, points.Reverse{Award: "gone"}, "reversed"},
		{none, 9, points.Adopt{Year: 2026, Plan: other}, "no-right"},
		{right, 9, points.Adopt{Year: 2026, Plan: other}, "stale"},
		{right, 1, points.Adopt{Year: 2026, Plan: other}, "in-use"},
	} {
		h.marks.Under(c.right)
		o := h.try(points.Command{Actor: clerk, Expect: c.expect, Do: c.do})
		require.NotNil(t, o.Refusal, "%d", i)
		require.Equal(t, c.want, o.Refusal.Code, "%d: %#v", i, c.do)
	}
}

// TestRights: every verb needs the right over the scope of the plan, Adopt that of
// the old and of the new one; the host needs none, and a replay asks nobody.
func TestRights(t *testing.T) {
	clerk := points.Actor{Person: "zhang", Post: "clerk"}
	taken := office()
	taken.Scope = "club"
	steps := []points.Do{
		points.Adopt{Year: 2025, Plan: office()}, points.Award{Award: "a", Subject: "li", Item: "rescue"},
		points.Deduct{Award: "d", Subject: "li", Item: "absent"}, points.Reverse{Award: "a"},
	}
	require.Len(t, steps, len(points.Verbs()))
	h := fresh(t)
	for _, do := range steps {
		h.marks.Under(only("club"))
		o := h.try(points.Command{Actor: clerk, Do: do})
		require.Equal(t, &points.Refusal{Code: points.NoRight, Args: []string{"zhang", "assess", "party-committee"}}, o.Refusal)
		h.marks.Under(only("party-committee"))
		require.Nil(t, h.try(points.Command{Actor: clerk, Do: do}).Refusal)
	}
	for _, who := range []only{"club", "party-committee"} {
		h.marks.Under(who)
		o := h.try(points.Command{Actor: clerk, Do: points.Adopt{Year: 2027, Plan: taken}})
		require.NotNil(t, o.Refusal, "a plan is not taken over with the right over one scope")
	}
	h.ok(points.Adopt{Year: 2027, Plan: taken}) // the host
	require.Equal(t, h.marks.Hash(), replay(t, h.entries).Hash())
}

// TestLimits: an account takes so many marks, a ledger so many plans.
func TestLimits(t *testing.T) {
	h := open(t, office())
	give := func(do points.Do) points.Outcome {
		o, err := h.marks.Decide(h.at, points.Command{Do: do})
		require.NoError(t, err)
		for _, e := range o.Entries {
			require.NoError(t, h.marks.Apply(e))
		}
		return o
	}
	for i := range points.MarksMax {
		require.Nil(t, give(points.Award{Award: points.Code("a" + strconv.Itoa(i)), Subject: "li", Item: "rescue", Times: points.TimesMax}).Refusal)
	}
	o := give(points.Award{Award: "more", Subject: "li", Item: "rescue"})
	require.Equal(t, &points.Refusal{Code: points.TooMany, Args: []string{"li", "10000"}}, o.Refusal)
	require.Nil(t, give(points.Award{Award: "more", Subject: "wang", Item: "rescue"}).Refusal)
	o = give(points.Reverse{Award: "a0"})
	require.Equal(t, []points.Refill{{Award: "a1", Points: 12 * assess.Point}}, o.Entries[0].Fact.(points.Reversed).Refills)
	plan := points.Plan{Scope: "s", Items: []points.Item{{Code: "huge", Points: points.EachMax}}}
	require.Nil(t, give(points.Adopt{Year: 2024, Plan: plan}).Refusal)
	for i := range 200 { // beyond any cap that a plan could have
		o = give(points.Award{Award: points.Code("h" + strconv.Itoa(i)), Subject: "li", Item: "huge", Times: points.TimesMax, On: points.Date{Year: 2024, Month: 5, Day: 1}})
		require.Equal(t, o.Entries[0].Fact.(points.Awarded).Asked, o.Entries[0].Fact.(points.Awarded).Given)
	}
	plan = office()
	for range points.AdoptionsMax - 2 {
		require.Nil(t, give(points.Adopt{Year: 2030, Plan: plan}).Refusal)
	}
	require.Equal(t, points.TooMany, give(points.Adopt{Year: 2030, Plan: plan}).Refusal.Code)
}

// TestRefusedForEver: a refused key stays refused when the reason is gone, also in a
// ledger replayed from JSON; a new key is carried out.
func TestRefusedForEver(t *testing.T) {
	h := fresh(t)
	do := points.Award{Award: "a", Subject: "li", Item: "rescue"}
	o := h.try(points.Command{Key: "k", Do: do})
	require.Equal(t, points.NoPlan, o.Refusal.Code)
	h.ok(points.Adopt{Year: 2026, Plan: office()})
	h.marks = replay(t, h.entries)
	again := h.try(points.Command{Key: "k", Do: do})
	require.Equal(t, points.Outcome{Seq: o.Seq, Replayed: true, Refusal: o.Refusal}, again)
	again.Refusal.Args[0] = "changed"
	require.Equal(t, o.Refusal, h.try(points.Command{Key: "k", Do: do}).Refusal, "an outcome aliases the ledger")
	require.Nil(t, h.try(points.Command{Key: "k2", Do: do}).Refusal)
}

type foreign struct{ points.Do }

// TestMalformed: what is malformed is an error with its field, and never recorded.
func TestMalformed(t *testing.T) {
	award := points.Award{Award: "a", Subject: "li", Item: "rescue"}
	with := func(change func(*points.Award)) points.Award { a := award; change(&a); return a }
	plan := func(change func(*points.Plan)) points.Adopt {
		p := office()
		change(&p)
		return points.Adopt{Year: 2026, Plan: p}
	}
	h := open(t, office())
	for i, c := range []struct {
		do    points.Do
		want  error
		field string
	}{
		{nil, points.ErrVerb, "do"}, {&award, points.ErrVerb, "do"}, {foreign{award}, points.ErrVerb, "do"},
		{with(func(a *points.Award) { a.Award = "" }), points.ErrCode, "award"}, {with(func(a *points.Award) { a.Subject = "x y" }), points.ErrCode, "subject"},
		{with(func(a *points.Award) { a.Item = "" }), points.ErrCode, "item"}, {with(func(a *points.Award) { a.Basis = "," }), points.ErrCode, "basis"},
		{with(func(a *points.Award) { a.On = day(2, 29) }), points.ErrDate, "on"}, {with(func(a *points.Award) { a.Times = -1 }), points.ErrTimes, "times"},
		{points.Deduct(with(func(a *points.Award) { a.Times = points.TimesMax + 1 })), points.ErrTimes, "times"},
		{points.Reverse{}, points.ErrCode, "award"}, {points.Reverse{Award: "a", Reason: " "}, points.ErrCode, "reason"},
		{points.Adopt{Year: 1969, Plan: office()}, points.ErrYear, "year"}, {points.Adopt{Year: 2101, Plan: office()}, points.ErrYear, "year"},
		{plan(func(p *points.Plan) { p.Scope = "" }), points.ErrCode, "scope"}, {plan(func(p *points.Plan) { p.Base = points.PointsMax + 1 }), points.ErrPoints, "base"},
		{plan(func(p *points.Plan) { p.Floor = p.Base + 1 }), points.ErrPoints, "floor"}, {plan(func(p *points.Plan) { p.Ceiling = p.Base - 1 }), points.ErrPoints, "ceiling"},
		{plan(func(p *points.Plan) { p.AwardCap = -1 }), points.ErrPoints, "award_cap"}, {plan(func(p *points.Plan) { p.DeductCap = -1 }), points.ErrPoints, "deduct_cap"},
		{plan(func(p *points.Plan) { p.Source = "\xff" }), points.ErrText, "source"}, {plan(func(p *points.Plan) { p.Items = nil }), points.ErrItems, "items"},
		{plan(func(p *points.Plan) { p.Items[1].Code = "volunteer" }), points.ErrTwice, "items"}, {plan(func(p *points.Plan) { p.Items[1].Points = 0 }), points.ErrPoints, "items"},
		{plan(func(p *points.Plan) { p.Items[1].Points = points.EachMax + 1 }), points.ErrPoints, "items"}, {plan(func(p *points.Plan) { p.Items[1].Period = "" }), points.ErrPeriod, "items"},
		{plan(func(p *points.Plan) { p.Items[1].Cap = 0 }), points.ErrPeriod, "items"}, {plan(func(p *points.Plan) { p.Items[1].Period = "week" }), points.ErrPeriod, "items"},
		{plan(func(p *points.Plan) { p.Items[1].Cap = -1 }), points.ErrPoints, "items"}, {plan(func(p *points.Plan) { p.Items = make([]points.Item, points.ItemsMax+1) }), points.ErrItems, "items"},
	} {
		_, err := h.marks.Decide(h.at, points.Command{Do: c.do})
		require.ErrorIs(t, err, c.want, "%d", i)
		var at *points.Error
		require.ErrorAs(t, err, &at)
		require.Equal(t, c.field, at.Field, "%d", i)
	}
	for at, want := range map[time.Time]error{
		h.at.Add(1): points.ErrNotMillis, h.at.Add(-time.Millisecond): points.ErrTimeBack,
		time.Date(1970, 1, 2, 23, 59, 59, 0, time.UTC): points.ErrTimeRange, time.Date(2100, 12, 30, 0, 0, 0, 0, time.UTC): points.ErrTimeRange,
	} {
		_, err := h.marks.Decide(at, points.Command{Do: award})
		require.ErrorIs(t, err, want, at)
	}
	_, err := h.marks.Decide(h.at, points.Command{Do: award, Key: strings.Repeat("k", points.KeyMax+1)})
	require.ErrorIs(t, err, points.ErrKey)
	_, err = h.marks.Decide(h.at, points.Command{Do: award, Actor: points.Actor{Post: "/"}})
	require.ErrorIs(t, err, points.ErrCode)
	for _, v := range points.Verbs() {
		empty, err := points.DecodeDo(v.Name, []byte("{}"))
		require.NoError(t, err)
		require.Equal(t, v.Zero, empty)
		_, err = h.marks.Decide(h.at, points.Command{Do: v.Zero})
		require.Error(t, err, "the zero %s is well formed", v.Name)
	}
	for body, want := range map[string]error{`null`: points.ErrJSON, `[]`: points.ErrJSON, `{"more":1}`: points.ErrJSON, `{} {}`: points.ErrJSON, `{"Award":"a"}`: points.ErrJSON,
		`{"award":"a","award":"b"}`: points.ErrJSON, `{"on":"2026-02-29"}`: points.ErrJSON, `{"times":1.5}`: points.ErrJSON} {
		_, err := points.DecodeDo("award", []byte(body))
		require.ErrorIs(t, err, want, body)
	}
	_, err = points.DecodeDo("give", []byte("{}"))
	require.ErrorIs(t, err, points.ErrVerb)
}
