package finance

import (
	"encoding/json"
	"strconv"

	"github.com/gridgov/gridgov/internal/keyed"
)

// bodySum is keyed.OfCommand(verb, actor, do), written out by hand because
// every keyed command pays for it. The bytes are those of encoding/json.
func (c *Command) bodySum() keyed.Sum {
	var space [512]byte
	w := append(space[:0], '[')
	w = quote(w, c.Do.verb())
	w = append(w, ',')
	w = c.Actor.appendJSON(w)
	w = append(w, ',')
	w = c.Do.appendJSON(w)
	return keyed.Of(append(w, ']'))
}

// quote appends s as a JSON string.
func quote[T ~string](w []byte, s T) []byte {
	for i := range len(s) {
		// 0xE2 begins the line separators that JSON in scripts must escape.
		if b := s[i]; b < 0x20 || b == '"' || b == '\\' || b == '<' || b == '>' || b == '&' || b == 0xE2 {
			data, err := json.Marshal(string(s))
			if err != nil { // a string always marshals
				return w
			}
			return append(w, data...)
		}
	}
	w = append(w, '"')
	w = append(w, s...)
	return append(w, '"')
}

// member appends ,"name": and a string; the comma is left out after a brace.
func member[T ~string](w []byte, name string, s T) []byte {
	return quote(label(w, name), s)
}

func label(w []byte, name string) []byte {
	if w[len(w)-1] != '{' {
		w = append(w, ',')
	}
	w = append(w, '"')
	w = append(w, name...)
	return append(w, '"', ':')
}

func money(w []byte, name string, f Fen) []byte {
	w = append(label(w, name), '"')
	w = f.appendYuan(w)
	return append(w, '"')
}

func (a Actor) appendJSON(w []byte) []byte {
	w = append(w, '{')
	if a.Person != "" {
		w = member(w, "person", a.Person)
	}
	if a.Post != "" {
		w = member(w, "post", a.Post)
	}
	return append(w, '}')
}

func (d Open) appendJSON(w []byte) []byte {
	w = member(append(w, '{'), "line", d.Line)
	w = member(w, "name", d.Name)
	w = member(w, "party", d.Party)
	w = member(w, "purpose", d.Purpose)
	w = strconv.AppendInt(label(w, "year"), int64(d.Year), 10)
	w = member(w, "source", d.Source)
	w = strconv.AppendBool(label(w, "special"), d.Special)
	return append(w, '}')
}

func (d Appropriate) appendJSON(w []byte) []byte {
	w = member(append(w, '{'), "line", d.Line)
	w = money(w, "amount", d.Amount)
	w = member(w, "basis", d.Basis)
	return append(w, '}')
}

func (d Fund) appendJSON(w []byte) []byte {
	w = member(append(w, '{'), "mandate", d.Mandate)
	w = member(w, "purpose", d.Purpose)
	w = strconv.AppendInt(label(w, "year"), int64(d.Year), 10)
	w = member(w, "community", d.Community)
	w = member(w, "approver", d.Approver)
	w = append(label(w, "shares"), '[')
	for i, s := range d.Shares {
		if i > 0 {
			w = append(w, ',')
		}
		w = member(append(w, '{'), "line", s.Line)
		w = append(money(w, "amount", s.Amount), '}')
	}
	return append(w, ']', '}')
}

func (d Commit) appendJSON(w []byte) []byte {
	w = member(append(w, '{'), "mandate", d.Mandate)
	w = member(w, "commitment", d.Commitment)
	w = member(w, "payee", d.Payee)
	w = member(w, "purpose", d.Purpose)
	w = money(w, "amount", d.Amount)
	return append(w, '}')
}

func (d Pay) appendJSON(w []byte) []byte {
	w = member(append(w, '{'), "commitment", d.Commitment)
	w = member(w, "payment", d.Payment)
	w = money(w, "amount", d.Amount)
	return append(w, '}')
}

func (d Release) appendJSON(w []byte) []byte {
	return append(member(append(w, '{'), "commitment", d.Commitment), '}')
}

func (d Settle) appendJSON(w []byte) []byte {
	w = member(append(w, '{'), "mandate", d.Mandate)
	w = strconv.AppendBool(label(w, "release"), d.Release)
	return append(w, '}')
}

func (d Assert) appendJSON(w []byte) []byte {
	w = append(w, '{')
	if d.Line != "" {
		w = member(w, "line", d.Line)
	}
	if d.Mandate != "" {
		w = member(w, "mandate", d.Mandate)
	}
	w = money(w, "balance", d.Balance)
	return append(w, '}')
}
