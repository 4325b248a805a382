package worktime

import (
	"crypto/sha256"
	"fmt"
	"hash"
)

// digest hashes everything that an answer may depend on. Texts are quoted, so
// that no two contents are written alike.
func (c *Calendar) digest(runs []stretch) [32]byte {
	h := sha256.New()
	line(h, "worktime 1 %d %d", YearMin, YearMax)
	line(h, "zone %q", c.config.Zone.String())
	for _, r := range runs {
		line(h, "stretch %d %d", r.from, r.offset)
	}
	line(h, "years %d %d %t", c.config.FirstYear, c.config.LastYear, c.config.Provisional)
	line(h, "week %v", c.config.Week)
	for _, w := range c.config.Windows {
		line(h, "window %s", w)
	}
	for _, d := range c.config.Days {
		line(h, "day %s %s %q %q", d.Date, d.Kind, d.Name, d.Notice)
	}
	return [32]byte(h.Sum(nil))
}

// line writes one line; a hash never fails to take it.
func line(h hash.Hash, format string, args ...any) { fmt.Fprintf(h, format+"\n", args...) }
