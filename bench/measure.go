package main

import (
	"runtime"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/bench/cputime"
)

// effort is how long to measure.
type effort struct {
	rounds  int           // in each of which every peer has its turn
	windows int           // of one peer in one round
	window  time.Duration // roughly; the look-ups of a window are fixed beforehand
}

// contender is one peer while it is measured.
type contender struct {
	run    func(points []orb.Point) uint64
	points []orb.Point
	per    int // points of a look-up: 2 when run is an index's chain
	least  int // points of a window at least
	clock  func() time.Duration

	size    int // points of a window
	cursor  int
	kept    []float64 // ns a look-up, of undisturbed windows
	dropped []float64 // of windows in which the thread was preempted
}

// newContender times run, whose look-ups take per points each, by the thread's CPU.
func newContender(run func([]orb.Point) uint64, points []orb.Point, per, least int) *contender {
	return &contender{run: run, points: points, per: per, least: least, clock: cputime.Thread}
}

// measure times contenders by turns. Each turn is one window to warm up and then
// windows that count; the order of the turns is another in each round, so that no
// contender always follows the same one. The windows go on through the points
// where the last one ended.
func measure(contenders []*contender, e effort) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for _, c := range contenders {
		c.calibrate(e.window)
	}
	for round := range e.rounds {
		for i := range contenders {
			c := contenders[(i+round)%len(contenders)]
			c.run(c.next())
			c.turn(e)
		}
	}
}

// A window holds windowLookups at least, or its time would say more about the
// points in it than about the peer. Where that makes windows long, a turn has
// fewer of them: it ends after turnStretch times its time, though not before
// windowsLeast.
const (
	windowLookups = 64
	turnStretch   = 4
	windowsLeast  = 3
)

// turn times windows.
func (c *contender) turn(e effort) {
	from := c.clock()
	for i := range e.windows {
		if i >= windowsLeast && c.clock()-from > turnStretch*time.Duration(e.windows)*e.window {
			return
		}
		c.time()
	}
}

// calibrate sets how many points fill a window.
func (c *contender) calibrate(window time.Duration) {
	c.least = min(max(c.least, windowLookups*c.per), len(c.points))
	for c.size = c.least; ; c.size *= 2 {
		c.size = min(c.size, len(c.points))
		from := c.clock()
		c.run(c.next())
		used := c.clock() - from
		if used >= window/2 || c.size == len(c.points) {
			fits := float64(c.size) * float64(window) / float64(max(used, 1))
			c.size = min(max(int(fits), c.least), len(c.points))
			return
		}
	}
}

func (c *contender) next() []orb.Point {
	if c.cursor+c.size > len(c.points) {
		c.cursor = 0
	}
	c.cursor += c.size
	return c.points[c.cursor-c.size : c.cursor]
}

func (c *contender) time() {
	points := c.next()
	before, from := cputime.Preemptions(), c.clock()
	c.run(points)
	used := c.clock() - from
	ns := float64(used) / float64(len(points)/c.per)
	if cputime.Preemptions() != before {
		c.dropped = append(c.dropped, ns)
		return
	}
	c.kept = append(c.kept, ns)
}

// timing is what the windows of a contender come to.
type timing struct {
	p20, median float64 // ns a look-up; 0 is not measured
	dropped     int     // windows left out
}

// result sums the windows up. When all were disturbed they count all the same.
func (c *contender) result() timing {
	ns := c.kept
	if len(ns) == 0 {
		ns = c.dropped
	}
	slices.Sort(ns)
	return timing{p20: ns[len(ns)/5], median: ns[len(ns)/2], dropped: len(c.dropped)}
}

// allocations is the heap objects that a look-up makes, over some points.
func allocations(x index, points []orb.Point) float64 {
	points = points[:min(len(points), 1000)]
	x.each(points) // what is made once is not counted
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	x.each(points)
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / float64(len(points))
}
