package notice_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
)

// TestNodesEqualAScan: a hierarchy as a map has its nodes with the sums of their
// leaves, whatever the tree, and a notice of each.
func TestNodesEqualAScan(t *testing.T) { rapid.Check(t, nodesEqualAScan) }

func FuzzNodesEqualAScan(f *testing.F) { f.Fuzz(rapid.MakeFuzz(nodesEqualAScan)) }

func nodesEqualAScan(t *rapid.T) {
	n := rapid.IntRange(1, 8).Draw(t, "leaves")
	units := []grid.Unit{{Code: "U", Level: 0}}
	nodes := []grid.Node{{Code: "S", Name: "站", Level: 0}, {Code: "T", Name: "组", Level: 0}}
	people := map[party.Code]int64{}
	leaves := map[party.Code]int64{}
	used := map[party.Code]bool{}
	for i := range n {
		leaf := party.Code(fmt.Sprint("L", i))
		count := rapid.Int64Range(0, 9).Draw(t, "people")
		units = append(units, grid.Unit{
			Code: leaf, Parent: "U", Name: "格" + string(leaf), Level: 1, Boundary: square(113 + float64(i)/10),
			Counts: map[string]int64{"people": count},
		})
		parent := rapid.SampledFrom([]party.Code{"S", "T"}).Draw(t, "parent")
		nodes = append(nodes, grid.Node{Code: leaf, Parent: parent, Level: 1})
		people[parent], people[leaf] = people[parent]+count, count
		leaves[parent]++
		used[parent] = true
	}
	for i := len(nodes) - 1; i >= 0; i-- { // a node without leaves is no node
		if nodes[i].Level == 0 && !used[nodes[i].Code] {
			nodes = append(nodes[:i], nodes[i+1:]...)
		}
	}
	m, err := grid.Build(units, grid.Options{Levels: []string{"community", "grid"}})
	require.NoError(t, err)
	h, err := grid.NewHierarchy(m, "service", []string{"station", "grid"}, nodes)
	require.NoError(t, err)
	all, err := grid.NewHierarchies([]*grid.Hierarchy{h})
	require.NoError(t, err)
	d, err := party.NewDirectory(m, party.Plan{
		Hierarchies:  all,
		Parties:      []party.Party{{Code: "a"}},
		People:       []party.Person{{Code: "p", Name: "陈一"}},
		Posts:        []party.Post{{Code: "chief", Party: "a", Role: "chief", Area: nodes[0].Code}},
		Rights:       []party.Right{{Holder: "chief", Kind: party.RightManage, Scope: nodes[0].Code}},
		Appointments: []party.Appointment{{Person: "p", Post: "chief", During: from(1)}},
	})
	require.NoError(t, err)
	view, err := notice.Nodes(h)
	require.NoError(t, err)
	require.Equal(t, len(nodes), view.Len())
	in := notice.Input{Directory: d, Map: view, Rules: map[string]notice.Rule{"station": {Head: "chief"}, "grid": {}}}
	got := map[party.Code]int64{}
	for x := range notice.All(in, day(2)) {
		require.Equal(t, notice.Count, x.Facts[0].Kind)
		got[x.Area] = x.Facts[0].Number
		if below := leaves[x.Area]; below > 0 {
			require.Equal(t, below, x.Facts[1].Number)
		}
		require.Equal(t, x.Area == nodes[0].Code, x.Head.Name == "陈一")
	}
	require.Empty(t, cmp.Diff(people, got))
	for _, node := range nodes { // whoever looks after a node answers for what lies in it
		in := node.Code == nodes[0].Code || node.Parent == nodes[0].Code
		require.Equal(t, in, d.Allows("p", "chief", "manage", node.Code, day(2)))
	}
	require.Equal(t, party.Code("p"), d.OnDuty(nodes[0].Code, day(2)).Person)
}
