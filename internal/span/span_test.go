package span_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/internal/span"
)

func at(n int) time.Time { return time.Unix(int64(n), 0).UTC() }

// draw is an interval of small instants; 0 stands for an open end.
func draw(t *rapid.T, label string) (span.Interval, [2]int) {
	ends := [2]int{rapid.IntRange(0, 9).Draw(t, label+" from"), rapid.IntRange(0, 9).Draw(t, label+" until")}
	var i span.Interval
	if ends[0] > 0 {
		i.From = at(ends[0])
	}
	if ends[1] > 0 {
		i.Until = at(ends[1])
	}
	return i, ends
}

// holds is [from, until) read off the numbers, 0 being open.
func holds(ends [2]int, n int) bool {
	return (ends[0] == 0 || n >= ends[0]) && (ends[1] == 0 || n < ends[1])
}

func TestIntervalsAreSetsOfInstants(t *testing.T) { rapid.Check(t, intervalsAreSets) }

func FuzzIntervals(f *testing.F) { f.Fuzz(rapid.MakeFuzz(intervalsAreSets)) }

func intervalsAreSets(t *rapid.T) {
	i, x := draw(t, "i")
	j, y := draw(t, "j")
	valid, meets := false, false
	for n := -1; n <= 11; n++ {
		require.Equal(t, holds(x, n), i.Holds(at(n)), "%v at %d", x, n)
		valid = valid || holds(x, n)
		meets = meets || holds(x, n) && holds(y, n)
	}
	require.Equal(t, valid, i.Valid(), "%v", x)
	require.Equal(t, meets, i.Meets(j), "%v %v", x, y)
	if meets {
		for n := -1; n <= 11; n++ {
			require.Equal(t, holds(x, n) && holds(y, n), i.And(j).Holds(at(n)), "%v and %v at %d", x, y, n)
		}
	}
}
