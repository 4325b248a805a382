package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/gridgov/gridgov/bench/cputime"
)

// cost is what an index takes to build and to keep.
type cost struct {
	build       time.Duration // CPU of the whole process, the least of all builds
	heap        int           // bytes kept, geometry included
	coordinates int           // of those, bytes of coordinates
}

// construct builds p from t some times, at least once, and answers the cost. Only
// one index is alive at a time, and none afterwards: the collector looks through
// all that is alive, so an index built beside others would pay for them.
func construct(p peer, t *tiling, times int) (cost, error) {
	var c cost
	for i := range times {
		before := liveHeap()
		from := cputime.Process()
		x, err := p.build(t)
		used := cputime.Process() - from
		if err != nil {
			return cost{}, fmt.Errorf("%s: %w", p.name, err)
		}
		if i == 0 || used < c.build {
			c.build = used
		}
		c.heap, c.coordinates = liveHeap()-before, x.coordinates()
		runtime.KeepAlive(x)
	}
	return c, nil
}

// liveHeap is the bytes that are still in use. Two collections, because the first
// may leave what a finalizer held.
func liveHeap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
