package street

import (
	"encoding/json"
	"fmt"

	"github.com/gridgov/gridgov/dispatch"
	"github.com/gridgov/gridgov/dispatch/duplicate"
	"github.com/gridgov/gridgov/dispatch/worktime"
)

// policyConfig overrides the Desk's policy; every limit is text such as 30m.
type policyConfig struct {
	Desk     Code  `json:"desk"`
	Register limit `json:"register"`
	Dispatch limit `json:"dispatch"`
	Ack      limit `json:"ack"`
	Verify   limit `json:"verify"`
	Close    limit `json:"close"`
	Review   limit `json:"review"`

	Answer    limit `json:"answer"`
	Return    limit `json:"return"`
	Dispute   limit `json:"dispute"`
	Suspend   limit `json:"suspend"`
	Floor     limit `json:"floor"`
	Reopen    limit `json:"reopen"`
	Archive   limit `json:"archive"`
	Admission limit `json:"admission"`
	Fresh     limit `json:"fresh"`
	Reworks   int   `json:"reworks"`
	Proved    bool  `json:"proved"`

	Duplicates     string `json:"duplicates"`      // "suggest", or "automatic"
	DuplicateScore int    `json:"duplicate_score"` // from which on an event is attached unasked
}

// limit is a time limit as it is written. Whatever else stands there is kept as it is,
// to be told with its place.
type limit string

func (v *limit) UnmarshalJSON(data []byte) error {
	text := ""
	if json.Unmarshal(data, &text) != nil {
		text = string(data)
	}
	*v = limit(text)
	return nil
}

// policy reads the Desk's policy and how repeats are treated.
func (l *loader) policy(file string, text []byte, c *policyConfig) {
	if c == nil {
		return
	}
	say := func(code, key string, cause error, args ...string) {
		f := Finding{Code: code, File: file, Err: cause, Args: append([]string{key}, args...)}
		f.Line, f.Column = keyPlace(text, "policy", key)
		l.fault(f)
	}
	p := &l.out.Policy
	p.Desk, p.Reworks, p.Proved = c.Desk, c.Reworks, c.Proved
	for _, each := range []struct {
		key  string
		text limit
		to   *worktime.Budget
	}{
		{"register", c.Register, &p.Register}, {"dispatch", c.Dispatch, &p.Dispatch}, {"ack", c.Ack, &p.Ack}, {"verify", c.Verify, &p.Verify},
		{"close", c.Close, &p.Close}, {"review", c.Review, &p.Review}, {"answer", c.Answer, &p.Answer}, {"return", c.Return, &p.Return},
		{"dispute", c.Dispute, &p.Dispute}, {"suspend", c.Suspend, &p.Suspend}, {"floor", c.Floor, &p.Floor}, {"reopen", c.Reopen, &p.Reopen},
		{"archive", c.Archive, &p.Archive}, {"admission", c.Admission, &p.Admission}, {"fresh", c.Fresh, &p.Fresh},
	} {
		if each.text == "" {
			continue
		}
		var err error
		if *each.to, err = worktime.ParseBudget(string(each.text)); err != nil {
			say("bad-budget", each.key, err, string(each.text))
		}
	}
	switch c.Duplicates {
	case "", "suggest":
	case "automatic":
		l.repeatMode = duplicate.Auto
	default:
		say("bad-choice", "duplicates", nil, c.Duplicates, "suggest, automatic")
	}
	if c.Reworks < 0 || c.Reworks > dispatch.ReworksMax {
		say("bad-number", "reworks", nil, fmt.Sprint(c.Reworks), "0", fmt.Sprint(dispatch.ReworksMax))
	}
	if l.repeatScore = c.DuplicateScore; l.repeatScore < 0 || l.repeatScore > duplicate.ScoreMax {
		say("bad-number", "duplicate_score", nil, fmt.Sprint(c.DuplicateScore), "1", fmt.Sprint(duplicate.ScoreMax))
	}
}
