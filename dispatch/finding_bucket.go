package dispatch

import "slices"

// buckets settles every rule of a single role.
func (c *check) buckets(role int) {
	l := c.list
	for prefix := range l.up {
		link := l.roles[role].links[prefix]
		for i := range link.n {
			t := &l.tables[link.at+i]
			for n := range t.n {
				c.bucket(role, uint32(prefix), t, &l.buckets[t.first+n])
			}
		}
	}
}

// bucket looks for what the rules of one bucket can do, in the classes next
// below its prefix, until nothing is open.
func (c *check) bucket(role int, prefix uint32, t *table, b *bucket) {
	l := c.list
	c.each(prefix, func(class int) bool {
		w := walk{list: l}
		for tour := l.tour(role, c.classes[class].prefix); ; {
			other := tour.table()
			if other == nil || other == t {
				break
			}
			w.add(other, b.area, true)
		}
		w.add(t, b.area, false)
		if w.shut {
			c.shade(b.at, b.end, w.by)
			return false
		}
		if role == 0 && len(l.owners) > 0 {
			c.orphans(t, b, class)
		}
		done := false
		w.run(b.area, func(units, rules []uint32) bool {
			done = c.settle(b, class, c.leaf(units[0]), rules)
			return done
		})
		return done
	})
}

// orphans reports the lead rules of a bucket that name the owner of a feature and
// are first where no regulator is.
func (c *check) orphans(t *table, b *bucket, class int) {
	l := c.list
	for i := b.at; i < b.end; i++ {
		pos := l.slots[i].pos
		if l.owners[pos] == "" || c.orphaned[pos] {
			continue
		}
		w := walk{list: l}
		for role := range 2 {
			for tour := l.tour(role, c.classes[class].prefix); ; {
				other := tour.table()
				if other == nil || other == t {
					break
				}
				w.add(other, b.area, true)
			}
		}
		w.add(t, b.area, false)
		w.run(b.area, func(units, rules []uint32) bool {
			rivals := slices.Clone(rules)
			for _, s := range l.slots[b.at:b.end] {
				if s.pos < pos || s.pos > pos && c.equal(s.pos, pos) && !c.same(s.pos, pos) {
					rivals = append(rivals, s.pos)
				}
			}
			s, ok := c.free(boxOf(&l.entries[pos]), []uint32{pos}, rivals)
			if ok {
				c.orphaned[pos] = true
				r := l.rules[pos]
				f := Finding{Severity: SeverityError, Code: FindingUnowned, Role: Lead, Matter: r.Matter, Area: ruleArea(r), Rules: []Code{r.ID}}
				c.unowned = append(c.unowned, c.finding(f, class, c.leaf(units[0]), s))
			}
			return ok
		})
	}
}

// each visits the classes next below a prefix, its own if it has one, until
// visit answers true.
func (c *check) each(prefix uint32, visit func(class int) bool) bool {
	if class := c.classOf[prefix]; class >= 0 {
		return visit(class)
	}
	for _, below := range c.below[prefix] {
		if c.each(below, visit) {
			return true
		}
	}
	return false
}

// settle finds what the rules of a bucket can do in one region, where the given
// rules go before all of them. It answers whether nothing is open any more.
func (c *check) settle(b *bucket, class int, leaf uint32, outer []uint32) bool {
	l := c.list
	at := spotPlace{class: class, leaf: leaf}
	rules := c.own[:0]
	for _, s := range l.slots[b.at:b.end] {
		rules = append(rules, s.pos)
	}
	c.own = rules
	done := true
	for i := range rules {
		done = c.live(at, rules, i, outer) && done
		done = c.overdue(at, rules, i, outer) && done
		done = c.rivals(at, rules, i, outer) && done
	}
	return done
}

// spotPlace is where a spot is: a matter class and a leaf.
type spotPlace struct {
	class int
	leaf  uint32
}

// firstSpot is where a rule is first.
type firstSpot struct {
	spotPlace
	spot spot
}

// live marks the i-th rule when it is first here, and answers whether that is
// settled. An equal rule of another party does not go before it; they tie.
func (c *check) live(at spotPlace, rules []uint32, i int, outer []uint32) bool {
	pos := rules[i]
	if c.alive[pos] || c.hopeless[pos] {
		return true
	}
	before := c.rules[:0]
	for _, r := range rules[:i] {
		if !c.equal(r, pos) || c.same(r, pos) {
			before = append(before, r)
		}
	}
	own := len(before)
	before = append(before, outer...)
	c.rules = before
	named, box := []uint32{pos}, boxOf(&c.list.entries[pos])
	if s, ok := c.free(box, named, before); ok {
		c.alive[pos] = true
		if c.list.entries[pos].role == 0 && c.list.rules[pos].Budget.IsZero() {
			c.firstAt[pos] = firstSpot{at, s}
		}
		return true
	}
	if len(before) > 0 {
		c.shadow(pos, before[len(before)-1])
	}
	if len(outer) == 0 {
		c.hopeless[pos] = true
	} else if _, ok := c.free(box, named, before[:own]); !ok {
		c.hopeless[pos] = true
	}
	return c.hopeless[pos]
}

// overdue reports the i-th rule when it is first here while its party is absent,
// and answers whether that is settled. Where it ties nobody is named, so equal
// rules of other parties go before it.
func (c *check) overdue(at spotPlace, rules []uint32, i int, outer []uint32) bool {
	pos := rules[i]
	if len(c.list.absent[pos]) == 0 || c.reported[pos] || c.hopeless[pos] {
		return true
	}
	rivals := append(append([]uint32{}, outer...), rules[:i]...)
	for _, r := range rules[i+1:] {
		if c.equal(r, pos) && !c.same(r, pos) {
			rivals = append(rivals, r)
		}
	}
	for _, gap := range c.list.absent[pos] {
		if s, ok := c.free(boxOf(&c.list.entries[pos]).and(boxIn(gap)), []uint32{pos}, rivals); ok {
			c.absent(pos, at.class, at.leaf, s)
			return true
		}
	}
	return false
}

// rivals looks for ties of the i-th rule with those after it, and answers
// whether all are settled. Rules that tie through a third are one finding, so a
// pair that belongs together already is not looked at again.
func (c *check) rivals(at spotPlace, rules []uint32, i int, outer []uint32) bool {
	first := i
	for first > 0 && c.equal(rules[first-1], rules[i]) {
		first--
	}
	a, done := rules[i], true
	var blockers []uint32 // what goes before them all, once it is asked for
	for _, b := range rules[i+1:] {
		if !c.equal(a, b) {
			break
		}
		crossing := c.crosses(a, b)
		kind, key := kindOf(crossing), [2]uint32{a, b}
		if c.same(a, b) || c.group(kind, a) == c.group(kind, b) || c.apart[key] || !c.compatible(a, b) {
			continue
		}
		within := boxOf(&c.list.entries[a]).and(boxOf(&c.list.entries[b]))
		if blockers == nil {
			blockers = append(append(c.rules[:0], rules[:first]...), outer...)
			c.rules = blockers
		}
		if s, ok := c.free(within, key[:], blockers); ok {
			c.alive[a], c.alive[b] = true, true
			c.join(kind, a, b)
			c.pairs = append(c.pairs, tiePair{a, b, at.class, at.leaf, s, crossing})
			continue
		}
		if len(outer) > 0 {
			if _, ok := c.free(within, key[:], rules[:first]); ok {
				done = false
				continue
			}
		}
		c.apart[key] = true
	}
	return done
}

// shade notes a rule that goes before those in a run of slots.
func (c *check) shade(from, until, by uint32) {
	for _, s := range c.list.slots[from:until] {
		c.shadow(s.pos, by)
	}
}

func (c *check) shadow(pos, by uint32) {
	if c.before[pos] < 0 {
		c.before[pos] = int(by)
	}
}
