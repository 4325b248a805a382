package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/street"
)

// climbs is what the entries say of the ladders up to an instant.
type climbs struct {
	raised map[int]int            // by rung of the overdue ladder, from 1
	ruled  map[int]int            // by rung of the dispute ladder, from 0
	cards  map[street.Code][2]int // yellow and red, by the party that was late
}

// rungOf is the rung of the dispute ladder by which a body ruled on a case: that of its
// level and party which is meant for the matter, of several the one with the longest
// line; -1 for none, as when the duty desk rules.
func rungOf(list []dispatch.Rung, f dispatch.DisputeRuled, matter street.Code) int {
	best := -1
	for i, r := range list {
		if r.Level != f.Level || r.Party != f.Body || r.Line != "" && !dispatch.Covers(r.Line, matter) {
			continue
		}
		if best < 0 || len(r.Line) > len(list[best].Line) {
			best = i
		}
	}
	return best
}

func (c *climbs) see(e dispatch.Entry, bodies []dispatch.Rung, matters map[street.Code]street.Code) {
	switch f := e.Fact.(type) {
	case dispatch.LadderRaised:
		c.raised[f.Rung]++
		n := c.cards[f.Owner]
		switch f.Card {
		case dispatch.YellowCard:
			n[0]++
		case dispatch.RedCard:
			n[1]++
		default:
			return
		}
		c.cards[f.Owner] = n
	case dispatch.DisputeRuled:
		c.ruled[rungOf(bodies, f, matters[e.Case])]++
	}
}

// caseSections are the tables about cases that have rows, each as long as a page shows:
// how many stand where, the ladders and what they did, cards, disputes, admissions.
func caseSections(ctx context.Context, s *street.Street, now time.Time, lang string) ([]section, error) {
	f, w := s.Folder(), words(lang)
	var cases []dispatch.Case
	var mandates []dispatch.Admission
	err := s.View(ctx, func(d *dispatch.Desk, _ *finance.Book) {
		mandates = slices.Collect(d.Mandates())
	})
	if err != nil {
		return nil, err
	}
	cases, err = s.Results(ctx)
	if err != nil {
		return nil, err
	}
	c := climbs{raised: map[int]int{}, ruled: map[int]int{}, cards: map[street.Code][2]int{}}
	if len(f.Policy.Ladders) > 0 {
		matters, bodies := map[street.Code]street.Code{}, rungs(f, dispatch.DisputeLadder)
		for _, each := range cases {
			matters[each.ID] = each.Event.Matter
		}
		for e, err := range s.DeskEntries(ctx) {
			if err != nil {
				return nil, err
			}
			c.see(e, bodies, matters)
		}
	}
	var list []section
	for _, x := range []section{stateSection(cases, now, w), cardSection(f, c, w), overdueSection(f, c, w), bodySection(f, c, w), disputeSection(f, cases, w), admissionSection(f, mandates, w)} {
		if len(x.Rows) == 0 {
			continue
		}
		if x.More = len(x.Rows) > sectionRowsMax; x.More {
			x.Rows = x.Rows[:sectionRowsMax]
		}
		x.prune()
		x.Wide = len(x.Head) > 4
		list = append(list, x)
	}
	for i := range list { // nothing stands beside it
		list[i].Wide = list[i].Wide || (i+1 == len(list) || list[i+1].Wide) && (i == 0 || list[i-1].Wide)
	}
	return list, nil
}

// stateSection is how many cases are in each state, and how many of these are late.
func stateSection(cases []dispatch.Case, now time.Time, w map[string]string) section {
	x := section{Title: w["by_state"], Head: []string{w["status"], w["cases"], w["false"], w["reports"]}, Right: 1}
	for _, state := range dispatch.States() {
		n, late, reports := 0, 0, 0
		for _, c := range cases {
			if c.State != state {
				continue
			}
			n++
			reports += 1 + len(c.Reports)
			if c.OnTime(now) == "false" {
				late++
			}
		}
		if n > 0 {
			x.add(w[string(state)], fmt.Sprint(n), fmt.Sprint(late), fmt.Sprint(reports))
		}
	}
	return x
}

// overdueSection is the overdue ladder and how often each rung was raised.
func overdueSection(f *street.Folder, c climbs, w map[string]string) section {
	x := section{Title: w["overdue_ladder"], Head: []string{w["rung"], w["told"], w["at"], w["card"], w["raised_times"]}, Right: 4}
	for i, r := range rungs(f, dispatch.OverdueLadder) {
		at := w["after_due"] + " " + budget(r.After, w)
		if r.Percent > 0 {
			at = fmt.Sprintf("%d%%", r.Percent)
		}
		x.add(fmt.Sprint(i+1), f.PartyName(r.Party, r.Party), at, w["card."+string(r.Card)], fmt.Sprint(c.raised[i+1]))
	}
	return x
}

func rungs(f *street.Folder, kind dispatch.LadderKind) []dispatch.Rung {
	for _, l := range f.Policy.Ladders {
		if l.Kind == kind {
			return l.Rungs
		}
	}
	return nil
}

// cardSection is who was given cards, most red ones first.
func cardSection(f *street.Folder, c climbs, w map[string]string) section {
	x := section{Title: w["cards"], Head: []string{w["party"], w["card.yellow"], w["card.red"]}, Right: 1}
	var owners []street.Code
	for owner := range c.cards {
		owners = append(owners, owner)
	}
	slices.SortFunc(owners, func(a, b street.Code) int {
		p, q := c.cards[a], c.cards[b]
		return cmp.Or(cmp.Compare(q[1], p[1]), cmp.Compare(q[0], p[0]), cmp.Compare(a, b))
	})
	for _, owner := range owners {
		x.add(f.PartyName(owner, ""), fmt.Sprint(c.cards[owner][0]), fmt.Sprint(c.cards[owner][1]))
	}
	return x
}

// bodySection is the dispute ladder and how often each body ruled.
func bodySection(f *street.Folder, c climbs, w map[string]string) section {
	x := section{Title: w["dispute_ladder"], Head: []string{w["level"], w["rules_on"], w["line"], w["ruling_time"], w["appeal"], w["rulings"]}, Right: 5}
	for i, r := range rungs(f, dispatch.DisputeLadder) {
		appeal := w["final"]
		if !r.Final {
			appeal = budget(r.Appeal, w)
		}
		line := cmp.Or(string(r.Line), w["all"])
		if r.Area != "" {
			line += " · " + f.AreaName(r.Area)
		}
		x.add(fmt.Sprint(r.Level), f.PartyName(r.Party, r.Party), line, budget(r.Due, w), appeal, fmt.Sprint(c.ruled[i]))
	}
	return x
}

// budget is a time limit in words.
func budget(b worktime.Budget, w map[string]string) string {
	if b.IsZero() {
		return "–"
	}
	unit := map[worktime.Unit]string{
		worktime.Minutes: "unit.m", worktime.Hours: "unit.h", worktime.Days: "unit.d", worktime.WorkingHours: "unit.wh", worktime.WorkingDays: "unit.wd",
	}[b.Unit]
	if b.N == 1 {
		return "1" + strings.TrimSuffix(w[unit], "s") // one day
	}
	return fmt.Sprint(b.N) + w[unit]
}

// disputeSection is every case that was ever disputed, as its latest dispute stands:
// those that nobody ruled on yet come first.
func disputeSection(f *street.Folder, cases []dispatch.Case, w map[string]string) section {
	x := section{Title: w["disputes"], Head: []string{w["case"], w["matter"], w["between"], w["body"], w["ruling"], w["status"]}}
	var waiting, ruled [][]string
	for _, c := range cases {
		d := c.Contention
		if d == nil {
			continue
		}
		var parties []string
		for _, p := range d.Parties {
			parties = append(parties, f.PartyName(p, ""))
		}
		row := []string{
			string(c.ID), f.MatterName(c.Event.Matter), strings.Join(parties, " / "),
			f.PartyName(d.Body, d.Body) + " (" + fmt.Sprintf(w["at_level"], d.Level) + ")", "–", w[string(c.State)],
		}
		if c.State == dispatch.StateDisputed {
			waiting = append(waiting, row)
			continue
		}
		if row[4] = f.PartyName(c.Lead.Party, c.Lead.Post); d.Final {
			row[4] += " · " + w["final"]
		}
		ruled = append(ruled, row)
	}
	x.Rows = append(waiting, ruled...)
	return x
}

// admissionSection is what was asked to be handed down, and what became of it.
func admissionSection(f *street.Folder, list []dispatch.Admission, w map[string]string) section {
	x := section{Title: w["admissions"], Head: []string{w["mandate"], w["matter"], w["community"], w["applied"], w["status"], w["granted"]}, Right: 5}
	for _, m := range list {
		applied := ""
		if !m.AppliedAt.IsZero() {
			applied = m.AppliedAt.In(f.Zone).Format(time.DateOnly)
		}
		amount := "–"
		if m.Amount > 0 && m.State != dispatch.MandateRefused && m.State != dispatch.MandateApplication {
			amount = finance.Fen(m.Amount).String()
		}
		status := w["mandate."+string(m.State)]
		if m.Overdue && m.State == dispatch.MandateApplication {
			status += w["comma"] + w["false"]
		}
		x.add(string(m.ID), f.MatterName(m.Matter), f.PartyName(m.Community, ""), applied, status, amount)
	}
	return x
}
