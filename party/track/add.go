package track

import (
	"time"

	"github.com/gridgov/gridgov/internal/code"
)

// Add takes in a fix at the host's instant now and says what became of it; see the
// verdicts, which stand in order of precedence.
//
// Fixes may come out of order within Options.Late. Of two of the same instant the
// more exact one is kept, of equally exact ones the more western, then the more
// southern. A fix must be within reach of the one before or the one after it at
// Options.Speed, both accuracies granted; the first of a track is believed. One
// after the latest that is not within reach is a Jump, and is kept aside: when the
// next one is within reach of it, that one is believed. O(1) but for the search
// and the shift of a fix out of order; a known person costs no allocation once the
// track has its room.
func (t *Tracker) Add(now time.Time, f Fix) Verdict {
	id, known := t.ids[f.Person]
	return t.take(clamped(now), &f, id, known)
}

// AddBatch adds fixes one after another and appends their verdicts to dst.
func (t *Tracker) AddBatch(now time.Time, fixes []Fix, dst []Verdict) []Verdict {
	at := clamped(now)
	for len(fixes) > 0 {
		chunk := fixes[:min(len(fixes), chunkSize)]
		dst, fixes = t.addChunk(at, chunk, dst), fixes[len(chunk):]
	}
	return dst
}

// chunkSize is how many fixes are looked up before the first is taken in, so that
// the processor waits for the memory of all together: a fix of 100,000 people costs
// a sixth to a third less (BenchmarkAdd against the same with 1).
const chunkSize = 64

func (t *Tracker) addChunk(now int64, fixes []Fix, dst []Verdict) []Verdict {
	var ids [chunkSize]uint32
	var known [chunkSize]bool
	for i := range fixes {
		ids[i], known[i] = t.ids[fixes[i].Person]
	}
	for i := range fixes {
		if !known[i] { // or met earlier in the chunk
			ids[i], known[i] = t.ids[fixes[i].Person]
		}
		dst = append(dst, t.take(now, &fixes[i], ids[i], known[i]))
	}
	return dst
}

// take is Add for somebody looked up.
func (t *Tracker) take(now int64, f *Fix, id uint32, known bool) Verdict {
	where, placed := placeOf(f.Point)
	accuracy, measured := accuracyOf(f.Accuracy)
	at, dated := instant(f.At)
	switch {
	case !placed || !measured || !dated || !known && code.Check(f.Person) != nil:
		return Malformed
	case at > now+t.ahead:
		return Ahead
	case at <= now-t.retention:
		return Expired
	}
	x := record{place: where, low: uint32(at), accuracy: accuracy}
	if !known {
		return t.first(f.Person, at, x)
	}
	p := &t.people[id]
	switch {
	case !t.renew(p, at):
		return OffDuty
	case accuracy > t.accuracy:
		return Inexact
	}
	t.prune(p, now-t.retention)
	return t.put(id, at, x)
}

// first takes in the first fix of a person.
func (t *Tracker) first(c Code, at int64, x record) Verdict {
	on, until := t.ask(c, at)
	switch {
	case !on:
		return OffDuty
	case x.accuracy > t.accuracy:
		return Inexact
	case len(t.ids) >= t.limits.people:
		return Full
	}
	id := t.add(c)
	p := &t.people[id]
	p.on, p.from, p.until = on, at, until
	t.next = min(t.next, until)
	return t.put(id, at, x)
}

// put takes a fix of somebody on duty into the track.
func (t *Tracker) put(id uint32, at int64, x record) Verdict {
	p := &t.people[id]
	r := &p.track
	i := r.from(at)
	if r.n > 0 && (at < r.last-t.late || i == 0 && r.n == t.limits.fixes && at != r.first) {
		return Late
	}
	same := i < r.n && r.at(i) == at
	if same && !x.better(r.record(i)) {
		return Known
	}
	if !t.reached(r, i, same, at, x) && !t.believed(p, at, x) {
		return Jump
	}
	if same {
		r.set(i, x)
	} else {
		t.fixes += r.insert(i, at, x, t.limits.fixes)
		t.next = min(t.next, r.first+t.retention)
	}
	if at == r.last {
		p.doubted = false
		t.cells.move(t.people, id, x.place)
	}
	return Accepted
}

// better reports whether x replaces y of the same instant.
func (x record) better(y record) bool {
	return x.accuracy < y.accuracy || x.accuracy == y.accuracy && x.place.before(y.place)
}

// reached reports whether a fix that comes to be the i-th is within reach of the
// one before or the one after, or alone.
func (t *Tracker) reached(r *ring, i int, same bool, at int64, x record) bool {
	after := i
	if same {
		after++
	}
	if i == 0 && after >= r.n {
		return true
	}
	return i > 0 && t.plausible(r.record(i-1), x, at-r.at(i-1)) ||
		after < r.n && t.plausible(x, r.record(after), r.at(after)-at)
}

// believed reports whether a jump after the latest fix agrees with the one before
// it; else it is kept aside.
func (t *Tracker) believed(p *person, at int64, x record) bool {
	if at <= p.track.last {
		return false
	}
	if p.doubted && at > p.doubtAt && t.plausible(p.doubt, x, at-p.doubtAt) {
		return true
	}
	p.doubted, p.doubt, p.doubtAt = true, x, at
	return false
}
