package grid

import "slices"

// Node is one row of a hierarchy as the caller describes it: an inner node, such
// as a block, a red grid or a service station (街区、红色网格、工作站); or, when
// Code is that of a leaf of the Map, the leaf's place in the hierarchy.
type Node struct {
	Code   Code   // required, unique among the nodes
	Parent Code   // the node one or more levels further out; see NewHierarchy for the outermost level
	Name   string // shown to people; of a leaf's row it is not read: a leaf has the Map's name
	Level  int    // index into the hierarchy's levels, 0 is the outermost
}

// NodeRef is a node of one Hierarchy: 1 … Len in hierarchy order (a node, then
// what is below it, siblings by code). 0 is no node. It means nothing in another
// Hierarchy and is never stored.
type NodeRef uint32

// Hierarchy is a tree of nodes whose lowest ones are exactly the leaves of a Map,
// each once: one of several ways to group the same grids (多套层级). It is
// immutable and safe for concurrent use. A nil and a zero Hierarchy are empty.
type Hierarchy struct {
	name  string
	m     *Map
	nodes []Node    // as given, by code; nil for the Map's own
	tree  *Map      // the nodes as units without boundaries; m itself for the Map's own
	leaf  []Ref     // of the Map, by NodeRef-1; nil for the Map's own
	node  []NodeRef // by Ref-1; nil for the Map's own
}

// NewHierarchy makes a hierarchy of nodes given in any order over the leaves of
// m, and proves that it shares them out: every leaf is in exactly one path. It
// answers an *OverlayError with every fault and no Hierarchy otherwise. It keeps
// m, and nothing else of the caller's memory.
//
// The name is a code (see Build); levels are named as in Options. Codes need only
// be unique among the nodes: an inner node may have the code of an inner unit of
// the Map and is not that unit. A node on level 0 may name a parent that is not
// among the nodes; a deeper one must name a node further out, not needfully on
// the next level, so there can be no cycle.
//
// A leaf without a row is ErrLeafMissing, one with two is ErrDuplicate, one that a
// row names as its parent is ErrLeafParent. A node that is no leaf of the Map and
// has nothing below it is ErrLeafUnknown on the last level, where only leaves can
// be, and ErrNodeEmpty further out; so every node that is accepted has a leaf.
//
// ErrUnits (more nodes than UnitsMax) is answered alone. O(n log n).
func NewHierarchy(m *Map, name string, levels []string, nodes []Node) (*Hierarchy, error) {
	return bind(m, name, levels, nodes, nil)
}

// Hierarchy is m's own tree as one of its hierarchies; each NodeRef is the number
// of the unit's Ref. Name is not checked.
func (m *Map) Hierarchy(name string) *Hierarchy { return &Hierarchy{name: name, m: m, tree: m} }

// Rebind makes the same hierarchy over another version of the Map: the same nodes
// in the same order. Leaves that came are ErrLeafMissing, leaves that went
// ErrLeafUnknown, on any level. The Map's own hierarchy becomes that of next.
func (h *Hierarchy) Rebind(next *Map) (*Hierarchy, error) {
	if h == nil {
		return bind(next, "", nil, nil, nil)
	}
	if h.tree == h.m {
		return next.Hierarchy(h.name), nil
	}
	return bind(next, h.name, h.tree.levels, h.nodes, h)
}

// bind is NewHierarchy; before, which may be nil, tells what were leaves.
func bind(m *Map, name string, levels []string, nodes []Node, before *Hierarchy) (*Hierarchy, error) {
	f := overlayFaults{overlay: name}
	if len(nodes) > UnitsMax {
		f.add("", ErrUnits)
		return nil, f.err()
	}
	f.checkName("")
	h := &Hierarchy{name: name, m: m, nodes: slices.Clone(nodes)}
	units := make([]Unit, len(nodes))
	for i, n := range nodes {
		units[i] = Unit{Code: n.Code, Parent: n.Parent, Name: n.Name, Level: n.Level}
	}
	var g faults
	checkLevels(levels, &g)
	depth := len(levels)
	if depth == 0 || depth > LevelsMax {
		depth = LevelsMax
	}
	o := arrange(units, depth, &g)
	h.proveLeaves(o, depth, before, &f)
	for _, e := range g.kept {
		f.add(e.Unit, e.Err)
	}
	f.left += g.left
	if err := f.err(); err != nil {
		return nil, err
	}
	h.grow(o, levels)
	return h, nil
}

// proveLeaves checks that the lowest nodes are the leaves of the Map.
func (h *Hierarchy) proveLeaves(o *order, depth int, before *Hierarchy, f *overlayFaults) {
	for r := range h.m.Leaves(0) {
		if info := h.m.Info(r); !o.has(info.Code) {
			f.add(info.Code, ErrLeafMissing)
		}
	}
	for pos := range o.sorted {
		u := o.unit(pos)
		_, leaf := h.leafOf(u.Code)
		switch {
		case leaf && o.inner[pos]:
			f.add(u.Code, ErrLeafParent)
		case leaf:
		case before.hadLeaf(u.Code) || !o.inner[pos] && u.Level == depth-1:
			f.add(u.Code, ErrLeafUnknown)
		case !o.inner[pos] && u.Level >= 0 && u.Level < depth-1:
			f.add(u.Code, ErrNodeEmpty)
		}
	}
}

func (o *order) has(c Code) bool {
	_, ok := o.first[c]
	return ok
}

// leafOf is the leaf of the Map with that code.
func (h *Hierarchy) leafOf(c Code) (Ref, bool) {
	r, ok := h.m.Lookup(c)
	return r, ok && h.m.Info(r).Leaf
}

// hadLeaf reports whether c was a leaf that h hung somewhere. h may be nil.
func (h *Hierarchy) hadLeaf(c Code) bool {
	if h == nil {
		return false
	}
	_, ok := h.leafOf(c)
	return ok
}

// grow makes the tree, which has no fault.
func (h *Hierarchy) grow(o *order, levels []string) {
	kept := make([]*unit, len(o.sorted))
	for pos := range o.sorted {
		u := o.unit(pos)
		if r, ok := h.leafOf(u.Code); ok {
			u.Name = h.m.Info(r).Name
		}
		kept[pos] = &unit{info: Info{Code: u.Code, Parent: u.Parent, Name: u.Name, Level: u.Level}}
	}
	h.tree = assemble(o, kept, Options{Levels: levels})
	h.leaf, h.node = make([]Ref, h.tree.Len()), make([]NodeRef, h.m.Len())
	for n := range h.tree.All() {
		if r, ok := h.leafOf(h.tree.Info(n).Code); ok {
			h.leaf[n-1], h.node[r-1] = r, NodeRef(n)
		}
	}
}
