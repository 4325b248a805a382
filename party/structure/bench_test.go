package structure_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/structure"
)

// teamRoles is who looks after a grid in the plan of the benchmark.
var teamRoles = []string{
	"grid-head", "grid-assistant", "police-officer", "fire-liaison", "legal-officer", "mass-worker", "livelihood-supervisor", "grid-cleaner",
}

// large is n grids with a whole team each, whose members changed twice, and 100,000
// regulated entities; every 50th grid has lost its cleaner.
func large(t require.TestingT, grids int) (*grid.Map, *party.Directory, int) {
	m := build(t, lattice(max(1, grids/400), 1, min(grids, 400)))
	p := party.Plan{Parties: []party.Party{{Code: "station", Kind: "station"}}}
	for i := range 100_000 {
		p.Parties = append(p.Parties, party.Party{Code: party.Code(fmt.Sprint("e", i)), Kind: "shop", Class: "三小场所", Area: "C1"})
	}
	n, broken := 0, 0
	for r := range m.All() {
		g := m.Info(r)
		if g.Level != 2 {
			continue
		}
		n++
		for k, role := range teamRoles {
			post := party.Code(fmt.Sprint(role, n))
			p.Posts = append(p.Posts, party.Post{Code: post, Party: "station", Role: role, Area: g.Code})
			for i := range 3 {
				person := party.Code(fmt.Sprint("p", n, "-", k, "-", i))
				p.People = append(p.People, party.Person{Code: person, Kinds: []string{"establishment", "seconded", "elected"}})
				during := party.Interval{From: day(1 + 5*i), Until: day(6 + 5*i)}
				if i == 2 && (n%50 != 0 || k != 7) {
					during.Until = time.Time{}
				}
				as := party.Resident
				if role == "legal-officer" {
					as = party.PartTime
				}
				p.Appointments = append(p.Appointments, party.Appointment{Person: person, Post: post, Kind: as, During: during})
			}
		}
		if n%50 == 0 {
			broken++
		}
	}
	d, err := party.NewDirectory(m, p)
	require.NoError(t, err)
	return m, d, broken
}

// teamRules is the demands of "majiang" on each grid, and that the shops are at
// least as many as are known.
func teamRules(t require.TestingT) *structure.Rules {
	rules, _ := structure.Preset("majiang", structure.PresetOptions{})
	rules = slices.DeleteFunc(rules, func(r structure.Rule) bool {
		return r.Kind != structure.People || r.Per != structure.EachArea("grid")
	})
	rules = append(rules, structure.Rule{
		ID: "shops", Kind: structure.Parties, Parties: []string{"shop"}, Per: structure.Street(), Count: structure.AtLeast(100_000),
	}, structure.Rule{ID: "postings", Kind: structure.Postings, Count: structure.AtMost(1)},
		structure.Rule{ID: "filled", Kind: structure.Filled})
	compiled, err := structure.Compile(rules)
	require.NoError(t, err)
	return compiled
}

// BenchmarkAudit audits 100,000 entities and teams of eight in 45 and 4,000 grids,
// 96,000 appointments in the latter.
func BenchmarkAudit(b *testing.B) {
	rules := teamRules(b)
	for _, grids := range []int{45, 4000} {
		m, d, broken := large(b, grids)
		b.Run(fmt.Sprint(grids), func(b *testing.B) {
			b.ReportAllocs()
			found := 0
			for b.Loop() {
				found = len(rules.Audit(d, m, day(20)))
			}
			require.Equal(b, broken, found)
		})
	}
}

func TestLargeTownIsAuditedOnce(t *testing.T) {
	m, d, broken := large(t, 400)
	got := teamRules(t).Audit(d, m, day(20))
	require.Len(t, got, broken)
	for _, v := range got {
		require.Equal(t, structure.TooFew, v.Kind)
		require.Equal(t, day(16), v.Since)
	}
}
