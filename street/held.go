package street

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridgov/gridgov/dispatch"
)

// heldIn is how long one party held a case in one state.
type heldIn struct {
	party  Code
	state  dispatch.State
	length time.Duration
	clocks []dispatch.Clock
	late   bool
}

// WhyHeld says who held a case how long, in which state and against which clocks, and
// that it adds up to the time from its filing to its end or to now.
func (s *Street) WhyHeld(ctx context.Context, id Code, now time.Time, lang string) (string, error) {
	a, err := s.Account(ctx, id, now)
	if err != nil {
		return "", err
	}
	var list []heldIn
	total := time.Duration(0)
	for _, span := range append(slices.Clone(a.Spans), a.Idle...) {
		total += span.Length()
		i := slices.IndexFunc(list, func(h heldIn) bool { return h.party == span.Party && h.state == span.State })
		if i < 0 {
			i, list = len(list), append(list, heldIn{party: span.Party, state: span.State})
		}
		h := &list[i]
		h.length += span.Length()
		h.late = h.late || span.Late
		for _, clock := range span.Clocks {
			if !slices.Contains(h.clocks, clock) {
				h.clocks = append(h.clocks, clock)
			}
		}
	}
	names, lines := s.folder.Names(lang), []string{catalog.Text(lang, "why.held")}
	for _, h := range list {
		who := names.Office(h.party)
		if h.party == "" {
			who = catalog.Text(lang, "why.nobody")
		}
		line := catalog.Text(lang, "why.span", who, catalog.Text(lang, "state."+string(h.state)), length(h.length, lang))
		var clocks []string
		for _, clock := range h.clocks {
			clocks = append(clocks, catalog.Text(lang, "clock."+string(clock)))
		}
		if len(clocks) > 0 {
			line += catalog.Text(lang, "why.clocks", strings.Join(clocks, catalog.Text(lang, "why.and")))
		}
		if h.late {
			line += catalog.Text(lang, "why.late")
		}
		lines = append(lines, line)
	}
	return strings.Join(append(lines, catalog.Text(lang, "why.total", length(total, lang))), "\n"), nil
}

// length is a time in days, hours, minutes and seconds, rounded to a second: a clock that
// runs out does so a millisecond after its due.
func length(d time.Duration, lang string) string {
	d = d.Round(time.Second)
	text := ""
	for _, unit := range []struct {
		size   time.Duration
		en, zh string
	}{{24 * time.Hour, "d", "天"}, {time.Hour, "h", "小时"}, {time.Minute, "m", "分"}, {time.Second, "s", "秒"}} {
		if n := d / unit.size; n > 0 || unit.size == time.Second && text == "" {
			name := unit.en
			if lang == "zh" {
				name = unit.zh
			}
			text += fmt.Sprint(int64(n)) + name + " "
			d -= n * unit.size
		}
	}
	return strings.TrimSpace(text)
}
