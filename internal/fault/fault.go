// Package fault makes one error of a list of faults, of which a constructor keeps only
// the first ones and counts the others.
package fault

import (
	"fmt"
	"strings"
)

// Lines is the faults, one a line, and then how many more there are, when there are
// any, in the words of a format such as "party: %d more faults".
func Lines[E error](list []E, more int, format string) string {
	lines := make([]string, 0, len(list)+1)
	for _, f := range list {
		lines = append(lines, f.Error())
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf(format, more))
	}
	return strings.Join(lines, "\n")
}

// Errors is the faults for Unwrap, so that errors.Is and errors.AsType find each.
func Errors[E error](list []E) []error {
	errs := make([]error, len(list))
	for i, f := range list {
		errs[i] = f
	}
	return errs
}
