package gridgov_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEmbedderCost prints what a program pays for using one package alone: the
// modules linked besides the standard library and the size of its binary, with
// the package's entry points, beyond an empty one's. It fails when a package links a module that it should
// not, which is what keeps the list true.
func TestEmbedderCost(t *testing.T) {
	geometry := []string{"github.com/paulmach/orb", "github.com/tidwall/geoindex", "github.com/tidwall/rtree"}
	text := append(append([]string{}, geometry...), "golang.org/x/text")
	want := map[string][]string{
		"grid": geometry, "grid/audit": text, "grid/crs": geometry[:1], "grid/division": nil, "grid/geofile": text, "party": geometry,
		"party/roster": nil, "party/structure": geometry, "party/council": nil, "party/rounds": nil, "party/track": geometry, "party/notice": geometry, "party/resource": geometry, "dispatch": geometry, "dispatch/duplicate": geometry, "dispatch/responder": geometry, "dispatch/gbcode": nil, "dispatch/interchange": geometry, "dispatch/worktime": nil,
		"finance": nil, "assess": nil, "assess/points": nil, "journal": nil, "street": text,
	}
	packages := []string{"grid", "grid/audit", "grid/crs", "grid/division", "grid/geofile", "party", "party/roster", "party/structure", "party/council", "party/rounds", "party/track", "party/notice", "party/resource", "dispatch", "dispatch/duplicate", "dispatch/responder", "dispatch/gbcode", "dispatch/interchange", "dispatch/worktime", "finance", "assess", "assess/points", "journal", "street"}
	require.Len(t, entryPoints, len(packages))
	var table strings.Builder
	table.WriteString("| package | modules linked | bytes |\n|---|---|---|\n")
	for _, name := range packages {
		linked := linkedModules(t, name)
		require.Equal(t, want[name], linked, name)
		size := "–"
		if testing.Verbose() {
			size = fmt.Sprintf("+%.1f MB", float64(binary(t, name)-binary(t, ""))/1e6)
		}
		shown := strings.Join(linked, ", ")
		if shown == "" {
			shown = "none"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s |\n", name, shown, size)
	}
	t.Log("\n" + table.String())
}

// linkedModules are the modules, but this one, whose packages the package needs.
func linkedModules(t *testing.T, name string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "./"+name).Output()
	require.NoError(t, err)
	var modules []string
	seen := map[string]bool{"": true, module: true}
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); !seen[line] {
			seen[line] = true
			modules = append(modules, line)
		}
	}
	slices.Sort(modules)
	return modules
}

// entryPoints are what a program that uses a package calls.
var entryPoints = map[string]string{
	"grid":                 "grid.Build, (*grid.Map).Locate, (*grid.Map).Apply, grid.Diff, (*grid.Map).Nearest",
	"grid/audit":           "audit.Audit",
	"grid/crs":             "crs.ParseWKT, crs.Find, crs.System.ToWGS84",
	"grid/division":        "division.Parse, division.Agree",
	"grid/geofile":         "geofile.Decode, geofile.Units, geofile.WriteSVG, geofile.WriteGeoJSON, (*geofile.Shapefile).Decode, geofile.DecodeWKB",
	"party":                "party.NewDirectory, (*party.Directory).OnDuty",
	"party/roster":         "roster.New, (*roster.Roster).At, (*roster.Roster).Check",
	"party/structure":      "structure.Preset, structure.Compile, structure.Decode, (*structure.Rules).Audit",
	"party/council":        "council.NewMinutes, (*council.Minutes).Decide, (*council.Minutes).Apply",
	"party/rounds":         "rounds.NewLog, (*rounds.Log).Decide, (*rounds.Log).Apply",
	"party/track":          "track.New, (*track.Tracker).Add, (*track.Tracker).Nearest",
	"party/notice":         "notice.Build, notice.NewTexts",
	"party/resource":       "resource.NewLists, resource.Match",
	"dispatch":             "dispatch.Compile, (*dispatch.List).Match, dispatch.NewDesk, (*dispatch.Desk).Decide, (*dispatch.Desk).Apply, dispatch.Learn",
	"dispatch/duplicate":   "duplicate.New, (*duplicate.Index).Add, (*duplicate.Index).Best",
	"dispatch/responder":   "responder.Rank, responder.AssignBatch",
	"dispatch/gbcode":      "gbcode.ParseComponent, gbcode.ParseEvent, gbcode.ParseItem, gbcode.Matters",
	"dispatch/interchange": "interchange.Encode, interchange.Decode, interchange.DecodeBatch, interchange.ReadRequests, interchange.WriteRequests, interchange.FromCase",
	"dispatch/worktime":    "worktime.New, worktime.China, (*worktime.Calendar).Add",
	"finance":              "finance.NewBook, (*finance.Book).Decide, (*finance.Book).Apply, finance.Split",
	"assess":               "assess.NewScheme, assess.Score, (*assess.ScoreBoard).Ranking",
	"assess/points":        "points.NewMarks, (*points.Marks).Decide, (*points.Marks).Apply",
	"journal":              "journal.NewMemory, journal.Verify",
	"street":               "street.Load, street.Open, (*street.Street).Play, (*street.Street).Do",
}

// binary is the size of a program that uses only the package.
func binary(t *testing.T, name string) int64 {
	t.Helper()
	dir, err := os.MkdirTemp(".", "cost-")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	source := "package main\n\nfunc main() {}\n"
	if name != "" {
		source = "package main\n\nimport \"" + module + "/" + name + "\"\n\nvar used = []any{" + entryPoints[name] +
			"}\n\nfunc main() {\n\tfor _, u := range used {\n\t\tprintln(u != nil)\n\t}\n}\n"
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644))
	file := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", file, "./"+dir)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	info, err := os.Stat(file)
	require.NoError(t, err)
	return info.Size()
}
