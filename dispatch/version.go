package dispatch

import (
	"cmp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Version is one edition of the responsibility list (清单版本): its rules are in
// force from From until Until or, without one, until the next version begins.
type Version struct {
	Code       Code
	From       time.Time // zero: from the beginning; only one version may
	Until      time.Time // zero: until the next version begins
	ApprovedBy Code      // who approved it
	Reason     string    // why it was made
	Notice     string    // the notice that published it
}

// VersionsMax is how many versions one list may have: one a week for twenty
// years.
const VersionsMax = 1000

// addVersions checks the versions and puts each in force until the next begins.
func (c *compiler) addVersions(versions []Version) {
	c.versions = make(map[Code]Interval, len(versions))
	list := slices.Clone(versions)
	for i := range list {
		v := &list[i]
		if err := badCode(v.Code); err != nil {
			c.faults.version(i, v.Code, "code", string(v.Code), err)
		} else if _, ok := c.versions[v.Code]; ok {
			c.faults.version(i, v.Code, "code", "", ErrDuplicate)
		}
		c.versions[v.Code] = Interval{}
		for _, end := range [...]struct {
			field string
			at    *time.Time
		}{{"from", &v.From}, {"until", &v.Until}} {
			if end.at.Nanosecond()%int(time.Millisecond) != 0 {
				c.faults.version(i, v.Code, end.field, end.at.String(), ErrNotMillis)
			}
			if !end.at.IsZero() {
				*end.at = end.at.UTC()
			}
		}
		if !(Interval{From: v.From, Until: v.Until}).Valid() {
			c.faults.version(i, v.Code, "until", "", ErrInterval)
		}
		if v.ApprovedBy != "" {
			if err := badCode(v.ApprovedBy); err != nil {
				c.faults.version(i, v.Code, "approved_by", string(v.ApprovedBy), err)
			}
		}
		for _, text := range [...]struct{ field, value string }{{"reason", v.Reason}, {"notice", v.Notice}} {
			if len(text.value) > StandardTextMax || !utf8.ValidString(text.value) {
				c.faults.version(i, v.Code, text.field, "", ErrText)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Version) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Code, b.Code)) })
	for i, v := range list {
		during := Interval{From: v.From, Until: v.Until}
		if i+1 < len(list) {
			next := list[i+1]
			switch {
			case next.From.Equal(v.From):
				c.faults.version(i+1, next.Code, "from", next.From.String(), ErrDuplicate)
			case v.Until.IsZero():
				during.Until = next.From
			case next.From.Before(v.Until):
				c.faults.version(i, v.Code, "until", v.Until.String(), ErrOverlap)
			}
		}
		c.versions[v.Code] = during
	}
	c.list.versions = list
}

// inForce is when a rule's version is, always without versions. A rule without
// a version is in all of them.
func (c *compiler) inForce(i int, r *readyRule) Interval {
	if len(c.list.versions) == 0 || r.Version == "" {
		return Interval{}
	}
	during, ok := c.versions[r.Version]
	if !ok {
		c.faults.rule(i, r.ID, "version", string(r.Version), ErrVersion)
	}
	return during
}

// Version answers the version of the list in force at an instant, false when
// there is none. O(log n).
func (l *List) Version(at time.Time) (Version, bool) {
	if l == nil {
		return Version{}, false
	}
	n, _ := slices.BinarySearchFunc(l.versions, at, func(v Version, at time.Time) int {
		if v.From.After(at) {
			return 1
		}
		return -1
	})
	if n == 0 || !(Interval{Until: l.versions[n-1].Until}).Holds(at) {
		return Version{}, false
	}
	return l.versions[n-1], true
}

// tooManyVersions refuses more than VersionsMax.
func (c *compiler) tooManyVersions(versions []Version) {
	if len(versions) > VersionsMax {
		c.faults.version(VersionsMax, "", "versions", strconv.Itoa(len(versions)), ErrTooMany)
	}
}
