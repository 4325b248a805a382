package track

import "fmt"

// Check answers what is wrong with the quadtree of a Tracker: every cell counts
// the people in it, holds them, is split when it must be and merged when it can.
func (t *Tracker) Check() error {
	seen := 0
	if err := t.checkCell(0, &seen); err != nil {
		return err
	}
	if seen != len(t.ids) {
		return fmt.Errorf("%d people in cells, %d known", seen, len(t.ids))
	}
	used := map[int32]bool{}
	var walk func(int32)
	walk = func(i int32) {
		used[i] = true
		for _, q := range t.cells.all[i].quarters {
			if q != none {
				walk(q)
			}
		}
	}
	if len(t.cells.all) > 0 {
		walk(0)
	}
	if len(used)+len(t.cells.free) != len(t.cells.all) {
		return fmt.Errorf("%d cells used and %d free of %d", len(used), len(t.cells.free), len(t.cells.all))
	}
	return nil
}

func (t *Tracker) checkCell(i int32, seen *int) error {
	if len(t.cells.all) == 0 {
		return nil
	}
	c, before := &t.cells.all[i], *seen
	for _, s := range c.people {
		x, y := s.corner()
		p := &t.people[s.id]
		if !c.holds(x, y) || p.leaf != i || p.track.record(p.track.n-1).place != s.place {
			return fmt.Errorf("cell %d has %s", i, p.code)
		}
		*seen++
	}
	for q, below := range c.quarters {
		if below == none {
			continue
		}
		if b := &t.cells.all[below]; b.parent != i || c.quarter(b.x, b.y) != q || b.count == 0 {
			return fmt.Errorf("cell %d has a wrong quarter %d", i, q)
		}
		if err := t.checkCell(below, seen); err != nil {
			return err
		}
	}
	n := *seen - before
	if int(c.count) != n || c.inner && (len(c.people) > 0 || n <= mergeAt) || !c.inner && n > splitAt && c.bits > bitsLess {
		return fmt.Errorf("cell %d of %d bits counts %d, has %d", i, c.bits, c.count, n)
	}
	return nil
}
