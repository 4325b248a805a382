package dispatch

import (
	"slices"
	"strings"
)

// tiePair is two rules that tie at a spot.
type tiePair struct {
	a, b     uint32
	class    int
	leaf     uint32
	witness  spot
	crossing bool // only where a place has two classes of one layer
}

// pair looks for ties between the i-th rule of a region and those after it.
// Rules that are equal speak of the same prefix and area, so they meet again in
// every region of both; one witness is enough.
func (c *check) pair(r region, rules []uint32, i int) {
	first := i
	for first > 0 && c.equal(rules[first-1], rules[i]) {
		first--
	}
	a := rules[i]
	for _, b := range rules[i+1:] {
		if !c.equal(a, b) {
			return
		}
		key := [2]uint32{a, b}
		if c.same(a, b) || c.paired[key] || !c.compatible(a, b) {
			continue
		}
		within := boxOf(&c.list.entries[a]).and(boxOf(&c.list.entries[b]))
		if s, ok := c.free(within, []uint32{a, b}, rules[:first]); ok {
			c.paired[key], c.alive[a], c.alive[b] = true, true, true
			c.pairs = append(c.pairs, tiePair{a, b, r.class, r.first, s, c.crosses(a, b)})
		}
	}
}

// compatible reports whether one query can have the condition and the channel
// of both rules.
func (c *check) compatible(a, b uint32) bool {
	x, y := &c.list.entries[a], &c.list.entries[b]
	agree := func(m, n uint32) bool { return m == n || m == 0 || n == 0 }
	return agree(x.condition, y.condition) && agree(x.channel, y.channel)
}

// crosses reports whether two rules name different classes of one layer.
func (c *check) crosses(a, b uint32) bool {
	x, y := c.list.rules[a].Class, c.list.rules[b].Class
	layer, _, _ := strings.Cut(x, "=")
	other, _, _ := strings.Cut(y, "=")
	return x != y && layer != "" && layer == other
}

// ties makes one finding of all rules that tie with one another, directly or
// through a third.
func (c *check) ties() []Finding {
	var out []Finding
	for _, crossing := range [...]bool{false, true} {
		root := map[uint32]uint32{}
		find := func(x uint32) uint32 {
			for {
				up, ok := root[x]
				if !ok || up == x {
					return x
				}
				x = up
			}
		}
		for _, p := range c.pairs {
			if p.crossing == crossing {
				a, b := find(p.a), find(p.b)
				root[max(a, b)] = min(a, b)
			}
		}
		groups := map[uint32]int{}
		for _, p := range c.pairs {
			if p.crossing != crossing {
				continue
			}
			at, ok := groups[find(p.a)]
			if !ok {
				at = len(out)
				groups[find(p.a)] = at
				out = append(out, c.tie(p))
			}
			for _, pos := range [...]uint32{p.a, p.b} {
				if id := c.list.rules[pos].ID; !slices.Contains(out[at].Rules, id) {
					out[at].Rules = append(out[at].Rules, id)
				}
			}
		}
	}
	for i := range out {
		slices.Sort(out[i].Rules)
	}
	return out
}

// tie is a finding about a pair, still without its rules.
func (c *check) tie(p tiePair) Finding {
	r := c.list.rules[p.a]
	f := Finding{Severity: SeverityError, Code: FindingTie, Role: r.Role, Matter: r.Matter, Area: ruleArea(r)}
	if p.crossing {
		f.Severity, f.Code = SeverityWarning, FindingCrossing
	}
	return c.finding(f, p.class, p.leaf, p.witness)
}

func ruleArea(r Rule) Code {
	if r.Area == "" {
		return Any
	}
	return r.Area
}

// absent reports a rule that names an absent party at a spot.
func (c *check) absent(pos uint32, class int, leaf uint32, s spot) {
	r := c.list.rules[pos]
	c.reported[pos] = true
	f := Finding{
		Severity: SeverityError, Code: FindingExpired, Role: r.Role, Matter: r.Matter, Area: ruleArea(r),
		Rules: []Code{r.ID}, Party: c.list.duties[pos].Party,
	}
	c.expired = append(c.expired, c.finding(f, class, leaf, s))
}

// absentEverywhere reports the rules of collect roles whose party is absent:
// every one that applies names its party.
func (c *check) absentEverywhere() {
	for pos, e := range c.list.entries {
		if e.role < singleRoles {
			continue
		}
		for _, gap := range c.list.absent[uint32(pos)] {
			class, leaf := c.somewhere(uint32(pos))
			if s, ok := c.free(boxOf(&e).and(boxIn(gap)), []uint32{uint32(pos)}, nil); ok {
				c.absent(uint32(pos), class, leaf, s)
				break
			}
		}
	}
}

// somewhere is a matter class and a leaf that a rule speaks of.
func (c *check) somewhere(pos uint32) (class int, leaf uint32) {
	r := c.list.rules[pos]
	area, _ := c.list.m.Lookup(r.Area)
	return c.home[c.list.prefixes[r.Matter]], c.leaf(uint32(area))
}

// dead reports the rules of single roles that are never first.
func (c *check) dead() []Finding {
	var out []Finding
	for i, e := range c.list.entries {
		if e.role >= singleRoles || c.alive[i] {
			continue
		}
		r, pos := c.list.rules[i], uint32(i)
		f := Finding{Severity: SeverityWarning, Code: FindingDead, Role: r.Role, Matter: r.Matter, Area: ruleArea(r), Rules: []Code{r.ID}}
		if c.before[i] >= 0 {
			f.By = c.list.rules[c.before[i]].ID
		}
		if s, ok := c.free(boxOf(&e), []uint32{pos}, nil); ok {
			class, leaf := c.somewhere(pos)
			f = c.finding(f, class, leaf, s)
		}
		out = append(out, f)
	}
	return out
}
