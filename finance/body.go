package finance

import (
	"strconv"

	"github.com/gridgov/gridgov/internal/jsonbytes"
	"github.com/gridgov/gridgov/internal/keyed"
)

// bodySum is keyed.OfCommand(verb, actor, do), written out by hand because
// every keyed command pays for it. The bytes are those of encoding/json.
func (c *Command) bodySum() keyed.Sum {
	var space [512]byte
	w := append(space[:0], '[')
	w = jsonbytes.Quote(w, c.Do.verb())
	w = append(w, ',')
	w = c.Actor.appendJSON(w)
	w = append(w, ',')
	w = c.Do.appendJSON(w)
	return keyed.Of(append(w, ']'))
}

func money(w []byte, name string, f Fen) []byte {
	w = append(jsonbytes.Label(w, name), '"')
	w = f.appendYuan(w)
	return append(w, '"')
}

func (a Actor) appendJSON(w []byte) []byte {
	w = append(w, '{')
	w = jsonbytes.Some(w, "person", a.Person)
	w = jsonbytes.Some(w, "post", a.Post)
	return append(w, '}')
}

func (d Open) appendJSON(w []byte) []byte {
	w = jsonbytes.Member(append(w, '{'), "line", d.Line)
	w = jsonbytes.Member(w, "name", d.Name)
	w = jsonbytes.Member(w, "party", d.Party)
	w = jsonbytes.Member(w, "purpose", d.Purpose)
	w = strconv.AppendInt(jsonbytes.Label(w, "year"), int64(d.Year), 10)
	w = jsonbytes.Member(w, "source", d.Source)
	w = strconv.AppendBool(jsonbytes.Label(w, "special"), d.Special)
	return append(w, '}')
}

func (d Appropriate) appendJSON(w []byte) []byte {
	w = jsonbytes.Member(append(w, '{'), "line", d.Line)
	w = money(w, "amount", d.Amount)
	w = jsonbytes.Member(w, "basis", d.Basis)
	return append(w, '}')
}

func (d Fund) appendJSON(w []byte) []byte {
	w = jsonbytes.Member(append(w, '{'), "mandate", d.Mandate)
	w = jsonbytes.Member(w, "purpose", d.Purpose)
	w = strconv.AppendInt(jsonbytes.Label(w, "year"), int64(d.Year), 10)
	w = jsonbytes.Member(w, "community", d.Community)
	w = jsonbytes.Member(w, "approver", d.Approver)
	w = append(jsonbytes.Label(w, "shares"), '[')
	for i, s := range d.Shares {
		if i > 0 {
			w = append(w, ',')
		}
		w = jsonbytes.Member(append(w, '{'), "line", s.Line)
		w = append(money(w, "amount", s.Amount), '}')
	}
	return append(w, ']', '}')
}

func (d Commit) appendJSON(w []byte) []byte {
	w = jsonbytes.Member(append(w, '{'), "mandate", d.Mandate)
	w = jsonbytes.Member(w, "commitment", d.Commitment)
	w = jsonbytes.Member(w, "payee", d.Payee)
	w = jsonbytes.Member(w, "purpose", d.Purpose)
	w = money(w, "amount", d.Amount)
	return append(w, '}')
}

func (d Pay) appendJSON(w []byte) []byte {
	w = jsonbytes.Member(append(w, '{'), "commitment", d.Commitment)
	w = jsonbytes.Member(w, "payment", d.Payment)
	w = money(w, "amount", d.Amount)
	return append(w, '}')
}

func (d Release) appendJSON(w []byte) []byte {
	return append(jsonbytes.Member(append(w, '{'), "commitment", d.Commitment), '}')
}

func (d Settle) appendJSON(w []byte) []byte {
	w = jsonbytes.Member(append(w, '{'), "mandate", d.Mandate)
	w = strconv.AppendBool(jsonbytes.Label(w, "release"), d.Release)
	return append(w, '}')
}

func (d Assert) appendJSON(w []byte) []byte {
	w = append(w, '{')
	w = jsonbytes.Some(w, "line", d.Line)
	w = jsonbytes.Some(w, "mandate", d.Mandate)
	w = money(w, "balance", d.Balance)
	return append(w, '}')
}
