package grid

import (
	"cmp"
	"slices"
)

// flow is land that one leaf owned and another owns now; 0 is none.
type flow struct {
	old, new Ref
	area     int64 // cm²
	sliver   bool  // makes no link
}

// measure finds the flows of all swept leaves.
func (d *differ) measure() {
	var near, own []Ref
	var parts []float64
	for r := range d.old.m.Leaves(0) {
		low, high, some := d.old.box(r)
		if !d.old.swept[r] || !some {
			continue
		}
		d.begin(d.old, r, low, high, &own)
		near = d.new.meeting(low, high, near)
		for _, n := range near {
			d.old.sheet.Claim(d.new.ringsOf(n))
		}
		var rest float64
		parts, rest = d.old.sheet.Parts(parts)
		for i, n := range near {
			d.flow(r, n, centimetres(parts[i]))
		}
		d.flow(r, 0, centimetres(rest))
	}
	for r := range d.new.m.Leaves(0) {
		low, high, some := d.new.box(r)
		if !d.new.swept[r] || !some {
			continue
		}
		d.begin(d.new, r, low, high, &own)
		near = d.old.m.leavesNear(low, high, near[:0])
		for _, n := range near {
			d.new.sheet.Mask(d.old.ringsOf(n))
		}
		_, rest := d.new.sheet.Parts(nil)
		d.flow(0, r, centimetres(rest))
	}
	d.settle()
}

// begin lays down what a leaf owns: its region without those of smaller codes.
func (d *differ) begin(s *edition, r Ref, low, high point, own *[]Ref) {
	s.sheet.Begin(s.ringsOf(r))
	*own = s.m.leavesNear(low, high, (*own)[:0])
	for _, n := range *own {
		if s.code(n) < s.code(r) {
			s.sheet.Mask(s.ringsOf(n))
		}
	}
}

func (d *differ) flow(old, new Ref, area int64) {
	if area > 0 {
		d.flows = append(d.flows, flow{old: old, new: new, area: area})
	}
}

// settle sums the areas of swept leaves, tells slivers from links and sorts.
func (d *differ) settle() {
	for _, s := range []*edition{d.old, d.new} {
		for r := range s.m.Leaves(0) {
			if s.swept[r] {
				s.area[r], s.strip[r] = 0, s.stripOf(r)
			}
		}
	}
	for _, f := range d.flows {
		d.old.area[f.old] += f.area // index 0 is nobody's
		d.new.area[f.new] += f.area
	}
	for i := range d.flows {
		f := &d.flows[i]
		f.sliver = (f.old == 0 || d.old.sliver(f.old, f.area)) && (f.new == 0 || d.new.sliver(f.new, f.area))
	}
	slices.SortFunc(d.flows, func(a, b flow) int { return cmp.Or(cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new)) })
	d.into = slices.Clone(d.flows)
	slices.SortFunc(d.into, func(a, b flow) int { return cmp.Or(cmp.Compare(a.new, b.new), cmp.Compare(a.old, b.old)) })
}

// sliver reports whether area is less than a strip along r's boundary and than
// half of r.
func (s *edition) sliver(r Ref, area int64) bool {
	return area < s.strip[r] && area < s.area[r]-area
}

// out yields the flows from an old leaf.
func (d *differ) out(r Ref) []flow {
	if !d.old.swept[r] {
		return []flow{{old: r, new: d.old.twin[r], area: d.quiet(d.old, r)}}
	}
	return runOf(d.flows, func(f flow) Ref { return f.old }, r)
}

// in yields the flows to a new leaf.
func (d *differ) in(r Ref) []flow {
	if !d.new.swept[r] {
		twin := d.new.twin[r]
		return []flow{{old: twin, new: r, area: d.quiet(d.old, twin)}}
	}
	return runOf(d.into, func(f flow) Ref { return f.new }, r)
}

// quiet is the area of a leaf that was not swept, measured once.
func (d *differ) quiet(s *edition, r Ref) int64 {
	if s.area[r] == unmeasured {
		s.area[r] = s.areaOf(r)
	}
	return s.area[r]
}

// runOf is the part of sorted flows with the key.
func runOf(flows []flow, key func(flow) Ref, r Ref) []flow {
	from, _ := slices.BinarySearchFunc(flows, r, func(f flow, r Ref) int { return cmp.Compare(key(f), r) })
	to := from
	for to < len(flows) && key(flows[to]) == r {
		to++
	}
	return flows[from:to]
}
