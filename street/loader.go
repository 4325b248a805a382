package street

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/grid/geofile"
	"github.com/gridgov/gridgov/internal/textenc"
	"github.com/gridgov/gridgov/party"
)

// FileBytesMax bounds one file of a folder after decompression, so that a
// crafted archive cannot fill the host's memory. A whole country's areas fit.
const FileBytesMax = 1 << 30

// loader gathers what is found while a folder is read: findings in files order,
// and the parts that later files refer to.
type loader struct {
	fsys       fs.FS
	opts       LoadOptions
	zone       *time.Location
	out        *Folder
	faults     []Finding
	left       int
	notes      []Finding
	configText []byte
	classes    map[string][]string       // of the layers that were read: declared, then found
	spoilt     []string                  // keys of street.json with a value of the wrong kind, told already
	twins      map[Code]*geofile.Feature // the latest area that uses a code again
	beyond     []Finding                 // points that cannot be, faults unless columns are swapped
	beyondLeft int                       // how many more there are
	flip       flips

	torn    map[string]bool     // files of which lines were not read, by name
	lacking map[string][]string // required columns that files have not, by file
	absent  map[string]bool     // files that were looked for and are not there
	wanted  map[string]bool     // those of them that something names, told already

	rungs       []rung        // of ladders.csv
	matterRows  []columnOf    // of matters.csv, in file order
	fundCodes   map[Code]bool // every code of funds.csv
	repeatMode  duplicate.Mode
	repeatScore int
	mediations  []Code            // those that are mediations
	matterKnown map[Code][]string // every code of matters.csv and what its cases may be closed as; nil when the folder has none

	noSystem  bool          // street.json names a coordinate system that cannot be read
	areasOK   bool          // the Map was built
	layered   bool          // street.json names layers
	areaCodes map[Code]bool // every code of the area files; nil when a file could not be read whole
	partiesOK bool          // the Directory was built, or the folder has no parties
	known     map[Code]bool // every code of parties.csv and posts.csv; nil when the folder has none
	posts     map[Code]bool // every code of posts.csv, likewise
	people    map[Code]bool // every code of people.csv, likewise
}

// fault records something that keeps the folder from loading.
func (l *loader) fault(f Finding) {
	if l.follows(&f) {
		return
	}
	f.Level = Fault
	f.discreet()
	if len(l.faults) >= faultsKept {
		l.left++
		return
	}
	l.faults = append(l.faults, f)
}

// strangers hides every mobile number, whoever has it.
var strangers = (*party.Directory)(nil).Redactor()

// discreet takes mobile numbers out of what a finding says: one that stands in the
// wrong column is somebody's.
func (f *Finding) discreet() {
	f.Unit = Code(strangers.Hide(string(f.Unit)))
	for i, text := range f.Args {
		f.Args[i] = strangers.Hide(text)
	}
	for lang, text := range f.Said {
		f.Said[lang] = strangers.Hide(text)
	}
}

// faultsKept bounds what is held before sorting, so that a hopeless file of
// millions of rows cannot fill the memory with complaints.
const faultsKept = 10 * FindingsMax

// note records an error or a warning, which do not keep the folder from loading.
func (l *loader) note(f Finding) {
	if l.follows(&f) {
		return
	}
	f.discreet()
	if len(l.notes) < NotesMax {
		l.notes = append(l.notes, f)
		return
	}
	l.out.NotesLeft++
}

// NotesMax is how many errors and warnings a Folder lists; the rest are counted.
const NotesMax = 10_000

// open reads a file of the folder, or the same name with .gz. ok is false when
// neither is there; data is nil when it is there but cannot be read, and then
// the fault is recorded.
func (l *loader) open(name string) (data []byte, file string, ok bool) {
	for _, candidate := range []string{name, name + ".gz"} {
		raw, err := l.read(candidate)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			l.fault(Finding{Code: "unreadable", File: candidate, Err: err, Args: []string{err.Error()}})
			return nil, candidate, true
		}
		if _, err := fs.Stat(l.fsys, name+".gz"); err == nil && candidate == name && fs.ValidPath(name) {
			l.note(Finding{Level: Warning, Code: "both-packed", File: name, Args: []string{name + ".gz"}})
		}
		if raw, err = inflate(raw); err != nil {
			l.fault(Finding{Code: "bad-gzip", File: candidate, Err: err, Args: []string{err.Error()}})
			return nil, candidate, true
		}
		if len(raw) == 0 {
			l.fault(Finding{Code: "empty-file", File: candidate, Line: 1, Column: 1})
			return nil, candidate, true
		}
		return raw, candidate, true
	}
	return nil, name, false
}

func (l *loader) read(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, FileBytesMax+1))
	if err == nil && len(data) > FileBytesMax {
		err = fmt.Errorf("more than %d bytes", FileBytesMax)
	}
	return data, err
}

// inflate decompresses data that starts as gzip does, and passes other data.
func inflate(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, FileBytesMax+1))
	switch {
	case err != nil:
		return nil, err
	case len(out) > FileBytesMax:
		return nil, fmt.Errorf("more than %d bytes when decompressed", FileBytesMax)
	}
	return out, nil
}

// encodingFault records text that is neither UTF-8 nor GB18030.
func (l *loader) encodingFault(file string, err error) {
	f := Finding{Code: "bad-encoding", File: file, Err: err, Args: []string{err.Error()}}
	if e, ok := errors.AsType[*textenc.Fault](err); ok {
		f.Line, f.Column, f.Args = e.Line, e.Column, []string{e.Err.Error()}
	}
	l.fault(f)
}

// strangers warns about the files of the folder that are not of format 1, or
// that this version does not read; hidden files and a README may lie there.
// Directories are not entered: files there are named by street.json.
func (l *loader) strangers() {
	entries, err := fs.ReadDir(l.fsys, ".")
	if err != nil {
		l.fault(Finding{Code: "unreadable", File: ".", Err: err, Args: []string{err.Error()}})
		return
	}
	known := []string{configName, commandsName, structureName}
	for _, spec := range readFiles() {
		known = append(known, spec.Name)
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".gz")
		switch {
		case e.IsDir() || slices.Contains(known, name) || l.out.areaFile(e.Name()):
		case slices.Contains(laterFiles, name):
			l.note(Finding{Level: Warning, Code: "file-later", File: e.Name()})
		case !strings.HasPrefix(name, ".") && !strings.HasPrefix(strings.ToUpper(name), "README"):
			l.note(Finding{Level: Warning, Code: "unknown-file", File: e.Name()})
		}
	}
}

// finish is the folder, or the faults that prevent it.
func (l *loader) finish() (*Folder, error) {
	sortFindings(l.faults)
	sortFindings(l.notes)
	if len(l.faults) == 0 {
		l.out.Findings = l.notes
		return l.out, nil
	}
	kept := l.faults[:min(len(l.faults), FindingsMax)]
	return nil, &LoadError{Faults: kept, Left: l.left + len(l.faults) - len(kept), Findings: l.notes}
}
