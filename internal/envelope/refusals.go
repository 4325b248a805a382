package envelope

import (
	"slices"
	"unicode/utf8"
)

// Refusals is the closed list of a machine's refusal codes in order of precedence,
// with the number of arguments of each.
type Refusals []struct {
	Code string
	Args int
}

// Codes lists the codes, in memory of the caller's own.
func (r Refusals) Codes() []string {
	codes := make([]string, len(r))
	for i, known := range r {
		codes[i] = known.Code
	}
	return codes
}

// Order is the place of a code in the precedence, -1 when it is not on the list.
func (r Refusals) Order(code string) int {
	for i, known := range r {
		if known.Code == code {
			return i
		}
	}
	return -1
}

// Possible reports whether a code is on the list and has as many arguments as it
// should have, each UTF-8 of at most textMax bytes.
func (r Refusals) Possible(code string, args []string, textMax int) bool {
	i := r.Order(code)
	return i >= 0 && len(args) == r[i].Args && !slices.ContainsFunc(args, func(a string) bool {
		return len(a) > textMax || !utf8.ValidString(a)
	})
}
