package grid

import "iter"

// NodeInfo describes a node.
type NodeInfo struct {
	Code   Code
	Parent Code // as given; on the outermost level it may name a node outside the hierarchy
	Name   string
	Level  int
	Leaf   Ref // the leaf of the Map that the node is; 0 for an inner node
}

// own is the tree of the nodes, never nil.
func (h *Hierarchy) own() *Map {
	if h == nil || h.tree == nil {
		return &Map{}
	}
	return h.tree
}

// Name is the hierarchy's name.
func (h *Hierarchy) Name() string {
	if h == nil {
		return ""
	}
	return h.name
}

// Map is the Map whose leaves the hierarchy groups.
func (h *Hierarchy) Map() *Map {
	if h == nil {
		return nil
	}
	return h.m
}

// Levels is a copy of the names of the levels, outermost first.
func (h *Hierarchy) Levels() []string { return h.own().Levels() }

// Len is the number of nodes, leaves included. NodeRefs run from 1 to Len.
func (h *Hierarchy) Len() int { return h.own().Len() }

// Lookup answers the node with code c. O(1).
func (h *Hierarchy) Lookup(c Code) (NodeRef, bool) {
	r, ok := h.own().Lookup(c)
	return NodeRef(r), ok
}

// Of is the node that a leaf of the Map is; 0 for a unit that is no leaf, for 0
// and for a Ref beyond the Map's Len. O(1).
func (h *Hierarchy) Of(leaf Ref) NodeRef {
	switch {
	case h == nil || !h.m.has(leaf):
		return 0
	case h.tree != h.m:
		return h.node[leaf-1]
	case h.m.ranks.isLeaf(leaf):
		return NodeRef(leaf)
	}
	return 0
}

// Leaf is the leaf of the Map that n is; 0 for an inner node, 0 and beyond Len.
func (h *Hierarchy) Leaf(n NodeRef) Ref {
	switch {
	case !h.own().has(Ref(n)):
		return 0
	case h.tree != h.m:
		return h.leaf[n-1]
	}
	r := Ref(n)
	if !h.m.ranks.isLeaf(r) {
		return 0
	}
	return r
}

// Info describes n. It is zero for 0 and for a NodeRef beyond Len.
func (h *Hierarchy) Info(n NodeRef) NodeInfo {
	i := h.own().Info(Ref(n))
	return NodeInfo{Code: i.Code, Parent: i.Parent, Name: i.Name, Level: i.Level, Leaf: h.Leaf(n)}
}

// Parent is the node that n lies in; 0 for an outermost node, 0 and beyond Len.
func (h *Hierarchy) Parent(n NodeRef) NodeRef { return NodeRef(h.own().Parent(Ref(n))) }

// Ancestor is the node on that level among n and the nodes it lies in; 0 when
// none of them is on that level.
func (h *Hierarchy) Ancestor(n NodeRef, level int) NodeRef {
	return NodeRef(h.own().Ancestor(Ref(n), level))
}

// Contains reports whether inner is outer or lies in it. It is false when either
// is 0 or beyond Len. O(1).
func (h *Hierarchy) Contains(outer, inner NodeRef) bool {
	return h.own().Contains(Ref(outer), Ref(inner))
}

// Last is the last node of n's subtree, n itself when there is nothing below it:
// the nodes in n are those from n to Last(n). It is 0 for 0 and beyond Len.
func (h *Hierarchy) Last(n NodeRef) NodeRef { return NodeRef(h.own().Last(Ref(n))) }

// All yields every node in hierarchy order.
func (h *Hierarchy) All() iter.Seq[NodeRef] { return nodes(h.own().All()) }

// Path yields the nodes that n lies in, outermost first, and n last. It yields
// nothing for 0 and for a NodeRef beyond Len.
func (h *Hierarchy) Path(n NodeRef) iter.Seq[NodeRef] { return nodes(h.own().Path(Ref(n))) }

// Children yields the nodes that name n as their parent, by code; of 0, the
// outermost nodes. It yields nothing for a NodeRef beyond Len.
func (h *Hierarchy) Children(n NodeRef) iter.Seq[NodeRef] { return nodes(h.own().Children(Ref(n))) }

func nodes(refs iter.Seq[Ref]) iter.Seq[NodeRef] {
	return func(yield func(NodeRef) bool) {
		for r := range refs {
			if !yield(NodeRef(r)) {
				return
			}
		}
	}
}

// Leaves yields the leaves of the Map in n, in the order of the hierarchy; of 0,
// all leaves. It yields nothing for a NodeRef beyond Len.
func (h *Hierarchy) Leaves(n NodeRef) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for r := range h.own().Leaves(Ref(n)) {
			if !yield(h.Leaf(NodeRef(r))) {
				return
			}
		}
	}
}
