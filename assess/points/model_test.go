package points_test

import (
	"math/big"
	"time"

	"github.com/gridgov/gridgov/assess/points"
)

// model is the rules in the plainest form: the list of the commands that were
// carried out. Every number is worked out anew from the whole list, in big
// numbers. It shares nothing with the engine but the verbs.
type model struct {
	done []deed
	zone *time.Location
}

type deed struct {
	at time.Time
	do points.Do
}

func large(p points.Points) *big.Int { return big.NewInt(int64(p)) }

var boundless = new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)

// capOf is a cap, boundless for none.
func capOf(p points.Points) *big.Int {
	if p == 0 {
		return boundless
	}
	return large(p)
}

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// upTo is the deeds at or before an instant.
func (m *model) upTo(at time.Time) model {
	n := 0
	for n < len(m.done) && !m.done[n].at.After(at) {
		n++
	}
	return model{m.done[:n], m.zone}
}

// plan is that of a year: of the plans for the latest year not after it, the last.
func (m *model) plan(year int) (points.Plan, bool) {
	best, found := points.Adopt{}, false
	for _, d := range m.done {
		if do, ok := d.do.(points.Adopt); ok && do.Year <= year && (!found || do.Year >= best.Year) {
			best, found = do, true
		}
	}
	return best.Plan, found
}

func (m *model) item(year int, c points.Code) (points.Item, bool) {
	plan, _ := m.plan(year)
	for _, i := range plan.Items {
		if i.Code == c {
			return i, true
		}
	}
	return points.Item{}, false
}

// today is the date of an instant in the zone, of which 26 hours count.
func (m *model) today(at time.Time) points.Date {
	local := at.In(m.zone)
	if _, offset := local.Zone(); offset > 26*3600 {
		local = at.UTC().Add(26 * time.Hour)
	} else if offset < -26*3600 {
		local = at.UTC().Add(-26 * time.Hour)
	}
	y, mo, d := local.Date()
	return points.Date{Year: y, Month: mo, Day: d}
}

// modelMark is an award or a deduction with its date.
type modelMark struct {
	points.Award
	deducts, reversed bool
	item              points.Item
	asked, given      *big.Int // as amounts; given is what it stands for
}

// period is a name for the period of the item that holds the date.
func (k *modelMark) period() string {
	text := k.On.String() // 2026-03-02
	switch k.item.Period {
	case points.Yearly, "":
		return text[:4]
	case points.Monthly:
		return text[:7]
	case points.Quarterly:
		return text[:4] + [...]string{"a", "b", "c", "d"}[(int(k.On.Month)-1)/3]
	}
	return text
}

// marks are all awards and deductions in the order of recording, with what they
// stand for: one after another takes of the caps what those before it that are not
// reversed have left.
func (m *model) marks() []*modelMark {
	var list []*modelMark
	for _, d := range m.done {
		switch do := d.do.(type) {
		case points.Award:
			list = append(list, m.read(d.at, do, false))
		case points.Deduct:
			list = append(list, m.read(d.at, points.Award(do), true))
		case points.Reverse:
			for _, k := range list {
				k.reversed = k.reversed || k.Award.Award == do.Award
			}
		}
	}
	for i, k := range list {
		k.given = new(big.Int)
		if !k.reversed {
			of, in := m.rooms(list[:i], k)
			k.given = least(k.asked, least(of, in))
		}
	}
	return list
}

func (m *model) read(at time.Time, do points.Award, deducts bool) *modelMark {
	if do.On.IsZero() {
		do.On = m.today(at)
	}
	k := &modelMark{Award: do, deducts: deducts}
	k.item, _ = m.item(do.On.Year, do.Item)
	k.asked = new(big.Int).Abs(new(big.Int).Mul(large(k.item.Points), big.NewInt(int64(max(1, do.Times)))))
	return k
}

// rooms are what the cap of the item and that of the year leave for k.
func (m *model) rooms(before []*modelMark, k *modelMark) (of, in *big.Int) {
	plan, _ := m.plan(k.On.Year)
	year := plan.AwardCap
	if k.deducts {
		year = plan.DeductCap
	}
	of, in = new(big.Int).Set(capOf(k.item.Cap)), new(big.Int).Set(capOf(year))
	for _, o := range before {
		if o.Subject != k.Subject || o.On.Year != k.On.Year || o.deducts != k.deducts || o.reversed {
			continue
		}
		in.Sub(in, o.given)
		if o.Item == k.Item && o.period() == k.period() {
			of.Sub(of, o.given)
		}
	}
	return of, in
}

// signed is what a mark stands for in points.
func (k *modelMark) signed() points.Points {
	if k.deducts {
		return points.Points(-k.given.Int64())
	}
	return points.Points(k.given.Int64())
}

// balance works a balance out of the marks.
func (m *model) balance(subject points.Code, year int) (points.Balance, bool) {
	plan, ok := m.plan(year)
	if !ok {
		return points.Balance{}, false
	}
	b := points.Balance{Base: plan.Base}
	for _, k := range m.marks() {
		switch {
		case k.Subject != subject || k.On.Year != year:
		case k.deducts:
			b.Deductions += k.signed()
		default:
			b.Awards += k.signed()
		}
	}
	sum := b.Base + b.Awards + b.Deductions
	b.Balance = max(sum, plan.Floor)
	if plan.Ceiling != 0 && b.Balance > plan.Ceiling {
		b.Balance = plan.Ceiling
	}
	b.Held = b.Balance - sum
	return b, true
}

// modelLine is what a line of a statement must say.
type modelLine struct {
	Kind   points.Kind
	Award  points.Code
	Given  points.Points
	Cut    points.Cut
	Of     points.Code
	Amount points.Points // the running sum
}

// statement compares, deed by deed, what the marks stood for before and after.
func (m *model) statement(subject points.Code, year int) []modelLine {
	b, ok := m.balance(subject, year)
	if !ok {
		return nil
	}
	sum := b.Base
	lines := []modelLine{{Kind: points.KindBase, Given: sum, Amount: sum}}
	say := func(l modelLine) {
		sum += l.Given
		l.Amount = sum
		lines = append(lines, l)
	}
	was := map[points.Code]points.Points{}
	for n := range m.done {
		now := model{m.done[:n+1], m.zone}
		marks := now.marks()
		reverse, _ := m.done[n].do.(points.Reverse)
		for pass := range 2 { // what is reversed goes before what is refilled
			for i, k := range marks {
				before, old := was[k.Award.Award]
				given := k.signed() - before
				if k.Subject != subject || k.On.Year != year {
					continue
				}
				l := modelLine{Award: k.Award.Award, Given: given}
				switch gone := k.Award.Award == reverse.Award; {
				case pass == 0 && !old:
					l.Kind = points.KindAward
					if k.deducts {
						l.Kind = points.KindDeduct
					}
					if k.given.Cmp(k.asked) < 0 {
						l.Cut = points.CutYear
						if of, in := now.rooms(marks[:i], k); of.Cmp(in) <= 0 {
							l.Cut = points.CutItem
						}
					}
					say(l)
					was[k.Award.Award] = k.signed()
				case pass == 0 && gone:
					l.Kind = points.KindReverse
					say(l)
					was[k.Award.Award] = 0
				case pass == 1 && given != 0:
					l.Kind, l.Of = points.KindRefill, reverse.Award
					say(l)
					was[k.Award.Award] = k.signed()
				}
			}
		}
	}
	if b.Held > 0 {
		say(modelLine{Kind: points.KindFloor, Given: b.Held})
	} else if b.Held < 0 {
		say(modelLine{Kind: points.KindCeiling, Given: b.Held})
	}
	return lines
}
