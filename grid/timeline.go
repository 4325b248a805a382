package grid

import (
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/internal/span"
)

// Interval is [From, Until): From is in it, Until is not. A zero From has no
// beginning, a zero Until no end.
// It is a struct of From and Until, both time.Time, with Holds(at) and Valid.
type Interval = span.Interval

// VersionsMax is the most versions of a Timeline: one a day for 40 years.
const VersionsMax = 1 << 14

// Version is the map in force (有效) during an interval.
type Version struct {
	During Interval
	Map    *Map
}

// Timeline is the maps of one place over time (版本时间线). It is immutable and
// safe for concurrent use. A nil and a zero Timeline have no versions.
type Timeline struct {
	versions []Version // by From, none meeting the next
}

// NewTimeline orders versions by time. There may be gaps between them, in which
// there is no map. It refuses, with all faults at once as a *TimelineError: too
// many versions (said alone), and for each a nil map, instants that are not whole
// milliseconds, an interval that holds no instant, and one that meets another's.
// Instants are kept in UTC. O(n log n).
func NewTimeline(versions ...Version) (*Timeline, error) {
	var f timeFaults
	if len(versions) > VersionsMax {
		f.add(&VersionError{Version: -1, Err: ErrVersions})
		return nil, f.err()
	}
	order := make([]int, len(versions))
	sound, meets := make([]bool, len(versions)), make([]bool, len(versions))
	for i, v := range versions {
		order[i] = i
		if v.Map == nil {
			f.add(&VersionError{Version: i, During: v.During, Err: ErrNoMap})
		}
		checkInterval(v.During, func(err error) { f.add(&VersionError{Version: i, During: v.During, Err: err}) })
		sound[i] = v.During.Valid()
	}
	slices.SortStableFunc(order, func(i, j int) int { return compareFrom(versions[i].During, versions[j].During) })
	t := &Timeline{}
	last := -1 // the sound version before that ends last
	for _, i := range order {
		v := versions[i]
		v.During = Interval{From: utc(v.During.From), Until: utc(v.During.Until)}
		t.versions = append(t.versions, v)
		if !sound[i] {
			continue
		}
		if last >= 0 && versions[last].During.Meets(v.During) {
			meets[max(i, last)] = true // the one given later is at fault, once
		}
		if last < 0 || endsAfter(v.During, versions[last].During) {
			last = i
		}
	}
	for i, bad := range meets {
		if bad {
			f.add(&VersionError{Version: i, During: versions[i].During, Err: ErrOverlap})
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return t, nil
}

// checkInterval says what is wrong with an interval.
func checkInterval(i Interval, fault func(error)) {
	if !wholeMillis(i.From) || !wholeMillis(i.Until) {
		fault(ErrNotMillis)
	}
	if !i.Valid() {
		fault(ErrInterval)
	}
}

func wholeMillis(at time.Time) bool { return at.Nanosecond()%int(time.Millisecond) == 0 }

// utc is the instant in UTC; the zero time stays the zero time.
func utc(at time.Time) time.Time {
	if at.IsZero() {
		return time.Time{}
	}
	return at.UTC()
}

// compareFrom orders intervals by beginning, no beginning first.
func compareFrom(i, j Interval) int { return i.From.Compare(j.From) }

// endsAfter reports whether i ends after j.
func endsAfter(i, j Interval) bool {
	return !j.Until.IsZero() && (i.Until.IsZero() || i.Until.After(j.Until))
}

// Versions is a copy of the versions by time.
func (t *Timeline) Versions() []Version {
	if t == nil {
		return nil
	}
	return slices.Clone(t.versions)
}

// Between are the versions in force at some instant of [from, until), by time;
// a zero from has no beginning, a zero until no end. None when until is not after
// from.
func (t *Timeline) Between(from, until time.Time) []Version {
	if t == nil {
		return nil
	}
	asked := Interval{From: from, Until: until}
	var out []Version
	for _, v := range t.versions {
		if v.During.Meets(asked) {
			out = append(out, v)
		}
	}
	return out
}

// At is the map in force at an instant; false in a gap, before the first version
// and after the last. The zero time is before everything but a version without
// beginning. O(log n).
func (t *Timeline) At(at time.Time) (*Map, bool) {
	if t == nil {
		return nil, false
	}
	// The last version that begins at or before the instant is the only one that
	// can hold it.
	i, _ := slices.BinarySearchFunc(t.versions, at, func(v Version, at time.Time) int {
		if v.During.From.IsZero() || !v.During.From.After(at) {
			return -1
		}
		return 1
	})
	if i == 0 || !t.versions[i-1].During.Holds(at) {
		return nil, false
	}
	return t.versions[i-1].Map, true
}

// Locate is the leaf that owned a place at an instant, and the map in which its
// Ref has a meaning; false when there was no map or no leaf there.
func (t *Timeline) Locate(p orb.Point, at time.Time) (*Map, Ref, bool) {
	m, ok := t.At(at)
	if !ok {
		return nil, 0, false
	}
	r, ok := m.Locate(p)
	if !ok {
		return nil, 0, false
	}
	return m, r, true
}

// Diff compares the maps in force at two instants; false when one of them is in a
// gap.
func (t *Timeline) Diff(from, to time.Time) (*Changes, bool) {
	a, ok := t.At(from)
	if !ok {
		return nil, false
	}
	b, ok := t.At(to)
	if !ok {
		return nil, false
	}
	return Diff(a, b), true
}

// With is the timeline with one more version, from which on the last one is no
// longer in force: an end of it that is open or later becomes v's beginning. v
// must begin after the last one does (ErrOverlap), and all that NewTimeline refuses
// is refused. The receiver stays as it is.
func (t *Timeline) With(v Version) (*Timeline, error) {
	versions := t.Versions()
	if n := len(versions); n > 0 && v.During.From.After(versions[n-1].During.From) {
		if last := &versions[n-1].During; last.Until.IsZero() || last.Until.After(v.During.From) {
			last.Until = v.During.From
		}
	}
	return NewTimeline(append(versions, v)...)
}
