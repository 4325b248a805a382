package dispatch

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/dispatch/worktime"
	"github.com/gridgov/gridgov/grid"
	"github.com/gridgov/gridgov/party"
)

// Bounds on what one list may hold. A district's list has a few thousand rules
// and some hundreds of matters; thirty times that still compiles in a second.
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
	c := compiler{list: &List{m: m, calendar: opts.Calendar, zone: opts.Zone}, dir: dir}
	if c.list.zone == nil && opts.Calendar != nil {
		c.list.zone = opts.Calendar.Zone()
	}
	if len(matters) > MattersMax {
		c.faults.matter(MattersMax, "", "matters", strconv.Itoa(len(matters)), ErrTooMany)
	}
	if len(rules) > RulesMax {
		c.faults.rule(RulesMax, "", "rules", strconv.Itoa(len(rules)), ErrTooMany)
	}
	if m == nil {
		c.faults.rule(0, "", "map", "", ErrNoMap)
	}
	if err := c.faults.build(); err != nil {
		return nil, err
	}
	c.addMatters(matters)
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
	list   *List
	dir    *party.Directory
	faults listFaults
	prefix map[Code]bool // every prefix under which the matter table has a matter
	ids    map[Code]bool
	parsed map[string]timeWindow // by text
	ready  []readyRule
}

// readyRule is a rule that has no fault, with what was looked up for it.
type readyRule struct {
	Rule
	duty   Duty
	active []Interval // when its party exists; nil is always
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

// checkName checks id, role and matter.
func (c *compiler) checkName(i int, r *readyRule) {
	if err := badCode(r.ID); err != nil {
		c.faults.rule(i, r.ID, "id", string(r.ID), err)
	} else if c.ids[r.ID] {
		c.faults.rule(i, r.ID, "id", "", ErrDuplicate)
	}
	c.ids[r.ID] = true
	if roleIndex(r.Role) < 0 {
		c.faults.rule(i, r.ID, "role", string(r.Role), ErrRole)
	}
	if r.Matter == Any {
		return
	}
	if err := badCode(r.Matter); err != nil {
		c.faults.rule(i, r.ID, "matter", string(r.Matter), err)
	} else if len(c.list.matters) > 0 && !c.prefix[r.Matter] {
		c.faults.rule(i, r.ID, "matter", string(r.Matter), ErrUnknownMatter)
	}
}

// checkWho resolves the party.
func (c *compiler) checkWho(i int, r *readyRule) {
	r.duty = Duty{Rule: r.ID, Party: r.Party, Mode: r.Mode, Budget: r.Budget}
	if strings.HasPrefix(string(r.Party), "owner(") && strings.HasSuffix(string(r.Party), ")") {
		c.faults.rule(i, r.ID, "party", string(r.Party), ErrOwner)
		return
	}
	if err := badCode(r.Party); err != nil {
		c.faults.rule(i, r.ID, "party", string(r.Party), err)
		return
	}
	if c.dir == nil {
		return
	}
	if _, ok := c.dir.Party(r.Party); !ok {
		post, ok := c.dir.Post(r.Party)
		if !ok {
			c.faults.rule(i, r.ID, "party", string(r.Party), ErrUnknownParty)
			return
		}
		r.duty.Party, r.duty.Post = post.Party, post.Code
	}
	for p := range c.dir.Chain(r.duty.Party) {
		if p.During != (Interval{}) {
			r.active = append(r.active, p.During)
		}
	}
}

// checkWhere checks area, class, condition and channel.
func (c *compiler) checkWhere(i int, r *readyRule) {
	if r.Area != "" && r.Area != Any {
		var ok bool
		if r.area, ok = c.list.m.Lookup(r.Area); !ok {
			c.faults.rule(i, r.ID, "area", string(r.Area), ErrUnknownArea)
		}
	}
	if layer, class, ok := strings.Cut(r.Class, "="); r.Class != "" && (!ok || layer == "" || class == "") {
		c.faults.rule(i, r.ID, "class", r.Class, ErrClass)
	}
	for _, text := range [...]struct{ field, value string }{
		{"class", r.Class}, {"condition", r.Condition}, {"channel", r.Channel},
	} {
		if len(text.value) > TextMax || !utf8.ValidString(text.value) {
			c.faults.rule(i, r.ID, text.field, "", ErrText)
		}
	}
}

// checkWhen checks the window and the interval.
func (c *compiler) checkWhen(i int, r *readyRule) {
	if !r.During.Valid() {
		c.faults.rule(i, r.ID, "until", "", ErrInterval)
	}
	for _, end := range [...]struct {
		field string
		at    *time.Time
	}{{"from", &r.During.From}, {"until", &r.During.Until}} {
		if end.at.Nanosecond()%int(time.Millisecond) != 0 {
			c.faults.rule(i, r.ID, end.field, end.at.String(), ErrNotMillis)
		}
		*end.at = end.at.UTC()
	}
	if r.Window == "" {
		return
	}
	w, ok := c.parsed[r.Window]
	if !ok {
		var err error
		if w, err = parseTimeWindow(r.Window); err != nil {
			c.faults.rule(i, r.ID, "window", r.Window, err)
			return
		}
		c.parsed[r.Window] = w
	}
	switch {
	case w.kind == clockWindow && c.list.zone == nil:
		c.faults.rule(i, r.ID, "window", r.Window, ErrNoZone)
	case w.kind != clockWindow && c.list.calendar == nil:
		c.faults.rule(i, r.ID, "window", r.Window, ErrNoCalendar)
	}
	r.window, r.timed = w, true
}

// checkHow checks mode, budget, costs and version.
func (c *compiler) checkHow(i int, r *readyRule) {
	switch r.Mode {
	case "", Separate, Self, Claim:
	default:
		c.faults.rule(i, r.ID, "mode", string(r.Mode), ErrMode)
	}
	if !r.Budget.IsZero() {
		if again, err := worktime.ParseBudget(r.Budget.String()); err != nil || again != r.Budget {
			c.faults.rule(i, r.ID, "budget", r.Budget.String(), ErrBudget)
		}
	}
	switch {
	case r.MinCost < 0:
		c.faults.rule(i, r.ID, "min_cost", strconv.FormatInt(r.MinCost, 10), ErrCost)
	case r.MaxCost < 0 || r.MaxCost != 0 && r.MinCost >= r.MaxCost:
		c.faults.rule(i, r.ID, "max_cost", strconv.FormatInt(r.MaxCost, 10), ErrCost)
	}
	if r.Version != "" {
		if err := badCode(r.Version); err != nil {
			c.faults.rule(i, r.ID, "version", string(r.Version), err)
		}
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
