package worktime

import (
	"math"
	"time"

	"github.com/gridgov/gridgov/internal/civil"
)

const (
	millisPerMinute = 60_000
	millisPerDay    = secondsPerDay * 1000
)

// changesMax bounds the changes of one zone from YearMin to YearMax. The busiest
// known zone has four a year.
const changesMax = 4096

// offsetMax is the largest distance from UTC in milliseconds; the zone data
// format allows less.
const offsetMax = 26 * 60 * 60 * 1000

// stretch is a run of instants during which a zone keeps one offset from UTC.
type stretch struct {
	from   int64 // instant, ms
	until  int64 // instant, ms
	offset int64 // local clock minus UTC, ms
}

// stretches lists the runs of zone that meet [from, until), in order, without
// holes, neighbours with different offsets. It is false when the zone has too
// many or an offset is too large.
func stretches(zone *time.Location, from, until int64) ([]stretch, bool) {
	var list []stretch
	for at := from; at < until; {
		offset := offsetAt(zone, at)
		if offset > offsetMax || offset < -offsetMax || len(list) == changesMax {
			return nil, false
		}
		next := min(civil.NextChange(zone, at), until)
		if last := len(list) - 1; last >= 0 && list[last].offset == offset {
			list[last].until = next
		} else {
			list = append(list, stretch{from: at, until: next, offset: offset})
		}
		at = next
	}
	list[len(list)-1].until = math.MaxInt64
	return list, true
}

// offsetAt is local clock minus UTC at the instant at, ms.
func offsetAt(zone *time.Location, at int64) int64 {
	_, seconds := time.UnixMilli(at).In(zone).Zone()
	return int64(seconds) * 1000
}

// sweep turns local clock times into instants; the times must be asked for in
// ascending order. O(number of stretches) over all questions together.
type sweep struct {
	stretches []stretch
}

// instant is the first instant at which the local clock shows local (ms since
// the local 1970-01-01 00:00) or later: the first stretch whose clock gets past
// local, entered late when that clock starts past it.
func (s *sweep) instant(local int64) int64 {
	for len(s.stretches) > 1 && s.stretches[0].until+s.stretches[0].offset <= local {
		s.stretches = s.stretches[1:]
	}
	head := s.stretches[0]
	return max(head.from, local-head.offset)
}
