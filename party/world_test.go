package party_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// smallUnits are a street S of two communities, A with three grids and B with two.
func smallUnits() []grid.Unit {
	units := []grid.Unit{{Code: "S"}, {Code: "A", Parent: "S", Level: 1}, {Code: "B", Parent: "S", Level: 1}}
	for i, c := range []grid.Code{"A1", "A2", "A3", "B1", "B2"} {
		units = append(units, grid.Unit{Code: c, Parent: c[:1], Level: 2, Boundary: square(i, 0)})
	}
	return units
}

func smallMap(t require.TestingT) *grid.Map {
	m, err := grid.Build(smallUnits(), grid.Options{Levels: []string{"街道", "社区", "网格"}})
	require.NoError(t, err)
	return m
}

// What the small world asks about: its areas, and codes that it may or may not have.
var (
	smallAreas = []party.Code{"", "S", "A", "B", "A1", "A2", "A3", "B1", "B2"}
	smallKinds = []party.AppointmentKind{"", party.Resident, party.Mobile, party.PartTime, party.Volunteer}
	smallPlace = []party.Place{{}, {Layer: "building", Feature: "1"}, {Layer: "building", Feature: "2"}, {Layer: "estate", Feature: "1"}}
	smallTags  = []string{"electrician", "law", "first-aid"}
)

// instant n of the small world; 0 is none.
func instant(n int) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Date(2026, 3, 1, 0, 0, 0, n*int(time.Millisecond), time.UTC)
}

// world draws plans without a fault.
type world struct {
	*rapid.T
	party.Plan
}

func (w *world) n(most int) int { return rapid.IntRange(0, most).Draw(w.T, "n") }

func pick[T any](w *world, list []T) T { return rapid.SampledFrom(list).Draw(w.T, "pick") }

// during draws an interval; open at either end one time in three.
func (w *world) during() party.Interval {
	from := rapid.IntRange(1, 40).Draw(w.T, "from")
	i := party.Interval{From: instant(from), Until: instant(from + rapid.IntRange(1, 20).Draw(w.T, "length"))}
	switch rapid.IntRange(0, 5).Draw(w.T, "open") {
	case 0:
		i.From = time.Time{}
	case 1:
		i.Until = time.Time{}
	}
	return i
}

// code draws one of n codes, or one time in twelve none.
func (w *world) code(prefix string, n int) party.Code {
	if n == 0 || w.n(11) == 0 {
		return ""
	}
	return party.Code(fmt.Sprint(prefix, rapid.IntRange(0, n-1).Draw(w.T, prefix)))
}

func (w *world) tags() []string { return slices.Clone(smallTags[:w.n(len(smallTags))]) }

// drawPlan draws 0 to 30 of everything. A party's or a post's code may be the
// number of another kind's, and the first parties are called as areas are.
func drawPlan(t *rapid.T) party.Plan {
	w := &world{T: t}
	sizes := rapid.SampledFrom([]int{3, 8, 30}).Draw(t, "size")
	for i := range w.n(sizes) {
		w.Parties = append(w.Parties, party.Party{
			Code: party.Code(fmt.Sprint("p", i)), Parent: w.code("p", i), Area: pick(w, smallAreas),
			Class: pick(w, []string{"", "gas", "property"}), Line: pick(w, []string{"", "fire"}), During: w.during(),
		})
	}
	if len(w.Parties) > 0 && w.n(3) == 0 { // a party called as an area is; it is nobody's parent
		w.Parties = append(w.Parties, party.Party{Code: "A", Parent: w.code("p", len(w.Parties)), Area: pick(w, smallAreas)})
	}
	for i := range w.n(sizes) {
		home := party.Code("")
		if len(w.Parties) > 0 && w.n(2) > 0 {
			home = pick(w, w.Parties[:min(len(w.Parties), 3)]).Code
		}
		w.People = append(w.People, party.Person{
			Code: party.Code(fmt.Sprint("h", i)), Name: pick(w, []string{"", "王"}), Home: home,
			Skills: w.tags(), Kinds: w.tags(), Phone: pick(w, []string{"", "13800138000"}), Consent: w.n(1) == 0,
		})
	}
	if len(w.Parties) > 1 {
		w.posts(sizes)
	}
	w.rest(sizes)
	return w.Plan
}

// posts draws posts of parties, which are there, and who is appointed to them.
func (w *world) posts(sizes int) {
	for i := range w.n(sizes) {
		w.Posts = append(w.Posts, party.Post{
			Code: party.Code(fmt.Sprint("q", i)), Party: pick(w, w.Parties).Code, Area: pick(w, smallAreas), Deputy: w.code("q", i),
			Place: pick(w, smallPlace), Quota: w.n(2), Limit: int64(w.n(2)), Role: pick(w, smallTags),
		})
	}
	for range w.n(sizes) * min(len(w.Posts), 1) * min(len(w.People), 1) {
		a := party.Appointment{Person: pick(w, w.People).Code, Post: pick(w, w.Posts).Code, Kind: pick(w, smallKinds), During: w.during()}
		if a.During.From.IsZero() {
			a.During.From = instant(1)
		}
		w.Appointments = append(w.Appointments, a)
	}
}

func (w *world) rest(sizes int) {
	for range w.n(sizes) * min(len(w.People), 1) {
		w.Registrations = append(w.Registrations, party.Registration{
			Person: pick(w, w.People).Code, Area: pick(w, smallAreas[1:]), Branch: pick(w, []string{"", "b"}), During: w.during(),
			Kind: pick(w, []party.RegistrationKind{party.Membership, party.ReportIn, party.VolunteerIn}),
		})
	}
	holders, scopes := []party.Code{}, slices.Clone(smallAreas[1:])
	for _, p := range w.Parties {
		holders, scopes = append(holders, p.Code), append(scopes, p.Code)
	}
	for _, p := range w.Posts {
		holders = append(holders, p.Code)
	}
	for range w.n(sizes) * min(len(holders), 1) {
		w.Rights = append(w.Rights, party.Right{
			Holder: pick(w, holders), Kind: pick(w, party.RightKinds()[:2]), Scope: pick(w, scopes), During: w.during(),
		})
	}
	for i := range w.n(sizes / 3) {
		g := party.Group{Code: party.Code(fmt.Sprint("g", i)), During: w.during()}
		if g.During.Until.IsZero() {
			g.During.Until = instant(80)
		}
		for range w.n(3) * min(len(w.People), 1) {
			g.Members = append(g.Members, pick(w, w.People).Code) // a person may come twice
			g.Lead = pick(w, append([]party.Code{""}, g.Members...))
		}
		w.Groups = append(w.Groups, g)
	}
	for i := range w.n(sizes) * min(len(w.Parties), 1) {
		w.Facilities = append(w.Facilities, party.Facility{
			Code: party.Code(fmt.Sprint("f", i)), Party: pick(w, w.Parties).Code, Kind: pick(w, []string{"office", "plaza"}),
			SquareMeters: float64(w.n(400)), During: w.during(),
		})
	}
	for i := range w.n(4) * min(len(w.Parties), 1) { // masters follow one another, with or without a pause
		field, at := party.Code(fmt.Sprint("d", i)), 1
		for range w.n(4) {
			from := at + w.n(2)
			at = from + 1 + w.n(9)
			w.Fields = append(w.Fields, party.Field{Code: field, Owner: pick(w, w.Parties).Code, During: party.Interval{From: instant(from), Until: instant(at)}})
		}
	}
}
