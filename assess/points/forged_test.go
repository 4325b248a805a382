package points_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/assess/points"
)

// forge changes one number or name of a fact.
func forge(t *rapid.T, f points.Fact) points.Fact {
	code := func(c points.Code) points.Code {
		return rapid.SampledFrom([]points.Code{c, c, c, "", "m1", "m2", "li", "wang", "x y"}).Draw(t, "code")
	}
	size := func(p points.Points) points.Points {
		return rapid.SampledFrom([]points.Points{p, p, p + 1, p - 1, -p, 0, 1 << 62, -1 << 63}).Draw(t, "points")
	}
	mark := func(f points.Awarded) points.Awarded {
		f.Award, f.Subject, f.Asked, f.Given, f.Cap = code(f.Award), code(f.Subject), size(f.Asked), size(f.Given), size(f.Cap)
		f.On = rapid.SampledFrom([]points.Date{f.On, f.On, {}, day(5, 31), {Year: 2026, Month: 2, Day: 30}, {Year: 2100, Month: 12, Day: 31}}).Draw(t, "on")
		f.Times = rapid.SampledFrom([]int{f.Times, f.Times, 0, -1, 1 << 40}).Draw(t, "times")
		if rapid.IntRange(0, 3).Draw(t, "uncut") == 0 {
			f.Given, f.Cut, f.Cap = f.Asked, "", 0
			return f
		}
		f.Cut = rapid.SampledFrom([]points.Cut{f.Cut, f.Cut, "", points.CutItem, points.CutYear, "x"}).Draw(t, "cut")
		return f
	}
	switch f := f.(type) {
	case points.Awarded:
		return mark(f)
	case points.Deducted:
		return points.Deducted(mark(points.Awarded(f)))
	case points.Reversed:
		f.Award, f.Subject, f.Back = code(f.Award), code(f.Subject), size(f.Back)
		f.Refills = append([]points.Refill(nil), f.Refills...)
		for range rapid.IntRange(0, 2).Draw(t, "more") {
			f.Refills = append(f.Refills, points.Refill{Award: code("m3"), Points: size(5_000)})
		}
		if len(f.Refills) > 0 {
			f.Refills[0].Points = size(f.Refills[0].Points)
		}
		return f
	case points.Adopted:
		f.Plan.Items = append([]points.Item(nil), f.Plan.Items...)
		f.Plan.Items[0].Points, f.Plan.Base = size(f.Plan.Items[0].Points), size(f.Plan.Base)
		return f
	}
	return f
}

// forged: whatever an entry claims, it is refused and leaves no trace, or no cap is
// exceeded and the statements still add up; and nothing panics afterwards.
func forged(t *rapid.T) {
	plan := drawPlan(t)
	h := fresh(t)
	h.at = noon.AddDate(0, 0, 3)
	h.ok(points.Adopt{Year: 2023, Plan: plan})
	for i := range rapid.IntRange(1, 12).Draw(t, "commands") {
		d := drawMark(t, points.Code(fmt.Sprint("m", i)))
		do := rapid.SampledFrom([]points.Do{d, d, points.Deduct(d), points.Reverse{Award: "m1"}, points.Reverse{Award: "m3"}, points.Adopt{Year: 2023, Plan: plan}}).Draw(t, "do")
		o, err := h.marks.Decide(h.at, points.Command{Do: do, Key: fmt.Sprint(i % 4)})
		if err != nil || o.Replayed {
			continue
		}
		e := o.Entries[0]
		if rapid.Bool().Draw(t, "forged") {
			e.Fact = forge(t, e.Fact)
			e.Seq += rapid.SampledFrom([]uint64{0, 0, 0, 1}).Draw(t, "seq")
		}
		hash, seq := h.marks.Hash(), h.marks.Seq()
		if err := h.marks.Apply(e); err != nil {
			require.Equal(t, hash, h.marks.Hash(), "a refused entry changed the ledger: %v", err)
			require.Equal(t, seq, h.marks.Seq())
		}
		held, _ := h.marks.PlanOf(2026)
		for name, u := range uses(t, h, held) {
			require.True(t, 0 <= u.used && u.used <= u.cap, "%s: %s of %s", name, u.used, u.cap)
		}
		for subject := range h.marks.Subjects(2026) {
			sum := points.Points(0)
			for _, l := range h.marks.Statement(subject, 2026, late) {
				sum += l.Given
			}
			b, _ := h.marks.Balance(subject, 2026, late)
			require.Equal(t, b.Balance, sum)
		}
	}
}

func TestForged(t *testing.T) { rapid.Check(t, forged) }
func FuzzForged(f *testing.F) { f.Fuzz(rapid.MakeFuzz(forged)) }
