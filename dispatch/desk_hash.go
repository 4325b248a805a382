package dispatch

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Hash is the digest of the whole state: setups, cases with everything that they hold,
// mandates, archived cases and proposals, by code. Two desks of one hash, with the
// same rules at hand, decide every command and every tick alike, but for the keys that
// only one of them has seen and for the instant of the latest entry, before which
// there is no going back. It leaves those and the sequence number out, so that two
// desks that were ticked at different instants and then at the same one agree.
// O(n log n) in all cases.
func (d *Desk) Hash() Sum {
	h := sha256.New()
	enc := json.NewEncoder(h)
	_ = enc.Encode(d.setups) // a hash takes everything, and every state can be written
	for _, id := range slices.Sorted(maps.Keys(d.cases)) {
		c := d.cases[id]
		v := d.view(c)
		v.Wanted = nil // follows from the rest, and without rules at hand is not known
		_ = enc.Encode(v)
		c.digest(h)
	}
	for _, id := range slices.Sorted(maps.Keys(d.mandates)) {
		_ = enc.Encode(d.mandates[id])
	}
	if len(d.archived) > 0 {
		d.digestArchived(h)
	}
	if len(d.proposals) > 0 {
		_ = enc.Encode(d.proposals)
	}
	return Sum(h.Sum(nil))
}

// digest writes what a case holds beyond its view. nearest, next and pos follow from the rest.
func (c *caseState) digest(h io.Writer) {
	var seen shown
	if c.shown != nil {
		seen = *c.shown
	}
	fmt.Fprintf(h, "inner %d %d %d %d %q %q %t %t %t %t %#v\n", c.touched, c.enteredAt, c.span, c.fired, seen.reported, seen.worked,
		c.replied, c.interim, c.stoodIn, c.parties != nil, *c.also())
}

// digestArchived writes the ids of the cases that left memory, and of the events that
// were theirs.
func (d *Desk) digestArchived(h io.Writer) {
	for _, id := range slices.Sorted(maps.Keys(d.archived)) {
		fmt.Fprintf(h, "archived %q %t\n", string(id), d.archived[id])
	}
	for _, event := range slices.Sorted(maps.Keys(d.events)) {
		if id := d.events[event]; d.cases[id] == nil {
			fmt.Fprintf(h, "event %q %q\n", string(event), string(id))
		}
	}
}
