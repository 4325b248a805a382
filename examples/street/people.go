package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party/council"
	"github.com/gridgov/gridgov/party/resource"
	"github.com/gridgov/gridgov/party/roster"
	"github.com/gridgov/gridgov/party/rounds"
	"github.com/gridgov/gridgov/street"
)

// section is one table of the report about people: on duty, councils, visits,
// notices, how the street is set up. A folder without these has none.
type section struct {
	Title string
	Head  []string
	Rows  [][]string
	Wide  bool // takes the whole width of the page
	Right int  // columns from this one on hold numbers; 0 for none
	More  bool // there are more rows than a page shows
}

// sectionRowsMax is how many rows of a section a page shows.
const sectionRowsMax = 20

func (s *section) add(cells ...string) { s.Rows = append(s.Rows, cells) }

// sections are the tables about people that have rows, each as long as a page shows.
func sections(ctx context.Context, s *street.Street, now time.Time, lang string) ([]section, error) {
	f, w := s.Folder(), words(lang)
	if f.Directory == nil {
		return nil, nil
	}
	unready, err := unreadyNotices(ctx, s, now)
	if err != nil {
		return nil, err
	}
	councils, err := councilSection(ctx, s, now, w)
	if err != nil {
		return nil, err
	}
	visits, err := visitSection(ctx, s, now, w)
	if err != nil {
		return nil, err
	}
	setup, err := s.AuditStructure(ctx, now)
	if err != nil {
		return nil, err
	}
	var list []section
	for _, x := range []section{dutySection(f, now, lang), councils, visits, noticeSection(f, unready, lang), structureSection(setup, lang), resourceSection(f, w)} {
		if len(x.Rows) == 0 {
			continue
		}
		if x.More = len(x.Rows) > sectionRowsMax; x.More {
			x.Rows = x.Rows[:sectionRowsMax]
		}
		x.prune()
		list = append(list, x)
	}
	return list, nil
}

// dutySection is who is on duty now on the posts with shifts: those on which
// nobody is come first.
func dutySection(f *street.Folder, now time.Time, lang string) section {
	w, names := words(lang), f.Names(lang)
	x := section{Title: w["duty"], Head: []string{w["post"], w["on_duty"], w["why"]}}
	var theirs [][]string // posts on which somebody is
	for _, post := range f.Directory.Roster().Posts() {
		duty := f.Directory.OnDuty(post, now)
		first, last := duty.Steps[0], duty.Steps[len(duty.Steps)-1]
		why := names.Duty(first)
		if len(duty.Steps) > 1 {
			why += " → " + names.Duty(last)
		}
		cells := []string{f.PartyName("", post), cmp.Or(f.PersonName(duty.Person), f.PartyName(duty.Party, "")), why}
		if duty.Post == post {
			theirs = append(theirs, cells)
		} else {
			x.add(cells...)
		}
	}
	x.Rows = append(x.Rows, theirs...)
	return x
}

// councilSection counts what the councils did; raised is the sum of the columns
// after it.
func councilSection(ctx context.Context, s *street.Street, now time.Time, w map[string]string) (section, error) {
	x := section{Title: w["councils"], Head: []string{w["council"], w["meetings"], w["raised"], w["topic.open"], w["topic.tracking"], w["topic.done"], w["topic.failed"], w["topic.risen"]}, Right: 1}
	err := s.Councils(ctx, func(m *council.Minutes) {
		var all []street.Code
		row := func(name string, codes []street.Code) {
			n := m.Count(codes, council.Interval{}, now)
			x.add(name, fmt.Sprint(n.Meetings), fmt.Sprint(n.Raised), fmt.Sprint(n.Open+n.Deferred), fmt.Sprint(n.Tracking), fmt.Sprint(n.Done), fmt.Sprint(n.Failed+n.Withdrawn), fmt.Sprint(n.Risen))
		}
		for c := range m.Councils() {
			all = append(all, c.Code)
		}
		if len(all) > 1 {
			row(w["total"], all)
		}
		for c := range m.Councils() {
			row(cmp.Or(c.Name, string(c.Code)), []street.Code{c.Code})
		}
	})
	return x, err
}

// visitSection counts the visits owed in all, in each outermost area and in those
// right below it.
func visitSection(ctx context.Context, s *street.Street, now time.Time, w map[string]string) (section, error) {
	f := s.Folder()
	x := section{Title: w["visits"], Head: []string{w["area"], w["owed"], w["made"], w["missed"], w["open"], w["person_visits"]}, Right: 1}
	today := rounds.DateOf(now.In(f.Zone))
	err := s.Rounds(ctx, func(l *rounds.Log) {
		row := func(name string, filter rounds.Filter) {
			if n := l.Count(filter, today); n.Due+n.Visits > 0 {
				x.add(name, fmt.Sprint(n.Due), fmt.Sprint(n.Made), fmt.Sprint(n.Missed), fmt.Sprint(n.Open), fmt.Sprint(n.PersonVisits))
			}
		}
		row(w["total"], rounds.Filter{})
		for outer := range f.Map.Children(0) {
			for _, r := range append([]grid.Ref{outer}, slices.Collect(f.Map.Children(outer))...) {
				area := f.Map.Info(r).Code
				row(f.AreaName(area), rounds.Filter{Area: area})
			}
		}
	})
	return x, err
}

// unreadyNotices is what is missing from the notices of areas that have a text in
// boards.csv.
func unreadyNotices(ctx context.Context, s *street.Street, now time.Time) ([]street.Finding, error) {
	f := s.Folder()
	en, zh := f.Names("en"), f.Names("zh")
	var list []street.Finding
	for r := range f.Map.All() {
		area := f.Map.Info(r).Code
		if _, ok := f.Notices.Texts.At(area, now); !ok {
			continue
		}
		n, err := s.Notice(ctx, area, now)
		if err != nil {
			return nil, err
		}
		for _, m := range n.Missing {
			list = append(list, street.Finding{
				Level: street.Warning, Code: "notice." + string(m.Kind), File: "boards.csv", Unit: area,
				Said: map[string]string{"en": en.Missing(m), "zh": zh.Missing(m)},
			})
		}
	}
	return list, nil
}

// noticeSection is what is missing from notices, a row for each area.
func noticeSection(f *street.Folder, unready []street.Finding, lang string) section {
	w := words(lang)
	x := section{Title: w["notices"], Head: []string{w["area"], w["missing"]}}
	for i, m := range unready {
		if i > 0 && unready[i-1].Unit == m.Unit {
			last := x.Rows[len(x.Rows)-1]
			last[1] += w["semicolon"] + m.Text(lang)
			continue
		}
		x.add(f.AreaName(m.Unit), m.Text(lang))
	}
	return x
}

// structureSection is where the street is not set up as its rules ask.
func structureSection(setup []street.Finding, lang string) section {
	w := words(lang)
	x := section{Title: w["structure"], Head: []string{w["place"], w["text"]}}
	for _, v := range setup {
		x.add(cmp.Or(v.Place(), string(v.Unit)), v.Text(lang))
	}
	return x
}

// resourceSection is how far the needs are met by the offers.
func resourceSection(f *street.Folder, w map[string]string) section {
	x := section{Title: w["resources"], Head: []string{w["need"], w["met_by"]}}
	if f.Resources == nil {
		return x
	}
	for _, a := range resource.Match(f.Resources, resource.Options{}).Needs {
		var from []string
		for _, t := range a.Taken {
			from = append(from, string(t.Offer))
		}
		x.add(string(a.Need), cmp.Or(strings.Join(from, ", "), "–"))
	}
	return x
}

// rosterFindings is what is wrong with the shifts of the four weeks from now:
// somebody on two posts at once or on duty while on leave, and hours without
// anybody.
func rosterFindings(f *street.Folder, now time.Time) []street.Finding {
	if f.Directory == nil {
		return nil
	}
	local := now.In(f.Zone)
	from := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, f.Zone)
	en, zh := f.Names("en"), f.Names("zh")
	found, more := f.Directory.Roster().Check(roster.Rules{Manned: true}, from, from.AddDate(0, 0, 28))
	var list []street.Finding
	for _, x := range found {
		list = append(list, street.Finding{
			Level: street.Warning, Code: "roster." + string(x.Code), File: "rosters.csv", Unit: x.Post,
			Said: map[string]string{"en": en.Shift(x), "zh": zh.Shift(x)},
		})
	}
	if more > 0 {
		text := fmt.Sprintf("+%d", more)
		list = append(list, street.Finding{Level: street.Warning, Code: "roster.more", File: "rosters.csv", Said: map[string]string{"en": text, "zh": text}})
	}
	return list
}
