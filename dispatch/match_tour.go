package dispatch

import (
	"cmp"
	"slices"
)

// tour goes through the tables of one role whose matter covers that of a query,
// in the order of rank: highest precedence first, then deepest matter first.
type tour struct {
	list  *List
	role  *roleIndexes
	start uint32 // prefix
	next  uint32 // prefix
	level int    // precedence
	begun bool
}

func (l *List) tour(role int, prefix uint32) tour {
	t := tour{list: l, role: &l.roles[role], start: prefix, next: nowhere}
	if t.role.levels == 1 {
		t.next, t.begun = prefix, true
	}
	return t
}

// table is the next table, nil after the last. It remembers no more than where
// it is, so a list with many precedences takes some extra steps for each.
func (t *tour) table() *table {
	if t.role.levels == 1 { // then a prefix has one table or none
		for t.next != nowhere {
			link := &t.role.links[t.next]
			if t.next = link.up; link.n > 0 {
				return &t.list.tables[link.at]
			}
		}
		return nil
	}
	for t.role.levels > 0 {
		for t.next != nowhere {
			link := &t.role.links[t.next]
			t.next = link.up
			tables := t.list.tables[link.at : link.at+link.n]
			if i, ok := slices.BinarySearchFunc(tables, t.level, byLevel); ok {
				return &tables[i]
			}
		}
		if !t.lower() {
			return nil
		}
	}
	return nil
}

// byLevel orders tables by precedence, highest first.
func byLevel(t table, level int) int { return cmp.Compare(level, t.precedence) }

// lower goes to the next lower precedence of any prefix on the way.
func (t *tour) lower() bool {
	found, best := false, 0
	for p := t.start; p != nowhere; p = t.role.links[p].up {
		link := &t.role.links[p]
		tables := t.list.tables[link.at : link.at+link.n]
		i := 0
		if t.begun {
			var same bool
			if i, same = slices.BinarySearchFunc(tables, t.level, byLevel); same {
				i++
			}
		}
		if i < len(tables) && (!found || tables[i].precedence > best) {
			found, best = true, tables[i].precedence
		}
	}
	t.next, t.level, t.begun = t.start, best, true
	return found
}
