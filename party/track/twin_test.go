package track_test

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/geodesy"
	"github.com/gridgov/gridgov/party/track"
)

// shifts is on duty in any of the intervals of a person, in milliseconds from
// start. The answer holds until the next end or beginning.
type shifts map[track.Code][][2]int64

func (s shifts) Duty(person track.Code, at time.Time) (bool, time.Time) {
	now, on, until := at.Sub(start).Milliseconds(), false, int64(math.MaxInt64)
	for _, x := range s[person] {
		on = on || x[0] <= now && now < x[1]
		for _, edge := range x {
			if edge > now {
				until = min(until, edge)
			}
		}
	}
	if until == math.MaxInt64 {
		return on, time.Time{}
	}
	return on, start.Add(time.Duration(until) * time.Millisecond)
}

func (s shifts) on(person track.Code, at time.Time) bool {
	now := at.Sub(start).Milliseconds()
	return slices.ContainsFunc(s[person], func(x [2]int64) bool { return x[0] <= now && now < x[1] })
}

// twin is the Tracker by its rules alone: sorted lists, no cache, no index.
type twin struct {
	o      track.Options
	duties shifts
	tracks map[track.Code][]track.Fix
	doubt  map[track.Code]track.Fix
}

func rounded(f track.Fix) track.Fix {
	f.At = f.At.Truncate(time.Millisecond).UTC()
	f.Point, _ = grid.Snap(f.Point)
	f.Accuracy = grid.Meters(math.Ceil(float64(f.Accuracy)*1000) / 1000)
	return f
}

func (w *twin) plausible(a, b track.Fix) bool {
	apart := math.Abs(float64(b.At.Sub(a.At).Milliseconds()))
	return geodesy.Distance(a.Point, b.Point)*1000 <= w.o.Speed*apart+float64(a.Accuracy)*1000+float64(b.Accuracy)*1000
}

// prune drops what is as old as the retention.
func (w *twin) prune(p track.Code, now time.Time) {
	w.tracks[p] = slices.DeleteFunc(w.tracks[p], func(f track.Fix) bool { return now.Sub(f.At) >= w.o.Retention })
}

func (w *twin) add(now time.Time, f track.Fix) track.Verdict {
	if !(math.Abs(f.Point[0]) <= 180 && math.Abs(f.Point[1]) <= 90) || !(f.Accuracy >= 0) || f.Person == "" || f.At.Year() < 1 || f.At.Year() > 9999 {
		return track.Malformed
	}
	f = rounded(f)
	_, known := w.tracks[f.Person]
	switch {
	case f.At.Sub(now) > w.o.Ahead:
		return track.Ahead
	case now.Sub(f.At) >= w.o.Retention:
		return track.Expired
	case !w.duties.on(f.Person, f.At):
		return track.OffDuty
	case f.Accuracy > w.o.Accuracy:
		return track.Inexact
	case !known && len(w.tracks) >= w.o.People:
		return track.Full
	}
	w.prune(f.Person, now)
	kept := w.tracks[f.Person]
	if n := len(kept); n > 0 {
		all := slices.IndexFunc(kept, func(x track.Fix) bool { return !x.At.After(f.At) }) < 0
		if kept[n-1].At.Sub(f.At) > w.o.Late || all && n == w.o.Fixes {
			return track.Late
		}
	}
	var rest []track.Fix
	for _, x := range kept {
		if !x.At.Equal(f.At) {
			rest = append(rest, x)
			continue
		}
		if c := cmp.Or(cmp.Compare(x.Accuracy, f.Accuracy), cmp.Compare(x.Point[0], f.Point[0]), cmp.Compare(x.Point[1], f.Point[1])); c <= 0 {
			return track.Known
		}
	}
	agrees, newest := len(rest) == 0, len(kept) == 0 || f.At.After(kept[len(kept)-1].At)
	for i, x := range rest {
		beside := x.At.Before(f.At) && (i+1 == len(rest) || rest[i+1].At.After(f.At)) ||
			x.At.After(f.At) && (i == 0 || rest[i-1].At.Before(f.At))
		agrees = agrees || beside && w.plausible(x, f)
	}
	if !agrees && newest {
		d, ok := w.doubt[f.Person]
		agrees = ok && f.At.After(d.At) && w.plausible(d, f)
		w.doubt[f.Person] = f
	}
	if !agrees {
		return track.Jump
	}
	rest = append(rest, f)
	slices.SortFunc(rest, func(a, b track.Fix) int { return a.At.Compare(b.At) })
	w.tracks[f.Person] = rest[max(0, len(rest)-w.o.Fixes):]
	if rest[len(rest)-1].At.Equal(f.At) {
		delete(w.doubt, f.Person)
	}
	return track.Accepted
}

func (w *twin) forget(p track.Code) bool {
	_, ok := w.tracks[p]
	delete(w.tracks, p)
	delete(w.doubt, p)
	return ok
}

func (w *twin) fixes() (n int) {
	for _, fixes := range w.tracks {
		n += len(fixes)
	}
	return n
}

func (w *twin) expire(now time.Time) int {
	before := w.fixes()
	for p := range w.tracks {
		if w.prune(p, now); len(w.tracks[p]) == 0 {
			w.forget(p)
		}
	}
	return before - w.fixes()
}

func (w *twin) position(p track.Code, at time.Time) (found track.Fix, ok bool) {
	for _, f := range w.tracks[p] {
		if !f.At.After(at) {
			found, ok = f, true
		}
	}
	if !ok || at.Sub(found.At) > w.o.StaleAfter || !w.duties.on(p, at) {
		return track.Fix{}, false
	}
	return found, true
}

func (w *twin) track(p track.Code, from, until time.Time) (out []track.Fix) {
	for _, f := range w.tracks[p] {
		if (from.IsZero() || !f.At.Before(from)) && (until.IsZero() || f.At.Before(until)) {
			out = append(out, f)
		}
	}
	return out
}

func (w *twin) replay(from, until time.Time) (out []track.Fix) {
	for p := range w.tracks {
		out = append(out, w.track(p, from, until)...)
	}
	slices.SortFunc(out, func(a, b track.Fix) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Person, b.Person)) })
	return out
}

// nearest sorts everybody and goes through them.
func (w *twin) nearest(q track.Want) (chosen []track.Candidate, passed []track.Passed, counts map[track.Reason]int) {
	p, _ := grid.Snap(q.Point)
	var all []track.Candidate
	for c, fixes := range w.tracks {
		if len(fixes) == 0 {
			continue
		}
		f := fixes[len(fixes)-1]
		if age := q.At.Sub(f.At); age < w.o.Retention {
			away := grid.Meters(math.Round(geodesy.Distance(p, f.Point)*1000) / 1000)
			all = append(all, track.Candidate{Person: c, Away: away, Age: age, Accuracy: f.Accuracy})
		}
	}
	slices.SortFunc(all, func(a, b track.Candidate) int {
		return cmp.Or(cmp.Compare(a.Away, b.Away), cmp.Compare(a.Person, b.Person))
	})
	counts = map[track.Reason]int{}
	met := 0
	for _, c := range all {
		if met >= q.K {
			break
		}
		r, what := w.reason(c, q)
		if r == 0 || r == track.Beyond {
			met++
		}
		if r == 0 {
			chosen = append(chosen, c)
			continue
		}
		counts[r]++
		if r != track.NotOnDuty && len(passed) < track.PassedMax {
			passed = append(passed, track.Passed{Candidate: c, Reason: r, What: what})
		}
	}
	return chosen, passed, counts
}

func (w *twin) reason(c track.Candidate, q track.Want) (track.Reason, track.Code) {
	if !w.duties.on(c.Person, q.At) {
		return track.NotOnDuty, ""
	}
	if c.Age > w.o.StaleAfter || -c.Age > w.o.Ahead {
		return track.Stale, ""
	}
	if q.MaxAccuracy != 0 && c.Accuracy > q.MaxAccuracy {
		return track.TooInexact, ""
	}
	for _, s := range q.Skills {
		if !q.Skilled(c.Person, s, q.At) {
			return track.Unskilled, s
		}
	}
	if len(q.Groups) > 0 && !slices.ContainsFunc(q.Groups, func(g track.Code) bool { return q.InGroup(c.Person, g, q.At) }) {
		return track.NotInGroup, ""
	}
	if q.Fit != nil {
		if lacks, ok := q.Fit(c.Person); !ok {
			return track.Unfit, lacks
		}
	}
	if q.Busy != nil {
		if with, busy := q.Busy(c.Person); busy {
			return track.Occupied, with
		}
	}
	if q.Within != 0 && c.Away > q.Within {
		return track.Beyond, ""
	}
	return 0, ""
}

// timeIn asks for every millisecond of an interval which fix stands for it.
func (w *twin) timeIn(p track.Code, from, until time.Time, of func(orb.Point) track.Code) map[track.Code]int64 {
	spent := map[track.Code]int64{}
	for at := from; at.Before(until); at = at.Add(time.Millisecond) {
		var stands *track.Fix
		for i := range w.tracks[p] {
			if f := &w.tracks[p][i]; !f.At.After(at) {
				stands = f
			}
		}
		code := track.Code("unknown")
		if stands != nil && at.Sub(stands.At) < w.o.MaxGap {
			held := true
			for x := stands.At; held && !x.After(at); x = x.Add(time.Millisecond) {
				held = w.duties.on(p, x)
			}
			if held {
				code = of(stands.Point)
			}
		}
		spent[code]++
	}
	return spent
}
