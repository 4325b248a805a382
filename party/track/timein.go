package track

import (
	"cmp"
	"slices"
	"time"

	"github.com/paulmach/orb"
)

// IntervalMax is a year: nothing is kept as long as that.
const IntervalMax = 366 * 24 * time.Hour

// Times is where the time of an interval went. By, Outside and Unknown add to the
// interval exactly.
type Times struct {
	By      []Spent       // by code
	Outside time.Duration // at places of no code
	Unknown time.Duration // without a fix that stands for it
}

// Spent is the time in one grid.
type Spent struct {
	Code Code
	Time time.Duration // whole milliseconds
}

// TimeIn answers how long a person was where in [from, until) (在格时长): a fix stands
// for the time up to the next one, but no longer than Options.MaxGap and the end of
// the duty, and belongs to the code that of answers for its place, "" for none. The
// fix before from counts with what reaches into the interval. of is called once for
// each fix that counts, in order of time. An empty interval, or one with an open
// end, or longer than IntervalMax, answers nothing.
func (t *Tracker) TimeIn(c Code, from, until time.Time, of func(orb.Point) Code) Times {
	low, okLow := instant(from)
	high, okHigh := instant(until)
	if from.IsZero() || until.IsZero() || !okLow || !okHigh || low >= high || high-low > IntervalMax.Milliseconds() {
		return Times{}
	}
	by := map[Code]int64{}
	unknown := high - low
	if id, ok := t.ids[c]; ok {
		r := &t.people[id].track
		first, end := r.stretch(low, high)
		for i := max(0, first-1); i < end; i++ {
			at := r.at(i)
			most := min(at+t.gap, high)
			if i+1 < r.n {
				most = min(most, r.at(i+1))
			}
			if spent := t.dutyUntil(c, at, most) - max(at, low); spent > 0 {
				by[of(r.record(i).degrees())] += spent
				unknown -= spent
			}
		}
	}
	times := Times{Unknown: millis(unknown), Outside: millis(by[""])}
	delete(by, "")
	for code, spent := range by {
		times.By = append(times.By, Spent{code, millis(spent)})
	}
	slices.SortFunc(times.By, func(a, b Spent) int { return cmp.Compare(a.Code, b.Code) })
	return times
}

// millis is a duration, at most a century either way, beyond what matters here.
func millis(ms int64) time.Duration {
	const century = 100 * 366 * 24 * time.Hour
	most := century.Milliseconds()
	return time.Duration(min(max(ms, -most), most)) * time.Millisecond
}
