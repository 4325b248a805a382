package dispatch

import (
	"math"
	"math/bits"
	"slices"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// timeline cuts all instants at every date that matters to a list and knows, of
// each piece, which combinations of windows occur in it and one instant of
// each. A question about instants has the same answer for all instants of one
// piece and one combination, so asking it once for each settles it for all.
//
// Combinations of a range of pieces come from a tree of bit sets. O(log n) a
// range for n pieces.
type timeline struct {
	list   *List
	cuts   []int64 // ascending; piece i is [cuts[i], cuts[i+1]); the first is math.MinInt64
	combos []uint64
	words  int          // words of a bit set
	tree   []uint64     // sets of combinations; leaves from len(cuts) on
	found  [][]occurred // by piece
}

// occurred is a combination, by number, and an instant at which it holds.
type occurred struct {
	combo uint32
	at    int64
}

const (
	dayMillis = 24 * 60 * 60 * 1000
	// settleMillis is long enough to see every combination of clock windows at
	// least once, whatever a change of clocks leaves out.
	settleMillis = 8 * dayMillis
)

// preferred is the instant that witnesses are near, when they can be.
var preferred = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC).UnixMilli()

// newTimeline cuts at every beginning and end of a rule and of a party, and at the
// end of every version.
func newTimeline(l *List) *timeline {
	t := &timeline{list: l, cuts: []int64{math.MinInt64}}
	add := func(at int64) {
		if at != math.MinInt64 && at != math.MaxInt64 {
			t.cuts = append(t.cuts, at)
		}
	}
	for i := range l.entries {
		add(l.entries[i].from)
		add(l.entries[i].until)
		for _, gap := range l.absent[uint32(i)] {
			from, until := intervalMillis(gap)
			add(from)
			add(until)
		}
	}
	for _, turn := range l.turns() {
		add(turn.end)
	}
	slices.Sort(t.cuts)
	t.cuts = slices.Compact(t.cuts)
	t.find(true)
	t.grow()
	return t
}

func intervalMillis(i Interval) (from, until int64) {
	from, until = math.MinInt64, math.MaxInt64
	if !i.From.IsZero() {
		from = listMillis(i.From)
	}
	if !i.Until.IsZero() {
		until = listMillis(i.Until)
	}
	return from, until
}

// end is where piece i ends.
func (t *timeline) end(i int) int64 {
	if i+1 < len(t.cuts) {
		return t.cuts[i+1]
	}
	return math.MaxInt64
}

// find looks for the combinations of each piece, brief when it may leave out days
// that are like one before; what it finds and in which order is the same.
func (t *timeline) find(brief bool) {
	t.found = make([][]occurred, len(t.cuts))
	numbers := map[uint64]uint32{}
	minutes := t.minutes()
	for i := range t.cuts {
		var seen *daysSeen
		if brief {
			seen = new(daysSeen)
		}
		add := func(at int64) {
			combo := t.comboAt(at)
			n, ok := numbers[combo]
			if !ok {
				n = uint32(len(t.combos))
				numbers[combo] = n
				t.combos = append(t.combos, combo)
			}
			if !slices.ContainsFunc(t.found[i], func(o occurred) bool { return o.combo == n }) {
				t.found[i] = append(t.found[i], occurred{n, at})
			}
		}
		for _, r := range t.looks(t.cuts[i], t.end(i)) {
			t.walk(r[0], r[1], minutes, seen, add)
		}
	}
	t.words = (len(t.combos) + 63) / 64
}

// looks are the ranges of instants that show every combination of a piece. A
// calendar may differ from week to week, so where windows need it every day of
// its years is looked at, and no other. Clock windows repeat every day.
func (t *timeline) looks(from, until int64) [][2]int64 {
	usesCalendar := t.usesCalendar()
	if usesCalendar {
		first := time.Date(worktime.YearMin, 1, 2, 0, 0, 0, 0, time.UTC)
		last := time.Date(worktime.YearMax, 12, 31, 0, 0, 0, 0, time.UTC)
		from, until = max(from, first.UnixMilli()), min(until, last.UnixMilli())
	}
	if from == math.MinInt64 {
		from = min(until, preferred) - settleMillis
	}
	if until == math.MaxInt64 {
		until = max(from, preferred) + settleMillis
	}
	var looks [][2]int64
	add := func(a, b int64) {
		if a, b = max(a, from), min(b, until); a < b {
			looks = append(looks, [2]int64{a, b})
		}
	}
	start := max(from, min(preferred, until-1))
	add(start, start+settleMillis)
	add(from, from+settleMillis)
	if usesCalendar {
		add(preferred, until)
		add(from, preferred)
	}
	return looks
}

// comboAt is the set of windows that hold at an instant.
func (t *timeline) comboAt(ms int64) uint64 {
	at, set := time.UnixMilli(ms), uint64(0)
	minute, working, asked := -1, false, false
	for i, w := range t.list.windows {
		holds := false
		if w.kind == clockWindow {
			if minute < 0 {
				minute = minuteOf(at, t.list.zone)
			}
			holds = w.holdsAt(minute)
		} else {
			if !asked {
				working, asked = t.list.calendar.Working(at), true
			}
			holds = working == (w.kind == workWindow)
		}
		if holds {
			set |= 1 << i
		}
	}
	return set
}

// grow builds the tree of sets over the pieces.
func (t *timeline) grow() {
	n := len(t.cuts)
	t.tree = make([]uint64, 2*n*t.words)
	for i, list := range t.found {
		for _, o := range list {
			t.tree[(n+i)*t.words+int(o.combo/64)] |= 1 << (o.combo % 64)
		}
	}
	for i := n - 1; i > 0; i-- {
		for w := range t.words {
			t.tree[i*t.words+w] = t.tree[2*i*t.words+w] | t.tree[(2*i+1)*t.words+w]
		}
	}
}

// among yields every combination that occurs in [from, until), which begin and
// end at cuts.
func (t *timeline) among(from, until int64) func(yield func(combo uint64, number uint32) bool) {
	return func(yield func(uint64, uint32) bool) {
		a, b := t.pieces(from, until)
		set := make([]uint64, t.words)
		n := len(t.cuts)
		for lo, hi := a+n, b+n; lo < hi; lo, hi = lo/2, hi/2 {
			if lo&1 == 1 {
				t.merge(set, lo)
				lo++
			}
			if hi&1 == 1 {
				hi--
				t.merge(set, hi)
			}
		}
		for w, word := range set {
			for ; word != 0; word &= word - 1 {
				number := uint32(w*64 + bits.TrailingZeros64(word))
				if !yield(t.combos[number], number) {
					return
				}
			}
		}
	}
}

func (t *timeline) merge(set []uint64, node int) {
	for w := range set {
		set[w] |= t.tree[node*t.words+w]
	}
}

// pieces are the numbers of the first piece of [from, until) and of the one
// after its last.
func (t *timeline) pieces(from, until int64) (a, b int) {
	a, _ = slices.BinarySearch(t.cuts, from)
	b = len(t.cuts)
	if until != math.MaxInt64 {
		b, _ = slices.BinarySearch(t.cuts, until)
	}
	return a, b
}

// instant is one at which the numbered combination holds in [from, until): as
// near the preferred one as the pieces allow, else the earliest.
func (t *timeline) instant(from, until int64, number uint32) int64 {
	a, b := t.pieces(from, until)
	home, found := slices.BinarySearch(t.cuts, preferred)
	if !found {
		home--
	}
	order := func(yield func(int) bool) {
		if a <= home && home < b && !yield(home) {
			return
		}
		for i := a; i < b; i++ {
			if !yield(i) {
				return
			}
		}
	}
	for i := range order {
		for _, o := range t.found[i] {
			if o.combo == number {
				return o.at
			}
		}
	}
	return from
}
