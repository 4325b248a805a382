package responder

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/geodesy"
)

// need and person are what was given, checked, with its place snapped.
type need struct {
	*Need
	at     geodesy.Spot
	placed bool
}

type person struct {
	*Responder
	at       geodesy.Spot
	placed   bool
	age      time.Duration // of the position; what a Duration cannot hold is the most that it can
	capacity int
}

// checked is what was given, checked once: options with their defaults, needs by id
// and people by code.
type checked struct {
	options Options
	needs   []need
	people  []person
}

// check answers every fault as *Errors, or what was given. Above a limit of numbers
// only the ErrMany of each is answered, of the pairs when no other is.
func check(needs []Need, people []Responder, o Options) (*checked, error) {
	var faults Errors
	for _, n := range []struct {
		field     string
		got, most int
	}{{"Needs", len(needs), NeedsMax}, {"People", len(people), PeopleMax}} {
		if n.got > n.most {
			faults.add(n.field, n.got, ErrMany)
		}
	}
	if len(faults.Faults) == 0 && len(needs)*len(people) > PairsMax {
		faults.add("Needs", len(needs)*len(people), ErrMany)
	}
	if len(faults.Faults) > 0 {
		return nil, &faults
	}
	c := &checked{options: o.withDefaults(), needs: make([]need, len(needs)), people: make([]person, len(people))}
	c.options.check(&faults)
	seen := make(map[Code]bool, max(len(needs), len(people)))
	for i := range needs {
		n := &needs[i]
		at := spot{"Needs", i}
		faults.code(at, "ID", n.ID, seen)
		c.needs[i] = need{Need: n}
		c.needs[i].at, c.needs[i].placed = faults.place(at, "Place", n.Place)
		faults.codes(at, "Skills", n.Skills)
		faults.optional(at, "Area", n.Area)
		faults.optional(at, "Party", n.Party)
		if n.Penalty < 0 || n.Penalty > PenaltyMax {
			faults.add(at.field("Penalty"), n.Penalty, ErrRange)
		}
	}
	clear(seen)
	for i := range people {
		p := &people[i]
		at := spot{"People", i}
		faults.code(at, "Person", p.Person, seen)
		faults.optional(at, "Post", p.Post)
		faults.optional(at, "Party", p.Party)
		faults.codes(at, "Areas", p.Areas)
		c.people[i] = person{Responder: p, age: o.At.Sub(p.At), capacity: cmp.Or(p.Capacity, c.options.Capacity)}
		c.people[i].at, c.people[i].placed = faults.place(at, "Place", p.Place)
		faults.codes(at, "Skills", p.Skills)
		if p.Kind >= kindsEnd {
			faults.add(at.field("Kind"), uint8(p.Kind), ErrRange)
		}
		if p.Load < 0 {
			faults.add(at.field("Load"), p.Load, ErrRange)
		}
		if p.Capacity < 0 || p.Capacity > CapacityMax {
			faults.add(at.field("Capacity"), p.Capacity, ErrRange)
		}
	}
	if len(faults.Faults) > 0 {
		return nil, &faults
	}
	slices.SortFunc(c.needs, func(a, b need) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(c.people, func(a, b person) int { return cmp.Compare(a.Person, b.Person) })
	return c, nil
}

func (o Options) withDefaults() Options {
	o.StaleAfter = cmp.Or(o.StaleAfter, StaleDefault)
	o.Capacity = cmp.Or(o.Capacity, 1)
	o.Exact = cmp.Or(o.Exact, ExactDefault)
	return o
}

// check adds the faults of options that have their defaults.
func (o *Options) check(faults *Errors) {
	if o.StaleAfter < 0 {
		faults.add("Options.StaleAfter", o.StaleAfter, ErrRange)
	}
	if !(o.Within >= 0) {
		faults.add("Options.Within", float64(o.Within), ErrRange)
	}
	if o.Capacity < 1 || o.Capacity > CapacityMax {
		faults.add("Options.Capacity", o.Capacity, ErrRange)
	}
	if o.Penalty < 0 || o.Penalty > PenaltyMax {
		faults.add("Options.Penalty", o.Penalty, ErrRange)
	}
	if o.Exact < 1 || o.Exact > ExactMax {
		faults.add("Options.Exact", o.Exact, ErrRange)
	}
}

// spot is what is being checked.
type spot struct {
	list  string
	index int
}

func (s spot) field(name string) string { return fmt.Sprintf("%s[%d].%s", s.list, s.index, name) }

// code checks a code that must not have been seen.
func (e *Errors) code(at spot, name string, c Code, seen map[Code]bool) {
	if err := code.Check(c); err != nil {
		e.put(&Error{Field: at.field(name), Value: string(c[:min(len(c), code.LenMax)]), Err: ErrCode, Cause: err})
		return
	}
	if seen[c] {
		e.add(at.field(name), c, ErrTwice)
	}
	if seen != nil {
		seen[c] = true
	}
}

func (e *Errors) optional(at spot, name string, c Code) {
	if c != "" {
		e.code(at, name, c, nil)
	}
}

func (e *Errors) codes(at spot, name string, list []Code) {
	if len(list) > ListMax {
		e.add(at.field(name), len(list), ErrMany)
		return
	}
	for _, c := range list {
		e.code(at, name, c, nil)
	}
}

func (e *Errors) place(at spot, name string, p *orb.Point) (geodesy.Spot, bool) {
	if p == nil {
		return geodesy.Spot{}, false
	}
	s, ok := grid.Snap(*p)
	if !ok {
		e.put(&Error{Field: at.field(name), Err: ErrPlace})
	}
	return geodesy.SpotOf(s), ok
}
