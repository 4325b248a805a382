package notice

import "github.com/gridgov/gridgov/grid"

// Nodes is a hierarchy as a Map whose units are its nodes (服务站、街区), for
// Input.Map: so a notice of a node is built as that of an area, with rules by the
// names of the hierarchy's levels. Its leaves are those of the hierarchy's Map, with
// their boundaries, counts and attributes; the counts of an inner node are the sums
// of its leaves'. The errors are those of grid.Build and of sums that overflow. It is
// as much work as grid.Build.
func Nodes(h *grid.Hierarchy) (*grid.Map, error) {
	m := h.Map()
	var units []grid.Unit
	for n := range h.All() {
		info := h.Info(n)
		u := grid.Unit{Code: info.Code, Parent: info.Parent, Name: info.Name, Level: info.Level}
		if info.Leaf != 0 {
			leaf := m.Info(info.Leaf)
			u.Name, u.Boundary, u.Counts, u.Attrs = leaf.Name, m.Boundary(info.Leaf), m.Counts(info.Leaf), m.Attrs(info.Leaf)
		} else {
			counts, err := h.Counts(n)
			if err != nil {
				return nil, err
			}
			u.Counts = counts
		}
		units = append(units, u)
	}
	return grid.Build(units, grid.Options{Levels: h.Levels()})
}
