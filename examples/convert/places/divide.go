package main

import "slices"

// divide cuts a union of quads into as many parts as there are weights, of about
// these sizes, each one piece without holes. Cuts run across the longer side and
// step aside once, as streets do.
func divide(d *draw, cells []cell, weights []float64) [][]cell {
	if len(weights) == 1 {
		return [][]cell{cells}
	}
	half := len(weights) / 2
	first, total := 0.0, 0.0
	for i, w := range weights {
		total += w
		if i < half {
			first += w
		}
	}
	a, b := cut(d, cells, first/total, half, len(weights)-half)
	return append(divide(d, a, weights[:half]), divide(d, b, weights[half:])...)
}

// triesMax is how many stepped cuts are tried before straight ones.
const triesMax = 12

// cut parts cells in two, of which the first has about the given share, with room
// for p and q areas.
func cut(d *draw, cells []cell, part float64, p, q int) (a, b []cell) {
	low, high := cells[0], cells[0]
	for _, c := range cells {
		low = cell{min(low.x, c.x), min(low.y, c.y)}
		high = cell{max(high.x, c.x), max(high.y, c.y)}
	}
	wide := high.x-low.x >= high.y-low.y
	for try := range triesMax + 2 {
		along, across := func(c cell) int { return c.x }, func(c cell) int { return c.y }
		from, until := low.y, high.y
		if wide == (try == triesMax+1) { // the last try cuts the other way
			along, across, from, until = across, along, low.x, high.x
		}
		knee, step := d.between(from, until), pick(d, -1, 1)
		if try >= triesMax {
			step = 0
		}
		a, b = parted(cells, part, func(c cell) int {
			if across(c) >= knee {
				return along(c) + step
			}
			return along(c)
		})
		_, okA := ring(a)
		_, okB := ring(b)
		if okA && okB && len(a) >= 2*p && len(b) >= 2*q {
			return a, b
		}
	}
	return a, b
}

// parted splits cells by a key, at the value that makes the first part's share
// come nearest.
func parted(cells []cell, part float64, key func(cell) int) (a, b []cell) {
	sorted := slices.Clone(cells)
	slices.SortStableFunc(sorted, func(x, y cell) int { return key(x) - key(y) })
	want, best := part*float64(len(sorted)), 0
	for i := 1; i < len(sorted); i++ {
		if key(sorted[i]) != key(sorted[i-1]) && distance(i, want) < distance(best, want) {
			best = i
		}
	}
	return sorted[:best], sorted[best:]
}

func distance(n int, want float64) float64 { return max(float64(n)-want, want-float64(n)) }

// borders is the lines along which the parts of a division meet, each pair's in
// pieces, in order of the parts.
func borders(parts [][]cell) []border {
	owner := map[cell]int{}
	for i, part := range parts {
		for _, c := range part {
			owner[c] = i
		}
	}
	edges := map[[2]int][][2]cell{}
	for i, part := range parts {
		for _, c := range part {
			for _, e := range []struct{ beyond, from, to cell }{
				{cell{c.x + 1, c.y}, cell{c.x + 1, c.y}, cell{c.x + 1, c.y + 1}},
				{cell{c.x, c.y + 1}, cell{c.x, c.y + 1}, cell{c.x + 1, c.y + 1}},
			} {
				if k, ok := owner[e.beyond]; ok && k != i {
					pair := [2]int{min(i, k), max(i, k)}
					edges[pair] = append(edges[pair], [2]cell{e.from, e.to})
				}
			}
		}
	}
	var all []border
	for i := range parts {
		for k := range parts {
			for _, line := range joined(edges[[2]int{i, k}]) {
				all = append(all, border{i, k, line})
			}
		}
	}
	return all
}

// border is a line along which two parts meet.
type border struct {
	a, b int
	line []cell
}

// joined puts edges that meet end to end together into lines.
func joined(edges [][2]cell) [][]cell {
	var lines [][]cell
	used := make([]bool, len(edges))
	for i := range edges {
		if used[i] {
			continue
		}
		used[i] = true
		line := []cell{edges[i][0], edges[i][1]}
		for grown := true; grown; {
			grown = false
			for k, e := range edges {
				if used[k] {
					continue
				}
				first, last := line[0], line[len(line)-1]
				switch {
				case e[0] == last:
					line = append(line, e[1])
				case e[1] == last:
					line = append(line, e[0])
				case e[1] == first:
					line = append([]cell{e[0]}, line...)
				case e[0] == first:
					line = append([]cell{e[1]}, line...)
				default:
					continue
				}
				used[k], grown = true, true
			}
		}
		lines = append(lines, line)
	}
	return lines
}
