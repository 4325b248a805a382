package main

import "github.com/gridgov/gridgov/dispatch"

// matcher answers the ids of the rules that cover an event: all, in any order, or
// the first in the order of precedence.
type matcher func(*event) ([]string, error)

type peer struct {
	name   string
	first  bool // it finds the first rule only
	ours   bool
	builds bool // it has an index to build
	build  func(*world) (matcher, error)
}

var peers = []peer{
	{name: "gridgov", first: true, ours: true, builds: true, build: buildFirst},
	{name: "sorted-scan", first: true, build: buildSortedScan},
	{name: "gridgov-all", ours: true, builds: true, build: buildAll},
	{name: "scan", build: buildScan},
	{name: "opa-rules", builds: true, build: buildOPARules},
	{name: "opa-prefix", builds: true, build: buildOPAPrefix},
	{name: "opa-data", builds: true, build: buildOPAData},
	{name: "cel", builds: true, build: buildCEL},
	{name: "expr", builds: true, build: buildExpr},
	{name: "grule", builds: true, build: buildGrule},
}

// answer keeps the memory of the ids that a peer hands over out of its figures.
type answer struct{ ids []string }

func buildFirst(w *world) (matcher, error) {
	list, err := w.compile(dispatch.Lead)
	if err != nil {
		return nil, err
	}
	a := answer{make([]string, 1)}
	return func(e *event) ([]string, error) {
		a.ids[0] = string(list.Match(e.query).Lead.Rule)
		return a.ids, nil
	}, nil
}

func buildAll(w *world) (matcher, error) {
	list, err := w.compile(dispatch.Notify)
	if err != nil {
		return nil, err
	}
	var a answer
	return func(e *event) ([]string, error) {
		a.ids = a.ids[:0]
		for _, d := range list.Match(e.query).Notify {
			a.ids = append(a.ids, string(d.Rule))
		}
		return a.ids, nil
	}, nil
}

func buildSortedScan(w *world) (matcher, error) {
	a := answer{make([]string, 1)}
	return func(e *event) ([]string, error) {
		a.ids[0] = ""
		for i := range w.rules {
			if w.rules[i].covers(e) {
				a.ids[0] = w.rules[i].id
				break
			}
		}
		return a.ids, nil
	}, nil
}

func buildScan(w *world) (matcher, error) {
	var a answer
	return func(e *event) ([]string, error) {
		a.ids = a.ids[:0]
		for i := range w.rules {
			if w.rules[i].covers(e) {
				a.ids = append(a.ids, w.rules[i].id)
			}
		}
		return a.ids, nil
	}, nil
}
