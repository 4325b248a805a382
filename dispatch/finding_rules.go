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
	at := [2]map[uint32]int{{}, {}}
	for _, p := range c.pairs {
		kind := kindOf(p.crossing)
		root := c.group(kind, p.a)
		i, ok := at[kind][root]
		if !ok {
			i = len(out)
			at[kind][root] = i
			out = append(out, c.tie(p))
		}
		for _, pos := range [...]uint32{p.a, p.b} {
			out[i].Rules = append(out[i].Rules, c.list.rules[pos].ID)
		}
	}
	for i := range out {
		slices.Sort(out[i].Rules)
		out[i].Rules = slices.Compact(out[i].Rules)
	}
	return out
}

// kindOf is the index of check.groups.
func kindOf(crossing bool) int {
	if crossing {
		return 1
	}
	return 0
}

// group is the first rule of those that a rule ties with.
func (c *check) group(kind int, pos uint32) uint32 {
	root := c.groups[kind]
	for root[pos] != pos {
		root[pos] = root[root[pos]]
		pos = root[pos]
	}
	return pos
}

// join puts two rules into one group.
func (c *check) join(kind int, a, b uint32) {
	a, b = c.group(kind, a), c.group(kind, b)
	c.groups[kind][max(a, b)] = min(a, b)
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
