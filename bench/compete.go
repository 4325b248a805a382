package main

import (
	"fmt"
	"time"

	"github.com/paulmach/orb"
)

// plan is what to do with one tiling.
type plan struct {
	peers  []peer
	kinds  []string
	points int // of each kind
	check  int // of those, how many answers to compare
	builds int
	effort effort
	seed   uint64
}

// Bounds on the comparison of answers, so that a slow peer does not take hours.
const (
	compareLimit = 3 * time.Second // of one peer and one kind of points
	judgeLimit   = 3 * time.Second // of the scan that judges our own answers
)

// outcome is all that was found about one tiling.
type outcome struct {
	name  string
	shape shape
	kinds []string
	rows  []row
	left  []string // peers left out, and why
	// judged compares our answers with a scan in whole numbers, by kind.
	judged []differences
}

// row is all that was found about one peer.
type row struct {
	name, what string
	cost       cost
	times      []timing // by kind
	dependent  timing   // of the first kind
	allocs     float64
	diffs      []differences // from ours, by kind
}

// compete measures every peer on t.
func compete(t *tiling, p plan, progress func(string)) (outcome, error) {
	out := outcome{name: t.name, shape: t.shape, kinds: p.kinds}
	var points [][]orb.Point
	for _, kind := range p.kinds {
		drawn, err := sample(t, kind, p.points, p.seed)
		if err != nil {
			return outcome{}, err
		}
		points = append(points, drawn)
	}
	running, err := out.construct(t, p, progress)
	if err != nil {
		return outcome{}, err
	}
	indexes := make([]index, len(running))
	for i, peer := range running {
		progress(fmt.Sprintf("%d leaves: building %s to ask it", t.shape.leaves, peer.name))
		if indexes[i], err = peer.build(t); err != nil {
			return outcome{}, fmt.Errorf("%s: %w", peer.name, err)
		}
		out.rows[i].allocs = allocations(indexes[i], points[0])
	}
	out.times(running, indexes, points, p.effort, progress)
	out.answers(t, indexes, points, p.check, progress)
	return out, nil
}

// construct fills in what the peers cost, a row for each, and answers those that
// are not too slow for t.
func (o *outcome) construct(t *tiling, p plan, progress func(string)) ([]peer, error) {
	var running []peer
	for _, peer := range p.peers {
		if peer.leavesMax > 0 && t.shape.leaves > peer.leavesMax {
			o.left = append(o.left, fmt.Sprintf("%s is left out above %d leaves: %s", peer.name, peer.leavesMax, peer.why))
			continue
		}
		progress(fmt.Sprintf("%d leaves: building %s", t.shape.leaves, peer.name))
		cost, err := construct(peer, t, p.builds)
		if err != nil {
			return nil, err
		}
		running = append(running, peer)
		o.rows = append(o.rows, row{name: peer.name, what: peer.what, cost: cost})
	}
	return running, nil
}

// times fills in what the look-ups take.
func (o *outcome) times(running []peer, indexes []index, points [][]orb.Point, e effort, progress func(string)) {
	for k, kind := range o.kinds {
		progress(fmt.Sprintf("%d leaves: timing %s points", o.shape.leaves, kind))
		contenders := make([]*contender, len(indexes))
		for i, x := range indexes {
			contenders[i] = newContender(x.each, points[k], 1, running[i].batch)
		}
		measure(contenders, e)
		for i, c := range contenders {
			o.rows[i].times = append(o.rows[i].times, c.result())
		}
	}
	progress(fmt.Sprintf("%d leaves: timing dependent look-ups", o.shape.leaves))
	var contenders []*contender
	var rows []int
	for i, x := range indexes {
		if running[i].batch == 0 {
			contenders = append(contenders, newContender(x.chain, points[0], 2, 0))
			rows = append(rows, i)
		}
	}
	measure(contenders, e)
	for k, c := range contenders {
		o.rows[rows[k]].dependent = c.result()
	}
}

// answers fills in where the peers and we disagree, and where we and a scan do.
func (o *outcome) answers(t *tiling, indexes []index, points [][]orb.Point, check int, progress func(string)) {
	judge := newExact(t)
	for k, kind := range o.kinds {
		progress(fmt.Sprintf("%d leaves: comparing answers for %s points", o.shape.leaves, kind))
		some := points[k][:min(check, len(points[k]))]
		mine := owners(indexes[0], some)
		o.judged = append(o.judged, compare(judge, some, mine, judge, judgeLimit))
		for i, x := range indexes {
			o.rows[i].diffs = append(o.rows[i].diffs, compare(x, some, mine, judge, compareLimit))
		}
	}
}
