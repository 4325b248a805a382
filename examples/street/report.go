package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/assess"
	"github.com/gridgov/gridgov/grid/geofile"
	"github.com/gridgov/gridgov/street"
	"github.com/gridgov/gridgov/street/adapt"
)

//go:embed report.html.tmpl
var reportText string

var reportPage = template.Must(template.New("report").Funcs(template.FuncMap{
	"add":  func(a, b int) int { return a + b },
	"num":  grouped,
	"dict": standingsOf,
	"of":   func(w map[string]string, x section) map[string]any { return map[string]any{"W": w, "X": x} },
}).Parse(reportText))

// standingsOf picks one of the two tables of standings for the template that
// draws both.
func standingsOf(p page, which string) map[string]any {
	if which == "Parties" {
		return map[string]any{"W": p.W, "Of": p.W["party"], "Rows": p.Parties, "More": p.MoreParties}
	}
	return map[string]any{"W": p.W, "Of": p.W["area"], "Rows": p.Areas, "More": p.MoreAreas}
}

// The longest tables of the page; the result files have every row.
const (
	partyRowsMax = 20
	areaRowsMax  = 20
	eventRowsMax = 20
	findingsMax  = 50
)

// page is what report.html.tmpl shows.
type page struct {
	Lang, Title, AsOf, Attribution string
	Places                         string // which coordinate system places are in, unless it is the folder's
	W                              map[string]string
	Figures, Agree                 []figure
	EventsMap, OnTimeMap           template.HTML
	EventsLegend, OnTimeLegend     []geofile.Entry
	MapNote                        string // what the labels of the maps stand for, unless they are names
	Parties, Areas                 []standing
	MoreParties, MoreAreas         bool
	Undecided                      []figure
	Latest                         []latest
	Mandates                       []mandate
	Cases                          []section // about cases, the ladders and admissions
	Sections                       []section // about people, when the folder has them
	Findings                       []finding
	MoreFindings, MoreLatest       bool
}

type figure struct{ Label, Value, Note string }

// standing is how one party or area stands.
type standing struct {
	Name, Code    string
	Cases         int
	OnTime, Bar   string // percent as text; as a number for the bar, "" without data
	Closing, Tone string
}

type latest struct{ Event, At, Matter, Place, Lead, Due, Status, OnTime, Tone string }

type mandate struct {
	Title  string      // what for and for whom, with the code
	Payers [][4]string // payer, granted, paid, returned; the total last
}

// tally counts the events of a unit or a party.
type tally struct {
	events int
	rate   map[string]assess.Rate // by indicator
}

// report renders the one-file page of a run.
func report(ctx context.Context, sum *summary, rows []street.Row, s *street.Street, now time.Time, lang string) ([]byte, error) {
	f, w := s.Folder(), words(lang)
	p := page{
		Lang: cmp.Or(lang, "en"), Title: f.Name, AsOf: now.In(f.Zone).Format("2006-01-02 15:04"), Attribution: f.Attribution, W: w,
		Places:  f.PlacesText(lang),
		Figures: []figure{{Label: w["events"], Value: fmt.Sprint(sum.Events)}, {Label: w["located"], Value: fmt.Sprint(sum.Located)}, {Label: w["decided"], Value: fmt.Sprint(sum.Decided)}},
		Latest:  recent(rows, f, w),
	}
	for _, i := range sum.Indicators {
		if i.By == adapt.ByAll {
			rate, of, _ := strings.Cut(strings.TrimSuffix(percent(i), ")"), " (")
			p.Figures = append(p.Figures, figure{w["rate."+i.Indicator], strings.ReplaceAll(rate, " ", "\u00a0"), strings.Trim(grouped(of+" · "+strings.ReplaceAll(excluded(i, w), " ", "\u00a0")), " ·")})
		}
	}
	for _, g := range []struct {
		label string
		share street.Share
	}{{"agree.area", sum.Agree.Area}, {"agree.party", sum.Agree.Party}, {"agree.party_top", sum.Agree.PartyTop}, {"agree.on_time", sum.Agree.OnTime}} {
		if g.share.Of > 0 {
			p.Agree = append(p.Agree, figure{Label: w[g.label], Value: g.share.String()})
		}
	}
	for _, note := range []street.Note{
		street.NoteAfterNow, street.NoteUnknownMatter, street.NoteNoPoint, street.NoteOutside,
		street.NoteNoList, street.NoteNoRule, street.NoteTie,
	} {
		if n := sum.Notes[string(note)]; n > 0 {
			p.Undecided = append(p.Undecided, figure{Label: w[string(note)], Value: fmt.Sprint(n)})
		}
	}
	byArea, byParty := tallies(sum, rows, f)
	p.Parties, p.MoreParties = standings(byParty, partyRowsMax, func(c street.Code) string {
		return f.PartyName(c, "")
	})
	p.Areas, p.MoreAreas = standings(byArea, areaRowsMax, func(c street.Code) string {
		return f.AreaName(c)
	})
	var err error
	if p.Mandates, err = mandates(ctx, s, lang); err != nil {
		return nil, err
	}
	p.MoreLatest = len(rows) > eventRowsMax
	p.Findings = sum.Findings[:min(len(sum.Findings), findingsMax)]
	if p.Cases, err = caseSections(ctx, s, now, lang); err != nil {
		return nil, err
	}
	if p.Sections, err = sections(ctx, s, now, lang); err != nil {
		return nil, err
	}
	p.MoreFindings = len(sum.Findings) > findingsMax || sum.FindingsOf > 0
	events, onTime := eventsStyle(f.Map, byArea), onTimeStyle()
	if p.EventsMap, err = drawMap(f, byArea, w, lang, events, false); err != nil {
		return nil, err
	}
	if p.OnTimeMap, err = drawMap(f, byArea, w, lang, onTime, false); err != nil {
		return nil, err
	}
	_, _, p.MapNote = mapLabels(f.Map, w)
	p.EventsLegend, p.OnTimeLegend = events.legend(w), onTime.legend(w)
	discreet(f, &p)
	var b bytes.Buffer
	err = reportPage.Execute(&b, p)
	return b.Bytes(), err
}

// tallies counts events and takes over rates: by area, of every level, and by
// party with the parties above it.
func tallies(sum *summary, rows []street.Row, f *street.Folder) (byArea, byParty map[street.Code]*tally) {
	byArea, byParty = map[street.Code]*tally{}, map[street.Code]*tally{}
	at := func(m map[street.Code]*tally, c street.Code) *tally {
		if m[c] == nil {
			m[c] = &tally{rate: map[string]assess.Rate{}}
		}
		return m[c]
	}
	for _, r := range rows {
		for _, c := range r.Path {
			at(byArea, c).events++
		}
		for party := range f.Directory.Chain(r.Lead) {
			at(byParty, party.Code).events++
		}
		if _, known := f.Directory.Party(r.Lead); !known && r.Lead != "" {
			at(byParty, r.Lead).events++
		}
	}
	for _, i := range sum.Indicators {
		m := map[string]map[street.Code]*tally{adapt.ByArea: byArea, adapt.ByParty: byParty}[i.By]
		if m != nil && m[street.Code(i.Code)] != nil {
			m[street.Code(i.Code)].rate[i.Indicator] = assess.Rate{Numerator: i.Numerator, Denominator: i.Denominator}
		}
	}
	return byArea, byParty
}

// standings are the tallies with most events first, ties by code.
func standings(tallies map[street.Code]*tally, rowsMax int, name func(street.Code) string) ([]standing, bool) {
	codes := make([]street.Code, 0, len(tallies))
	for c := range tallies {
		codes = append(codes, c)
	}
	slices.SortFunc(codes, func(a, b street.Code) int {
		return cmp.Or(cmp.Compare(tallies[b].events, tallies[a].events), cmp.Compare(a, b))
	})
	more := len(codes) > rowsMax
	codes = codes[:min(len(codes), rowsMax)]
	list := make([]standing, len(codes))
	for i, c := range codes {
		t := tallies[c]
		list[i] = standing{Name: name(c), Code: string(c), Cases: t.events, OnTime: "–", Closing: "–"}
		if v, ok := t.rate[string(assess.OnTimeRate)].Value(); ok {
			list[i].OnTime, list[i].Bar, list[i].Tone = v.String(), fmt.Sprintf("%.1f", float64(v)/100), tone(v)
		}
		if v, ok := t.rate[string(assess.ClosingRate)].Value(); ok {
			list[i].Closing = v.String()
		}
	}
	return list, more
}

func recent(rows []street.Row, f *street.Folder, w map[string]string) []latest {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return f.Events[b].At.Compare(f.Events[a].At) })
	var list []latest
	for _, i := range order[:min(len(order), eventRowsMax)] {
		r, e := rows[i], f.Events[i]
		l := latest{
			Event: string(e.ID), At: e.At.In(f.Zone).Format("2006-01-02 15:04"), Matter: f.MatterName(e.Matter), Place: placeName(f, r.Path),
			Lead: f.PartyName(r.Lead, r.LeadPost), Status: w[r.Status], OnTime: w[r.OnTime], Tone: map[string]string{"true": "good", "false": "bad"}[r.OnTime],
		}
		if r.Lead == "" {
			l.Lead = "– (" + w[string(r.Note)] + ")"
		}
		if !r.DueAt.IsZero() {
			l.Due = r.DueAt.In(f.Zone).Format("2006-01-02 15:04")
		}
		list = append(list, l)
	}
	return list
}

// placeName names a place from the outermost unit inwards, without the one that every
// place of the street is in.
func placeName(f *street.Folder, path []street.Code) string {
	var names []string
	if len(path) > 1 && len(slices.Collect(f.Map.Children(0))) == 1 {
		path = path[1:]
	}
	for _, c := range path {
		names = append(names, f.AreaName(c))
	}
	return strings.Join(names, " / ")
}
