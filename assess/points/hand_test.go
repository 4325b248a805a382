package points_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/assess/points"
)

var (
	beijing = time.FixedZone("Beijing", 8*3600)
	noon    = time.Date(2026, 6, 1, 12, 0, 0, 0, beijing)
	late    = time.Date(2099, 1, 1, 0, 0, 0, 0, beijing)
)

func day(month time.Month, d int) points.Date { return points.Date{Year: 2026, Month: month, Day: d} }

// office is a plan with every kind of cap: base 60, floor 0.
func office() points.Plan {
	return points.Plan{
		Scope: "party-committee", Base: 60 * assess.Point, AwardCap: 12 * assess.Point, DeductCap: 100 * assess.Point, Source: "党员积分管理办法",
		Items: []points.Item{
			{Code: "volunteer", Name: "志愿服务", Points: 2 * assess.Point, Cap: 4 * assess.Point, Period: points.Monthly},
			{Code: "idea", Name: "建言献策", Points: 5 * assess.Point, Cap: 7 * assess.Point, Period: points.Quarterly},
			{Code: "rescue", Name: "见义勇为", Points: 10 * assess.Point},
			{Code: "absent", Name: "无故缺席", Points: -5_000, Cap: 2 * assess.Point, Period: points.Quarterly},
			{Code: "warning", Name: "受到警告", Points: -40 * assess.Point},
		},
	}
}

// hand drives a ledger by hand and keeps its journal.
type hand struct {
	t       require.TestingT
	marks   *points.Marks
	at      time.Time
	entries []points.Entry
}

func fresh(t require.TestingT) *hand { return &hand{t: t, marks: points.NewMarks(beijing), at: noon} }

// open is a ledger under a plan from 2025 on.
func open(t require.TestingT, plan points.Plan) *hand {
	h := fresh(t)
	h.ok(points.Adopt{Year: 2025, Plan: plan})
	return h
}

// try decides, proves that deciding changed nothing, and applies.
func (h *hand) try(c points.Command) points.Outcome {
	hash, seq := h.marks.Hash(), h.marks.Seq()
	o, err := h.marks.Decide(h.at, c)
	require.NoError(h.t, err)
	require.Equal(h.t, hash, h.marks.Hash(), "Decide changed the ledger")
	require.Equal(h.t, seq, h.marks.Seq(), "Decide changed the sequence")
	for _, e := range o.Entries {
		require.NoError(h.t, h.marks.Apply(e))
		h.entries = append(h.entries, e)
	}
	return o
}

// ok carries out an unkeyed command that must not be refused.
func (h *hand) ok(do points.Do) points.Fact {
	o := h.try(points.Command{Do: do})
	require.Nil(h.t, o.Refusal)
	require.Len(h.t, o.Entries, 1)
	return o.Entries[0].Fact
}

// no gives an unkeyed command that must be refused with code.
func (h *hand) no(code string, do points.Do) *points.Refusal {
	o := h.try(points.Command{Do: do})
	require.NotNil(h.t, o.Refusal, "%#v was carried out", do)
	require.Equal(h.t, code, o.Refusal.Code)
	require.Empty(h.t, o.Entries)
	require.Zero(h.t, o.Seq)
	return o.Refusal
}

func (h *hand) balance(subject points.Code) string {
	b, ok := h.marks.Balance(subject, 2026, h.at)
	require.True(h.t, ok)
	return b.Balance.String()
}

// modelLines are the lines of a statement in the model's form.
func modelLines(lines []points.Line) []modelLine {
	var list []modelLine
	for _, l := range lines {
		list = append(list, modelLine{l.Kind, l.Award, l.Given, l.Cut, l.Of, l.Balance})
	}
	return list
}

// TestReversalRefills: what a reversal frees goes to the marks that were cut, the
// earliest first, as if the reversed one had never been made.
func TestReversalRefills(t *testing.T) {
	h := open(t, office())
	h.ok(points.Award{Award: "i1", Subject: "li", Item: "idea", On: day(4, 1)})
	i2 := h.ok(points.Award{Award: "i2", Subject: "li", Item: "idea", On: day(4, 2)}).(points.Awarded)
	require.Equal(t, []any{5 * assess.Point, 2 * assess.Point, points.CutItem, 7 * assess.Point}, []any{i2.Asked, i2.Given, i2.Cut, i2.Cap})
	i3 := h.ok(points.Award{Award: "i3", Subject: "li", Item: "idea", On: day(4, 3)}).(points.Awarded)
	require.Equal(t, points.Points(0), i3.Given)
	r := h.ok(points.Award{Award: "r1", Subject: "li", Item: "rescue", On: day(4, 4)}).(points.Awarded)
	require.Equal(t, []any{10 * assess.Point, 5 * assess.Point, points.CutYear, 12 * assess.Point}, []any{r.Asked, r.Given, r.Cut, r.Cap})
	require.Equal(t, "72", h.balance("li"))
	f := h.ok(points.Reverse{Award: "i1", Reason: "double"}).(points.Reversed)
	require.Equal(t, points.Reversed{Award: "i1", Subject: "li", Year: 2026, Reason: "double", Back: -5 * assess.Point, Refills: []points.Refill{
		{Award: "i2", Points: 3 * assess.Point}, {Award: "i3", Points: 2 * assess.Point},
	}}, f)
	require.Equal(t, "72", h.balance("li"))
	f = h.ok(points.Reverse{Award: "i2"}).(points.Reversed)
	require.Equal(t, []points.Refill{{Award: "i3", Points: 3 * assess.Point}, {Award: "r1", Points: 2 * assess.Point}}, f.Refills)
	f = h.ok(points.Reverse{Award: "i3"}).(points.Reversed)
	require.Equal(t, []points.Refill{{Award: "r1", Points: 3 * assess.Point}}, f.Refills)
	require.Equal(t, "70", h.balance("li"))
	h.no("reversed", points.Reverse{Award: "i3"})
	m, ok := h.marks.Mark("r1")
	require.True(t, ok)
	require.Equal(t, []any{5 * assess.Point, 10 * assess.Point, false}, []any{m.Given, m.Stands, m.Reversed})
}

// TestFloorHoldsTheSum: the floor is of the sum, not of each step, and is a line.
func TestFloorHoldsTheSum(t *testing.T) {
	h := open(t, office())
	for _, id := range []points.Code{"w1", "w2"} {
		h.ok(points.Deduct{Award: id, Subject: "li", Item: "warning", On: day(1, 5)})
	}
	require.Equal(t, "0", h.balance("li"))
	h.ok(points.Award{Award: "r", Subject: "li", Item: "rescue"})
	require.Equal(t, "0", h.balance("li"), "60 - 80 + 10 is still below")
	b, _ := h.marks.Balance("li", 2026, h.at)
	require.Equal(t, points.Balance{Base: 60 * assess.Point, Awards: 10 * assess.Point, Deductions: -80 * assess.Point, Held: 10 * assess.Point}, b)
	lines := h.marks.Statement("li", 2026, h.at)
	require.Equal(t, points.KindFloor, lines[len(lines)-1].Kind)
	h.ok(points.Reverse{Award: "w1"})
	require.Equal(t, "30", h.balance("li"))
	other, _ := h.marks.Balance("nobody", 2026, h.at)
	require.Equal(t, "60", other.Balance.String())
	_, ok := h.marks.Balance("li", 2024, h.at)
	require.False(t, ok, "no plan for 2024")
	_, ok = h.marks.Balance("li", 2026, noon.Add(-time.Millisecond))
	require.False(t, ok, "the plan was not adopted yet")
}

// TestYears: the deed's date decides the year; the natural year turns in the
// ledger's zone.
func TestYears(t *testing.T) {
	h := open(t, office())
	h.at = time.Date(2026, 12, 31, 23, 59, 59, 0, beijing)
	h.ok(points.Award{Award: "a", Subject: "li", Item: "volunteer"})
	h.at = h.at.Add(time.Second)
	h.ok(points.Award{Award: "b", Subject: "li", Item: "volunteer"})
	h.ok(points.Award{Award: "c", Subject: "li", Item: "volunteer", On: day(12, 30)})
	for year, want := range map[int]string{2025: "60", 2026: "64", 2027: "62", 2028: "60"} {
		b, ok := h.marks.Balance("li", year, h.at)
		require.True(t, ok)
		require.Equal(t, want, b.Balance.String(), year)
	}
	require.Equal(t, []string{"2027-01-02", "2027-01-01"}, h.no("future", points.Award{Award: "d", Subject: "li", Item: "volunteer", On: points.Date{Year: 2027, Month: 1, Day: 2}}).Args)
	require.Equal(t, []points.Code{"li"}, slices.Collect(h.marks.Subjects(2027)))
	require.Empty(t, slices.Collect(h.marks.Subjects(2028)))
}

// TestPlans: the plan of a year with records only gets items; another year's may
// change.
func TestPlans(t *testing.T) {
	h := open(t, office())
	h.ok(points.Award{Award: "a", Subject: "li", Item: "volunteer"})
	more, other := office(), office()
	more.Items = append(more.Items, points.Item{Code: "blood", Points: 3 * assess.Point})
	other.Items = other.Items[1:]
	h.no("no-item", points.Award{Award: "b", Subject: "li", Item: "blood"})
	h.no("in-use", points.Adopt{Year: 2026, Plan: other})
	h.no("in-use", points.Adopt{Year: 2025, Plan: other})
	h.ok(points.Adopt{Year: 2027, Plan: other})
	h.ok(points.Adopt{Year: 2024, Plan: other})
	h.ok(points.Adopt{Year: 2025, Plan: more})
	h.ok(points.Award{Award: "b", Subject: "li", Item: "blood"})
	plan, _ := h.marks.PlanOf(2026)
	require.Len(t, plan.Items, 6)
	require.True(t, slices.IsSortedFunc(plan.Items, func(a, b points.Item) int { return cmp2(a.Code, b.Code) }))
	plan, _ = h.marks.PlanOf(2030)
	require.Len(t, plan.Items, 4)
	plan.Items[0].Points = 1
	again, _ := h.marks.PlanOf(2030)
	require.Empty(t, cmp.Diff(other.Items, sortedBack(again.Items, other.Items)))
	_, ok := h.marks.PlanOf(2023)
	require.False(t, ok)
}

func cmp2(a, b points.Code) int {
	if a < b {
		return -1
	}
	return 1
}

// sortedBack puts items in the order of others.
func sortedBack(items, order []points.Item) []points.Item {
	var list []points.Item
	for _, o := range order {
		for _, i := range items {
			if i.Code == o.Code {
				list = append(list, i)
			}
		}
	}
	return list
}
