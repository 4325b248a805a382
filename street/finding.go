package street

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// Level says how bad a Finding is.
type Level string

// The levels. A fault keeps a folder from loading; an error makes a check fail
// but not a run; a warning only informs.
const (
	Fault   Level = "fault"
	Error   Level = "error"
	Warning Level = "warning"
)

// FindingsMax is how many faults a LoadError lists; the rest are counted.
const FindingsMax = 100

// Finding is something a person should know about a folder: what, and where.
type Finding struct {
	Level  Level
	Code   string    // a key of the message catalogue
	File   string    // as named in the folder; empty when it is about no file
	Line   int       // from 1; 0 when it is about no line
	Column int       // in characters from 1; 0 when it is about the whole line
	Unit   Code      // the area, rule, party or case it is about, if any
	At     orb.Point // WGS84, whatever the folder's own system is
	HasAt  bool
	// SquareMeters is how much ground a finding of the audit is about.
	SquareMeters float64
	Args         []string
	// Said replaces the catalogue for texts that another package composed, by
	// language.
	Said map[string]string
	// Err is the fault's cause for errors.Is; nil for findings without one.
	Err error

	named   string // the column of the cell
	heading string // what the file calls it, for messages of which it is the first of Args
}

// Text is the finding in words, without its place. lang is "zh" or "en".
func (f Finding) Text(lang string) string {
	if lang != "zh" {
		lang = "en"
	}
	if text, ok := f.Said[lang]; ok {
		return text
	}
	if lang == "zh" && len(f.Args) > 0 {
		return catalog.Text(lang, f.Code, f.asWritten()...)
	}
	return catalog.Text(lang, f.Code, f.Args...)
}

// asWritten is the arguments in Chinese: the column as the file heads it, the values
// that it may have in the same language, and why another package refuses an entry.
func (f Finding) asWritten() []string {
	args := slices.Clone(f.Args)
	if last := len(args) - 1; f.Code == "bad-entry" || f.Code == "bad-hours" || f.Code == "bad-encoding" || f.Code == "bad-json" {
		args[last] = inChinese(f.Err, args[last])
	}
	if f.heading == "" || f.named != args[0] {
		return args
	}
	if f.Code == "bad-choice" && len(args) > 2 {
		args[2] = valueWords(args[0], args[2])
	}
	args[0] = f.heading
	return args
}

// Place is "file:line:column", as much of it as is known.
func (f Finding) Place() string {
	if f.File == "" {
		return ""
	}
	place := f.File
	if f.Line > 0 {
		place += fmt.Sprintf(":%d", f.Line)
		if f.Column > 0 {
			place += fmt.Sprintf(":%d", f.Column)
		}
	}
	return place
}

// String is the finding with its place, as a compiler would print it.
func (f Finding) String() string { return f.line("en") }

func (f Finding) line(lang string) string {
	text := f.Text(lang)
	if place := f.Place(); place != "" {
		return place + ": " + text
	}
	return text
}

// Sentence is the finding with place and level in lang.
func (f Finding) Sentence(lang string) string {
	return catalog.Text(lang, "level."+string(f.Level)) + " " + f.line(lang)
}

// LoadError holds every fault of a folder, in order of file, line and column.
type LoadError struct {
	Faults   []Finding
	Left     int       // faults beyond FindingsMax
	Findings []Finding // errors and warnings found on the way
}

// Error lists the faults, one a line.
func (e *LoadError) Error() string { return e.Text("en") }

// Text lists the faults in lang, one a line.
func (e *LoadError) Text(lang string) string {
	var b strings.Builder
	for i, f := range e.Faults {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.line(lang))
	}
	if e.Left > 0 {
		b.WriteByte('\n')
		b.WriteString(catalog.Text(lang, "more", fmt.Sprint(e.Left)))
	}
	return b.String()
}

// Unwrap gives the causes, so errors.Is finds each of them.
func (e *LoadError) Unwrap() []error {
	var errs []error
	for _, f := range e.Faults {
		if f.Err != nil {
			errs = append(errs, f.Err)
		}
	}
	return errs
}

// sortFindings orders findings by level (worst first), file, line, column, unit
// and code.
func sortFindings(list []Finding) {
	levels := []Level{Fault, Error, Warning}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(levels, a.Level), slices.Index(levels, b.Level)),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Code, b.Code))
	})
}
