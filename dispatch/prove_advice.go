package dispatch

import (
	"cmp"
	"slices"
	"time"

	"github.com/gridgov/gridgov/grid"
)

// advice is what Prove reports besides Findings.
func (c *check) advice() []Finding {
	var out []Finding
	bare := c.unlimited()
	for i, e := range c.list.entries {
		pos := uint32(i)
		if e.role >= singleRoles {
			continue
		}
		served := c.list.served[pos]
		out = c.outside(out, FindingJurisdiction, pos, served)
		if c.list.rules[pos].Mode == Self {
			out = c.outside(out, FindingSelfWide, pos, cmp.Or(c.list.tended[pos], served))
		}
		if e.role == 0 && c.alive[pos] && c.list.rules[pos].Budget.IsZero() {
			out = c.unbudgeted(out, pos, bare)
		}
	}
	return out
}

// outside adds a finding when the rule's area has a leaf that the given area, if
// any, has not. The witness is there, whether or not the rule is first.
func (c *check) outside(out []Finding, code FindingCode, pos uint32, area Code) []Finding {
	l, r := c.list, c.list.rules[pos]
	own, ok := l.m.Lookup(area)
	if !ok {
		return out
	}
	ref, _ := l.m.Lookup(r.Area)
	leaf := uint32(0)
	for n := uint32(ref); n <= l.last[ref]; n++ {
		if n != 0 && l.last[n] == n && !l.m.Contains(own, grid.Ref(n)) {
			leaf = n
			break
		}
		if n != 0 && n == uint32(own) {
			n = l.last[n]
		}
	}
	if leaf == 0 {
		return out
	}
	f := Finding{Severity: SeverityWarning, Code: code, Role: r.Role, Matter: r.Matter, Area: ruleArea(r), Rules: []Code{r.ID}, Party: l.duties[pos].Party, Post: l.duties[pos].Post}
	if s, ok := c.free(boxOf(&l.entries[pos]), []uint32{pos}, nil); ok {
		f = c.finding(f, c.home[l.prefixes[r.Matter]], leaf, s)
	}
	return append(out, f)
}

// unlimited is, by prefix, the matters of its class that some instant leaves
// without a standard when no condition is named. A standard for a named
// condition never takes one away.
func (c *check) unlimited() [][]Code {
	out := make([][]Code, len(c.list.up))
	for _, class := range c.classes {
		for _, m := range class.members {
			if !c.list.standards.always(m) {
				out[class.prefix] = append(out[class.prefix], m)
			}
		}
	}
	return out
}

// always reports whether a standard for all year and any condition covers a
// matter.
func (s *Standards) always(m Code) bool {
	if s == nil {
		return false
	}
	holds := func(m Code) bool {
		list := s.found[standardKey{m, ""}]
		return len(list) > 0 && list[len(list)-1].season.allYear()
	}
	for p := m; p != ""; p = ParentMatter(p) {
		if holds(p) {
			return true
		}
	}
	return holds(Any)
}

// unbudgeted adds a finding when the rule is first for a query that no standard
// limits.
func (c *check) unbudgeted(out []Finding, pos uint32, bare [][]Code) []Finding {
	l, r := c.list, c.list.rules[pos]
	at, ok := c.firstAt[pos]
	if !ok {
		return out
	}
	q := c.query(at.class, at.leaf, at.spot)
	var witness Query
	try := func(m Code) bool {
		for _, instant := range c.instants(q.At) {
			witness = q
			witness.Matter, witness.At = m, instant
			if d := l.Match(witness); d.Lead.Rule == r.ID && d.Lead.Budget.IsZero() {
				return true
			}
		}
		return false
	}
	found := slices.Contains(bare[c.classes[at.class].prefix], q.Matter) && try(q.Matter)
	if !found && l.standards != nil && !c.anyBare(l.prefixes[r.Matter], bare, try) {
		return out
	}
	f := Finding{
		Severity: SeverityWarning, Code: FindingNoBudget, Role: Lead, Matter: r.Matter, Area: ruleArea(r), Rules: []Code{r.ID},
		Party: l.duties[pos].Party, Post: l.duties[pos].Post, Witness: witness, HasWitness: true, Place: l.m.Info(witness.Area).Code,
	}
	return append(out, f)
}

// anyBare tries the matters without a standard under a prefix until one will do.
func (c *check) anyBare(prefix uint32, bare [][]Code, try func(Code) bool) bool {
	if slices.ContainsFunc(bare[prefix], try) {
		return true
	}
	for _, below := range c.below[prefix] {
		if c.anyBare(below, bare, try) {
			return true
		}
	}
	return false
}

// instants are the given one and, with seasons, noon of the days of its year on
// which one begins or has just ended.
func (c *check) instants(at time.Time) []time.Time {
	out := []time.Time{at}
	s := c.list.standards
	if s == nil || s.zone == nil {
		return out
	}
	year := at.In(s.zone).Year()
	days := map[int]bool{}
	for _, x := range s.all {
		if span, ok := parseSeason(x.Season); ok && !span.allYear() {
			days[span.first], days[-span.last] = true, true
		}
	}
	for day := range days {
		after := 0
		if day < 0 {
			day, after = -day, 1
		}
		out = append(out, time.Date(year, time.Month(day/100), day%100+after, 12, 0, 0, 0, s.zone).UTC())
	}
	slices.SortFunc(out[1:], time.Time.Compare)
	return out
}
