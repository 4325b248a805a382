package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// row is what one contestant took.
type row struct {
	what, size, who string
	ours            bool
	each            float64       // ns an operation, CPU time of the thread
	total           float64       // ns an operation, CPU time of the process
	bytes, times    float64       // allocated, for each operation
	build           time.Duration // 0 is nothing to build
	kept            int64         // bytes in use after building; 0 is not measured
	note            string
}

// write is the table, with the ratio to ours of the same kind and size. The first
// of ours is the one.
func write(out io.Writer, rows []row) {
	ours := map[[2]string]float64{}
	for _, r := range rows {
		kind := [2]string{r.what, r.size}
		if _, known := ours[kind]; r.ours && !known {
			ours[kind] = r.each
		}
	}
	fmt.Fprintln(out, "| what | size | who | an operation | to ours | with collection | B, allocations | build | memory | |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|")
	for _, r := range rows {
		ratio, build, kept := "–", "–", "–"
		if base := ours[[2]string{r.what, r.size}]; base > 0 {
			ratio = fmt.Sprintf("%.*f", places(r.each/base), r.each/base)
		}
		if r.build > 0 {
			build = duration(float64(r.build))
		}
		if r.kept != 0 {
			kept = size(r.kept)
		}
		fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %.0f, %.0f | %s | %s | %s |",
			r.what, r.size, r.who, duration(r.each), ratio, duration(r.total), r.bytes, r.times, build, kept, r.note), " "))
	}
}

// places is how many digits a ratio has behind its point.
func places(x float64) int {
	switch {
	case x < 10:
		return 2
	case x < 100:
		return 1
	}
	return 0
}

func duration(ns float64) string {
	for _, unit := range []struct {
		ns   float64
		name string
	}{{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}, {1, "ns"}} {
		if x := ns / unit.ns; x >= 1 || unit.ns == 1 {
			return fmt.Sprintf("%.*f %s", places(x)/2+places(x)%2, x, unit.name)
		}
	}
	return ""
}

func size(bytes int64) string {
	switch {
	case bytes >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	case bytes >= 10_000:
		return fmt.Sprintf("%.0f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%d B", bytes)
}
