package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// wholeNumber is the part of a number that is long enough to be grouped, with what
// stands before it: digits behind a point are not.
var wholeNumber = regexp.MustCompile(`\.?\d{4,}`)

// grouped writes the numbers of a text with a comma between groups of three digits, as
// in 1,234,567.89; the text holds nothing but numbers and what joins them.
func grouped(text any) string {
	return wholeNumber.ReplaceAllStringFunc(fmt.Sprint(text), func(digits string) string {
		if strings.HasPrefix(digits, ".") {
			return digits
		}
		for at := len(digits) - 3; at > 0; at -= 3 {
			digits = digits[:at] + "," + digits[at:]
		}
		return digits
	})
}

// prune takes out the columns in which no row has anything; the first one stays.
func (x *section) prune() {
	for i := len(x.Head) - 1; i > 0; i-- {
		if slices.ContainsFunc(x.Rows, func(row []string) bool { return row[i] != "" }) {
			continue
		}
		x.Head = slices.Delete(slices.Clone(x.Head), i, i+1)
		for j, row := range x.Rows {
			x.Rows[j] = slices.Delete(slices.Clone(row), i, i+1)
		}
		if i < x.Right {
			x.Right--
		}
	}
}

// Class is how the table is laid out on a phone: "wide" puts the cells of a row under
// one another with their heads, "nums" puts many numbers side by side, and what is
// narrow stays a table.
func (x section) Class() string {
	switch {
	case x.Right == 1 && len(x.Head) > 4:
		return "nums"
	case x.Right == 1:
		return ""
	}
	return "wide"
}

// Number reports whether a column holds numbers.
func (x section) Number(column int) bool { return x.Right > 0 && column >= x.Right }
