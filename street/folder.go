package street

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
)

// Code identifies an area, a party, a person, a post, a matter, a rule or a
// case, each among its own kind.
type Code = code.Code

// LoadOptions configures Load.
type LoadOptions struct {
	// Zone finds a time zone by name; hosts pass time.LoadLocation. Required,
	// because a library that reads the machine's zone files cannot be replayed.
	Zone func(name string) (*time.Location, error)
	// Parallel runs do(0) … do(n-1) and returns when all are done; nil runs them
	// one after another.
	Parallel func(n int, do func(i int))
	// Tolerant keeps a reference to an unknown party from being a fault: the
	// rule is left out and the finding is an error. A checker uses it to show a
	// whole folder; a run does not.
	Tolerant bool
	// NoDuties leaves duties.csv unread, and NoEvents the parties, events.csv,
	// funds.csv and commands.jsonl, for learning a new list.
	NoDuties, NoEvents bool
}

// Folder is a street folder, read and checked. Treat it as read-only.
type Folder struct {
	Name         string
	Attribution  string
	Zone         *time.Location
	Levels       []string // outermost first
	Strict       bool
	EvaluateFrom time.Time // zero: every event
	Map          *grid.Map
	Directory    *party.Directory // nil when the folder has no parties.csv
	List         *dispatch.List   // without rules when the folder has no duties.csv
	Calendar     *worktime.Calendar
	Policy       dispatch.Policy
	Matters      []dispatch.Matter
	Rules        []dispatch.Rule
	Funds        []Fund
	Events       []Event   // in file order
	Commands     []Planned // in file order
	Findings     []Finding // errors and warnings, sorted
	NotesLeft    int       // findings beyond NotesMax

	addresses *addressBook
	areaFiles []string
}

// Fund is a fund line with what was appropriated to it.
type Fund struct {
	Open   finance.Open
	Amount finance.Fen
}

// Event is one line of events.csv.
type Event struct {
	ID         Code
	Line       int // in events.csv
	At         time.Time
	Matter     Code
	Point      orb.Point
	HasPoint   bool
	Area       Code
	Address    string
	Channel    string
	ExternalID string
	Reporter   string // personal; only ever kept in a record's private part
	Summary    string // personal; only ever kept in a record's private part
	Condition  string
	Cost       finance.Fen
	Evidence   []string
	Due        time.Time // imposed by the source
	Closed     time.Time
	Outcome    string
	Satisfied  string // "true", "false" or ""

	TruthArea   Code
	TruthParty  Code
	TruthOnTime string // "true", "false" or ""
}

func (f *Folder) areaFile(name string) bool { return slices.Contains(f.areaFiles, name) }

// MatterName is the name of a matter, or its code.
func (f *Folder) MatterName(c Code) string {
	for _, m := range f.Matters {
		if m.Code == c {
			return cmp.Or(m.Name, string(c))
		}
	}
	return string(c)
}

// PartyName is the name of a post when there is one, else of a party, else its
// code.
func (f *Folder) PartyName(c, post Code) string {
	if p, ok := f.Directory.Post(post); ok {
		return cmp.Or(p.Name, string(post))
	}
	p, _ := f.Directory.Party(c)
	return cmp.Or(p.Name, string(c))
}

// RuleCount is the number of rules of the responsibility list.
func (f *Folder) RuleCount() int { return len(f.Rules) }

// ParseTime reads an instant as the folder's files write it.
func (f *Folder) ParseTime(text string) (time.Time, error) {
	at, _, err := parseTime(text, f.Zone)
	return at, err
}

// Setup is what the Desk decides with. A folder without parties.csv has an empty
// Directory there.
func (f *Folder) Setup() dispatch.Setup {
	d := f.Directory
	if d == nil {
		d, _ = party.NewDirectory(f.Map, party.Plan{}) // an empty plan has no fault
	}
	return dispatch.Setup{Map: f.Map, List: f.List, Directory: d, Calendar: f.Calendar, Policy: f.Policy}
}

// ErrOptions marks LoadOptions that cannot work.
var ErrOptions = errors.New("street: LoadOptions.Zone is required")

// Load reads a street folder, format 1. It reports every fault of the folder at
// once as a *LoadError, each with its file, line and column, and then answers no
// Folder; errors and warnings that do not prevent loading are in
// Folder.Findings. It reads only files that the format names.
func Load(fsys fs.FS, opts LoadOptions) (*Folder, error) {
	if opts.Zone == nil || fsys == nil {
		return nil, ErrOptions
	}
	l := &loader{fsys: fsys, opts: opts, out: &Folder{addresses: newAddressBook()}}
	c, ok := l.readConfig()
	if !ok {
		return l.finish()
	}
	l.strangers()
	l.calendar(c)
	l.areas(c)
	if !opts.NoEvents {
		l.parties()
		l.checkDesk(c)
	}
	l.addresses()
	l.duties()
	if !opts.NoEvents {
		l.funds()
		l.events()
		l.commands()
		l.horizon()
	}
	return l.finish()
}

// knownArea reports whether an area code may be used. When an area file could
// not be read whole every code may, so that one fault is not told twice.
func (l *loader) knownArea(c Code) bool {
	switch {
	case c == "":
		return true
	case l.areasOK:
		_, ok := l.out.Map.Lookup(c)
		return ok
	}
	return l.areaCodes == nil || l.areaCodes[c]
}

// padded is the known area whose leading zeros c has lost.
func (l *loader) padded(c Code) (Code, bool) {
	for zeros := Code("0"); len(zeros) <= leadingZerosMax; zeros += "0" {
		if l.areasOK || l.areaCodes != nil {
			if l.knownArea(zeros + c) {
				return zeros + c, true
			}
		}
	}
	return "", false
}

// leadingZerosMax is how many leading zeros a code may have lost; no area code
// in use begins with more.
const leadingZerosMax = 4

// checkArea makes an unknown area a fault, with a hint when only its leading
// zeros are missing.
func (r *row) checkArea(name string, c Code) {
	if r.load.knownArea(c) {
		return
	}
	if padded, ok := r.load.padded(c); ok {
		r.fault("lost-zero", name, nil, string(padded))
		return
	}
	r.fault("unknown-area", name, nil)
}

// knownParty reports whether a party or post may be used: it stands in
// parties.csv or posts.csv, even on a line that is at fault otherwise. Without
// these files every code may.
func (l *loader) knownParty(c Code) bool { return c == "" || l.known == nil || l.known[c] }

// horizon tells when the folder lives past the years whose holidays are
// published.
func (l *loader) horizon() {
	if l.out.Calendar == nil {
		return
	}
	_, last := l.out.Calendar.Years()
	if l.out.Latest().In(l.zone).Year() > last {
		f := Finding{Level: Warning, Code: "horizon", File: configName, Args: []string{fmt.Sprint(last)}}
		f.Line, f.Column = keyPlace(l.configText, "holidays")
		l.note(f)
	}
}

// columnOf remembers where the cells of a row stand, for faults that a package
// finds after the whole file was read.
type columnOf struct {
	table *table
	line  int
	at    []cellPlace // in the order of the columns asked for
}

type cellPlace struct {
	name         string
	line, column int // column in bytes
}

// finding points at a column of the row, or at its line.
func (c columnOf) finding(column string) Finding {
	f := Finding{Line: c.line}
	if c.table == nil {
		return f
	}
	f.File = c.table.file
	for _, p := range c.at {
		if p.name == column {
			f.Line, f.Column = p.line, c.table.runes(p.line, p.column)
		}
	}
	return f
}

// remember keeps the places of a row's cells.
func (r *row) remember(columns ...string) columnOf {
	c := columnOf{table: r.table, line: r.Line}
	for _, name := range columns {
		if i, ok := r.index[name]; ok && i < len(r.cells) {
			line, column := r.reader.FieldPos(i)
			c.at = append(c.at, cellPlace{name, line, column})
		}
	}
	return c
}

// addressBook finds places by address.
type addressBook struct {
	places  map[string]place
	lengths []int // of the addresses, in bytes, longest first, each once
}

type place struct {
	point    orb.Point
	hasPoint bool
	area     Code
}

func newAddressBook() *addressBook { return &addressBook{places: map[string]place{}} }

func (b *addressBook) add(address string, p place) bool {
	if _, ok := b.places[address]; ok {
		return false
	}
	b.places[address] = p
	if i, ok := slices.BinarySearchFunc(b.lengths, len(address), func(have, want int) int { return want - have }); !ok {
		b.lengths = slices.Insert(b.lengths, i, len(address))
	}
	return true
}

// find answers the place of an address: exactly, else of the longest address
// that is a prefix of it.
func (b *addressBook) find(address string) (place, bool) {
	if p, ok := b.places[address]; ok {
		return p, true
	}
	for _, n := range b.lengths {
		if n < len(address) {
			if p, ok := b.places[address[:n]]; ok {
				return p, true
			}
		}
	}
	return place{}, false
}

// Place resolves where an event happened: its point, else its area, else its
// address. ok is false when it has none of them, or an address nobody knows.
func (f *Folder) Place(e Event) (point orb.Point, hasPoint bool, area Code, ok bool) {
	switch {
	case e.HasPoint:
		return e.Point, true, "", true
	case e.Area != "":
		return orb.Point{}, false, e.Area, true
	case e.Address != "":
		p, found := f.addresses.find(e.Address)
		return p.point, p.hasPoint, p.area, found
	}
	return orb.Point{}, false, "", false
}
