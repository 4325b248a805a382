package party_test

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// square is a cell of a lattice of hundredths of a degree, east of 114 and north of 22.
func square(x, y int) orb.MultiPolygon {
	west, south := 114+float64(x)/100, 22+float64(y)/100
	return orb.MultiPolygon{{{
		{west, south}, {west + 0.01, south}, {west + 0.01, south + 0.01}, {west, south + 0.01}, {west, south},
	}}}
}

// bigMap is a street of 40 communities with 99 grids each: 4,001 areas.
func bigMap(t require.TestingT) *grid.Map {
	units := []grid.Unit{{Code: "S", Name: "街道"}}
	for c := range 40 {
		community := grid.Code(fmt.Sprintf("C%02d", c))
		units = append(units, grid.Unit{Code: community, Parent: "S", Level: 1})
		for g := range 99 {
			units = append(units, grid.Unit{
				Code: community + grid.Code(fmt.Sprintf("-%02d", g)), Parent: community, Level: 2, Boundary: square(g, c),
			})
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"街道", "社区", "网格"}})
	require.NoError(t, err)
	return m
}

// sixClasses are the regulated entities that are told what to rectify.
var sixClasses = []string{"small-premises", "property", "contractor", "gas", "sanitation", "shopfront"}

const (
	bigEntities = 100_000
	bigPeople   = 5_000
)

// bigPlan is what the largest subdistricts have: 100,000 entities of six classes,
// 5,000 people in 40 community committees, each with posts, rights and a
// registration where he lives.
func bigPlan() party.Plan {
	from := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	always := party.Interval{From: from}
	p := party.Plan{Parties: []party.Party{{Code: "street", Area: "S"}}}
	for c := range 40 {
		area := party.Code(fmt.Sprintf("C%02d", c))
		p.Parties = append(p.Parties, party.Party{Code: "committee-" + area, Parent: "street", Area: area})
		p.Rights = append(p.Rights, party.Right{Holder: "committee-" + area, Kind: party.RightCommand, Scope: area, During: always})
	}
	for i := range bigEntities {
		p.Parties = append(p.Parties, party.Party{
			Code: party.Code(fmt.Sprintf("E%06d", i)), Name: fmt.Sprintf("某商铺%d号", i), Kind: "unit", Class: sixClasses[i%6],
			Area: party.Code(fmt.Sprintf("C%02d-%02d", i%40, i/40%99)), During: party.Interval{From: from.AddDate(0, 0, i%300)},
		})
	}
	for i := range bigPeople {
		person, post := party.Code(fmt.Sprintf("P%04d", i)), party.Code(fmt.Sprintf("post-%04d", i))
		community := party.Code(fmt.Sprintf("C%02d", i%40))
		p.People = append(p.People, party.Person{Code: person, Name: "某某", Home: "committee-" + community, Phone: "13800001234"})
		p.Posts = append(p.Posts, party.Post{Code: post, Party: "committee-" + community, Area: community + party.Code(fmt.Sprintf("-%02d", i/40%99))})
		kind := []party.AppointmentKind{party.Resident, party.Mobile}[i%2]
		p.Appointments = append(p.Appointments, party.Appointment{Person: person, Post: post, Kind: kind, During: always})
		p.Registrations = append(p.Registrations, party.Registration{
			Person: person, Area: community + party.Code(fmt.Sprintf("-%02d", i%99)), Kind: party.ReportIn, During: always,
		})
		p.Rights = append(p.Rights, party.Right{Holder: post, Kind: party.RightAssess, Scope: community, During: always})
	}
	return p
}

func bigDirectory(t require.TestingT) *party.Directory {
	d, err := party.NewDirectory(bigMap(t), bigPlan())
	require.NoError(t, err)
	return d
}

func BenchmarkNewDirectory(b *testing.B) {
	m, p := bigMap(b), bigPlan()
	b.ReportAllocs()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept, err := party.NewDirectory(m, p)
	require.NoError(b, err)
	runtime.GC()
	runtime.ReadMemStats(&after)
	for b.Loop() {
		_, err = party.NewDirectory(m, p)
	}
	require.NoError(b, err)
	runtime.KeepAlive(kept)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(p.Parties)), "B/party")
}

func BenchmarkDirectory(b *testing.B) {
	d := bigDirectory(b)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	count := 0
	for _, c := range []struct {
		name string
		do   func()
	}{
		{"Entities/community", func() {
			for range d.Entities("gas", "C07", at) {
				count++
			}
		}},
		{"Entities/street", func() {
			for range d.Entities("gas", "S", at) {
				count++
			}
		}},
		{"May/party", func() { d.May("P0047", "post-0047", party.RightCommand, "C07-33", at) }},
		{"May/post", func() { d.May("P0047", "post-0047", party.RightAssess, "C07-33", at) }},
		{"May/entity", func() { d.May("P0047", "", party.RightAssess, "E000007", at) }},
		{"May/refused", func() { d.May("P0047", "post-0047", party.RightAssess, "C08", at) }},
		{"Holder", func() { d.Holder("post-0047", at) }},
		{"Headcount", func() { d.Headcount(at) }},
		{"HeadcountIn", func() { d.HeadcountIn("committee-C07", at) }},
		{"Registered/community", func() { count += d.Registered("C07", party.ReportIn, at) }},
		{"Registered/grid", func() { count += d.Registered("C07-33", party.ReportIn, at) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.do()
			}
		})
	}
}

// BenchmarkOnDutyNested asks for a post below 2,000 parties, each with a vacant desk.
func BenchmarkOnDutyNested(b *testing.B) {
	var plan party.Plan
	for i := range 2000 {
		c := party.Code("p" + strconv.Itoa(i))
		above := party.Code("")
		if i > 0 {
			above = party.Code("p" + strconv.Itoa(i-1))
		}
		plan.Parties = append(plan.Parties, party.Party{Code: c, Name: "x", Kind: "squad", Parent: above})
		plan.Posts = append(plan.Posts, party.Post{Code: "d" + c, Name: "x", Party: c, Role: party.RoleDesk})
	}
	d, err := party.NewDirectory(nil, plan)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if d.OnDuty("dp1999", time.Unix(0, 0)).Party == "" {
			b.Fatal("nobody")
		}
	}
}
