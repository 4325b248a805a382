package street_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/gridgov/gridgov/street"
)

// placeFolder is an embedded place of the example, in memory.
func placeFolder(t *testing.T, place string) fstest.MapFS {
	root := filepath.Join("..", "examples", "street", "places", place)
	folder := fstest.MapFS{}
	require.NoError(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		folder[filepath.ToSlash(name)] = &fstest.MapFile{Data: data}
		return err
	}))
	return folder
}

// told is every fault and error of a folder, as "code place: text".
func told(t *testing.T, f fstest.MapFS) (list []string) {
	t.Helper()
	loaded, err := street.Load(f, options)
	var notes []street.Finding
	if err != nil {
		var load *street.LoadError
		require.ErrorAs(t, err, &load)
		for _, x := range load.Faults {
			list = append(list, x.Code+" "+x.Place()+": "+x.Text("en"))
		}
		if load.Left > 0 {
			list = append(list, fmt.Sprintf("%d more", load.Left))
		}
		notes = load.Findings
	} else {
		notes = loaded.Findings
	}
	for _, x := range notes {
		list = append(list, string(x.Level)+" "+x.Code+" "+x.Place()+": "+x.Text("en"))
	}
	return list
}

// A line with a cell too many, of any file, is told once, and what refers to it is not
// said to be nowhere; likewise a column that the header lacks.
func TestAStrayCommaIsOneFault(t *testing.T) {
	for _, place := range []string{"majiang", "luohu"} {
		whole := placeFolder(t, place)
		sound := told(t, whole)
		for name, file := range whole {
			if !strings.HasSuffix(name, ".csv") {
				continue
			}
			lines := strings.Split(string(file.Data), "\n")
			for _, at := range []int{1, len(lines) / 2, len(lines) - 2} {
				torn := append([]string{}, lines...)
				torn[at] = strings.Replace(torn[at], ",", ",,", 1)
				requireOneMore(t, whole, name, strings.Join(torn, "\n"), sound, "cell-count")
			}
			columns := strings.Split(lines[0], ",")
			for i := range columns {
				renamed := append([]string{}, columns...)
				renamed[i] = "colour"
				requireOneMore(t, whole, name, strings.Join(append([]string{strings.Join(renamed, ",")}, lines[1:]...), "\n"), sound, "missing-column")
			}
		}
	}
}

// requireOneMore asks that a changed file leads to one fault of that code and to no other,
// nor to an error or a warning but about a column that nobody knows.
func requireOneMore(t *testing.T, whole fstest.MapFS, name, text string, sound []string, code string) {
	t.Helper()
	folder := fstest.MapFS{}
	for each, file := range whole {
		folder[each] = file
	}
	set(folder, name, text)
	var more []string
	for _, line := range told(t, folder) {
		known := false
		for _, s := range sound {
			known = known || s == line
		}
		if !known && !strings.Contains(line, "unknown-column") {
			more = append(more, line)
		}
	}
	if code == "missing-column" && !strings.Contains(strings.Join(more, "\n"), code) {
		return // it is not required
	}
	if len(more) != 1 || !strings.HasPrefix(more[0], code+" "+name+":") {
		t.Errorf("%s without one of its cells or columns (%.60q): %.300s", name, text, strings.Join(more, "\n"))
	}
}
