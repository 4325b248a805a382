package party_test

import (
	"time"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// march is nine o'clock on a day of March 2026.
func march(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }

// guanlan is the subdistrict of the examples: a community of two grids, a squad of
// the fire department's in it, a gas station and a lane of shops.
func guanlan() *party.Directory {
	m, err := grid.Build([]grid.Unit{
		{Code: "niuhu", Name: "牛湖社区"},
		{Code: "grid-27", Parent: "niuhu", Level: 1, Boundary: square(0, 0)},
		{Code: "grid-28", Parent: "niuhu", Level: 1, Boundary: square(1, 0)},
	}, grid.Options{Levels: []string{"社区", "网格"}})
	if err != nil {
		return nil
	}
	since := party.Interval{From: march(1)}
	d, err := party.NewDirectory(m, party.Plan{
		Parties: []party.Party{
			{Code: "office", Name: "街道办"}, {Code: "fire", Parent: "office", Name: "消安办", Line: "消防"},
			{Code: "committee", Parent: "office", Name: "牛湖社区党委", Area: "niuhu"},
			{Code: "squad", Parent: "committee", Name: "牛湖网格队", Line: "消防", During: party.Interval{From: march(5)}},
			{Code: "gas-1", Name: "石一燃气站", Class: "gas", Area: "grid-27"}, {Code: "gas-2", Name: "大和燃气站", Class: "gas", Area: "grid-28"},
		},
		People: []party.Person{
			{Code: "huang", Name: "黄思标", Home: "committee", Phone: "138-0000-1234"},
			{Code: "zhu", Name: "朱县华", Home: "fire", Skills: []string{"first-aid"}, Phone: "138-0000-5678", Consent: true},
		},
		Posts: []party.Post{
			{Code: "captain-3", Party: "committee", Place: party.Place{Layer: "building", Feature: "3"}},
			{Code: "grid-lead", Party: "squad", Role: "lead", Area: "grid-27", Deputy: "secretary"},
			{Code: "secretary", Party: "committee"},
		},
		Appointments: []party.Appointment{
			{Person: "huang", Post: "secretary", During: since}, {Person: "huang", Post: "captain-3", Kind: party.PartTime, During: since},
			{Person: "zhu", Post: "grid-lead", Kind: party.Mobile, During: party.Interval{From: march(5), Until: march(20)}},
		},
		Registrations: []party.Registration{
			{Person: "zhu", Area: "grid-28", Kind: party.ReportIn, During: since},
			{Person: "huang", Area: "grid-27", Kind: party.Membership, Branch: "第一支部", During: since},
		},
		Rights:     []party.Right{{Holder: "committee", Kind: party.RightCommand, Scope: "niuhu", During: since}},
		Groups:     []party.Group{{Code: "flood", Name: "三防小组", Lead: "zhu", Members: []party.Code{"zhu", "huang"}, During: party.Interval{From: march(8), Until: march(12)}}},
		Facilities: []party.Facility{{Code: "hall", Party: "committee", Kind: "service-centre", SquareMeters: 400, During: since}},
		Fields:     []party.Field{{Code: "tenants", Owner: "committee", During: since}},
	})
	if err != nil {
		return nil
	}
	return d
}
