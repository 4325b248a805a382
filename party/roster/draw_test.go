package roster_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party/roster"
)

// zones are those of the field's neighbours whose clocks do odd things, and plain
// ones.
var zones = []string{
	"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo",
	"America/Santiago", "Asia/Tehran", "Pacific/Apia", "America/St_Johns", "UTC",
}

func zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// drawInstant picks an instant from 1975 to 2060, most of the time close to a change
// of the clocks.
func drawInstant(t *rapid.T, loc *time.Location) time.Time {
	at := time.Unix(rapid.Int64Range(157766400, 2840140800).Draw(t, "at"), 0).In(loc)
	if _, end := at.ZoneBounds(); !end.IsZero() && end.Year() < 2090 && rapid.IntRange(0, 3).Draw(t, "near a change") > 0 {
		at = end.Add(time.Duration(rapid.IntRange(-60, 6).Draw(t, "hours")) * time.Hour)
	}
	return at.Truncate(time.Minute)
}

var people = []roster.Code{"an", "bo", "cai", "dan", "er", "fu"}

// drawPlan picks rotations, teams and exceptions around the date.
func drawPlan(t *rapid.T, loc *time.Location, around roster.Date, exceptions int) roster.Plan {
	var plan roster.Plan
	for _, c := range []roster.Code{"day", "night"}[:rapid.IntRange(0, 2).Draw(t, "teams")] {
		team := roster.Team{Code: c}
		for _, p := range drawPeople(t, 3) {
			team.People = append(team.People, roster.Mate{Person: p, During: drawInterval(t, loc, around)})
		}
		plan.Teams = append(plan.Teams, team)
	}
	for range rapid.IntRange(1, 3).Draw(t, "rotations") {
		plan.Rotations = append(plan.Rotations, drawRotation(t, loc, around, plan.Teams))
	}
	for range rapid.IntRange(0, exceptions).Draw(t, "exceptions") {
		plan.Exceptions = append(plan.Exceptions, drawException(t, around, plan.Rotations))
	}
	return plan
}

func drawPeople(t *rapid.T, most int) []roster.Code {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(people), 0, most, rapid.ID[roster.Code]).Draw(t, "people")
}

func drawDate(t *rapid.T, around roster.Date, spread int) roster.Date {
	return next(around, rapid.IntRange(-spread, spread).Draw(t, "date"))
}

// drawInterval is always, or begins or ends near the date, at midnight or not.
func drawInterval(t *rapid.T, loc *time.Location, around roster.Date) roster.Interval {
	end := func() time.Time {
		d := drawDate(t, around, 9)
		return time.Date(d.Year, d.Month, d.Day, rapid.SampledFrom([]int{0, 0, 0, 9}).Draw(t, "hour"), 0, 0, 0, loc)
	}
	switch rapid.IntRange(0, 5).Draw(t, "interval") {
	case 0:
		return roster.Interval{From: end()}
	case 1:
		return roster.Interval{Until: end()}
	case 2:
		if i := (roster.Interval{From: end(), Until: end()}); i.Valid() {
			return i
		}
	}
	return roster.Interval{}
}

func drawRotation(t *rapid.T, loc *time.Location, around roster.Date, teams []roster.Team) roster.Rotation {
	r := roster.Rotation{
		Post:     rapid.SampledFrom([]roster.Code{"desk", "gate"}).Draw(t, "post"),
		Turn:     roster.Turn{N: rapid.IntRange(0, 3).Draw(t, "n"), Unit: rapid.SampledFrom([]roster.Unit{0, 0, 1, 2}).Draw(t, "unit")},
		Days:     drawDays(t),
		Start:    drawDate(t, around, rapid.SampledFrom([]int{4, 40, 800}).Draw(t, "spread")),
		Together: rapid.IntRange(0, 3).Draw(t, "together"),
		Hours:    drawHours(t),
	}
	if rapid.IntRange(0, 3).Draw(t, "dated") == 0 {
		r.During = drawInterval(t, loc, around)
	}
	for _, p := range drawPeople(t, 5) {
		r.Members = append(r.Members, roster.Member{Person: p, During: drawInterval(t, loc, around)})
	}
	for _, team := range teams {
		at := rapid.IntRange(0, len(r.Members)).Draw(t, "team at")
		r.Members = slices.Insert(r.Members, at, roster.Member{Team: team.Code, During: drawInterval(t, loc, around)})
	}
	return r
}

func drawDays(t *rapid.T) roster.Days {
	text := rapid.SampledFrom([]string{"", "", "Mon-Fri", "Mon;Wed;Sun", "Sat-Mon", "1;15;last", "2-30", "29-31", "Tue;7-20"}).Draw(t, "days")
	days, err := roster.ParseDays(text)
	if err != nil {
		panic(err)
	}
	return days
}

// drawHours cuts the day at a few times, and lets the last window pass midnight.
func drawHours(t *rapid.T) []roster.Window {
	text := rapid.SampledFrom([]string{
		"", "00:00-24:00", "08:00-08:00", "20:00-08:00", "08:00-12:00;14:00-18:00", "00:00-08:00;08:00-16:00;16:00-24:00",
		"01:30-02:30", "02:00-03:00;23:30-00:15", "22:00-02:15", "02:30-02:29", "23:00-01:00;01:00-02:00",
	}).Draw(t, "hours")
	hours, err := roster.ParseHours(text)
	if err != nil {
		panic(err)
	}
	if rapid.IntRange(0, 3).Draw(t, "odd hours") == 0 {
		start := rapid.IntRange(0, 1439).Draw(t, "start")
		hours = []roster.Window{{Start: start, End: start + rapid.IntRange(1, 1440).Draw(t, "minutes")}}
	}
	return hours
}

func drawException(t *rapid.T, around roster.Date, rotations []roster.Rotation) roster.Exception {
	e := roster.Exception{
		Kind:   rapid.SampledFrom([]roster.Kind{roster.Add, roster.Remove, roster.Replace, roster.Replace, roster.Leave, roster.Swap, roster.Swap}).Draw(t, "kind"),
		Post:   rapid.SampledFrom(rotations).Draw(t, "of").Post,
		Date:   drawDate(t, around, 3),
		Person: rapid.SampledFrom(people).Draw(t, "person"),
	}
	switch e.Kind {
	case roster.Leave:
		if rapid.Bool().Draw(t, "everywhere") {
			e.Post = ""
		}
	case roster.Swap, roster.Replace:
		e.With = rapid.SampledFrom(people).Filter(func(c roster.Code) bool { return c != e.Person }).Draw(t, "with")
	}
	if e.Kind == roster.Swap {
		e.Consent = rapid.IntRange(0, 4).Draw(t, "consent") > 0
		if rapid.Bool().Draw(t, "other date") {
			e.WithDate = drawDate(t, around, 3)
		}
	}
	return e
}
