package audit_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
)

// BenchmarkAudit audits real places; edges/s counts the edges of all boundaries.
func BenchmarkAudit(b *testing.B) {
	run := func(name string, m func(b *testing.B) *grid.Map) {
		b.Run(name, func(b *testing.B) {
			built := m(b)
			edges := 0
			for b.Loop() {
				edges += audit.Audit(built, audit.Options{}).Certificate.Vertices
			}
			b.ReportMetric(float64(edges)/b.Elapsed().Seconds(), "edges/s")
		})
	}
	run("made", func(b *testing.B) *grid.Map { return build(b, made(), madeLevels...) })
	run("manchester", func(b *testing.B) *grid.Map { return build(b, load(b, "testdata", manchester...), manchester...) })
	run("boston", func(b *testing.B) *grid.Map { return boston(b) })
	run("manila", func(b *testing.B) *grid.Map { return build(b, load(b, "testdata", manila...), manila...) })
	run("london", func(b *testing.B) *grid.Map {
		dir := os.Getenv("GRIDGOV_LONDON")
		if dir == "" {
			b.Skip("set GRIDGOV_LONDON")
		}
		var files []string
		for _, f := range manchester {
			files = append(files, strings.ReplaceAll(f, "manchester", "london"))
		}
		return build(b, load(b, dir, files...), files...)
	})
	run("lattice", func(b *testing.B) *grid.Map { // 200 × 200 grids, clean
		units := []grid.Unit{{Code: "S", Boundary: square(west, south, 200*900, 200*900)}}
		for i := range 200 * 200 {
			units = append(units, grid.Unit{Code: grid.Code(fmt.Sprint("G", i)), Parent: "S", Level: 1, Boundary: square(west+i%200*900, south+i/200*900, 900, 900)})
		}
		return build(b, units, "街道", "网格")
	})
}
