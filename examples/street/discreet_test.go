package main

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/gridgov/gridgov/party"
)

// writtenIn are the columns in which people write what they like, names among them.
var writtenIn = []string{
	"name", "名称", "姓名", "依据", "basis", "描述", "summary", "结果", "outcome", "facts", "goals", "title", "duties_text", "职责",
	"立案条件", "结案条件", "text", "reason",
}

var (
	ownNames  = regexp.MustCompile(`(?m)^ {0,4}"(name|attribution)":\s*"[^"]+`) // of the street, not of a level
	areaNames = regexp.MustCompile(`"name":\s*"[^"]+`)
	jsonTexts = regexp.MustCompile(`"(name|basis|reason|title|text|note|outcome|opinion)":\s*"[^"]+`)
)

// numbered is a folder like an embedded place, with a number after every name and text.
func numbered(t require.TestingT, dir, place, number string) {
	root, err := fs.Sub(places, "places/"+place)
	require.NoError(t, err)
	require.NoError(t, fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		require.NoError(t, err)
		switch ext := filepath.Ext(path); {
		case ext == ".csv" && !strings.Contains(path, "/"):
			data = numberedTable(t, data, number)
		case ext == ".jsonl", path == "structure.json":
			data = jsonTexts.ReplaceAll(data, []byte("${0} "+number))
		case ext == ".json":
			data = ownNames.ReplaceAll(data, []byte("${0} "+number))
		case ext == ".geojson":
			data = areaNames.ReplaceAll(data, []byte("${0} "+number))
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o755))
		return os.WriteFile(filepath.Join(dir, path), data, 0o644)
	}))
}

func numberedTable(t require.TestingT, data []byte, number string) []byte {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		for i := range row {
			if slices.Contains(writtenIn, strings.TrimPrefix(rows[0][i], "\ufeff")) && row[i] != "" {
				row[i] += " " + number
			}
		}
	}
	var b bytes.Buffer
	require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
	return b.Bytes()
}

// said runs command lines about a folder and answers everything that they wrote, by
// command line or file, and which of them said something.
func said(t require.TestingT, dir string, lines [][]string) map[string]string {
	all := map[string]string{}
	out := filepath.Join(dir, "results")
	for _, line := range lines {
		args := append(slices.Clone(line), "-dir", dir)
		if line[0] == "run" {
			args = append(args, "-out", out)
		}
		code, stdout, stderr := command(args...)
		require.LessOrEqual(t, code, exitFindings, "%v: %s", line, stderr)
		all[strings.Join(line, " ")] = stdout + stderr
	}
	files, err := filepath.Glob(filepath.Join(out, "*"))
	require.NoError(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		all[filepath.Base(file)] = string(data)
	}
	return all
}

// everyCommand is what one can ask of a place: a case, a post or party, an area, a
// council.
func everyCommand(id, office, area, council string) [][]string {
	list := [][]string{
		{"run"}, {"run", "-json"}, {"check"}, {"check", "-json"}, {"why", id}, {"trace", id},
		{"worklist", office}, {"worklist", office, "-json"}, {"worklist", area}, {"duty", office}, {"duty", area}, {"notice", area}, {"council"}, {"visits"},
	}
	if council != "" {
		list = append(list, []string{"council", council})
	}
	var both [][]string
	for _, line := range list {
		both = append(both, append(slices.Clone(line), "-lang", "en"), append(slices.Clone(line), "-lang", "zh"))
	}
	return both
}

// No result and no command shows a number that stands behind a name or in a text, but an
// export, which is the facts themselves.
func TestNothingShowsANumber(t *testing.T) {
	for place, ask := range map[string][4]string{
		"guanlan-mini": {"S001", "jiedao", "NH-S1-25", ""}, "luohu": {"ZY01", "CGB", "", ""}, "guanlan": {"", "", "", ""},
	} {
		t.Run(place, func(t *testing.T) {
			dir := t.TempDir()
			numbered(t, dir, place, "13877778888")
			lines := everyCommand(ask[0], ask[1], ask[2], ask[3])
			lines = slices.DeleteFunc(lines, func(line []string) bool {
				return slices.Contains(line, "") || ask[0] == "" && slices.Contains(line, "en")
			})
			all := said(t, dir, append(lines, []string{"diff", "-to", dir}, []string{"diff", "-to", dir, "-json"}))
			for name, text := range all {
				require.NotContains(t, text, "1387777", "%s of %s", name, place)
			}
			require.Contains(t, all["report.html"], "*********88", "the names are there")
			require.Contains(t, all["summary.json"], "*********88")
		})
	}
}

func shows(t *rapid.T) {
	number := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "number")
	written := rapid.SampledFrom([]string{"", "-", " "}).Draw(t, "between")
	number = number[:3] + written + number[3:7] + written + number[7:]
	dir, err := os.MkdirTemp("", "discreet")
	require.NoError(t, err)
	defer func() { require.NoError(t, os.RemoveAll(dir)) }()
	numbered(t, dir, "guanlan-mini", number)
	for name, text := range said(t, dir, [][]string{{"run"}, {"trace", "S001"}, {"duty", "shiyi-fuzeren"}}) {
		require.NotContains(t, text, number, name)
	}
}

func TestNoNumberIsShown(t *testing.T) { rapid.Check(t, shows) }

func FuzzNoNumberIsShown(f *testing.F) { f.Fuzz(rapid.MakeFuzz(shows)) }

// A text is looked at as it reads, not as JSON escapes it; a sum is none.
func TestDiscreetJSON(t *testing.T) {
	hide := (*party.Directory)(nil).Redactor()
	data := `{"a":"\u002613877778888","b":13877778888,"c":"\"138 7777 8888\"","d":"\u003cx"}`
	require.Equal(t, `{"a":"\u0026*********88","b":13877778888,"c":"\"*** **** **88\"","d":"\u003cx"}`, string(discreetJSON(hide, []byte(data))))
}
