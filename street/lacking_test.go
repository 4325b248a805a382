package street_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

// place copies an embedded place of the runner, unpacked.
func place(t *testing.T, name string) fstest.MapFS {
	folder, root := fstest.MapFS{}, os.DirFS("../examples/street/places/"+name)
	require.NoError(t, fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		if packed := strings.TrimSuffix(path, ".gz"); err == nil && packed != path {
			var r *gzip.Reader
			if r, err = gzip.NewReader(bytes.NewReader(data)); err == nil {
				data, err = io.ReadAll(r)
			}
			path = packed
		}
		folder[path] = &fstest.MapFile{Data: data}
		return err
	}))
	return folder
}

// TestALackingColumnIsOneFault takes the name of each required column of each table of
// two streets that have councils, visits, money and disputes: nothing follows from it.
func TestALackingColumnIsOneFault(t *testing.T) {
	tried := 0
	for _, name := range []string{"guanlan", "luohu"} {
		whole := place(t, name)
		for _, leaf := range []string{"events.csv", "visits.csv", "attendance.csv", "tasks.csv", "votes.csv"} { // that nothing else names
			if whole[leaf] != nil {
				lines := strings.SplitAfter(string(whole[leaf].Data), "\n")
				set(whole, leaf, strings.Join(lines[:min(len(lines), 60)], "")) // enough to flood
			}
		}
		for file := range whole {
			if !strings.HasSuffix(file, ".csv") || strings.Contains(file, "/") {
				continue
			}
			head, rest, _ := strings.Cut(string(whole[file].Data), "\n")
			columns := strings.Split(strings.TrimSpace(head), ",")
			for i := range columns {
				folder := fstest.MapFS{}
				for path, data := range whole {
					folder[path] = data
				}
				renamed := slices.Clone(columns)
				renamed[i] = "colour"
				set(folder, file, strings.Join(renamed, ",")+"\n"+rest)
				_, err := street.Load(folder, options)
				if err == nil || !strings.Contains(err.Error(), "is missing (other names") {
					continue
				}
				tried++
				var load *street.LoadError
				require.ErrorAs(t, err, &load)
				if f := load.Faults[0]; len(load.Faults)+load.Left != 1 || f.Code != "missing-column" || f.Place() != file+":1" {
					t.Errorf("%s %s: %v", name, columns[i], load)
				}
			}
		}
	}
	require.Greater(t, tried, 60)
}

// TestALackingColumnHidesNoFault: the other cells of the lines are judged as they are in
// the whole file, and so are other files; what is said of a missing cell is said once.
func TestALackingColumnHidesNoFault(t *testing.T) {
	folder := everyParty()
	set(folder, "people.csv", "code,colour,phone,consent\np1,x,,maybe\np 2,x,13900005678,是\n,x,,\n")
	edit(folder, "exceptions.csv", "2021-09-20", "2021/9/20")
	edit(folder, "events.csv", "id,at,matter,lng", "id,when,matter,lng")
	edit(folder, "events.csv", "E1,2021-09-28 10:00,waste.missed,114.01,22.71", "E/1,2021-09-28 10:00,waste.missed,114.01,x")
	edit(folder, "duties.csv", "4wh", "4 hours")
	set(folder, "matters.csv", "code,colour,duplicate_m,duplicate_h\nwaste,x,9999,x\nwaste.missed,x,,\nlight,x,,0\n")
	got, load := faultsOf(t, folder)
	require.Equal(t, []string{
		"bad-budget duties.csv:3:24", "missing-column events.csv:1", "bad-code events.csv:2:1", "bad-coordinate events.csv:2:42", "bad-date exceptions.csv:2:3",
		"missing-column matters.csv:1", "bad-reach matters.csv:2:9", "bad-amount matters.csv:2:14", "bad-reach matters.csv:4:10",
		"missing-column people.csv:1", "bad-truth people.csv:2:7", "bad-code people.csv:3:1", "empty-cell people.csv:4:1",
	}, got, "%v", load)
	require.Equal(t, 2, strings.Count(load.Text("zh"), "缺少列name"), "of two files")
}
