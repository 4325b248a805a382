package points_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/assess/points"
)

// precedence is the order of refusals, written from the documentation.
var precedence = []string{"award-exists", "no-award", "no-plan", "no-item", "no-right", "stale", "reversed", "wrong-sign", "future", "in-use", "too-many"}

var periods = []points.Period{points.Yearly, points.Quarterly, points.Monthly, points.Daily}

func drawPlan(t *rapid.T) points.Plan {
	size := func(label string, most int) points.Points {
		return points.Points(rapid.IntRange(0, most).Draw(t, label)) * 5_000
	}
	p := points.Plan{Scope: "party-committee", Base: size("base", 120), AwardCap: size("award cap", 30), DeductCap: size("deduct cap", 30), Source: "s"}
	p.Floor = rapid.SampledFrom([]points.Points{0, p.Base, -assess.Point}).Draw(t, "floor")
	if rapid.Bool().Draw(t, "has ceiling") {
		p.Ceiling = p.Base + size("ceiling", 10)
	}
	if p.Ceiling < 0 || p.Floor > p.Base {
		p.Floor, p.Ceiling = p.Base, 0
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "items") {
		item := points.Item{Code: points.Code("i" + string(rune('a'+(i*3)%4))), Points: size("points", 8) + 1}
		if rapid.Bool().Draw(t, "deducts") {
			item.Points = -item.Points
		}
		if rapid.IntRange(0, 3).Draw(t, "capped") > 0 {
			item.Cap, item.Period = size("cap", 16)+3, rapid.SampledFrom(periods).Draw(t, "period")
		}
		p.Items = append(p.Items, item)
	}
	return p
}

var dates = []points.Date{
	{}, day(1, 1), day(1, 31), day(3, 31), day(4, 1), day(5, 31), day(6, 1), day(6, 2), {Year: 2025, Month: 12, Day: 31}, {Year: 2025, Month: 2, Day: 28}, {Year: 2024, Month: 2, Day: 29},
}

func drawMark(t *rapid.T, id points.Code) points.Award {
	return points.Award{
		Award: id, Subject: rapid.SampledFrom([]points.Code{"li", "wang"}).Draw(t, "subject"), Item: rapid.SampledFrom([]points.Code{"ia", "id", "ic", "ib"}).Draw(t, "item"),
		On: rapid.SampledFrom(dates).Draw(t, "on"), Times: rapid.IntRange(0, 3).Draw(t, "times"),
	}
}

// world is a ledger beside its model.
type world struct {
	*hand
	model model
	n     int
}

func newWorld(t *rapid.T) *world {
	zone := time.FixedZone("drawn", 3600*rapid.SampledFrom([]int{8, 8, 0, -12, 14, 26, 27, -27, 4 * 24, -4 * 24, 400 * 24}).Draw(t, "zone"))
	w := &world{hand: fresh(t), model: model{zone: zone}}
	w.marks = points.NewMarks(zone)
	return w
}

// give gives a command to both and compares what they say.
func (w *world) give(t *rapid.T, do points.Do, expect uint64) {
	w.n++
	c := points.Command{Do: do, Expect: expect}
	if rapid.Bool().Draw(t, "keyed") {
		c.Key = fmt.Sprint("key ", w.n)
	}
	reasons := w.model.why(w.at, do, expect)
	want := ""
	for _, code := range slices.Backward(precedence) {
		if slices.Contains(reasons, code) {
			want = code
		}
	}
	o := w.try(c)
	if want != "" {
		require.NotNil(t, o.Refusal, "%#v: %v", do, reasons)
		require.Equal(t, want, o.Refusal.Code, "%#v: %v", do, reasons)
		require.NotContains(t, o.Refusal.Text("zh"), "{")
	} else {
		require.Nil(t, o.Refusal, "%#v: %v", do, o.Refusal)
		w.model.done = append(w.model.done, deed{w.at, do})
	}
	if c.Key != "" {
		again := w.try(c)
		require.Equal(t, points.Outcome{Seq: o.Seq, Replayed: true, Refusal: o.Refusal}, again)
		c.Actor.Person = "other"
		_, err := w.marks.Decide(w.at, c)
		require.ErrorIs(t, err, points.ErrReused)
	}
}

// compare compares all that can be asked, as of now and as of before.
func (w *world) compare(t *rapid.T, at time.Time) {
	m := w.model.upTo(at)
	for _, subject := range []points.Code{"li", "wang", "nobody"} {
		for _, year := range []int{2023, 2024, 2025, 2026} {
			want, ok := m.balance(subject, year)
			got, has := w.marks.Balance(subject, year, at)
			require.Equal(t, ok, has)
			require.Equal(t, want, got, "%s %d", subject, year)
			lines := w.marks.Statement(subject, year, at)
			require.Empty(t, cmp.Diff(m.statement(subject, year), modelLines(lines)))
			sum := points.Points(0)
			for _, l := range lines {
				sum += l.Given
				require.NotContains(t, l.Text("en")+l.Text("zh"), "{")
			}
			require.Equal(t, got.Balance, sum, "ledger sum = balance")
		}
	}
}

// likeTwin is the state machine: whatever is asked for, the ledger says what the
// model says, and a replay from JSON is the same ledger.
func likeTwin(t *rapid.T) {
	w := newWorld(t)
	marked := func(t *rapid.T) points.Code {
		return points.Code(fmt.Sprint("m", rapid.IntRange(0, 9).Draw(t, "mark")))
	}
	expect := func(t *rapid.T) uint64 { return rapid.SampledFrom([]uint64{0, 0, 0, 0, 1, 2, 3}).Draw(t, "expect") }
	w.give(t, points.Adopt{Year: rapid.IntRange(2024, 2026).Draw(t, "year"), Plan: drawPlan(t)}, 0)
	actions := 0
	t.Repeat(map[string]func(*rapid.T){
		"adopt": func(t *rapid.T) {
			w.give(t, points.Adopt{Year: rapid.IntRange(2023, 2026).Draw(t, "year"), Plan: drawPlan(t)}, expect(t))
		},
		"extend": func(t *rapid.T) {
			year := rapid.IntRange(2023, 2026).Draw(t, "year")
			plan, ok := w.marks.PlanOf(year)
			if !ok {
				t.Skip("no plan")
			}
			plan.Items = append(plan.Items, drawPlan(t).Items...)
			slices.SortStableFunc(plan.Items, func(a, b points.Item) int { return cmp2(a.Code, b.Code) })
			plan.Items = slices.CompactFunc(plan.Items, func(a, b points.Item) bool { return a.Code == b.Code })
			plan.Items[0].Name, plan.Source = "renamed", "another"
			plan.Scope = rapid.SampledFrom([]points.Code{plan.Scope, plan.Scope, "street"}).Draw(t, "scope")
			w.give(t, points.Adopt{Year: year, Plan: plan}, expect(t))
		},
		"award":   func(t *rapid.T) { w.give(t, drawMark(t, marked(t)), expect(t)) },
		"award 2": func(t *rapid.T) { w.give(t, drawMark(t, marked(t)), 0) },
		"deduct":  func(t *rapid.T) { w.give(t, points.Deduct(drawMark(t, marked(t))), expect(t)) },
		"reverse": func(t *rapid.T) { w.give(t, points.Reverse{Award: marked(t)}, expect(t)) },
		"time": func(t *rapid.T) {
			w.at = w.at.Add(rapid.SampledFrom([]time.Duration{time.Millisecond, 13 * time.Hour}).Draw(t, "time"))
		},
		"": func(t *rapid.T) {
			actions++
			if actions%5 == 0 {
				w.compare(t, w.at)
				w.compare(t, noon.Add(rapid.SampledFrom([]time.Duration{-1, 0, time.Millisecond, 13 * time.Hour}).Draw(t, "before")))
			}
			require.Equal(t, w.marks.Hash(), replay(t, w.entries).Hash())
		},
	})
	w.compare(t, late)
	for _, k := range w.model.marks() {
		got, ok := w.marks.Mark(k.Award.Award)
		require.True(t, ok)
		require.Equal(t, k.signed(), got.Stands)
		require.Equal(t, k.reversed, got.Reversed)
		require.Equal(t, w.model.version(k.Subject, k.On.Year), w.marks.Version(k.Subject, k.On.Year))
	}
}

// replay folds entries that went through JSON into a new ledger.
func replay(t require.TestingT, entries []points.Entry) *points.Marks {
	data, err := json.Marshal(entries)
	require.NoError(t, err)
	var back []points.Entry
	require.NoError(t, json.Unmarshal(data, &back))
	marks := points.NewMarks(nil) // the dates are in the entries
	for _, e := range back {
		require.NoError(t, marks.Apply(e))
	}
	return marks
}

func TestLikeTwin(t *testing.T) { rapid.Check(t, likeTwin) }
func FuzzLikeTwin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(likeTwin)) }
