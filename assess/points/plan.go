package points

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/internal/civil"
	"github.com/gridgov/gridgov/internal/code"
)

// Code identifies an award, a deduction, a subject, an item, a basis or a reason,
// each among its own kind; awards and deductions are one kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
type Code = code.Code

// Points are ten-thousandths of a point, written as decimal text.
type Points = assess.Points

// Date is a day of the civil calendar, in no zone, from 1970 to 2100, written
// "2026-03-02". It is a struct of Year, Month and Day.
type Date = civil.Date

// The limits of a Plan and of what is recorded. All sums of an account stay far
// within an int64: 10,000 marks of 1,000 times 10,000 points are 10^15.
const (
	ItemsMax     = 512
	PointsMax    = 1_000_000_000 * assess.Point // of a cap, a base, a floor, a ceiling
	EachMax      = 10_000 * assess.Point        // of an item
	TimesMax     = 1_000                        // of one award or deduction
	MarksMax     = 10_000                       // awards and deductions of an account
	AdoptionsMax = 1_000
)

// Period is the span of the calendar for which an item's cap holds.
type Period string

// The periods. Each lies within one natural year.
const (
	Yearly    Period = "year"
	Quarterly Period = "quarter"
	Monthly   Period = "month"
	Daily     Period = "day"
)

// first is the first day of the period that holds d.
func (p Period) first(d Date) Date {
	switch p {
	case Quarterly:
		d.Month, d.Day = (d.Month-1)/3*3+1, 1
	case Monthly:
		d.Day = 1
	case Yearly:
		d.Month, d.Day = time.January, 1
	}
	return d
}

// Item is one thing that is awarded or deducted for (积分项).
type Item struct {
	Code   Code   `json:"item"`
	Name   string `json:"name,omitzero"`
	Points Points `json:"points"`          // each time; below 0 deducts; not 0
	Cap    Points `json:"cap,omitzero"`    // the most in a period, above 0 also for deductions; 0: none
	Period Period `json:"period,omitzero"` // of the cap; empty without one
}

// Plan is how points are counted (积分办法). Source is the rule it rests on.
type Plan struct {
	Scope     Code   `json:"scope"`               // the party or area over which actors need the right
	Base      Points `json:"base"`                // what everybody begins a year with
	Floor     Points `json:"floor"`               // the least balance; at most Base
	Ceiling   Points `json:"ceiling,omitzero"`    // the greatest, at least Base; 0: none
	AwardCap  Points `json:"award_cap,omitzero"`  // the most that a year's awards give over all items; 0: no cap
	DeductCap Points `json:"deduct_cap,omitzero"` // the most that a year's deductions take, above 0; 0: no cap
	Items     []Item `json:"items"`               // 1 to ItemsMax, in any order
	Source    string `json:"source"`
}

func (p *Plan) check() *Error {
	fault := firstOf(required("scope", p.Scope), within("base", p.Base, -PointsMax, PointsMax), within("floor", p.Floor, -PointsMax, p.Base),
		within("award_cap", p.AwardCap, 0, PointsMax), within("deduct_cap", p.DeductCap, 0, PointsMax), text("source", p.Source))
	if fault == nil && p.Ceiling != 0 {
		fault = within("ceiling", p.Ceiling, p.Base, PointsMax)
	}
	if fault == nil && (len(p.Items) == 0 || len(p.Items) > ItemsMax) {
		fault = &Error{Field: "items", Text: fmt.Sprint(len(p.Items)), Err: ErrItems}
	}
	if fault != nil {
		return fault
	}
	seen := make(map[Code]bool, len(p.Items))
	for i, item := range p.Items {
		if fault := item.check(); fault != nil {
			fault.Index = i + 1
			return fault
		}
		if seen[item.Code] {
			return &Error{Field: "items", Index: i + 1, Text: string(item.Code), Err: ErrTwice}
		}
		seen[item.Code] = true
	}
	return nil
}

func (i *Item) check() *Error {
	fault := firstOf(required("items", i.Code), text("items", i.Name), within("items", i.Points, -EachMax, EachMax), within("items", i.Cap, 0, PointsMax))
	switch {
	case fault != nil:
		return fault
	case i.Points == 0:
		return &Error{Field: "items", Text: string(i.Code), Err: ErrPoints}
	case i.Cap == 0 && i.Period != "", i.Cap > 0 && !slices.Contains([]Period{Yearly, Quarterly, Monthly, Daily}, i.Period):
		return &Error{Field: "items", Text: string(i.Period), Err: ErrPeriod}
	}
	return nil
}

// own is a copy with the items by code.
func (p Plan) own() Plan {
	p.Items = slices.Clone(p.Items)
	slices.SortFunc(p.Items, func(a, b Item) int { return cmp.Compare(a.Code, b.Code) })
	return p
}

// item is the item of a code, and whether there is one. The items are by code.
func (p *Plan) item(c Code) (*Item, bool) {
	i, ok := slices.BinarySearchFunc(p.Items, c, func(item Item, c Code) int { return cmp.Compare(item.Code, c) })
	if !ok {
		return nil, false
	}
	return &p.Items[i], true
}

// extends reports whether p only adds items to old, or renames: nothing that judged
// a mark has changed, nor who may make one.
func (p *Plan) extends(old *Plan) bool {
	if p.Scope != old.Scope || p.Base != old.Base || p.Floor != old.Floor || p.Ceiling != old.Ceiling || p.AwardCap != old.AwardCap || p.DeductCap != old.DeductCap {
		return false
	}
	for _, was := range old.Items {
		if is, ok := p.item(was.Code); !ok || is.Points != was.Points || is.Cap != was.Cap || is.Period != was.Period {
			return false
		}
	}
	return true
}

// uncapped stands for no cap: more than an account can hold, and far from overflow.
const uncapped Points = 1 << 60

// limit is the cap of the item for its period.
func (i *Item) limit() Points { return cmp.Or(i.Cap, uncapped) }

// cap is that of the year for awards or for deductions.
func (p *Plan) cap(deducts bool) Points {
	limit := p.AwardCap
	if deducts {
		limit = p.DeductCap
	}
	return cmp.Or(limit, uncapped)
}

// held is a sum held within floor and ceiling.
func (p *Plan) held(sum Points) Points {
	sum = max(sum, p.Floor)
	if p.Ceiling != 0 {
		sum = min(sum, p.Ceiling)
	}
	return sum
}
