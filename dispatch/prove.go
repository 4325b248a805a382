package dispatch

import (
	"crypto/sha256"
	"fmt"
	"slices"
)

// Certificate is the proof of a list (职责清单证书): over which list, map, matters
// and directory, how much was settled and what was found. It is immutable.
type Certificate struct {
	List      Sum // List.Hash
	Map       Sum // grid.Map.Hash
	Matters   Sum // of the matter table
	Directory Sum // party.Directory.Hash; zero when the list was compiled without one
	Rules     int
	Cells     int // classes of matters that the lead rules tell apart × intervals of units that they tell apart for each
	Counts    []FindingCount
	Findings  []Finding // as Findings orders them, at most FindingsMax and a FindingMore
}

// FindingCount is how many findings of one code there are, also those beyond
// FindingsMax.
type FindingCount struct {
	Code     FindingCode
	Severity Severity
	Count    int
}

// OK reports whether there is no finding of SeverityError: then every query about
// a known matter and a leaf, at any instant, is Decided, and no party it names is
// absent by the directory. See List.Findings for what a query may be.
func (c *Certificate) OK() bool {
	if c == nil {
		return false
	}
	return !slices.ContainsFunc(c.Counts, func(n FindingCount) bool { return n.Severity == SeverityError })
}

// Count is how many findings of a code there are.
func (c *Certificate) Count(code FindingCode) int {
	if c == nil {
		return 0
	}
	for _, n := range c.Counts {
		if n.Code == code {
			return n.Count
		}
	}
	return 0
}

// Prove proves the list as Findings does and adds what its author should know
// besides: rules outside their party's area, self-handling wider than the post's
// area, leads without a limit. Party and post are always known: Compile refuses
// others.
//
//   - FindingJurisdiction, for the roles with one party: the nearest area that the
//     rule's party or one above it serves does not hold the rule's area.
//   - FindingSelfWide: a Self rule's post, else its party, looks after less than
//     the rule's area.
//   - FindingNoBudget: the rule is first for some query and gives no budget, and
//     no standard does. With standards that have a season it looks at the
//     instants at which seasons of one year begin or have ended.
//
// The same list gives the same Certificate. A nil list has no rules, and its
// Certificate is not OK; one without any unit has nothing to prove and is.
func (l *List) Prove() *Certificate {
	if l == nil {
		return &Certificate{
			Counts:   []FindingCount{{FindingGap, SeverityError, 1}},
			Findings: []Finding{{Severity: SeverityError, Code: FindingGap, Role: Lead, Matter: Any, Area: Any}},
		}
	}
	cert := &Certificate{List: Sum(l.hash), Map: Sum(l.m.Hash()), Matters: l.matterSum(), Directory: l.directory, Rules: len(l.rules)}
	if len(l.parent) == 1 {
		return cert
	}
	c := newCheck(l)
	all := append(c.answers(), c.advice()...)
	order := sortFindings(all)
	for _, i := range order {
		f, last := &all[i], len(cert.Counts)-1
		if last < 0 || cert.Counts[last].Code != f.Code {
			cert.Counts = append(cert.Counts, FindingCount{f.Code, f.Severity, 0})
			last++
		}
		cert.Counts[last].Count++
	}
	cert.Findings, cert.Cells = capFindings(all, order), c.cells(0, []uint32{0})
	return cert
}

// matterSum identifies the matter table.
func (l *List) matterSum() Sum {
	h := sha256.New()
	fmt.Fprintf(h, "gridgov matters 1\n")
	for m := range l.Matters() {
		fmt.Fprintf(h, "%q %q %q %q\n", m.Code, m.Name, m.Kind, m.Risk)
		m.digestWork(h)
	}
	return Sum(h.Sum(nil))
}

// cells counts the intervals of units that the lead rules tell apart, for the
// class of a prefix and those below it. starts are the intervals of the next
// shorter prefix.
func (c *check) cells(prefix uint32, starts []uint32) int {
	l := c.list
	link := l.roles[0].links[prefix]
	for _, t := range l.tables[link.at : link.at+link.n] {
		starts = slices.Concat(starts, l.starts[t.at:t.end])
	}
	if link.n > 0 {
		slices.Sort(starts)
		starts = slices.Compact(starts)
		for len(starts) > 1 && starts[len(starts)-1] > l.last[0] {
			starts = starts[:len(starts)-1]
		}
	}
	n := 0
	if c.classOf[prefix] >= 0 {
		n = len(starts)
		if n > 1 && starts[1] == 1 {
			n-- // no unit is numbered 0
		}
	}
	for _, below := range c.below[prefix] {
		n += c.cells(below, starts)
	}
	return n
}
