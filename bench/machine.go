package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/gridgov/gridgov/bench/cputime"
)

// machine describes what the figures were measured on, as far as it can be told.
func machine() string {
	parts := []string{fmt.Sprintf("%s, %s/%s, %d CPUs", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())}
	if model := cpuModel(); model != "" {
		parts = append(parts, model)
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		if fields := strings.Fields(string(load)); len(fields) > 0 {
			parts = append(parts, "load "+fields[0])
		}
	}
	return strings.Join(append(parts, cputime.Name), "; ")
}

func cpuModel() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
