package street

import (
	"bytes"
	"fmt"
	"slices"
)

// listed are the files in which a code must stand, by the fault of one that does not;
// the first is the one that should have it.
var listed = map[string][]*fileSpec{
	"unknown-party": {partiesFile, postsFile}, "unknown-scope": {partiesFile}, "unknown-post": {postsFile}, "unknown-person": {peopleFile},
	"unknown-matter": {mattersFile}, "unknown-fund": {fundsFile}, "unknown-version": {versionsFile},
	"unknown-council": {councilsFile}, "unknown-meeting": {meetingsFile}, "unknown-topic": {topicsFile},
	"unknown-household": {householdsFile}, "unknown-plan": {visitPlansFile}, "unknown-team": {visitPlansFile, visitTeamsFile},
	"no-rotation": {rostersFile},
}

// tear marks a file of which lines were not read: what they hold may be named
// elsewhere, and that is no fault of its own.
func (l *loader) tear(spec *fileSpec) {
	if l.torn == nil {
		l.torn = map[string]bool{}
	}
	l.torn[spec.Name] = true
}

// follows reports whether a finding only follows from a file that could not be read
// whole, whose fault is told, or from one that is not there at all: then that is told,
// once, with the first place that needs it.
func (l *loader) follows(f *Finding) bool {
	files := listed[f.Code]
	if len(files) == 0 {
		return false
	}
	if slices.ContainsFunc(files, func(spec *fileSpec) bool { return l.torn[spec.Name] || l.wanted[spec.Name] }) {
		return true
	}
	name := files[0].Name
	if !l.absent[name] || len(f.Args) < 2 {
		return false
	}
	if l.wanted == nil {
		l.wanted = map[string]bool{}
	}
	l.wanted[name] = true
	l.fault(Finding{Code: "missing-list", File: name, Err: f.Err, Args: []string{f.Place(), f.Args[0], f.Args[1]}})
	return true
}

// lack marks a file that was looked for and is not there.
func (l *loader) lack(spec *fileSpec) {
	if l.absent == nil {
		l.absent = map[string]bool{}
	}
	l.absent[spec.Name] = true
}

// headFaults tells of required columns that the header has not, or, when the header
// holds NUL bytes, of the first of them: then the file is damaged or no text at all.
func (t *table) headFaults() bool {
	var missing []Finding
	for _, c := range t.spec.Columns {
		if c.Required && !has(t.index, c.Name) {
			missing = append(missing, Finding{Code: "missing-column", File: t.file, Line: 1, Args: []string{c.Name, c.aliases()}})
		}
	}
	if len(missing) == 0 {
		return true
	}
	head, _, _ := bytes.Cut(t.text, []byte{'\n'})
	if at := bytes.IndexByte(head, 0); at >= 0 {
		missing = []Finding{{Code: "nul", File: t.file, Line: 1, Column: t.runes(1, at+1), Args: []string{fmt.Sprint(bytes.Count(t.text, []byte{0}))}}}
	}
	for _, f := range missing {
		t.load.fault(f)
	}
	return false
}

// aligned is the row as the header means it: cells of a line that was not widened
// with a column that the header has twice stand where they would without the second.
func (t *table) aligned(cells int) (*table, bool) {
	if cells == t.width {
		return t, true
	}
	if len(t.twice) == 0 || cells != t.width-len(t.twice) {
		return t, false
	}
	if t.narrow == nil {
		narrow := *t
		narrow.index, narrow.heads = map[string]int{}, nil
		for i, head := range t.heads {
			if !slices.Contains(t.twice, i) {
				narrow.heads = append(narrow.heads, head)
			}
		}
		for name, i := range t.index {
			before, _ := slices.BinarySearch(t.twice, i)
			narrow.index[name] = i - before
		}
		t.narrow = &narrow
	}
	return t.narrow, true
}
