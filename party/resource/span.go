package resource

import (
	"math"
	"slices"
	"time"
)

// span is an Interval in milliseconds since 1970, [from, until).
type span struct{ from, until int64 }

func spanOf(i Interval) span {
	s := span{math.MinInt64, math.MaxInt64}
	if !i.From.IsZero() {
		s.from = i.From.UnixMilli()
	}
	if !i.Until.IsZero() {
		s.until = i.Until.UnixMilli()
	}
	return s
}

// and is what two spans share; empty when until is not after from.
func (s span) and(t span) span { return span{max(s.from, t.from), min(s.until, t.until)} }

func (s span) empty() bool { return s.from >= s.until }

func (s span) holds(t span) bool { return s.from <= t.from && t.until <= s.until }

// interval is the span as an Interval in UTC.
func (s span) interval() Interval {
	var i Interval
	if s.from != math.MinInt64 {
		i.From = time.UnixMilli(s.from).UTC()
	}
	if s.until != math.MaxInt64 {
		i.Until = time.UnixMilli(s.until).UTC()
	}
	return i
}

const msPerDay = 24 * 60 * 60 * 1000

// days is how many days of 24 hours have begun in a span; -1 when it is open.
func (s span) days() int64 {
	if s.from == math.MinInt64 || s.until == math.MaxInt64 {
		return -1
	}
	return (s.until-s.from-1)/msPerDay + 1
}

// usage is how many units of an offer are in use, as steps: level[i] from at[i] on
// until at[i+1]. The first step begins before all time. The zero usage is none.
type usage struct {
	at    []int64
	level []int64
}

// most is the greatest use at any instant of a span. O(log steps + steps in it).
func (u *usage) most(s span) int64 {
	if len(u.at) == 0 {
		return 0
	}
	most := int64(0)
	for i := u.step(s.from); i < len(u.at) && u.at[i] < s.until; i++ {
		most = max(most, u.level[i])
	}
	return most
}

// step is the index of the step that holds at.
func (u *usage) step(at int64) int {
	i, found := slices.BinarySearch(u.at, at)
	if !found {
		i--
	}
	return i
}

// add changes the use during a span by so many units.
func (u *usage) add(s span, units int64) {
	if len(u.at) == 0 {
		u.at, u.level = []int64{math.MinInt64}, []int64{0}
	}
	u.cut(s.from)
	if s.until != math.MaxInt64 {
		u.cut(s.until)
	}
	for i := u.step(s.from); i < len(u.at) && u.at[i] < s.until; i++ {
		u.level[i] += units
	}
}

// cut lets a step begin at an instant.
func (u *usage) cut(at int64) {
	if i := u.step(at); u.at[i] != at {
		u.at, u.level = slices.Insert(u.at, i+1, at), slices.Insert(u.level, i+1, u.level[i])
	}
}
