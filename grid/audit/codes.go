package audit

import (
	"strings"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/division"
)

// prefixTenths: a code is suspicious when at least nine in ten of its siblings
// begin as their parent's code does, and it does not; so there are ten or more.
const prefixTenths = 9

// codes compares the codes of units with those of their parents.
func (a *auditor) codes() []Finding {
	type habit struct {
		children []grid.Ref
		follow   int
	}
	habits := make([]habit, a.m.Len()+1)
	var found []Finding
	for r := range a.m.All() {
		info := a.infos[r]
		if wrong, ok := division.Agree(info.Code, info.Parent); !ok {
			found = append(found, Finding{
				Kind: Coded, Severity: Error, Units: []grid.Code{info.Code}, Parent: info.Parent,
				Args: []string{wrong.Text("en"), wrong.Text("zh")},
			})
		} else if up := a.m.Parent(r); up != 0 {
			h := &habits[up]
			h.children = append(h.children, r)
			if follows(info.Code, info.Parent) {
				h.follow++
			}
		}
	}
	for r := range a.m.All() {
		h := &habits[r]
		n := len(h.children)
		if 10*h.follow < prefixTenths*n {
			continue
		}
		for _, child := range h.children {
			if info := a.infos[child]; !follows(info.Code, info.Parent) {
				found = append(found, Finding{Kind: Prefix, Severity: Warning, Units: []grid.Code{info.Code}, Parent: info.Parent})
			}
		}
	}
	return found
}

// stem is a code without the zeros that pad it: 440309000000 is 440309.
func stem(c grid.Code) string { return strings.TrimRight(string(c), "0") }

func follows(child, parent grid.Code) bool { return strings.HasPrefix(string(child), stem(parent)) }
