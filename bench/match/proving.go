package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/gridgov/gridgov/dispatch"
)

// The shape of what a naive prover can look at everywhere: 24 matters, 24 leaves.
var (
	provedMatters = [4]int{3, 2, 2, 2}
	provedAreas   = [4]int{2, 2, 2, 3}
)

const provedRules = 200

// province is a list with gaps, ties and dead rules, small enough for brute force.
type province struct {
	rules   []rule // in the order of precedence, then of id
	party   map[string]string
	matters []string
	leaves  []string
	list    *dispatch.List
}

// newProvince has four parties and nobody who answers for everything.
func newProvince(n int, seed uint64) (*province, error) {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	p := &province{party: map[string]string{}, matters: codes("k", provedMatters), leaves: codes("a", provedAreas)}
	m, err := buildMap(provedAreas)
	if err != nil {
		return nil, err
	}
	cal, err := office()
	if err != nil {
		return nil, err
	}
	var table []dispatch.Matter
	for _, c := range p.matters {
		table = append(table, dispatch.Matter{Code: dispatch.Code(c)})
	}
	var rules []dispatch.Rule
	for i := range n {
		x := randomRule(i, provedMatters, provedAreas, r)
		p.rules = append(p.rules, x)
		p.party[x.id] = fmt.Sprintf("p%d", r.IntN(4))
		rules = append(rules, dispatch.Rule{
			ID: dispatch.Code(x.id), Role: dispatch.Lead, Matter: dispatch.Code(x.matter), Area: dispatch.Code(x.area),
			Channel: x.channel, Window: x.window, Party: dispatch.Code(p.party[x.id]),
		})
	}
	sorted := world{rules: p.rules}
	sorted.sort()
	p.list, err = dispatch.Compile(table, rules, m, nil, dispatch.Options{Calendar: cal})
	return p, err
}

// codes are all codes of the last level.
func codes(prefix string, fan [4]int) []string {
	out := []string{""}
	for _, n := range fan {
		var below []string
		for _, c := range out {
			for i := range n {
				if c == "" {
					below = append(below, fmt.Sprintf("%s%d", prefix, i))
				} else {
					below = append(below, fmt.Sprintf("%s.%s%d", c, prefix, i))
				}
			}
		}
		out = below
	}
	return out
}

// verdict is what brute force finds.
type verdict struct {
	gaps  map[[2]string]bool // matter and leaf where some event has no lead
	tied  map[string]bool    // rules that tie with one of another party
	alive map[string]bool    // rules that are first somewhere, or tie there
}

// brute asks about every matter × leaf × channel × kind of day × stretch of the
// day between two instants at which any window begins or ends.
func (p *province) brute() verdict {
	v := verdict{map[[2]string]bool{}, map[string]bool{}, map[string]bool{}}
	cuts := map[int]bool{0: true, 8 * 60: true, 12 * 60: true, 14 * 60: true, 18 * 60: true}
	channels := map[string]bool{"": true}
	for i := range p.rules {
		x := &p.rules[i]
		cuts[x.from], cuts[x.to%(24*60)], channels[x.channel] = true, true, true
	}
	minutes, names := slices.Sorted(maps.Keys(cuts)), slices.Sorted(maps.Keys(channels))
	for _, matter := range p.matters {
		for _, leaf := range p.leaves {
			e := event{matter: matter, area: leaf}
			for _, e.channel = range names {
				for _, e.minute = range minutes {
					open := e.minute >= 8*60 && e.minute < 12*60 || e.minute >= 14*60 && e.minute < 18*60
					for _, workday := range []bool{false, true} {
						e.work = workday && open
						p.settle(&e, v)
					}
				}
			}
		}
	}
	return v
}

// settle finds who is first for one event.
func (p *province) settle(e *event, v verdict) {
	var top []*rule
	for i := range p.rules {
		x := &p.rules[i]
		if len(top) > 0 && precedence(top[0], x) < 0 {
			break
		}
		if x.covers(e) {
			top = append(top, x)
		}
	}
	if len(top) == 0 {
		v.gaps[[2]string{e.matter, e.area}] = true
	}
	for i, x := range top {
		mine := p.party[x.id]
		tie := slices.ContainsFunc(top, func(y *rule) bool { return p.party[y.id] != mine })
		if tie {
			v.tied[x.id] = true
		}
		if tie || i == 0 { // of equal rules that name one party the first by id answers
			v.alive[x.id] = true
		}
	}
}

// agrees compares a certificate with what brute force found.
func (p *province) agrees(c *dispatch.Certificate, v verdict) error {
	gaps, tied, dead := map[[2]string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range c.Findings {
		switch f.Code {
		case dispatch.FindingGap:
			for _, m := range p.matters {
				for _, a := range p.leaves {
					if under(m, string(f.Matter)) && under(a, string(f.Area)) {
						gaps[[2]string{m, a}] = true
					}
				}
			}
		case dispatch.FindingTie:
			for _, id := range f.Rules {
				tied[string(id)] = true
			}
		case dispatch.FindingDead:
			dead[string(f.Rules[0])] = true
		case dispatch.FindingMore:
			return fmt.Errorf("%d findings are left out of the certificate", f.Count)
		}
	}
	if !maps.Equal(gaps, v.gaps) {
		return fmt.Errorf("gaps at %d matters and leaves, by brute force at %d", len(gaps), len(v.gaps))
	}
	if !maps.Equal(tied, v.tied) {
		return fmt.Errorf("%d rules tie, by brute force %d", len(tied), len(v.tied))
	}
	for _, x := range p.rules {
		if v.alive[x.id] == dead[x.id] {
			return fmt.Errorf("rule %s: dead is %t, first somewhere by brute force %t", x.id, dead[x.id], v.alive[x.id])
		}
	}
	return nil
}

// measureProve proves the lists of the other parts, and a small one beside brute
// force, which must find the same gaps, ties and dead rules.
func measureProve(plan *plan) ([]row, error) {
	fmt.Fprintln(plan.tell, "prove")
	p, err := newProvince(provedRules, plan.seed)
	if err != nil {
		return nil, err
	}
	cert, found := p.list.Prove(), p.brute()
	if err := p.agrees(cert, found); err != nil {
		return nil, err
	}
	note := fmt.Sprintf("gaps at %d of %d matters × leaves, %d tied, %d dead", len(found.gaps), len(p.matters)*len(p.leaves), len(found.tied), len(p.rules)-len(found.alive))
	name := fmt.Sprintf("%d, 24 matters × 24 leaves", provedRules)
	cs := []*contestant{
		{row: row{what: "Prove", size: name, who: "gridgov", ours: true, note: note}, op: func() error { p.list.Prove(); return nil }},
		{row: row{what: "Prove", size: name, who: "brute-force"}, op: func() error { p.brute(); return nil }},
	}
	for _, n := range plan.sizes {
		w, err := newWorld(n, plan.seed)
		if err != nil {
			return nil, err
		}
		c := w.lead.Prove()
		if !c.OK() || c.Count(dispatch.FindingGap) != 0 {
			return nil, fmt.Errorf("%d rules: a list with a rule for everything is not proved", n)
		}
		cs = append(cs, &contestant{row: row{
			what: "Prove", size: strconv.Itoa(n), who: "gridgov", ours: true, note: fmt.Sprintf("%d cells, %d dead", c.Cells, c.Count(dispatch.FindingDead)),
		}, op: func() error { w.lead.Prove(); return nil }})
	}
	return measure(cs, plan.effort)
}
