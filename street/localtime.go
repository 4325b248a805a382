package street

import (
	"regexp"
	"time"
)

// instantText is an instant in UTC as the packages below write it in their texts.
var instantText = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z`)

// localTimes writes the instants of a text on the clock of a zone: an office that reads
// 16:00 in UTC takes the wrong day. Whole seconds lose their decimals.
func localTimes(text string, zone *time.Location) string {
	return instantText.ReplaceAllStringFunc(text, func(s string) string {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil || at.Year() <= 1 || at.Year() >= 9999 { // "ever" is no time of a zone
			return s
		}
		return at.In(zone).Format(localForm(at))
	})
}

func localForm(at time.Time) string {
	if at.Nanosecond() == 0 {
		return time.RFC3339
	}
	return "2006-01-02T15:04:05.000Z07:00"
}

// LocalTimes writes the instants of a text of another package, which are in UTC, on the
// folder's clock.
func (f *Folder) LocalTimes(text string) string { return localTimes(text, f.Zone) }
