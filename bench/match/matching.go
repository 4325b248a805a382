package main

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/dispatch"
)

// measureMatch finds the rules that cover events.
func measureMatch(p *plan) ([]row, error) {
	var rows []row
	for _, n := range p.sizes {
		w, err := newWorld(n, p.seed)
		if err != nil {
			return nil, err
		}
		var chosen []*contestant
		for _, x := range peers {
			if !p.wants(x.name, x.ours) {
				continue
			}
			fmt.Fprintf(p.tell, "%d rules: %s\n", n, x.name)
			c, err := enter(x, w, p.agree)
			if err != nil {
				return nil, fmt.Errorf("%s, %d rules: %w", x.name, n, err)
			}
			chosen = append(chosen, c)
		}
		compiled, err := compiling(w)
		if err != nil {
			return nil, err
		}
		more, err := measure(append(chosen, compiled), p.effort)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// enter builds a peer and checks its answers on some events.
func enter(p peer, w *world, agree int) (*contestant, error) {
	var match matcher
	used, kept, err := building(func() (err error) {
		match, err = p.build(w)
		return err
	})
	if err != nil {
		return nil, err
	}
	c := &contestant{row: row{what: "Match, all", size: strconv.Itoa(len(w.rules)), who: p.name, ours: p.ours, build: used, kept: kept}}
	if p.first {
		c.row.what = "Match, first"
	}
	if !p.builds {
		c.row.build, c.row.kept = 0, 0
	}
	hits := 0
	for i := range agree {
		e := &w.events[i]
		got, err := match(e)
		if err != nil {
			return nil, err
		}
		want := w.covering(e)
		if p.first {
			want = want[:1]
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			return nil, fmt.Errorf("event %d: %v, but the rules that cover it are %v", i, got, want)
		}
		hits += len(got)
	}
	c.row.note = fmt.Sprintf("%.1f hits", float64(hits)/float64(agree))
	next := 0
	c.op = func() error {
		_, err := match(&w.events[next%len(w.events)])
		next++
		return err
	}
	return c, nil
}

// compiling compiles the list of lead rules afresh; memory is what one list keeps,
// without the rules that the caller has.
func compiling(w *world) (*contestant, error) {
	var list *dispatch.List
	compile := func() (err error) {
		list, err = w.compile(dispatch.Lead)
		return err
	}
	_, kept, err := building(compile)
	runtime.KeepAlive(list)
	list = nil
	return &contestant{op: compile, row: row{what: "Compile", size: strconv.Itoa(len(w.rules)), who: "gridgov", ours: true, kept: kept}}, err
}
