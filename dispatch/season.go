package dispatch

import (
	"strings"
	"time"
)

// season is a part of every year, from one day to another, both included; the
// zero season is all year. Days are month·100 + day, and first > last runs over
// the new year.
type season struct{ first, last int }

func (s season) allYear() bool { return s == season{} }

// parseSeason reads "03-15..05-31"; empty text is all year. 29 February is a day
// of leap years only.
func parseSeason(text string) (season, bool) {
	if text == "" {
		return season{}, true
	}
	from, until, ok := strings.Cut(text, "..")
	first, okFirst := monthDay(from)
	last, okLast := monthDay(until)
	return season{first, last}, ok && okFirst && okLast
}

// monthDay reads MM-DD.
func monthDay(text string) (int, bool) {
	if len(text) != len("01-02") || text[2] != '-' {
		return 0, false
	}
	for _, i := range [...]int{0, 1, 3, 4} {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
	}
	month, day := int(text[0]-'0')*10+int(text[1]-'0'), int(text[3]-'0')*10+int(text[4]-'0')
	const leapYear = 2024
	date := time.Date(leapYear, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month*100 + day, month >= 1 && month <= 12 && day >= 1 && date.Day() == day
}

// holds reports whether the local date of at lies in the season.
func (s season) holds(at time.Time) bool {
	_, month, day := at.Date()
	today := int(month)*100 + day
	if s.first <= s.last {
		return s.first <= today && today <= s.last
	}
	return today >= s.first || today <= s.last
}

// meets reports whether two seasons share a day. One for all year goes with any
// but another, since the narrower one goes first.
func (s season) meets(o season) bool {
	if s.allYear() || o.allYear() {
		return s.allYear() && o.allYear()
	}
	in := func(day int, s season) bool {
		if s.first <= s.last {
			return s.first <= day && day <= s.last
		}
		return day >= s.first || day <= s.last
	}
	return in(s.first, o) || in(o.first, s)
}
