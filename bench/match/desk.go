package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// deskStart is a Monday morning. A case is filed a millisecond after the one before,
// so that no due passes while cases are counted in ten thousands.
var deskStart = time.Date(2026, 3, 2, 9, 0, 0, 0, zone)

// deskRules are as few as a subdistrict could have, so that the twin's scan of them
// costs it next to nothing. All have different matters, so the longest is first.
var deskRules = []dispatch.Rule{
	{ID: "R1", Role: dispatch.Lead, Matter: "*", Party: "desk", Budget: worktime.Budget{N: 5, Unit: worktime.WorkingDays}},
	{ID: "R2", Role: dispatch.Lead, Matter: "waste", Party: "sanitation", Budget: worktime.Budget{N: 2, Unit: worktime.WorkingDays}},
	{ID: "R3", Role: dispatch.Lead, Matter: "waste.bulky", Party: "property", Budget: worktime.Budget{N: 4, Unit: worktime.WorkingHours}},
	{ID: "R4", Role: dispatch.Lead, Matter: "cover", Party: "works", Budget: worktime.Budget{N: 2, Unit: worktime.Hours}},
	{ID: "R5", Role: dispatch.Lead, Matter: "lamp", Party: "property", Budget: worktime.Budget{N: 8, Unit: worktime.Hours}},
	{ID: "R6", Role: dispatch.Lead, Matter: "noise", Party: "urban", Budget: worktime.Budget{N: 1, Unit: worktime.WorkingDays}},
}

var deskMatters = []dispatch.Code{"waste.missed", "waste.bulky", "cover", "lamp", "noise", "tree"}

// report is one event and the instant of all that is done about it.
type report struct {
	id     dispatch.Code
	matter dispatch.Code
	point  orb.Point
	at     time.Time
}

// newReport makes the i-th report; every text is new memory, as from a journal.
func newReport(i int, r *rand.Rand) report {
	return report{
		id: dispatch.Code("E" + strconv.Itoa(i)), matter: deskMatters[r.IntN(len(deskMatters))],
		point: orb.Point{114 + float64(r.IntN(20_000))/1e6, 22.5 + float64(r.IntN(10_000))/1e6}, at: deskStart.Add(time.Duration(i) * time.Millisecond),
	}
}

// steps is the straight path of a case.
const steps = 6

// counter is a desk of either kind: it takes the i-th of the six steps of a case and
// says when anything is next due.
type counter interface {
	step(x *report, i int) (next time.Time, err error)
}

// ourDesk is dispatch.Desk, asked as a host asks it.
type ourDesk struct {
	*dispatch.Desk
	keyed bool
}

func newOurDesk(keyed bool) (*ourDesk, error) {
	box := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{west, 22.5}, {east, 22.5}, {east, 22.51}, {west, 22.51}, {west, 22.5}}}}
	}
	m, err := grid.Build([]grid.Unit{{Code: "G1", Boundary: box(114, 114.01)}, {Code: "G2", Boundary: box(114.01, 114.02)}}, grid.Options{Levels: []string{"grid"}})
	if err != nil {
		return nil, err
	}
	plan := party.Plan{}
	for _, c := range []party.Code{"desk", "sanitation", "property", "works", "urban"} {
		plan.Parties = append(plan.Parties, party.Party{Code: c})
	}
	dir, err := party.NewDirectory(m, plan)
	if err != nil {
		return nil, err
	}
	list, err := dispatch.Compile(nil, deskRules, m, dir, dispatch.Options{})
	if err != nil {
		return nil, err
	}
	calendar, err := worktime.New(worktime.China(zone))
	if err != nil {
		return nil, err
	}
	d := &ourDesk{dispatch.NewDesk(), keyed}
	return d, d.do(deskStart, dispatch.Command{Do: dispatch.Install{Setup: dispatch.Setup{Map: m, List: list, Directory: dir, Calendar: calendar}}})
}

func (d *ourDesk) do(at time.Time, c dispatch.Command) error {
	out, err := d.Decide(at, c)
	if err != nil {
		return err
	}
	if out.Refusal != nil {
		return errors.New(out.Refusal.Text("en"))
	}
	for _, e := range out.Entries {
		if err := d.Apply(e); err != nil {
			return err
		}
	}
	return nil
}

func (d *ourDesk) step(x *report, i int) (time.Time, error) {
	var c dispatch.Command
	switch i {
	case 0:
		c.Do = dispatch.File{Event: dispatch.Event{ID: x.id, Matter: x.matter, Point: &x.point, Channel: "12345"}, Straight: true}
	case 1:
		c.Do = dispatch.Ack{Case: x.id}
	case 2:
		c.Do = dispatch.Start{Case: x.id}
	case 3:
		c.Do = dispatch.Finish{Case: x.id, Override: "alone"}
	case 4:
		c.Do = dispatch.Verify{Case: x.id}
	case 5:
		c.Do = dispatch.Close{Case: x.id, Outcome: "solved"}
	}
	if d.keyed {
		c.Key = string(x.id) + ":" + strconv.Itoa(i)
	}
	err := d.do(x.at, c)
	next, _ := d.NextDue()
	return next, err
}

// filled opens n cases at a desk; the bytes are those of each of the second half,
// since some of what a desk remembers has a fixed size.
func filled(d counter, n int, seed uint64) (int64, error) {
	r := rand.New(rand.NewPCG(seed, 6))
	var before int64
	for i := range n {
		if i == n/2 {
			before = heapInUse()
		}
		x := newReport(i, r)
		if _, err := d.step(&x, 0); err != nil {
			return 0, err
		}
	}
	kept := heapInUse() - before
	runtime.KeepAlive(d)
	return kept / int64(n-n/2), nil
}

// measureDesk takes cases from report to closing while others are open.
func measureDesk(p *plan) ([]row, error) {
	fmt.Fprintln(p.tell, "desk")
	if err := desksAgree(min(p.cases, 2000), p.seed); err != nil {
		return nil, err
	}
	var cs []*contestant
	for _, x := range []struct {
		name string
		ours bool
		make func() (counter, error)
	}{
		{"gridgov, unkeyed", true, func() (counter, error) { return newOurDesk(false) }},
		{"gridgov, keyed", true, func() (counter, error) { return newOurDesk(true) }},
		{"twin", false, func() (counter, error) { return newTwinDesk(true) }},
		{"twin that is never asked for the next due", false, func() (counter, error) { return newTwinDesk(false) }},
	} {
		if !p.wants(x.name, x.ours) {
			continue
		}
		d, err := x.make()
		if err != nil {
			return nil, err
		}
		each, err := filled(d, p.cases, p.seed)
		if err != nil {
			return nil, err
		}
		i, r := p.cases, rand.New(rand.NewPCG(p.seed, 7))
		c := &contestant{row: row{what: "Desk, a command", size: fmt.Sprintf("%d open", p.cases), who: x.name, ours: x.ours, note: fmt.Sprintf("%d B an open case", each)}, per: steps}
		c.op = func() error {
			one := newReport(i, r)
			i++
			for k := range steps {
				if _, err := d.step(&one, k); err != nil {
					return err
				}
			}
			return nil
		}
		cs = append(cs, c)
	}
	rows, err := measure(cs, p.effort)
	for i := range rows {
		rows[i].note = fmt.Sprintf("%.0f k commands/s, with collection %.0f k; %s", 1e6/rows[i].each, 1e6/rows[i].total, rows[i].note)
	}
	return rows, err
}
