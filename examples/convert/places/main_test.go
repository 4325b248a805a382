package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/journal"
	"github.com/gridgov/gridgov/street"
)

// committed is where the places are kept.
var committed = filepath.Join("..", "..", "street", "places")

// content is a file's bytes, decompressed: another release of Go may pack them
// otherwise.
func content(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	if !strings.HasSuffix(path, ".gz") {
		return data
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	require.NoError(t, err)
	data, err = io.ReadAll(r)
	require.NoError(t, err)
	return data
}

// listed is the files below a folder, but for the README that people write.
func listed(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "README.md" {
			names = append(names, strings.TrimPrefix(path, dir))
		}
		return err
	}))
	return names
}

// TestSameBytes runs the program and finds what is committed.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, write(dir))
	for _, p := range places {
		made, kept := filepath.Join(dir, p.name), filepath.Join(committed, p.name)
		require.Equal(t, listed(t, made), listed(t, kept), "files of %s", p.name)
		size := 0
		for _, name := range listed(t, kept) {
			want, got := content(t, filepath.Join(kept, name)), content(t, filepath.Join(made, name))
			require.True(t, bytes.Equal(want, got), "%s%s is not what the program writes: run it again", p.name, name)
			info, err := os.Stat(filepath.Join(kept, name))
			require.NoError(t, err)
			size += int(info.Size())
		}
		require.LessOrEqual(t, size, 1_500_000, "size of %s", p.name)
	}
}

// TestSound loads, checks and plays each place: one owner for every spot, no error,
// no warning but of what is not read yet, every event with a lead, nothing refused.
func TestSound(t *testing.T) {
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			f, err := street.Load(os.DirFS(filepath.Join(committed, p.name)), street.LoadOptions{Zone: time.LoadLocation, Audit: true})
			if load, ok := errors.AsType[*street.LoadError](err); ok {
				t.Fatal(load.Text("en"))
			}
			require.NoError(t, err)
			for _, x := range f.Findings {
				require.Contains(t, []string{"file-later", "key-later"}, x.Code, x.Sentence("en"))
			}
			require.Zero(t, f.NotesLeft)
			require.Contains(t, f.Audit.Certificate.Text("en"), "0 errors, 0 warnings")
			s, err := street.Open(t.Context(), f, journal.NewMemory())
			require.NoError(t, err)
			require.NoError(t, s.Play(t.Context(), f.Latest(), nil))
			refused, err := s.Refused(t.Context())
			require.NoError(t, err)
			require.Empty(t, refused)
			agree := s.Agree(f.Latest()).Area
			require.Equal(t, street.Share{Right: len(f.Events), Of: len(f.Events)}, agree, "every event lies in the grid it was made for")
			for r := range s.Rows(f.Latest()) {
				require.Empty(t, r.Note, "%+v", r)
			}
		})
	}
}

// line is a line of a CSV file, by column.
type line map[string]string

// read reads a CSV file of a committed place.
func read(t *testing.T, place, name string) []line {
	t.Helper()
	path := filepath.Join(committed, place, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		path += ".gz"
	}
	rows, err := csv.NewReader(bytes.NewReader(content(t, path))).ReadAll()
	require.NoError(t, err)
	var lines []line
	for _, row := range rows[1:] {
		l := line{}
		for i, name := range rows[0] {
			l[name] = row[i]
		}
		lines = append(lines, l)
	}
	return lines
}

// where is the lines of which the column has the value.
func where(lines []line, column, value string) []line {
	return slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l[column] != value })
}

// count is how many lines have each value in the column.
func count(lines []line, column string) map[string]int {
	n := map[string]int{}
	for _, l := range lines {
		n[l[column]]++
	}
	return n
}

// on is the lines in force on a date, by the columns of the interval.
func on(lines []line, date, from, until string) []line {
	return slices.DeleteFunc(slices.Clone(lines), func(l line) bool {
		return l[from] > date || l[until] != "" && l[until] <= date
	})
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return int(n)
}

// properties reads a GeoJSON file of a committed place.
func properties(t *testing.T, place, name string) []map[string]any {
	t.Helper()
	var file struct {
		Features []struct {
			Properties map[string]any `json:"properties"`
		} `json:"features"`
	}
	require.NoError(t, json.Unmarshal(content(t, filepath.Join(committed, place, filepath.FromSlash(name))), &file))
	var list []map[string]any
	for _, f := range file.Features {
		list = append(list, f.Properties)
	}
	return list
}

// same compares what was counted with the figures of the report.
func same[T any](t *testing.T, want, got T) {
	t.Helper()
	require.Equal(t, want, got, "the report's figure, and the folder's")
}
