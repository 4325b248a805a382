package grid

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"time"
)

// DatedUnit is a unit that is valid during an interval. One code may be used by
// several units, as long as their intervals do not meet.
type DatedUnit struct {
	Unit
	During Interval
}

// TimelineOf makes the timeline of dated units. Versions begin and end at the
// instants at which units do; each has the map of the units valid in it, the very
// same *Map as another version's when the units are the same. Where no unit is
// valid there is a gap.
//
// It refuses, with all faults at once as a *TimelineError: too many versions or,
// over all versions, too many units (said alone); instants that are not whole
// milliseconds and intervals without an instant (said before maps are looked at);
// a unit whose parent has another interval and is not valid in the version's;
// and every fault of Build. A fault is said once for the versions in a row that
// have it. The cost is that of Build for every version that differs.
func TimelineOf(units []DatedUnit, opts Options) (*Timeline, error) {
	var f timeFaults
	for i, u := range units {
		checkInterval(u.During, func(err error) {
			f.add(&VersionError{Version: -1, Unit: u.Code, During: units[i].During, Err: err})
		})
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	intervals := intervalsOf(units)
	if len(intervals) > VersionsMax {
		f.add(&VersionError{Version: -1, Err: ErrVersions})
		return nil, f.err()
	}
	y := years{units: units, opts: opts, classes: classesOf(units), ever: map[Code]bool{}, maps: map[string]*Map{}, last: map[string]*VersionError{}}
	for _, u := range units {
		y.ever[u.Code] = true
	}
	valid, ok := validIn(units, intervals)
	if !ok {
		f.add(&VersionError{Version: -1, Err: ErrUnits})
		return nil, f.err()
	}
	var versions []Version
	for i, during := range intervals {
		if m := y.build(valid[i], during, &f); m != nil {
			versions = append(versions, Version{during, m})
		}
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	return NewTimeline(versions...)
}

// intervalsOf cuts time at every instant at which a unit begins or ends.
func intervalsOf(units []DatedUnit) []Interval {
	if len(units) == 0 {
		return nil
	}
	var cuts []time.Time
	for _, u := range units {
		for _, at := range []time.Time{u.During.From, u.During.Until} {
			if !at.IsZero() {
				cuts = append(cuts, at.UTC())
			}
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	out := make([]Interval, 0, len(cuts)+1)
	from := time.Time{}
	for _, at := range cuts {
		out = append(out, Interval{From: from, Until: at})
		from = at
	}
	return append(out, Interval{From: from})
}

// validIn lists for each interval the units valid in it; false when they are
// more than UnitsMax together.
func validIn(units []DatedUnit, intervals []Interval) ([][]int32, bool) {
	out := make([][]int32, len(intervals))
	n := 0
	for k, u := range units {
		i, _ := slices.BinarySearchFunc(intervals, u.During, compareFrom)
		for ; i < len(intervals) && u.During.Meets(intervals[i]); i++ {
			if n++; n > UnitsMax {
				return nil, false
			}
			out[i] = append(out[i], int32(k))
		}
	}
	return out, true
}

// years builds the maps of intervals in which no unit begins or ends.
type years struct {
	units   []DatedUnit
	opts    Options
	classes []uint32 // by unit: the same for units that are equal
	ever    map[Code]bool
	maps    map[string]*Map          // by the classes of its units
	last    map[string]*VersionError // the latest of each fault
}

// build is the map of some units, which are valid during an interval; nil when
// there are none or Build refuses them.
func (y *years) build(valid []int32, during Interval, f *timeFaults) *Map {
	if len(valid) == 0 {
		return nil
	}
	units, classes := make([]Unit, len(valid)), make([]uint32, len(valid))
	for i, k := range valid {
		units[i], classes[i] = y.units[k].Unit, y.classes[k]
	}
	slices.Sort(classes)
	var key []byte
	for _, c := range classes {
		key = binary.LittleEndian.AppendUint32(key, c)
	}
	if m, ok := y.maps[string(key)]; ok {
		return m
	}
	m, err := Build(units, y.opts)
	if refused, ok := errors.AsType[*BuildError](err); ok {
		f.left = max(f.left, refused.Left)
		y.report(refused.Faults, units, during, f)
		return nil
	}
	y.maps[string(key)] = m
	return m
}

// report adds the faults of a map. A missing parent that is valid at another time
// is ErrParentTime.
func (y *years) report(faults []*Error, units []Unit, during Interval, f *timeFaults) {
	parents := map[Code]Code{}
	for _, u := range units {
		parents[u.Code] = u.Parent
	}
	for _, fault := range faults {
		e := &VersionError{Version: -1, Unit: fault.Unit, During: during, Err: fault}
		if errors.Is(fault, ErrParent) && y.ever[parents[fault.Unit]] {
			e.Err = ErrParentTime
		}
		text := string(e.Unit) + "\x00" + e.Err.Error()
		if last := y.last[text]; last != nil && last.During.Until.Equal(during.From) {
			last.During.Until = during.Until
			continue
		}
		y.last[text] = e
		f.add(e)
	}
}

// classesOf numbers the units so that equal ones have one number.
func classesOf(units []DatedUnit) []uint32 {
	out := make([]uint32, len(units))
	first := map[[32]byte]uint32{}
	for i, u := range units {
		d := digestOf(u.Unit)
		if _, again := first[d]; !again {
			first[d] = uint32(i)
		}
		out[i] = first[d]
	}
	return out
}

// digestOf is the SHA-256 of all that a unit says.
func digestOf(u Unit) [32]byte {
	var buf []byte
	number := func(n uint64) { buf = binary.LittleEndian.AppendUint64(buf, n) }
	text := func(s string) {
		number(uint64(len(s)))
		buf = append(buf, s...)
	}
	text(string(u.Code))
	text(string(u.Parent))
	text(u.Name)
	number(uint64(u.Level))
	number(uint64(len(u.Boundary)))
	for _, polygon := range u.Boundary {
		number(uint64(len(polygon)))
		for _, ring := range polygon {
			number(uint64(len(ring)))
			for _, p := range ring {
				number(math.Float64bits(p[0]))
				number(math.Float64bits(p[1]))
			}
		}
	}
	number(uint64(len(u.Counts)))
	for _, k := range slices.Sorted(maps.Keys(u.Counts)) {
		text(k)
		number(uint64(u.Counts[k]))
	}
	for _, k := range slices.Sorted(maps.Keys(u.Attrs)) {
		text(k)
		text(u.Attrs[k])
	}
	return sha256.Sum256(buf)
}
