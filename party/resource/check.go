package resource

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
)

// The faults that only these lists have, after those of package party.
var (
	ErrKind        = errors.New("kind is no dotted code")
	ErrQuantity    = errors.New("quantity is negative or too large")
	ErrUnknownItem = errors.New("neither list has it")
	ErrTwoProjects = errors.New("belongs to a project already")
)

// checker collects what is wrong with a plan.
type checker struct {
	m      *grid.Map
	d      *party.Directory
	faults []*party.Error
}

func (c *checker) add(list string, index int, of Code, field, value string, err error) {
	c.faults = append(c.faults, &party.Error{List: list, Index: index, Code: of, Field: field, Value: value, Err: err})
}

// check is the faults of a plan, by list, index and field, or nil.
func check(m *grid.Map, d *party.Directory, plan Plan) error {
	c := &checker{m: m, d: d}
	for list, n := range map[string]int{"offers": len(plan.Offers), "needs": len(plan.Needs), "projects": len(plan.Projects)} {
		if n > party.EntriesMax {
			c.add(list, party.EntriesMax, "", "", fmt.Sprint(n), party.ErrTooMany)
		}
	}
	if len(c.faults) == 0 {
		offers, needs, projects := map[Code]bool{}, map[Code]bool{}, map[Code]bool{}
		for i, o := range plan.Offers {
			c.entry("offers", i, o.Code, offers, o.Party, o.Kind, o.Area, o.During)
			c.quantity("offers", i, o.Code, o.Quantity)
		}
		for i, n := range plan.Needs {
			c.entry("needs", i, n.Code, needs, n.Party, n.Kind, n.Area, n.During)
			c.quantity("needs", i, n.Code, n.Quantity)
		}
		usedNeeds, usedOffers := map[Code]bool{}, map[Code]bool{}
		for i, p := range plan.Projects {
			c.entry("projects", i, p.Code, projects, p.Party, p.Kind, p.Area, p.During)
			c.links(i, p.Code, "needs", p.Needs, needs, usedNeeds)
			c.links(i, p.Code, "offers", p.Offers, offers, usedOffers)
		}
	}
	return c.err()
}

func (c *checker) entry(list string, i int, of Code, seen map[Code]bool, by Code, kind string, area Code, during Interval) {
	if err := code.Check(of); err != nil {
		c.add(list, i, of, "code", "", fmt.Errorf("%w: %w", party.ErrCode, err))
	} else if seen[of] {
		c.add(list, i, of, "code", "", party.ErrDuplicate)
	}
	seen[of] = true
	if _, ok := c.d.Party(by); c.d != nil && by != "" && !ok {
		c.add(list, i, of, "party", string(by), party.ErrUnknownParty)
	}
	if code.Check(Code(kind)) != nil || slices.Contains(strings.Split(kind, "."), "") {
		c.add(list, i, of, "kind", kind, ErrKind)
	}
	if _, ok := c.m.Lookup(area); c.m != nil && area != "" && !ok {
		c.add(list, i, of, "area", string(area), party.ErrUnknownArea)
	}
	if during.From.Nanosecond()%int(time.Millisecond) != 0 {
		c.add(list, i, of, "from", "", party.ErrNotMillis)
	}
	if !during.Valid() {
		c.add(list, i, of, "until", "", party.ErrInterval)
	}
	if during.Until.Nanosecond()%int(time.Millisecond) != 0 {
		c.add(list, i, of, "until", "", party.ErrNotMillis)
	}
}

func (c *checker) quantity(list string, i int, of Code, quantity int64) {
	if quantity < 0 || quantity > QuantityMax {
		c.add(list, i, of, "quantity", fmt.Sprint(quantity), ErrQuantity)
	}
}

func (c *checker) links(i int, of Code, field string, links []Code, known, used map[Code]bool) {
	for _, link := range links {
		switch {
		case !known[link]:
			c.add("projects", i, of, field, string(link), ErrUnknownItem)
		case used[link]:
			c.add("projects", i, of, field, string(link), ErrTwoProjects)
		}
		used[link] = true
	}
}

func (c *checker) err() error {
	if len(c.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(c.faults, func(a, b *party.Error) int {
		lists := []string{"offers", "needs", "projects"}
		return cmp.Or(cmp.Compare(slices.Index(lists, a.List), slices.Index(lists, b.List)),
			cmp.Compare(a.Index, b.Index), cmp.Compare(a.Field, b.Field))
	})
	kept := c.faults[:min(len(c.faults), party.FaultsMax)]
	return &party.BuildError{Faults: kept, Left: len(c.faults) - len(kept)}
}

func compareCodes(a, b Code) int { return cmp.Compare(a, b) }
