package gen

import (
	"cmp"
	"maps"
	"slices"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/grid"
)

// face is one piece of a lattice: a triangle or quadrangle, counter-clockwise.
type face []spot

// Tiling draws 1 to 4 levels of units whose leaves cover an outline without
// overlap or gap. Leaves are merged pieces of a jittered lattice and keep every
// lattice point on their borders, so neighbours share vertices and edges and no
// vertex lies inside an edge. Leaves may have holes, other leaves in them, and
// several parts; some sit on outer levels, and levels may be skipped. Inner
// units may have no boundary.
func Tiling(t *rapid.T) Area {
	faces := lattice(t)
	b := builder{t: t, levels: rapid.IntRange(1, len(levelNames)).Draw(t, "levels")}
	b.split(faces, 0, "")
	codes := rapid.Permutation(numbers(len(b.units))).Draw(t, "codes")
	name := map[grid.Code]grid.Code{"": "", "outside": "outside"}
	for i, u := range b.units {
		name[u.Code] = code(codes[i])
	}
	for i := range b.units {
		b.units[i].Code, b.units[i].Parent = name[b.units[i].Code], name[b.units[i].Parent]
	}
	a := Area{Levels: levelNames[:b.levels], Units: Shuffled(t, b.units), Outline: outline(nil, faces)}
	a.collect()
	return a
}

// lattice draws w × h cells, each whole or cut into two triangles. Points move
// by less than a quarter of the spacing, which keeps every cell convex.
func lattice(t *rapid.T) []face {
	w, h := rapid.IntRange(1, 6).Draw(t, "w"), rapid.IntRange(1, 6).Draw(t, "h")
	spacing := rapid.SampledFrom([]int64{5, 9, 100, 10_000}).Draw(t, "spacing")
	jitter := rapid.SampledFrom([]int64{0, (spacing - 1) / 4}).Draw(t, "jitter")
	origin := rapid.SampledFrom(origins).Draw(t, "origin")
	at := make([][]spot, w+1)
	for i := range at {
		for j := range h + 1 {
			at[i] = append(at[i], spot{
				origin.x + int64(i)*spacing + rapid.Int64Range(-jitter, jitter).Draw(t, "dx"),
				origin.y + int64(j)*spacing + rapid.Int64Range(-jitter, jitter).Draw(t, "dy"),
			})
		}
	}
	var faces []face
	for i := range w {
		for j := range h {
			a, b, c, d := at[i][j], at[i+1][j], at[i+1][j+1], at[i][j+1]
			switch rapid.IntRange(0, 2).Draw(t, "cut") {
			case 0:
				faces = append(faces, face{a, b, c, d})
			case 1:
				faces = append(faces, face{a, b, c}, face{a, c, d})
			case 2:
				faces = append(faces, face{a, b, d}, face{b, c, d})
			}
		}
	}
	return faces
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// builder splits faces into units with codes that are replaced afterwards.
type builder struct {
	t      *rapid.T
	levels int
	units  []grid.Unit
}

// split makes the units on a level, or on one or more below it, that share out
// the faces among them.
func (b *builder) split(faces []face, level int, parent grid.Code) {
	for _, part := range b.parts(faces) {
		u := grid.Unit{
			Code: grid.Code("tmp" + string(code(len(b.units)))), Parent: parent, Level: level,
			Name: levelNames[level] + string(rune('甲'+len(b.units)%2)),
		}
		if level == 0 && rapid.Bool().Draw(b.t, "parent outside") {
			u.Parent = "outside"
		}
		next := level + 1 + max(0, rapid.IntRange(-3, 1).Draw(b.t, "skip"))
		leaf := next >= b.levels || rapid.IntRange(0, 4).Draw(b.t, "ragged") == 0
		if leaf || rapid.Bool().Draw(b.t, "with boundary") {
			u.Boundary = outline(b.t, part)
		}
		if leaf {
			u.Counts = map[string]int64{"households": int64(len(part))}
		}
		b.units = append(b.units, u)
		if !leaf {
			b.split(part, next, u.Code)
		}
	}
}

// parts shares faces out: by nearness to seeds, or anyhow, which makes parts in
// pieces and enclaves. No part is empty.
func (b *builder) parts(faces []face) [][]face {
	n := rapid.IntRange(1, min(5, len(faces))).Draw(b.t, "parts")
	seeds := rapid.Permutation(numbers(len(faces))).Draw(b.t, "seeds")[:n]
	anyhow := rapid.IntRange(0, 2).Draw(b.t, "anyhow") == 0
	parts := make([][]face, n)
	for i, f := range faces {
		k := slices.Index(seeds, i)
		switch {
		case k >= 0: // a seed stays with its part
		case anyhow:
			k = rapid.IntRange(0, n-1).Draw(b.t, "part")
		default:
			k = nearest(f[0], seeds, faces)
		}
		parts[k] = append(parts[k], f)
	}
	return parts
}

func nearest(p spot, seeds []int, faces []face) int {
	best, least := 0, int64(-1)
	for k, s := range seeds {
		q := faces[s][0]
		if d := (p.x-q.x)*(p.x-q.x) + (p.y-q.y)*(p.y-q.y); least < 0 || d < least {
			best, least = k, d
		}
	}
	return best
}

// collect lists the vertices and edges of all boundaries, each once, by place.
func (a *Area) collect() {
	vertices, edges := map[orb.Point]bool{}, map[[2]orb.Point]bool{}
	for _, u := range a.Units {
		for _, polygon := range u.Boundary {
			for _, ring := range polygon {
				for i, p := range ring {
					q := ring[(i+1)%len(ring)]
					vertices[p] = true
					if p != q && !edges[[2]orb.Point{q, p}] {
						edges[[2]orb.Point{p, q}] = true
					}
				}
			}
		}
	}
	compare := func(p, q orb.Point) int { return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1])) }
	a.Vertices = slices.SortedFunc(maps.Keys(vertices), compare)
	a.Edges = slices.SortedFunc(maps.Keys(edges), func(e, f [2]orb.Point) int {
		return cmp.Or(compare(e[0], f[0]), compare(e[1], f[1]))
	})
}
