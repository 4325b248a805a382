package rounds

import (
	"cmp"
	"slices"
	"time"
)

// Authority says who may do what; a *party.Directory is one.
type Authority interface {
	// Allows reports whether a person acting on a post may use a right over an
	// area or a squad at the instant.
	Allows(person, post Code, right string, scope Code, at time.Time) bool
}

// The rights that verbs need:
//
//	enrol, reclass, leave             manage 管理监督 over the innermost area of the household
//	plan, amend, end, form, dissolve,
//	join, quit                        manage over each area of the plan, before and after
//	brief, report, debrief            command 统一指挥 over the squad
//	attend                            assess 监督考核 over the squad, and over that of the record it corrects
//	visit                             none
//
// The zero Actor, the host itself, is never asked about, and with a nil
// Authority nobody is.
const (
	RightManage  = "manage"
	RightCommand = "command"
	RightAssess  = "assess"
)

// need is the right that do needs and over what, once what it names is there.
func (l *Log) need(do Do) (right string, scopes []Code) {
	switch do := do.(type) {
	case Enrol:
		return RightManage, do.Areas[:1]
	case Reclass:
		return RightManage, l.areas(l.house(do.Household).place)[:1]
	case Leave:
		return RightManage, l.areas(l.house(do.Household).place)[:1]
	case Plan:
		return RightManage, do.Areas
	case Amend:
		return RightManage, slices.Concat(l.planned(do.Plan), do.Areas)
	case End:
		return RightManage, l.planned(do.Plan)
	case Form:
		return RightManage, l.planned(do.Plan)
	case Dissolve:
		return RightManage, l.planned(do.Plan)
	case Join:
		return RightManage, l.planned(do.Plan)
	case Quit:
		return RightManage, l.planned(do.Plan)
	case Brief:
		return RightCommand, []Code{do.Squad}
	case Report:
		return RightCommand, []Code{l.shifts[do.Shift].Squad}
	case Debrief:
		return RightCommand, []Code{l.shifts[do.Shift].Squad}
	case Attend:
		if old := l.records[do.Corrects]; old != nil {
			return RightAssess, []Code{do.Squad, old.Squad}
		}
		return RightAssess, []Code{do.Squad}
	}
	return "", nil
}

// planned is the areas of the latest terms of a plan.
func (l *Log) planned(c Code) []Code {
	p := l.plans[c]
	return p.terms[len(p.terms)-1].terms.Areas
}

// areas is the areas of a place, innermost first.
func (l *Log) areas(place uint32) []Code { return l.places[place] }

// deny refuses an actor without the right to do c, whose subjects are there.
func (l *Log) deny(at time.Time, c *Command) *Refusal {
	if l.authority == nil || c.Actor == (Actor{}) {
		return nil
	}
	right, scopes := l.need(c.Do)
	for _, s := range scopes {
		if !l.authority.Allows(c.Actor.Person, c.Actor.Post, right, s, at) {
			return refuse(NoRight, string(cmp.Or(c.Actor.Person, c.Actor.Post)), right, string(s))
		}
	}
	return nil
}
