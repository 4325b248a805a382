package dispatch

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// Bounds on what one list may hold. A district's list has a few thousand rules
// and some hundreds of matters; thirty times that still compiles in three seconds.
const (
	RulesMax   = 100_000
	MattersMax = 100_000
	TextMax    = 256 // bytes of a class, condition or channel
)

// Options configures Compile. The zero value is usable.
type Options struct {
	// Calendar says what the windows "work" and "rest" mean; a list that names
	// neither needs none.
	Calendar *worktime.Calendar
	// Zone is the clock of windows such as 18:00-08:00; nil is the Calendar's.
	Zone *time.Location
	// Versions are the dated editions of the list. With any, a rule that names one
	// is in force only while that one is, besides its own interval; without, a
	// rule's Version is only a label.
	Versions []Version
	// Standards give a lead its limit where its rule has no budget.
	Standards *Standards
}

// Compile checks matters and rules and builds a List from copies of them. All
// faults are reported at once as a *BuildError; then there is no List. The order
// of matters and rules does not matter.
//
// Without matters every matter is known. Areas are units of m, which is
// required. Parties and posts are looked up in dir, a party before a post of
// the same code; with a nil dir every code is taken as a known party. A rule
// whose party or post is unknown gives ErrUnknownParty in the field "party", so
// that a checker can tell it from a broken table.
//
// O(n log n) for n rules, plus the number of units.
func Compile(matters []Matter, rules []Rule, m *grid.Map, dir *party.Directory, opts Options) (*List, error) {
	c := compiler{list: &List{m: m, calendar: opts.Calendar, zone: opts.Zone, standards: opts.Standards}, dir: dir}
	if dir != nil {
		c.list.directory = Sum(dir.Hash())
	}
	if c.list.zone == nil && opts.Calendar != nil {
		c.list.zone = opts.Calendar.Zone()
	}
	if len(matters) > MattersMax {
		c.faults.matter(MattersMax, "", "matters", strconv.Itoa(len(matters)), ErrTooMany)
	}
	if len(rules) > RulesMax {
		c.faults.rule(RulesMax, "", "rules", strconv.Itoa(len(rules)), ErrTooMany)
	}
	c.tooManyVersions(opts.Versions)
	if m == nil {
		c.faults.rule(0, "", "map", "", ErrNoMap)
	}
	if err := c.faults.build(); err != nil {
		return nil, err
	}
	c.addMatters(matters)
	c.addVersions(opts.Versions)
	c.addRules(rules)
	if err := c.faults.build(); err != nil {
		return nil, err
	}
	c.list.plant(m)
	c.list.arrange(c.ready)
	c.list.hash = c.list.sum()
	return c.list, nil
}

// compiler holds what Compile needs only while it runs.
type compiler struct {
	list     *List
	dir      *party.Directory
	faults   listFaults
	versions map[Code]Interval // when each is in force
	prefix   map[Code]bool     // every prefix under which the matter table has a matter
	ids      map[Code]bool
	parsed   map[string]timeWindow // by text
	ready    []readyRule
}

// readyRule is a rule that has no fault, with what was looked up for it.
type readyRule struct {
	Rule
	duty   Duty
	active []Interval // when its party exists; nil is always
	served Code       // the area that its party, or the nearest one above it with any, serves
	tended Code       // the area that its post looks after
	force  Interval   // when its version is in force; zero is always
	layer  string     // of owner(layer)
	area   grid.Ref
	rank   Rank
	window timeWindow
	timed  bool // has a window
}

func (c *compiler) addMatters(matters []Matter) {
	l := c.list
	l.matters, c.prefix = make(map[Code]Matter, len(matters)), map[Code]bool{}
	for i, m := range matters {
		if err := badCode(m.Code); err != nil {
			c.faults.matter(i, m.Code, "code", string(m.Code), err)
			continue
		}
		if _, ok := l.matters[m.Code]; ok {
			c.faults.matter(i, m.Code, "code", "", ErrDuplicate)
		}
		switch m.Kind {
		case "", ComponentKind, EventKind, ServiceKind, DemandKind, WishKind, MediationKind, MandateKind:
		default:
			c.faults.matter(i, m.Code, "kind", string(m.Kind), ErrMatterKind)
		}
		switch m.Risk {
		case "", LowRisk, NormalRisk, SafetyRisk:
		default:
			c.faults.matter(i, m.Code, "risk", string(m.Risk), ErrRisk)
		}
		c.checkWork(i, &m)
		l.matters[m.Code] = m
		for p := m.Code; p != ""; p = ParentMatter(p) {
			c.prefix[p] = true
		}
	}
}

func (c *compiler) addRules(rules []Rule) {
	c.ids, c.parsed = make(map[Code]bool, len(rules)), map[string]timeWindow{}
	c.ready = make([]readyRule, 0, len(rules))
	windows := map[timeWindow]bool{}
	for i, r := range rules {
		ready := readyRule{Rule: r}
		found := len(c.faults.all)
		c.checkName(i, &ready)
		c.checkWho(i, &ready)
		c.checkWhere(i, &ready)
		c.checkWhen(i, &ready)
		c.checkHow(i, &ready)
		if len(c.faults.all) > found {
			continue
		}
		if ready.timed {
			windows[ready.window] = true
		}
		ready.rank = c.rank(&ready)
		c.ready = append(c.ready, ready)
	}
	if len(windows) > WindowsMax {
		c.faults.rule(0, "", "window", strconv.Itoa(len(windows)), ErrTooMany)
	}
}

// rank is where the rule stands in the order of precedence.
func (c *compiler) rank(r *readyRule) Rank {
	rank := Rank{
		Precedence: r.Precedence,
		Matter:     MatterDepth(r.Matter),
		Class:      r.Class != "",
		Condition:  r.Condition != "",
		Minutes:    MinutesPerWeek,
		Validity:   validity(r.During),
	}
	if r.area != 0 {
		rank.Area = c.list.m.Info(r.area).Level + 1
	}
	if r.timed {
		rank.Minutes = r.window.minutes(c.list.calendar)
	}
	return rank
}

// rolesInOrder are the roles as a Decision lists them.
var rolesInOrder = [...]Role{Lead, Regulator, Rectifier, Assist, Notify}

// singleRoles is how many of rolesInOrder, from the first, have one party.
const singleRoles = 3

func roleIndex(r Role) int { return slices.Index(rolesInOrder[:], r) }
