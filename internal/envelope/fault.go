package envelope

import (
	"fmt"
	"strconv"
	"strings"
)

// Fault is where a fault of a command or an entry is. The Error of a machine has the
// same fields, so that one converts to the other.
type Fault struct {
	What  string
	Seq   uint64
	Field string
	Index int
	Text  string
	Err   error
}

// In is the fault as text: `rounds: entry 7: brief: people 2: is named twice: "li"`, of
// which only the machine's name and the error are always there.
func (f Fault) In(machine string) string {
	var b strings.Builder
	b.WriteString(machine)
	if f.Seq > 0 {
		fmt.Fprintf(&b, ": entry %d", f.Seq)
	}
	if f.What != "" {
		b.WriteString(": " + f.What)
	}
	if f.Field != "" {
		b.WriteString(": " + f.Field)
	}
	if f.Index > 0 {
		b.WriteString(" " + strconv.Itoa(f.Index))
	}
	b.WriteString(": " + f.Err.Error())
	if f.Text != "" {
		b.WriteString(": " + strconv.Quote(clip(f.Text)))
	}
	return b.String()
}

// clip keeps an error readable when the text is not.
func clip(s string) string {
	const most = 64
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
