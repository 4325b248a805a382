package street

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/finance"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/grid/audit"
	"github.com/gridgov/gridgov/grid/crs"
	"github.com/gridgov/gridgov/grid/geofile"
	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/party"
	"github.com/gridgov/gridgov/party/notice"
	"github.com/gridgov/gridgov/party/resource"
	"github.com/gridgov/gridgov/party/structure"
	"github.com/gridgov/gridgov/party/track"
)

// Code identifies an area, a party, a person, a post, a matter, a rule or a
// case, each among its own kind.
// A Code is a string of 1 to 96 bytes without spaces, control characters and /;,"*.
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
	// Audit compares the areas with one another, for a checker: overlaps, gaps,
	// areas outside their parent. A strict street is always audited.
	Audit bool
}

// Folder is a street folder, read and checked. Treat it as read-only.
type Folder struct {
	Name         string
	Attribution  string
	Zone         *time.Location
	Levels       []string // outermost first
	Strict       bool
	EvaluateFrom time.Time // zero: every event
	// CRS is the coordinate system of the files; everything in the Folder is WGS84.
	CRS crs.System
	Map *grid.Map
	// Layers and Hierarchies are what lies over the areas; nil when street.json
	// names none.
	Layers      *grid.Layers
	Hierarchies *grid.Hierarchies
	Audit       *audit.Report    // of the areas; nil unless LoadOptions.Audit or Strict
	Structure   *structure.Rules // how the street must be set up; nil when nothing is asked
	Notices     notice.Input     // what notices are built from, but for the councils
	NodeMaps    []*grid.Map      // the hierarchies as maps of their nodes, for notices of these
	Resources   *resource.Lists  // what is offered and needed; nil when nothing is
	Directory   *party.Directory // nil when the folder has no parties.csv
	List        *dispatch.List   // without rules when the folder has no duties.csv
	Calendar    *worktime.Calendar
	Policy      dispatch.Policy
	Matters     []dispatch.Matter
	// Repeats says which events may repeat an open case: those of the matters that its
	// Policies cover, and no others.
	Repeats    duplicate.Config
	Rules      []dispatch.Rule
	Funds      []Fund
	Events     []Event     // in file order
	Recorded   []Planned   // what the tables of councils, visits and shifts record, as commands
	Positions  []track.Fix // by time; see Tracker
	Commands   []Planned   // in file order
	Admissions []Planned   // what admissions.csv says, as commands, by time
	Findings   []Finding   // errors and warnings, sorted
	NotesLeft  int         // findings beyond NotesMax

	addresses   *addressBook
	ownerLayers []string     // that rules name by owner(layer), sorted
	eventAt     map[Code]int // place in Events by id
	areaFiles   []string

	provedLine, provedColumn int // of policy.proved in street.json
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
// Folder.Findings. It reads only files that the format names. Every coordinate of
// the folder is converted to WGS84 here, and nowhere later.
func Load(fsys fs.FS, opts LoadOptions) (*Folder, error) {
	if opts.Zone == nil || fsys == nil {
		return nil, ErrOptions
	}
	l := &loader{fsys: fsys, opts: opts, out: &Folder{addresses: newAddressBook(), Repeats: duplicate.Config{Parent: dispatch.ParentMatter}}, twins: map[Code]*geofile.Feature{}}
	c, ok := l.readConfig()
	if !ok {
		return l.finish()
	}
	l.strangers()
	l.calendar(c)
	l.areas(c)
	l.layers(c)
	l.hierarchies(c)
	if !opts.NoEvents {
		l.parties()
		l.checkDesk(c)
		l.structure(c)
		l.boards(c)
		l.resources()
	}
	l.addresses()
	l.duties()
	if !opts.NoEvents {
		l.ladders()
		l.funds()
		l.admissions()
		l.events()
		l.councils()
		l.positions()
		l.rounds()
		l.commands()
		l.horizon()
		l.astray()
		l.expiredRungs()
	}
	return l.finish()
}

// horizon tells when the folder lives past the years whose holidays are
// published.
func (l *loader) horizon() {
	if l.out.Calendar == nil {
		return
	}
	_, last := l.out.Calendar.Years()
	if l.out.Latest().In(l.zone).Year() > last {
		f := Finding{Level: Warning, Code: "horizon", File: configName, Args: []string{fmt.Sprint(last)}}
		f.Line, f.Column = keyPlace(l.configText, "hours", "holidays")
		l.note(f)
	}
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
