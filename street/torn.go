package street

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/gridgov/gridgov/dispatch"
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

// judged are the files, by the finding that says that something is in none of them, or
// not all there: it is no fault to lack the first of them altogether.
var judged = map[string][]*fileSpec{
	"unknown-desk": {partiesFile, postsFile}, "unknown-owner": {partiesFile, postsFile}, "unknown-matters": {mattersFile},
	"idle-standard": {mattersFile}, "level-left-out": {laddersFile},
}

// tear marks a file of which lines were not read: what they hold may be named
// elsewhere, and that is no fault of its own.
func (l *loader) tear(spec *fileSpec) {
	if l.torn == nil {
		l.torn = map[string]bool{}
	}
	l.torn[spec.Name] = true
}

// follows reports whether a finding only follows from a column that its file lacks or from
// a file that could not be read whole, whose faults are told, or from one that is not
// there at all: then that is told, once, with the first place that needs it.
func (l *loader) follows(f *Finding) bool {
	if f.Code != "missing-column" && len(f.Args) > 0 && slices.Contains(l.lacking[f.File], f.Args[0]) {
		return true
	}
	torn := func(spec *fileSpec) bool { return l.torn[spec.Name] }
	if slices.ContainsFunc(judged[f.Code], torn) || errors.Is(f.Err, dispatch.ErrUnknownMatter) && torn(mattersFile) {
		return true
	}
	files := listed[f.Code]
	if len(files) == 0 {
		return false
	}
	if slices.ContainsFunc(files, func(spec *fileSpec) bool { return torn(spec) || l.wanted[spec.Name] }) {
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

// headFaults tells of required columns that the header has not, each once, and notes
// them; or, when the header holds NUL bytes, of the first of these: then the file is
// damaged or no text at all, and is not read.
func (t *table) headFaults() bool {
	for _, c := range t.spec.Columns {
		if c.Required && !has(t.index, c.Name) {
			t.lacks = append(t.lacks, c.Name)
		}
	}
	head, _, _ := bytes.Cut(t.text, []byte{'\n'})
	if at := bytes.IndexByte(head, 0); at >= 0 && len(t.lacks) > 0 {
		t.load.fault(Finding{Code: "nul", File: t.file, Line: 1, Column: t.runes(1, at+1), Args: []string{fmt.Sprint(bytes.Count(t.text, []byte{0}))}})
		return false
	}
	if t.load.lacking == nil {
		t.load.lacking = map[string][]string{}
	}
	t.load.lacking[t.file] = t.lacks
	for _, name := range t.lacks {
		t.load.fault(Finding{Code: "missing-column", File: t.file, Line: 1, Args: []string{name, t.spec.column(name).aliases()}})
	}
	return true
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
