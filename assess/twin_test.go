package assess_test

import (
	"math/big"
	"slices"

	"github.com/gridgov/gridgov/assess"
)

// naive counts one rate by reading every fact again. It is written from the
// definition and shares nothing with Score.
type naive struct {
	counted, missed, excluded []assess.Code
}

func naiveRate(plan assess.Plan, facts []assess.Fact, in assess.Indicator, group assess.Group) naive {
	var n naive
	for _, fact := range facts {
		early := !plan.Period.From.IsZero() && fact.At.Before(plan.Period.From)
		late := !plan.Period.Until.IsZero() && !fact.At.Before(plan.Period.Until)
		if early || late || !slices.Contains(fact.Groups, group) || !slices.Contains(fact.Marks, in.Of) {
			continue
		}
		out := false
		for _, mark := range in.Except {
			out = out || slices.Contains(fact.Marks, mark)
		}
		switch {
		case out:
			n.excluded = append(n.excluded, fact.ID)
		case slices.Contains(fact.Marks, in.Counts):
			n.counted = append(n.counted, fact.ID)
		default:
			n.missed = append(n.missed, fact.ID)
		}
	}
	slices.Sort(n.counted)
	slices.Sort(n.missed)
	slices.Sort(n.excluded)
	return n
}

// naiveRates lists the rates that the definition gives, in the promised order.
func naiveRates(plan assess.Plan, facts []assess.Fact) []assess.Rate {
	indicators := slices.Clone(plan.Indicators)
	slices.SortFunc(indicators, func(a, b assess.Indicator) int { return cmpText(string(a.Code), string(b.Code)) })
	var groups []assess.Group
	for _, fact := range facts {
		groups = append(groups, fact.Groups...)
	}
	slices.SortFunc(groups, func(a, b assess.Group) int {
		if a.By != b.By {
			return cmpText(a.By, b.By)
		}
		return cmpText(string(a.Code), string(b.Code))
	})
	groups = slices.Compact(groups)
	var rates []assess.Rate
	for _, in := range indicators {
		for _, group := range groups {
			n := naiveRate(plan, facts, in, group)
			if len(n.counted)+len(n.missed)+len(n.excluded) == 0 {
				continue
			}
			rates = append(rates, assess.Rate{
				Indicator: in.Code, By: group.By, Code: group.Code, Numerator: int64(len(n.counted)),
				Denominator: int64(len(n.counted) + len(n.missed)), Excluded: int64(len(n.excluded)),
			})
		}
	}
	return rates
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// naiveValue rounds with big fractions: floor(10000·n/d + 1/2).
func naiveValue(numerator, denominator int64) *big.Int {
	value := big.NewRat(numerator, denominator)
	value.Mul(value, big.NewRat(10_000, 1)).Add(value, big.NewRat(1, 2))
	return new(big.Int).Div(value.Num(), value.Denom())
}
