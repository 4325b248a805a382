package dispatch

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridgov/gridgov/dispatch/worktime"
)

// Standard is when a case of a matter is filed, how long it may take, and when
// and on what evidence it is closed (立案、处置和结案标准). Every field but
// Matter and Limit may be empty. The Desk holds a case to Limit and Evidence;
// FileWhen and CloseWhen are for people to read.
type Standard struct {
	Matter    Code            // this matter and all below it; Any is every matter
	Condition string          // the event reports this condition; empty is any
	Season    string          // "03-15..05-31", both days included, over the new year if need be; empty is all year
	Name      string          // unique; empty becomes matter/condition/season
	Limit     worktime.Budget // time to do it
	FileWhen  string          // filing condition (立案条件)
	CloseWhen string          // closing condition (结案条件)
	Evidence  []string        // kinds of Evidence without which work is not done
}

// Bounds on standards. The fullest published city table has 279 lines.
const (
	StandardsMax     = 100_000
	StandardTextMax  = 4096 // bytes of FileWhen and of CloseWhen
	StandardEvidence = 16   // kinds of evidence of one standard
)

// Standards are the standards of a place, by matter, condition and season. They
// are immutable and safe for concurrent use. NewStandards makes them; nil has
// none.
type Standards struct {
	zone  *time.Location
	all   []Standard // by matter, condition, season
	found map[standardKey][]seasonal
}

type standardKey struct {
	matter    Code
	condition string
}

// seasonal is one standard of a matter and condition; the one for all year is
// last.
type seasonal struct {
	season season
	at     int // in Standards.all
}

// NewStandards checks standards and keeps copies. The zone is the clock by which
// a season begins and ends; nil will do when no standard has one. All faults are
// reported at once as a *BuildError, in order of matter, position and column;
// two standards for the same matter and condition whose seasons share a day are
// ErrDuplicate in the column "season", two with one name in the column "name".
// The order of the standards does not matter. O(n log n).
func NewStandards(list []Standard, zone *time.Location) (*Standards, error) {
	s := &Standards{zone: zone, found: map[standardKey][]seasonal{}}
	var faults listFaults
	if len(list) > StandardsMax {
		faults.standard(StandardsMax, "", "standards", strconv.Itoa(len(list)), ErrTooMany)
		return nil, faults.build()
	}
	names := map[string]bool{}
	kept := map[standardKey][]season{}
	for i, x := range list {
		x.Evidence = slices.Clone(x.Evidence)
		span := checkStandard(&faults, i, &x, zone)
		if x.Name == "" {
			x.Name = nameStandard(x)
		}
		if names[x.Name] {
			faults.standard(i, x.Matter, "name", x.Name, ErrDuplicate)
		}
		names[x.Name] = true
		key := standardKey{x.Matter, x.Condition}
		for _, other := range kept[key] {
			if other.meets(span) {
				faults.standard(i, x.Matter, "season", x.Season, ErrDuplicate)
				break
			}
		}
		kept[key] = append(kept[key], span)
		s.all = append(s.all, x)
	}
	if err := faults.build(); err != nil {
		return nil, err
	}
	slices.SortFunc(s.all, func(a, b Standard) int {
		return cmp.Or(cmp.Compare(a.Matter, b.Matter), cmp.Compare(a.Condition, b.Condition), cmp.Compare(a.Season, b.Season))
	})
	for i, x := range s.all {
		span, _ := parseSeason(x.Season)
		key := standardKey{x.Matter, x.Condition}
		s.found[key] = append(s.found[key], seasonal{span, i})
	}
	for _, list := range s.found {
		slices.SortStableFunc(list, func(a, b seasonal) int { return trueFirst(!a.season.allYear(), !b.season.allYear()) })
	}
	return s, nil
}

// checkStandard reports what is wrong with one standard.
func checkStandard(f *listFaults, i int, x *Standard, zone *time.Location) season {
	if x.Matter != Any {
		if err := badCode(x.Matter); err != nil {
			f.standard(i, x.Matter, "matter", string(x.Matter), err)
		}
	}
	for _, text := range [...]struct {
		field, value string
		max          int
	}{
		{"condition", x.Condition, TextMax}, {"name", x.Name, TextMax},
		{"file_when", x.FileWhen, StandardTextMax}, {"close_when", x.CloseWhen, StandardTextMax},
	} {
		if len(text.value) > text.max || !utf8.ValidString(text.value) {
			f.standard(i, x.Matter, text.field, "", ErrText)
		}
	}
	span, ok := parseSeason(x.Season)
	switch {
	case !ok:
		f.standard(i, x.Matter, "season", x.Season, ErrSeason)
	case !span.allYear() && zone == nil:
		f.standard(i, x.Matter, "season", x.Season, ErrNoZone)
	}
	if again, err := worktime.ParseBudget(x.Limit.String()); x.Limit.IsZero() || err != nil || again != x.Limit {
		f.standard(i, x.Matter, "limit", x.Limit.String(), ErrBudget)
	}
	if len(x.Evidence) > StandardEvidence {
		f.standard(i, x.Matter, "evidence", strconv.Itoa(len(x.Evidence)), ErrTooMany)
		return span
	}
	for k, kind := range x.Evidence {
		switch {
		case kind == "" || len(kind) > TextMax || !utf8.ValidString(kind):
			f.standard(i, x.Matter, "evidence", "", ErrText)
		case slices.Contains(x.Evidence[:k], kind):
			f.standard(i, x.Matter, "evidence", kind, ErrDuplicate)
		}
	}
	return span
}

func nameStandard(x Standard) string {
	parts := []string{string(x.Matter)}
	for _, part := range [...]string{x.Condition, x.Season} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "/")
}

// Find answers the standard for a matter under a condition at an instant: of the
// deepest matter that has one, and there first the one that names the condition,
// then the one of the season. The Evidence is shared and must not be modified.
// A matter no list could hold has none. O(depth of the matter).
func (s *Standards) Find(matter Code, condition string, at time.Time) (Standard, bool) {
	if s == nil || !askable(matter) {
		return Standard{}, false
	}
	for m := matter; m != ""; m = ParentMatter(m) {
		if x, ok := s.of(m, condition, at); ok {
			return x, true
		}
	}
	return s.of(Any, condition, at)
}

func (s *Standards) of(m Code, condition string, at time.Time) (Standard, bool) {
	conditions := [...]string{condition, ""}
	for _, c := range conditions {
		for _, x := range s.found[standardKey{m, c}] {
			if x.season.allYear() || x.season.holds(at.In(s.zone)) {
				return s.all[x.at], true
			}
		}
	}
	return Standard{}, false
}

// Named answers a standard by its name, as a CaseClosed gives it. The Evidence is shared
// and must not be modified. O(n).
func (s *Standards) Named(name string) (Standard, bool) {
	if s == nil {
		return Standard{}, false
	}
	i := slices.IndexFunc(s.all, func(x Standard) bool { return x.Name == name })
	if i < 0 {
		return Standard{}, false
	}
	return s.all[i], true
}

// All yields every standard by matter, condition and season.
func (s *Standards) All() iter.Seq[Standard] {
	return func(yield func(Standard) bool) {
		if s == nil {
			return
		}
		for _, x := range s.all {
			x.Evidence = slices.Clone(x.Evidence)
			if !yield(x) {
				return
			}
		}
	}
}

// Hash identifies the standards and, when one has a season, their zone. It does
// not depend on the order in which they were given.
func (s *Standards) Hash() [32]byte {
	if s == nil {
		return [32]byte{}
	}
	h := sha256.New()
	fmt.Fprintf(h, "gridgov standards 1\n")
	zoned := false
	for _, x := range s.all {
		fmt.Fprintf(h, "%q %q %q %q %q %q %q %q\n", x.Matter, x.Condition, x.Season, x.Name, x.Limit.String(), x.FileWhen, x.CloseWhen, x.Evidence)
		zoned = zoned || x.Season != ""
	}
	if zoned {
		fmt.Fprintf(h, "zone %q\n", s.zone)
	}
	return [32]byte(h.Sum(nil))
}

// Len is the number of standards.
func (s *Standards) Len() int {
	if s == nil {
		return 0
	}
	return len(s.all)
}
