package dispatch

import (
	"strconv"

	"github.com/gridgov/gridgov/internal/jsonbytes"
	"github.com/gridgov/gridgov/internal/keyed"
)

// plainDo is a verb whose JSON is also written by hand, because every keyed command pays
// for it. The bytes are those of encoding/json.
type plainDo interface {
	// appendPlain appends it; false when it holds something that only encoding/json
	// knows how to write.
	appendPlain(w []byte) ([]byte, bool)
}

// bodySum is keyed.OfCommand(verb, actor, do), the fast way where there is one.
func (c *Command) bodySum() (keyed.Sum, error) {
	if do, ok := c.Do.(plainDo); ok {
		var space [512]byte
		w := append(jsonbytes.Quote(append(space[:0], '['), c.Do.verb()), ',', '{')
		w = jsonbytes.Some(jsonbytes.Some(w, "person", c.Actor.Person), "post", c.Actor.Post)
		if w, ok = do.appendPlain(append(w, '}', ',')); ok {
			return keyed.Of(append(w, ']')), nil
		}
	}
	return keyed.OfCommand(c.Do.verb(), c.Actor, c.Do)
}

// caseOnly is a verb that names a case and nothing else.
func caseOnly(w []byte, c Code) ([]byte, bool) {
	return append(jsonbytes.Member(append(w, '{'), "case", c), '}'), true
}

func (v Register) appendPlain(w []byte) ([]byte, bool) { return caseOnly(w, v.Case) }
func (v Ack) appendPlain(w []byte) ([]byte, bool)      { return caseOnly(w, v.Case) }
func (v Start) appendPlain(w []byte) ([]byte, bool)    { return caseOnly(w, v.Case) }
func (v Verify) appendPlain(w []byte) ([]byte, bool)   { return caseOnly(w, v.Case) }
func (v Resume) appendPlain(w []byte) ([]byte, bool)   { return caseOnly(w, v.Case) }

func (v Dispatch) appendPlain(w []byte) ([]byte, bool) {
	if len(v.Owners) > 0 {
		return w, false
	}
	return caseOnly(w, v.Case)
}

func (v Finish) appendPlain(w []byte) ([]byte, bool) {
	if len(v.Evidence) > 0 {
		return w, false
	}
	w = jsonbytes.Member(append(w, '{'), "case", v.Case)
	return append(jsonbytes.Some(jsonbytes.Some(w, "override", v.Override), "waiver", v.Waiver), '}'), true
}

func (v Reply) appendPlain(w []byte) ([]byte, bool) {
	w = jsonbytes.Member(append(w, '{'), "case", v.Case)
	return append(jsonbytes.Some(w, "event", v.Event), '}'), true
}

func (v Close) appendPlain(w []byte) ([]byte, bool) {
	w = jsonbytes.Member(append(w, '{'), "case", v.Case)
	w = jsonbytes.Some(jsonbytes.Some(w, "outcome", v.Outcome), "satisfied", v.Satisfied)
	return append(jsonbytes.Some(w, "waiver", v.Waiver), '}'), true
}

func (v File) appendPlain(w []byte) ([]byte, bool) {
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
