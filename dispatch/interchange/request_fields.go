package interchange

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// draft is a Request while its fields come in.
type draft struct {
	Request
	lat, long string
	bad       map[string]bool // fields with a fault
}

// set takes one field as text. An empty text is as if it were not there.
func (f *faults) set(d *draft, field, text string) {
	before := f.count()
	text = strings.TrimSpace(text)
	if personal(field) {
		if text != "" {
			d.Personal++
		}
		return
	}
	to, most := d.text(field)
	when := d.when(field)
	switch {
	case field == "lat":
		d.lat = text
	case field == "long":
		d.long = text
	case to != nil:
		if n := utf8.RuneCountInString(text); n > most {
			f.add(field, ErrTooLong, strconv.Itoa(n), strconv.Itoa(most))
		} else if f.plain(field, text, most != KeyMax && field != "media_url") {
			*to = text
		}
	case when != nil:
		if text != "" {
			*when = f.w3time(field, text)
		}
	case len(d.Extra) < ExtraMax:
		d.Extra = append(d.Extra, clip(field))
	}
	if f.count() != before {
		if d.bad == nil {
			d.bad = map[string]bool{}
		}
		d.bad[field] = true
	}
}

// finish is the request when all its fields are in, and whether it has no fault
// since before.
func (f *faults) finish(d *draft, before int) (Request, bool) {
	d.Index = f.index
	d.Point = f.point(d.lat, d.long)
	f.require(&d.Request, d.bad)
	return d.Request, f.count() == before
}

// require notes which of the required fields are not there, but for those that
// are known to be bad, and a status that is none.
func (f *faults) require(r *Request, bad map[string]bool) {
	for _, field := range []struct {
		name  string
		there bool
	}{
		{"service_request_id", r.ID != ""}, {"status", r.Status != ""},
		{"service_code", r.ServiceCode != ""}, {"requested_datetime", !r.Requested.IsZero()},
	} {
		if !field.there && !bad[field.name] {
			f.add(field.name, ErrMissing)
		}
	}
	if r.Status != "" && r.Status != Open && r.Status != Closed {
		f.add("status", ErrStatus, strconv.Quote(string(r.Status)))
	}
}

// point is the place, nil when neither number is given.
func (f *faults) point(lat, long string) *orb.Point {
	switch {
	case lat == "" && long == "":
		return nil
	case lat == "":
		f.add("lat", ErrMissing)
		return nil
	case long == "":
		f.add("long", ErrMissing)
		return nil
	}
	y, ok := f.degrees("lat", lat, 90)
	x, also := f.degrees("long", long, 180)
	if !ok || !also {
		return nil
	}
	return &orb.Point{x, y}
}

// degrees is a decimal number from -most to most. Go's other spellings of numbers
// are refused.
func (f *faults) degrees(field, text string, most float64) (float64, bool) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "0123456789+-.eE") != "" || !(math.Abs(v) <= most) {
		f.add(field, ErrPoint, strconv.Quote(text), strconv.Itoa(int(most)))
		return 0, false
	}
	return v, true
}

// w3time is an instant of W3C NOTE-datetime with a zone, down to the minute or
// finer, in UTC. What is finer than a millisecond is cut off.
func (f *faults) w3time(field, text string) time.Time {
	layout, shaped := time.RFC3339, clockText(text, "0000-00-00T00:00:00")
	if !shaped {
		layout, shaped = "2006-01-02T15:04Z07:00", clockText(text, "0000-00-00T00:00")
	}
	t, err := time.Parse(layout, text)
	t = t.UTC().Truncate(time.Millisecond)
	if err != nil || !shaped || !datable(t) {
		f.add(field, ErrTime, strconv.Quote(text))
		return time.Time{}
	}
	return t
}
