package dispatch

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

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

// checkWork checks what a matter asks of those who work on it, and makes it its own.
func (c *compiler) checkWork(i int, m *Matter) {
	if len(m.Skills) > SkillsMax {
		c.faults.matter(i, m.Code, "skills", strconv.Itoa(len(m.Skills)), ErrTooMany)
	}
	for _, skill := range m.Skills {
		if skill == "" || len(skill) > TextMax || !utf8.ValidString(skill) {
			c.faults.matter(i, m.Code, "skills", skill, ErrText)
		}
	}
	m.Skills = cloneOrNil(m.Skills)
	slices.Sort(m.Skills)
	m.Skills = slices.Compact(m.Skills)
	c.checkEnds(i, m)
	if m.VerifySample < 0 || m.VerifySample > SampleAll {
		c.faults.matter(i, m.Code, "verify_sample", strconv.Itoa(m.VerifySample), ErrSample)
	}
}

// checkEnds checks what a matter asks of those who finish and close a case.
func (c *compiler) checkEnds(i int, m *Matter) {
	for _, each := range [...]struct {
		field string
		list  *[]string
		max   int
	}{{"evidence", &m.Evidence, StandardEvidence}, {"outcomes", &m.Outcomes, SkillsMax}} {
		list := cloneOrNil(*each.list)
		*each.list = list
		if len(list) > each.max {
			c.faults.matter(i, m.Code, each.field, strconv.Itoa(len(list)), ErrTooMany)
			continue
		}
		for k, text := range list {
			switch {
			case text == "" || len(text) > TextMax || !utf8.ValidString(text):
				c.faults.matter(i, m.Code, each.field, "", ErrText)
			case slices.Contains(list[:k], text):
				c.faults.matter(i, m.Code, each.field, text, ErrDuplicate)
			}
		}
	}
}

// checkWho resolves the party.
func (c *compiler) checkWho(i int, r *readyRule) {
	r.duty = Duty{Rule: r.ID, Party: r.Party, Mode: r.Mode, Budget: r.Budget}
	if layer, ok := ownerLayer(r.Party); ok {
		r.layer, r.duty.Party = layer, ""
		if layer == "" || len(layer) > TextMax || !utf8.ValidString(layer) || r.Role == Regulator {
			c.faults.rule(i, r.ID, "party", string(r.Party), ErrOwner)
		}
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
		r.duty.Party, r.duty.Post, r.tended = post.Party, post.Code, post.Area
	}
	for p := range c.dir.Chain(r.duty.Party) {
		if p.During != (Interval{}) {
			r.active = append(r.active, p.During)
		}
		if r.served == "" {
			r.served = p.Area
		}
	}
}

// ownerLayer is the layer that owner(layer) names.
func ownerLayer(party Code) (string, bool) {
	layer, ok := strings.CutPrefix(string(party), "owner(")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(layer, ")")
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
			return
		}
	}
	r.force = c.inForce(i, r)
}
