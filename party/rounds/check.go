package rounds

import (
	"cmp"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/internal/code"
	"github.com/gridgov/gridgov/internal/envelope"
)

// well reports what is malformed about a command, nil when nothing is.
func (c *Command) well() error {
	if len(c.Key) > KeyMax {
		return &Error{Field: "key", Text: c.Key, Err: ErrKey}
	}
	if !known(c.Do) {
		return &Error{Field: "do", Text: fmt.Sprintf("%T", c.Do), Err: ErrVerb}
	}
	fault := cmp.Or(optional("person", c.Actor.Person), optional("post", c.Actor.Post), c.Do.check())
	if fault != nil {
		fault.What = c.Do.verb()
		return fault
	}
	return nil
}

func (d Enrol) check() *Error {
	return cmp.Or(required("household", d.Household), list("areas", d.Areas, 1, AreasMax),
		optional("building", d.Building), required("class", d.Class))
}

func (d Reclass) check() *Error {
	return cmp.Or(required("household", d.Household), required("class", d.Class))
}

func (d Leave) check() *Error { return required("household", d.Household) }

func (d Plan) check() *Error {
	return cmp.Or(d.terms().check(), teams(d.Teams), date("start", d.Start))
}

// terms is the part of a plan that can be amended.
func (d Plan) terms() Amend { return Amend{d.Plan, d.Areas, d.Classes, d.Every, d.Kinds, d.Least} }

func (d Amend) check() *Error {
	fault := cmp.Or(required("plan", d.Plan), list("areas", d.Areas, 1, AreasMax), list("classes", d.Classes, 1, NamesMax))
	if fault != nil {
		return fault
	}
	if _, ok := d.Every.parse(); !ok {
		return &Error{Field: "every", Text: string(d.Every), Err: ErrEvery}
	}
	return cmp.Or(list("kinds", d.Kinds, 0, NamesMax), number("least", d.Least, 0, 100))
}

func (d End) check() *Error { return required("plan", d.Plan) }

func (d Form) check() *Error {
	return cmp.Or(required("plan", d.Plan), required("team", d.Team), list("people", d.People, 0, PeopleMax))
}

func (d Dissolve) check() *Error { return cmp.Or(required("plan", d.Plan), required("team", d.Team)) }

func (d Join) check() *Error {
	return cmp.Or(required("plan", d.Plan), required("team", d.Team), required("person", d.Person))
}

func (d Quit) check() *Error { return Join(d).check() }

func (d Visit) check() *Error {
	return cmp.Or(required("household", d.Household), maybeInstant("at", d.At), list("people", d.People, 1, PeopleMax),
		required("kind", d.Kind), optional("result", d.Result), optional("event", d.Event))
}

func (d Brief) check() *Error {
	fault := cmp.Or(required("shift", d.Shift), required("squad", d.Squad), date("date", d.Date),
		interval("until", d.From, d.Until), number("hours", d.Hours, 0, HoursMax), list("people", d.People, 0, PeopleMax))
	if fault != nil {
		return fault
	}
	if len(d.Tasks) > TasksMax {
		return &Error{Field: "tasks", Text: fmt.Sprint(len(d.Tasks)), Err: ErrList}
	}
	names := make([]Code, len(d.Tasks))
	for i, t := range d.Tasks {
		names[i] = t.Task
		if fault := cmp.Or(text("tasks", t.Text), optional("tasks", t.Place)); fault != nil {
			fault.Index = i + 1
			return fault
		}
	}
	return list("tasks", names, 0, TasksMax)
}

func (a Answer) check(field string) *Error {
	if fault := cmp.Or(required(field, a.Task), optional(field, a.Reason)); fault != nil {
		return fault
	}
	switch a.Result {
	case Done, Undone, Carried:
		if (a.Result == Done) == (a.Reason == "") {
			return nil
		}
	}
	return &Error{Field: field, Text: string(a.Result), Err: ErrResult}
}

func (d Report) check() *Error {
	return cmp.Or(required("shift", d.Shift), d.Answer.check("answer"))
}

func (d Debrief) check() *Error {
	if fault := required("shift", d.Shift); fault != nil {
		return fault
	}
	names := make([]Code, len(d.Answers))
	for i, a := range d.Answers {
		names[i] = a.Task
		if fault := a.check("answers"); fault != nil {
			fault.Index = i + 1
			return fault
		}
	}
	return list("answers", names, 0, TasksMax)
}

func (d Attend) check() *Error {
	fault := cmp.Or(required("record", d.Record), required("squad", d.Squad), required("person", d.Person),
		date("date", d.Date), d.status(), optional("reason", d.Reason), optional("corrects", d.Corrects))
	if fault == nil && d.Corrects == d.Record {
		fault = &Error{Field: "corrects", Text: string(d.Record), Err: ErrTwice}
	}
	return fault
}

func (d Attend) status() *Error {
	switch d.Status {
	case Present, Late, Field:
		return interval("out", d.In, d.Out)
	case Absent, OnLeave:
		if d.In.IsZero() && d.Out.IsZero() {
			return nil
		}
	}
	return &Error{Field: "status", Text: string(d.Status), Err: ErrStatus}
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

// list faults a list of codes that is too short, too long or names one twice.
func list(field string, codes []Code, least, most int) *Error {
	if len(codes) < least || len(codes) > most {
		return &Error{Field: field, Text: fmt.Sprint(len(codes)), Err: ErrList}
	}
	for i, c := range codes {
		if fault := required(field, c); fault != nil {
			fault.Index = i + 1
			return fault
		}
	}
	if i := repeated(codes); i >= 0 {
		return &Error{Field: field, Index: i + 1, Text: string(codes[i]), Err: ErrTwice}
	}
	return nil
}

// repeated is the place of the first code that came before, -1 for none.
func repeated(codes []Code) int {
	if len(codes) < 2 {
		return -1
	}
	seen := make(map[Code]bool, len(codes))
	return slices.IndexFunc(codes, func(c Code) bool {
		again := seen[c]
		seen[c] = true
		return again
	})
}

func teams(list []Team) *Error {
	if len(list) > TeamsMax {
		return &Error{Field: "teams", Text: fmt.Sprint(len(list)), Err: ErrList}
	}
	var names, people []Code
	for i, t := range list {
		if fault := (Form{"p", t.Team, t.People}).check(); fault != nil {
			fault.Field, fault.Index = "teams", i+1
			return fault
		}
		names, people = append(names, t.Team), append(people, t.People...)
		if repeated(names) >= 0 || repeated(people) >= 0 {
			return &Error{Field: "teams", Index: i + 1, Text: string(t.Team), Err: ErrTwice}
		}
	}
	return nil
}

func text(field, s string) *Error {
	if len(s) > TextMax || !utf8.ValidString(s) {
		return &Error{Field: field, Text: s, Err: ErrText}
	}
	return nil
}

func number(field string, n, least, most int) *Error {
	if n < least || n > most {
		return &Error{Field: field, Text: fmt.Sprint(n), Err: ErrNumber}
	}
	return nil
}

func date(field string, d Date) *Error {
	if !d.valid() {
		return &Error{Field: field, Text: d.String(), Err: ErrDate}
	}
	return nil
}

func instant(field string, t time.Time) *Error {
	if _, err := millis(t); err != nil {
		return &Error{Field: field, Text: fmt.Sprint(t.Unix()), Err: err}
	}
	return nil
}

func maybeInstant(field string, t time.Time) *Error {
	if t.IsZero() {
		return nil
	}
	return instant(field, t)
}

// interval faults times of which the second is not after the first, or more than
// ShiftMax after it.
func interval(field string, from, until time.Time) *Error {
	if fault := cmp.Or(instant(field, from), instant(field, until)); fault != nil {
		return fault
	}
	if d := until.Sub(from); d <= 0 || d > ShiftMax {
		return &Error{Field: field, Text: d.String(), Err: ErrInterval}
	}
	return nil
}

// millis is at as Unix milliseconds, or why it cannot be one.
func millis(at time.Time) (int64, error) { return envelope.Millis(at, ErrNotMillis, ErrTimeRange) }

// moment is Unix milliseconds as an instant, the zero one for never.
func moment(ms int64) time.Time {
	if ms == never {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
