package dispatch

import (
	"strconv"

	"github.com/gridgov/gridgov/internal/jsonbytes"
	"github.com/gridgov/gridgov/internal/keyed"
)

// bodySum is keyed.OfCommand(verb, actor, do), the fast way where there is one.
func (c *Command) bodySum() (keyed.Sum, error) {
	var space [512]byte
	w := append(jsonbytes.Quote(append(space[:0], '['), c.Do.verb()), ',', '{')
	w = append(jsonbytes.Some(jsonbytes.Some(w, "person", c.Actor.Person), "post", c.Actor.Post), '}', ',')
	if w, ok := appendPlain(w, c.Do); ok {
		return keyed.Of(append(w, ']')), nil
	}
	return keyed.OfCommand(c.Do.verb(), c.Actor, c.Do)
}

// appendPlain appends the JSON of a verb by hand, because every keyed command pays for
// it; the bytes are those of encoding/json. It says false to a verb that it does not
// know, and to one that holds something that only encoding/json knows how to write.
// The verbs are called by name: through an interface, w would go to the heap.
func appendPlain(w []byte, do Do) ([]byte, bool) {
	switch do := do.(type) {
	case File:
		return do.appendPlain(w)
	case Register:
		return caseOnly(w, do.Case)
	case Ack:
		return caseOnly(w, do.Case)
	case Start:
		return caseOnly(w, do.Case)
	case Verify:
		return caseOnly(w, do.Case)
	case Resume:
		return caseOnly(w, do.Case)
	case Dispatch:
		if len(do.Owners) > 0 {
			return w, false
		}
		return caseOnly(w, do.Case)
	case Finish:
		return do.appendPlain(w)
	case Reply:
		return do.appendPlain(w)
	case Close:
		return do.appendPlain(w)
	}
	return w, false
}

// caseOnly is a verb that names a case and nothing else.
func caseOnly(w []byte, c Code) ([]byte, bool) {
	return append(jsonbytes.Member(append(w, '{'), "case", c), '}'), true
}

func (v *Finish) appendPlain(w []byte) ([]byte, bool) {
	if len(v.Evidence) > 0 {
		return w, false
	}
	w = jsonbytes.Member(append(w, '{'), "case", v.Case)
	return append(jsonbytes.Some(jsonbytes.Some(w, "override", v.Override), "waiver", v.Waiver), '}'), true
}

func (v *Reply) appendPlain(w []byte) ([]byte, bool) {
	w = jsonbytes.Member(append(w, '{'), "case", v.Case)
	return append(jsonbytes.Some(w, "event", v.Event), '}'), true
}

func (v *Close) appendPlain(w []byte) ([]byte, bool) {
	w = jsonbytes.Member(append(w, '{'), "case", v.Case)
	w = jsonbytes.Some(jsonbytes.Some(w, "outcome", v.Outcome), "satisfied", v.Satisfied)
	return append(jsonbytes.Some(w, "waiver", v.Waiver), '}'), true
}

func (v *File) appendPlain(w []byte) ([]byte, bool) {
	e := &v.Event
	if len(e.Owners) > 0 || len(e.Evidence) > 0 || !e.Due.IsZero() {
		return w, false
	}
	w = jsonbytes.Member(append(w, `{"event":{`...), "id", e.ID)
	w = jsonbytes.Member(w, "matter", e.Matter)
	if e.Point != nil {
		w = jsonbytes.Number(append(jsonbytes.Label(w, "point"), '['), e.Point[0])
		w = append(jsonbytes.Number(append(w, ','), e.Point[1]), ']')
	}
	w = jsonbytes.Some(jsonbytes.Some(w, "area", e.Area), "channel", e.Channel)
	w = jsonbytes.Some(jsonbytes.Some(w, "external_id", e.ExternalID), "condition", e.Condition)
	if e.Cost != 0 {
		w = strconv.AppendInt(jsonbytes.Label(w, "cost"), e.Cost, 10)
	}
	for i, class := range e.Classes {
		if i == 0 {
			w = append(jsonbytes.Label(w, "classes"), '[')
		} else {
			w = append(w, ',')
		}
		if w = jsonbytes.Quote(w, class); i == len(e.Classes)-1 {
			w = append(w, ']')
		}
	}
	w = jsonbytes.Some(w, "reporter", e.Reporter)
	w = append(jsonbytes.Flag(jsonbytes.Flag(jsonbytes.Flag(w, "injury", e.Injury), "penalty", e.Penalty), "consent", e.Consent), '}')
	w = jsonbytes.Flag(jsonbytes.Some(w, "case", v.Case), "straight", v.Straight)
	return append(jsonbytes.Some(w, "link", v.Link), '}'), true
}
