// Package cellindex answers which leaf owns a place, in a handful of loads.
//
// Places are whole numbers. A leaf is a set of edges; it holds a place when an
// odd number of its edges toggle there: an edge from (x1, y1) up to (x2, y2)
// toggles the places of its rows y1 ≤ y < y2 that are on it or right of it. The
// owner is the first leaf, in the order the Source gives, of those that hold the
// place. This is the rule of package grid, and it is kept exactly whatever the
// edges do to each other: overlap, cross, coincide or leave gaps.
//
// The index is a raster of square cells. A cell that one leaf owns throughout,
// or none, is one word. A cell with more than a few edges is a block of 4 × 4
// smaller cells, and so on. Any other cell is a record: the owner at its left
// side, then entries from left to right, each an edge with the owner right of
// it. The last entry that applies to the place and is not right of it names the
// owner. A shared border is one entry, not two, and no leaf is ever tested.
//
// Every row of cells keeps its words and records in one slice without pointers,
// in which offsets count from the start of the cell they are in: a row is changed
// by copying the cells that stay. See Replace.
package cellindex
