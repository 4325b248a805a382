package points_test

import (
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/assess/points"
)

// why lists every refusal that applies to a command, in no order.
func (m *model) why(at time.Time, do points.Do, expect uint64) []string {
	var codes []string
	say := func(when bool, code string) {
		if when {
			codes = append(codes, code)
		}
	}
	switch d := do.(type) {
	case points.Adopt:
		adopted := 0
		for _, x := range m.done {
			if _, ok := x.do.(points.Adopt); ok {
				adopted++
			}
		}
		say(expect != 0 && expect != uint64(adopted), "stale")
		say(m.judged(d), "in-use")
	case points.Award:
		return m.whyMark(at, d, false, expect)
	case points.Deduct:
		return m.whyMark(at, points.Award(d), true, expect)
	case points.Reverse:
		var mark *modelMark
		for _, k := range m.marks() {
			if k.Award.Award == d.Award {
				mark = k
			}
		}
		say(mark == nil, "no-award")
		if mark != nil {
			say(mark.reversed, "reversed")
			say(expect != 0 && expect != m.version(mark.Subject, mark.On.Year), "stale")
		}
	}
	return codes
}

func (m *model) whyMark(at time.Time, d points.Award, deducts bool, expect uint64) []string {
	k := m.read(at, d, deducts)
	year := k.On.Year
	var codes []string
	say := func(when bool, code string) {
		if when {
			codes = append(codes, code)
		}
	}
	_, planned := m.plan(year)
	_, known := m.item(year, d.Item)
	say(slices.ContainsFunc(m.marks(), func(o *modelMark) bool { return o.Award.Award == d.Award }), "award-exists")
	say(!planned, "no-plan")
	say(planned && !known, "no-item")
	say(known && k.item.Points < 0 != deducts, "wrong-sign")
	say(strings.Compare(k.On.String(), m.today(at).String()) > 0, "future")
	say(expect != 0 && expect != m.version(d.Subject, year), "stale")
	return codes
}

// judged reports whether a plan would change how something recorded was judged, or
// by whom.
func (m *model) judged(d points.Adopt) bool {
	after := model{append(slices.Clone(m.done), deed{do: d}), m.zone}
	for _, k := range m.marks() {
		was, _ := m.plan(k.On.Year)
		is, _ := after.plan(k.On.Year)
		if was.Scope != is.Scope || was.Base != is.Base || was.Floor != is.Floor || was.Ceiling != is.Ceiling || was.AwardCap != is.AwardCap || was.DeductCap != is.DeductCap {
			return true
		}
		for _, i := range was.Items {
			if !slices.ContainsFunc(is.Items, func(j points.Item) bool { i.Name, j.Name = "", ""; return i == j }) {
				return true
			}
		}
	}
	return false
}

// version counts the deeds about an account.
func (m *model) version(subject points.Code, year int) uint64 {
	n := uint64(0)
	marks := m.marks()
	for _, k := range marks {
		if k.Subject == subject && k.On.Year == year {
			n++
			if k.reversed {
				n++
			}
		}
	}
	return n
}
