package track

// ask is what the Duties say of a person at an instant, and until when, at least a
// millisecond on. An end within a millisecond is at its end, as an instant within
// one is at its beginning.
func (t *Tracker) ask(c Code, at int64) (on bool, until int64) {
	if t.duties == nil {
		return false, always
	}
	on, end := t.duties.Duty(c, timeOf(at))
	if end.IsZero() {
		return on, always
	}
	until = clamped(end)
	if end.Nanosecond()%1_000_000 != 0 {
		until++
	}
	return on, max(until, at+1)
}

// onDuty reports whether somebody with a track is on duty, and changes nothing.
func (t *Tracker) onDuty(p *person, at int64) bool {
	if p.from <= at && at < p.until {
		return p.on
	}
	on, _ := t.ask(p.code, at)
	return on
}

// renew is onDuty that keeps the answer when it is for a later time.
func (t *Tracker) renew(p *person, at int64) bool {
	if p.from <= at && at < p.until {
		t.next = min(t.next, p.until)
		return p.on
	}
	on, until := t.ask(p.code, at)
	if at >= p.from || p.until == p.from {
		p.on, p.from, p.until = on, at, until
	}
	t.next = min(t.next, p.until)
	return on
}

// dutyUntil is the end of the duty that holds at from, but at most most; from
// itself when none does.
func (t *Tracker) dutyUntil(c Code, from, most int64) int64 {
	at := from
	for at < most {
		on, until := t.ask(c, at)
		if !on {
			return at
		}
		at = until
	}
	return max(from, most)
}
