package main

import (
	"runtime"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/bench/cputime"
)

// ticking is a clock that a run moves on by so much a point.
type ticking struct{ now time.Duration }

func (k *ticking) contender(points, per, least int, each time.Duration) *contender {
	return &contender{
		points: make([]orb.Point, points), per: per, least: least, clock: func() time.Duration { return k.now },
		run: func(some []orb.Point) uint64 {
			k.now += time.Duration(len(some)) * each
			return 1
		},
	}
}

// Contenders take turns, another one first in each round, and go on through
// their points where they stopped. A turn has all its windows unless they are
// long ones.
func TestMeasureTakesTurns(t *testing.T) {
	var clock ticking
	var turns []string
	last := map[string]float64{}
	contend := func(name string, each time.Duration) *contender {
		c := clock.contender(1000, 1, 0, each)
		for i := range c.points {
			c.points[i][0] = float64(i)
		}
		work := c.run
		c.run = func(some []orb.Point) uint64 {
			if len(turns) == 0 || turns[len(turns)-1] != name {
				turns = append(turns, name)
			}
			if at, ok := last[name]; ok {
				next := at + 1
				if next+float64(len(some)) > 1000 { // begins again
					next = some[0][0]
				}
				require.Equal(t, next, some[0][0])
			}
			last[name] = some[len(some)-1][0]
			return work(some)
		}
		return c
	}
	// At 1 µs a window, 64 look-ups of 10 ns fit, and of 1 µs by far not.
	three := []*contender{contend("a", 10), contend("b", 10), contend("c", time.Microsecond)}
	measure(three, effort{rounds: 3, windows: 10, window: time.Microsecond})
	require.Equal(t, []string{"a", "b", "c", "a", "b", "c", "b", "c", "a", "c", "a", "b"}, turns, "calibration, then rounds")
	for i, windows := range []int{10, 10, windowsLeast} {
		require.GreaterOrEqual(t, three[i].size, windowLookups)
		require.Equal(t, 3*windows, len(three[i].kept)+len(three[i].dropped))
	}
}

// A window fills its time.
func TestCalibrate(t *testing.T) {
	var clock ticking
	c := clock.contender(1<<20, 2, 0, 10)
	c.calibrate(time.Millisecond)
	require.Equal(t, 100_000, c.size)
	c.time()
	require.Equal(t, []float64{20}, append(c.kept, c.dropped...), "a look-up of a chain has two points")

	c = clock.contender(1<<20, 1, 1<<16, 10)
	c.calibrate(time.Microsecond)
	require.Equal(t, 1<<16, c.size, "a batch is never cut")

	c = clock.contender(10, 1, 0, 10)
	c.calibrate(time.Second)
	require.Equal(t, 10, c.size, "no more points than there are")
}

// The thread's clock counts work and not waiting.
func TestThreadTime(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	from := cputime.Thread()
	for cputime.Thread()-from < 2*time.Millisecond {
	}
	used, wall := cputime.Thread(), time.Now()
	time.Sleep(20 * time.Millisecond)
	if cputime.Name != "wall time" {
		require.Less(t, cputime.Thread()-used, time.Since(wall)/2)
	}
}

func TestResult(t *testing.T) {
	c := &contender{kept: []float64{50, 10, 30, 20, 40, 60, 70, 80, 90, 100}, dropped: []float64{1}}
	require.Equal(t, timing{p20: 30, median: 60, dropped: 1}, c.result())
	c = &contender{dropped: []float64{7, 5}}
	require.Equal(t, timing{p20: 5, median: 7, dropped: 2}, c.result(), "better than nothing")
}

// fake is an index of one block of memory.
type fake struct{ memory []byte }

func (f *fake) each(points []orb.Point) uint64 {
	for range points {
		f.memory = make([]byte, len(f.memory)) // one object a look-up
	}
	return 0
}
func (f *fake) chain([]orb.Point) uint64 { return 0 }
func (f *fake) owner(orb.Point) int      { return -1 }
func (f *fake) coordinates() int         { return 1000 }

func TestConstruct(t *testing.T) {
	built := 0
	p := peer{name: "fake", build: func(*tiling) (index, error) {
		built++
		for from := cputime.Process(); cputime.Process()-from < 5*time.Millisecond; {
		}
		return &fake{make([]byte, 1<<20)}, nil
	}}
	c, err := construct(p, nil, 3)
	require.NoError(t, err)
	require.Equal(t, 3, built)
	require.InDelta(t, 1<<20, c.heap, 50_000, "one index, not three")
	require.Equal(t, 1000, c.coordinates)
	require.GreaterOrEqual(t, c.build, 5*time.Millisecond)
	require.InDelta(t, 1, allocations(&fake{make([]byte, 1000)}, make([]orb.Point, 200)), 0.2)
}
