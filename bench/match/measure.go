package main

import (
	"runtime"
	"slices"
	"time"

	"github.com/gridgov/gridgov/bench/cputime"
)

// effort is how long to measure.
type effort struct {
	rounds  int           // in each of which every contestant has its turn
	windows int           // of one turn
	window  time.Duration // holds one operation at least
	turnMax time.Duration // ends a turn after a window
}

var (
	full  = effort{rounds: 5, windows: 40, window: time.Millisecond, turnMax: 300 * time.Millisecond}
	quick = effort{rounds: 1, windows: 3, window: 20 * time.Microsecond, turnMax: 20 * time.Millisecond}
)

// contestant does one thing, whose answers have been checked.
type contestant struct {
	row row
	op  func() error
	per int // operations that a call of op counts for; 0 is 1

	batch         int       // calls of a window; 0 is not found out yet
	kept, dropped []float64 // ns an operation, of windows; dropped are those in which the thread was preempted
	totals        []float64 // ns an operation of all threads, a turn each
}

// measure times contestants by turns, another one first in each round, and
// answers their rows.
func measure(cs []*contestant, e effort) ([]row, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for round := range e.rounds {
		for i := range cs {
			if err := cs[(i+round)%len(cs)].turn(e); err != nil {
				return nil, err
			}
		}
	}
	var rows []row
	for _, c := range cs {
		c.sum()
		rows = append(rows, c.row)
	}
	return rows, nil
}

// turn times windows of operations by the CPU time of the thread.
func (c *contestant) turn(e effort) error {
	per := max(c.per, 1)
	if err := c.calibrate(e.window); err != nil {
		return err
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begun, all, n := cputime.Thread(), cputime.Process(), 0
	for range e.windows {
		held := cputime.Preemptions()
		used, err := c.window(c.batch)
		if err != nil {
			return err
		}
		n += c.batch * per
		ns := float64(used) / float64(c.batch*per)
		if cputime.Preemptions() == held {
			c.kept = append(c.kept, ns)
		} else {
			c.dropped = append(c.dropped, ns)
		}
		if cputime.Thread()-begun > e.turnMax {
			break
		}
	}
	c.totals = append(c.totals, float64(cputime.Process()-all)/float64(n))
	runtime.ReadMemStats(&after)
	c.row.bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(n)
	c.row.times = float64(after.Mallocs-before.Mallocs) / float64(n)
	return nil
}

// calibrate finds out, once, how many calls fill a window.
func (c *contestant) calibrate(window time.Duration) error {
	for n := 1; c.batch == 0; n *= 2 {
		used, err := c.window(n)
		if err != nil {
			return err
		}
		if used >= window || n == 1<<20 {
			c.batch = n
		}
	}
	return nil
}

// window is the CPU time that n calls take.
func (c *contestant) window(n int) (time.Duration, error) {
	from := cputime.Thread()
	for range n {
		if err := c.op(); err != nil {
			return 0, err
		}
	}
	return cputime.Thread() - from, nil
}

// sum puts the 20th percentile of the undisturbed windows into the row, or of all
// when there is none, and the median of the turns' process time.
func (c *contestant) sum() {
	ns := c.kept
	if len(ns) == 0 {
		ns = c.dropped
	}
	slices.Sort(ns)
	slices.Sort(c.totals)
	c.row.each, c.row.total = ns[len(ns)/5], c.totals[len(c.totals)/2]
}

// building is how much CPU time of the process build takes and how many bytes of
// heap it leaves in use.
func building(build func() error) (time.Duration, int64, error) {
	before := heapInUse()
	from := cputime.Process()
	err := build()
	used := cputime.Process() - from
	return used, heapInUse() - before, err
}

func heapInUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
