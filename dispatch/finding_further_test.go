package dispatch_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/dispatch"
)

// TestFindingsLookFurther: what a rule does may show in one grid only, because
// rules of the others take it all between them, be it the first grid or the last,
// and in one matter only, because the matter named is none itself.
func TestFindingsLookFurther(t *testing.T) {
	m := listMap(t, 1, 3)
	opts := dispatch.Options{Calendar: listCalendar(t)}
	table := []dispatch.Matter{{Code: "road.hole"}, {Code: "road.lamp"}, {Code: "road.sign"}}
	for _, far := range []dispatch.Code{"1", "2", "3"} {
		var rules []dispatch.Rule
		add := func(id dispatch.Code, matter, area dispatch.Code, window string) {
			rules = append(rules, dispatch.Rule{ID: id, Role: dispatch.Lead, Matter: matter, Area: area, Window: window, Party: "works"})
		}
		// Work and rest are taken apart, so no single rule shuts the rest out.
		for _, grid := range []dispatch.Code{"1", "2", "3"} {
			add("W"+grid, "road", "s-c1-g"+grid, "work")
			if grid != far {
				add("R"+grid, "road", "s-c1-g"+grid, "rest")
			}
		}
		for i, kind := range []dispatch.Code{"hole", "lamp", "sign"} {
			add("M"+kind, "road."+kind, "", "work")
			if dispatch.Code(rune('1'+i)) != far {
				add("N"+kind, "road."+kind, "", "rest")
			}
		}
		add("Z", "*", "", "")

		list := func(more ...dispatch.Rule) []string {
			var out []string
			l, err := dispatch.Compile(table, append(rules[:len(rules):len(rules)], more...), m, listDirectory(t, m), opts)
			require.NoError(t, err)
			for _, f := range l.Findings() {
				reproduces(t, l, f)
				if f.Rules[0][0] == 'X' || len(f.Rules) > 1 {
					out = append(out, string(f.Code)+" "+string(f.Place))
				}
			}
			return out
		}
		x := dispatch.Rule{ID: "X", Role: dispatch.Lead, Matter: "road", Area: "s-c1", Party: "works"}
		grid := "s-c1-g" + string(far)
		require.Empty(t, list(x), "it lives in grid %s", far)

		main, park := x, x
		main.Class, park.ID, park.Class, park.Party = "road=main", "Y", "park=city", "old"
		park.During.Until = instant("2026-05-31T00:00:00+08:00")
		main.During.Until = park.During.Until
		require.Equal(t, []string{"tie " + grid}, list(main, park))

		gone := x
		gone.Party = "young"
		gone.During.From = instant("2026-05-01T00:00:00+08:00")
		require.Equal(t, []string{"expired " + grid}, list(gone))

		owner := x
		owner.Party = "owner(road)"
		require.Equal(t, []string{"unowned " + grid}, list(owner))

		// Nothing is left for it once the last grid is taken too.
		add("R"+far, "road", "s-c1-g"+far, "rest")
		require.Len(t, list(x), 1)
	}
}
