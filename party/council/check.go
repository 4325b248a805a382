package council

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/code"
)

// clean reports what is malformed about a command, nil when nothing is, and puts
// its instants in UTC.
func (c *Command) clean() error {
	if len(c.Key) > KeyMax {
		return &Error{Field: "key", Text: c.Key, Err: ErrKey}
	}
	do, ok := known(c.Do)
	if !ok {
		return &Error{Field: "do", Text: fmt.Sprintf("%T", c.Do), Err: ErrVerb}
	}
	c.Do = do
	if fault := cmp.Or(optional("person", c.Actor.Person), optional("post", c.Actor.Post), do.check()); fault != nil {
		fault.What = do.verb()
		return fault
	}
	return nil
}

func (d Found) check() *Error {
	return cmp.Or(required("council", d.Council), text("name", d.Name), required("area", d.Area), required("level", d.Level),
		word("kind", d.Kind, KindCouncil, KindCoordination), d.Rules.check(), optional("rises_to", d.RisesTo))
}

func (d Amend) check() *Error {
	return cmp.Or(required("council", d.Council), d.Rules.check(), optional("rises_to", d.RisesTo))
}

func (d Dissolve) check() *Error { return required("council", d.Council) }

func (d Seat) check() *Error {
	return cmp.Or(required("council", d.Council), required("person", d.Person), text("capacity", d.Capacity),
		moment("from", d.From), moment("until", d.Until), interval("until", d.From, d.Until))
}

func (d Unseat) check() *Error {
	return cmp.Or(required("council", d.Council), required("person", d.Person))
}

func (d Convene) check() *Error {
	fault := cmp.Or(required("meeting", d.Meeting), required("council", d.Council))
	if fault == nil && d.For.IsZero() {
		fault = &Error{Field: "for", Err: ErrTimeRange}
	}
	return cmp.Or(fault, moment("for", d.For), list("agenda", d.Agenda, AgendaMax))
}

func (d Open) check() *Error {
	fault := cmp.Or(required("meeting", d.Meeting), optional("chair", d.Chair),
		list("present", d.Present, SeatsMax), list("excused", d.Excused, SeatsMax), apart("excused", d.Excused, d.Present),
		number("voters", d.Voters, 0, SeatsMax))
	if fault == nil && d.Chair != "" && !slices.Contains(d.Present, d.Chair) {
		return &Error{Field: "chair", Text: string(d.Chair), Err: ErrChair}
	}
	return fault
}

func (d Attend) check() *Error {
	return cmp.Or(required("meeting", d.Meeting), list("arrived", d.Arrived, SeatsMax), list("left", d.Left, SeatsMax),
		apart("left", d.Left, d.Arrived))
}

func (d Close) check() *Error { return required("meeting", d.Meeting) }

func (d Raise) check() *Error {
	fault := required("topic", d.Topic)
	if fault == nil && (strings.Contains(string(d.Topic), riseMark) || len(d.Topic) > code.LenMax-len(riseMark)-2) {
		fault = &Error{Field: "topic", Text: string(d.Topic), Err: ErrTopic}
	}
	return cmp.Or(fault, required("council", d.Council), text("title", d.Title), optional("matter", d.Matter),
		optional("meeting", d.Meeting), optional("by", d.By))
}

func (d Vote) check() *Error {
	return cmp.Or(required("topic", d.Topic), required("person", d.Person), word("choice", d.Choice, Yes, No, Abstain))
}

func (d Tally) check() *Error {
	return cmp.Or(required("topic", d.Topic), number("yes", d.Yes, 0, SeatsMax), number("no", d.No, 0, SeatsMax),
		number("abstain", d.Abstain, 0, SeatsMax))
}

func (d Resolve) check() *Error {
	fault := cmp.Or(required("topic", d.Topic), word("result", d.Result, "", Passed, Failed, Deferred), optional("owner", d.Owner),
		moment("due", d.Due), optional("case", d.Case), optional("project", d.Project))
	if fault == nil && (assigned(d.Owner, d.Case, d.Project) > 1 || (d.Owner == "") != d.Due.IsZero()) {
		return &Error{Field: "owner", Err: ErrAssigned}
	}
	return fault
}

func (d Done) check() *Error { return cmp.Or(required("topic", d.Topic), text("result", d.Result)) }

func (d Withdraw) check() *Error { return required("topic", d.Topic) }

func (d Rise) check() *Error { return required("topic", d.Topic) }

func (d Publish) check() *Error {
	return cmp.Or(required("council", d.Council), moment("from", d.From), moment("until", d.Until), interval("until", d.From, d.Until))
}

func (r Rules) check() *Error {
	return cmp.Or(word("way", r.Way, ByVote, ByConsensus), ratio("quorum", r.Quorum), number("members_min", r.MembersMin, 0, SeatsMax),
		ratio("pass", r.Pass), word("base", r.Base, BaseAll, BasePresent, BaseCast), word("abstain", r.Abstain, AbstainAgainst, AbstainOut),
		word("tie", r.Tie, TieFails, TieDefers, TieChair), number("absences", r.Absences, 0, FollowMax),
		number("follow", r.Follow, 1, FollowMax), number("reviews", r.Reviews, 0, ReviewsMax), text("source", r.Source))
}

// required faults a code that is missing or bad.
func required(field string, c Code) *Error {
	if err := code.Check(c); err != nil {
		return &Error{Field: field, Err: fmt.Errorf("%w: %w", ErrCode, err)}
	}
	return nil
}

func optional(field string, c Code) *Error {
	if c == "" {
		return nil
	}
	return required(field, c)
}

func text(field, s string) *Error {
	if s == "" || len(s) > TextMax || !utf8.ValidString(s) {
		return &Error{Field: field, Text: s, Err: ErrText}
	}
	return nil
}

// word faults a word that is not on the list.
func word[T ~string](field string, w T, possible ...T) *Error {
	if slices.Contains(possible, w) {
		return nil
	}
	return &Error{Field: field, Text: string(w), Err: ErrWord}
}

func number[T int | int64](field string, n, least, most T) *Error {
	if n < least || n > most {
		return &Error{Field: field, Text: strconv.FormatInt(int64(n), 10), Err: ErrNumber}
	}
	return nil
}

func ratio(field string, r Ratio) *Error {
	if !r.valid() {
		return &Error{Field: field, Text: fmt.Sprintf("%d/%d", r.Num, r.Den), Err: ErrRatio}
	}
	return nil
}

// moment faults an instant that is there and cannot be one.
func moment(field string, t time.Time) *Error {
	if t.IsZero() {
		return nil
	}
	if err := instant(t); err != nil {
		return &Error{Field: field, Text: t.Format(time.RFC3339Nano), Err: err}
	}
	return nil
}

func interval(field string, from, until time.Time) *Error {
	if !(Interval{From: from, Until: until}).Valid() {
		return &Error{Field: field, Text: until.Format(stamp), Err: ErrInterval}
	}
	return nil
}

// list faults a list of codes that is too long or names one badly or twice.
func list(field string, codes []Code, most int) *Error {
	if len(codes) > most {
		return &Error{Field: field, Text: strconv.Itoa(len(codes)), Err: ErrTooLong}
	}
	seen := make(map[Code]bool, len(codes))
	for i, c := range codes {
		fault := required(field, c)
		if fault == nil && seen[c] {
			fault = &Error{Field: field, Text: string(c), Err: ErrTwice}
		}
		if fault != nil {
			fault.Index = i + 1
			return fault
		}
		seen[c] = true
	}
	return nil
}

// apart faults the first code of a list that is on the other one too.
func apart(field string, codes, others []Code) *Error {
	if len(codes) == 0 || len(others) == 0 {
		return nil
	}
	seen := make(map[Code]bool, len(others))
	for _, c := range others {
		seen[c] = true
	}
	for i, c := range codes {
		if seen[c] {
			return &Error{Field: field, Index: i + 1, Text: string(c), Err: ErrTwice}
		}
	}
	return nil
}

// assigned is how many of the codes are there.
func assigned(codes ...Code) int {
	n := 0
	for _, c := range codes {
		if c != "" {
			n++
		}
	}
	return n
}
