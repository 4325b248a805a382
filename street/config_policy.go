package street

import (
	"fmt"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// policyConfig overrides the Desk's policy; every budget is text such as 30m.
type policyConfig struct {
	Desk     Code            `json:"desk"`
	Register worktime.Budget `json:"register"`
	Dispatch worktime.Budget `json:"dispatch"`
	Ack      worktime.Budget `json:"ack"`
	Verify   worktime.Budget `json:"verify"`
	Close    worktime.Budget `json:"close"`
	Review   worktime.Budget `json:"review"`

	Answer    worktime.Budget `json:"answer"`
	Return    worktime.Budget `json:"return"`
	Dispute   worktime.Budget `json:"dispute"`
	Suspend   worktime.Budget `json:"suspend"`
	Floor     worktime.Budget `json:"floor"`
	Reopen    worktime.Budget `json:"reopen"`
	Archive   worktime.Budget `json:"archive"`
	Admission worktime.Budget `json:"admission"`
	Fresh     worktime.Budget `json:"fresh"`
	Reworks   int             `json:"reworks"`

	Duplicates     string `json:"duplicates"`      // "suggest", or "automatic"
	DuplicateScore int    `json:"duplicate_score"` // from which on an event is attached unasked
}

// checkPolicy checks what no type of the policy shows, and keeps how repeats are treated.
func (l *loader) checkPolicy(p *policyConfig, say func(code, key string, cause error, args ...string)) {
	if p == nil {
		return
	}
	switch p.Duplicates {
	case "", "suggest":
	case "automatic":
		l.repeatMode = duplicate.Auto
	default:
		say("bad-choice", "duplicates", nil, p.Duplicates, "suggest, automatic")
	}
	if p.Reworks < 0 || p.Reworks > dispatch.ReworksMax {
		say("bad-number", "reworks", nil, fmt.Sprint(p.Reworks), "0", fmt.Sprint(dispatch.ReworksMax))
	}
	if l.repeatScore = p.DuplicateScore; l.repeatScore < 0 || l.repeatScore > duplicate.ScoreMax {
		say("bad-number", "duplicate_score", nil, fmt.Sprint(p.DuplicateScore), "1", fmt.Sprint(duplicate.ScoreMax))
	}
}

func policy(c *policyConfig) dispatch.Policy {
	if c == nil {
		return dispatch.Policy{}
	}
	return dispatch.Policy{
		Desk: c.Desk, Register: c.Register, Dispatch: c.Dispatch, Ack: c.Ack,
		Verify: c.Verify, Close: c.Close, Review: c.Review,
		Answer: c.Answer, Return: c.Return, Dispute: c.Dispute, Suspend: c.Suspend, Floor: c.Floor, Reopen: c.Reopen, Archive: c.Archive, Admission: c.Admission, Fresh: c.Fresh, Reworks: c.Reworks,
	}
}
