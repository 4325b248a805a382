package structure_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

// TestSeatsCountAsPosts: a town whose councils are seats is judged as the same town
// with its councils as posts, whoever is missing.
func TestSeatsCountAsPosts(t *testing.T) { rapid.Check(t, seatsCountAsPosts) }

func FuzzSeatsCountAsPosts(f *testing.F) { f.Fuzz(rapid.MakeFuzz(seatsCountAsPosts)) }

func seatsCountAsPosts(t *rapid.T) {
	b := newTown(t, "guanlan")
	rules, _ := structure.Preset("guanlan", structure.PresetOptions{})
	rules = append(rules,
		structure.Rule{ID: "x.members", Role: []string{structure.RoleCouncilMember}, Per: structure.EachArea("block"), Count: structure.Between(1, 3)},
		structure.Rule{ID: "x.party", Role: []string{structure.RoleCouncilMember}, In: []string{structure.KindCouncil}, Per: structure.EachArea("block"), Source: []string{"member"}},
		structure.Rule{ID: "x.filled", Kind: structure.Filled},
	)
	compiled, err := structure.Compile(rules)
	require.NoError(t, err)
	m, err := grid.Build(b.units, grid.Options{Levels: []string{"community", "block", "grid"}})
	require.NoError(t, err)
	// The council is a body of its own, not of the committee, and not everybody comes.
	asPosts, asSeats := b.plan, b.plan
	asPosts.Parties = append(slices.Clone(b.plan.Parties), party.Party{Code: "councils", Kind: structure.KindCouncil})
	asPosts.Posts, asPosts.Appointments = slices.Clone(b.plan.Posts), nil
	asSeats.Posts, asSeats.Appointments = nil, nil
	area := map[party.Code]party.Code{}
	for i, p := range asPosts.Posts {
		if p.Role == structure.RoleCouncilMember {
			asPosts.Posts[i].Party = "councils"
			area[p.Code] = p.Area
			continue
		}
		asSeats.Posts = append(asSeats.Posts, p)
	}
	var seats []structure.Seat
	for _, a := range b.plan.Appointments {
		of, council := area[a.Post]
		if council && rapid.IntRange(0, 4).Draw(t, "absent") == 0 {
			continue
		}
		if council && rapid.IntRange(0, 4).Draw(t, "ends") == 0 {
			a.During.Until = day(20)
		}
		asPosts.Appointments = append(asPosts.Appointments, a)
		if !council {
			asSeats.Appointments = append(asSeats.Appointments, a)
			continue
		}
		seats = append(seats, structure.Seat{Council: a.Post, Area: of, Person: a.Person, Vote: true, During: a.During})
		if rapid.IntRange(0, 4).Draw(t, "observer") == 0 { // who has no vote is no member
			seats = append(seats, structure.Seat{Council: a.Post, Area: of, Person: "p000", During: a.During})
		}
	}
	withPosts, err := party.NewDirectory(m, asPosts)
	require.NoError(t, err)
	withSeats, err := party.NewDirectory(m, asSeats)
	require.NoError(t, err)
	for _, during := range []party.Interval{{}, {From: day(1), Until: day(2)}, {From: day(10), Until: day(25)}} {
		want := compiled.AuditDuring(withPosts, m, during)
		require.Empty(t, cmp.Diff(want, compiled.Seated(seats).AuditDuring(withSeats, m, during)))
	}
	slices.Reverse(seats)
	require.Empty(t, cmp.Diff(compiled.Audit(withPosts, m, day(15)), compiled.Seated(seats).Audit(withSeats, m, day(15))))
}

func TestSeatsOfABuilding(t *testing.T) {
	rules, err := structure.Compile([]structure.Rule{
		{ID: "captain", Role: []string{"captain"}, Per: structure.EachBuilding(""), SameAs: []string{structure.RoleCouncilMember}},
	})
	require.NoError(t, err)
	d, err := party.NewDirectory(nil, party.Plan{
		Parties: []party.Party{{Code: "a"}}, People: []party.Person{{Code: "p"}},
		Posts:        []party.Post{{Code: "c", Party: "a", Role: "captain", Place: party.Place{Layer: "houses", Feature: "H1"}}},
		Appointments: []party.Appointment{{Person: "p", Post: "c", During: party.Interval{From: day(1)}}},
	})
	require.NoError(t, err)
	require.Len(t, rules.Audit(d, nil, day(2)), 1)
	seat := structure.Seat{Council: "h1", Area: "houses:H1", Person: "p", Vote: true}
	require.Empty(t, rules.Seated([]structure.Seat{seat}).Audit(d, nil, day(2)))
	var none *structure.Rules
	require.Nil(t, none.Seated(nil))
}
