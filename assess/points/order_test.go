package points_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess/points"
)

// use is what stands of a cap, and the cap.
type use struct{ used, cap points.Points }

// uses are all caps of a ledger with what stands under them, by name: worked out
// from the statements, not from the sums of the ledger.
func uses(t require.TestingT, h *hand, plan points.Plan) map[string]use {
	all := map[string]use{}
	add := func(name string, by, cap points.Points) {
		if cap > 0 {
			all[name] = use{all[name].used + by, cap}
		}
	}
	m := model{zone: beijing, done: []deed{{at: noon, do: points.Adopt{Year: 2023, Plan: plan}}}}
	for _, subject := range []points.Code{"li", "wang"} {
		for _, year := range []int{2024, 2025, 2026} {
			for _, l := range h.marks.Statement(subject, year, late) {
				if l.Item == "" {
					continue
				}
				k := m.read(noon, points.Award{Item: l.Item, On: l.On}, false)
				by, cap, side := l.Given, plan.AwardCap, "awards"
				if k.item.Points < 0 {
					by, cap, side = -by, plan.DeductCap, "deductions"
				}
				add(fmt.Sprint(subject, year, side), by, cap)
				add(fmt.Sprint(subject, l.Item, k.period()), by, k.item.Cap)
			}
		}
	}
	return all
}

// anyOrder: the same commands in another order (a reversal still after what it
// reverses) never exceed a cap at any step, and come to the same awards,
// deductions and balance in every year, which are the least of the cap of the year
// and of the sum of what each item's cap leaves of what was asked. Without caps of
// the year each item gives the same in each period, too.
func anyOrder(t *rapid.T) {
	plan := drawPlan(t)
	var marks, reversals []points.Do
	for i := range rapid.IntRange(1, 14).Draw(t, "marks") {
		d := drawMark(t, points.Code(fmt.Sprint("m", i)))
		item := plan.Items[i%len(plan.Items)]
		d.Item = item.Code
		if d.On.IsZero() {
			d.On = day(6, 1)
		}
		if item.Points < 0 {
			marks = append(marks, points.Deduct(d))
		} else {
			marks = append(marks, d)
		}
		if rapid.IntRange(0, 2).Draw(t, "reversed") == 0 {
			reversals = append(reversals, points.Reverse{Award: d.Award})
		}
	}
	run := func(order []points.Do) *hand {
		h := fresh(t)
		h.at = noon.AddDate(0, 0, 3)
		h.ok(points.Adopt{Year: 2023, Plan: plan})
		for _, do := range order {
			h.ok(do)
			for name, u := range uses(t, h, plan) {
				require.True(t, 0 <= u.used && u.used <= u.cap, "%s: %s of %s after %#v", name, u.used, u.cap, do)
			}
		}
		return h
	}
	one := run(append(slices.Clone(marks), reversals...))
	two := run(shuffle(t, marks, reversals))
	for _, subject := range []points.Code{"li", "wang"} {
		for _, year := range []int{2024, 2025, 2026} {
			a, _ := one.marks.Balance(subject, year, late)
			b, _ := two.marks.Balance(subject, year, late)
			require.Equal(t, a, b, "%s %d", subject, year)
			require.Equal(t, a, byFormula(plan, marks, reversals, subject, year))
		}
	}
	if plan.AwardCap == 0 && plan.DeductCap == 0 {
		require.Empty(t, cmp.Diff(uses(t, one, plan), uses(t, two, plan), cmp.AllowUnexported(use{})))
	}
}

// shuffle is the commands in another order, each reversal after its mark.
func shuffle(t *rapid.T, marks, reversals []points.Do) []points.Do {
	order := rapid.Permutation(append(slices.Clone(marks), reversals...)).Draw(t, "order")
	for {
		moved := false
		for i, do := range order {
			r, ok := do.(points.Reverse)
			if !ok {
				continue
			}
			at := slices.IndexFunc(order, func(x points.Do) bool { return idOf(x) == r.Award })
			if at > i {
				order[i], order[at] = order[at], order[i]
				moved = true
			}
		}
		if !moved {
			return order
		}
	}
}

func idOf(do points.Do) points.Code {
	switch d := do.(type) {
	case points.Award:
		return d.Award
	case points.Deduct:
		return d.Award
	}
	return ""
}

// byFormula is the balance by the formula of the documentation, without any order.
func byFormula(plan points.Plan, marks, reversals []points.Do, subject points.Code, year int) points.Balance {
	m := model{zone: beijing, done: []deed{{at: noon, do: points.Adopt{Year: 2023, Plan: plan}}}}
	asked, cap := map[string]points.Points{}, map[string]points.Points{}
	for _, do := range marks {
		if slices.Contains(reversals, points.Do(points.Reverse{Award: idOf(do)})) {
			continue
		}
		d, ok := do.(points.Award)
		if x, deducts := do.(points.Deduct); deducts {
			d = points.Award(x)
		}
		k := m.read(noon, d, !ok)
		if k.Subject == subject && k.On.Year == year {
			name := fmt.Sprint(ok, k.Item, k.period())
			asked[name] += points.Points(k.asked.Int64())
			cap[name] = k.item.Cap
		}
	}
	var sums [2]points.Points
	for name, sum := range asked {
		if cap[name] > 0 {
			sum = min(sum, cap[name])
		}
		if name[:4] == "true" {
			sums[0] += sum
		} else {
			sums[1] += sum
		}
	}
	for i, cap := range []points.Points{plan.AwardCap, plan.DeductCap} {
		if cap > 0 {
			sums[i] = min(sums[i], cap)
		}
	}
	b := points.Balance{Base: plan.Base, Awards: sums[0], Deductions: -sums[1]}
	sum := b.Base + b.Awards + b.Deductions
	b.Balance = max(sum, plan.Floor)
	if plan.Ceiling > 0 {
		b.Balance = min(b.Balance, plan.Ceiling)
	}
	b.Held = b.Balance - sum
	return b
}

func TestAnyOrder(t *testing.T) { rapid.Check(t, anyOrder) }
func FuzzAnyOrder(f *testing.F) { f.Fuzz(rapid.MakeFuzz(anyOrder)) }

// asIfNever: after a reversal every mark stands as in a ledger in which the reversed
// one was never made.
func asIfNever(t *rapid.T) {
	plan := drawPlan(t)
	gone := rapid.IntRange(0, 9).Draw(t, "gone")
	with, without := open(t, plan), open(t, plan)
	for i := range 10 {
		d := drawMark(t, points.Code(fmt.Sprint("m", i)))
		d.Subject, d.Item = "li", rapid.SampledFrom(plan.Items).Draw(t, "of").Code
		if d.On.Year < 2026 || d.On == day(6, 2) {
			d.On = day(5, 31)
		}
		var do points.Do = d
		if it, _ := (&model{zone: beijing, done: []deed{{noon, points.Adopt{Year: 2023, Plan: plan}}}}).item(2026, d.Item); it.Points < 0 {
			do = points.Deduct(d)
		}
		with.ok(do)
		if i != gone {
			without.ok(do)
		}
	}
	with.ok(points.Reverse{Award: points.Code(fmt.Sprint("m", gone))})
	for i := range 10 {
		if i != gone {
			a, _ := with.marks.Mark(points.Code(fmt.Sprint("m", i)))
			b, _ := without.marks.Mark(points.Code(fmt.Sprint("m", i)))
			require.Equal(t, b.Stands, a.Stands, "m%d", i)
		}
	}
}

func TestAsIfNever(t *testing.T) { rapid.Check(t, asIfNever) }
func FuzzAsIfNever(f *testing.F) { f.Fuzz(rapid.MakeFuzz(asIfNever)) }
